package build

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// orNull lets null pass where the type has seen to it, unless the schema has a
// not that null meets: keywords that speak of other values hold for null.
func (r *remainders) orNull(n node, s *ir.Schema, c claim) *ir.Schema {
	if s == nil || !c.nullable || r.forbidsNull(n, map[string]bool{}) {
		return s
	}
	null := ir.Keyword{Name: "nullable", JSON: "true"}
	if !s.Never && s.Keywords[0].Name == "nullable" {
		return s
	}
	if s.Never || s.Keywords[0].Name == "$ref" {
		return &ir.Schema{Keywords: []ir.Keyword{null, {Name: "allOf", Schemas: []*ir.Schema{s}}}}
	}
	return &ir.Schema{Keywords: append([]ir.Keyword{null}, s.Keywords...)}
}

// forbidsNull reports whether a schema or a part of its allOf has a not that
// null meets.
func (r *remainders) forbidsNull(n node, seen map[string]bool) bool {
	if seen[n.ptr] {
		return false
	}
	seen[n.ptr] = true
	if not := n.schema.Not; not != nil && r.meetsNull(place{not, join(n.ptr, "not")}, map[string]bool{}) {
		return true
	}
	return slices.ContainsFunc(r.outlineOf(n).parts, func(p part) bool { return r.forbidsNull(p.node, seen) })
}

// meetsNull reports whether null meets a schema; one that contains itself is
// taken not to be met. What is known is not looked at again.
func (r *remainders) meetsNull(p place, known map[string]bool) bool {
	n := r.follow(p)
	if met, ok := known[n.ptr]; ok || dangling(n) {
		return met
	}
	known[n.ptr] = false
	known[n.ptr] = r.nullMeets(n, known)
	return known[n.ptr]
}

// nullMeets is meetsNull for a schema that is not known yet.
func (r *remainders) nullMeets(n node, known map[string]bool) bool {
	s := n.schema
	k := typeKinds(s)
	switch {
	case s.Always != nil:
		return *s.Always
	case !s.Nullable && (k != 0 && k&kindNull == 0 || s.Const != nil || len(s.Enum) > 0 && !slices.Contains(s.Enum, nil)):
		return false
	}
	met := func(refs openapi3.SchemaRefs, name string) (count int) {
		for i, ref := range refs {
			if r.meetsNull(place{ref, index(join(n.ptr, name), i)}, known) {
				count++
			}
		}
		return count
	}
	return met(s.AllOf, "allOf") == len(s.AllOf) && (len(s.AnyOf) == 0 || met(s.AnyOf, "anyOf") > 0) &&
		(len(s.OneOf) == 0 || met(s.OneOf, "oneOf") == 1) && (s.Not == nil || !r.meetsNull(place{s.Not, join(n.ptr, "not")}, known))
}
