package load

// The pointers to all values of a document may have so many bytes, and so many
// more for each value. A name is part of the pointer to everything below it,
// so that a few long names would make gigabytes of a short document; names of
// usual lengths, be they ever so many, don't come near.
const (
	maxAddresses = 64 << 20
	maxAddress   = 200
)

// addressable reports whether the pointers to all values of the document stay
// within bounds.
func (c *loading) addressable() bool {
	a := addresses{left: maxAddresses}
	a.take(c.main.root, 0)
	if a.left >= 0 {
		return true
	}
	c.diags.Errorf(a.costliest.val.position(), "too-large",
		"the name %q is too long for all that is below it: gigabytes of memory would be needed", shorten(a.costliest.key))
	return false
}

// addresses adds up the lengths of pointers.
type addresses struct {
	left int
	// costliest is the member whose name takes the most: so many bytes as many
	// times as there are values below it.
	costliest member
	cost      int
}

// take adds the pointers to n and all below, and returns the number of these.
func (a *addresses) take(n *node, length int) int {
	a.left += maxAddress - length
	values := 1
	for _, m := range n.kids {
		below := a.take(m.val, length+len("/")+len(m.key))
		if cost := below * len(m.key); cost > a.cost {
			a.costliest, a.cost = m, cost
		}
		values += below
	}
	return values
}
