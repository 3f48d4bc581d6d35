// Package evolve holds what regenerating promises: that the package of a
// document which only grew compiles with all code that used the one before.
//
// It changes documents at random, generates them over the lock of the last
// version, compares both packages with apidiff, and checks code that uses
// everything the old package has against the new one.
package evolve

import (
	"context"
	"errors"
	"go/token"
	"go/types"

	"github.com/seed-a7989e22/apigen/generator/output"
	"github.com/seed-a7989e22/apigen/internal/gotypes"
)

// clientPath is the import path of every generated package.
const clientPath = "example.com/client"

// Checker turns generated packages into types. What they import is read once,
// as the compiler has exported it.
type Checker struct {
	fset *token.FileSet
	deps types.Importer
}

// NewChecker returns a Checker for the packages that generated code imports;
// the go command finds them in the module of the working directory.
func NewChecker(ctx context.Context) (*Checker, error) {
	exports, err := gotypes.List(ctx, "std", gotypes.Support)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	return &Checker{fset: fset, deps: exports.Importer(fset)}, nil
}

// Package returns the types of a generated package. Function bodies are only
// checked if asked for, which takes longer.
func (c *Checker) Package(files []output.File, bodies bool) (*types.Package, error) {
	return c.check(clientPath, files, c.deps, !bodies)
}

// Callers checks code that imports pkg.
func (c *Checker) Callers(code []byte, pkg *types.Package) error {
	_, err := c.check("example.com/callers", []output.File{{Name: "callers.go", Content: code}}, withClient{c.deps, pkg}, false)
	return err
}

func (c *Checker) check(path string, files []output.File, imports types.Importer, ignoreBodies bool) (*types.Package, error) {
	var problems []error
	conf := types.Config{
		Importer: imports, IgnoreFuncBodies: ignoreBodies,
		Error: func(err error) {
			if len(problems) < 10 {
				problems = append(problems, err)
			}
		},
	}
	pkg, err := gotypes.Check(c.fset, path, files, conf)
	switch {
	case problems != nil:
		return nil, errors.Join(problems...)
	case err != nil:
		return nil, err
	}
	return pkg, nil
}

// withClient is an importer that knows the client as well.
type withClient struct {
	types.Importer
	client *types.Package
}

// Import implements types.Importer.
func (i withClient) Import(path string) (*types.Package, error) {
	if path == i.client.Path() {
		return i.client, nil
	}
	return i.Importer.Import(path)
}
