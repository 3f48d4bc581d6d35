package compare

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"
)

// marker starts the names of what pairTypes adds. It comes before all
// identifiers in order, and is none itself.
const marker = "A\x01"

// pairTypes makes apidiff pair the types of two packages by their names, those
// that others refer to first. Left alone, it pairs types as it meets them in
// maps: when one type becomes two, what it says about them would differ from
// run to run. Both packages get, for each name, a type that refers to it.
func pairTypes(old, new *types.Package) {
	o := ordering{pkg: old, seen: map[*types.TypeName]bool{}}
	for _, name := range old.Scope().Names() {
		if t, ok := old.Scope().Lookup(name).(*types.TypeName); ok {
			o.visit(t.Type())
		}
	}
	n := 0
	for _, before := range o.list {
		after, ok := new.Scope().Lookup(before.Name()).(*types.TypeName)
		if !ok || after.IsAlias() || !before.Exported() {
			continue
		}
		n++
		name := fmt.Sprintf("%s%06d", marker, n)
		refer(old, name, before)
		refer(new, name, after)
	}
}

// refer adds a type that refers to another one.
func refer(pkg *types.Package, name string, to *types.TypeName) {
	obj := types.NewTypeName(token.NoPos, pkg, name, nil)
	types.NewNamed(obj, types.NewSlice(to.Type()), nil)
	pkg.Scope().Insert(obj)
}

// added reports whether a message is about what pairTypes has added.
func added(message string) bool { return strings.HasPrefix(message, marker) }

// ordering lists the types of a package, those that others refer to first.
type ordering struct {
	pkg  *types.Package
	seen map[*types.TypeName]bool
	list []*types.TypeName
}

func (o *ordering) visit(t types.Type) {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			o.visit(arg)
		}
		obj := t.Obj()
		if obj.Pkg() != o.pkg || o.seen[obj] || t.TypeParams().Len() > 0 {
			return
		}
		o.seen[obj] = true
		o.visit(t.Underlying())
		for method := range t.Methods() {
			o.visit(method.Type())
		}
		o.list = append(o.list, obj)
	case *types.Struct:
		for field := range t.Fields() {
			o.visit(field.Type())
		}
	case *types.Signature:
		o.tuple(t.Params())
		o.tuple(t.Results())
	case *types.Interface:
		for method := range t.ExplicitMethods() {
			o.visit(method.Type())
		}
	case *types.Map:
		o.visit(t.Key())
		o.visit(t.Elem())
	case interface{ Elem() types.Type }: // pointer, slice, array, channel
		o.visit(t.Elem())
	}
}

func (o *ordering) tuple(t *types.Tuple) {
	for v := range t.Variables() {
		o.visit(v.Type())
	}
}
