package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// scalar names the support functions for a scalar kind.
type scalar struct {
	read, write string // decodeX and encodeX
	enum        string // the reader of an enum of this kind
	optional    string // the reader of a pointer; empty for the general one
	method      string // the encoder's method for a property; empty for none
	convert     string // the type of the method's argument, when it is another
}

// scalars is the table of scalar kinds.
func scalars(kind ir.PrimKind) scalar {
	switch kind {
	case ir.String:
		return scalar{"decodeString", "encodeString", "decodeEnum", "decodeOptString", "string", ""}
	case ir.Bool:
		return scalar{"decodeBool", "encodeBool", "decodeBoolEnum", "decodeOptBool", "bool", ""}
	case ir.Int64:
		return scalar{"decodeInt64", "encodeInt64", "decodeInt64Enum", "decodeOptInt64", "int64", ""}
	case ir.Int32:
		return scalar{"decodeInt32", "encodeInt32", "decodeInt32Enum", "", "int64", "int64"}
	case ir.Float64:
		return scalar{"decodeFloat64", "encodeFloat64", "decodeFloat64Enum", "decodeOptFloat64", "float64", ""}
	case ir.Float32:
		return scalar{read: "decodeFloat32", write: "encodeFloat32", enum: "decodeFloat32Enum"}
	case ir.DateTime:
		return scalar{read: "decodeTime", write: "encodeTime"}
	case ir.Date:
		return scalar{read: "decodeDate", write: "encodeDate"}
	case ir.UUID:
		return scalar{read: "decodeUUID", write: "encodeUUID"}
	case ir.Bytes:
		return scalar{read: "decodeBytes", write: "encodeBytes"}
	case ir.Binary:
		return scalar{read: "decodeStream", write: "encodeStream"}
	}
	return scalar{read: "decodeCustom", write: "encodeCustom"}
}

// reader is a function that decodes a T: func(*T, *decoder).
func (e *emitter) reader(t ir.Type) *jen.Statement {
	switch t := resolved(t).(type) {
	case *ir.Enum:
		return e.use(scalars(t.Base).enum).Types(jen.Id(t.GoName))
	case ir.Named:
		return jen.Parens(jen.Op("*").Id(t.Declaration().GoName)).Dot("decode")
	case *ir.List:
		return e.use("listOf").Call(e.elemReader(t.Elem))
	case *ir.Map:
		return e.use("mapOf").Call(e.elemReader(t.Elem))
	case *ir.Prim:
		if s := scalars(t.Kind); t.Kind != ir.Custom {
			return e.use(s.read)
		}
		return e.use("decodeCustom").Types(e.goType(t))
	}
	return e.use("decodeAny")
}

// elemReader is a function that decodes a list element or map value.
func (e *emitter) elemReader(el ir.Elem) *jen.Statement {
	switch {
	case !el.Nullable || isAny(el.Type):
		return e.reader(el.Type)
	case holdsNil(el.Type):
		return e.use("orNull").Call(e.reader(el.Type))
	}
	return e.use("pointerTo").Call(e.reader(el.Type))
}

// writer is a function that encodes a T: func(*T, *encoder).
func (e *emitter) writer(t ir.Type) *jen.Statement {
	switch t := resolved(t).(type) {
	case *ir.Enum:
		if t.Base == ir.String {
			return e.use("encodeEnum").Types(jen.Id(t.GoName))
		}
		return jen.Func().Params(jen.Id("v").Op("*").Id(t.GoName), e.encoderParam()).Op("{").Add(e.writeTo(t, jen.Op("*").Id("v"))).Op("}")
	case ir.Named:
		return jen.Parens(jen.Op("*").Id(t.Declaration().GoName)).Dot("encode")
	case *ir.List:
		return e.use("listWriter").Call(e.elemWriter(t.Elem))
	case *ir.Map:
		return e.use("mapWriter").Call(e.elemWriter(t.Elem))
	case *ir.Prim:
		if s := scalars(t.Kind); t.Kind != ir.Custom {
			return e.use(s.write)
		}
		return e.use("encodeCustom").Types(e.goType(t))
	}
	return e.use("encodeAny")
}

// elemWriter is a function that encodes a list element or map value.
func (e *emitter) elemWriter(el ir.Elem) *jen.Statement {
	switch {
	case !el.Nullable || isAny(el.Type):
		return e.writer(el.Type)
	case holdsNil(el.Type):
		return e.nilWriter(el.Type)
	}
	return e.use("pointerWriter").Call(e.writer(el.Type))
}

// nilWriter encodes a nil as null.
func (e *emitter) nilWriter(t ir.Type) *jen.Statement {
	v := jen.Id("v").Op("*").Add(e.goType(t))
	isNil := jen.Op("*").Id("v").Op("==").Nil()
	return jen.Func().Params(v, e.encoderParam()).Op("{").
		Add(e.use("encodeOrNull").Call(isNil, jen.Id("v"), jen.Id("e"), e.writer(t))).Op("}")
}

// writeTo writes the value x of an enum or other scalar to the encoder e.
func (e *emitter) writeTo(t *ir.Enum, x *jen.Statement) *jen.Statement {
	switch t.Base {
	case ir.Int64, ir.Int32:
		return e.call("e", "encoder.integer", jen.Int64().Call(x))
	case ir.Float64:
		return e.call("e", "encoder.number", jen.Float64().Call(x), jen.Lit(64))
	case ir.Float32:
		return e.call("e", "encoder.number", jen.Float64().Call(x), jen.Lit(32))
	case ir.Bool:
		return e.call("e", "encoder.boolean", jen.Bool().Call(x))
	}
	return e.call("e", "encoder.quoted", jen.String().Call(x))
}

// readInto decodes into the variable at the pointer p, which holds a T.
func (e *emitter) readInto(t ir.Type, p *jen.Statement) *jen.Statement {
	d := jen.Id("d")
	switch t := resolved(t).(type) {
	case *ir.List:
		return e.use("decodeList").Call(p, d, e.elemReader(t.Elem))
	case *ir.Map:
		return e.use("decodeMap").Call(p, d, e.elemReader(t.Elem))
	case *ir.Enum:
		return e.use(scalars(t.Base).enum).Call(p, d)
	case *ir.Prim:
		return e.use(scalars(t.Kind).read).Call(p, d)
	case *ir.Any:
		return e.use("decodeAny").Call(p, d)
	}
	return e.reader(t).Call(p, d)
}
