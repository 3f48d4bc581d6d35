package hostile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"

	"github.com/seed-a7989e22/apigen/generator/output"
)

// compiler checks the types of packages as the compiler would, without calling
// it for each.
type compiler struct {
	exports map[string]string // export data by import path
}

// newCompiler finds the export data of what generated code imports.
func newCompiler(t testing.TB, imports map[string]bool) *compiler {
	t.Helper()
	args := append([]string{"list", "-export", "-deps", "-json=ImportPath,Export"}, slices.Sorted(maps.Keys(imports))...)
	out, err := exec.CommandContext(t.Context(), "go", args...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	c := &compiler{exports: map[string]string{}}
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var pkg struct{ ImportPath, Export string }
		if err := dec.Decode(&pkg); err != nil {
			t.Fatal(err)
		}
		c.exports[pkg.ImportPath] = pkg.Export
	}
	return c
}

// check returns the first error of a package, in the language that generated
// code promises to be content with.
func (c *compiler) check(files []output.File) error {
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Name, f.Content, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		parsed = append(parsed, file)
	}
	conf := types.Config{GoVersion: "go1.24", Importer: importer.ForCompiler(fset, "gc", c.open)}
	_, err := conf.Check("harbour", fset, parsed, nil)
	return err
}

func (c *compiler) open(path string) (io.ReadCloser, error) {
	if c.exports[path] == "" {
		return nil, fmt.Errorf("no package %s", path)
	}
	return os.Open(c.exports[path])
}

// sampler lets a part of the packages through to the compiler.
type sampler struct {
	*compiler
	mu    sync.Mutex
	seen  int
	every int
}

// sample checks one package in every so many.
func (s *sampler) sample(files []output.File) (checked bool, err error) {
	s.mu.Lock()
	s.seen++
	due := s.seen%s.every == 0
	s.mu.Unlock()
	if !due {
		return false, nil
	}
	return true, s.check(files)
}
