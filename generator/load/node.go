package load

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// kind is the JSON kind of a node.
type kind uint8

const (
	kindNull kind = iota
	kindBool
	kindNumber
	kindString
	kindArray
	kindObject
)

// String returns the word used in diagnostics.
func (k kind) String() string {
	switch k {
	case kindNull:
		return "null"
	case kindBool:
		return "a boolean"
	case kindNumber:
		return "a number"
	case kindString:
		return "a string"
	case kindArray:
		return "a list"
	}
	return "an object"
}

// node is a value of the document. A document is a tree of nodes in which the
// members of an object keep the order of the source.
type node struct {
	kind kind
	// def is the grammar's kind of the object, set by the repairer when it
	// reaches the node; it tells what a reference to the node may be used for.
	def objKind
	// hidden nodes stay in the tree, because a reference may point into them,
	// but are not part of the document that leaves this package.
	hidden bool
	// source and the two coordinates are where the node was written; see
	// source.position.
	source *source
	a, b   int32
	// text is the scalar as written: digits of a number, decoded string.
	text string
	kids []member
}

// member is an element of an array (without a key) or of an object.
type member struct {
	key string
	val *node
}

// at returns a node of the given kind that stands where n was written.
func (n *node) at(k kind) *node {
	return &node{kind: k, source: n.source, a: n.a, b: n.b}
}

// stringAt returns a string node that stands where n was written.
func (n *node) stringAt(text string) *node {
	s := n.at(kindString)
	s.text = text
	return s
}

// index returns the position of the member called key, or -1.
func (n *node) index(key string) int {
	for i := range n.kids {
		if n.kids[i].key == key {
			return i
		}
	}
	return -1
}

// keys returns the keys of an object.
func (n *node) keys() map[string]bool {
	keys := make(map[string]bool, len(n.kids))
	for _, m := range n.kids {
		keys[m.key] = true
	}
	return keys
}

// get returns the value of the member called key, or nil.
func (n *node) get(key string) *node {
	if n == nil || n.kind != kindObject {
		return nil
	}
	if i := n.index(key); i >= 0 {
		return n.kids[i].val
	}
	return nil
}

// str returns the text of the member called key when that is a string.
func (n *node) str(key string) (string, bool) {
	if v := n.get(key); v != nil && v.kind == kindString {
		return v.text, true
	}
	return "", false
}

// set replaces or appends the member called key.
func (n *node) set(key string, val *node) {
	if i := n.index(key); i >= 0 {
		n.kids[i].val = val
		return
	}
	n.kids = append(n.kids, member{key, val})
}

// remove deletes the member called key and returns its value, or nil.
func (n *node) remove(key string) *node {
	i := n.index(key)
	if i < 0 {
		return nil
	}
	val := n.kids[i].val
	n.kids = slices.Clip(slices.Delete(n.kids, i, i+1)) // a finder sees it by what comes next
	return val
}

// clear turns n into an empty node of the kind k.
func (n *node) clear(k kind) {
	n.kind, n.text, n.kids = k, "", nil
}

// copyTree returns a deep copy of n whose objects are not yet known to the
// grammar, and nothing of which is hidden. The budget bounds the number of nodes; ok tells whether it was
// enough. The copies of objects that the grammar did not know are noted, unless
// copies is nil.
func (n *node) copyTree(budget *int, copies map[*node]*node) (c *node, ok bool) {
	if *budget--; *budget < 0 {
		return nil, false
	}
	c = new(node)
	*c = *n
	c.hidden = false
	if c.def = objNone; copies != nil && n.kind == kindObject && n.def == objNone && copies[n] == nil {
		copies[n] = c
	}
	if len(n.kids) > 0 {
		c.kids = make([]member, len(n.kids))
		for i, m := range n.kids {
			val, ok := m.val.copyTree(budget, copies)
			if !ok {
				return nil, false
			}
			c.kids[i] = member{m.key, val}
		}
	}
	return c, true
}

// step returns the child that a pointer token names, or nil.
func (n *node) step(token string) *node {
	switch n.kind {
	case kindObject:
		return n.get(token)
	case kindArray:
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(n.kids) && strconv.Itoa(i) == token {
			return n.kids[i].val
		}
	}
	return nil
}

// splitPointer splits a JSON pointer into its unescaped tokens.
func splitPointer(ptr string) []string { return slices.Collect(pointerTokens(ptr)) }

// pointerTokens goes through the unescaped tokens of a JSON pointer.
func pointerTokens(ptr string) iter.Seq[string] {
	return func(yield func(string) bool) {
		rest, more := strings.TrimPrefix(ptr, "/"), ptr != ""
		for more {
			var token string
			token, rest, more = strings.Cut(rest, "/")
			if !yield(diag.UnescapeToken(token)) {
				return
			}
		}
	}
}
