package load

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

func TestPositions(t *testing.T) {
	yamlText := `openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    B:
      type: object
      properties:
        z: {type: string}
        "a/é": {maximum: 9007199254740993}
    A: &a
      enum: [1.10, 123456789012345678901234567890, x, true]
    C: *a
`
	jsonText := `{
  "openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {},
  "components": {
    "schemas": {
      "B": {
        "type": "object",
        "properties": {
          "z": {"type": "string"},
          "a/é": {"maximum": 9007199254740993}
        }
      },
      "A": {
        "enum": [1.10, 123456789012345678901234567890, "x", true]
      },
      "C": {"enum": [1.10]}
    }
  }
}`
	for name, tc := range map[string]struct {
		text string
		want map[string]string
	}{
		"doc.yaml": {yamlText, map[string]string{
			"": "1:1", "/components/schemas/B": "6:5", "/components/schemas/B/properties/z": "9:9",
			"/components/schemas/B/properties/a~1é/maximum": "10:17", "/components/schemas/A/enum/1": "12:20",
			"/components/schemas/C": "13:5", "/components/schemas/C/enum": "12:7", "/components/schemas/None/type": "5:3",
		}},
		"doc.json": {jsonText, map[string]string{
			"": "1:1", "/components/schemas/B": "5:7", "/components/schemas/B/properties/z": "8:11",
			"/components/schemas/B/properties/a~1é/maximum": "9:19", "/components/schemas/A/enum/1": "13:24",
			"/components/schemas/C": "15:7", "/components/schemas/C/enum": "15:13", "/components/schemas/None/type": "4:5",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			doc, diags := loadText(t, Options{}, name, tc.text)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			got := map[string]string{}
			for ptr := range tc.want {
				pos := doc.Locate(diag.Pos{Pointer: ptr})
				got[ptr] = fmt.Sprintf("%d:%d", pos.Line, pos.Col)
				if filepath.Base(pos.File) != name || pos.Pointer != ptr {
					t.Errorf("%s is at %+v", ptr, pos)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("positions (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]string{"B", "A", "C"}, doc.Keys("/components/schemas")); diff != "" {
				t.Errorf("keys (-want +got):\n%s", diff)
			}
			for ptr, want := range map[string]string{"/B/properties/a~1é/maximum": "9007199254740993", "/A/enum/0": "1.10",
				"/A/enum/1": "123456789012345678901234567890", "/A/enum/2": "x", "/A/enum/3": "true"} {
				if got, ok := doc.Raw("/components/schemas" + ptr); !ok || got != want {
					t.Errorf("%s is written %q, want %q", ptr, got, want)
				}
			}
			if _, ok := doc.Raw("/components/schemas"); ok {
				t.Error("an object has a scalar text")
			}
			if doc.Keys("/openapi") != nil || doc.Keys("/nowhere") != nil {
				t.Error("what is no object has keys")
			}
			if doc.Name != name || len(doc.Inputs) != 1 || doc.Inputs[0].Name != name || len(doc.Inputs[0].Sum) != 32 {
				t.Errorf("name %q, inputs %v", doc.Name, doc.Inputs)
			}
			other := diag.Pos{File: "gen.yaml", Line: 3, Col: 1}
			if got := doc.Locate(other); got != other {
				t.Errorf("a position in another file becomes %v", got)
			}
		})
	}
}

// TestPositionsAcrossFiles checks that what is bundled keeps its place.
func TestPositionsAcrossFiles(t *testing.T) {
	doc, diags := loadText(t, Options{}, "doc.yaml", wrap("3.0.3", "items: {$ref: 'sub/pet.json#/defs/Pet'}"),
		"sub/pet.json", "{\n \"defs\": {\n  \"Pet\": {\"title\": \"p\"}\n }\n}")
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	pos := doc.Pos("/components/schemas/Pet/title")
	if pos.Line != 3 || pos.Col != 11 || !strings.HasSuffix(pos.File, filepath.Join("sub", "pet.json")) {
		t.Errorf("the title is at %v", pos)
	}
	if pos := doc.Pos("/components/schemas/A/items"); pos.Line != 7 || !strings.HasSuffix(pos.File, "doc.yaml") {
		t.Errorf("the reference is at %v", pos)
	}
}

// FuzzLoad checks that no input makes Load panic or hang, and that what it
// returns is a whole document.
func FuzzLoad(f *testing.F) {
	f.Add(minimal)
	f.Add(swaggerDoc)
	f.Add(wrap("3.1.0", "{$id: x, $defs: {a: {$anchor: b}}, allOf: [{$ref: '#b'}, {$ref: other.yaml}], required: true}"))
	f.Add(`{"openapi": "3.0.3", "info": 1, "paths": {"/a": {"$ref": "#/paths/~1a"}}, "components": {"parameters": {"$ref": "#"}}}`)
	f.Add(wrapOperation("parameters: [{$ref: '#/paths/~1p/get/parameters/0'}]\nresponses: {2xx: {$ref: '#/components/responses/X'}}"))
	f.Fuzz(func(t *testing.T, text string) {
		doc, _ := loadText(t, Options{MaxNodes: 10_000, MaxDepth: 100}, "doc", text)
		if doc == nil {
			return
		}
		if doc.T.Info == nil || doc.T.Paths == nil || doc.T.Components == nil {
			t.Error("a part of the document is missing")
		}
		sameAsLoader(t, doc)
		checkLinks(t, doc.T)
	})
}
