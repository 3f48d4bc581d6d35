package build

import "iter"

// circles finds what contains each other, as Tarjan does.
type circles[T comparable] struct {
	within     func(T) iter.Seq[T]
	index, low map[T]int
	stack      []T
	found      [][]T
	// circle is the index in found; -1 for what is still on the stack.
	circle map[T]int
}

func newCircles[T comparable](within func(T) iter.Seq[T]) *circles[T] {
	return &circles[T]{within: within, index: map[T]int{}, low: map[T]int{}, circle: map[T]int{}}
}

// find adds the circles that t leads to.
func (c *circles[T]) find(t T) {
	if c.index[t] == 0 {
		c.visit(t)
	}
}

func (c *circles[T]) visit(t T) {
	c.index[t] = len(c.index) + 1
	c.low[t], c.circle[t] = c.index[t], -1
	c.stack = append(c.stack, t)
	for inner := range c.within(t) {
		switch {
		case c.index[inner] == 0:
			c.visit(inner)
			c.low[t] = min(c.low[t], c.low[inner])
		case c.circle[inner] < 0:
			c.low[t] = min(c.low[t], c.index[inner])
		}
	}
	if c.low[t] != c.index[t] {
		return
	}
	at := len(c.stack) - 1
	for c.stack[at] != t {
		at--
	}
	members := append([]T(nil), c.stack[at:]...)
	c.stack = c.stack[:at]
	for _, member := range members {
		c.circle[member] = len(c.found)
	}
	c.found = append(c.found, members)
}
