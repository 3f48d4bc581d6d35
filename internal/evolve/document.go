package evolve

import (
	"math/rand/v2"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Document is a document that can be changed: a tree that keeps the order of
// keys.
type Document struct{ root *yaml.Node }

// Parse reads a document in YAML or JSON.
func Parse(data []byte) (*Document, error) {
	var n yaml.Node
	if err := yaml.Unmarshal(data, &n); err != nil {
		return nil, err
	}
	return &Document{root: n.Content[0]}, nil
}

// Clone returns a copy.
func (d *Document) Clone() *Document { return &Document{root: clone(d.root)} }

// Bytes returns the document as YAML.
func (d *Document) Bytes() ([]byte, error) { return yaml.Marshal(d.root) }

func clone(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, kid := range n.Content {
		c.Content[i] = clone(kid)
	}
	return &c
}

// hasAliases reports whether n has aliases, which change in several places at
// once.
func hasAliases(n *yaml.Node) bool {
	return n.Kind == yaml.AliasNode || slices.ContainsFunc(n.Content, hasAliases)
}

// value parses a small piece of YAML that is written in this package.
func value(text string) *yaml.Node {
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil || len(n.Content) != 1 {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	}
	return n.Content[0]
}

// plain returns the value of a node, without its place and style.
func plain(n *yaml.Node) any {
	var v any
	if err := n.Decode(&v); err != nil {
		return n
	}
	return v
}

func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

// get follows keys from n; nil when there is no such node.
func get(n *yaml.Node, keys ...string) *yaml.Node {
	for _, key := range keys {
		var next *yaml.Node
		if n != nil && n.Kind == yaml.MappingNode {
			for i := 0; i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == key {
					next = n.Content[i+1]
				}
			}
		}
		n = next
	}
	return n
}

// str returns the scalar under keys, or "".
func str(n *yaml.Node, keys ...string) string {
	if n = get(n, keys...); n == nil {
		return ""
	}
	return n.Value
}

// keys returns the keys of a mapping.
func keys(n *yaml.Node) []string {
	var list []string
	if n != nil && n.Kind == yaml.MappingNode {
		for i := 0; i < len(n.Content); i += 2 {
			list = append(list, n.Content[i].Value)
		}
	}
	return list
}

// put adds a key at a random place; one that is there gets the value.
func put(r *rand.Rand, n *yaml.Node, key string, v *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content[i+1] = v
			return
		}
	}
	at := 2 * r.IntN(len(n.Content)/2+1)
	n.Content = slices.Insert(n.Content, at, text(key), v)
}

// insert adds an item at a random place of a list.
func insert(r *rand.Rand, n *yaml.Node, v *yaml.Node) {
	n.Content = slices.Insert(n.Content, r.IntN(len(n.Content)+1), v)
}

// child returns the mapping under key, made if needed.
func child(r *rand.Rand, n *yaml.Node, key string) *yaml.Node {
	if have := get(n, key); have != nil {
		return have
	}
	made := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	put(r, n, key, made)
	return made
}

// list returns the list under key, made if needed.
func list(r *rand.Rand, n *yaml.Node, key string) *yaml.Node {
	if have := get(n, key); have != nil {
		return have
	}
	made := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	put(r, n, key, made)
	return made
}

// deref follows a local reference.
func (d *Document) deref(n *yaml.Node) *yaml.Node {
	for range 10 {
		path, ok := strings.CutPrefix(str(n, "$ref"), "#/")
		if !ok {
			return n
		}
		n = d.at("/" + path)
	}
	return n
}

// pick returns a random item; the zero value of an empty list.
func pick[T any](r *rand.Rand, items []T) T {
	if len(items) == 0 {
		var none T
		return none
	}
	return items[r.IntN(len(items))]
}
