package examples

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// maker makes values at random that a schema is likely to allow; whether it
// does is for a validator to say.
type maker struct {
	*subject
	rand *rand.Rand
	// request leaves out what is readOnly; otherwise what is writeOnly.
	request bool
	// plain texts have letters and digits only.
	plain bool
}

// Only what is required is made below deepest, and nothing at all below tooDeep.
const deepest, tooDeep = 5, 15

func (m *maker) chance(p float64) bool { return m.rand.Float64() < p }

// value makes a value of the schema; false when there is none that is not too
// deep.
func (m *maker) value(ref *openapi3.SchemaRef, depth int) (any, bool) {
	if ref == nil || ref.Value == nil {
		return m.anything(), true
	}
	s := ref.Value
	switch {
	case depth > tooDeep:
		return nil, false
	case s.Always != nil:
		return m.anything(), *s.Always
	case s.Const != nil:
		return s.Const, true
	case saysNull(s):
		return nil, true
	case (s.Nullable || s.Type != nil && s.Type.Includes("null")) && m.chance(0.1):
		return nil, true
	case len(s.Enum) > 0:
		return s.Enum[m.rand.IntN(len(s.Enum))], true
	case s.Discriminator != nil && len(s.OneOf)+len(s.AnyOf) == 0 && len(m.extended(s)) > 0:
		return m.extension(s, depth)
	}
	return m.whole(ref, depth, nil, false)
}

// extension makes one of the schemas that extend a base, whose own schema says
// less about it.
func (m *maker) extension(s *openapi3.Schema, depth int) (any, bool) {
	targets := m.extended(s)
	keys := slices.Sorted(maps.Keys(targets))
	key := keys[m.rand.IntN(len(keys))]
	target := targets[key]
	v, ok := m.whole(&openapi3.SchemaRef{Ref: target.Ref, Value: target.Value}, depth+1, nil, false)
	object, is := v.(map[string]any)
	if !ok || !is {
		return nil, false
	}
	object[s.Discriminator.PropertyName] = key
	text, err := json.Marshal(object)
	return object, err == nil && validate(m.doc, target.Value, text, m.direction()) == nil
}

// extended are the schemas that extend a base, by the value of its discriminator.
func (m *maker) extended(s *openapi3.Schema) map[string]*openapi3.SchemaRef {
	if len(s.Discriminator.Mapping) == 0 {
		return m.extensions[s]
	}
	all := map[string]*openapi3.SchemaRef{}
	for key, target := range s.Discriminator.Mapping {
		if ref := m.doc.Components.Schemas[path.Base(target.Ref)]; ref != nil && ref.Value != nil {
			all[key] = ref
		}
	}
	return all
}

// direction is the one in which values go.
func (m *maker) direction() openapi3.SchemaValidationOption {
	if m.request {
		return openapi3.VisitAsRequest()
	}
	return openapi3.VisitAsResponse()
}

// whole makes a value of all that the schema says: its own properties, its
// parts and one of its alternatives. A part that says nothing of its own adds
// nothing.
func (m *maker) whole(ref *openapi3.SchemaRef, depth int, required []string, part bool) (any, bool) {
	s := ref.Value
	required = append(slices.Clip(required), s.Required...)
	for _, p := range s.AllOf {
		if p.Value != nil {
			required = append(required, p.Value.Required...)
		}
	}
	var result any
	if combined := len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) > 0; s.Type != nil || len(s.Properties) > 0 || !part && !combined {
		v, ok := m.typed(s, depth, required)
		if !ok {
			return nil, false
		}
		result = v
	}
	for _, p := range s.AllOf {
		v, ok := m.part(p, depth+1, required)
		if p.Ref != "" && onlyWords(s) && !part {
			v, ok = m.value(p, depth+1)
		}
		if !ok {
			return nil, false
		}
		result = merged(result, v)
	}
	for _, alternatives := range []openapi3.SchemaRefs{s.OneOf, s.AnyOf} {
		if len(alternatives) == 0 {
			continue
		}
		v, ok := m.alternative(s, alternatives, depth+1, required)
		if !ok {
			return nil, false
		}
		result = merged(result, v)
	}
	if object, is := result.(map[string]any); is {
		if ref.Ref != "" && !part {
			m.undescribed(s, object)
		}
		maps.DeleteFunc(object, func(name string, _ any) bool {
			return slices.ContainsFunc(s.AllOf, func(p *openapi3.SchemaRef) bool {
				return p.Value != nil && p.Value.Properties[name] != nil && m.otherWay(p.Value.Properties[name], 0)
			})
		})
	}
	return result, true
}

// undescribed adds properties that a schema requires and says nothing of.
func (m *maker) undescribed(s *openapi3.Schema, object map[string]any) {
	for _, name := range s.Required {
		if object[name] == nil && !describes(s, name, 0) {
			object[name] = m.anything()
		}
	}
}

// describes reports whether a schema has a property.
func describes(s *openapi3.Schema, name string, depth int) bool {
	return s.Properties[name] != nil || depth < tooDeep && slices.ContainsFunc(slices.Concat(s.AllOf, s.OneOf, s.AnyOf), func(part *openapi3.SchemaRef) bool {
		return part.Value != nil && describes(part.Value, name, depth+1)
	})
}

// merged is what two schemas of the same value say together.
func merged(v, more any) any {
	object, is := v.(map[string]any)
	other, both := more.(map[string]any)
	switch {
	case more == nil:
		return v
	case is && both:
		maps.Copy(object, other)
		return object
	case is:
		return v
	}
	return more
}

// part makes what a part of allOf says; a base does not lead to its extensions.
func (m *maker) part(ref *openapi3.SchemaRef, depth int, required []string) (any, bool) {
	if s := ref.Value; s == nil || s.Const != nil || len(s.Enum) > 0 || depth > tooDeep {
		return m.value(ref, depth)
	}
	return m.whole(ref, depth, required, true)
}

// onlyWords reports whether a schema refers to another one and says nothing of
// its properties.
func onlyWords(s *openapi3.Schema) bool {
	return len(s.Properties)+len(s.Required) == 0 && !slices.ContainsFunc(s.AllOf[1:], func(part *openapi3.SchemaRef) bool {
		return part.Ref != "" || part.Value == nil || len(part.Value.Properties)+len(part.Value.Required) > 0
	})
}

// alternative makes one of several, with the value of the discriminator.
func (m *maker) alternative(s *openapi3.Schema, alternatives openapi3.SchemaRefs, depth int, required []string) (v any, ok bool) {
	chosen := alternatives[m.rand.IntN(len(alternatives))]
	switch value := chosen.Value; {
	case value == nil:
		return nil, false
	case len(value.Enum) > 0 || value.Const != nil || value.Discriminator != nil || saysNull(value):
		v, ok = m.value(chosen, depth)
	default:
		v, ok = m.whole(chosen, depth, required, false)
	}
	object, is := v.(map[string]any)
	if !ok || !is || s.Discriminator == nil || fixed(chosen.Value, s.Discriminator.PropertyName) {
		return v, ok
	}
	name := path.Base(chosen.Ref)
	for _, key := range slices.Sorted(maps.Keys(s.Discriminator.Mapping)) {
		if path.Base(s.Discriminator.Mapping[key].Ref) == path.Base(chosen.Ref) {
			name = key
		}
	}
	object[s.Discriminator.PropertyName] = name
	return v, ok
}

// fixed reports whether a property has one value only.
func fixed(s *openapi3.Schema, property string) bool {
	ref := s.Properties[property]
	return ref != nil && ref.Value != nil && len(ref.Value.Enum) == 1
}

// saysNull reports whether nullable is all that a schema says: a way to write null.
func saysNull(s *openapi3.Schema) bool {
	return s.Nullable && len(kindsOf(s))+len(s.AllOf)+len(s.OneOf)+len(s.AnyOf)+len(s.Enum) == 0
}

// typed makes a value of one of the schema's own types.
func (m *maker) typed(s *openapi3.Schema, depth int, required []string) (any, bool) {
	kinds := kindsOf(s)
	if len(kinds) == 0 {
		return m.anything(), true
	}
	switch kinds[m.rand.IntN(len(kinds))] {
	case openapi3.TypeObject:
		return m.object(s, depth, required)
	case openapi3.TypeArray:
		return m.array(s, depth)
	case openapi3.TypeString:
		return m.text(s), true
	case openapi3.TypeInteger:
		return m.number(s, true), true
	case openapi3.TypeNumber:
		return m.number(s, false), true
	case openapi3.TypeBoolean:
		return m.chance(0.5), true
	}
	return nil, true
}

// kindsOf returns the types of a schema, null aside, or the one that its other
// keywords suggest.
func kindsOf(s *openapi3.Schema) []string {
	if s.Type != nil {
		kinds := slices.DeleteFunc(slices.Clone(s.Type.Slice()), func(kind string) bool { return kind == openapi3.TypeNull })
		if len(kinds) > 0 {
			return kinds
		}
		return []string{openapi3.TypeNull}
	}
	switch {
	case len(s.Properties) > 0 || s.AdditionalProperties.Schema != nil || s.AdditionalProperties.Has != nil || len(s.Required) > 0:
		return []string{openapi3.TypeObject}
	case s.Items != nil:
		return []string{openapi3.TypeArray}
	case strings.HasPrefix(s.Format, "int") || s.Format == "float" || s.Format == "double":
		return []string{openapi3.TypeNumber}
	case s.Format != "" || s.Pattern != "" || s.MaxLength != nil:
		return []string{openapi3.TypeString}
	case s.Min != nil || s.Max != nil:
		return []string{openapi3.TypeNumber}
	}
	return nil
}

func (m *maker) object(s *openapi3.Schema, depth int, required []string) (any, bool) {
	object := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		ref := s.Properties[name]
		if m.otherWay(ref, 0) {
			continue
		}
		needed := slices.Contains(required, name)
		if !needed && (depth > deepest || !m.chance(0.5/float64(1+depth))) {
			continue
		}
		v, ok := m.value(ref, depth+1)
		if !ok && needed {
			return nil, false
		}
		if v == "" && m.discriminators[name] {
			v = "text" // an empty one counts as forgotten
		}
		if ok {
			object[name] = v
		}
	}
	more := s.AdditionalProperties
	if depth > deepest || more.Schema == nil && (more.Has == nil || !*more.Has) {
		return object, true
	}
	for n := m.rand.IntN(3) + int(s.MinProps); n > 0; n-- {
		if v, ok := m.value(more.Schema, depth+1); ok {
			object[fmt.Sprintf("more %d", n)] = v
		}
	}
	return object, true
}

// otherWay reports whether a property goes the other way only: if it or a part
// of it says so.
func (m *maker) otherWay(ref *openapi3.SchemaRef, depth int) bool {
	s := ref.Value
	if s == nil || depth > deepest {
		return false
	}
	return m.request && s.ReadOnly || !m.request && s.WriteOnly ||
		slices.ContainsFunc(s.AllOf, func(part *openapi3.SchemaRef) bool { return m.otherWay(part, depth+1) })
}

func (m *maker) array(s *openapi3.Schema, depth int) (any, bool) {
	n := int(s.MinItems)
	if depth <= deepest {
		n += m.rand.IntN(3)
	}
	if s.MaxItems != nil {
		n = min(n, int(*s.MaxItems))
	}
	list := []any{}
	for i := range n {
		items := s.Items
		if i < len(s.PrefixItems) {
			items = s.PrefixItems[i]
		}
		v, ok := m.value(items, depth+1)
		if !ok && len(list) < int(s.MinItems) {
			return nil, false
		}
		if ok {
			list = append(list, v)
		}
	}
	return list, true
}
