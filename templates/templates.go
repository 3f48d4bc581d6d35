// Package templates holds the static support code of a generated package as
// text: the Go package in templates/support is compiled and tested here and
// copied, declaration by declaration, into what the generator writes.
package templates

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

//go:embed support/*.go
var support embed.FS

// Package is the parsed support package.
type Package struct {
	// Files are in the order of their names.
	Files []*File
}

// File is one source file of the support package.
type File struct {
	// Name is the base name, such as "errors.go".
	Name  string
	Decls []*Decl
}

// Decl is one top-level declaration. Specs that are declared together (a
// const block) stay together.
type Decl struct {
	// Names are the identifiers it declares; "receiver.method" for a method.
	Names []string
	// Receiver is the type of a method; empty for everything else.
	Receiver string
	// Text is the source of the declaration, doc comment included.
	Text string
	// Uses are the names of the declarations it refers to.
	Uses []string
	// Dynamic are names of methods that it calls or demands through an
	// interface, or whose receiver is not known.
	Dynamic []string
	// Imports maps the name of a package that it uses to the import path.
	Imports map[string]string
}

// Parse reads the embedded support package.
func Parse() (*Package, error) {
	entries, err := fs.ReadDir(support, "support")
	if err != nil {
		return nil, err
	}
	sources := map[string][]byte{}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		src, err := support.ReadFile("support/" + entry.Name())
		if err != nil {
			return nil, err
		}
		sources[entry.Name()] = src
	}
	return parse(sources)
}

// Names lists the top-level identifiers of the support package, sorted:
// identifiers of a document keep out of their way.
func (p *Package) Names() []string {
	var names []string
	for _, f := range p.Files {
		for _, d := range f.Decls {
			if d.Receiver == "" {
				names = append(names, d.Names...)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func parse(sources map[string][]byte) (*Package, error) {
	fset := token.NewFileSet()
	var names []string
	for name := range sources {
		names = append(names, name)
	}
	slices.Sort(names)
	var trees []*ast.File
	for _, name := range names {
		tree, err := parser.ParseFile(fset, name, sources[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("support package: %w", err)
		}
		trees = append(trees, tree)
	}
	res := resolve(fset, trees)
	p := &Package{}
	for i, tree := range trees {
		f := &File{Name: names[i]}
		imports, err := importsOf(tree)
		if err != nil {
			return nil, err
		}
		for _, node := range tree.Decls {
			d := newDecl(node)
			if d == nil {
				continue
			}
			start, end := fset.Position(begin(node)).Offset, fset.Position(node.End()).Offset
			d.Text = string(sources[names[i]][start:end])
			res.references(d, node, imports)
			f.Decls = append(f.Decls, d)
		}
		p.Files = append(p.Files, f)
	}
	return p, nil
}

func importsOf(tree *ast.File) (map[string]string, error) {
	imports := map[string]string{}
	for _, spec := range tree.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		imports[localName(spec, path)] = path
	}
	return imports, nil
}

func localName(spec *ast.ImportSpec, path string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return path[strings.LastIndex(path, "/")+1:]
}

// begin is where the declaration starts, doc comment included.
func begin(node ast.Decl) token.Pos {
	var doc *ast.CommentGroup
	switch node := node.(type) {
	case *ast.FuncDecl:
		doc = node.Doc
	case *ast.GenDecl:
		doc = node.Doc
	}
	if doc != nil {
		return doc.Pos()
	}
	return node.Pos()
}

// newDecl names a declaration; nil for imports.
func newDecl(node ast.Decl) *Decl {
	d := &Decl{Imports: map[string]string{}}
	switch node := node.(type) {
	case *ast.FuncDecl:
		name := node.Name.Name
		if node.Recv != nil {
			d.Receiver = receiver(node.Recv.List[0].Type)
			name = d.Receiver + "." + name
		}
		d.Names = []string{name}
	case *ast.GenDecl:
		if node.Tok == token.IMPORT {
			return nil
		}
		for _, spec := range node.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				d.Names = append(d.Names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					d.Names = append(d.Names, name.Name)
				}
			}
		}
	}
	return d
}

func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}
