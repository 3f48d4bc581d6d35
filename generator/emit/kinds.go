package emit

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/templates"
)

// kindsName is the function that lists how values are read and written as JSON, kindType what it
// is a list of.
const kindsName, kindType = "planKinds", "planKind"

// kind is an entry of the list of kinds: a reflect.Kind, or none and a function that knows the types,
// and the names of support functions.
type kind struct{ of, is, prepare, read, write, check string }

// readKinds reads the list of all kinds from its function in the support
// package, special ones first.
func readKinds(text string) ([]kind, error) {
	file, err := parser.ParseFile(token.NewFileSet(), kindsName, "package support\n"+text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	name := func(x ast.Expr) string {
		switch x := x.(type) {
		case *ast.SelectorExpr: // (*plan).element, reflect.String
			if pkg, ok := x.X.(*ast.Ident); ok {
				return pkg.Name + "." + x.Sel.Name
			}
			return "plan." + x.Sel.Name
		case *ast.Ident:
			if x.Name != "nil" {
				return x.Name
			}
		}
		return ""
	}
	var list []kind
	ast.Inspect(file, func(n ast.Node) bool {
		if row, ok := n.(*ast.CompositeLit); ok && row.Type == nil && len(row.Elts) == 6 {
			el := row.Elts
			list = append(list, kind{name(el[0]), name(el[1]), name(el[2]), name(el[3]), name(el[4]), name(el[5])})
		}
		return true
	})
	return list, nil
}

// needKinds notes that values of the Go type of t are read or written.
func (e *emitter) needKinds(t ir.Type, pointer bool) {
	for {
		name := kindOf(ir.Resolved(t))
		if pointer {
			e.planned["reflect.Pointer"] = true
		}
		e.planned[name] = true
		el, ok := elements(ir.Resolved(t))
		if !ok {
			return
		}
		if name == "reflect.Slice" && ir.IsText(el.Type) {
			e.planned["forStrings"] = true
		}
		t, pointer = el.Type, el.Pointer()
	}
}

// kindOf is the kind of the Go type of t.
func kindOf(t ir.Type) string {
	switch t := t.(type) {
	case *ir.Struct:
		switch {
		case t.Additional != nil:
			return "forExtra"
		case t.Closed:
			return "forClosed"
		}
		return "reflect.Struct"
	case *ir.Union:
		return "forCodec"
	case *ir.Enum:
		return scalarKind(t.Base)
	case *ir.Alias:
		return kindOf(ir.Resolved(t.Target))
	case *ir.List:
		return "reflect.Slice"
	case *ir.Map:
		return "reflect.Map"
	case *ir.Prim:
		return scalarKind(t.Kind)
	}
	return "reflect.Interface"
}

func scalarKind(kind ir.PrimKind) string {
	switch kind {
	case ir.Bool:
		return "reflect.Bool"
	case ir.Int64:
		return "reflect.Int64"
	case ir.Int32:
		return "reflect.Int32"
	case ir.Uint64:
		return "reflect.Uint64"
	case ir.Float64:
		return "reflect.Float64"
	case ir.Float32:
		return "reflect.Float32"
	case ir.DateTime:
		return "forTime"
	case ir.Date:
		return "forDate"
	case ir.UUID:
		return "forUUID"
	case ir.Bytes:
		return "forBytes"
	case ir.Custom:
		return "forForeign"
	case ir.Binary:
		return "reflect.Interface"
	}
	return "reflect.String"
}

// kindList makes the list of the kinds that the package needs, and the type of these, with as much
// of each as it needs: what else the package uses tells. Types that only come in responses, say,
// need no encoder.
func (s *shared) kindList() *templates.Decl {
	for parts := s.kindParts(); parts.reads; {
		rows := s.kindRows(parts)
		// What reads a value of some kind may itself need that values are written or checked.
		if needed := s.kindParts(); needed != parts {
			parts = needed
			continue
		}
		return kindDecl(rows, parts)
	}
	return nil
}

// kindParts are the parts of a kind that a package needs.
type kindParts struct{ reads, writes, checks bool }

func (s *shared) kindParts() kindParts {
	reached := s.support.reach(s.taken)
	has := func(name string) bool { return reached[s.support.decls[name]] }
	return kindParts{reads: has("plan"), writes: has("plan.encode"), checks: has("checker.check")}
}

// kindRows writes the rows of the list, and takes the functions that they name.
func (s *shared) kindRows(parts kindParts) string {
	rows := ""
	for _, k := range s.support.kinds {
		if !s.planned[cmp.Or(k.of, k.is)] {
			continue
		}
		row := []string{k.is, k.prepare, k.read}
		if parts.writes {
			row = append(row, k.write)
		}
		if parts.checks {
			row = append(row, k.check)
		}
		for i, name := range row {
			if s.taken[name] = true; name == "" {
				row[i] = "nil"
			} else if method, ok := strings.CutPrefix(name, "plan."); ok {
				row[i] = "(*plan)." + method
			}
		}
		rows += "\t\t{" + cmp.Or(k.of, "0") + ", " + strings.Join(row, ", ") + "},\n"
	}
	return rows
}

// kindDecl is the list of the given rows and the type of these.
func kindDecl(rows string, parts kindParts) *templates.Decl {
	fields := "read    func(*decoder, unsafe.Pointer, *plan)\n"
	if parts.writes {
		fields += "\twrite   func(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer\n"
	}
	if parts.checks {
		fields += "\tcheck   func(*checker, unsafe.Pointer, *plan) // of the parts; nil when there are none\n"
	}
	return &templates.Decl{Imports: map[string]string{"reflect": "reflect", "unsafe": "unsafe"}, Text: `// planKind is how values of some types are read, written and checked.
type planKind struct {
	of      reflect.Kind // the kind of the types, where that says it all
	is      func(*plan) bool
	prepare func(*plan) // nil when there is nothing to prepare
	` + fields + `}

// planKinds are the kinds of values that this package has, special ones first.
func planKinds() []planKind {
	return []planKind{
` + rows + `	}
}`}
}
