package build

import (
	"cmp"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// ownPages is what an operation says of its pages, in the form of
// x-go-pagination, and where; nil for nothing.
func (o *opBuilder) ownPages(out *ir.Operation) (own map[string]any, ptr string) {
	ext := o.op.Extensions
	for _, dialect := range []struct {
		name string
		own  func(out *ir.Operation, ext map[string]any) map[string]any
	}{
		{"x-go-pagination", func(_ *ir.Operation, ext map[string]any) map[string]any { return ext }},
		{"x-ms-pageable", azurePages},
		{"x-pagination", datadogPages},
		{"x-speakeasy-pagination", speakeasyPages},
		{"x-fern-pagination", fernPages},
	} {
		said := extMap(ext, dialect.name)
		if ext[dialect.name] == true { // as the document says
			said = extMap(o.doc.Extensions, dialect.name)
		}
		if said == nil {
			continue
		}
		if own := dialect.own(out, said); own != nil {
			return own, join(o.ptr, dialect.name)
		}
	}
	return nil, ""
}

// azurePages reads x-ms-pageable.
func azurePages(_ *ir.Operation, ext map[string]any) map[string]any {
	if extString(ext, "nextLinkName") == "" {
		return nil
	}
	return map[string]any{"style": "url", "next": ext["nextLinkName"], "items": cmp.Or(extString(ext, "itemName"), "value")}
}

// datadogPages reads Datadog's x-pagination.
func datadogPages(_ *ir.Operation, ext map[string]any) map[string]any {
	if extString(ext, "resultsPath") == "" {
		return nil
	}
	own := map[string]any{"items": ext["resultsPath"], "size": ext["limitParam"]}
	switch {
	case ext["cursorParam"] != nil:
		own["style"], own["cursor"], own["next"] = "cursor", ext["cursorParam"], ext["cursorPath"]
	case ext["pageParam"] != nil:
		own["style"], own["page"], own["first"] = "page", ext["pageParam"], ext["pageStart"]
	default:
		own["style"], own["offset"] = "offset", ext["pageOffsetParam"]
	}
	return own
}

// speakeasyPages reads x-speakeasy-pagination, whose places in the response are
// JSONPath.
func speakeasyPages(_ *ir.Operation, ext map[string]any) map[string]any {
	outputs := extMap(ext, "outputs")
	results, ok := strings.CutPrefix(extString(outputs, "results"), "$")
	if !ok {
		return nil // it walks whole responses
	}
	results = strings.TrimPrefix(results, ".")
	own := map[string]any{"style": "url", "items": results}
	inputs, _ := ext["inputs"].([]any)
	for _, item := range inputs {
		input, _ := item.(map[string]any)
		name := extString(input, "name")
		if extString(input, "in") == "requestBody" {
			name = "body." + name
		}
		switch kind := extString(input, "type"); kind {
		case "page", "offset", "cursor":
			own["style"], own[kind] = kind, name
		case "limit":
			own["size"] = name
		}
	}
	output := func(key, name string) {
		if path, ok := strings.CutPrefix(extString(outputs, name), "$"); ok {
			own[key] = strings.TrimPrefix(path, ".")
		}
	}
	switch own["style"] {
	case "page":
		output("total-pages", "numPages")
	case "cursor":
		output("next", "nextCursor")
		if last, ok := strings.CutPrefix(extString(own, "next"), results+"[-1]."); ok {
			own["next"], own["last"] = nil, last
		}
	case "url":
		output("next", "nextUrl")
	}
	return own
}

// fernPages reads x-fern-pagination, which names a property of the request,
// wherever that is, as $request.name.
func fernPages(out *ir.Operation, ext map[string]any) map[string]any {
	results, ok := strings.CutPrefix(extString(ext, "results"), "$response")
	if !ok {
		return nil
	}
	own := map[string]any{"items": strings.TrimPrefix(results, ".")}
	input := func(key string) string {
		name, _ := strings.CutPrefix(extString(ext, key), "$request.")
		if name != "" && paramNamed(out, name) == nil {
			name = "body." + name
		}
		return name
	}
	output := func(key, name string) {
		if path, ok := strings.CutPrefix(extString(ext, name), "$response."); ok {
			own[key] = path
		}
	}
	switch {
	case ext["cursor"] != nil:
		own["style"], own["cursor"] = "cursor", input("cursor")
		output("next", "next_cursor")
	case ext["offset"] != nil && ext["step"] != nil: // by the size of the page
		own["style"], own["offset"], own["size"] = "offset", input("offset"), input("step")
	case ext["offset"] != nil: // by one
		own["style"], own["page"] = "page", input("offset")
	default:
		own["style"] = "url"
		output("next", "next_uri")
	}
	output("more", "has-next-page")
	return own
}
