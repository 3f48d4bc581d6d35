package specs_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// operation is an operation of a document with its place.
type operation struct {
	*openapi3.Operation
	method, path string
}

// findOperations returns the operations of a document by operationId.
func findOperations(doc *openapi3.T) map[string]operation {
	found := make(map[string]operation)
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			found[op.OperationID] = operation{op, method, path}
		}
	}
	return found
}

// describe writes an operation down as the facts files do: one line a fact,
// with a star behind what is required.
func describe(doc *openapi3.T, op operation) string {
	var d description
	for _, url := range serverURLs(doc.Servers) {
		d.line("%s %s%s", op.method, url, op.path)
	}
	d.line("tag %s", strings.Join(op.Tags, ", "))
	d.goNames(op.Extensions)
	d.line("summary %s", op.Summary)
	d.line("description %s", op.Description)
	for _, requirement := range *op.Security {
		d.line("auth %s", describeSecurity(doc, requirement))
	}
	for _, ref := range op.Parameters {
		p := ref.Value
		d.line("%s %s%s %s", p.In, p.Name, star(p.Required), describeSchema(p.Schema.Value, p.Description))
	}
	if op.RequestBody != nil {
		body := op.RequestBody.Value
		if body.Description != "" {
			d.line("body %q", body.Description)
		}
		d.content("body", body.Required, body.Content)
	}
	for status, ref := range op.Responses.Map() {
		d.line("%s %q", status, *ref.Value.Description)
		d.content(status, true, ref.Value.Content)
	}
	return d.text.String()
}

// description collects the lines about one operation.
type description struct{ text strings.Builder }

func (d *description) line(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	// Go's %q escapes nothing the pages have but the quotes they do not have.
	d.text.WriteString(strings.TrimRight(line, " ") + "\n")
}

// goNames writes down the extensions that shape the Go method.
func (d *description) goNames(extensions map[string]any) {
	name, _ := extensions["x-go-method"].(string)
	if service, ok := extensions["x-go-service"].(string); ok {
		name = service + "." + name
	}
	if result, ok := extensions["x-go-result"].(string); ok {
		name += " returning " + result
	}
	if name != "" {
		d.line("go %s", name)
	}
	if pages, ok := extensions["x-go-pagination"].(map[string]any); ok {
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(pages)) {
			parts = append(parts, fmt.Sprintf("%s=%v", key, pages[key]))
		}
		d.line("pages %s", strings.Join(parts, " "))
	}
}

func (d *description) content(place string, required bool, content openapi3.Content) {
	for mediaType, media := range content {
		if mediaType != "application/json" {
			d.line("%s %s", place, mediaType)
		}
		d.schema(place, required, media.Schema.Value)
	}
}

// schema writes down a schema and, below it, its properties.
func (d *description) schema(place string, required bool, schema *openapi3.Schema) {
	d.line("%s%s %s", place, star(required), describeSchema(schema, schema.Description))
	if schema.Type.Is("array") {
		d.properties(place+"[]", schema.Items.Value)
	}
	d.properties(place, schema)
}

func (d *description) properties(place string, schema *openapi3.Schema) {
	for name, property := range schema.Properties {
		d.schema(place+"."+name, slices.Contains(schema.Required, name), property.Value)
	}
}

func star(required bool) string {
	if required {
		return "*"
	}
	return ""
}

// describeSchema gives type, limits and description of one value.
func describeSchema(schema *openapi3.Schema, doc string) string {
	words := []string{typeName(schema)}
	if schema.Format != "" {
		words = append(words, "format="+schema.Format)
	}
	if schema.MinLength != 0 {
		words = append(words, fmt.Sprintf("minLength=%d", schema.MinLength))
	}
	if schema.MaxLength != nil {
		words = append(words, fmt.Sprintf("maxLength=%d", *schema.MaxLength))
	}
	if schema.Min != nil {
		words = append(words, fmt.Sprintf("minimum=%v", *schema.Min))
	}
	if schema.Max != nil {
		words = append(words, fmt.Sprintf("maximum=%v", *schema.Max))
	}
	if schema.Const != nil {
		words = append(words, fmt.Sprintf("const=%v", schema.Const))
	}
	if schema.Default != nil {
		words = append(words, fmt.Sprintf("default=%v", schema.Default))
	}
	if schema.Extensions["x-sensitive"] == true {
		words = append(words, "secret")
	}
	if doc != "" {
		words = append(words, fmt.Sprintf("%q", doc))
	}
	return strings.Join(words, " ")
}

func typeName(schema *openapi3.Schema) string {
	switch {
	case len(schema.AnyOf) == 2 && typeName(schema.AnyOf[1].Value) == "string":
		return "open " + typeName(schema.AnyOf[0].Value)
	case len(schema.Enum) > 0:
		var values []string
		for _, value := range schema.Enum {
			values = append(values, fmt.Sprint(value))
		}
		return "enum(" + strings.Join(values, ", ") + ")"
	case schema.Type.Is("array"):
		return "[" + typeName(schema.Items.Value) + "]"
	}
	return strings.Join(schema.Type.Slice(), " or ")
}

// describeSecurity gives the headers of a requirement with the environment
// variables that fill them in and, at the end, the permissions.
func describeSecurity(doc *openapi3.T, requirement openapi3.SecurityRequirement) string {
	var parts, roles []string
	for _, key := range slices.Sorted(maps.Keys(requirement)) {
		scheme := doc.Components.SecuritySchemes[key].Value
		part := scheme.Scheme
		if scheme.Type == "apiKey" {
			part = scheme.In + " " + scheme.Name
		}
		parts = append(parts, fmt.Sprintf("%s from %v", part, scheme.Extensions["x-go-env"]))
		roles = append(roles, requirement[key]...)
	}
	text := strings.Join(parts, " and ")
	if len(roles) > 0 {
		text += " with " + strings.Join(roles, ", ")
	}
	return text
}

// serverURLs expands the variables of server URLs.
func serverURLs(servers openapi3.Servers) []string {
	var urls []string
	for _, server := range servers {
		expanded := []string{server.URL}
		for name, variable := range server.Variables {
			var next []string
			for _, url := range expanded {
				for _, value := range variable.Enum {
					next = append(next, strings.ReplaceAll(url, "{"+name+"}", value))
				}
			}
			expanded = next
		}
		urls = append(urls, expanded...)
	}
	return urls
}

// examples returns the examples of an operation under the names of their
// files in testdata.
func examples(op *openapi3.Operation) map[string]any {
	found := make(map[string]any)
	add := func(place string, content openapi3.Content) {
		for _, media := range content {
			if media.Example != nil {
				found[place] = media.Example
			}
			for name, example := range media.Examples {
				found[place+"."+name] = example.Value.Value
			}
		}
	}
	if op.RequestBody != nil {
		add("request", op.RequestBody.Value.Content)
	}
	for status, response := range op.Responses.Map() {
		add("response."+status, response.Value.Content)
	}
	return found
}

func sortedLines(text string) []string {
	return slices.Sorted(strings.Lines(strings.TrimSpace(text) + "\n"))
}
