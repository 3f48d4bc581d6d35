package inspect

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

func TestFieldTypes(t *testing.T) {
	text := &ir.Prim{Kind: ir.String}
	pet := &ir.Struct{Decl: ir.Decl{GoName: "Pet"}}
	names := &ir.Alias{Decl: ir.Decl{GoName: "Names"}, Target: &ir.List{Elem: ir.Elem{Type: text}}}
	tests := []struct {
		field ir.Field
		want  string
	}{
		{ir.Field{Type: text, Required: true}, "string"},
		{ir.Field{Type: text}, "*string"},
		{ir.Field{Type: text, Required: true, Nullable: true}, "*string"},
		{ir.Field{Type: text, Nullable: true}, "Nullable[string]"},
		{ir.Field{Type: pet, Required: true}, "Pet"},
		{ir.Field{Type: pet, Required: true, Indirect: true}, "*Pet"},
		{ir.Field{Type: names}, "Names"},
		{ir.Field{Type: names, Nullable: true}, "Nullable[Names]"},
		{ir.Field{Type: &ir.Any{}}, "any"},
		{ir.Field{Type: &ir.Any{}, Nullable: true}, "Nullable[any]"},
		{ir.Field{Type: &ir.List{Elem: ir.Elem{Type: text, Nullable: true}}}, "[]*string"},
		{ir.Field{Type: &ir.Map{Elem: ir.Elem{Type: &ir.List{Elem: ir.Elem{Type: pet}}, Nullable: true}}}, "map[string][]Pet"},
		{ir.Field{Type: &ir.Prim{Kind: ir.DateTime}}, "*time.Time"},
		{ir.Field{Type: &ir.Prim{Kind: ir.Bytes}}, "[]byte"},
		{ir.Field{Type: &ir.Prim{Kind: ir.Binary}}, "io.Reader"},
		{ir.Field{Type: &ir.Prim{Kind: ir.Binary}, Nullable: true}, "io.Reader"},
		{ir.Field{Type: &ir.Prim{Kind: ir.Custom, GoType: &ir.GoType{Import: "example.com/money", Name: "Amount"}}, Required: true}, "money.Amount"},
		{ir.Field{Type: &ir.Prim{Kind: ir.Custom, GoType: &ir.GoType{Name: "uint8"}}, Required: true}, "uint8"},
	}
	for _, tt := range tests {
		if got := fieldType(&tt.field); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.field, got, tt.want)
		}
	}
}

func TestResultTypes(t *testing.T) {
	text, pet := &ir.Prim{Kind: ir.String}, &ir.Struct{Decl: ir.Decl{GoName: "Pet"}}
	events := []*ir.Response{{Type: pet, Codec: ir.CodecEventStream}}
	for _, tt := range []struct {
		result ir.Result
		want   string
	}{
		{ir.Result{}, "*Response"},
		{ir.Result{Type: pet}, "*Pet"},
		{ir.Result{Type: text, Cases: []*ir.Response{{Type: text, Nullable: true}}}, "*string"},
		{ir.Result{Type: &ir.Prim{Kind: ir.Binary}}, "io.ReadCloser"},
		{ir.Result{Type: pet, Cases: events}, "iter.Seq2[Pet, error]"},
		{ir.Result{Type: &ir.Struct{Decl: ir.Decl{GoName: "ListResult"}, Envelope: true}, Cases: events}, "*ListResult"},
	} {
		if got := resultType(tt.result); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.result, got, tt.want)
		}
	}
}

func TestView(t *testing.T) {
	text := &ir.Prim{Kind: ir.String}
	pet := &ir.Struct{Decl: ir.Decl{GoName: "Pet", Pos: diag.Pos{Pointer: "/components/schemas/Pet"}}, Additional: &ir.Elem{Type: text}}
	size := &ir.Enum{Decl: ir.Decl{GoName: "Size"}, Base: ir.Int64, Values: []*ir.EnumValue{
		{GoName: "Size1", Value: ir.Literal{Kind: ir.LitNumber, Text: "1"}},
		{GoName: "SizeX", Value: ir.Literal{Kind: ir.LitString, Text: "\"x\""}},
	}}
	union := &ir.Union{
		Decl:          ir.Decl{GoName: "Any"},
		Variants:      []*ir.Variant{{Type: pet}, {Type: size}, {Type: text, WrapperName: "AnyString"}},
		Discriminator: &ir.Discriminator{Property: "kind"},
	}
	scheme := &ir.SecurityScheme{ID: "key"}
	list := &ir.Field{Type: &ir.List{Elem: ir.Elem{Type: pet}}}
	op := &ir.Operation{
		ID: "list", GoName: "List", AllName: "ListAll", Method: "GET", Path: "/pets", ParamsName: "ListParams",
		Result:   ir.Result{Type: pet, Unwrap: list, Cases: []*ir.Response{{Statuses: []string{"200"}, MediaType: "application/json", Type: pet}}},
		Errors:   []*ir.ErrorCase{{Statuses: []string{"404"}}},
		Security: []ir.Requirement{{Schemes: []ir.SchemeUse{{Scheme: scheme}}}},
	}
	api := &ir.API{
		Package: "pets", Types: []ir.Named{pet, size, union},
		Services: []*ir.Service{{FieldName: "Zoo", Children: []*ir.Service{{FieldName: "Pets", Operations: []*ir.Operation{op}}}}},
		Webhooks: []*ir.Webhook{{ID: "born", Method: "POST", GoName: "ParseBorn", Body: &ir.Body{MediaType: "application/json", Type: pet}}},
	}
	want := &API{
		Package: "pets",
		Operations: []Operation{{
			ID: "list", Method: "GET", Path: "/pets", Service: "Zoo.Pets", GoMethod: "List", GoIterator: "ListAll",
			GoParams: "ListParams", GoResult: "[]Pet",
			Responses: []Response{
				{Statuses: []string{"200"}, MediaType: "application/json", GoType: "Pet"},
				{Statuses: []string{"404"}, Error: true},
			},
			Security: [][]string{{"key"}},
		}},
		Types: []Type{
			{Kind: "struct", GoName: "Pet", Pointer: "/components/schemas/Pet", GoAdditional: "map[string]string"},
			{Kind: "enum", GoName: "Size", GoType: "int64", Values: []Value{
				{GoName: "Size1", Value: json.RawMessage("1")}, {GoName: "SizeX", Value: json.RawMessage(`"\"x\""`)},
			}},
			{Kind: "union", GoName: "Any", Variants: []string{"*Pet", "Size", "AnyString"}, Discriminator: "kind"},
		},
		Webhooks: []Webhook{{ID: "born", Method: "POST", GoParse: "ParseBorn", MediaType: "application/json", GoType: "Pet"}},
	}
	if d := cmp.Diff(want, View(api)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if _, err := JSON(api); err != nil {
		t.Error(err)
	}
}
