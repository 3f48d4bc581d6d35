package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/proof/params"
)

// TestWire sends every value of every case, compares what arrives byte by byte
// and has openapi3filter judge and decode it.
func TestWire(t *testing.T) {
	text, err := params.Document()
	if err != nil {
		t.Fatal(err)
	}
	document, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	c, err := NewClient(WithBaseURL(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	sent, judged := 0, 0
	for _, tt := range params.Cases() {
		t.Run(tt.Operation(), func(t *testing.T) {
			for _, value := range tt.Values {
				got = nil
				if err := call(t.Context(), c, tt, value); err != nil {
					t.Errorf("%s: %v", value, err)
					continue
				}
				sent++
				want, err := tt.Want(value)
				if err != nil {
					t.Fatal(err)
				}
				text := wire(tt, got)
				if text != want {
					t.Errorf("%s is sent as\n%s, want\n%s", value, text, want)
				}
				if why := unjudged(tt, value, text); why == "" {
					judged++
					judge(t, tt, document, got, text, value)
				}
			}
		})
	}
	if sent < 1000 || judged < 700 {
		t.Errorf("%d requests, %d judged", sent, judged)
	}
}

// TestNothing sends what is null or empty: not at all. In a path that is an
// error, before anything is sent.
func TestNothing(t *testing.T) {
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	c, err := NewClient(WithBaseURL(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	nothing := map[string]string{"Nullable": "null", "NullableList": "null", "Strings": "[]", "Map": "{}"}
	for _, tt := range params.Cases() {
		value, ok := nothing[tt.ID]
		if !ok || tt.JSON {
			continue
		}
		got = nil
		err := call(t.Context(), c, tt, value)
		var invalid *ValidationError
		switch {
		case tt.In == "path" && (!errors.As(err, &invalid) || got != nil):
			t.Errorf("%s of %s: %v, sent %v", tt.Operation(), value, err, got)
		case tt.In != "path" && (err != nil || wire(tt, got) != ""):
			t.Errorf("%s of %s: %v, sent %v", tt.Operation(), value, err, got)
		}
	}
}

// call calls the operation of a case with a value in JSON.
func call(ctx context.Context, c *Client, tt params.Case, value string) error {
	method := reflect.ValueOf(c).MethodByName(tt.Operation())
	in := reflect.New(method.Type().In(1)).Elem()
	if err := json.Unmarshal([]byte(value), in.Field(0).Addr().Interface()); err != nil {
		return err
	}
	out := method.Call([]reflect.Value{reflect.ValueOf(ctx), in})
	err, _ := out[1].Interface().(error)
	return err
}

// wire is the parameter as it arrived.
func wire(tt params.Case, r *http.Request) string {
	switch tt.In {
	case "path":
		text := strings.TrimPrefix(r.URL.EscapedPath(), "/"+tt.Operation()+"/")
		return strings.TrimSuffix(text, "/end")
	case "query":
		return r.URL.RawQuery
	case "header":
		return r.Header.Get("X-V")
	}
	return strings.TrimPrefix(r.Header.Get("Cookie"), "v=")
}

// unjudged says why openapi3filter cannot judge a value, whose bytes are
// compared all the same; empty when it can.
func unjudged(tt params.Case, value, sent string) string {
	list, object := strings.HasPrefix(value, "["), strings.HasPrefix(value, "{")
	nested := strings.Contains(value[1:], "[") || strings.Contains(value[1:], "{")
	joined := tt.Style == "spaceDelimited" || tt.Style == "pipeDelimited"
	switch {
	case tt.In == "cookie" && strings.Contains(sent, "%"):
		return "it does not unescape cookies"
	case tt.JSON && tt.ID == "Integer":
		return "it reads numbers in JSON as float64"
	case tt.JSON:
		return ""
	case tt.In == "cookie" && tt.Explode && (list || object):
		return "OpenAPI leaves this open, and it refuses it"
	case (list || object) && nested && tt.Style != "deepObject":
		return "OpenAPI leaves this open"
	case joined && !list && !object:
		return "OpenAPI leaves this open, and it refuses it"
	case joined && object && tt.Explode:
		return "OpenAPI leaves this open, and it refuses it"
	case (list || object) && strings.ContainsAny(strings.Join(parts(value), ""), separators(tt, object)):
		return "it unescapes before it looks for separators, and headers have no escapes"
	}
	return ""
}

// separators are the characters at which openapi3filter splits a value.
func separators(tt params.Case, object bool) string {
	switch {
	case tt.Style == "deepObject", tt.In == "query" && tt.Explode:
		return ""
	case tt.Style == "spaceDelimited":
		return " "
	case tt.Style == "pipeDelimited":
		return "|"
	case tt.Explode && tt.Style == "label" && object:
		return ".="
	case tt.Explode && tt.Style == "label":
		return "."
	case tt.Explode && tt.Style == "matrix" && object:
		return ";="
	case tt.Explode && tt.Style == "matrix":
		return ";"
	case tt.Explode && object:
		return ",="
	}
	return ","
}

// parts are the texts in an array or object.
func parts(value string) []string {
	var list []any
	var object map[string]any
	if json.Unmarshal([]byte(value), &list) != nil && json.Unmarshal([]byte(value), &object) != nil {
		return nil
	}
	var all []string
	for key, item := range object {
		all = append(all, key)
		list = append(list, item)
	}
	for _, item := range list {
		all = append(all, fmt.Sprint(item))
	}
	return all
}

// judge has openapi3filter validate the request and decode the parameter. What
// it decodes is found by a schema that no value has, whose error tells it.
func judge(t *testing.T, tt params.Case, document *openapi3.T, r *http.Request, text, value string) {
	t.Helper()
	input := &openapi3filter.RequestValidationInput{Request: r, QueryParams: r.URL.Query()}
	if tt.In == "path" {
		plain, err := url.PathUnescape(text)
		if err != nil {
			t.Fatal(err)
		}
		input.PathParams = map[string]string{"v": plain}
	}
	param := document.Paths.Value(tt.Path()).Get.Parameters[0].Value
	if err := openapi3filter.ValidateParameter(r.Context(), input, param); err != nil {
		t.Errorf("%s, sent as %s: %v", value, text, err)
		return
	}
	decoded, ok := probe(r.Context(), input, param)
	if !ok {
		t.Errorf("%s, sent as %s, is not found", value, text)
		return
	}
	if diff := cmp.Diff(normal(t, value), normal(t, decoded)); diff != "" {
		t.Errorf("%s, sent as %s, is decoded to something else: %s", value, text, diff)
	}
}

// probe returns what openapi3filter decodes, in JSON.
func probe(ctx context.Context, input *openapi3filter.RequestValidationInput, param *openapi3.Parameter) (string, bool) {
	never := func(ref *openapi3.SchemaRef) *openapi3.SchemaRef {
		schema := *ref.Value
		schema.Enum = []any{"no value is this"}
		return &openapi3.SchemaRef{Value: &schema}
	}
	p := *param
	if p.Schema != nil {
		p.Schema = never(p.Schema)
	} else {
		media := *p.Content["application/json"]
		media.Schema = never(media.Schema)
		p.Content = openapi3.Content{"application/json": &media}
	}
	var found *openapi3.SchemaError
	if err := openapi3filter.ValidateParameter(ctx, input, &p); !errors.As(err, &found) {
		return "", false
	}
	text, err := json.Marshal(found.Value)
	return string(text), err == nil
}

// normal is JSON as Go values, without nulls in objects, which no style sends.
func normal(t *testing.T, text string) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	if object, ok := v.(map[string]any); ok {
		for key, value := range object {
			if value == nil {
				delete(object, key)
			}
		}
	}
	return v
}
