package build

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// noList reports whether an example in the document has something other than
// an array for a schema of s that has items and no type: items say nothing of
// other values.
func (b *builder) noList(s *shape) bool {
	if len(s.items) == 0 {
		return false
	}
	if b.noLists == nil {
		w := witness{}
		w.document(b.doc)
		b.noLists = w
	}
	shown := slices.ContainsFunc(s.sources, func(src source) bool { return b.noLists[src.node.schema] })
	if shown {
		b.warnOnce(s.ptr, "type-unsaid", "items without a type suggest an array, but an example has something else; it is generated as any")
	}
	return shown
}

// witness has the schemas with items and no type for which an example has
// something other than an array.
type witness map[*openapi3.Schema]bool

// document looks at all examples of bodies.
func (w witness) document(doc *openapi3.T) {
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			if op.RequestBody != nil && op.RequestBody.Value != nil {
				w.content(op.RequestBody.Value.Content)
			}
			for _, response := range op.Responses.Map() {
				if response.Value != nil {
					w.content(response.Value.Content)
				}
			}
		}
	}
	if doc.Components != nil {
		for _, ref := range doc.Components.Schemas {
			if ref.Value != nil {
				w.value(ref, ref.Value.Example, 0)
			}
		}
	}
}

func (w witness) content(content openapi3.Content) {
	for _, media := range content {
		w.value(media.Schema, media.Example, 0)
		for _, ref := range media.Examples {
			if ref != nil && ref.Value != nil {
				w.value(media.Schema, ref.Value.Value, 0)
			}
		}
	}
}

// value looks at a value of a schema, nil where there is none, and at what it holds.
func (w witness) value(ref *openapi3.SchemaRef, v any, depth int) {
	if ref == nil || ref.Value == nil || v == nil || depth > maxWitness {
		return
	}
	s := ref.Value
	list, isList := v.([]any)
	if s.Type == nil && s.Items != nil && !isList {
		w[s] = true
	}
	for _, part := range s.AllOf {
		w.value(part, v, depth+1)
	}
	for _, item := range list {
		w.value(s.Items, item, depth+1)
	}
	object, _ := v.(map[string]any)
	for name, x := range object {
		property := s.Properties[name]
		if property == nil {
			property = s.AdditionalProperties.Schema
		}
		w.value(property, x, depth+1)
	}
}

// maxWitness is how deep examples are looked at: a schema may include itself.
const maxWitness = 64
