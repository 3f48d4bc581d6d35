package build

import "github.com/seed-a7989e22/apigen/generator/ir"

// list makes an array.
func (b *builder) list(u *use, s *shape, l label) {
	list := &ir.List{Elem: ir.Elem{Type: &ir.Any{}}}
	if len(s.prefix) > 0 {
		b.tuple(list, s)
	} else if len(s.items) > 0 {
		places, origin := s.items, join(b.originOf(s.node, l), "items")
		b.defer_(func() { b.fill(nest{list, &list.Elem, u, s, l}, b.useOfAll(places, l.name+"Item", origin)) })
	}
	u.typ, u.limits = list, limitsFor(s.limits, kindArray)
	if l.claimed {
		b.alias(u, s.node, l)
	}
}

// tuple finds the type of the items of an array with prefixItems: the scalar
// that all of them are, or else any, since Go has no type for them.
func (b *builder) tuple(list *ir.List, s *shape) {
	first := b.shapeOf(b.follow(s.prefix[0]))
	alike := first.scalar()
	for _, p := range s.prefix[1:] {
		part := b.shapeOf(b.follow(p))
		alike = alike && part.scalar() && part.kinds == first.kinds && part.format == first.format
	}
	for _, p := range s.items {
		n := b.follow(p)
		if n.schema.Always != nil && !*n.schema.Always {
			length := uint64(len(s.prefix))
			s.limits.MaxItems = tighter(s.limits.MaxItems, &length, true)
			continue
		}
		part := b.shapeOf(n)
		alike = alike && part.scalar() && part.kinds == first.kinds && part.format == first.format
	}
	if !alike || !s.measured() {
		b.warnf(s.ptr, "tuple", "an array with prefixItems has no Go type of its own; its items are of type any")
		return
	}
	list.Elem = ir.Elem{Type: b.primOf(first)}
}

// measured reports whether something is said of all elements of an array with
// prefixItems: those beyond may be anything otherwise.
func (s *shape) measured() bool {
	sch, most := s.schema, s.limits.MaxItems
	ends := matters(sch.UnevaluatedItems) && sch.UnevaluatedItems.Has != nil && sch.Contains == nil && sch.If == nil &&
		len(sch.AllOf)+len(sch.AnyOf)+len(sch.OneOf) == 0
	return len(s.items) > 0 || ends || most != nil && *most <= uint64(len(s.prefix))
}

// scalar reports whether a shape is a scalar of one kind without listed values.
func (s *shape) scalar() bool {
	return s.kinds.only(kindScalar) && s.kinds&(s.kinds-1) == 0 && !s.hasValues && s.null != nullAllowed &&
		len(s.groups) == 0 && s.goType == nil
}

// elem makes the element of a list or map of what a schema means.
func (b *builder) elem(u *use) ir.Elem {
	return ir.Elem{Type: u.typ, Nullable: u.nullable, Sensitive: u.sensitive, Constraint: u.limits}
}
