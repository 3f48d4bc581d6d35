// Package params is a table of parameters: every place, style and explode of
// OpenAPI with values of every type, and what they look like on the wire. The
// client of the document made of it, which is generated when the tests run, is
// held to the table in testdata/client.
package params

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Way is a way to send a parameter.
type Way struct {
	In, Style         string
	Explode, Reserved bool
	// JSON parameters have content instead of a style.
	JSON bool
}

// Ways are all there are.
func Ways() []Way {
	var all []Way
	for _, explode := range []bool{false, true} {
		for _, w := range []Way{
			{In: "path", Style: "simple"}, {In: "path", Style: "label"}, {In: "path", Style: "matrix"},
			{In: "query", Style: "form"}, {In: "query", Style: "form", Reserved: true},
			{In: "query", Style: "spaceDelimited"}, {In: "query", Style: "pipeDelimited"}, {In: "query", Style: "deepObject"},
			{In: "header", Style: "simple"}, {In: "cookie", Style: "form"},
		} {
			w.Explode = explode
			all = append(all, w)
		}
	}
	for _, in := range []string{"path", "query", "header", "cookie"} {
		all = append(all, Way{In: in, JSON: true})
	}
	return all
}

// Kind is a kind of values.
type Kind struct {
	ID     string
	Schema string   // in JSON
	Values []string // in JSON, properties sorted
}

// Kinds are values of every type, also such that could be taken for syntax.
func Kinds() []Kind {
	const (
		id     = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
		object = `{"type":"object","properties":{"a b":{"type":"string"},"count":{"type":"integer"},"day":{"type":"string","format":"date"},` +
			`"none":{"type":"string","nullable":true},"on":{"type":"boolean"},"text":{"type":"string"}}}`
		nested = `{"type":"object","properties":{"inner":{"type":"object","properties":{"deep":{"type":"object","properties":{"x":{"type":"integer"}}},` +
			`"text":{"type":"string"}}},"list":{"type":"array","items":{"type":"string"}}}}`
	)
	awkward := []string{`"plain-._~"`, `"a/b?c#d%e&f=g+h,i;j k"`, `"\"q\" 'r' \\s <t> [u] {v} |w|"`, `"日本 é 😀"`, `"%41+%2F"`, `"a.b:@!$()*"`}
	return []Kind{
		{"String", `{"type":"string"}`, awkward},
		{"Integer", `{"type":"integer"}`, []string{`0`, `-42`, `9223372036854775807`}},
		{"Int32", `{"type":"integer","format":"int32"}`, []string{`2147483647`}},
		{"Number", `{"type":"number"}`, []string{`-0.25`, `1500000`}},
		{"Float", `{"type":"number","format":"float"}`, []string{`0.1`}},
		{"Bool", `{"type":"boolean"}`, []string{`true`, `false`}},
		{"Enum", `{"type":"string","enum":["a b","c,d"]}`, []string{`"a b"`, `"c,d"`}},
		{"IntEnum", `{"type":"integer","enum":[1,2]}`, []string{`2`}},
		{"Date", `{"type":"string","format":"date"}`, []string{`"2026-01-02"`}},
		{"DateTime", `{"type":"string","format":"date-time"}`, []string{`"2026-01-02T03:04:05.123+02:00"`, `"2026-01-02T03:04:05Z"`}},
		{"UUID", `{"type":"string","format":"uuid"}`, []string{`"` + id + `"`}},
		{"Bytes", `{"type":"string","format":"byte"}`, []string{`"+/+/YQ=="`}},
		{"Nullable", `{"type":"string","nullable":true}`, []string{`"a b"`}},
		{"Either", `{"oneOf":[{"type":"integer"},{"type":"boolean"}]}`, []string{`7`, `true`}},
		{"Strings", `{"type":"array","items":{"type":"string"}}`, []string{`["one"]`, `["one","two"]`, `["a/b?c#d","e%f&g=h+i","日本","\"j\" 'k'"]`, `["a,b","c d","e|f","g.h","i;j"]`}},
		{"Integers", `{"type":"array","items":{"type":"integer"}}`, []string{`[1,-2]`}},
		{"Numbers", `{"type":"array","items":{"type":"number"}}`, []string{`[1.5,2.25]`}},
		{"Bools", `{"type":"array","items":{"type":"boolean"}}`, []string{`[true,false]`}},
		{"Enums", `{"type":"array","items":{"type":"string","enum":["x","y"]}}`, []string{`["y","x"]`}},
		{"Dates", `{"type":"array","items":{"type":"string","format":"date"}}`, []string{`["2026-01-02","2026-01-03"]`}},
		{"DateTimes", `{"type":"array","items":{"type":"string","format":"date-time"}}`, []string{`["2026-01-02T03:04:05Z"]`}},
		{"UUIDs", `{"type":"array","items":{"type":"string","format":"uuid"}}`, []string{`["` + id + `","` + id + `"]`}},
		{"NullableList", `{"type":"array","nullable":true,"items":{"type":"string"}}`, []string{`["a","b"]`}},
		{"ListOfLists", `{"type":"array","items":{"type":"array","items":{"type":"integer"}}}`, []string{`[[1,2],[3]]`}},
		{"Object", object, []string{
			`{"count":3,"day":"2026-01-02","on":true,"text":"one"}`, `{"none":null,"text":"one"}`,
			`{"a b":"c d","text":"e/f?g#h%i&j=k+l"}`, `{"text":"日本, \"é\"; 'x' | y.z"}`,
		}},
		{"Map", `{"type":"object","additionalProperties":{"type":"integer"}}`, []string{`{"one":1,"two words":2}`}},
		{"Nested", nested, []string{`{"inner":{"deep":{"x":1},"text":"a&b"}}`, `{"list":["a b","c"]}`}},
	}
}

// Case is a kind of values sent in a way. It is an operation of the document,
// whose only parameter is called v, or X-V in headers.
type Case struct {
	Way
	Kind
}

// Cases are the combinations that mean something: deepObject is for objects,
// and form, exploded, takes all of the query for the keys of a map.
func Cases() []Case {
	var all []Case
	for _, w := range Ways() {
		for _, k := range Kinds() {
			object := strings.HasPrefix(k.Schema, `{"type":"object"`)
			if w.Style == "deepObject" && !object {
				continue
			}
			all = append(all, Case{w, k})
		}
	}
	return all
}

// Operation is the operationId, a Go name.
func (c Case) Operation() string {
	id := strings.ToUpper(c.In[:1]) + c.In[1:]
	switch {
	case c.JSON:
		id += "JSON"
	default:
		id += strings.ToUpper(c.Style[:1]) + c.Style[1:]
	}
	if c.Explode {
		id += "Explode"
	}
	if c.Reserved {
		id += "Reserved"
	}
	return id + c.ID
}

// Path is the path of the operation.
func (c Case) Path() string {
	if c.In == "path" {
		return "/" + c.Operation() + "/{v}/end"
	}
	return "/" + c.Operation()
}

// Name is that of the parameter.
func (c Case) Name() string {
	if c.In == "header" {
		return "X-V"
	}
	return "v"
}

// Document is the document of all cases.
func Document() ([]byte, error) {
	paths := map[string]any{}
	for _, c := range Cases() {
		param := map[string]any{"name": c.Name(), "in": c.In, "required": c.In == "path"}
		schema := json.RawMessage(c.Schema)
		if c.JSON {
			param["content"] = map[string]any{"application/json": map[string]any{"schema": schema}}
		} else {
			param["schema"], param["style"], param["explode"] = schema, c.Style, c.Explode
		}
		if c.Reserved {
			param["allowReserved"] = true
		}
		paths[c.Path()] = map[string]any{"get": map[string]any{
			"operationId": c.Operation(),
			"parameters":  []any{param},
			"responses":   map[string]any{"204": map[string]any{"description": "Nothing."}},
		}}
	}
	data, err := json.MarshalIndent(map[string]any{
		"openapi": "3.0.3",
		"info":    map[string]any{"title": "Parameters", "version": "1"},
		"paths":   paths,
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("document of parameters: %w", err)
	}
	return data, nil
}
