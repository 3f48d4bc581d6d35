package build

import (
	"cmp"
	"slices"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// flatten makes one type of several groups, of which only the product would be
// exact: of objects one struct with every property of every alternative, none
// of them required; of other values a union with a variant for each kind that
// all groups allow. Neither depends on what else is an alternative.
func (b *builder) flatten(u *use, s *shape, l label) {
	common := b.possibleKinds(s, map[*shape]kinds{})
	switch {
	case common.only(kindObject):
		b.warnf(s.ptr, "several-unions", "several oneOf/anyOf apply to the same object; their properties are generated as optional fields of one struct")
		groups := s.groups
		s.groups, s.kinds = nil, kindObject
		b.flattenGroups(s, groups, map[*shape]bool{s: true})
		b.object(u, s, l)
	case common == 0 || common == kindAny:
		b.warnf(s.ptr, "several-unions", "several oneOf/anyOf apply to the same value, which nothing that they have in common tells the type of; any value is accepted here")
		b.anything(u, s, l)
	default:
		b.warnf(s.ptr, "several-unions", "several oneOf/anyOf apply to the same value; the variants are the kinds of values that all of them allow")
		b.declareUnion(u, s, b.commonVariants(s, common), l, false)
	}
}

// commonVariants returns a variant for each of the kinds that all groups allow.
func (b *builder) commonVariants(s *shape, common kinds) []variant {
	all := *s
	all.kinds, all.listed = common, map[kinds]string{}
	for _, p := range s.groups[0].places {
		if k := b.shapeOf(b.follow(p)).kinds; all.listed[k] == "" {
			all.listed[k] = p.ptr
		}
	}
	variants := kindVariants(&all)
	for i, v := range variants {
		if v.shape.kinds != kindObject {
			continue
		}
		object := s.withoutGroups()
		if object == nil {
			object = newShape(s.node)
		}
		object.kinds, object.sources = kindObject, s.sources
		b.flattenGroups(object, s.groups, map[*shape]bool{s: true})
		variants[i].shape = object
	}
	return variants
}

// anything makes any value of a schema with alternatives. It stays that, even if
// it gets one that would make it a union.
func (b *builder) anything(u *use, s *shape, l label) {
	b.api.Names[b.kindOrigin(s, l)] = kindOfAny
	u.typ, u.limits = &ir.Any{}, nil
}

// kindOfAny is the kind of a value of any type in the lock.
const kindOfAny = "any"

func (b *builder) kindOrigin(s *shape, l label) ir.Origin {
	return ir.Origin{Pointer: b.originOf(s.node, l), Part: ir.PartKind}
}

// wasAnything reports whether a schema with alternatives was any value before.
func (b *builder) wasAnything(s *shape, l label) bool {
	return len(s.groups)+len(s.listed) > 0 && b.opts.Names[b.kindOrigin(s, l)] == kindOfAny
}

// possibleKinds returns the kinds of values that all groups of s allow
// together. Known are the shapes that were looked at already; one that contains
// itself says nothing about that.
func (b *builder) possibleKinds(s *shape, known map[*shape]kinds) kinds {
	if all, ok := known[s]; ok {
		return all
	}
	all := cmp.Or(wide(s.kinds), kindAny)
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
	case p.free:
		return &use{typ: &ir.Any{}, note: b.noteOf(b.follow(p.places[0]))}
	case p.alternative && len(p.places) > 1 && (b.shapeOfAll(b.distinct(p.places)).conflict != "" || b.someListed(p.places)):
		return b.useOfAny(p.places, name, origin)
	case p.alternative:
		return b.useOfAll(p.places, name, origin).orNull(b.someNull(p.places))
	case len(p.places) == 1:
		return b.useOfAll(p.places, name, origin)
	}
	return b.annotated(b.useOfAll(p.places, name, origin), p.places)
}

// someListed reports whether some places list values that others do not.
func (b *builder) someListed(places []place) bool {
	listed := func(p place) bool { return b.shapeOf(b.follow(p)).hasValues }
	first := listed(places[0])
	return slices.ContainsFunc(places[1:], func(p place) bool { return listed(p) != first })
}

// useOfAny resolves a property that alternatives describe, each in its own way.
func (b *builder) useOfAny(places []place, name, origin string) *use {
	key := "any of\n" + mergedKey(b, places)
	if u := b.uses[key]; u != nil && u.typ != nil {
		return u
	}
	first := b.follow(places[0])
	s := newShape(node{schema: first.schema, ptr: places[0].ptr})
	wasEnum := b.opts.Names[ir.Origin{Pointer: origin, Part: ir.PartType}] != ""
	s.groups = []group{{places: b.unlike(b.distinct(places), wasEnum), ptr: places[0].ptr}}
	if b.someNull(places) {
		s.null = nullAllowed
	}
	u := &use{note: b.noteOf(first)}
	b.uses[key] = u
	b.define(u, s, label{name: name, origin: origin})
	return u
}

// unlike leaves out scalars of the same kind and format as one before: limits
// make no alternatives. Nor do listed values where another alternative allows
// all, unless they have been an enum.
func (b *builder) unlike(places []place, wasEnum bool) []place {
	type form struct {
		kinds  kinds
		format string
	}
	first := map[form]int{} // the first place that allows all values of a form
	for i, p := range places {
		s := b.shapeOf(b.follow(p))
		if _, ok := first[form{s.kinds, s.format}]; !ok && !s.hasValues {
			first[form{s.kinds, s.format}] = i
		}
	}
	var kept []place
	for i, p := range places {
		s := b.shapeOf(b.follow(p))
		same, all := first[form{s.kinds, s.format}]
		if !s.kinds.only(kindScalar) || !all || same == i || s.hasValues && wasEnum {
			kept = append(kept, p)
		}
	}
	return kept
}
