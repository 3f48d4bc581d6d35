package compare

import (
	"go/types"
	"strings"
)

// OnlyGrown reports whether a message of apidiff says that a struct cannot be
// compared with == any longer, although all fields that it had are what they
// were: it got one that cannot be compared, or one of its structs did. Go lets
// those structs be compared that happen to hold nothing else; a document that
// adds a list means nothing by it, and callers of clients are told not to.
func OnlyGrown(message string, before, after *types.Package) bool {
	name, ok := strings.CutSuffix(message, ": old is comparable, new is not")
	if !ok {
		return false
	}
	old, changed := structOf(before, name), structOf(after, name)
	if old == nil || changed == nil {
		return false
	}
	now := map[string]string{}
	for f := range changed.Fields() {
		now[f.Name()] = types.TypeString(f.Type(), pathOf)
	}
	for f := range old.Fields() {
		if now[f.Name()] != types.TypeString(f.Type(), pathOf) {
			return false
		}
	}
	return true
}

func pathOf(p *types.Package) string { return p.Path() }

// structOf returns the struct that a name of the package is; nil when it is
// none.
func structOf(pkg *types.Package, name string) *types.Struct {
	obj := pkg.Scope().Lookup(name)
	if obj == nil {
		return nil
	}
	s, _ := obj.Type().Underlying().(*types.Struct)
	return s
}
