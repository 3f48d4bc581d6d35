// Package evolve holds what regenerating promises: that the package of a
// document which only grew compiles with all code that used the one before.
//
// It changes documents at random, generates them over the lock of the last
// version, compares both packages with apidiff, and checks code that uses
// everything the old package has against the new one.
package evolve

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"

	"github.com/seed-a7989e22/apigen/generator/output"
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
func NewChecker() (*Checker, error) {
	cmd := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Export", "std",
		"github.com/go-faster/jx", "github.com/oapi-codegen/runtime", "github.com/oapi-codegen/runtime/types", "golang.org/x/oauth2",
		"golang.org/x/oauth2/clientcredentials")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	exports := map[string]string{}
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var pkg struct{ ImportPath, Export string }
		if err := dec.Decode(&pkg); err != nil {
			return nil, err
		}
		exports[pkg.ImportPath] = pkg.Export
	}
	fset := token.NewFileSet()
	open := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	return &Checker{fset: fset, deps: importer.ForCompiler(fset, "gc", open)}, nil
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
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(c.fset, f.Name, f.Content, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	var problems []error
	conf := types.Config{
		Importer: imports, GoVersion: "go1.24", IgnoreFuncBodies: ignoreBodies,
		Error: func(err error) {
			if len(problems) < 10 {
				problems = append(problems, err)
			}
		},
	}
	pkg, err := conf.Check(path, c.fset, parsed, nil)
	if err != nil {
		return nil, errors.Join(problems...)
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
