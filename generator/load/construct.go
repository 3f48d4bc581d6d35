package load

import (
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// constructor builds kin-openapi's document from a repaired tree. Going through
// JSON and kin-openapi's loader gives the same result, as a test holds, but
// decodes every level of the document several times and recurses along chains
// of references.
type constructor struct {
	tables  *tables
	doc     *openapi3.T
	schemas []*openapi3.SchemaRef // references to schemas
	links   []func()              // link the other references
}

// setters builds the fields of an object from the members of a node.
type setters[T any] map[string]func(c *constructor, v *T, n *node)

// fill builds v from the members of n. Extensions, and in a schema unknown
// keywords, are returned.
func fill[T any](c *constructor, v *T, n *node, table setters[T]) map[string]any {
	n.prune()
	var extensions map[string]any
	for _, m := range n.kids {
		if set := table[m.key]; set != nil {
			set(c, v, m.val)
			continue
		}
		if extensions == nil {
			extensions = map[string]any{}
		}
		extensions[m.key] = m.val.any()
	}
	return extensions
}

// construct builds the document.
func construct(root *node) *openapi3.T {
	c := &constructor{tables: newTables(), doc: &openapi3.T{}}
	c.doc.Extensions = fill(c, c.doc, root, c.tables.document)
	c.linkSchemas()
	for _, link := range c.links {
		link()
	}
	return c.doc
}

// any returns a free-form value as encoding/json decodes it.
func (n *node) any() any {
	switch n.kind {
	case kindNull:
		return nil
	case kindBool:
		return n.text == "true"
	case kindNumber:
		return n.float()
	case kindString:
		return n.text
	case kindArray:
		n.prune()
		list := make([]any, len(n.kids))
		for i, m := range n.kids {
			list[i] = m.val.any()
		}
		return list
	}
	n.prune()
	object := make(map[string]any, len(n.kids))
	for _, m := range n.kids {
		object[m.key] = m.val.any()
	}
	return object
}

// float returns a number as the nearest float64.
func (n *node) float() float64 {
	f, _ := strconv.ParseFloat(clampNumber(n.text), 64)
	return f
}

// pointer returns a pointer to the number.
func (n *node) floatPointer() *float64 {
	f := n.float()
	return &f
}

// count returns a whole number.
func (n *node) count() uint64 {
	v, _ := strconv.ParseUint(n.text, 10, 64)
	return v
}

func (n *node) countPointer() *uint64 {
	v := n.count()
	return &v
}

func (n *node) bool() bool { return n.text == "true" }

func (n *node) boolPointer() *bool {
	b := n.bool()
	return &b
}

// stringList returns the elements of a list of strings.
func (n *node) stringList() []string {
	list := make([]string, len(n.kids))
	for i, m := range n.kids {
		list[i] = m.val.text
	}
	return list
}

// anyList returns the elements of a free-form list.
func (n *node) anyList() []any {
	list := make([]any, len(n.kids))
	for i, m := range n.kids {
		list[i] = m.val.any()
	}
	return list
}

// stringDict returns the members of an object of strings.
func (n *node) stringDict() map[string]string {
	return dictOf(n, func(v *node) string { return v.text })
}

// stringsDict returns the members of an object of lists of strings.
func (n *node) stringsDict() map[string][]string { return dictOf(n, (*node).stringList) }

// dictOf builds a map from the members of n.
func dictOf[V any](n *node, build func(*node) V) map[string]V {
	n.prune()
	out := make(map[string]V, len(n.kids))
	for _, m := range n.kids {
		out[m.key] = build(m.val)
	}
	return out
}

// listOf builds a slice from the elements of n.
func listOf[V any](n *node, build func(*node) V) []V {
	n.prune()
	out := make([]V, len(n.kids))
	for i, m := range n.kids {
		out[i] = build(m.val)
	}
	return out
}

// refParts returns the reference that n is, if it is one, and the extensions
// beside it.
func (n *node) refParts() (ref string, extensions map[string]any, ok bool) {
	if ref, ok = n.str("$ref"); !ok {
		return "", nil, false
	}
	for _, m := range n.kids {
		if m.key != "$ref" {
			if extensions == nil {
				extensions = map[string]any{}
			}
			extensions[m.key] = m.val.any()
		}
	}
	return ref, extensions, true
}

// linkSchemas gives every reference to a schema its value, through components
// that are references themselves.
func (c *constructor) linkSchemas() {
	for _, ref := range c.schemas {
		var chain []*openapi3.SchemaRef
		for ref != nil && ref.Value == nil && len(chain) <= len(c.doc.Components.Schemas) {
			chain = append(chain, ref)
			ref = c.doc.Components.Schemas[diag.LastToken(ref.Ref)]
		}
		var value *openapi3.Schema
		if ref != nil {
			value = ref.Value
		}
		if value == nil {
			value = &openapi3.Schema{}
		}
		for _, link := range chain {
			link.Value = value
		}
	}
}
