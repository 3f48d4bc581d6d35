// Package gotypes type-checks generated packages in memory: what they import
// is read from the compiler's export data, so that the compiler need not run
// for each of them.
package gotypes

import (
	"bytes"
	"context"
	"encoding/json"
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

// Support is the package whose imports are all that generated code needs.
const Support = "github.com/seed-a7989e22/apigen/templates/support"

// Exports are the files with the export data of packages, by import path.
type Exports map[string]string

// List finds the export data of packages and of all that they import; the go
// command looks for them in the module of the working directory.
func List(ctx context.Context, packages ...string) (Exports, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-export", "-deps", "-json=ImportPath,Export"}, packages...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	exports := Exports{}
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var pkg struct{ ImportPath, Export string }
		if err := dec.Decode(&pkg); err != nil {
			return nil, err
		}
		exports[pkg.ImportPath] = pkg.Export
	}
	return exports, nil
}

// Importer imports from the export data. It is not for several goroutines.
func (e Exports) Importer(fset *token.FileSet) types.Importer {
	return importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if e[path] == "" {
			return nil, fmt.Errorf("no package %s", path)
		}
		return os.Open(e[path])
	})
}

// Check parses and checks the files of a package under an import path, in the
// language version that generated code promises to be content with.
func Check(fset *token.FileSet, path string, files []output.File, conf types.Config) (*types.Package, error) {
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Name, f.Content, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	conf.GoVersion = "go1.24"
	return conf.Check(path, fset, parsed, nil)
}
