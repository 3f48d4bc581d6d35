package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// The limits of files and functions, in lines. When one grows past them, a
// concept is missing.
const (
	maxFile = 500
	maxFunc = 70
)

func TestSizes(t *testing.T) {
	for _, p := range packages(t) {
		if !p.handWritten() {
			continue
		}
		for _, name := range p.files() {
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			if n := fset.File(file.FileStart).LineCount(); n > maxFile {
				t.Errorf("%s has %d lines, more than %d", name, n, maxFile)
			}
			for _, decl := range file.Decls {
				f, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				if n := 1 + fset.Position(f.End()).Line - fset.Position(f.Pos()).Line; n > maxFunc {
					t.Errorf("%s: %s has %d lines, more than %d", fset.Position(f.Pos()), f.Name.Name, n, maxFunc)
				}
			}
		}
	}
}
