package build

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/naming"
)

// structural reports whether a schema says anything about the form of a value,
// beyond annotations and null.
func structural(s *openapi3.Schema) bool {
	return s.Type != nil || len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) > 0 || structuralBeside(s)
}

// structuralBeside is structural without regard to type and combinators.
func structuralBeside(s *openapi3.Schema) bool { return len(s.Enum) > 0 || besideValues(s) }

// besideValues is structuralBeside without regard to enum.
func besideValues(s *openapi3.Schema) bool {
	return s.Format != "" || s.Const != nil || len(s.Properties) > 0 || len(s.Required) > 0 ||
		s.Items != nil || len(s.PrefixItems) > 0 || s.AdditionalProperties.Has != nil || s.AdditionalProperties.Schema != nil ||
		len(s.PatternProperties) > 0 || s.Discriminator != nil || s.Pattern != "" || s.MinLength > 0 || s.MaxLength != nil ||
		s.Min != nil || s.Max != nil || s.ExclusiveMin.Value != nil || s.ExclusiveMax.Value != nil || s.MultipleOf != nil ||
		s.MinItems > 0 || s.MaxItems != nil || s.UniqueItems || s.MinProps > 0 || s.MaxProps != nil ||
		s.Extensions["x-go-type"] != nil || s.UnevaluatedProperties.Has != nil
}

// wrapped reports whether a schema is another one with annotations: allOf,
// oneOf or anyOf with a single part that counts, and nothing else.
func (b *builder) wrapped(n node) (place, bool) {
	s := n.schema
	if besideValues(s) { // which may be those of the other
		return place{}, false
	}
	var parts []place
	add := func(refs openapi3.SchemaRefs, key string, skip func(node) bool) {
		for i, ref := range refs {
			p := place{ref, index(join(n.ptr, key), i)}
			if !skip(b.follow(p)) {
				parts = append(parts, p)
			}
		}
	}
	add(s.AllOf, "allOf", func(n node) bool { return !structural(n.schema) })
	add(s.OneOf, "oneOf", b.isNull)
	add(s.AnyOf, "anyOf", b.isNull)
	if len(parts) != 1 || b.growing(n) {
		return place{}, false
	}
	inner := b.follow(parts[0])
	if parts[0].ref.Ref == "" || inner.ptr == n.ptr || b.wrapping[n.ptr] {
		return place{}, false
	}
	if b.heirs[n.ptr] {
		return place{}, false // one of the variants that its base stands for, even if it adds nothing
	}
	own := typeKinds(s) &^ kindNull
	if own == 0 && len(s.Enum) == 0 {
		return parts[0], true
	}
	b.wrapping[n.ptr] = true // the inner shape may lead back here
	there := b.shapeOf(inner)
	delete(b.wrapping, n.ptr)
	return parts[0], (own == 0 || there.kinds == own) && (len(s.Enum) == 0 || b.allListed(there, n))
}

// allListed reports whether n lists all values of a shape, and so says nothing new.
func (b *builder) allListed(s *shape, n node) bool {
	var again []value
	for i, raw := range n.schema.Enum {
		again = append(again, b.value(raw, index(join(n.ptr, "enum"), i)))
	}
	return s.hasValues && len(intersect(s.values, again)) == len(s.values)
}

// growing reports whether a schema with a single alternative is a union all the
// same, because it is there for more to come: one with a discriminator, or a
// component that is nothing but a list with a reference to an object or union.
func (b *builder) growing(n node) bool {
	s := n.schema
	listed := slices.Concat(s.OneOf, s.AnyOf)
	if len(listed) != 1 || len(s.AllOf) > 0 {
		return false
	}
	inner := b.follow(place{listed[0], n.ptr}).schema
	k := typeKinds(inner) &^ kindNull
	object := k == kindObject || k == 0 && (len(inner.Properties)+len(inner.AllOf) > 0 || len(inner.OneOf)+len(inner.AnyOf) > 1)
	if s.Discriminator != nil {
		return object
	}
	_, component := componentSchema(n.ptr)
	return object && component && listed[0].Ref != "" && !structuralBeside(s)
}

// isNull reports whether a schema allows null and nothing else.
func (b *builder) isNull(n node) bool {
	s := n.schema
	if k := typeKinds(s); k == kindNull {
		return true
	}
	if len(s.Enum) > 0 {
		for _, v := range s.Enum {
			if v != nil {
				return false
			}
		}
		return true
	}
	if structural(s) {
		return false
	}
	return s.Nullable || b.constNull(n)
}

// constNull reports whether a schema says "const: null", which kin-openapi
// does not tell from no const. Beside a type it means nothing: that lists null
// itself, or forbids it.
func (b *builder) constNull(n node) bool {
	if n.schema.Const != nil || n.schema.Type != nil {
		return false
	}
	text, ok := b.src.Raw(join(n.ptr, "const"))
	return ok && text == "null"
}

// goName returns the name that the configuration gives, or else x-go-name if
// it is an exported identifier; anything else is reported and ignored.
func (b *builder) goName(ext map[string]any, ptr string) string {
	if name := b.rename(ptr); name != "" {
		return name
	}
	name := extString(ext, "x-go-name")
	if name != "" && !naming.IsExported(name) {
		b.warnf(join(ptr, "x-go-name"), "bad-go-name", "x-go-name %.60q is not an exported Go identifier; it is ignored", name)
		return ""
	}
	return name
}
