package golden

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/inspect"
)

// checkInspection holds that "gen inspect" spells names and types as the
// generated code does.
func checkInspection(t *testing.T, p generator.Package) {
	t.Helper()
	code := parseCode(t, p)
	view := inspect.View(p.API)
	for _, op := range view.Operations {
		for _, param := range op.Params {
			code.field(t, op.GoParams, param.GoField, param.GoType)
		}
		if got := code.results[op.GoMethod]; !strings.Contains(got, "("+op.GoResult+", error)") && got != "("+op.GoResult+")" {
			t.Errorf("inspect: %s returns %s, in the code: %s", op.GoMethod, op.GoResult, got)
		}
	}
	for _, h := range view.Headers {
		if got, want := code.results[h.GoMethod], "("+h.GoValue+", bool)"; !strings.Contains(got, want) {
			t.Errorf("inspect: the method %s of header %s returns %s, in the code: %s", h.GoMethod, h.Name, want, got)
		}
	}
	for _, typ := range view.Types {
		if _, ok := code.types[typ.GoName]; !ok {
			t.Errorf("inspect: there is no type %s in the code", typ.GoName)
		}
		for _, f := range typ.Fields {
			code.field(t, typ.GoName, f.GoField, f.GoType)
		}
	}
}

// code is what the generated code declares, as source text.
type code struct {
	types map[string]map[string]string // the fields of each type
	// results are those of all methods of a name, one after the other:
	// services may share names.
	results map[string]string
}

func (c *code) field(t *testing.T, typ, field, want string) {
	t.Helper()
	if got := c.types[typ][field]; got != want {
		t.Errorf("inspect: %s.%s is %s, in the code: %s", typ, field, want, got)
	}
}

func parseCode(t *testing.T, p generator.Package) *code {
	t.Helper()
	c := &code{types: map[string]map[string]string{}, results: map[string]string{}}
	for _, f := range p.Files {
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				c.method(decl)
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if spec, ok := spec.(*ast.TypeSpec); ok {
						c.types[spec.Name.Name] = fields(spec.Type)
					}
				}
			}
		}
	}
	return c
}

func (c *code) method(decl *ast.FuncDecl) {
	if decl.Recv == nil || decl.Type.Results == nil {
		return
	}
	var list []string
	for _, r := range decl.Type.Results.List {
		list = append(list, types.ExprString(r.Type))
	}
	c.results[decl.Name.Name] += "(" + strings.Join(list, ", ") + ")"
}

func fields(typ ast.Expr) map[string]string {
	all := map[string]string{}
	if s, ok := typ.(*ast.StructType); ok {
		for _, f := range s.Fields.List {
			for _, name := range f.Names {
				all[name.Name] = types.ExprString(f.Type)
			}
		}
	}
	return all
}
