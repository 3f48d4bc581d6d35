package load

import (
	"slices"
	"strings"
	"unicode"
)

// finder finds the members of large objects in less than linear time, by
// indexes that are made when first needed and anew when an object has changed.
type finder map[*node]*keyIndex

// keyIndex tells where the keys of an object stand.
type keyIndex struct {
	kids []member
	def  objKind
	// exact has the keys as they are; folded, made when first needed, without
	// regard to case.
	exact, folded map[string]int
}

// large is the number of members from which an index is worth its while.
const large = 24

// step is node.step by an index.
func (f finder) step(n *node, token string) *node {
	if n.kind != kindObject || len(n.kids) < large {
		return n.step(token)
	}
	x := f.index(n)
	if i, ok := x.exact[token]; ok && n.kids[i].key == token {
		return n.kids[i].val
	}
	if x.complete() {
		return nil
	}
	return n.get(token)
}

// stepFold is step without regard to case.
func (f finder) stepFold(n *node, token string) *node {
	if n.kind != kindObject {
		return nil
	}
	if len(n.kids) >= large {
		if x := f.index(n); x.complete() {
			if x.folded == nil {
				x.folded = make(map[string]int, len(n.kids))
				for i, m := range n.kids {
					x.folded[fold(m.key)] = i
				}
			}
			if i, ok := x.folded[fold(token)]; ok {
				return n.kids[i].val
			}
			return nil
		}
	}
	for _, m := range slices.Backward(n.kids) {
		if strings.EqualFold(m.key, token) {
			return m.val
		}
	}
	return nil
}

// index returns the index of an object with members.
func (f finder) index(n *node) *keyIndex {
	x := f[n]
	if x == nil || x.def != n.def || len(x.kids) != len(n.kids) || &x.kids[0] != &n.kids[0] {
		x = &keyIndex{kids: n.kids, def: n.def, exact: make(map[string]int, len(n.kids))}
		for i, m := range n.kids {
			x.exact[m.key] = i
		}
		f[n] = x
	}
	return x
}

// complete tells whether what the index does not have is not there: the keys
// of what is repaired may change without a trace, but not those of groups or
// of what nothing has reached yet.
func (x *keyIndex) complete() bool { return x.def == objGroup || x.def == objNone }

// fold returns what is the same for all texts that strings.EqualFold takes as
// one.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, text)
}
