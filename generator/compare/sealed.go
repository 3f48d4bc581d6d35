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

// sealed are the interfaces of unions and the types that are their variants.
type sealed struct {
	// interfaces has the interface that an unexported method without parameters
	// and results seals.
	interfaces map[string]string
	// members has the types with such a method, as code writes them, such as
	// *Cat, by that method.
	members map[string]map[string]bool
}

// variants adds the types that are no longer variants of a union, though both
// are still there. apidiff does not see those with methods of pointers.
func (c *comparison) variants(old, new []output.File) error {
	before, err := readSealed(old)
	if err != nil {
		return err
	}
	after, err := readSealed(new)
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, name := range after.interfaces {
		kept[name] = true
	}
	for _, method := range slices.Sorted(maps.Keys(before.members)) {
		union := before.interfaces[method]
		if !kept[union] {
			continue // which is told already, or an interface of no concern
		}
		now := map[string]bool{}
		for method, name := range after.interfaces {
			if name == union {
				now = after.members[method]
			}
		}
		for _, name := range slices.Sorted(maps.Keys(before.members[method])) {
			if !now[name] {
				c.addGo(union, Change{Effect: Breaking, Subject: InGo, Text: code(name) + ": no longer implements " + code(union)})
			}
		}
	}
	return nil
}

// readSealed finds the sealed interfaces of a package.
func readSealed(files []output.File) (*sealed, error) {
	s := &sealed{interfaces: map[string]string{}, members: map[string]map[string]bool{}}
	for _, f := range files {
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("the variants cannot be compared: %w", err)
		}
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if t, ok := spec.(*ast.TypeSpec); ok && t.Name.IsExported() {
						if method, ok := seal(t.Type); ok {
							s.interfaces[method] = t.Name.Name
						}
					}
				}
			case *ast.FuncDecl:
				s.member(d)
			}
		}
	}
	return s, nil
}

// seal returns the unexported method that an interface consists of.
func seal(t ast.Expr) (method string, ok bool) {
	i, ok := t.(*ast.InterfaceType)
	if !ok || len(i.Methods.List) != 1 || len(i.Methods.List[0].Names) != 1 {
		return "", false
	}
	name := i.Methods.List[0].Names[0]
	return name.Name, !name.IsExported()
}

// member notes the receiver of a method that may seal an interface.
func (s *sealed) member(d *ast.FuncDecl) {
	if d.Recv == nil || d.Name.IsExported() || d.Type.Params.NumFields() > 0 || d.Type.Results.NumFields() > 0 {
		return
	}
	recv, star := d.Recv.List[0].Type, ""
	if p, ok := recv.(*ast.StarExpr); ok {
		recv, star = p.X, "*"
	}
	id, ok := recv.(*ast.Ident)
	if !ok || !id.IsExported() || !strings.HasPrefix(d.Name.Name, "is") {
		return
	}
	if s.members[d.Name.Name] == nil {
		s.members[d.Name.Name] = map[string]bool{}
	}
	s.members[d.Name.Name][star+id.Name] = true
}
