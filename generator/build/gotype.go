package build

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// goType returns the Go type that the configuration gives to schemas of this
// format, or that x-go-type names where the document is trusted; nil if there
// is none.
func (b *builder) goType(sch *openapi3.Schema, ptr string) *ir.GoType {
	if t := b.formatType(sch.Format); t != nil {
		return t
	}
	name, imp := extString(sch.Extensions, "x-go-type"), sch.Extensions["x-go-type-import"]
	if spec, ok := sch.Extensions["x-go-type"].(map[string]any); ok { // as go-swagger has it
		name, imp = extString(spec, "type"), nil
		if from, ok := spec["import"].(map[string]any); ok {
			imp = extString(from, "package")
		}
	}
	if name == "" {
		return nil
	}
	at := join(ptr, "x-go-type")
	if !b.opts.TrustGoTypes {
		b.warnFirst("x-go-type", at, "untrusted-go-type", "x-go-type names code and is ignored, here and elsewhere; allow it with trust-go-types: true in gen.yaml")
		return nil
	}
	t, err := parseGoType(name, imp)
	if err != nil {
		b.warnf(at, "bad-go-type", "%v; x-go-type is ignored", err)
		return nil
	}
	return t
}

// parseGoType reads x-go-type ("decimal.Decimal") and x-go-type-import (a path,
// or an object with path and name).
func parseGoType(name string, imp any) (*ir.GoType, error) {
	pkg, ident, qualified := strings.Cut(name, ".")
	if !qualified {
		pkg, ident = "", name
	}
	from := pkg // a package of the standard library, such as "time"
	switch x := imp.(type) {
	case string:
		from = x
	case map[string]any:
		from = extString(x, "path")
	}
	if err := naming.CheckGoType(from, ident); err != nil {
		return nil, err
	}
	return &ir.GoType{Import: from, Name: ident}, nil
}

// suits reports whether a Go type that was chosen for a schema can hold its values.
// The types that Go has anyway are scalars like any other; what only fits another
// kind of JSON is reported and ignored.
func (b *builder) suits(t *ir.GoType, s *shape) bool {
	fits := map[string]kinds{"string": kindString, "bool": kindBool, "any": ^kinds(0)}
	want, known := fits[t.Name]
	if !known {
		want = kindInt | kindNumber
	}
	if t.Import != "" || s.kinds == 0 || s.kinds&want != 0 {
		return true
	}
	b.warnOnce(s.ptr, "bad-go-type", "the Go type %s does not fit what the schema describes; it is ignored", t.Name)
	return false
}

// replace gives a schema the Go type that was chosen for it.
func (b *builder) replace(u *use, s *shape) {
	switch t, kind := s.goType, ir.PrimKind(s.goType.Name); {
	case t.Import != "":
		u.typ = &ir.Prim{Kind: ir.Custom, GoType: t}
	case t.Name == "any":
		u.typ = &ir.Any{}
	case kind == ir.String:
		s.limits.Format = s.format
		u.typ, u.limits = &ir.Prim{Kind: kind, Format: s.format}, limitsFor(s.limits, kindString)
	case kind == ir.Bool, kind == ir.Int64, kind == ir.Int32, kind == ir.Uint64, kind == ir.Float64, kind == ir.Float32:
		u.typ, u.limits = &ir.Prim{Kind: kind, Format: s.format}, limitsFor(s.limits, s.kinds)
	default:
		u.typ = &ir.Prim{Kind: ir.Custom, GoType: t}
	}
}
