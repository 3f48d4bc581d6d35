//go:build e2e

package e2e

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/inspect"
	"github.com/seed-a7989e22/apigen/internal/overlay"
)

// corpus has documents of others; it is not part of the repository.
const corpus = "../../shared/corpus"

// TestCorpus generates clients of two well-known documents and runs the tests
// beside them in testdata against Prism: every operation, a success and an
// error each.
func TestCorpus(t *testing.T) {
	for name, document := range map[string]string{"petstore": "petstore.yaml", "traintravel": "train-travel.yaml"} {
		t.Run(name, func(t *testing.T) {
			spec := copyDocument(t, document)
			client := config.Client{Spec: spec, Out: name, Package: name}
			result, err := generator.Run(t.Context(), generator.Config{Clients: []config.Client{client}, Mode: generator.Memory})
			if err != nil {
				t.Fatal(err, result.Diagnostics)
			}
			p := result.Packages[0]
			files, err := overlay.Write(t.TempDir(), "testdata/"+name, p.Files)
			if err != nil {
				t.Fatal(err)
			}
			var operations []string
			for _, op := range inspect.View(p.API).Operations {
				operations = append(operations, op.ID)
			}
			cmd := exec.CommandContext(t.Context(), "go", "test", "-tags", "e2e", "-count=1", "-overlay", files, "./testdata/"+name)
			cmd.Env = append(os.Environ(), "PRISM_URL="+startPrism(t, spec), "OPERATIONS="+strings.Join(operations, " "))
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// copyDocument copies a document of the corpus. Prism insists on a page that
// one of them refers to, which the corpus does not have.
func copyDocument(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpus, name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the documents of others are not there: %v", err)
	}
	dir := t.TempDir()
	path := filepath.Join(dir, name)
	err = errors.Join(err, os.WriteFile(path, data, 0o600), os.Mkdir(filepath.Join(dir, "docs"), 0o700),
		os.WriteFile(filepath.Join(dir, "docs", "getting-started.md"), []byte("# Start\n"), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	return path
}
