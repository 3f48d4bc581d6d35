package inspect

import (
	"path"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// valueType spells the Go type of a value of t.
func valueType(t ir.Type) string {
	switch t := t.(type) {
	case ir.Named:
		return t.Declaration().GoName
	case *ir.List:
		return "[]" + elemType(t.Elem)
	case *ir.Map:
		return "map[string]" + elemType(t.Elem)
	case *ir.Prim:
		return primType(t)
	}
	return "any"
}

// elemType spells the Go type of list elements and map values.
func elemType(e ir.Elem) string {
	if e.Pointer() {
		return "*" + valueType(e.Type)
	}
	return valueType(e.Type)
}

// fieldType spells the Go type of a struct field.
func fieldType(f *ir.Field) string {
	switch f.Form() {
	case ir.FormNullable:
		return "Nullable[" + valueType(ir.TypeArgument(f.Type)) + "]"
	case ir.FormPointer:
		return "*" + valueType(f.Type)
	}
	return valueType(f.Type)
}

// contentType spells the type of a response, which may have no content.
func contentType(t ir.Type) string {
	if t == nil {
		return ""
	}
	return valueType(t)
}

// resultType spells what a method returns.
func resultType(r ir.Result) string {
	t := r.Type
	switch {
	case r.Unwrap != nil:
		t = r.Unwrap.Type
	case t == nil:
		return "*Response"
	case r.Streams():
		return "iter.Seq2[" + valueType(t) + ", error]"
	}
	switch {
	case ir.ByPointer(t):
		return "*" + valueType(t)
	case ir.IsBinary(t):
		return "io.ReadCloser" // whatever the alias, it is for the caller to close
	}
	return elemType(ir.Elem{Type: t, Nullable: r.Nullable() && r.Unwrap == nil})
}

// variantType spells the type that a type switch over a union names.
func variantType(v *ir.Variant) string {
	if v.WrapperName != "" {
		return v.WrapperName
	}
	if ir.ByPointer(v.Type) {
		return "*" + valueType(v.Type)
	}
	return valueType(v.Type)
}

func primType(p *ir.Prim) string {
	switch p.Kind {
	case ir.DateTime:
		return "time.Time"
	case ir.Date:
		return "types.Date"
	case ir.UUID:
		return "types.UUID"
	case ir.Bytes:
		return "[]byte"
	case ir.Binary:
		return "io.Reader"
	case ir.Custom:
		if p.GoType.Import != "" {
			return path.Base(p.GoType.Import) + "." + p.GoType.Name
		}
		return p.GoType.Name
	}
	return string(p.Kind)
}
