package emit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// kindsName is the function that lists how values are read and written as JSON.
const kindsName = "planKinds"

// kind is an entry of the list of kinds: the names of support functions.
type kind struct{ is, prepare, read, write, check string }

// readKinds reads the list of all kinds from its function in the support
// package, special ones first.
func readKinds(text string) ([]kind, error) {
	file, err := parser.ParseFile(token.NewFileSet(), kindsName, "package support\n"+text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	name := func(x ast.Expr) string {
		switch x := x.(type) {
		case *ast.SelectorExpr: // (*plan).element
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
		if row, ok := n.(*ast.CompositeLit); ok && row.Type == nil && len(row.Elts) == 5 {
			list = append(list, kind{name(row.Elts[0]), name(row.Elts[1]), name(row.Elts[2]), name(row.Elts[3]), name(row.Elts[4])})
		}
		return true
	})
	return list, nil
}

// needKinds notes that values of the Go type of t are read or written.
func (e *emitter) needKinds(t ir.Type, pointer bool) {
	for {
		name := kindOf(resolved(t))
		if pointer {
			e.planned[optionalKind(name)] = true
		}
		e.planned[name] = true
		el, ok := elements(resolved(t))
		if !ok {
			return
		}
		if name == "forList" && ir.IsText(el.Type) {
			e.planned["forStrings"] = true
		}
		t, pointer = el.Type, el.Nullable && !holdsNil(el.Type)
	}
}

// optionalKind is the kind of a pointer to values of a kind.
func optionalKind(name string) string {
	switch name {
	case "forString", "forBool", "forInt64", "forFloat64":
		return "forOpt" + strings.TrimPrefix(name, "for")
	}
	return "forPointer"
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
		return "forStruct"
	case *ir.Union:
		return "forCodec"
	case *ir.Enum:
		return scalarKind(t.Base)
	case *ir.Alias:
		return kindOf(resolved(t.Target))
	case *ir.List:
		return "forList"
	case *ir.Map:
		return "forMap"
	case *ir.Prim:
		return scalarKind(t.Kind)
	}
	return "forAnything"
}

func scalarKind(kind ir.PrimKind) string {
	switch kind {
	case ir.Bool:
		return "forBool"
	case ir.Int64:
		return "forInt64"
	case ir.Int32:
		return "forInt32"
	case ir.Float64:
		return "forFloat64"
	case ir.Float32:
		return "forFloat32"
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
		return "forAnything"
	}
	return "forString"
}

// kindList writes the list of the kinds that the package needs, with as much
// of each as it needs: what else it uses tells.
func (e *emitter) kindList() {
	reached := e.support.reach(e.taken)
	has := func(name string) bool { return reached[e.support.decls[name]] }
	if !has("plan") {
		return
	}
	writes := has("encoder.value")
	part := func(needed bool, name string) jen.Code {
		if !needed || name == "" {
			return jen.Nil()
		}
		return e.use(name)
	}
	e.add(jen.Comment("// planKinds are the kinds of values that this package has, special ones first."))
	e.add(jen.Func().Id(kindsName).Params().Index().Add(e.use("planKind")).Block(
		jen.Return(jen.Index().Add(e.use("planKind")).ValuesFunc(func(g *jen.Group) {
			for _, k := range e.support.kinds {
				if !e.planned[k.is] {
					continue
				}
				prepare := jen.Nil()
				if k.prepare != "" && (writes || !strings.HasPrefix(k.is, "forOpt")) {
					prepare = jen.Parens(jen.Op("*").Add(e.use("plan"))).Dot(e.name(k.prepare))
				}
				g.Line().Values(e.use(k.is), prepare, part(true, k.read), part(writes, k.write), part(has("checker.check"), k.check))
			}
			g.Line()
		})),
	))
}
