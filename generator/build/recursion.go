package build

import (
	"cmp"
	"iter"
	"slices"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// breakValueCycles makes pointers of the fields through which a struct would
// contain itself. Which of the fields of a circle that is depends on nothing
// but the circle: not on the order of the document, nor on what else it has.
func (b *builder) breakValueCycles() {
	c := newCircles(embeddedIn)
	for _, t := range b.api.Types {
		if st, ok := t.(*ir.Struct); ok {
			c.find(st)
		}
	}
	for id, members := range c.found {
		slices.SortFunc(members, func(x, y *ir.Struct) int { return cmp.Compare(x.Origin, y.Origin) })
		state := map[*ir.Struct]int{}
		for _, st := range members {
			if state[st] == unseen {
				cut(st, id, c.circle, state)
			}
		}
	}
}

// The states of a struct while circles are cut.
const (
	unseen = iota
	open
	done
)

// cut goes through one circle and makes pointers of the fields that lead back.
func cut(st *ir.Struct, id int, circle, state map[*ir.Struct]int) {
	state[st] = open
	fields := slices.SortedFunc(slices.Values(st.Fields), func(x, y *ir.Field) int { return cmp.Compare(x.WireName, y.WireName) })
	for _, f := range fields {
		inner, ok := embedded(f)
		if !ok || circle[inner] != id {
			continue
		}
		switch state[inner] {
		case open:
			f.Indirect = true
		case unseen:
			cut(inner, id, circle, state)
		}
	}
	state[st] = done
}

// embeddedIn iterates over the structs that a struct holds by value.
func embeddedIn(st *ir.Struct) iter.Seq[*ir.Struct] {
	return func(yield func(*ir.Struct) bool) {
		for _, f := range st.Fields {
			if inner, ok := embedded(f); ok && !yield(inner) {
				return
			}
		}
	}
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
// themselves, which a Go alias can't: one on each circle. An alias leads to one
// other at most, so each is passed once.
func (b *builder) defineRecursiveAliases() {
	walk := map[*ir.Alias]int{} // the walk that has passed it, by the place of its start
	order := map[*ir.Alias]int{}
	types := slices.SortedFunc(slices.Values(b.api.Types), func(x, y ir.Named) int {
		return cmp.Compare(x.Declaration().Origin, y.Declaration().Origin)
	})
	for i, t := range types {
		if a, ok := t.(*ir.Alias); ok {
			order[a] = i + 1
		}
	}
	for i, t := range types {
		a, _ := t.(*ir.Alias)
		for a != nil && !a.Defined && walk[a] == 0 {
			walk[a] = i + 1
			_, a = lists(a.Target)
		}
		if a == nil || a.Defined || walk[a] != i+1 {
			continue
		}
		first := a // of the circle, in the order of the types
		for _, x := lists(a.Target); x != a; _, x = lists(x.Target) {
			if order[x] < order[first] {
				first = x
			}
		}
		first.Defined = true
	}
}

// markCircularAliases marks the aliases that contain themselves through other types.
func (b *builder) markCircularAliases() {
	c := newCircles(func(t ir.Named) iter.Seq[ir.Named] { return namedParts(t) })
	for _, t := range b.api.Types {
		c.find(t)
	}
	for _, members := range c.found {
		for _, t := range members {
			if a, ok := t.(*ir.Alias); ok {
				a.Circular = len(members) > 1
			}
		}
	}
}

// namedParts iterates over the types with a name in what t is made of.
func namedParts(t ir.Type) iter.Seq[ir.Named] {
	return func(yield func(ir.Named) bool) {
		for stack := ir.Contents(t); len(stack) > 0; {
			part := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			named, ok := part.(ir.Named)
			switch {
			case !ok:
				stack = append(stack, ir.Contents(part)...)
			case !yield(named):
				return
			}
		}
	}
}

// maxLists bounds how deep lists and maps are in each other: the code that reads
// and writes them is one expression of functions in each other, which takes gofmt
// twice as long for each more.
const maxLists = 16

// boundLists reports the first place that stands for lists and maps too deep in
// each other.
func (b *builder) boundLists() {
	bound := &listBound{depths: map[*ir.Alias]int{}}
	for _, t := range b.api.Types {
		at := t.Declaration().Pos
		switch t := t.(type) {
		case *ir.Alias:
			bound.check(at, t)
		case *ir.Struct:
			for _, f := range t.Fields {
				bound.check(f.Pos, f.Type)
			}
			if t.Additional != nil {
				bound.check(at, t.Additional.Type)
			}
		case *ir.Union:
			for _, v := range t.Variants {
				bound.check(at, v.Type)
			}
		}
	}
	for op := range b.api.Operations() {
		for x := range op.Exchanges() {
			bound.check(x.Pos, x.Type)
		}
	}
	for _, hook := range b.api.Webhooks {
		bound.check(hook.Pos, hook.Body.Type)
	}
	if bound.exceeded != nil {
		b.diags.Errorf(*bound.exceeded, "too-deep", "lists and maps are more than %d deep in each other here, which Go code cannot express in reasonable size", maxLists)
	}
}

// listBound holds types against maxLists.
type listBound struct {
	depths   map[*ir.Alias]int // and one
	exceeded *diag.Pos         // the first place
}

func (l *listBound) check(at diag.Pos, t ir.Type) {
	n, next := lists(t)
	if n+aliasDepth(next, l.depths) > maxLists && l.exceeded == nil {
		l.exceeded = &at
	}
}

// aliasDepth returns how many lists and maps an alias stands for, one in the
// other, up to the next type with code of its own. It remembers what it has
// found, and one.
func aliasDepth(a *ir.Alias, depths map[*ir.Alias]int) int {
	var chain []*ir.Alias
	for a != nil && depths[a] == 0 && (!a.Defined || len(chain) == 0) {
		chain = append(chain, a)
		_, a = lists(a.Target)
	}
	depth := max(depths[a]-1, 0)
	for _, a := range slices.Backward(chain) {
		n, _ := lists(a.Target)
		depth += n
		depths[a] = depth + 1
	}
	return depth
}

// lists returns how many lists and maps a type is, one in the other, and the
// alias in the innermost one, if it is one.
func lists(t ir.Type) (n int, next *ir.Alias) {
	for ; ; n++ {
		switch x := t.(type) {
		case *ir.List:
			t = x.Elem.Type
		case *ir.Map:
			t = x.Elem.Type
		case *ir.Alias:
			return n, x
		default:
			return n, nil
		}
	}
}
