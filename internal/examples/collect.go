// Package examples measures how faithful generated clients are: every example
// of a body in a document that matches its own schema must decode into its Go
// type and encode to the same JSON; and every operation is called with values
// made at random, valid and not.
package examples

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// Example is the example of a body and the Go type that the body has.
type Example struct {
	// Where names the operation, the status or "request", and the example.
	Where string
	// Type is the body's type.
	Type ir.Type
	// JSON is the example.
	JSON json.RawMessage
}

// Collect returns the JSON examples of the document's bodies that match their
// own schemas, and how many did not.
func Collect(doc *openapi3.T, api *ir.API) (matching []Example, mismatched int) {
	c := &collector{doc: doc}
	for _, svc := range api.Services {
		c.service(svc)
	}
	return c.matching, c.mismatched
}

// collector walks operations in the document and in the representation.
type collector struct {
	doc        *openapi3.T
	matching   []Example
	mismatched int
}

func (c *collector) service(svc *ir.Service) {
	for _, op := range svc.Operations {
		item := c.doc.Paths.Value(op.Path)
		if item == nil {
			continue
		}
		if source := item.GetOperation(op.Method); source != nil {
			c.operation(op, source)
		}
	}
	for _, child := range svc.Children {
		c.service(child)
	}
}

func (c *collector) operation(op *ir.Operation, source *openapi3.Operation) {
	where := op.Method + " " + op.Path
	if source.RequestBody != nil && source.RequestBody.Value != nil {
		for _, body := range op.Bodies {
			if body.Codec == ir.CodecJSON {
				c.media(where+" request", source.RequestBody.Value.Content[body.MediaType], body.Type, openapi3.VisitAsRequest())
			}
		}
	}
	response := func(statuses []string, media string, codec ir.Codec, t ir.Type) {
		for _, status := range statuses {
			ref := source.Responses.Value(status)
			if t != nil && codec == ir.CodecJSON && ref != nil && ref.Value != nil {
				c.media(where+" "+status, ref.Value.Content[media], t, openapi3.VisitAsResponse())
			}
		}
	}
	for _, r := range op.Result.Cases {
		response(r.Statuses, r.MediaType, r.Codec, r.Type)
	}
	for _, e := range op.Errors {
		response(e.Statuses, e.MediaType, e.Codec, e.Type)
	}
}

// media collects the examples of one media type, those of its schema included.
func (c *collector) media(where string, mt *openapi3.MediaType, t ir.Type, direction openapi3.SchemaValidationOption) {
	if mt == nil || mt.Schema == nil || mt.Schema.Value == nil {
		return
	}
	schema := mt.Schema.Value
	if mt.Example != nil {
		c.add(where+" example", schema, t, mt.Example, direction)
	}
	for _, name := range slices.Sorted(maps.Keys(mt.Examples)) {
		if ref := mt.Examples[name]; ref != nil && ref.Value != nil && ref.Value.Value != nil {
			c.add(where+" examples/"+name, schema, t, ref.Value.Value, direction)
		}
	}
	if schema.Example != nil {
		c.add(where+" schema example", schema, t, schema.Example, direction)
	}
	for i, value := range schema.Examples {
		c.add(fmt.Sprintf("%s schema examples/%d", where, i), schema, t, value, direction)
	}
}

// add keeps the example if its schema accepts it.
func (c *collector) add(where string, schema *openapi3.Schema, t ir.Type, value any, direction openapi3.SchemaValidationOption) {
	text, err := json.Marshal(value)
	if err != nil || validate(c.doc, schema, text, direction) != nil {
		c.mismatched++
		return
	}
	c.matching = append(c.matching, Example{Where: where, Type: t, JSON: text})
}

// validate asks kin-openapi whether a schema of the document accepts JSON,
// formats included.
func validate(doc *openapi3.T, schema *openapi3.Schema, text []byte, direction openapi3.SchemaValidationOption) error {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return err
	}
	opts := []openapi3.SchemaValidationOption{direction, openapi3.EnableFormatValidation(),
		openapi3.DisableReadOnlyValidation(), openapi3.DisableWriteOnlyValidation(),
		openapi3.WithStringFormatValidator("uuid", openapi3.NewRegexpFormatValidator(uuid)),
		openapi3.WithStringFormatValidator("date", timeFormat(time.DateOnly)),
		openapi3.WithStringFormatValidator("date-time", timeFormat(time.RFC3339))}
	if doc.IsOpenAPI31OrLater() {
		opts = append(opts, openapi3.EnableJSONSchema2020())
	}
	return schema.VisitJSON(value, opts...)
}

// uuid is a UUID of any version, of which Microsoft's have none.
const uuid = `^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`

// timeFormat accepts days that there are: kin-openapi looks at the digits alone.
func timeFormat(layout string) openapi3.StringFormatValidator {
	return openapi3.NewCallbackValidator(func(text string) error {
		_, err := time.Parse(layout, text)
		return err
	})
}

// GoType returns the Go type that t is outside the package, whose name is pkg.
// It reports false for types that have no JSON form.
func GoType(t ir.Type, pkg string) (string, bool) {
	switch x := t.(type) {
	case ir.Named:
		return pkg + "." + x.Declaration().GoName, true
	case *ir.List:
		return elemType("[]", x.Elem, pkg)
	case *ir.Map:
		return elemType("map[string]", x.Elem, pkg)
	case *ir.Any:
		return "any", true
	case *ir.Prim:
		switch x.Kind {
		case ir.String, ir.Bool, ir.Int64, ir.Int32, ir.Float64, ir.Float32:
			return string(x.Kind), true
		case ir.Bytes:
			return "[]byte", true
		}
	}
	return "", false
}

func elemType(prefix string, e ir.Elem, pkg string) (string, bool) {
	inner, ok := GoType(e.Type, pkg)
	if e.Nullable && !strings.HasPrefix(inner, "[]") && !strings.HasPrefix(inner, "map[") && inner != "any" {
		inner = "*" + inner
	}
	return prefix + inner, ok
}
