package hostile

import (
	"go/token"
	"go/types"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/seed-a7989e22/apigen/generator/output"
	"github.com/seed-a7989e22/apigen/internal/gotypes"
)

// compiler checks the types of packages as the compiler would, without calling
// it for each.
type compiler struct{ exports gotypes.Exports }

// newCompiler finds the export data of what generated code imports.
func newCompiler(t testing.TB, imports map[string]bool) *compiler {
	t.Helper()
	exports, err := gotypes.List(t.Context(), slices.Sorted(maps.Keys(imports))...)
	if err != nil {
		t.Fatal(err)
	}
	return &compiler{exports}
}

// check returns the first error of a package.
func (c *compiler) check(files []output.File) error {
	fset := token.NewFileSet()
	_, err := gotypes.Check(fset, "harbour", files, types.Config{Importer: c.exports.Importer(fset)})
	return err
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
