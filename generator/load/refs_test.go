package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

func TestReferences(t *testing.T) {
	schemas := func(version, in string) string {
		return "openapi: " + version + "\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n" + indent(in, "    ")
	}
	for name, tc := range map[string]struct {
		files []string
		want  map[string]string // pointer to JSON
		diags []string
	}{
		"dangling schema": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {$ref: '#/components/schemas/Nope'}\nB: {properties: {a: {$ref: '#/components/schemas/A'}}}")},
			want: map[string]string{"/components/schemas": `{"A":{"x-apigen-dangling":"#/components/schemas/Nope"},` +
				`"B":{"properties":{"a":{"$ref":"#/components/schemas/A"}}}}`},
			diags: []string{`doc.yaml:6:9: warning: the reference "#/components/schemas/Nope" leads nowhere: there is nothing there; it is replaced by what says nothing (dangling-ref)`},
		},
		"index with a leading zero": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {oneOf: [{type: string}, {$ref: '#/components/schemas/A/oneOf/00'}]}")},
			want:  map[string]string{"/components/schemas/A/oneOf/1": `{"x-apigen-dangling":"#/components/schemas/A/oneOf/00"}`},
			diags: []string{`doc.yaml:6:34: warning: the reference "#/components/schemas/A/oneOf/00" leads nowhere: there is nothing there; it is replaced by what says nothing (dangling-ref)`},
		},
		"self reference": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {$ref: '#/components/schemas/A'}")},
			want:  map[string]string{"/components/schemas/A": `{"x-apigen-dangling":"#/components/schemas/A"}`},
			diags: []string{`doc.yaml:6:5: warning: the reference "#/components/schemas/A" leads back to itself; any value is taken in its place (ref-cycle)`},
		},
		"circle of references": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/A'}\nC: {$ref: '#/components/schemas/B'}")},
			want: map[string]string{"/components/schemas": `{"A":{"x-apigen-dangling":"#/components/schemas/B"},` +
				`"B":{"$ref":"#/components/schemas/A"},"C":{"$ref":"#/components/schemas/B"}}`},
			diags: []string{`doc.yaml:6:5: warning: the reference "#/components/schemas/B" leads back to itself; any value is taken in its place (ref-cycle)`},
		},
		"recursion is no cycle": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {properties: {a: {$ref: '#/components/schemas/A'}}}")},
			want:  map[string]string{"/components/schemas/A": `{"properties":{"a":{"$ref":"#/components/schemas/A"}}}`},
		},
		"annotations beside $ref in 3.0": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {}\nB: {properties: {a: {$ref: '#/components/schemas/A', nullable: true, description: d, x-y: 1, type: object}}}")},
			want:  map[string]string{"/components/schemas/B/properties/a": `{"allOf":[{"$ref":"#/components/schemas/A"}],"nullable":true,"description":"d","x-y":1}`},
			diags: []string{`doc.yaml:7:22: warning: OpenAPI 3.0 ignores what stands beside $ref, and so is it here: type (ref-sibling)`},
		},
		"the type of the target beside $ref": {
			files: []string{"doc.yaml", "swagger: '2.0'\ninfo: {title: t, version: '1'}\npaths: {}\ndefinitions:\n" +
				"  A: {type: object}\n  B: {$ref: '#/definitions/A'}\n  C: {items: {type: object, $ref: '#/definitions/A'}}\n" +
				"  D: {items: {type: object, $ref: '#/definitions/B'}}\n  E: {items: {type: string, $ref: '#/definitions/A'}}\n"},
			want: map[string]string{"/components/schemas": `{"A":{"type":"object"},"B":{"$ref":"#/components/schemas/A"},` +
				`"C":{"items":{"$ref":"#/components/schemas/A"}},"D":{"items":{"$ref":"#/components/schemas/B"}},` +
				`"E":{"items":{"$ref":"#/components/schemas/A"}}}`},
			diags: []string{
				`doc.yaml:8:7: warning: Swagger 2.0 ignores what stands beside $ref, and so is it here: type (ref-sibling)`,
				`doc.yaml:9:7: warning: Swagger 2.0 ignores what stands beside $ref, and so is it here: type (ref-sibling)`,
			},
		},
		"keywords beside $ref in 3.1": {
			files: []string{"doc.yaml", schemas("3.1.0", "A: {}\nB: {$ref: '#/components/schemas/A', type: object, allOf: [{title: t}], $comment: c}")},
			want:  map[string]string{"/components/schemas/B": `{"type":"object","allOf":[{"$ref":"#/components/schemas/A"},{"title":"t"}]}`},
		},
		"property of a component": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {properties: {b: {type: object}}}\nC: {items: {$ref: '#/components/schemas/A/properties/b'}}")},
			want: map[string]string{"/components/schemas": `{"A":{"properties":{"b":{"$ref":"#/components/schemas/AB"}}},` +
				`"C":{"items":{"$ref":"#/components/schemas/AB"}},"AB":{"type":"object"}}`},
		},
		"definitions in OpenAPI 3": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {$ref: '#/definitions/A'}\nB: {items: {$ref: '#/definitions/X'}}\nC: {items: {$ref: '#/definitions/B'}}") +
				"definitions: {A: {title: a}, X: {title: x, properties: {x: {$ref: '#/definitions/X'}}}}\n"},
			want: map[string]string{"/components/schemas": `{"A":{"title":"a"},"B":{"items":{"$ref":"#/components/schemas/X"}},` +
				`"C":{"items":{"$ref":"#/components/schemas/B"}},"X":{"title":"x","properties":{"x":{"$ref":"#/components/schemas/X"}}}}`,
				"/definitions": "nothing"},
		},
		"$defs, $anchor and $id": {
			files: []string{"doc.yaml", schemas("3.1.0", `
A: {$id: 'http://x.y/a', $defs: {n: {$anchor: here, type: 'null'}}, items: {$ref: '#here'}, not: {$ref: '#/$defs/n'}}
B: {allOf: [{$ref: 'http://x.y/a#here'}, {$ref: 'http://x.y/a'}]}`)},
			want: map[string]string{
				"/components/schemas/A/items": `{"$ref":"#/components/schemas/here"}`,
				"/components/schemas/A/not":   `{"$ref":"#/components/schemas/here"}`,
				"/components/schemas/B/allOf": `[{"$ref":"#/components/schemas/here"},{"$ref":"#/components/schemas/A"}]`,
				"/components/schemas/here":    `{"$anchor":"here","type":"null"}`,
			},
		},
		"$anchor in another file": {
			files: []string{"doc.yaml", schemas("3.1.0", "A: {$ref: 'other.json#here'}"),
				"other.json", `{"$defs": {"x": {"$id": "x", "$anchor": "here"}, "y": {"$anchor": "here", "title": "y"}}}`},
			want: map[string]string{"/components/schemas": `{"A":{"$anchor":"here","title":"y"}}`},
		},
		"$dynamicRef": {
			files: []string{"doc.yaml", schemas("3.1.0", `
One: {$dynamicAnchor: one, items: {$dynamicRef: '#one'}}
List: {$id: 'http://x.y/list', $defs: {item: {$dynamicAnchor: item}}, items: {$dynamicRef: '#item'}}
Names: {$id: 'http://x.y/names', $defs: {item: {$dynamicAnchor: item, type: string}}, $ref: list}`)},
			want: map[string]string{"/components/schemas/List/items": `{"$ref":"#/components/schemas/item"}`},
			diags: []string{
				`doc.yaml:7:83: warning: $dynamicRef "#item" is taken for $ref: it leads to the same schema wherever it is used, though 2 have this $dynamicAnchor (dynamic-ref)`,
			},
		},
		"$recursiveRef": {
			files: []string{"doc.yaml", schemas("3.1.0", `
Tree: {$recursiveAnchor: true, items: {$recursiveRef: '#'}}
None: {items: {$recursiveRef: '#'}}`)},
			want: map[string]string{
				"/components/schemas/Tree/items": `{"$ref":"#/components/schemas/Tree"}`,
				"/components/schemas/None/items": `{"$recursiveRef":"#"}`,
			},
			diags: []string{
				`doc.yaml:7:20: warning: no schema around this $recursiveRef has a $recursiveAnchor; it is ignored (dynamic-ref)`,
			},
		},
		"escaped and encoded": {
			files: []string{"doc.yaml", schemas("3.0.3", "a/b~c d: {title: t}\nB: {items: {$ref: '#/components/schemas/a~1b~0c%20d'}}")},
			want:  map[string]string{"/components/schemas/B": `{"items":{"$ref":"#/components/schemas/a~1b~0c d"}}`},
		},
		"bare name": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {}\nB: {items: {$ref: A}, not: {$ref: /components/schemas/A}}")},
			want:  map[string]string{"/components/schemas/B": `{"items":{"$ref":"#/components/schemas/A"},"not":{"$ref":"#/components/schemas/A"}}`},
		},
		"mapping": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {discriminator: {propertyName: p, mapping: {a: A, b: '#/components/schemas/A', c: Nope, d: d.yaml}}}"),
				"d.yaml", "title: d"},
			want: map[string]string{"/components/schemas/A/discriminator/mapping": `{"a":"#/components/schemas/A","b":"#/components/schemas/A","d":"#/components/schemas/d"}`},
			diags: []string{
				`doc.yaml:6:87: warning: the reference "Nope" leads nowhere: there is no file "DIR/Nope"; it is replaced by what says nothing (dangling-ref)`,
			},
		},
		"files": {
			files: []string{"doc.yaml", schemas("3.0.3", "Pet: {$ref: 'schemas/pet.yaml'}\nB: {items: {$ref: 'schemas/pet.yaml'}}\nO: {$ref: 'schemas/all.json#/Owner'}"),
				"schemas/pet.yaml", "properties:\n  owner: {$ref: 'all.json#/Owner'}\n  tag: {$ref: 'all.json#/Tag'}\n  self: {$ref: '#'}\n  back: {$ref: '../doc.yaml#/components/schemas/B'}",
				"schemas/all.json", `{"Owner": {"title": "o"}, "Tag": {"$ref": "#/Other"}, "Other": {"title": "x", "minLength": -1}}`},
			want: map[string]string{"/components/schemas": `{"Pet":{"properties":{"owner":{"$ref":"#/components/schemas/O"},"tag":{"$ref":"#/components/schemas/Other"},` +
				`"self":{"$ref":"#/components/schemas/Pet"},"back":{"$ref":"#/components/schemas/B"}}},"B":{"items":{"$ref":"#/components/schemas/Pet"}},` +
				`"O":{"title":"o"},"Other":{"title":"x"}}`},
			diags: []string{`schemas/all.json:1:79: warning: "minLength" must be a whole number from 0, not the number -1; it is ignored (wrong-kind)`},
		},
		"groups from files": {
			files: []string{"doc.yaml", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {$ref: paths.yaml}\ncomponents: {schemas: {$ref: schemas.yaml}}\n",
				"paths.yaml", "/p: {$ref: 'item.yaml#/p'}",
				"item.yaml", "p:\n  get:\n    responses: {'200': {description: d, content: {application/json: {schema: {$ref: 'doc.yaml#/components/schemas/A'}}}}}\n",
				"schemas.yaml", "A: {items: {$ref: '#/B'}}\nB: {title: b}\n"},
			want: map[string]string{
				"/components/schemas": `{"A":{"items":{"$ref":"#/components/schemas/B"}},"B":{"title":"b"}}`,
				"/paths":              `{"/p":{"get":{"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"$ref":"#/components/schemas/A"}}}}}}}}`,
			},
		},
		"a document that says its URI": {
			files: []string{"doc.yaml", "openapi: 3.2.0\n$self: https://example.com/api/main\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n" +
				"    A: {$ref: 'https://example.com/api/main#/components/schemas/D'}\n    B: {items: {$ref: 'main#/components/schemas/D'}}\n" +
				"    C: {items: {$ref: 'https://example.com/api/item'}}\n    D: {$id: item, title: d}\n    E: {$ref: 'other.yaml'}\n",
				"other.yaml", "title: e"},
			want: map[string]string{"/components/schemas": `{"A":{"$ref":"#/components/schemas/D"},"B":{"items":{"$ref":"#/components/schemas/D"}},` +
				`"C":{"items":{"$ref":"#/components/schemas/D"}},"D":{"$id":"item","title":"d"},"E":{"title":"e"}}`},
		},
		"outside": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {$ref: '../x.yaml'}\nB: {$ref: '/etc/hostname'}\nC: {$ref: 'file:///etc/hostname'}\nD: {$ref: 'http://127.0.0.1:1/x'}\nE: {$ref: '//host/x'}\nF: {$ref: 'a/../../x.yaml'}\nG: {$ref: 'C:\\x'}")},
			want:  map[string]string{"/components/schemas/A": `{"x-apigen-dangling":"../x.yaml"}`},
			diags: []string{
				`doc.yaml:6:9: error: the reference "../x.yaml" is refused: it leaves the document's folder (ref-outside)`,
				`doc.yaml:7:9: error: the reference "/etc/hostname" is refused: only files below the document's folder can be referred to, by relative paths (ref-outside)`,
				`doc.yaml:8:9: error: the reference "file:///etc/hostname" is refused: only files below the document's folder can be referred to (ref-outside)`,
				`doc.yaml:9:9: error: the reference "http://127.0.0.1:1/x" is refused: documents are not fetched from the network unless --allow-remote-refs is given (ref-remote)`,
				`doc.yaml:10:9: error: the reference "//host/x" is refused: only files below the document's folder can be referred to, by relative paths (ref-outside)`,
				`doc.yaml:11:9: error: the reference "a/../../x.yaml" is refused: it leaves the document's folder (ref-outside)`,
				`doc.yaml:12:9: error: the reference "C:\\x" is refused: only files below the document's folder can be referred to (ref-outside)`,
			},
		},
		"broken file": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {$ref: 'a.json'}\nB: {$ref: 'a.json#/x'}"), "a.json", `{"a": `},
			want:  map[string]string{"/components/schemas/A": `{"x-apigen-dangling":"a.json"}`},
			diags: []string{`a.json:1:7: error: the document is cut off: a value is missing at the end of the file (syntax)`},
		},
		"path items": {
			files: []string{"doc.yaml", `openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a: {$ref: '#/components/pathItems/I', summary: mine}
  /b: {$ref: '#/paths/~1a'}
components:
  pathItems: {I: {summary: s, get: {responses: {'200': {description: d, content: {a/b: {$ref: '#/components/mediaTypes/M'}}}}}}}
  mediaTypes: {M: {schema: {type: string}}}
`},
			want: map[string]string{
				"/paths/~1a":  `{"summary":"mine","get":{"responses":{"200":{"description":"d","content":{"a/b":{"schema":{"type":"string"}}}}}}}`,
				"/paths/~1b":  `{"summary":"mine","get":{"responses":{"200":{"description":"d","content":{"a/b":{"schema":{"type":"string"}}}}}}}`,
				"/components": `{}`,
			},
		},
		"keyword as a schema": {
			files: []string{"doc.yaml", schemas("3.1.0", "A: {nullable: true, not: false, dependentRequired: {a: [b]}}\nB: {$ref: '#/components/schemas/A/nullable'}\nC: {$ref: '#/components/schemas/A/not'}\nD: {$ref: '#/components/schemas/A/dependentRequired'}")},
			want:  map[string]string{"/components/schemas/C": `false`},
			diags: []string{
				`doc.yaml:7:9: warning: the reference "#/components/schemas/A/nullable" leads nowhere: there is a boolean; it is replaced by what says nothing (dangling-ref)`,
				`doc.yaml:9:9: warning: the reference "#/components/schemas/A/dependentRequired" leads nowhere: it must be a schema, not something else; it is replaced by what says nothing (dangling-ref)`,
			},
		},
		"components that are lists": {
			files: []string{"doc.yaml", schemas("3.1.0", "items: [1]")},
			want:  map[string]string{"/components/schemas/items": `{}`},
			diags: []string{`doc.yaml:6:5: warning: "items" must be a schema, not a list; it is ignored (wrong-kind)`},
		},
		"shared parameters as a security definition": {
			files: []string{"doc.yaml", `
swagger: '2.0'
info: {title: T, version: '1'}
securityDefinitions: {a: {$ref: '#/parameters'}}
parameters: {p: {name: p, in: query, type: string}}
paths: {/a: {parameters: [{$ref: '#/parameters/p'}]}}
`},
			want:  map[string]string{"/components/parameters/p": `{"name":"p","in":"query","schema":{"type":"string"}}`, "/components/securitySchemes": `{}`},
			diags: []string{`doc.yaml:4:27: warning: the reference "#/parameters" leads nowhere: it must be a security scheme, not something else; it is replaced by what says nothing (dangling-ref)`},
		},
		"wrong kind": {
			files: []string{"doc.yaml", schemas("3.0.3", "A: {}") + "  responses:\n    R: {$ref: '#/components/schemas/A'}\n  parameters:\n    P: {$ref: '#/components/schemas'}\n"},
			want:  map[string]string{"/components/responses": `{"R":{"description":"","x-apigen-dangling":"#/components/schemas/A"}}`, "/components/parameters": `{}`},
			diags: []string{
				`doc.yaml:8:9: warning: the reference "#/components/schemas/A" leads nowhere: it must be a response, not a schema; it is replaced by what says nothing (dangling-ref)`,
				`doc.yaml:10:9: warning: the reference "#/components/schemas" leads nowhere: it must be a parameter, not something else; it is replaced by what says nothing (dangling-ref)`,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			doc, diags := loadText(t, Options{}, tc.files...)
			for i := range diags {
				diags[i] = hideFolder(diags[i])
			}
			if diff := cmp.Diff(tc.diags, diags); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
			if doc == nil {
				t.Fatal("no document")
			}
			for ptr, want := range tc.want {
				if got := jsonAt(t, doc, ptr); got != want {
					t.Errorf("%s is\n%s, want\n%s", ptr, got, want)
				}
			}
			sameAsLoader(t, doc)
			checkLinks(t, doc.T)
		})
	}
}

// hideFolder replaces the folder of a quoted file by DIR.
func hideFolder(s string) string {
	i := strings.Index(s, `there is no file "`)
	if i < 0 {
		return s
	}
	i += len(`there is no file "`)
	j := i + strings.Index(s[i:], `"`)
	return s[:i] + "DIR/" + filepath.Base(s[i:j]) + s[j:]
}

func TestSymbolicLinks(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret.yaml"), []byte("title: secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("doc.yaml", wrap("3.0.3", "allOf: [{$ref: link.yaml}, {$ref: folder/secret.yaml}, {$ref: near.yaml}]"))
	write("real.yaml", "title: real")
	for link, target := range map[string]string{"link.yaml": filepath.Join(outside, "secret.yaml"), "folder": outside, "near.yaml": "real.yaml"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	doc, diags := loadFile(t, Options{Path: filepath.Join(dir, "doc.yaml")})
	if doc == nil {
		t.Fatal("no document")
	}
	for _, d := range diags.Sorted() {
		if d.Severity != diag.Error || d.Code != "ref-outside" {
			t.Error(d)
		}
	}
	if diags.Len() != 2 {
		t.Errorf("%d diagnostics, want 2", diags.Len())
	}
	if got := jsonAt(t, doc, "/components/schemas/near"); got != `{"title":"real"}` {
		t.Errorf("the link that stays inside gives %s", got)
	}
	if strings.Contains(jsonAt(t, doc, ""), "secret\"}") {
		t.Error("the file outside was read")
	}
}
