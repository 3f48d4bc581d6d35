package templates

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// resolution knows what the identifiers of the support package stand for.
// Imported packages are not loaded, which keeps this fast; what hangs on
// them stays unknown and is matched by name.
type resolution struct {
	pkg  *types.Package
	info *types.Info
}

func resolve(fset *token.FileSet, trees []*ast.File) resolution {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	conf := types.Config{
		Importer: hollow{},
		Error:    func(error) {}, // what is missing from imported packages
	}
	pkg, _ := conf.Check("support", fset, trees, info)
	return resolution{pkg, info}
}

// hollow imports packages without content.
type hollow struct{}

func (hollow) Import(path string) (*types.Package, error) {
	pkg := types.NewPackage(path, path[strings.LastIndex(path, "/")+1:])
	pkg.MarkComplete()
	return pkg, nil
}

// references fills in what the declaration at node needs.
func (r resolution) references(d *Decl, node ast.Node, imports map[string]string) {
	uses, dynamic := map[string]bool{}, map[string]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.InterfaceType:
			for _, m := range n.Methods.List {
				for _, name := range m.Names {
					dynamic[name.Name] = true
				}
			}
		case *ast.SelectorExpr:
			id, ok := n.X.(*ast.Ident)
			switch {
			case ok && r.info.Uses[id] == nil && imports[id.Name] != "": // in what is not checked, such as the type that an unknown one is said to be
				d.Imports[id.Name] = imports[id.Name]
			case r.info.Uses[n.Sel] == nil && !isPackage(n.X, r.info):
				dynamic[n.Sel.Name] = true
			}
		case *ast.Ident:
			r.reference(d, n, uses, dynamic, imports)
		}
		return true
	})
	d.Uses = slices.Sorted(maps.Keys(uses))
	d.Dynamic = slices.Sorted(maps.Keys(dynamic))
}

func (r resolution) reference(d *Decl, id *ast.Ident, uses, dynamic map[string]bool, imports map[string]string) {
	switch obj := r.info.Uses[id].(type) {
	case nil:
	case *types.PkgName:
		d.Imports[id.Name] = imports[id.Name]
	case *types.Func:
		recv := obj.Origin().Signature().Recv()
		switch {
		case obj.Pkg() != r.pkg:
		case recv == nil:
			uses[obj.Name()] = true
		case types.IsInterface(recv.Type()):
			dynamic[obj.Name()] = true
		default:
			uses[typeName(recv.Type())+"."+obj.Name()] = true
		}
	default:
		if obj.Parent() == r.pkg.Scope() {
			uses[obj.Name()] = true
		}
	}
}

func isPackage(x ast.Expr, info *types.Info) bool {
	id, ok := x.(*ast.Ident)
	if !ok {
		return false
	}
	_, ok = info.Uses[id].(*types.PkgName)
	return ok
}

func typeName(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Name()
	}
	return ""
}
