package build

import (
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// maxNested bounds how deep unions in unions are looked into, maxCompared how
// many pairs of alternatives are compared for one union.
const (
	maxNested   = 4
	maxCompared = 20_000
)

// heads returns for each variant of a union a schema of what a value shows on
// its first level: its kind, the properties that have to be there, and those
// with listed values; nil when a value may have the heads of two variants.
func (r *remainders) heads(u *ir.Union, members []member) []*ir.Schema {
	r.compared = 0
	for i, m := range members {
		for _, other := range members[:i] {
			if !r.apart(m.shape, other.shape, 0) {
				return nil
			}
		}
	}
	heads := make([]*ir.Schema, len(u.Variants))
	for _, m := range members {
		heads[m.variant] = r.head(m.shape, 0)
	}
	return heads
}

// apart reports whether no value has the heads of both shapes.
func (r *remainders) apart(a, b *shape, depth int) bool {
	if r.compared++; r.compared > maxCompared {
		return false
	}
	if alternatives := r.alternativesOf(a, depth); alternatives != nil {
		return !slices.ContainsFunc(alternatives, func(s *shape) bool { return !r.apart(s, b, depth+1) })
	}
	if r.alternativesOf(b, depth) != nil {
		return r.apart(b, a, depth)
	}
	x, y := wide(a.kinds), wide(b.kinds)
	switch {
	case x == 0 || y == 0 || len(a.groups)+len(b.groups) > 0:
		return false
	case x&y == 0:
		return true
	}
	return x&y == kindObject && (r.differs(a, b) || r.differs(b, a))
}

// alternativesOf returns the shapes of the alternatives of a union with
// nothing beside them; nil for other shapes.
func (r *remainders) alternativesOf(s *shape, depth int) []*shape {
	if len(s.groups) != 1 || depth > maxNested || s.withoutGroups() != nil {
		return nil
	}
	var out []*shape
	for _, p := range s.groups[0].places {
		out = append(out, r.shapeOf(r.follow(p)))
	}
	return out
}

// differs reports whether a requires a property that b refuses, or for which b
// requires another value.
func (r *remainders) differs(a, b *shape) bool {
	for _, name := range a.required {
		own, other := a.propIndex[name], b.propIndex[name]
		if r.oneSided(own) || r.oneSided(other) {
			continue
		}
		if other == nil && b.sealed() {
			return true
		}
		mine, theirs := r.closedValues(own), r.closedValues(other)
		if len(mine) > 0 && len(theirs) > 0 && len(intersect(mine, theirs)) == 0 && b.requires[name] {
			return true
		}
	}
	return false
}

// oneSided reports whether a property is left out in one direction.
func (r *remainders) oneSided(p *property) bool {
	return p != nil && slices.ContainsFunc(p.places, func(at place) bool { return r.oneWay(r.follow(at)) })
}

// sealed reports whether a shape has no other properties than those it lists.
func (s *shape) sealed() bool { return s.closed && s.additional == nil && len(s.patterns) == 0 }

// head writes the first level of a shape as a schema.
func (r *remainders) head(s *shape, depth int) *ir.Schema {
	head := &ir.Schema{}
	if alternatives := r.alternativesOf(s, depth); alternatives != nil {
		k := ir.Keyword{Name: "anyOf"}
		for _, alt := range alternatives {
			k.Schemas = append(k.Schemas, r.head(alt, depth+1))
		}
		head.Keywords = append(head.Keywords, k)
		return head
	}
	put(head, "type", kindText(s.kinds.names()))
	if s.kinds&kindObject == 0 {
		return head
	}
	var required []string
	properties := ir.Keyword{Name: "properties"}
	for _, p := range s.props {
		values := r.closedValues(p)
		switch {
		case r.oneSided(p) || !s.requires[p.name]:
			values = nil
		default:
			required = append(required, p.name)
		}
		var value *ir.Schema
		if len(values) > 0 {
			value = &ir.Schema{}
			put(value, "enum", listText(values))
		}
		if value != nil || s.sealed() {
			properties.Members = append(properties.Members, ir.SchemaMember{Name: p.name, Schema: value})
		}
	}
	if len(required) > 0 {
		put(head, "required", texts(required))
	}
	if len(properties.Members) > 0 {
		head.Keywords = append(head.Keywords, properties)
	}
	if s.sealed() {
		putSchema(head, "additionalProperties", &ir.Schema{Never: true})
	}
	return head
}

// listText writes values as a JSON list.
func listText(values []value) string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = v.lit.Text
		if v.lit.Kind == ir.LitString {
			list[i] = quote(v.lit.Text)
		}
	}
	return "[" + strings.Join(list, ",") + "]"
}

// wide adds integers to numbers.
func wide(k kinds) kinds {
	if k&kindNumber != 0 {
		k |= kindInt
	}
	return k
}
