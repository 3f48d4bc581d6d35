package build

import (
	"maps"
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
	if b.examples == nil {
		b.examples = &witness{noLists: map[*openapi3.Schema]bool{}, steps: maxWitnessed}
		b.examples.document(b.doc)
	}
	shown := slices.ContainsFunc(s.sources, func(src source) bool { return b.examples.noLists[src.node.schema] })
	if shown {
		b.warnOnce(s.ptr, "type-unsaid", "items without a type suggest an array, but an example has something else; it is generated as any")
	}
	return shown
}

// witness looks at examples.
type witness struct {
	// noLists are the schemas with items and no type for which an example has
	// something other than an array.
	noLists map[*openapi3.Schema]bool
	// steps are left: schemas that include each other may have a value looked
	// at again and again. Everything is gone over in one order, so that the same
	// is seen every time.
	steps int
}

const (
	maxWitnessed    = 1 << 20
	maxWitnessDepth = 64
)

// document looks at all examples of bodies.
func (w *witness) document(doc *openapi3.T) {
	paths := doc.Paths.Map()
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		operations := paths[path].Operations()
		for _, method := range slices.Sorted(maps.Keys(operations)) {
			w.operation(operations[method])
		}
	}
	if doc.Components == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Components.Schemas)) {
		if ref := doc.Components.Schemas[name]; ref.Value != nil {
			for _, example := range slices.Concat(ref.Value.Examples, []any{ref.Value.Example}) {
				w.value(ref, example, 0)
			}
		}
	}
}

func (w *witness) operation(op *openapi3.Operation) {
	if op.RequestBody != nil && op.RequestBody.Value != nil {
		w.content(op.RequestBody.Value.Content)
	}
	responses := op.Responses.Map()
	for _, status := range slices.Sorted(maps.Keys(responses)) {
		if response := responses[status]; response.Value != nil {
			w.content(response.Value.Content)
		}
	}
}

func (w *witness) content(content openapi3.Content) {
	for _, name := range slices.Sorted(maps.Keys(content)) {
		media := content[name]
		w.value(media.Schema, media.Example, 0)
		for _, key := range slices.Sorted(maps.Keys(media.Examples)) {
			if ref := media.Examples[key]; ref != nil && ref.Value != nil {
				w.value(media.Schema, ref.Value.Value, 0)
			}
		}
	}
}

// value looks at a value of a schema, nil where there is none, and at what it holds.
func (w *witness) value(ref *openapi3.SchemaRef, v any, depth int) {
	if w.steps--; w.steps < 0 || ref == nil || ref.Value == nil || v == nil || depth > maxWitnessDepth {
		return
	}
	s := ref.Value
	list, isList := v.([]any)
	if s.Type == nil && s.Items != nil && !isList {
		w.noLists[s] = true
	}
	for _, part := range s.AllOf {
		w.value(part, v, depth+1)
	}
	for _, item := range list {
		w.value(s.Items, item, depth+1)
	}
	object, _ := v.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(object)) {
		property := s.Properties[name]
		if property == nil {
			property = s.AdditionalProperties.Schema
		}
		w.value(property, object[name], depth+1)
	}
}
