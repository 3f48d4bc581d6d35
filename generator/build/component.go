package build

import (
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// component is a component schema and the name that it wants.
type component struct {
	ptr, name string
	// ordered says that the document gives the name with x-go-name.
	ordered bool
	// exact says that the name is what the document has as it stands.
	exact bool
}

// declareComponents claims the names of all component schemas, in the order
// of the document, and resolves them.
func (b *builder) declareComponents() {
	if b.doc.Components == nil {
		return
	}
	keys := ordered(b, "/components/schemas", b.doc.Components.Schemas)
	for _, key := range keys { // what the configuration says comes before all else
		if ptr := join("/components/schemas", key); b.rename(ptr) != "" {
			b.declare(ptr, b.rename(ptr), true)
		}
	}
	components := b.wantedNames(keys)
	// Names that fit exactly come first: "Pet" is not to lose its name to "pet".
	// Those that have to make do with another come last, so that "Error" does
	// not take the name of "ErrorModel".
	for _, turn := range []func(exact, free bool) bool{
		func(exact, free bool) bool { return exact && free },
		func(_, free bool) bool { return free },
		func(_, _ bool) bool { return true },
	} {
		for _, c := range components {
			if b.declared[c.ptr] == "" && turn(c.exact, !b.scope.Has(shorten(c.name))) {
				b.declare(c.ptr, c.name, c.ordered)
			}
		}
	}
	for _, key := range keys {
		ref, ptr := b.doc.Components.Schemas[key], join("/components/schemas", key)
		b.useNode(b.follow(place{ref, ptr}).at(ptr), ptr, "")
	}
}

// declare claims the name of a component; one that is ordered comes before the
// name that it had.
func (b *builder) declare(ptr, name string, ordered bool) {
	b.declared[ptr] = b.claim(ptr, ir.PartType, ordered, name)
	b.components[b.declared[ptr]] = true
}

// wantedNames returns the components that are to be declared with the names
// that they want. An x-go-name that another component wants as well, as go-swagger
// has them where a document describes several packages, is not ordered.
func (b *builder) wantedNames(keys []string) []component {
	var all []component
	wanting := map[string]int{}
	for _, key := range keys {
		c := component{ptr: join("/components/schemas", key), name: b.names.Exported(key)}
		if b.bundled(c) {
			continue
		}
		c.exact = c.name == key
		ref := b.doc.Components.Schemas[key]
		if ref != nil && ref.Ref == "" && b.declared[c.ptr] == "" {
			if given := b.goName(ref.Value.Extensions, c.ptr); given != "" {
				c.name, c.ordered, c.exact = given, true, true
			}
		}
		wanting[c.name]++
		all = append(all, c)
	}
	for i, c := range all {
		if own := b.names.Exported(diag.LastToken(c.ptr)); c.ordered && c.name != own && wanting[c.name] > 1 {
			b.warnf(join(c.ptr, "x-go-name"), "name-taken", "x-go-name %.60q is what another component is called as well; it is ignored", c.name)
			all[i] = component{c.ptr, own, false, own == diag.LastToken(c.ptr)}
		}
	}
	return all
}

// bundled reports whether a component is nothing but a reference to one of the
// same Go name, which bundlers leave where files spell a name in two ways. It is
// that, unless one of the two has another name already.
func (b *builder) bundled(c component) bool {
	target := b.target(node{ptr: c.ptr}).ptr
	key, ok := componentSchema(target)
	if !ok || target == c.ptr || b.names.Exported(key) != c.name || b.declared[target] != "" {
		return false
	}
	ref := b.doc.Components.Schemas[key]
	return ref.Value.Extensions["x-go-name"] == nil && b.opts.Names[ir.Origin{Pointer: b.origin(c.ptr), Part: ir.PartType}] == ""
}
