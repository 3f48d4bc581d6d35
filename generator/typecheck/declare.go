package typecheck

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
)

// declare declares the names of other packages that file mentions, each as a
// type of the kind that its place asks for.
func (c *Checker) declare(file *ast.File) {
	d := declarer{checker: c, imports: map[string]*types.Package{}}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		pkg, err := c.Import(path)
		if err != nil || pkg == types.Unsafe {
			continue
		}
		name := pkg.Name()
		if spec.Name != nil {
			name = spec.Name.Name
		}
		d.imports[name] = pkg
	}
	for _, decl := range file.Decls {
		if g, ok := decl.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			continue
		}
		ast.Inspect(decl, d.visit)
	}
}

// declarer looks at the names of one file.
type declarer struct {
	checker *Checker
	imports map[string]*types.Package
}

// visit declares what n says about names of other packages; a place that says
// more about a name is met before the name itself.
func (d *declarer) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.InterfaceType:
		for _, m := range n.Methods.List {
			if len(m.Names) == 0 {
				d.name(m.Type, 0, true)
			}
		}
	case *ast.FuncType:
		d.constraints(n.TypeParams)
	case *ast.TypeSpec:
		d.constraints(n.TypeParams)
	case *ast.IndexExpr:
		d.name(n.X, 1, false)
	case *ast.IndexListExpr:
		d.name(n.X, len(n.Indices), false)
	case *ast.SelectorExpr:
		d.name(n, 0, false)
	}
	return true
}

// constraints declares the names in constraints as interfaces.
func (d *declarer) constraints(params *ast.FieldList) {
	if params == nil {
		return
	}
	for _, p := range params.List {
		d.name(p.Type, 0, true)
	}
}

// name declares e, if it is a name of another package, as a type with so many
// parameters.
func (d *declarer) name(e ast.Expr, params int, isInterface bool) {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return
	}
	x, ok := sel.X.(*ast.Ident)
	if !ok {
		return
	}
	pkg := d.imports[x.Name]
	if pkg == nil || pkg.Scope().Lookup(sel.Sel.Name) != nil {
		return
	}
	obj := types.NewTypeName(token.NoPos, pkg, sel.Sel.Name, nil)
	named := types.NewNamed(obj, underlying(pkg.Path()+"."+sel.Sel.Name, isInterface), nil)
	var list []*types.TypeParam
	for i := range params {
		p := types.NewTypeName(token.NoPos, pkg, "T"+strconv.Itoa(i), nil)
		list = append(list, types.NewTypeParam(p, types.Universe.Lookup("any").Type()))
	}
	if len(list) > 0 {
		named.SetTypeParams(list)
	}
	pkg.Scope().Insert(obj)
}

// underlying returns what a type of another package consists of, as far as it
// matters to callers: an interface, something that cannot be compared, or else
// nothing that they could see.
func underlying(name string, isInterface bool) types.Type {
	switch name {
	case "encoding/json.RawMessage", "net/http.Header", "net/url.Values", "iter.Seq", "iter.Seq2":
		return types.NewSlice(types.Typ[types.Byte])
	}
	if isInterface {
		return types.NewInterfaceType(nil, nil).Complete()
	}
	return types.NewStruct(nil, nil)
}
