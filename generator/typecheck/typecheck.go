// Package typecheck turns a generated package into types without compiling
// what it imports: every name of another package stands for a type of its own.
// The result has what callers see of a package and serves to compare two
// versions of it, in any folder, with or without the dependencies at hand.
// Whether function bodies are right is for the compiler to tell.
package typecheck

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/output"
)

// Checker checks packages. Those that the same Checker has checked agree on
// the types of the packages that they import, as comparing them needs.
type Checker struct {
	imports map[string]*types.Package
	unseal  bool
}

// Option is a choice of New.
type Option func(*Checker)

// WithoutSeals leaves out the unexported method of interfaces that have no
// other, so that all types implement them. What compares every type with every
// interface gets done with the hundreds of unions of a large API.
func WithoutSeals() Option { return func(c *Checker) { c.unseal = true } }

// New returns a Checker.
func New(opts ...Option) *Checker {
	c := &Checker{imports: map[string]*types.Package{}}
	for _, opt := range opts {
		opt(c)
	}
	return c
}

// Check returns the package at path that consists of files, with the types of
// all declarations but without function bodies and unexported variables.
func (c *Checker) Check(path string, files []output.File) (*types.Package, error) {
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Name, f.Content, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		if err := strip(fset, file); err != nil {
			return nil, err
		}
		if c.unseal {
			unseal(file)
		}
		c.declare(file)
		parsed = append(parsed, file)
	}
	var problems []error
	conf := types.Config{
		IgnoreFuncBodies:         true,
		DisableUnusedImportCheck: true,
		Importer:                 c,
		Error:                    func(err error) { problems = append(problems, err) },
	}
	pkg, err := conf.Check(path, fset, parsed, nil)
	if err == nil {
		return pkg, nil
	}
	return nil, fmt.Errorf("the generated package %s does not type-check: %w", path, errors.Join(problems...))
}

// Import implements types.Importer.
func (c *Checker) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	pkg := c.imports[path]
	if pkg == nil {
		// A package can be called otherwise than its folder, but then the import
		// of a generated file says so.
		pkg = types.NewPackage(path, path[strings.LastIndexByte(path, '/')+1:])
		pkg.MarkComplete()
		c.imports[path] = pkg
	}
	return pkg, nil
}

// strip removes what callers do not see and what would need the values of
// other packages: function bodies and unexported variables.
func strip(fset *token.FileSet, file *ast.File) error {
	var decls []ast.Decl
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			d.Body = &ast.BlockStmt{} // without one, a generic function is an error
		case *ast.GenDecl:
			if d.Tok != token.VAR {
				break
			}
			var specs []ast.Spec
			for _, spec := range d.Specs {
				v := spec.(*ast.ValueSpec)
				if !slices.ContainsFunc(v.Names, (*ast.Ident).IsExported) {
					continue
				}
				if v.Type == nil && !isNewError(v.Values) {
					return fmt.Errorf("%s: the type of this exported variable is not written down", fset.Position(v.Pos()))
				}
				if v.Type == nil {
					v.Type = ast.NewIdent("error")
				}
				v.Values = nil
				specs = append(specs, v)
			}
			if d.Specs = specs; len(specs) == 0 {
				continue
			}
		}
		decls = append(decls, decl)
	}
	file.Decls = decls
	return nil
}

// unseal empties the interfaces that have one unexported method and no other.
func unseal(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		i, ok := n.(*ast.InterfaceType)
		if ok && len(i.Methods.List) == 1 {
			if names := i.Methods.List[0].Names; len(names) == 1 && !names[0].IsExported() {
				i.Methods.List = nil
			}
		}
		return true
	})
}

// isNewError reports whether values are one call of errors.New.
func isNewError(values []ast.Expr) bool {
	if len(values) != 1 {
		return false
	}
	call, ok := values[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := f.X.(*ast.Ident)
	return ok && x.Name == "errors" && f.Sel.Name == "New"
}
