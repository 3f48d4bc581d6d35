package build

import (
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// chooseName ends what is said about a name that is taken.
const chooseName = " (choose one with x-go-name, or with names in gen.yaml)"

// holdNames keeps the package-level names of a lock for what had them.
func (b *builder) holdNames() {
	for o, name := range b.opts.Names {
		if o.Part.InPackage() {
			b.scope.Hold(name)
		}
	}
}

// hold keeps the names that the lock has for origins in scope, where what is
// there is known before the first name is claimed.
func (b *builder) hold(scope *naming.Scope, origins ...ir.Origin) {
	for _, o := range origins {
		if name := b.opts.Names[o]; name != "" {
			scope.Hold(name)
		}
	}
}

// take takes a name for o in scope: the one that o had before, or else one of
// those wanted, as Scope.Claim does. It is noted as the name of o.
func (b *builder) take(scope *naming.Scope, o ir.Origin, wanted ...string) string {
	return b.takeFor(scope, o, false, wanted...)
}

// takeFor is take; a name that the document orders, as x-go-name does, comes
// before the one that o had.
func (b *builder) takeFor(scope *naming.Scope, o ir.Origin, ordered bool, wanted ...string) string {
	for b.api.Names[o] != "" {
		o.Key += "'" // the same schema in another light
	}
	kept := b.opts.Names[o]
	if ordered && kept != "" && kept != wanted[0] && !b.held(scope, wanted[0]) && !scope.Has(wanted[0]) {
		scope.Release(kept)
		kept = ""
	}
	if kept == "" || !scope.Take(kept) {
		for _, name := range wanted {
			b.held(scope, name)
		}
		kept = scope.Claim(wanted...)
	}
	b.api.Names[o] = kept
	return kept
}

// held reports whether a name waits in scope for what had it before, which is
// noted: something new would have liked it.
func (b *builder) held(scope *naming.Scope, name string) bool {
	if !scope.Held(name) {
		return false
	}
	b.missed[name] = true
	return true
}

// has reports whether a name of the package is taken, or held.
func (b *builder) has(name string) bool { return b.held(&b.scope, name) || b.scope.Has(name) }

// settled reports whether o has the name that it had before, so that there is
// nothing to report about it, unless another one is ordered.
func (b *builder) settled(o ir.Origin, name string, ordered bool) bool {
	return b.opts.Names[o] == name && !ordered
}

// remaining returns the names of the lock without those that are free: of what
// the document does not have any longer, or has under a name that it orders. It
// reports whether one of these was in the way of something that wanted it.
func (b *builder) remaining() (names ir.Names, inTheWay bool) {
	names = ir.Names{}
	for o, name := range b.opts.Names {
		now, ok := b.api.Names[o]
		switch {
		case ok && (now == name || !b.missed[name]):
			names[o] = name
		case b.missed[name]:
			inTheWay = true
		}
	}
	return names, inTheWay
}
