package load

import (
	"encoding/json"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// sameAsLoader checks that the document is what kin-openapi's own loader makes
// of the repaired tree.
func sameAsLoader(t *testing.T, doc *Document) {
	t.Helper()
	want, err := openapi3.NewLoader().LoadFromData(appendJSON(nil, doc.main.root))
	if err != nil {
		t.Fatalf("kin-openapi cannot load the repaired tree: %v", err)
	}
	if diff := cmp.Diff(asAny(t, want), asAny(t, doc.T)); diff != "" {
		t.Errorf("the document differs from what kin-openapi loads (-loader +ours):\n%.4000s", diff)
	}
}

func asAny(t *testing.T, v any) (out any) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// checkLinks checks that references share the value of their component.
func checkLinks(t *testing.T, doc *openapi3.T) {
	t.Helper()
	seen := map[*openapi3.Schema]bool{}
	var visit func(ref *openapi3.SchemaRef)
	visit = func(ref *openapi3.SchemaRef) {
		if ref == nil {
			return
		}
		if ref.Value == nil {
			t.Errorf("the reference %q has no value", ref.Ref)
			return
		}
		if ref.Ref != "" && ref.Value != doc.Components.Schemas[diag.LastToken(ref.Ref)].Value {
			t.Errorf("the reference %q has a value of its own", ref.Ref)
		}
		if seen[ref.Value] {
			return
		}
		seen[ref.Value] = true
		s := ref.Value
		for _, list := range []openapi3.SchemaRefs{s.AllOf, s.AnyOf, s.OneOf, s.PrefixItems,
			{s.Not, s.Items, s.AdditionalProperties.Schema, s.Contains, s.PropertyNames, s.If, s.Then, s.Else}} {
			for _, sub := range list {
				visit(sub)
			}
		}
		for _, group := range []openapi3.Schemas{s.Properties, s.PatternProperties, s.Defs, s.DependentSchemas} {
			for _, sub := range group {
				visit(sub)
			}
		}
	}
	for _, ref := range doc.Components.Schemas {
		visit(ref)
	}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			for _, p := range op.Parameters {
				if p.Value == nil {
					t.Errorf("the reference %q has no value", p.Ref)
				}
			}
			for _, r := range op.Responses.Map() {
				for _, media := range r.Value.Content {
					visit(media.Schema)
				}
			}
			if op.RequestBody != nil {
				for _, media := range op.RequestBody.Value.Content {
					visit(media.Schema)
				}
			}
		}
	}
}
