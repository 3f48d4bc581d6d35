package config

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator/naming"
)

// goName is a Go name for a component schema or for what stands at a pointer.
func goName(r *reader, at *yaml.Node, dst *Name) value {
	dst.Pos = r.pos(at)
	name := resolve(at).Value
	switch {
	case strings.HasPrefix(name, "#/"):
		dst.Pointer = name[1:]
	case strings.ContainsAny(name, "/#"):
		r.errorf(at, "config-value", "names has component schemas and JSON pointers that start with #/, unlike %q", name)
	default:
		dst.Pointer = "/components/schemas/" + strings.ReplaceAll(name, "~", "~0")
	}
	return text(&dst.GoName, "", func(r *reader, n *yaml.Node, s string) string {
		if !naming.IsExported(s) {
			r.errorf(n, "config-value", "%q is not an exported Go identifier", s)
		}
		return s
	})
}

// distinct reports two names for one thing, which is written as a component
// and as a pointer.
func (r *reader) distinct(list []Name) {
	first := map[string]Name{}
	for _, n := range list {
		if other, ok := first[n.Pointer]; ok {
			r.diags.Errorf(n.Pos, "config-value", "#%s has the name %s already, at line %d; remove one of the two", n.Pointer, other.GoName, other.Pos.Line)
			continue
		}
		first[n.Pointer] = n
	}
}

// formatType is a Go type for a format.
func formatType(r *reader, at *yaml.Node, dst *Type) value {
	dst.Format, dst.Pos = resolve(at).Value, r.pos(at)
	return goType(dst)
}

// schemaType is a Go type for a component schema.
func schemaType(r *reader, at *yaml.Node, dst *Type) value {
	dst.Schema, dst.Pos = resolve(at).Value, r.pos(at)
	return goType(dst)
}

// goType is a Go type with the import path of its package in front.
func goType(dst *Type) value {
	return text(&dst.GoName, "", func(r *reader, n *yaml.Node, s string) string {
		from, name := naming.SplitGoType(s)
		if err := naming.CheckGoType(from, name); err != nil {
			r.errorf(n, "config-value", "%v; write a type as github.com/shopspring/decimal.Decimal or string", err)
		}
		dst.Import = from
		return name
	})
}
