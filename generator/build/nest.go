package build

import "github.com/seed-a7989e22/apigen/generator/ir"

// nest is a list or map, its element, and what it was made of.
type nest struct {
	typ   ir.Type
	elem  *ir.Elem
	use   *use
	shape *shape
	label label
}

// fill sets the element of a list or map to what a schema means. Whoever walks types
// stops at names only, so one that would contain itself without a name on the way
// gets one as soon as that comes to be: the first of the circle by origin.
func (b *builder) fill(n nest, u *use) {
	*n.elem = b.elem(u)
	if elemOf(n.elem.Type) == nil {
		return
	}
	b.nests[n.typ] = n
	first := n
	for at := b.nests[n.elem.Type]; at.typ != n.typ; at = b.nests[at.elem.Type] {
		if at.typ == nil {
			return // no circle
		}
		if b.originOf(at.shape.node, at.label) < b.originOf(first.shape.node, first.label) {
			first = at
		}
	}
	b.alias(first.use, first.shape.node, first.label)
	named := first.use.typ.(*ir.Alias)
	b.origins[named] = first.shape.sources
	for _, other := range b.nests {
		if other.elem.Type == first.typ {
			other.elem.Type, other.elem.Constraint = named, nil
		}
	}
}

// elemOf returns the element of a list or map; nil for other types.
func elemOf(t ir.Type) *ir.Elem {
	switch x := t.(type) {
	case *ir.List:
		return &x.Elem
	case *ir.Map:
		return &x.Elem
	}
	return nil
}
