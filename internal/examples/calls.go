package examples

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/load"
)

// Client is a generated client.
type Client struct {
	Document, Package string
	// New makes a client that reads strictly and has all credentials.
	New func(http.RoundTripper) (any, error)
}

// Report is what there is to say about a client.
type Report struct {
	Name string
	// Operations are those of the document, Called those for which valid values
	// were made.
	Operations, Called int
	// Calls and Changed count the calls with valid values, and with values that
	// were changed at one place.
	Calls, Changed int
	// Found is what is wrong.
	Found []string
}

// Add adds what another report counts.
func (r *Report) Add(other Report) {
	r.Operations, r.Called = r.Operations+other.Operations, r.Called+other.Called
	r.Calls, r.Changed, r.Found = r.Calls+other.Calls, r.Changed+other.Changed, append(r.Found, other.Found...)
}

// Call calls the operations of clients with values made at random: args are
// how often, and a seed. A validator judges what is sent and what is made of
// it; responses have to come back as they are, and what breaks a schema has to
// be found. There is a report for each client.
func Call(clients []Client, args []string, out *json.Encoder) {
	rounds, _ := strconv.Atoi(args[0])
	seed, _ := strconv.ParseUint(args[1], 10, 64)
	for _, client := range clients {
		c := &calls{rounds: rounds, rand: rand.New(rand.NewPCG(seed, 0)), Report: Report{Name: client.Package}}
		if err := c.run(client); err != nil {
			c.Found = append(c.Found, err.Error())
		}
		_ = out.Encode(c.Report) // whoever reads it knows how many there should be
	}
}

// calls are those of a client.
type calls struct {
	Report
	*subject
	rounds int
	rand   *rand.Rand
	server server
}

// run makes all calls.
func (c *calls) run(client Client) error {
	var found diag.List
	doc, err := load.Load(context.Background(), load.Options{Path: client.Document}, &found)
	if err != nil || doc == nil {
		return fmt.Errorf("%s: %w", client.Document, err)
	}
	c.subject = newSubject(doc.T)
	pkg, err := generate(context.Background(), client.Document, client.Package)
	if err != nil {
		return err
	}
	v, err := client.New(&c.server)
	if err != nil {
		return err
	}
	for _, svc := range pkg.API.Services {
		c.service(svc, reflect.ValueOf(v))
	}
	return nil
}

// server answers as it is told and keeps what it was sent.
type server struct {
	status    int
	mediaType string
	content   []byte
	sent      *http.Request
	body      []byte
}

// RoundTrip answers.
func (s *server) RoundTrip(r *http.Request) (*http.Response, error) {
	s.sent, s.body = r, nil
	if r.Body != nil {
		s.body, _ = io.ReadAll(r.Body)
		r.Body.Close()
	}
	return &http.Response{
		StatusCode: s.status, Header: http.Header{"Content-Type": {s.mediaType}}, Body: io.NopCloser(bytes.NewReader(s.content)),
		ContentLength: int64(len(s.content)), Request: r, ProtoMajor: 1, ProtoMinor: 1,
	}, nil
}

// service calls the operations of a service, which is a field of parent or
// parent itself.
func (c *calls) service(svc *ir.Service, parent reflect.Value) {
	at := parent
	if svc.FieldName != "" {
		at = parent.Elem().FieldByName(svc.FieldName)
	}
	for _, op := range svc.Operations {
		c.Operations++
		item := c.doc.Paths.Value(op.Path)
		if item == nil || item.GetOperation(op.Method) == nil {
			continue // an operation of OpenAPI 3.2, say
		}
		o := &caller{calls: c, op: op, item: item, source: item.GetOperation(op.Method), method: at.MethodByName(op.GoName)}
		before := c.Calls
		for range c.rounds {
			o.call()
		}
		if c.Calls > before {
			c.Called++
		}
	}
	for _, child := range svc.Children {
		c.service(child, at)
	}
}

// caller calls one operation.
type caller struct {
	*calls
	op     *ir.Operation
	item   *openapi3.PathItem
	source *openapi3.Operation
	method reflect.Value
	// set are the names of the parameters that are set.
	set map[string]bool
	// body is the JSON of the body and schema its schema; nil when there is none.
	body   []byte
	schema *openapi3.Schema
	// form is the JSON that the form in the body was made of; nil when there is none.
	form []byte
	// root is the XML that the body has to be; nil when it is none.
	root *element
	// parts is the JSON that the parts of a multipart body were made of, and files
	// the names of those that are files; nil when it is none.
	parts []byte
	files []string
	// text is the JSON of the text that the body is; nil when it is none.
	text []byte
}

// found notes something wrong.
func (o *caller) found(format string, args ...any) {
	o.Found = append(o.Found, fmt.Sprintf("%s %s: %s", o.op.Method, o.op.Path, fmt.Sprintf(format, args...)))
}

// call makes a call, and then others with values that differ at one place.
func (o *caller) call() {
	params, ok := o.params()
	if !ok {
		return // no values that are valid were made
	}
	a := o.answer()
	o.Calls++
	out, err := o.send(params, a)
	if o.server.sent == nil {
		if text := fmt.Sprint(err); strings.Contains(text, "contains a line break") || strings.Contains(text, "XML cannot have") {
			return // there is no way to send them
		}
		o.found("valid values are not sent: %v: %s", err, o.body)
		return
	}
	o.judge()
	o.compareBody()
	if a.schema != nil {
		o.compare(a, out, err)
		o.changedResponses(params, a)
	}
	if o.body != nil {
		o.changedBodies(params)
	}
}

// compareBody compares a body that the validator does not understand with what
// it has to be.
func (o *caller) compareBody() {
	switch {
	case len(o.op.Switches) > 0: // the method sets some of it
	case o.form != nil:
		o.compareForm()
	case o.root != nil:
		o.compareXML()
	case o.parts != nil:
		o.compareParts()
	case o.text != nil:
		o.compareText()
	}
}

// compareText compares the text that was sent with what it has to be.
func (o *caller) compareText() {
	v, _ := parse(o.text)
	if !sameText(fmt.Sprint(v), string(o.server.body)) {
		o.found("other text is sent for %s: %.300q", o.text, o.server.body)
	}
}

// send calls the method.
func (o *caller) send(params reflect.Value, a answer) (result any, err error) {
	o.server = server{status: a.status, mediaType: a.mediaType, content: a.content}
	out := o.method.Call([]reflect.Value{reflect.ValueOf(context.Background()), params})
	if out[0].Kind() == reflect.Func { // a stream sends the request when it is read
		for _, e := range out[0].Seq2() {
			err, _ = e.Interface().(error)
			break
		}
		return nil, err
	}
	err, _ = out[len(out)-1].Interface().(error)
	return out[0].Interface(), err
}

// changedResponses changes the response at one place.
func (o *caller) changedResponses(params reflect.Value, a answer) {
	if a.failure || a.inXML != nil {
		return // these are read leniently
	}
	for range 4 {
		text := changed(o.rand, a.content)
		if text == nil {
			continue
		}
		o.Changed++
		invalid := validate(o.doc, a.schema.Value, text, openapi3.VisitAsResponse())
		_, err := o.send(params, answer{status: a.status, mediaType: a.mediaType, content: text})
		if invalid != nil && err == nil && !aboutDiscriminator(invalid) && !aboutNull(invalid) {
			o.found("%d: an invalid response passes: %s: %s", a.status, reason(invalid), text)
		}
	}
}

// changedBodies changes the body at one place.
func (o *caller) changedBodies(params reflect.Value) {
	for range 4 {
		text := changed(o.rand, o.body)
		if text == nil {
			continue
		}
		other := reflect.New(params.Type()).Elem()
		other.Set(params)
		field := other.FieldByName(o.op.Bodies[0].FieldName)
		field.SetZero()
		if json.Unmarshal(text, field.Addr().Interface()) != nil || keepsUnknown(field) {
			continue // a value that no variant of a union is, is sent as it is
		}
		o.Changed++
		_, _ = o.send(other, answer{status: 200})
		if o.server.sent == nil {
			continue
		}
		invalid := validate(o.doc, o.schema, o.server.body, openapi3.VisitAsRequest())
		unset := bytes.Count(o.server.body, []byte("null")) > bytes.Count(text, []byte("null")) // values of any type
		if invalid != nil && len(o.server.body) > 0 && !unset {
			o.found("an invalid body is sent: %s: %s", reason(invalid), o.server.body)
		}
	}
}

// aboutDiscriminator reports whether what is wrong is a discriminator, which
// tells variants apart but is no limit: one of the variants may fit without.
func aboutDiscriminator(err error) bool {
	e, ok := errors.AsType[*openapi3.SchemaError](err)
	return ok && e.SchemaField == "discriminator"
}

// aboutNull reports whether what is wrong is not null, of a schema whose type is
// null beside alternatives: it means that null is one of them.
func aboutNull(err error) bool {
	e, ok := errors.AsType[*openapi3.SchemaError](err)
	return ok && e.SchemaField == "type" && e.Schema.Type.Is(openapi3.TypeNull) && len(e.Schema.OneOf)+len(e.Schema.AnyOf) > 0
}

// reason is what is wrong with a value, and where, without the schema.
func reason(err error) string {
	if e, ok := errors.AsType[*openapi3.SchemaError](err); ok {
		return fmt.Sprintf("/%s: %s: %s", strings.Join(e.JSONPointer(), "/"), e.SchemaField, e.Reason)
	}
	return err.Error()
}

// keepsUnknown reports whether v holds a value that no variant of a union is.
func keepsUnknown(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return !v.IsNil() && keepsUnknown(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			if keepsUnknown(v.Index(i)) {
				return true
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if keepsUnknown(v.MapIndex(key)) {
				return true
			}
		}
	case reflect.Struct:
		if strings.HasSuffix(v.Type().Name(), "Unknown") && v.NumField() == 1 && v.Type().Field(0).Name == "Raw" {
			return true
		}
		for i := range v.NumField() {
			if keepsUnknown(v.Field(i)) {
				return true
			}
		}
	}
	return false
}
