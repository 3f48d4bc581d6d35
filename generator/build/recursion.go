package build

import (
	"cmp"
	"slices"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// breakValueCycles makes pointers of the fields through which a struct would
// contain itself. Which of the fields of a circle that is depends on nothing
// but the circle: not on the order of the document, nor on what else it has.
func (b *builder) breakValueCycles() {
	c := &circles{index: map[*ir.Struct]int{}, low: map[*ir.Struct]int{}, circle: map[*ir.Struct]int{}}
	for _, t := range b.api.Types {
		if st, ok := t.(*ir.Struct); ok && c.index[st] == 0 {
			c.visit(st)
		}
	}
	for id, members := range c.found {
		slices.SortFunc(members, func(x, y *ir.Struct) int { return cmp.Compare(x.Origin, y.Origin) })
		state := map[*ir.Struct]int{}
		for _, st := range members {
			if state[st] == unseen {
				c.cut(st, id, state)
			}
		}
	}
}

// circles finds the structs that contain each other, as Tarjan does.
type circles struct {
	index, low map[*ir.Struct]int
	stack      []*ir.Struct
	found      [][]*ir.Struct
	// circle is the index in found; -1 for what is still on the stack.
	circle map[*ir.Struct]int
}

func (c *circles) visit(st *ir.Struct) {
	c.index[st] = len(c.index) + 1
	c.low[st], c.circle[st] = c.index[st], -1
	c.stack = append(c.stack, st)
	for _, f := range st.Fields {
		inner, ok := embedded(f)
		switch {
		case !ok:
		case c.index[inner] == 0:
			c.visit(inner)
			c.low[st] = min(c.low[st], c.low[inner])
		case c.circle[inner] < 0:
			c.low[st] = min(c.low[st], c.index[inner])
		}
	}
	if c.low[st] != c.index[st] {
		return
	}
	at := slices.Index(c.stack, st)
	for _, member := range c.stack[at:] {
		c.circle[member] = len(c.found)
	}
	c.found = append(c.found, slices.Clone(c.stack[at:]))
	c.stack = c.stack[:at]
}

// The states of a struct while circles are cut.
const (
	unseen = iota
	open
	done
)

// cut goes through one circle and makes pointers of the fields that lead back.
func (c *circles) cut(st *ir.Struct, circle int, state map[*ir.Struct]int) {
	state[st] = open
	fields := slices.SortedFunc(slices.Values(st.Fields), func(x, y *ir.Field) int { return cmp.Compare(x.WireName, y.WireName) })
	for _, f := range fields {
		inner, ok := embedded(f)
		if !ok || c.circle[inner] != circle {
			continue
		}
		switch state[inner] {
		case open:
			f.Indirect = true
		case unseen:
			c.cut(inner, circle, state)
		}
	}
	state[st] = done
}

// embedded returns the struct that a field holds by value.
func embedded(f *ir.Field) (*ir.Struct, bool) {
	if !f.Required || f.Nullable { // a pointer, or a Nullable, which holds one
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
	types := slices.SortedFunc(slices.Values(b.api.Types), func(x, y ir.Named) int {
		return cmp.Compare(x.Declaration().Origin, y.Declaration().Origin)
	})
	for _, t := range types {
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
