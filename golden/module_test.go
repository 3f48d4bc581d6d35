package golden

import (
	"bytes"
	"encoding/json"
	"go/version"
	"maps"
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
	write(t, filepath.Join(dir, "go.mod"), []byte(m.goMod(t, dir)))
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
	if mod, err := os.ReadFile(filepath.Join(dir, "go.mod")); err != nil || !strings.Contains(string(mod), "\ngo "+language+"\n") {
		t.Errorf("the module does not say go %s any longer (%v):\n%s", language, err, mod)
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

// language is the version that modules with generated code may say.
const language = "1.24.0"

// dependency is a package outside the standard library that generated
// packages need, as go list describes it.
type dependency struct {
	Dir, ImportPath string
	Module          *struct{ Path, Version, GoVersion string }
}

// goMod returns a go.mod with the versions of this project of what generated
// packages and their tests may import. A module that says a newer language
// version would raise that of dir as well, so what is needed of it is copied
// into dir, under a go.mod that does not.
func (m *module) goMod(t *testing.T, dir string) string {
	t.Helper()
	require, replace := map[string]bool{}, map[string]bool{}
	for _, dep := range dependencies(t) {
		mod := dep.Module
		require[mod.Path+" "+mod.Version] = true
		if version.Compare("go"+mod.GoVersion, "go"+language) <= 0 {
			continue
		}
		target := filepath.Join("replaced", mod.Path)
		replace[mod.Path+" => ./"+filepath.ToSlash(target)] = true
		write(t, filepath.Join(dir, target, "go.mod"), []byte("module "+mod.Path+"\n\ngo "+language+"\n"))
		sub := filepath.FromSlash(strings.TrimPrefix(dep.ImportPath, mod.Path))
		if err := os.CopyFS(filepath.Join(dir, target, sub), os.DirFS(dep.Dir)); err != nil {
			t.Fatal(err)
		}
	}
	text := "module golden.test\n\ngo " + language + "\n"
	for _, line := range slices.Sorted(maps.Keys(require)) {
		text += "require " + line + "\n"
	}
	for _, line := range slices.Sorted(maps.Keys(replace)) {
		text += "replace " + line + "\n"
	}
	return text
}

// dependencies lists what generated packages may import, with all that it
// imports in turn.
func dependencies(t *testing.T) []dependency {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=Dir,ImportPath,Module",
		"github.com/oapi-codegen/runtime/types", "golang.org/x/oauth2/clientcredentials", "github.com/dlclark/regexp2", "github.com/google/go-cmp/cmp")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []dependency
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var dep dependency
		if err := dec.Decode(&dep); err != nil {
			t.Fatal(err)
		}
		if dep.Module != nil {
			all = append(all, dep)
		}
	}
	return all
}
