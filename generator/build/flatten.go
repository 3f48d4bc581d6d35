package build

import (
	"slices"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// flatten makes one struct of several groups of objects: every property of
// every alternative, none of them required.
func (b *builder) flatten(u *use, s *shape, l label) {
	if !b.possibleKinds(s, map[*shape]kinds{}).only(kindObject) {
		b.warnf(s.ptr, "several-unions", "several oneOf/anyOf apply to the same value and not all are objects; any value is accepted here")
		u.typ = &ir.Any{}
		if l.claimed {
			b.alias(u, s.node, l)
		}
		return
	}
	b.warnf(s.ptr, "several-unions", "several oneOf/anyOf apply to the same object; their properties are generated as optional fields of one struct")
	groups := s.groups
	s.groups = nil
	s.kinds = kindObject
	b.flattenGroups(s, groups, map[*shape]bool{s: true})
	b.object(u, s, l)
}

// possibleKinds returns the kinds of values that all groups of s allow
// together. Known are the shapes that were looked at already; one that contains
// itself says nothing about that.
func (b *builder) possibleKinds(s *shape, known map[*shape]kinds) kinds {
	if all, ok := known[s]; ok {
		return all
	}
	all := s.kinds
	if all == 0 {
		all = kindScalar | kindArray | kindObject
	}
	known[s] = all
	for _, g := range s.groups {
		var some kinds
		for _, p := range g.places {
			some |= b.possibleKinds(b.shapeOf(b.follow(p)), known)
		}
		all &= some
	}
	known[s] = all
	return all
}

// groupNames collects the properties of all objects among the alternatives of s.
func (b *builder) groupNames(s *shape, names map[string]bool, seen map[*shape]bool) {
	for _, g := range s.groups {
		for _, p := range g.places {
			part := b.shapeOf(b.follow(p))
			if seen[part] {
				continue
			}
			seen[part] = true
			for _, prop := range part.props {
				names[prop.name] = true
			}
			b.groupNames(part, names, seen)
		}
	}
}

// flattenGroups adds the properties of all objects among the alternatives of
// groups to s.
func (b *builder) flattenGroups(s *shape, groups []group, seen map[*shape]bool) {
	for _, g := range groups {
		for _, p := range g.places {
			part := b.shapeOf(b.follow(p))
			if seen[part] || part.kinds != 0 && part.kinds&kindObject == 0 {
				continue
			}
			seen[part] = true
			for _, prop := range part.props {
				if have := s.propIndex[prop.name]; have != nil {
					have.places, have.alternative = append(have.places, prop.places...), true
					continue
				}
				c := &property{name: prop.name, places: append([]place(nil), prop.places...), alternative: true}
				set(&s.propIndex, prop.name, c)
				s.props = append(s.props, c)
			}
			b.flattenGroups(s, part.groups, seen)
		}
	}
}

// useOfProperty resolves a property of a struct.
func (b *builder) useOfProperty(p *property, name, origin string) *use {
	switch {
	case p.alternative && len(p.places) > 1 && b.shapeOfAll(b.distinct(p.places)).conflict != "":
		return b.useOfAny(p.places, name, origin)
	case p.alternative || len(p.places) == 1:
		return b.useOfAll(p.places, name, origin)
	}
	return b.annotated(b.useOfAll(p.places, name, origin), p.places)
}

// useOfAny resolves a property that alternatives describe, each in its own way.
func (b *builder) useOfAny(places []place, name, origin string) *use {
	key := "any of\n" + mergedKey(b, places)
	if u := b.uses[key]; u != nil && u.typ != nil {
		return u
	}
	first := b.follow(places[0])
	s := newShape(node{schema: first.schema, ptr: places[0].ptr})
	s.groups = []group{{places: b.unlike(b.distinct(places)), ptr: places[0].ptr}}
	u := &use{note: b.noteOf(first)}
	b.uses[key] = u
	b.define(u, s, label{name: name, origin: origin})
	return u
}

// unlike leaves out scalars of the same kind and format as one before: limits
// make no alternatives.
func (b *builder) unlike(places []place) []place {
	type form struct {
		kinds  kinds
		format string
	}
	seen := map[form]bool{}
	return slices.DeleteFunc(places, func(p place) bool {
		s := b.shapeOf(b.follow(p))
		if !s.kinds.only(kindScalar) || s.hasValues {
			return false
		}
		was := seen[form{s.kinds, s.format}]
		seen[form{s.kinds, s.format}] = true
		return was
	})
}
