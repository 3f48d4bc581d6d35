package build

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// groups returns what remains of oneOf and anyOf for values that are of one
// type for all alternatives. What remains of an alternative is exactly what
// decides whether it holds.
func (r *remainders) groups(n node, c claim) *ir.Schema {
	return allOf([]*ir.Schema{r.anyOf(n, c), r.oneOf(n, c)})
}

func (r *remainders) anyOf(n node, c claim) *ir.Schema {
	rests, open, ok := r.alternatives(n, n.schema.AnyOf, "anyOf", c)
	if !ok || len(open) > 0 || r.constants(n, n.schema.AnyOf, "anyOf", c) {
		return nil
	}
	return alternatives("anyOf", rests)
}

func (r *remainders) oneOf(n node, c claim) *ir.Schema {
	rests, open, ok := r.alternatives(n, n.schema.OneOf, "oneOf", c)
	switch {
	case !ok || len(rests) == 1 && len(open) == 1 || r.constants(n, n.schema.OneOf, "oneOf", c):
		return nil
	case n.schema.Discriminator != nil && len(open) > 0:
		return nil
	case n.schema.Discriminator != nil:
		return alternatives("anyOf", rests)
	case len(open) > 1 && !r.opts.ExactTypes:
		if r.same(open) {
			// Listed twice by mistake: it counts once.
			rests = slices.DeleteFunc(rests, func(s *ir.Schema) bool { return s == nil })
			return alternatives("oneOf", append(rests, nil))
		}
		r.warnOnce(join(n.ptr, "oneOf"), "unchecked",
			"oneOf is not checked by the generated code: several alternatives accept every value of the Go type, so that no value could be valid")
		return nil
	}
	return alternatives("oneOf", rests)
}

// same reports whether schemas are one, written several times.
func (r *remainders) same(list []node) bool {
	first := r.wholeNode(list[0])
	return !slices.ContainsFunc(list[1:], func(n node) bool { return !reflect.DeepEqual(first, r.wholeNode(n)) })
}

// alternatives makes a keyword of what remains of its alternatives.
func alternatives(name string, rests []*ir.Schema) *ir.Schema {
	switch len(rests) {
	case 0:
		return &ir.Schema{Never: true}
	case 1:
		return rests[0]
	}
	return &ir.Schema{Keywords: []ir.Keyword{{Name: name, Schemas: rests}}}
}

// alternatives returns what remains of each alternative that can hold for
// values of the type; null is settled. Not ok when there is nothing to choose
// from, or when the choice is not about values of this type: a base lists those
// that extend it. Open are those of which nothing remains: they accept every
// value of the type.
func (r *remainders) alternatives(n node, refs openapi3.SchemaRefs, name string, c claim) (rests []*ir.Schema, open []node, ok bool) {
	if len(refs) == 0 {
		return nil, nil, false
	}
	ptr := join(n.ptr, name)
	if t, ok := declares(c.typ); ok {
		_, wrapped := r.wrapped(n)
		if own, ok := r.only(t); ok && !wrapped && r.listedBy(ptr, refs)[own.ptr] {
			return nil, nil, false
		}
	}
	if r.guesswork(refs, ptr) {
		return nil, nil, false
	}
	for i, ref := range refs {
		p := place{ref, index(ptr, i)}
		alt := r.follow(p)
		if r.isNull(alt) || alt.ptr == n.ptr {
			continue
		}
		ok = true
		rest := r.at(p, claim{typ: c.typ, limits: c.limits, chosen: true})
		if rest == nil {
			open = append(open, alt)
		}
		if !never(rest) {
			rests = append(rests, rest)
		}
	}
	return rests, open, ok
}

// constants reports whether oneOf or anyOf lists constants, oneOf each of them once,
// and the type is the enum of these.
func (r *remainders) constants(n node, refs openapi3.SchemaRefs, name string, c claim) bool {
	e, ok := ir.Underlying(c.typ).(*ir.Enum)
	if !ok || e.Open {
		return false
	}
	times := map[string]int{}
	for i, ref := range refs {
		alt := r.follow(place{ref, index(join(n.ptr, name), i)})
		if r.isNull(alt) {
			continue
		}
		s := r.shapeOf(alt)
		if !s.hasValues || limitsFor(s.limits, s.kinds) != nil {
			return false
		}
		for _, v := range s.values {
			times[v.lit.Text]++
		}
	}
	return !slices.ContainsFunc(e.Values, func(v *ir.EnumValue) bool {
		n := times[v.Value.Text]
		return n == 0 || n > 1 && name == "oneOf"
	})
}

// union returns what remains of the schema of a union. Where a discriminator,
// the kind of the value or its first level says which variant it is, that is
// what remains of the variant. Otherwise the schema as a whole decides, unless the type alone
// does.
func (r *remainders) union(n node, u *ir.Union, c claim) *ir.Schema {
	members := r.members[u]
	if len(members) == 0 {
		return r.wholeNode(n)
	}
	tests := variantTests(u)
	if tests == nil {
		tests = r.heads(u, members)
	}
	if tests == nil && !r.decides(u, members) {
		r.overlapping[u] = true
		return r.wholeNode(n)
	}
	if matters(n.schema.UnevaluatedProperties) || matters(n.schema.UnevaluatedItems) {
		return r.wholeNode(n) // they depend on all alternatives that hold
	}
	parts := []*ir.Schema{r.besideUnion(n, u, members)}
	for _, m := range members {
		v := u.Variants[m.variant]
		rest := r.ofVariant(m, v)
		if rest == nil || tests == nil {
			continue
		}
		parts = append(parts, &ir.Schema{Keywords: []ir.Keyword{
			{Name: "if", Schema: tests[m.variant]}, {Name: "then", Schema: rest},
		}})
	}
	return allOf(parts)
}

// besideUnion returns what remains of the keywords beside oneOf and anyOf. What
// is merged into the variants is part of these.
func (r *remainders) besideUnion(n node, u *ir.Union, members []member) *ir.Schema {
	if len(r.inherits[n.ptr]) > 0 || slices.ContainsFunc(members, func(m member) bool { return m.merged }) {
		return nil
	}
	return r.beside(n, claim{typ: u})
}

// ofVariant returns what remains for values that are of a variant.
func (r *remainders) ofVariant(m member, v *ir.Variant) *ir.Schema {
	if t, ok := declares(v.Type); ok {
		if s := r.ofType(t); s != nil {
			return reference(s)
		}
		return nil
	}
	var parts []*ir.Schema
	for _, src := range m.sources {
		parts = append(parts, r.ofSource(src, claim{typ: v.Type, limits: limitsOf(v.Constraint)}))
	}
	return allOf(parts)
}

// variantTests returns schemas that tell for each variant whether a value is
// of it: by the discriminator or by its kind; nil when neither does.
func variantTests(u *ir.Union) []*ir.Schema {
	tests := make([]*ir.Schema, len(u.Variants))
	if d := u.Discriminator; d != nil {
		values := map[int][]string{}
		for _, m := range d.Mapping {
			values[m.Variant] = append(values[m.Variant], m.Value)
		}
		for i := range u.Variants {
			if values[i] == nil {
				return nil
			}
			listed := texts(values[i])
			if d.Number {
				listed = "[" + strings.Join(values[i], ", ") + "]"
			}
			value := &ir.Schema{Keywords: []ir.Keyword{{Name: "enum", JSON: listed}}}
			tests[i] = &ir.Schema{Keywords: []ir.Keyword{
				{Name: "type", JSON: `"object"`},
				{Name: "required", JSON: texts([]string{d.Property})},
				{Name: "properties", Members: []ir.SchemaMember{{Name: d.Property, Schema: value}}},
			}}
		}
		return tests
	}
	var all kinds
	for i, v := range u.Variants {
		k := claimedKinds(v.Type)
		if all&wide(k) != 0 {
			return nil
		}
		all |= wide(k)
		tests[i] = &ir.Schema{Keywords: []ir.Keyword{{Name: "type", JSON: kindText(k.names())}}}
	}
	return tests
}

// names returns the names of kinds in JSON Schema.
func (k kinds) names() []string {
	var names []string
	for _, x := range []struct {
		kind kinds
		name string
	}{
		{kindObject, "object"}, {kindArray, "array"}, {kindString, "string"},
		{kindInt, "integer"}, {kindNumber, "number"}, {kindBool, "boolean"},
	} {
		if k&x.kind != 0 {
			names = append(names, x.name)
		}
	}
	return names
}

// decides reports whether decoding alone settles what a union of anyOf holds:
// the decoder tries the variants until one fits, and nothing is left to check
// of any of them afterwards.
func (r *remainders) decides(u *ir.Union, members []member) bool {
	return !u.Exclusive && !slices.ContainsFunc(members, func(m member) bool {
		v := u.Variants[m.variant]
		return r.ofVariant(m, v) != nil || v.Constraint != nil || r.limited(v.Type)
	})
}

// limited reports whether values of a type have limits that are checked once
// they are decoded.
func (r *remainders) limited(t ir.Type) bool {
	seen := map[ir.Type]bool{}
	if r.reachesLimit(t, seen) {
		return true
	}
	maps.Copy(r.unlimited, seen)
	return false
}

func (r *remainders) reachesLimit(t ir.Type, seen map[ir.Type]bool) bool {
	if seen[t] || r.unlimited[t] {
		return false
	}
	seen[t] = true
	at := func(c *ir.Constraint, t ir.Type) bool { return c != nil || r.reachesLimit(t, seen) }
	switch t := t.(type) {
	case *ir.Struct:
		return t.Constraint != nil || t.Additional != nil && at(t.Additional.Constraint, t.Additional.Type) ||
			slices.ContainsFunc(t.Fields, func(f *ir.Field) bool { return at(f.Constraint, f.Type) })
	case *ir.Union:
		return slices.ContainsFunc(t.Variants, func(v *ir.Variant) bool { return at(v.Constraint, v.Type) })
	case *ir.Alias:
		return at(t.Constraint, t.Target)
	case *ir.List:
		return at(t.Elem.Constraint, t.Elem.Type)
	case *ir.Map:
		return at(t.Elem.Constraint, t.Elem.Type)
	case *ir.Enum:
		return !t.Open
	}
	return false
}

// entangled reports whether unevaluatedProperties or unevaluatedItems depend
// on what only the value tells, so that the schema has to be taken as a whole.
func (r *remainders) entangled(n node, c claim) bool {
	sch, k := n.schema, claimedKinds(c.typ)
	if k&kindArray != 0 && matters(sch.UnevaluatedItems) {
		return true
	}
	if k&kindObject == 0 || !matters(sch.UnevaluatedProperties) {
		return false
	}
	if !r.plainObject(n) {
		return true
	}
	known, closed := r.shapeOf(n).propIndex, false
	switch t := ir.Underlying(c.typ).(type) {
	case *ir.Struct:
		if slices.ContainsFunc(t.Fields, func(f *ir.Field) bool { return known[f.WireName] == nil }) {
			return true // another schema has added to the fields
		}
		closed = t.Closed
	case *ir.Map:
		if len(known) > 0 {
			return true
		}
	default:
		return true
	}
	rest := sch.UnevaluatedProperties.Schema
	return !closed && (rest == nil || r.at(place{rest, join(n.ptr, "unevaluatedProperties")}, r.extra(c)) != nil)
}

// matters reports whether a boolean or schema refuses anything.
func matters(v openapi3.BoolSchema) bool { return v.Schema != nil || v.Has != nil && !*v.Has }

// plainObject reports whether the properties that a schema speaks of are the
// same for all values, unevaluatedProperties aside.
func (b *builder) plainObject(n node) bool {
	return b.plainParts(n, map[string]bool{n.ptr: true})
}

func (b *builder) plainParts(n node, seen map[string]bool) bool {
	s := n.schema
	if len(s.OneOf)+len(s.AnyOf)+len(s.PatternProperties)+len(s.DependentSchemas) > 0 || s.If != nil || given(s.AdditionalProperties) {
		return false
	}
	for i, ref := range s.AllOf {
		part := b.follow(place{ref, index(join(n.ptr, "allOf"), i)})
		if seen[part.ptr] {
			continue
		}
		seen[part.ptr] = true
		if given(part.schema.UnevaluatedProperties) || !b.plainParts(part, seen) {
			return false
		}
	}
	return true
}

// given reports whether a keyword that takes a boolean or a schema is there.
func given(v openapi3.BoolSchema) bool { return v.Has != nil || v.Schema != nil }
