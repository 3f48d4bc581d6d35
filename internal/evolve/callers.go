package evolve

import (
	"bytes"
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// CallingCode writes a file that uses everything which pkg offers as programs
// do: keyed literals of every struct, every field, a call of every function
// and method, every constant, a switch over the variants of every union. All
// types are written down, so that it compiles only with what is still the same.
func CallingCode(pkg *types.Package) []byte {
	c := &caller{pkg: pkg, imports: map[string]string{}}
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			c.object(obj)
		}
	}
	var out bytes.Buffer
	out.WriteString("package callers\n\nimport (\n")
	for _, path := range slices.Sorted(maps.Keys(c.imports)) {
		fmt.Fprintf(&out, "\t%s %q\n", c.imports[path], path)
	}
	out.WriteString(")\n\n")
	out.Write(c.body.Bytes())
	return out.Bytes()
}

// caller writes calling code.
type caller struct {
	pkg     *types.Package
	imports map[string]string // path -> name
	body    bytes.Buffer
}

func (c *caller) printf(format string, args ...any) { fmt.Fprintf(&c.body, format, args...) }

// typ writes a type.
func (c *caller) typ(t types.Type) string {
	return types.TypeString(t, c.qualifier)
}

// qualifier returns the name under which a package is imported.
func (c *caller) qualifier(p *types.Package) string {
	if c.imports[p.Path()] == "" {
		c.imports[p.Path()] = fmt.Sprintf("p%d", len(c.imports))
	}
	return c.imports[p.Path()]
}

// ref writes the name of a declaration.
func (c *caller) ref(obj types.Object) string { return c.qualifier(c.pkg) + "." + obj.Name() }

// zero writes an expression of type t.
func (c *caller) zero(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		return "new(" + c.typ(p.Elem()) + ")"
	}
	return "*new(" + c.typ(t) + ")"
}

func (c *caller) object(obj types.Object) {
	switch obj := obj.(type) {
	case *types.Const:
		c.printf("var _ %s = %s\n", c.typ(types.Default(obj.Type())), c.ref(obj))
	case *types.Var:
		c.printf("var _ %s = %s\n", c.typ(obj.Type()), c.ref(obj))
	case *types.Func:
		if sig := obj.Signature(); sig.TypeParams() == nil && c.visible(sig) {
			c.call("func()", c.ref(obj), sig)
		}
	case *types.TypeName:
		c.typeName(obj)
	}
}

// visible reports whether callers can write all types of a signature down.
func (c *caller) visible(sig *types.Signature) bool {
	for _, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range tuple.Variables() {
			if !c.exported(v.Type()) {
				return false
			}
		}
	}
	return true
}

func (c *caller) exported(t types.Type) bool {
	for {
		switch x := types.Unalias(t).(type) {
		case *types.Pointer:
			t = x.Elem()
		case *types.Slice:
			t = x.Elem()
		case *types.Named:
			return x.Obj().Pkg() == nil || x.Obj().Exported()
		default:
			return true
		}
	}
}

// call writes a function that calls what with results of their own types.
func (c *caller) call(header, what string, sig *types.Signature) {
	c.printf("var _ = %s {\n", header)
	var results, args []string
	for i := range sig.Results().Len() {
		name := fmt.Sprintf("r%d", i)
		c.printf("\tvar %s %s\n", name, c.typ(sig.Results().At(i).Type()))
		results = append(results, name)
	}
	for i := range sig.Params().Len() {
		t := sig.Params().At(i).Type()
		if s, ok := t.(*types.Slice); ok && sig.Variadic() && i == sig.Params().Len()-1 {
			t = s.Elem()
		}
		args = append(args, c.zero(t))
	}
	call := what + "(" + strings.Join(args, ", ") + ")"
	if len(results) > 0 {
		list := strings.Join(results, ", ")
		call = list + " = " + call + "\n\t" + strings.Repeat("_, ", len(results)-1) + "_ = " + list
	}
	c.printf("\t%s\n}\n", call)
}

func (c *caller) typeName(obj *types.TypeName) {
	if obj.IsAlias() {
		c.printf("var _ %s = %s\n", c.ref(obj), c.zero(types.Unalias(obj.Type())))
		return
	}
	named, ok := obj.Type().(*types.Named)
	if !ok || named.TypeParams().Len() > 0 {
		return // generic types are support code, the same in every package
	}
	switch u := named.Underlying().(type) {
	case *types.Struct:
		c.literal(obj, u)
	case *types.Interface:
		c.typeSwitch(obj, u)
	case *types.Basic:
		c.constants(obj)
	}
	if types.IsInterface(named) {
		return
	}
	for sel := range types.NewMethodSet(types.NewPointer(named)).Methods() {
		method := sel.Obj().(*types.Func)
		if method.Exported() && c.visible(method.Signature()) {
			c.call("func(v *"+c.ref(obj)+")", "v."+method.Name(), method.Signature())
		}
	}
}

// literal writes a keyed literal of a struct and reads its fields.
func (c *caller) literal(obj types.Object, s *types.Struct) {
	c.printf("var _ = func() {\n\tv := %s{\n", c.ref(obj))
	var reads []string
	for f := range s.Fields() {
		if !f.Exported() || !c.exported(f.Type()) {
			continue
		}
		c.printf("\t\t%s: %s,\n", f.Name(), c.zero(f.Type()))
		reads = append(reads, fmt.Sprintf("\tvar _ %s = v.%s\n", c.typ(f.Type()), f.Name()))
	}
	c.printf("\t}\n\t_ = v\n%s}\n", strings.Join(reads, ""))
}

// typeSwitch writes a switch over the types of the package that implement an
// interface.
func (c *caller) typeSwitch(obj types.Object, i *types.Interface) {
	c.printf("var _ = func(v %s) {\n\tswitch v.(type) {\n", c.ref(obj))
	scope := c.pkg.Scope()
	for _, name := range scope.Names() {
		t, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || t.IsAlias() || !t.Exported() || types.IsInterface(t.Type()) || t.Type().(*types.Named).TypeParams().Len() > 0 {
			continue
		}
		switch {
		case types.Implements(t.Type(), i):
			c.printf("\tcase %s:\n", c.ref(t))
		case types.Implements(types.NewPointer(t.Type()), i):
			c.printf("\tcase *%s:\n", c.ref(t))
		}
	}
	c.printf("\t}\n}\n")
}

// constants writes a switch over the constants of a type.
func (c *caller) constants(obj types.Object) {
	c.printf("var _ = func(v %s) {\n\tswitch v {\n", c.ref(obj))
	scope := c.pkg.Scope()
	for _, name := range scope.Names() {
		if k, ok := scope.Lookup(name).(*types.Const); ok && k.Exported() && types.Identical(k.Type(), obj.Type()) {
			c.printf("\tcase %s:\n", c.ref(k))
		}
	}
	c.printf("\t}\n}\n")
}
