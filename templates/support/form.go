package support

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// jsonItems calls add for each property of the object that write makes of v,
// in the order of names: scalars as text, the items of a list one by one, what
// is nested deeper as JSON. Null is left out.
func jsonItems[T any](r *request, v *T, write func(*T, *encoder), add func(name, value string, isJSON bool)) {
	var all map[string]any
	in := json.NewDecoder(bytes.NewReader([]byte(jsonText(r, v, write))))
	in.UseNumber()
	r.fail(in.Decode(&all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		items, ok := all[name].([]any)
		if !ok {
			items = []any{all[name]}
		}
		for _, item := range items {
			switch item := item.(type) {
			case nil:
			case string:
				add(name, item, false)
			default:
				text, err := json.Marshal(item)
				r.fail(err)
				add(name, string(text), text[0] == '{' || text[0] == '[')
			}
		}
	}
}

// addJSON adds the properties of an object to a form.
func addJSON[T any](r *request, p *pairs, v *T, write func(*T, *encoder)) {
	jsonItems(r, v, write, func(name, value string, _ bool) { p.add(name, value) })
}

// addParts adds the properties of an object to a multipart form.
func addParts[T any](r *request, m *multipartForm, v *T, write func(*T, *encoder)) {
	jsonItems(r, v, write, func(name, value string, isJSON bool) {
		mediaType := ""
		if isJSON {
			mediaType = "application/json"
		}
		m.add(name, mediaType, value)
	})
}
