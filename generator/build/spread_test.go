package build

import (
	"fmt"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// buildPaths builds a document with a GET operation for each of the paths, whose
// responses are components by the last word of the path.
func buildPaths(t *testing.T, tag string, paths []string) (files, homes map[string]string) {
	t.Helper()
	doc := strings.Builder{}
	doc.WriteString("openapi: 3.1.0\ninfo: {title: t, version: '1'}\ncomponents:\n  schemas:\n    Both: {type: object, properties: {a: {type: string}}}\n")
	words := map[string]bool{}
	for _, p := range paths {
		if word := p[strings.LastIndexByte(p, '/')+1:]; !words[word] {
			words[word] = true
			fmt.Fprintf(&doc, "    T%s: {type: object, properties: {both: {$ref: '#/components/schemas/Both'}}}\n", word)
		}
	}
	doc.WriteString("paths:\n")
	for _, p := range paths {
		fmt.Fprintf(&doc, "  %s:\n    get:\n      tags: [%s]\n      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/T%s'}}}}}\n",
			p, tag, p[strings.LastIndexByte(p, '/')+1:])
	}
	parsed, err := openapi3.NewLoader().LoadFromData([]byte(doc.String()))
	if err != nil {
		t.Fatal(err)
	}
	var diags diag.List
	api := Build(parsed, plainSource{}, Options{Package: "t"}, &diags)
	files, homes = map[string]string{}, map[string]string{}
	for _, svc := range api.Services {
		for _, op := range svc.Operations {
			files[op.Path] = op.File
		}
	}
	for _, d := range api.Types {
		homes[d.Declaration().GoName] = d.Declaration().File
	}
	return files, homes
}

// TestSpread holds which file the operations and types of a large service go to.
func TestSpread(t *testing.T) {
	paths := []string{"/v1", "/v1/pets/list", "/v2/pets/find", "/v2/pets/{id}", "/v1/users/list", "/v1/users/{id}", "/v1/users/{id}/windows", "/v1/rare/other"}
	for i := range fullFile + 1 {
		paths = append(paths, fmt.Sprintf("/v1/orders/p%d/n%d/{id}/x", i%2, i))
	}
	for _, test := range []struct {
		tag   string
		paths []string
		files map[string]string
		homes map[string]string
	}{
		{"", paths[:fullFile], map[string]string{"/v1/pets/list": "", "/v1/users/list": ""}, map[string]string{"Tlist": "operations", "Both": "operations"}},
		{"", paths, map[string]string{
			"/v1": "", "/v1/pets/list": "pets", "/v2/pets/find": "pets", "/v1/users/list": "users", "/v1/rare/other": "",
			"/v1/orders/p0/n0/{id}/x": "ordersp0", "/v1/orders/p1/n1/{id}/x": "ordersp1",
		}, map[string]string{"Tfind": "pets", "Tlist": "", "Both": "", "TV1": "operations"}},
		{"Orders", paths, map[string]string{
			"/v1": "", "/v1/pets/list": "orderspets", "/v1/orders/p0/n0/{id}/x": "ordersp0", "/v1/orders/p1/n1/{id}/x": "ordersp1",
		}, map[string]string{"Tfind": "orderspets", "Tlist": "orders", "Both": "orders", "TV1": "orders"}},
	} {
		files, homes := buildPaths(t, test.tag, test.paths)
		for path, want := range test.files {
			if got := files[path]; got != want {
				t.Errorf("%q: %s goes to %q, want %q", test.tag, path, got, want)
			}
		}
		got := map[string]string{}
		for name := range test.homes {
			got[name] = homes[name]
		}
		if diff := cmp.Diff(test.homes, got); diff != "" {
			t.Errorf("%q: types: -want +got:\n%s", test.tag, diff)
		}
	}
}
