package build

import "github.com/seed-a7989e22/apigen/generator/ir"

// breakValueCycles makes pointers of the fields through which a struct would
// contain itself.
func (b *builder) breakValueCycles() {
	const (
		unseen = iota
		open
		done
	)
	state := map[*ir.Struct]int{}
	var visit func(*ir.Struct)
	visit = func(st *ir.Struct) {
		state[st] = open
		for _, f := range st.Fields {
			inner, ok := embedded(f)
			if !ok {
				continue
			}
			switch state[inner] {
			case open:
				f.Indirect = true
			case unseen:
				visit(inner)
			}
		}
		state[st] = done
	}
	for _, t := range b.api.Types {
		if st, ok := t.(*ir.Struct); ok && state[st] == unseen {
			visit(st)
		}
	}
}

// embedded returns the struct that a field holds by value.
func embedded(f *ir.Field) (*ir.Struct, bool) {
	if f.Required == f.Nullable { // optional or required and nullable: a pointer
		return nil, false
	}
	t := f.Type
	for {
		switch x := t.(type) {
		case *ir.Struct:
			return x, true
		case *ir.Alias:
			t = x.Target
		default:
			return nil, false
		}
	}
}

// defineRecursiveAliases makes types of their own of the aliases that contain
// themselves, which a Go alias can't.
func (b *builder) defineRecursiveAliases() {
	for _, t := range b.api.Types {
		a, ok := t.(*ir.Alias)
		if ok && !a.Defined && reaches(a.Target, a, map[*ir.Alias]bool{}) {
			a.Defined = true
		}
	}
}

// reaches reports whether t leads to the alias without passing a struct, a
// union or an alias that is a type of its own.
func reaches(t ir.Type, a *ir.Alias, seen map[*ir.Alias]bool) bool {
	switch x := t.(type) {
	case *ir.List:
		return reaches(x.Elem.Type, a, seen)
	case *ir.Map:
		return reaches(x.Elem.Type, a, seen)
	case *ir.Alias:
		if x == a {
			return true
		}
		if x.Defined || seen[x] {
			return false
		}
		seen[x] = true
		return reaches(x.Target, a, seen)
	}
	return false
}
