package build

import (
	"slices"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// part returns what remains of a part of an allOf. One with a type of its own,
// all claims of which are also claims of the type at hand, leaves what it leaves
// of its own type. So a schema that extends another does not repeat what
// remains of that, nor goes through all that it extends in turn.
func (r *remainders) part(p place, c claim) *ir.Schema {
	n := r.follow(p)
	st, isStruct := ir.Underlying(c.typ).(*ir.Struct)
	if u := r.uses[n.ptr]; u != nil && isStruct && !c.chosen {
		base, ok := u.typ.(*ir.Struct)
		if ok && base != st && r.madeOf(base, n) && r.extends(st, base) && !r.says(n).unevaluated {
			if s := r.ofType(base); s != nil {
				return reference(s)
			}
			return nil
		}
	}
	return r.at(p, c)
}

// extends reports whether what a struct claims of its values includes all that
// another claims: it has the same fields, perhaps narrower ones, and more. A type
// of all other properties is a claim on those of the fields added, too.
func (r *remainders) extends(st, base *ir.Struct) bool {
	if len(st.Fields) < len(base.Fields) || !implies(st.Constraint, base.Constraint) {
		return false
	}
	if e := base.Additional; e != nil && (!claimsAs(e.Type, &ir.Any{}) || e.Constraint != nil) {
		return false
	}
	fields := r.fieldsOf(st)
	return !slices.ContainsFunc(base.Fields, func(f *ir.Field) bool {
		own := fields[f.WireName]
		return own == nil || !narrows(own, f)
	})
}

// narrows reports whether the values of a field are all values of another.
func narrows(f, base *ir.Field) bool {
	return claimsAs(f.Type, base.Type) && implies(f.Constraint, base.Constraint) &&
		(base.Nullable || !f.Nullable) && (f.Required || !base.Required) &&
		f.ReadOnly == base.ReadOnly && f.WriteOnly == base.WriteOnly
}

// claimsAs reports whether a type is another, down to the limits of elements.
func claimsAs(a, b ir.Type) bool {
	switch x := a.(type) {
	case *ir.Prim:
		y, ok := b.(*ir.Prim)
		return ok && *x == *y
	case *ir.Any:
		_, ok := b.(*ir.Any)
		return ok
	case *ir.List:
		y, ok := b.(*ir.List)
		return ok && elemClaimsAs(x.Elem, y.Elem)
	case *ir.Map:
		y, ok := b.(*ir.Map)
		return ok && elemClaimsAs(x.Elem, y.Elem)
	}
	return a == b
}

func elemClaimsAs(a, b ir.Elem) bool {
	return a.Nullable == b.Nullable && claimsAs(a.Type, b.Type) && implies(a.Constraint, b.Constraint)
}

// implies reports whether whatever is within some limits is within others.
func implies(c, other *ir.Constraint) bool {
	if other == nil || c == other {
		return true
	}
	if c == nil {
		return false
	}
	lower := func(a, b *uint64) bool { return b == nil || a != nil && *a >= *b }
	upper := func(a, b *uint64) bool { return b == nil || a != nil && *a <= *b }
	same := func(a, b string) bool { return b == "" || a == b }
	bound := func(a ir.Number, aExcl bool, b ir.Number, bExcl bool, sign int) bool {
		if b == "" || a == "" {
			return b == ""
		}
		cmp := order(a, string(b)) * sign
		return cmp > 0 || cmp == 0 && (aExcl || !bExcl)
	}
	return lower(c.MinLength, other.MinLength) && upper(c.MaxLength, other.MaxLength) &&
		lower(c.MinItems, other.MinItems) && upper(c.MaxItems, other.MaxItems) &&
		lower(c.MinProperties, other.MinProperties) && upper(c.MaxProperties, other.MaxProperties) &&
		bound(c.Minimum, c.ExclusiveMin, other.Minimum, other.ExclusiveMin, 1) &&
		bound(c.Maximum, c.ExclusiveMax, other.Maximum, other.ExclusiveMax, -1) &&
		same(c.Pattern, other.Pattern) && same(c.Format, other.Format) &&
		same(string(c.MultipleOf), string(other.MultipleOf)) && (c.UniqueItems || !other.UniqueItems) &&
		(other.Const == nil || c.Const != nil && *c.Const == *other.Const)
}
