package load

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestExtensions holds what is said about extensions of our own that have no
// effect. Those that have one, and those of others, are nobody's business.
func TestExtensions(t *testing.T) {
	const text = `openapi: 3.1.0
info: {title: T, version: "1", x-other: 5}
servers:
  - url: https://{site}.test
    x-go-name: Main
    variables:
      site:
        default: a
        enum: [a, b]
        x-enum-varnames: [A]
        x-go-env: [X]
tags:
  - name: t
    x-go-name: Tag
paths:
  /a:
    get:
      x-go-name: Get
      x-go-method: 7
      requestBody: {x-go-name: Body, content: {}}
      x-go-pagination: {style: page, page: p, pages: x}
      x-go-env: A
      responses: {}
    put: {responses: {}, x-go-pagination: {style: page, page: 7, first: "1", size: s}}
    post: {responses: {}, x-go-pagination: {style: page, page: p, first: 0}}
components:
  securitySchemes:
    k: {type: http, scheme: Basic, x-go-env: [U, P]}
    l: {type: apiKey, name: k, in: header, x-go-env: [U, P]}
    m: {type: http, scheme: bearer, x-go-env: 5}
    n: {type: mutualTLS, x-go-env: C}
  schemas:
    A:
      type: string
      x-go-name: " "
      x-sensitive: "yes"
      x-enum-varnames: [X]
      x-go-type-import: {path: a/b}
      properties:
        b: {enum: [a, b], x-enum-varnames: [A, B], x-enum-descriptions: 7}
        c: {enum: [a, b], x-enum-varnames: {a: B}, x-sensitive: true}
        d: {enum: [a, null], x-enum-varnames: [A, null], x-enum-descriptions: {a: [1]}}
        e: {enum: [a, b], x-enum-varnames: [A, [B]], x-go-type-import: {name: a}}
x-go-pagination: [{style: link, page: 7, last: id}, true]
`
	doc, diags := loadText(t, Options{}, "doc.yaml", text)
	want := []string{
		`doc.yaml:10:9: warning: x-enum-varnames needs a name for each of the 2 values of enum, not 1; it is ignored (extension)`,
		`doc.yaml:11:9: warning: x-go-env must be the name of an environment variable, or a list of two for basic, not a list; it is ignored (extension)`,
		`doc.yaml:14:5: warning: x-go-name has no effect on a tag (extension)`,
		`doc.yaml:19:7: warning: x-go-method must be a string that is not blank, not the number 7; it is ignored (extension)`,
		`doc.yaml:20:21: warning: x-go-name has no effect on a request body (extension)`,
		`doc.yaml:21:47: warning: x-go-pagination has no key "pages"; it is ignored (extension)`,
		`doc.yaml:22:7: warning: x-go-env has no effect on an operation (extension)`,
		`doc.yaml:24:57: warning: "page" of x-go-pagination must be a string that is not blank, not the number 7; it is ignored (extension)`,
		`doc.yaml:24:66: warning: "first" of x-go-pagination must be a whole number, not the string "1"; it is ignored (extension)`,
		`doc.yaml:29:44: warning: x-go-env must be the name of one environment variable, not a list, which is for basic; it is ignored (extension)`,
		`doc.yaml:30:37: warning: x-go-env must be the name of an environment variable, or a list of two for basic, not the number 5; it is ignored (extension)`,
		`doc.yaml:31:26: warning: x-go-env has no effect on mutualTLS: the certificate is that of the HTTP client (extension)`,
		`doc.yaml:35:7: warning: x-go-name must be a string that is not blank, not the string " "; it is ignored (extension)`,
		`doc.yaml:36:7: warning: x-sensitive must be true or false, not the string "yes"; it is ignored (extension)`,
		`doc.yaml:37:7: warning: x-enum-varnames has no effect without enum (extension)`,
		`doc.yaml:40:52: warning: x-enum-descriptions must be a list, or an object by value, not the number 7; it is ignored (extension)`,
		`doc.yaml:41:27: warning: x-enum-varnames must be a list, not an object; it is ignored (extension)`,
		`doc.yaml:42:80: warning: "a" of x-enum-descriptions must be a string, not a list; it is ignored (extension)`,
		`doc.yaml:43:48: warning: element 2 of x-enum-varnames must be a string, not a list; it is ignored (extension)`,
		`doc.yaml:43:54: warning: x-go-type-import must be an import path, or an object with one as its path, not an object; it is ignored (extension)`,
		`doc.yaml:44:33: warning: "page" of x-go-pagination must be a string that is not blank, not the number 7; it is ignored (extension)`,
		`doc.yaml:44:53: warning: x-go-pagination must be an object with style, or false, not the boolean true; it is ignored (extension)`,
	}
	if d := cmp.Diff(want, diags); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	// What is ignored is not there.
	for ptr, want := range map[string]string{
		"/components/securitySchemes/l": `{"type":"apiKey","name":"k","in":"header"}`,
		"/paths/~1a/put":                `{"responses":{},"x-go-pagination":{"style":"page","size":"s"}}`,
	} {
		if got := jsonAt(t, doc, ptr); got != want {
			t.Errorf("%s is %s, not %s", ptr, got, want)
		}
	}
}
