package evolve

import (
	"fmt"
	"go/types"
	"slices"
)

// Differences returns what is no longer the same in a package, by name. It
// takes names for what they stand for, where apidiff looks for a type that
// could be meant by another name, and may find one or the other: this list is
// always the same.
func Differences(before, after *types.Package) []string {
	d := &differ{}
	for _, name := range before.Scope().Names() {
		obj := before.Scope().Lookup(name)
		if !obj.Exported() {
			continue
		}
		d.object(name, obj, after.Scope().Lookup(name))
	}
	slices.Sort(d.list)
	return d.list
}

// differ collects differences.
type differ struct{ list []string }

// compare notes a difference between two spellings of what name is.
func (d *differ) compare(name, old, changed string) bool {
	if old != changed {
		d.list = append(d.list, fmt.Sprintf("%s: changed from %s to %s", name, old, changed))
	}
	return old != changed
}

func (d *differ) removed(name string) { d.list = append(d.list, name+": removed") }

func (d *differ) object(name string, old, changed types.Object) {
	if changed == nil {
		d.removed(name)
		return
	}
	t, isType := old.(*types.TypeName)
	u, stillType := changed.(*types.TypeName)
	if !isType || !stillType {
		d.compare(name, spell(old.Type()), spell(changed.Type()))
		return
	}
	if t.IsAlias() || u.IsAlias() {
		d.compare(name, spell(types.Unalias(t.Type())), spell(types.Unalias(u.Type())))
		return
	}
	from, to := t.Type().Underlying(), u.Type().Underlying()
	if d.compare(name, kind(from), kind(to)) {
		return
	}
	if s, ok := from.(*types.Struct); ok {
		d.fields(name, s, to.(*types.Struct))
	}
	d.methods(name, t.Type(), u.Type())
}

// fields compares the fields of a struct.
func (d *differ) fields(name string, old, changed *types.Struct) {
	now := map[string]string{}
	for f := range changed.Fields() {
		now[f.Name()] = spell(f.Type())
	}
	for f := range old.Fields() {
		typ, ok := now[f.Name()]
		switch {
		case !f.Exported():
		case !ok:
			d.removed(name + "." + f.Name())
		default:
			d.compare(name+"."+f.Name(), spell(f.Type()), typ)
		}
	}
}

// methods compares the methods of a type.
func (d *differ) methods(name string, old, changed types.Type) {
	now := types.NewMethodSet(types.NewPointer(changed))
	for sel := range types.NewMethodSet(types.NewPointer(old)).Methods() {
		method := sel.Obj()
		if !method.Exported() {
			continue
		}
		if have := now.Lookup(nil, method.Name()); have == nil {
			d.removed("(*" + name + ")." + method.Name())
		} else {
			d.compare("(*"+name+")."+method.Name(), spell(method.Type()), spell(have.Type()))
		}
	}
}

// spell writes a type; those of the client without its name.
func spell(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p.Path() == clientPath {
			return ""
		}
		return p.Path()
	})
}

// kind tells what a type consists of, without the parts of structs and
// interfaces.
func kind(t types.Type) string {
	switch t.(type) {
	case *types.Struct:
		return "struct"
	case *types.Interface:
		return "interface"
	}
	return spell(t)
}
