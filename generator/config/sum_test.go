package config

import (
	"path/filepath"
	"testing"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// TestSum holds what changes the hash of a client: what is said of it, but not
// where the configuration is, nor where in it something is said.
func TestSum(t *testing.T) {
	sum := func(folder, keys string) string {
		t.Helper()
		var diags diag.List
		cfg := Parse(filepath.Join(folder, "gen.yaml"), []byte("clients:\n  - {spec: a.yaml, out: x, "+keys+"}\n"), &diags)
		if diags.Len() > 0 {
			t.Fatal(diags.Sorted())
		}
		s, err := cfg.Clients[0].Sum()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	const base = "overlays: [a/o.yaml, b/o.yaml], include: [{tags: [x]}], names: {a: B}"
	if sum(".", base) != sum("elsewhere/deep", "\n    "+base) {
		t.Error("the place of the configuration counts")
	}
	for _, other := range []string{
		"overlays: [b/o.yaml, a/o.yaml], include: [{tags: [x]}], names: {a: B}",
		"overlays: [a/o.yaml, b/o.yaml], exclude: [{tags: [x]}], names: {a: B}",
		"overlays: [a/o.yaml, b/o.yaml], include: [{paths: [x]}], names: {a: B}",
		"overlays: [a/o.yaml, b/o.yaml], include: [{tags: [x]}], names: {a: C}",
		base + ", enums: open", base + ", enums: closed", base + ", types: {formats: {f: string}}", base + ", types: {schemas: {f: string}}",
	} {
		if sum(".", other) == sum(".", base) {
			t.Errorf("%s makes no difference to %s", other, base)
		}
	}
}
