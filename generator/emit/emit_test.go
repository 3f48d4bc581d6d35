package emit

import (
	"bytes"
	"errors"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// TestFixture builds the fixture and runs the tests of testdata against it.
func TestFixture(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a package")
	}
	dir := emitTo(t, fixture())
	behaviour, err := os.ReadFile("testdata/behaviour_test.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "behaviour_test.go"), behaviour)
	run(t, dir, "vet", "./...")
	run(t, dir, "test", "-vet=off", "./...")
}

func TestEmitIsDeterministic(t *testing.T) {
	first, err := emitAll(fixture(), Options{Version: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		again, err := emitAll(fixture(), Options{Version: "v1"})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, again); diff != "" {
			t.Fatal(diff)
		}
	}
}

// TestNothingUnused checks that no unexported declaration of the support
// package is there without need.
func TestNothingUnused(t *testing.T) {
	for _, api := range []*ir.API{
		fixture(),
		{Package: "empty"},
		{Package: "small", Types: []ir.Named{&ir.Struct{Decl: decl("Small"), Fields: []*ir.Field{field("A", "a", "", prim(ir.Int64), nil)}}}},
	} {
		files, err := emitAll(api, Options{})
		if err != nil {
			t.Fatal(err)
		}
		uses := map[string]int{}
		declared := map[string]bool{}
		for _, f := range files {
			tree, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range tree.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok {
					declared[fn.Name.Name] = true
				}
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					uses[id.Name]++
				}
				return true
			})
		}
		for name := range declared {
			if !isExported(name) && uses[name] < 2 {
				t.Errorf("%s: nothing uses %s", api.Package, name)
			}
		}
	}
}

// emitTo writes the package that api describes into a module.
func emitTo(t *testing.T, api *ir.API) string {
	t.Helper()
	files, err := emitAll(api, Options{Version: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	sum, err := os.ReadFile("../../go.sum")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.sum"), sum)
	write(t, filepath.Join(dir, "go.mod"), []byte(goMod(t)))
	for _, f := range files {
		content, err := format.Source(f.Content)
		if err != nil {
			t.Fatalf("%s: %v\n%s", f.Name, err, f.Content)
		}
		write(t, filepath.Join(dir, f.Name), content)
	}
	return dir
}

// goMod is the project's, as a module in the language of generated code.
func goMod(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "module "):
			lines[i] = "module example.com/shop"
		case strings.HasPrefix(line, "go "):
			lines[i] = "go 1.24.0"
		case strings.HasPrefix(line, "tool "):
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n")
}

func write(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(name, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off", "GOTOOLCHAIN=local")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// written is a file and its content.
type written struct {
	Name    string
	Content []byte
}

// emitAll collects the files of a package.
func emitAll(api *ir.API, opts Options) (all []written, err error) {
	support, err := ReadSupport()
	if err != nil {
		return nil, err
	}
	var files []File
	err = support.Emit(api, opts, func(f File) { files = append(files, f) })
	for _, f := range files {
		var b bytes.Buffer
		err = errors.Join(err, f.Write(&b))
		all = append(all, written{f.Name, b.Bytes()})
	}
	return all, err
}
