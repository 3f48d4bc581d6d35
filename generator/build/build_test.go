package build

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// plainSource is a Source that knows nothing beyond the document itself.
type plainSource struct{}

func (plainSource) Pos(ptr string) diag.Pos    { return diag.Pos{Pointer: ptr} }
func (plainSource) JSON(string) (string, bool) { return "", false }
func (plainSource) Keys(string) []string       { return nil }
func (plainSource) Raw(string) (string, bool)  { return "", false }
func (plainSource) Home(string) string         { return "" }

// buildSchemas builds a document with the given component schemas (YAML,
// indented by four) and returns the representation and the diagnostics.
func buildSchemas(t *testing.T, schemas string) (*ir.API, []diag.Diagnostic) {
	t.Helper()
	head := "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
	doc, err := openapi3.NewLoader().LoadFromData([]byte(head + schemas))
	if err != nil {
		t.Fatal(err)
	}
	var diags diag.List
	api := Build(doc, plainSource{}, Options{Package: "t", Reserved: []string{"Error"}}, &diags)
	return api, diags.Sorted()
}

// describe writes a declaration in one line, close to Go.
func describe(t ir.Named) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s = ", t.Declaration().GoName)
	switch x := t.(type) {
	case *ir.Struct:
		b.WriteString("struct{")
		for i, f := range x.Fields {
			if i > 0 {
				b.WriteString("; ")
			}
			b.WriteString(f.GoName + " " + form(f))
		}
		if x.Additional != nil {
			b.WriteString("; ..." + elem(*x.Additional))
		}
		b.WriteString("}")
		if x.Closed {
			b.WriteString(" closed")
		}
	case *ir.Enum:
		b.WriteString("enum " + string(x.Base))
		for _, v := range x.Values {
			fmt.Fprintf(&b, " %s=%s", v.GoName, v.Value.Text)
		}
		if x.Open {
			b.WriteString(" open")
		}
	case *ir.Union:
		b.WriteString("union")
		for _, v := range x.Variants {
			name := typeText(v.Type)
			if v.WrapperName != "" {
				name = v.WrapperName + "(" + name + ")"
			}
			b.WriteString(" " + name)
		}
		if d := x.Discriminator; d != nil {
			b.WriteString(" by " + d.Property)
			for _, m := range d.Mapping {
				fmt.Fprintf(&b, " %s:%d", m.Value, m.Variant)
			}
		}
	case *ir.Alias:
		b.WriteString(typeText(x.Target))
		if x.Nullable {
			b.WriteString("?")
		}
		if x.Defined {
			b.WriteString(" defined")
		}
	}
	return b.String()
}

// form writes the type of a field: "?" follows what may be null, "*" precedes
// what may be absent, "&" what must be a pointer.
func form(f *ir.Field) string {
	s := typeText(f.Type)
	if f.Nullable {
		s += "?"
	}
	if f.Indirect {
		s = "&" + s
	}
	if !f.Required {
		s = "*" + s
	}
	if f.Const != nil {
		s += "=" + f.Const.Text
	}
	return s
}

func elem(e ir.Elem) string {
	if e.Nullable {
		return typeText(e.Type) + "?"
	}
	return typeText(e.Type)
}

func typeText(t ir.Type) string {
	switch x := t.(type) {
	case ir.Named:
		return x.Declaration().GoName
	case *ir.List:
		return "[]" + elem(x.Elem)
	case *ir.Map:
		return "map[" + elem(x.Elem) + "]"
	case *ir.Prim:
		return string(x.Kind)
	case *ir.Any:
		return "any"
	}
	return "nil"
}

func TestTypes(t *testing.T) {
	for _, tc := range []struct {
		name, schemas string
		want          []string
	}{
		{"scalars", `
    A: {type: object, properties: {a: {type: string}, b: {type: integer, format: int32}, c: {type: number}, d: {type: boolean}, e: {type: string, format: date-time}, f: {type: string, format: uuid}, g: {type: string, format: byte}}}`,
			[]string{"A = struct{A *string; B *int32; C *float64; D *bool; E *datetime; F *uuid; G *bytes}"}},
		{"nullable in every spelling", `
    N: {type: [string, "null"]}
    R: {type: object, properties: {x: {type: string}}}
    A:
      type: object
      required: [a, b]
      properties:
        a: {type: string, nullable: true}
        b: {type: [string, "null"]}
        c: {oneOf: [{type: "null"}, {$ref: '#/components/schemas/R'}]}
        d: {anyOf: [{type: string}, {type: "null"}]}
        e: {enum: [x, null]}
        f: {allOf: [{$ref: '#/components/schemas/R'}], nullable: true}
        g: {$ref: '#/components/schemas/N'}
        h: {oneOf: [{$ref: '#/components/schemas/R'}], nullable: true}`,
			[]string{"A = struct{A string?; B string?; C *R?; D *string?; E *AE?; F *R?; G *N?; H *R?}",
				"N = string?", "R = struct{X *string}", "AE = enum string AEX=x"}},
		{"allOf merges", `
    Base: {type: object, required: [id], properties: {id: {type: integer}, kind: {type: string}}}
    A: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [kind], properties: {name: {type: string}}}]}
    B: {allOf: [{$ref: '#/components/schemas/Base'}], description: only a wrapper}`,
			[]string{"A = struct{ID int64; Kind string; Name *string}", "B = Base", "Base = struct{ID int64; Kind *string}"}},
		{"unions", `
    Cat: {type: object, required: [kind], properties: {kind: {const: cat}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {const: dog}}}
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Mixed: {anyOf: [{type: string}, {type: integer}, {type: array, items: {type: string}}, {$ref: '#/components/schemas/Cat'}]}
    Multi: {type: [string, integer]}`,
			[]string{"Cat = struct{Kind string=cat; Lives *int64}", "Dog = struct{Kind string=dog}",
				"Mixed = union MixedString(string) MixedInt(int64) MixedList([]string) Cat", "Multi = union MultiString(string) MultiInt(int64)",
				"Pet = union Cat Dog by kind cat:0 dog:1"}},
		{"unions that are not", `
    Open: {anyOf: [{type: string}, {type: string, enum: [a, b]}]}
    Titled: {oneOf: [{const: 1, title: One}, {const: 2, title: Two}]}
    Limits: {type: object, properties: {a: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}
    Times: {oneOf: [{type: string, format: date}, {type: string, format: date-time}]}
    Vague: {anyOf: [{type: object}, {type: array}, {type: string}]}
    Num: {oneOf: [{type: integer}, {type: number}]}`,
			[]string{"Limits = struct{A *string; B *any}", "Num = float64", "Open = enum string OpenA=a OpenB=b open", "Times = string",
				"Titled = enum int64 TitledOne=1 TitledTwo=2", "Vague = any"}},
		{"a union with siblings", `
    Cat: {type: object, properties: {lives: {type: integer}}}
    Dog: {type: object, properties: {id: {type: string}}}
    Pet: {type: object, required: [id], properties: {id: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}`,
			[]string{"Cat = struct{Lives *int64}", "Dog = struct{ID *string}", "Pet = union PetCat PetDog",
				"PetCat = struct{ID string; Lives *int64}", "PetDog = struct{ID string}"}},
		{"inheritance", `
    Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Cat'}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}
    Home: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}`,
			[]string{"Cat = struct{Kind string=c; Lives *int64}", "Dog = struct{Kind string=Dog}", "Home = struct{Pet *Pet}",
				"Pet = union Cat Dog PetBase by kind c:0 Dog:1 Pet:2", "PetBase = struct{Kind string=Pet}"}},
		{"recursion", `
    Node: {type: object, required: [next, self], properties: {next: {$ref: '#/components/schemas/Node'}, self: {$ref: '#/components/schemas/Tree'}, kids: {type: array, items: {$ref: '#/components/schemas/Node'}}}}
    Tree: {type: array, items: {$ref: '#/components/schemas/Tree'}}
    Loop: {$ref: '#/components/schemas/Node'}
    U: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/U'}}]}`,
			[]string{"Loop = Node", "Node = struct{Kids *[]Node; Next &Node; Self Tree}", "Tree = []Tree defined", "U = union UString(string) UList([]U)"}},
		{"maps", `
    Free: {type: object}
    M: {type: object, additionalProperties: {type: integer}}
    P: {type: object, properties: {a: {type: string}}, additionalProperties: {type: string, nullable: true}}
    Q: {type: object, properties: {a: {type: string}}, additionalProperties: false}
    R: {type: object, patternProperties: {'^x-': {type: string}}}
    E: {type: object, additionalProperties: false}
    T: {type: array, prefixItems: [{type: string}, {type: integer}]}
    L: {type: array}`,
			[]string{"E = struct{} closed", "Free = map[any]", "L = []any", "M = map[int64]", "P = struct{A *string; ...string?}",
				"Q = struct{A *string} closed", "R = map[string]", "T = []any"}},
		{"enums", `
    I: {type: integer, enum: [-1, 0, 10]}
    F: {type: number, enum: [0.5, 1]}
    S: {type: string, enum: [1, "", a b], x-enum-varnames: [ONE, none, aB]}
    Mixed: {enum: [a, 1]}
    B: {type: boolean, enum: [true]}
    Both: {type: boolean, enum: [true, false]}
    C: {type: string, const: only}`,
			[]string{"B = bool", "Both = bool", "C = string", "F = enum float64 F0Point5=0.5 F1=1",
				"I = enum int64 IMinus1=-1 I0=0 I10=10", "Mixed = any", "S = enum string SONE=1 SNone= SAB=a b"}},
		{"names", `
    Error: {type: object, properties: {Validate: {type: string}, "StartTime": {type: string}, "StartTime<": {type: string}, "StartTime>": {type: string}}}
    pet: {type: object, properties: {a: {type: string}}}
    Pet: {type: object, properties: {a: {type: string}}}
    "a b` + "`" + `c": {type: object, properties: {"": {type: string}, "😀": {type: string}, type: {type: string}}}`,
			[]string{"ABC = struct{Empty *string; Type *string; U1f600 *string}",
				"ErrorModel = struct{StartTime *string; StartTimeLt *string; StartTimeGt *string; ValidateField *string}",
				"Pet = struct{A *string}", "PetModel = struct{A *string}"}},
		{"a schema of itself", `
    A: {allOf: [{$ref: '#/components/schemas/A'}]}
    B: {oneOf: [{$ref: '#/components/schemas/B'}, {type: string}]}`,
			[]string{"A = any", "B = string"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			api, diags := buildSchemas(t, strings.TrimPrefix(tc.schemas, "\n")+"\n")
			var got []string
			for _, d := range api.Types {
				got = append(got, describe(d))
			}
			sortLines(got)
			sortLines(tc.want)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff, diags)
			}
		})
	}
}

func sortLines(lines []string) { slices.Sort(lines) }

// TestSharedParameter holds that what several operations share is one schema.
func TestSharedParameter(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData([]byte(`
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a: {get: {parameters: [{$ref: '#/components/parameters/P'}], responses: {}}}
  /b: {get: {parameters: [{$ref: '#/components/parameters/P'}, {name: q, in: query, schema: {type: string, not: {const: y}}}], responses: {}}}
components: {parameters: {P: {name: p, in: query, schema: {type: string, not: {const: x}}}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	api := Build(doc, plainSource{}, Options{Package: "t"}, &diag.List{})
	a, b := api.Services[0].Operations[0].Inputs, api.Services[0].Operations[1].Inputs
	if len(api.Schemas) != 2 || a[0].Schema == nil || a[0].Schema != b[0].Schema || b[1].Schema == a[0].Schema {
		t.Errorf("%d schemas: %v, %v and %v", len(api.Schemas), a[0].Schema, b[0].Schema, b[1].Schema)
	}
}

// TestPageItems holds that the only list of a result stays that of an iterator when others are added.
func TestPageItems(t *testing.T) {
	at := ir.Origin{Pointer: "/paths/~1a/get", Part: ir.PartItems}
	for _, tc := range []struct {
		lists string
		names ir.Names
		want  string
	}{
		{"{things: &list {type: array, items: {type: string}}}", nil, "things"},
		{"{notes: &list {type: array, items: {type: string}}, things: *list}", ir.Names{at: "things"}, "things"},
		{"{notes: &list {type: array, items: {type: string}}, things: *list}", nil, ""},
		{"{notes: {type: array, items: {type: string}}, things: {type: string}}", ir.Names{at: "things"}, "notes"},
	} {
		doc, err := openapi3.NewLoader().LoadFromData([]byte(`
openapi: 3.1.0
info: {title: t, version: '1'}
x-go-pagination: {style: page, page: page, items: "*"}
paths:
  /a:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {"200": {description: d, content: {application/json: {schema: {type: object, properties: ` + tc.lists + `}}}}}
`))
		if err != nil {
			t.Fatal(err)
		}
		diags := &diag.List{}
		api := Build(doc, plainSource{}, Options{Package: "p", Names: tc.names}, diags)
		if got := api.Names[at]; got != tc.want || (got == "") != (len(diags.Sorted()) == 1) {
			t.Errorf("%s after %q: got %q, want %q; %v", tc.lists, tc.names[at], got, tc.want, diags.Sorted())
		}
	}
}

// TestGooglePages holds that Google's convention gives an iterator unless the document does not want that.
func TestGooglePages(t *testing.T) {
	for _, tc := range []struct {
		said, param, next string
		want              bool
	}{
		{"", "pageToken", "nextPageToken", true},
		{"", "page_token", "next_page_token", true},
		{"", "pageToken", "next_page_token", false},
		{"x-go-pagination: false", "pageToken", "nextPageToken", false},
		{"x-go-pagination: {style: link}", "pageToken", "nextPageToken", true},
	} {
		doc, err := openapi3.NewLoader().LoadFromData([]byte(`
openapi: 3.1.0
info: {title: t, version: '1'}
` + tc.said + `
paths:
  /a:
    get:
      parameters: [{name: ` + tc.param + `, in: query, schema: {type: string}}]
      responses:
        "200":
          description: d
          content: {application/json: {schema: {type: object, properties: {things: {type: array, items: {type: string}}, ` + tc.next + `: {type: string}}}}}
`))
		if err != nil {
			t.Fatal(err)
		}
		api := Build(doc, plainSource{}, Options{Package: "p"}, &diag.List{})
		if got := api.Services[0].Operations[0].Pagination != nil; got != tc.want {
			t.Errorf("%+v: an iterator is %t", tc, got)
		}
	}
}
