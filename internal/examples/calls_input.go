package examples

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// params makes the inputs of the operation; false when no valid ones were made.
func (o *caller) params() (reflect.Value, bool) {
	params := reflect.New(o.method.Type().In(1)).Elem()
	o.set = map[string]bool{}
	for _, in := range o.op.Inputs {
		if (in.Required || o.rand.IntN(10) < 4) && !o.input(params, in) && in.Required {
			return params, false
		}
	}
	o.body, o.schema, o.form, o.root, o.parts, o.files, o.text = nil, nil, nil, nil, nil, nil, nil
	if len(o.op.Bodies) == 0 {
		return params, true
	}
	body := o.op.Bodies[0]
	return params, !body.Required && o.rand.IntN(3) == 0 || o.content(params, body)
}

// input sets a parameter.
func (o *caller) input(params reflect.Value, in *ir.Param) bool {
	source := o.source.Parameters.GetByInAndName(string(in.In), in.WireName)
	if source == nil {
		source = o.item.Parameters.GetByInAndName(string(in.In), in.WireName)
	}
	if source == nil {
		return false
	}
	schema := source.Schema
	for _, media := range source.Content {
		schema = media.Schema
	}
	if schema == nil {
		schema = openapi3.NewStringSchema().NewRef()
	}
	if slices.ContainsFunc(o.op.Inputs, func(other *ir.Param) bool { return schema.Value.Properties[other.WireName] != nil }) {
		return false // its properties are parameters of the same name
	}
	text := o.made(&maker{subject: o.subject, rand: o.rand, request: true, plain: true}, schema)
	if text == nil || slices.Contains([]string{`null`, `""`, `[]`, `{}`, `"."`, `".."`}, string(text)) {
		return false // nothing of them would be sent, or another path
	}
	field := params.FieldByName(in.GoName)
	if err := json.Unmarshal(text, field.Addr().Interface()); err != nil {
		o.found("parameter %s is not read: %v: %s", in.WireName, err, text)
		field.SetZero()
		return false
	}
	o.set[in.WireName] = true
	return true
}

// content sets the body.
func (o *caller) content(params reflect.Value, body *ir.Body) bool {
	field := params.FieldByName(body.FieldName)
	if ir.IsBinary(body.Type) {
		field.Set(reflect.ValueOf(io.Reader(strings.NewReader("content"))))
		return true
	}
	media := o.source.RequestBody.Value.Content[body.MediaType]
	if media == nil || media.Schema == nil || !slices.Contains([]ir.Codec{ir.CodecJSON, ir.CodecForm, ir.CodecXML, ir.CodecMultipart, ir.CodecText}, body.Codec) {
		return false
	}
	st, isStruct := ir.Underlying(body.Type).(*ir.Struct)
	if isMultipart := body.Codec == ir.CodecMultipart; !isStruct && isMultipart || !isMultipart && holdsFile(body.Type) {
		return false
	}
	text := o.made(&maker{subject: o.subject, rand: o.rand, request: true}, media.Schema)
	if text == nil || string(text) == "null" || (body.Codec == ir.CodecForm || body.Codec == ir.CodecMultipart) && lacksList(body.Type, text) {
		return false
	}
	if body.Codec == ir.CodecText && text[0] != '"' {
		return false // it is written by the caller
	}
	if body.Codec == ir.CodecMultipart {
		text = o.setFiles(field, st, text)
	}
	if err := json.Unmarshal(text, field.Addr().Interface()); err != nil {
		o.found("the body is not read: %v: %s", err, text)
		return false
	}
	switch body.Codec {
	case ir.CodecJSON:
		o.body, o.schema = text, media.Schema.Value
	case ir.CodecForm:
		o.form = text
	case ir.CodecMultipart:
		o.parts = text
	case ir.CodecText:
		o.text = text
	default:
		v, _ := parse(text)
		o.root = rootElement(media.Schema, v, body.Type)
	}
	return true
}

// lacksList reports whether a required list of a form is empty: nothing of it would be sent.
func lacksList(t ir.Type, text []byte) bool {
	value, _ := parse(text)
	properties, _ := value.(map[string]any)
	return slices.ContainsFunc(ir.Parts(t), func(st *ir.Struct) bool {
		return slices.ContainsFunc(st.Fields, func(f *ir.Field) bool {
			list, ok := properties[f.WireName].([]any)
			return ok && len(list) == 0 && f.Required
		})
	})
}

// holdsFile reports whether a type has a field that JSON cannot hold.
func holdsFile(t ir.Type) bool {
	return slices.ContainsFunc(ir.Parts(t), func(st *ir.Struct) bool {
		return slices.ContainsFunc(st.Fields, func(f *ir.Field) bool { return ir.IsFile(f.Type) })
	})
}

var readOnlyName = regexp.MustCompile(`readOnly property "([^"]*)" in request`)

// beyond are the complaints of openapi3filter about what it does not
// understand: several media types that it has no decoder for, styles and
// lists and objects in objects that the specification leaves undefined, and unions in
// parameters.
var beyond = []string{
	"unsupported content type", "invalid serialization method", "must be set with indexes", "schema has non primitive type",
	"empty value is not allowed", "schemas matched", "doesn't match schema due to", "doesn't match any schema from", "value must be an object", "value must be an array",
}

// judge lets openapi3filter validate what was sent, and compares the body.
func (o *caller) judge() {
	if o.body != nil && len(o.op.Switches) == 0 {
		if d := Difference(o.body, o.server.body); d != "" {
			o.found("the body is sent otherwise: %s: %s", d, o.body)
		}
	}
	request := o.server.sent.Clone(context.Background())
	request.Body = io.NopCloser(bytes.NewReader(o.server.body))
	path, query, _ := strings.Cut(o.op.Path, "?")
	if before, after, _ := strings.Cut(path, "#"); strings.Contains(after, "{") {
		path = before + "%23" + after // no fragment
	} else {
		path = before
	}
	names, values := pathNames.FindAllString(path, -1), pathValues(path, request.URL)
	if len(values) != len(names) {
		o.found("%s is not the path", request.URL)
		return
	}
	if strings.Contains(path, "}{") {
		return // where one value ends and the next begins is not told
	}
	params := map[string]string{}
	for i, name := range names {
		params[strings.Trim(name, "{}")] = values[i]
	}
	sent := strings.Split(request.URL.RawQuery, "&") // begins as the template does
	for i, pair := range strings.Split(query, "&") {
		key, value, _ := strings.Cut(pair, "=")
		sentKey, sentValue, _ := strings.Cut(sent[min(i, len(sent)-1)], "=")
		params[strings.Trim(key, "{}")], _ = url.QueryUnescape(sentKey)
		params[strings.Trim(value, "{}")], _ = url.QueryUnescape(sentValue)
	}
	err := openapi3filter.ValidateRequest(context.Background(), &openapi3filter.RequestValidationInput{
		Request: request, PathParams: params,
		Route: &routers.Route{Spec: o.doc, Path: o.op.Path, PathItem: o.item, Method: o.op.Method, Operation: o.source},
		Options: &openapi3filter.Options{
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, SkipSettingDefaults: true,
			ExcludeRequestBody: o.body == nil, // lists and objects that are empty have no form
		},
	})
	var about *openapi3filter.RequestError
	if errors.As(err, &about) && about.Parameter != nil && (!o.set[about.Parameter.Name] || unjudged(about.Parameter)) {
		return // it was read from another one, or cannot be read
	}
	if m := readOnlyName.FindStringSubmatch(fmt.Sprint(err)); m != nil && o.discriminators[m[1]] {
		return // it tells what the rest is
	}
	if err != nil && !slices.ContainsFunc(beyond, func(text string) bool { return strings.Contains(err.Error(), text) }) {
		o.found("%s is not valid: %v", request.URL, err)
	}
}

// unjudged reports whether a parameter is pairs of any names, or holds lists or objects.
func unjudged(p *openapi3.Parameter) bool {
	if p.Schema == nil || p.Schema.Value == nil {
		return false
	}
	s := p.Schema.Value
	for _, property := range s.Properties {
		if v := property.Value; v == nil || v.Type.Is(openapi3.TypeArray) || v.Type.Is(openapi3.TypeObject) || len(v.AllOf) > 0 {
			return true
		}
	}
	more := s.AdditionalProperties
	return more.Schema != nil || more.Has != nil && *more.Has || s.Type.Is(openapi3.TypeObject) && len(s.Properties) == 0
}

var pathNames = regexp.MustCompile(`\{[^}]*\}`)

// pathValues are the values in the path of an address, as many as there are.
func pathValues(path string, address *url.URL) []string {
	var pattern strings.Builder
	for i, fixed := range pathNames.Split(path, -1) {
		if i > 0 {
			pattern.WriteString("([^/]*)")
		}
		escaped := (&url.URL{Path: fixed}).EscapedPath() // of what need not be
		pattern.WriteString("(?:" + regexp.QuoteMeta(fixed) + "|" + regexp.QuoteMeta(escaped) + ")")
	}
	found := regexp.MustCompile(pattern.String() + "$").FindStringSubmatch(address.EscapedPath())
	if found == nil {
		return nil
	}
	for i, value := range found {
		found[i], _ = url.PathUnescape(value)
	}
	return found[1:]
}
