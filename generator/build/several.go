package build

import (
	"slices"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// maxSeveral bounds how many alternatives are compared with each other.
const maxSeveral = 200

// several notes whether a value can be of several variants of anyOf at once, so
// that the best one would not hold all that the document says of it. What was so
// once stays so, whatever the variants come to have in common.
func (b *builder) several(un *ir.Union) {
	if un.Exclusive {
		return
	}
	o := ir.Origin{Pointer: un.Origin, Part: ir.PartAlso}
	un.Several = b.opts.Names[o] != "" || un.Discriminator == nil && len(un.Variants) > maxSeveral
	for i, v := range un.Variants {
		v.Match.Open = holdsAll(v.Type)
		for _, w := range un.Variants[:i] {
			un.Several = un.Several || un.Discriminator == nil && (loses(v, w) || loses(w, v))
		}
	}
	if un.Several {
		b.api.Names[o] = "Also"
	}
}

// holdsAll reports whether a type keeps properties of all names.
func holdsAll(t ir.Type) bool {
	switch t := ir.Underlying(t).(type) {
	case *ir.Struct:
		return t.Additional != nil
	case *ir.Map, *ir.Any:
		return true
	}
	return false
}

// loses reports whether there are objects of both variants, of which the decoder
// would choose v, that have properties only other has.
func loses(v, other *ir.Variant) bool {
	if v.Match.Open || !slices.Contains(v.Match.Kinds, "object") || isClosed(v) || !slices.Contains(other.Match.Kinds, "object") {
		return false
	}
	if other.Match.Open || isClosed(other) {
		return other.Match.Open
	}
	return !toldApart(v, other) && lacks(v, other.Match.Known) && (lacks(other, v.Match.Known) || len(v.Match.Consts) > 0)
}

// isClosed reports whether a variant allows no other properties.
func isClosed(v *ir.Variant) bool {
	st, ok := ir.Underlying(v.Type).(*ir.Struct)
	return ok && st.Closed
}

// lacks reports whether a variant does not have all of some properties.
func lacks(v *ir.Variant, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(v.Match.Known, name) })
}

// toldApart reports whether a property with listed values tells two variants
// apart, or marks one of which it is required.
func toldApart(v, w *ir.Variant) bool { return marked(v, w) || marked(w, v) }

func marked(v, w *ir.Variant) bool {
	return slices.ContainsFunc(v.Match.Consts, func(c ir.ConstProperty) bool {
		i := slices.IndexFunc(w.Match.Consts, c.Same)
		if i < 0 {
			return c.Inner == "" && slices.Contains(v.Match.Required, c.Name) && !slices.Contains(w.Match.Known, c.Name)
		}
		return !slices.ContainsFunc(w.Match.Consts[i].Values, func(l ir.Literal) bool { return slices.Contains(c.Values, l) })
	})
}
