package config

import (
	"testing"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// FuzzParse holds that no configuration stops the reader, and that what it
// finds fault with has a place.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"clients: [{spec: a, out: b, include: [{tags: [x]}], names: {a: B}, types: {formats: {f: x.T}, schemas: {s: string}}, enums: open, overlays: [o]}]",
		"clients:\n- &a {spec: x, out: y}\n- *a\n- <<: *a\n  out: z\n",
		"? {a: b}\n: c\nclients: !!str []\n",
		"clients: [{names: {? [x] : y}, include: [*x, {}]}]",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		var diags diag.List
		cfg := Parse("gen.yaml", []byte(doc), &diags)
		if !diags.HasErrors() && len(cfg.Clients) == 0 {
			t.Error("no clients and no error")
		}
		for _, d := range diags.Sorted() {
			if d.Pos.File == "" || d.Code == "" || d.Message == "" {
				t.Errorf("incomplete: %+v", d)
			}
		}
	})
}
