package golden

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-a7989e22/apigen/generator/output"
)

// module is the module in which the generated packages are built.
type module struct {
	packages map[string]pkg
}

// pkg is a generated package with a test of it.
type pkg struct {
	files []output.File
	test  []byte
}

// test builds, vets and tests all packages: each in one call of the go
// command, because calling it for each package takes much longer.
func (m *module) test(t *testing.T) {
	if len(m.packages) == 0 {
		return
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), []byte(m.goMod(t)))
	sum, err := os.ReadFile("../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.sum"), sum)
	var tested []string
	for name, p := range m.packages {
		for _, f := range p.files {
			write(t, filepath.Join(dir, name, f.Name), f.Content)
		}
		if p.test != nil {
			write(t, filepath.Join(dir, name, "run_test.go"), p.test)
			tested = append(tested, "./"+name)
		}
	}
	slices.Sort(tested)
	// Without paths of this run in the packages, results come from the cache.
	m.run(t, dir, "build", "-trimpath", "./...")
	m.run(t, dir, "vet", "-trimpath", "./...")
	if len(tested) > 0 {
		m.run(t, dir, append([]string{"test", "-trimpath", "-vet=off"}, tested...)...)
	}
}

// run runs the go command in the module, without the network.
func (m *module) run(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// goMod returns a go.mod with the versions of this project of what generated
// packages and their tests may import.
func (m *module) goMod(t *testing.T) string {
	t.Helper()
	const format = "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}"
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", format,
		"github.com/go-faster/jx", "github.com/oapi-codegen/runtime", "github.com/google/go-cmp/cmp")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(lines)
	lines = slices.DeleteFunc(slices.Compact(lines), func(s string) bool { return s == "" })
	return fmt.Sprintf("module golden.test\n\ngo 1.24\n\nrequire (\n\t%s\n)\n", strings.Join(lines, "\n\t"))
}
