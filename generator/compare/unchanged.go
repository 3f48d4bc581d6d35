package compare

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"reflect"
	"regexp"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// onlyChanged returns copies of two documents without the paths and component
// schemas that are the same in both, with all they refer to. The checks of
// oasdiff follow references through every operation, which takes long in large
// documents, of which a change mostly touches a small part. They do not look at
// the parameters of paths, which are given to the operations.
func onlyChanged(old, new *openapi3.T) (before, after *openapi3.T, err error) {
	if !reflect.DeepEqual(old.Security, new.Security) {
		old, new = secured(old), secured(new)
	}
	oldParts, err := parts(old)
	if err != nil {
		return nil, nil, err
	}
	newParts, err := parts(new)
	if err != nil {
		return nil, nil, err
	}
	changed := changedParts(oldParts, newParts)
	return pruned(old, changed), pruned(new, changed), nil
}

// secured returns a copy of a document in which the security of the document
// stands with each operation that has none of its own: what changes about it
// has changed for these.
func secured(doc *openapi3.T) *openapi3.T {
	out := *doc
	out.Security = nil
	if doc.Paths == nil {
		return &out
	}
	out.Paths = openapi3.NewPaths()
	out.Paths.Extensions = doc.Paths.Extensions
	for path, item := range doc.Paths.Map() {
		out.Paths.Set(path, withOperations(item, func(op *openapi3.Operation) {
			if op.Security == nil && len(doc.Security) > 0 {
				op.Security = &doc.Security
			}
		}))
	}
	return &out
}

// parts returns the paths and components of a document as JSON, by JSON
// pointer.
func parts(doc *openapi3.T) (map[string][]byte, error) {
	list := map[string][]byte{}
	if doc.Paths != nil {
		for path, item := range doc.Paths.Map() {
			data, err := json.Marshal(item)
			if err != nil {
				return nil, err
			}
			list["#/paths/"+path] = data
		}
	}
	if doc.Components == nil {
		return list, nil
	}
	data, err := json.Marshal(doc.Components)
	if err != nil {
		return nil, err
	}
	var kinds map[string]json.RawMessage
	if err := json.Unmarshal(data, &kinds); err != nil {
		return nil, err
	}
	for kind, data := range kinds {
		var members map[string]json.RawMessage
		if json.Unmarshal(data, &members) != nil {
			continue // an extension
		}
		for name, data := range members {
			list["#/components/"+kind+"/"+name] = data
		}
	}
	return list, nil
}

// reference matches a reference to a component, or to something in it.
var reference = regexp.MustCompile(`"#/components/([^/"]+)/([^/"]+)`)

// changedParts returns the pointers of the parts that differ or lead to parts
// that do. It is nil when references lead elsewhere, so that nothing is known.
func changedParts(old, new map[string][]byte) map[string]bool {
	users := map[string][]string{}
	changed := map[string]bool{}
	var queue []string
	mark := func(pointer string) {
		if !changed[pointer] {
			changed[pointer] = true
			queue = append(queue, pointer)
		}
	}
	for _, side := range []map[string][]byte{old, new} {
		for pointer, data := range side {
			if bytes.Contains(data, []byte(`"#/paths/`)) {
				return nil
			}
			for _, m := range reference.FindAllSubmatch(data, -1) {
				to := "#/components/" + string(m[1]) + "/" + decoded(m[2])
				users[to] = append(users[to], pointer)
			}
		}
	}
	for pointer := range maps.Keys(old) {
		if !bytes.Equal(old[pointer], new[pointer]) {
			mark(pointer)
		}
	}
	for pointer := range maps.Keys(new) {
		if old[pointer] == nil {
			mark(pointer)
		}
	}
	for len(queue) > 0 {
		pointer := queue[0]
		queue = queue[1:]
		for _, user := range users[pointer] {
			mark(user)
		}
	}
	return changed
}

// decoded decodes a token of a JSON pointer in a URI in JSON.
func decoded(data []byte) string {
	var text string
	if json.Unmarshal([]byte(`"`+string(data)+`"`), &text) != nil {
		text = string(data)
	}
	if plain, err := url.PathUnescape(text); err == nil {
		text = plain
	}
	return diag.UnescapeToken(text)
}

// pruned returns a copy of doc with those of its paths and schemas that have
// changed, or all when that is not known.
func pruned(doc *openapi3.T, changed map[string]bool) *openapi3.T {
	out := *doc
	if doc.Paths != nil {
		out.Paths = openapi3.NewPaths()
		out.Paths.Extensions = doc.Paths.Extensions
		for path, item := range doc.Paths.Map() {
			if changed == nil || changed["#/paths/"+path] {
				out.Paths.Set(path, withParameters(item))
			}
		}
	}
	if doc.Components != nil && changed != nil {
		components := *doc.Components
		components.Schemas = openapi3.Schemas{}
		for name, schema := range doc.Components.Schemas {
			if changed["#/components/schemas/"+name] {
				components.Schemas[name] = schema
			}
		}
		out.Components = &components
	}
	return &out
}

// withParameters returns a copy of a path item whose operations have the
// parameters of the path themselves.
func withParameters(item *openapi3.PathItem) *openapi3.PathItem {
	if len(item.Parameters) == 0 {
		return item
	}
	out := withOperations(item, func(op *openapi3.Operation) {
		op.Parameters = slices.Clone(op.Parameters)
		for _, p := range item.Parameters {
			if p.Value != nil && op.Parameters.GetByInAndName(p.Value.In, p.Value.Name) == nil {
				op.Parameters = append(op.Parameters, p)
			}
		}
	})
	out.Parameters = nil
	return out
}

// withOperations returns a copy of a path item, and of its operations as change
// leaves them.
func withOperations(item *openapi3.PathItem, change func(op *openapi3.Operation)) *openapi3.PathItem {
	out := *item
	out.AdditionalOperations = maps.Clone(item.AdditionalOperations)
	for method, op := range item.Operations() {
		own := *op
		change(&own)
		out.SetOperation(method, &own)
	}
	return &out
}
