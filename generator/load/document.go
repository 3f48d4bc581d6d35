package load

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// Document is a loaded document. JSON pointers are those of T: of the document
// with all files bundled and everything repaired.
type Document struct {
	// T is the document with all references resolved.
	T *openapi3.T
	// Name is the base name of the main file.
	Name string
	// Inputs are the files that make up the document, by name.
	Inputs []Input

	main *source
	// homes tells where what became a component was written.
	homes  map[string]string
	finder finder
}

// Input is a file that a document consists of, or refers to in vain.
type Input struct {
	// Name is the path from the document's folder, with slashes, or a URL.
	Name string
	// Sum is the SHA-256 of the content; nil for a file that cannot be read.
	Sum []byte
}

// find returns the node at ptr, or the nearest one above it.
func (d *Document) find(ptr string) (n *node, exact bool) {
	n = d.main.root
	for token := range pointerTokens(ptr) {
		next := d.finder.step(n, token)
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}

// Pos returns where the node at ptr was written. A member of an object stands
// where its key does. For a pointer that leads nowhere it is the place of the
// nearest node above.
func (d *Document) Pos(ptr string) diag.Pos {
	n, _ := d.find(ptr)
	pos := n.position()
	pos.Pointer = ptr
	return pos
}

// Locate completes a position that has only a pointer.
func (d *Document) Locate(p diag.Pos) diag.Pos {
	if p.Line > 0 || p.File != "" && p.File != d.main.name && p.File != d.Name {
		return p
	}
	return d.Pos(p.Pointer)
}

// Home returns where the component at ptr was written, which is elsewhere when
// something has referred to it there: a pointer, behind the name of the file
// if that is not the main one. It is empty for all other components.
func (d *Document) Home(ptr string) string { return d.homes[ptr] }

// Keys returns the keys of the object at ptr in the order of the document.
func (d *Document) Keys(ptr string) []string {
	n, ok := d.find(ptr)
	if !ok || n.kind != kindObject {
		return nil
	}
	keys := make([]string, 0, len(n.kids))
	for _, m := range n.kids {
		keys = append(keys, m.key)
	}
	return keys
}

// JSON returns the value at ptr as JSON, numbers with all their digits.
func (d *Document) JSON(ptr string) (string, bool) {
	n, ok := d.find(ptr)
	if !ok {
		return "", false
	}
	return string(appendJSON(nil, n)), true
}

// Raw returns the scalar at ptr as it was written: numbers as JSON writes them
// with all their digits, strings without quotes, true, false and null as such.
func (d *Document) Raw(ptr string) (string, bool) {
	n, ok := d.find(ptr)
	if !ok || n.kind >= kindArray {
		return "", false
	}
	if n.kind == kindNumber {
		return jsonNumber(n.text), true
	}
	return n.text, true
}
