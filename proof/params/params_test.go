package params_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/internal/overlay"
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
	files, err := overlay.Write(tmp, "testdata/client", result.Packages[0].Files)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "test", "-overlay", files, "./testdata/client")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
