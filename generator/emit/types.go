package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// Import paths of the modules that generated code depends on.
const (
	typesPath = "github.com/oapi-codegen/runtime/types"
)

// goType is the Go type of a value of t: what a required property has.
func (e *emitter) goType(t ir.Type) *jen.Statement {
	e.needKinds(t, false)
	if text, ok := plainType(t); ok {
		return raw(text)
	}
	switch t := t.(type) {
	case *ir.List:
		return jen.Index().Add(e.elemType(t.Elem))
	case *ir.Map:
		return jen.Map(jen.String()).Add(e.elemType(t.Elem))
	case *ir.Prim:
		return importedType(t)
	}
	return jen.Any()
}

// plainType is the Go type of a value of t as gofmt writes it; false where that
// takes an import.
func plainType(t ir.Type) (string, bool) {
	switch t := t.(type) {
	case ir.Named:
		return t.Declaration().GoName, true
	case *ir.List:
		text, ok := plainElem(t.Elem)
		return "[]" + text, ok
	case *ir.Map:
		text, ok := plainElem(t.Elem)
		return "map[string]" + text, ok
	case *ir.Prim:
		return plainPrim(t)
	}
	return "any", true
}

// plainField is fieldType as text; false where that takes an import or more than
// a pointer.
func (e *emitter) plainField(f *ir.Field) (string, bool) {
	text, ok := plainType(f.Type)
	form := f.Form()
	if !ok || form == ir.FormNullable {
		return "", false
	}
	e.needKinds(f.Type, form == ir.FormPointer)
	if form == ir.FormPointer {
		text = "*" + text
	}
	return text, true
}

// plainElem is plainType for list elements and map values.
func plainElem(el ir.Elem) (string, bool) {
	text, ok := plainType(el.Type)
	if el.Pointer() {
		text = "*" + text
	}
	return text, ok
}

func plainPrim(p *ir.Prim) (string, bool) {
	switch p.Kind {
	case ir.Bool, ir.Int64, ir.Int32, ir.Uint64, ir.Float64, ir.Float32, ir.String:
		return string(p.Kind), true
	case ir.Bytes:
		return "[]byte", true
	case ir.DateTime, ir.Date, ir.UUID, ir.Binary:
		return "", false
	case ir.Custom:
		return p.GoType.Name, p.GoType.Import == ""
	}
	return "any", true
}

// typeText is the Go type of t as text.
func (e *emitter) typeText(t ir.Type) string {
	if text, ok := plainType(t); ok {
		return text // which needs no formatting
	}
	return e.goType(t).GoString()
}

// elemType is the Go type of list elements and map values.
func (e *emitter) elemType(el ir.Elem) *jen.Statement {
	if el.Pointer() {
		return e.pointerType(el.Type)
	}
	return e.goType(el.Type)
}

// pointerType is the Go type of a pointer to a value of t.
func (e *emitter) pointerType(t ir.Type) *jen.Statement {
	e.needKinds(t, true)
	if text, ok := plainType(t); ok {
		return raw("*" + text)
	}
	return jen.Op("*").Add(e.goType(t))
}

// fieldType is the Go type of a struct field, which depends on whether the
// property is required and nullable.
func (e *emitter) fieldType(f *ir.Field) *jen.Statement {
	switch f.Form() {
	case ir.FormPointer:
		return e.pointerType(f.Type)
	case ir.FormNullable:
		e.planned["forNullable"] = true
		e.needKinds(f.Type, true)
		e.need("NullableOf")
		e.need("Null")
		return e.use("Nullable").Types(e.goType(ir.TypeArgument(f.Type)))
	}
	return e.goType(f.Type)
}

// resultType is the Go type of what a method returns: structs and unions by
// pointer, everything else by value.
func (e *emitter) resultType(t ir.Type) *jen.Statement {
	if ir.ByPointer(t) {
		return jen.Op("*").Add(e.goType(t))
	}
	return e.goType(t)
}

// importedType is the Go type of a scalar that plainType does not know.
func importedType(p *ir.Prim) *jen.Statement {
	switch p.Kind {
	case ir.DateTime:
		return jen.Qual("time", "Time")
	case ir.Date:
		return jen.Qual(typesPath, "Date")
	case ir.UUID:
		return jen.Qual(typesPath, "UUID")
	case ir.Binary:
		return jen.Qual("io", "Reader")
	}
	return jen.Qual(p.GoType.Import, p.GoType.Name)
}

// elements returns what a list or map holds; not ok for all else.
func elements(t ir.Type) (el ir.Elem, ok bool) {
	switch t := t.(type) {
	case *ir.List:
		return t.Elem, true
	case *ir.Map:
		return t.Elem, true
	}
	return el, false
}

// primKind returns the scalar kind of t; empty when it is no scalar.
func primKind(t ir.Type) ir.PrimKind {
	if p, ok := ir.Underlying(t).(*ir.Prim); ok {
		return p.Kind
	}
	return ""
}

func isAny(t ir.Type) bool {
	_, ok := ir.Underlying(t).(*ir.Any)
	return ok
}

func isList(t ir.Type) bool {
	_, ok := ir.Underlying(t).(*ir.List)
	return ok
}

// hasMethods reports whether the Go type of t has a codec of its own: decode,
// encode and, where there is something to check, validate.
func hasMethods(t ir.Type) bool {
	switch t := ir.Resolved(t).(type) {
	case *ir.Struct, *ir.Union:
		return true
	case *ir.Alias:
		return t.Defined
	}
	return false
}
