package compare

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/output"
)

// comments adds the exported names whose comment has changed.
func (c *comparison) comments(old, new []output.File) error {
	before, err := readComments(old)
	if err != nil {
		return err
	}
	after, err := readComments(new)
	if err != nil {
		return err
	}
	for _, symbol := range slices.Sorted(maps.Keys(before)) {
		if text, ok := after[symbol]; ok && text != before[symbol] {
			c.addGo(symbol, Change{Effect: Documentation, Subject: InGo, Text: code(symbol) + ": comment changed"})
		}
	}
	return nil
}

// readComments returns the comments of exported names.
func readComments(files []output.File) (map[string]string, error) {
	comments := map[string]string{}
	for _, f := range files {
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("the comments cannot be compared: %w", err)
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if name, ok := exportedFunc(d); ok {
					comments[name] = d.Doc.Text()
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					specComments(comments, d, spec)
				}
			}
		}
	}
	return comments, nil
}

// exportedFunc returns the name of an exported function or method as apidiff
// writes it.
func exportedFunc(d *ast.FuncDecl) (string, bool) {
	if !d.Name.IsExported() {
		return "", false
	}
	if d.Recv == nil {
		return d.Name.Name, true
	}
	recv, format := d.Recv.List[0].Type, "%s.%s"
	if star, ok := recv.(*ast.StarExpr); ok {
		recv, format = star.X, "(*%s).%s"
	}
	switch x := recv.(type) {
	case *ast.IndexExpr:
		recv = x.X
	case *ast.IndexListExpr:
		recv = x.X
	}
	id, ok := recv.(*ast.Ident)
	if !ok || !id.IsExported() {
		return "", false
	}
	return fmt.Sprintf(format, id.Name, d.Name.Name), true
}

// specComments adds the comments of a declaration and of the fields of a
// struct.
func specComments(comments map[string]string, d *ast.GenDecl, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		doc := spec.Doc.Text()
		if !d.Lparen.IsValid() {
			doc = d.Doc.Text()
		}
		for _, name := range spec.Names {
			if name.IsExported() {
				comments[name.Name] = strings.TrimSpace(doc + spec.Comment.Text())
			}
		}
	case *ast.TypeSpec:
		if !spec.Name.IsExported() {
			return
		}
		comments[spec.Name.Name] = strings.TrimSpace(d.Doc.Text() + spec.Doc.Text())
		s, ok := spec.Type.(*ast.StructType)
		if !ok {
			return
		}
		for _, field := range s.Fields.List {
			for _, name := range field.Names {
				if name.IsExported() {
					comments[spec.Name.Name+"."+name.Name] = strings.TrimSpace(field.Doc.Text() + field.Comment.Text())
				}
			}
		}
	}
}
