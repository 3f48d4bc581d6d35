// Package inspect shows what a generated client consists of as JSON, for tools
// that want to know which Go method calls an operation or which Go type a
// schema has become. The shape is stable: fields are added, never renamed or
// removed. Names and types are spelled as in the generated code.
package inspect

import (
	"encoding/json"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// API is a generated package.
type API struct {
	// Package is the Go package name, Document the base name of its document.
	Package  string `json:"package"`
	Document string `json:"document"`
	// Title and Version are those of the document.
	Title   string `json:"title"`
	Version string `json:"version"`
	// Operations are in the order of the generated code.
	Operations []Operation `json:"operations"`
	Types      []Type      `json:"types"`
	Webhooks   []Webhook   `json:"webhooks,omitempty"`
	// Headers are what servers send beside content.
	Headers []Header `json:"headers,omitempty"`
}

// Header is a documented response header: a method of the Go type GoType.
type Header struct {
	Name     string `json:"name"`
	GoType   string `json:"goType"`
	GoMethod string `json:"goMethod"`
	// GoValue is the type of the value.
	GoValue string `json:"goValue"`
}

// Operation is one method of the client.
type Operation struct {
	// ID is the operationId, or the one made from method and path.
	ID     string `json:"id"`
	Method string `json:"method"`
	Path   string `json:"path"`
	// Service is the path of fields from the client to the service, such as
	// "ZeroTrust.Access.Keys".
	Service string `json:"service"`
	// GoMethod is the method of the service, GoIterator the one that walks the
	// pages of a paginated operation.
	GoMethod   string `json:"goMethod"`
	GoIterator string `json:"goIterator,omitempty"`
	// GoParams is the struct with the inputs, GoResult what the method returns.
	GoParams   string `json:"goParams"`
	GoResult   string `json:"goResult"`
	Deprecated bool   `json:"deprecated,omitempty"`
	// Pointer is the JSON pointer of the operation in the document.
	Pointer   string     `json:"pointer,omitempty"`
	Params    []Param    `json:"params,omitempty"`
	Requests  []Body     `json:"requests,omitempty"`
	Responses []Response `json:"responses,omitempty"`
	// Security lists the alternatives; the schemes of one apply together.
	Security [][]string `json:"security,omitempty"`
}

// Param is an input outside the body.
type Param struct {
	Name     string `json:"name"`
	In       string `json:"in"`
	GoField  string `json:"goField"`
	GoType   string `json:"goType"`
	Required bool   `json:"required,omitempty"`
}

// Body is a request body in one media type.
type Body struct {
	MediaType string `json:"mediaType"`
	GoField   string `json:"goField"`
	// GoType is the type of a value, before the pointer of an optional body.
	GoType   string `json:"goType"`
	Required bool   `json:"required,omitempty"`
}

// Response is a documented response in one media type.
type Response struct {
	// Statuses are codes, ranges such as "4XX", or "default".
	Statuses []string `json:"statuses"`
	// MediaType and GoType are empty for a response without content.
	MediaType string `json:"mediaType,omitempty"`
	GoType    string `json:"goType,omitempty"`
	// Error marks responses that the method returns as an error.
	Error bool `json:"error,omitempty"`
}

// Type is a declared type.
type Type struct {
	// Kind is "struct", "enum", "union" or "alias".
	Kind   string `json:"kind"`
	GoName string `json:"goName"`
	// Pointer is the JSON pointer of the schema that it was made from.
	Pointer    string `json:"pointer,omitempty"`
	Deprecated bool   `json:"deprecated,omitempty"`
	// Fields are those of a struct.
	Fields []Field `json:"fields,omitempty"`
	// GoAdditional is the Go type of the properties without a field.
	GoAdditional string `json:"goAdditional,omitempty"`
	// GoType is the target of an alias and the base of an enum.
	GoType string `json:"goType,omitempty"`
	// Values are those of an enum.
	Values []Value `json:"values,omitempty"`
	// Variants are the Go types of a union.
	Variants []string `json:"variants,omitempty"`
	// Discriminator is the property that tells the variants apart.
	Discriminator string `json:"discriminator,omitempty"`
}

// Field is a property of a struct.
type Field struct {
	Name     string `json:"name"`
	GoField  string `json:"goField"`
	GoType   string `json:"goType"`
	Required bool   `json:"required,omitempty"`
	Nullable bool   `json:"nullable,omitempty"`
}

// Value is a constant of an enum.
type Value struct {
	GoName string          `json:"goName"`
	Value  json.RawMessage `json:"value"`
}

// Webhook is a request that the API sends.
type Webhook struct {
	ID        string `json:"id"`
	Method    string `json:"method"`
	GoParse   string `json:"goParse"`
	MediaType string `json:"mediaType,omitempty"`
	GoType    string `json:"goType,omitempty"`
}

// JSON returns the view of api as indented JSON with a line end.
func JSON(api *ir.API) ([]byte, error) {
	data, err := json.MarshalIndent(View(api), "", "  ")
	return append(data, '\n'), err
}

// View describes api.
func View(api *ir.API) *API {
	v := &API{
		Package: api.Package, Document: api.Document, Title: api.Title, Version: api.Version,
		Operations: []Operation{}, Types: []Type{},
	}
	var services func(path string, list []*ir.Service)
	services = func(path string, list []*ir.Service) {
		for _, s := range list {
			for _, op := range s.Operations {
				v.Operations = append(v.Operations, operation(path+s.FieldName, op))
			}
			services(path+s.FieldName+".", s.Children)
		}
	}
	services("", api.Services)
	for _, t := range api.Types {
		v.Types = append(v.Types, declared(t))
	}
	for _, w := range api.Webhooks {
		hook := Webhook{ID: w.ID, Method: w.Method, GoParse: w.GoName}
		if w.Body != nil {
			hook.MediaType, hook.GoType = w.Body.MediaType, valueType(w.Body.Type)
		}
		v.Webhooks = append(v.Webhooks, hook)
	}
	for _, h := range api.Headers {
		v.Headers = append(v.Headers, Header{Name: h.Name, GoType: api.HeadersName, GoMethod: h.GoName, GoValue: valueType(h.Type)})
	}
	return v
}

func operation(service string, op *ir.Operation) Operation {
	v := Operation{
		ID: op.ID, Method: op.Method, Path: op.Path, Service: service,
		GoMethod: op.GoName, GoIterator: op.AllName, GoParams: op.ParamsName, GoResult: resultType(op.Result),
		Deprecated: op.Deprecated != "", Pointer: op.Pos.Pointer,
	}
	for _, p := range op.Inputs {
		v.Params = append(v.Params, Param{
			Name: p.WireName, In: string(p.In), GoField: p.GoName, GoType: fieldType(&p.Field), Required: p.Required,
		})
	}
	for _, b := range op.Bodies {
		v.Requests = append(v.Requests, Body{
			MediaType: b.MediaType, GoField: b.FieldName, GoType: valueType(b.Type), Required: b.Required,
		})
	}
	for _, r := range op.Result.Cases {
		v.Responses = append(v.Responses, Response{Statuses: r.Statuses, MediaType: r.MediaType, GoType: contentType(r.Type)})
	}
	for _, e := range op.Errors {
		v.Responses = append(v.Responses, Response{
			Statuses: e.Statuses, MediaType: e.MediaType, GoType: contentType(e.Type), Error: true,
		})
	}
	for _, alternative := range op.Security {
		schemes := []string{}
		for _, use := range alternative.Schemes {
			schemes = append(schemes, use.Scheme.ID)
		}
		v.Security = append(v.Security, schemes)
	}
	return v
}

func declared(t ir.Named) Type {
	d := t.Declaration()
	v := Type{GoName: d.GoName, Pointer: d.Pos.Pointer, Deprecated: d.Deprecated != ""}
	switch t := t.(type) {
	case *ir.Struct:
		v.Kind = "struct"
		for _, f := range t.Fields {
			v.Fields = append(v.Fields, Field{
				Name: f.WireName, GoField: f.GoName, GoType: fieldType(f), Required: f.Required, Nullable: f.Nullable,
			})
		}
		if t.Additional != nil {
			v.GoAdditional = "map[string]" + elemType(*t.Additional)
		}
	case *ir.Enum:
		v.Kind, v.GoType = "enum", string(t.Base)
		for _, e := range t.Values {
			v.Values = append(v.Values, Value{GoName: e.GoName, Value: literal(e.Value)})
		}
	case *ir.Union:
		v.Kind = "union"
		for _, x := range t.Variants {
			v.Variants = append(v.Variants, variantType(x))
		}
		if t.Discriminator != nil {
			v.Discriminator = t.Discriminator.Property
		}
	case *ir.Alias:
		v.Kind, v.GoType = "alias", valueType(t.Target)
	}
	return v
}

// literal returns a value of the document as JSON.
func literal(l ir.Literal) json.RawMessage {
	if l.Kind != ir.LitString {
		if json.Valid([]byte(l.Text)) {
			return json.RawMessage(l.Text)
		}
		return json.RawMessage("null")
	}
	text, err := json.Marshal(l.Text)
	if err != nil {
		return json.RawMessage("null")
	}
	return text
}
