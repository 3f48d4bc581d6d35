package params_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/proof/params"
)

// TestParameters generates the client of all cases and runs the tests in
// testdata/client with it.
func TestParameters(t *testing.T) {
	document, err := params.Document()
	if err != nil {
		t.Fatal(err)
	}
	tmp := t.TempDir()
	spec := filepath.Join(tmp, "openapi.json")
	if err := os.WriteFile(spec, document, 0o600); err != nil {
		t.Fatal(err)
	}
	client := config.Client{Spec: spec, Out: filepath.Join(tmp, "client"), Package: "client"}
	result, err := generator.Run(t.Context(), generator.Config{Clients: []config.Client{client}, Mode: generator.Memory})
	for _, d := range result.Diagnostics {
		t.Error(d)
	}
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.Abs("testdata/client")
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string]string{}
	for _, f := range result.Packages[0].Files {
		path := filepath.Join(tmp, f.Name)
		if err := os.WriteFile(path, f.Content, 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(dir, f.Name)] = path
	}
	overlay := filepath.Join(tmp, "overlay.json")
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(overlay, text, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-overlay", overlay, "./testdata/client")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
