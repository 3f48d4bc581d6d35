package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// scalar names the support methods for a scalar kind.
type scalar struct {
	read     string // the decoder's method
	optional string // the decoder's method for a pointer, if there is one
	write    string // the encoder's method
	property string // the encoder's method for a property, if there is one
	optProp  string // the encoder's method for an optional property, if there is one
}

// scalarOf is the table of scalar kinds.
func scalarOf(kind ir.PrimKind) scalar {
	switch kind {
	case ir.Bool:
		return scalar{"bool", "optBool", "boolean", "bool", "optBool"}
	case ir.Int64:
		return scalar{"int64", "optInt64", "integer", "int64", "optInt64"}
	case ir.Int32:
		return scalar{read: "int32", write: "int32"}
	case ir.Float64:
		return scalar{"float64", "optFloat64", "double", "float64", "optFloat64"}
	case ir.Float32:
		return scalar{read: "float32", write: "float32"}
	case ir.DateTime:
		return scalar{read: "time", write: "time"}
	case ir.Date:
		return scalar{read: "date", write: "date"}
	case ir.UUID:
		return scalar{read: "uuid", write: "uuid"}
	case ir.Bytes:
		return scalar{read: "bytes", write: "bytes"}
	}
	return scalar{"string", "optString", "quoted", "string", "optString"}
}

// reader is a function that decodes a T: func(*T, *decoder).
func (e *emitter) reader(t ir.Type) *jen.Statement { return e.elemReader(ir.Elem{Type: t}) }

// elemReader is a function that decodes a T, or a *T for nullable elements:
// func(*T, *decoder).
func (e *emitter) elemReader(el ir.Elem) *jen.Statement {
	switch {
	case isAny(el.Type):
		return e.use("decodeAny")
	case hasMethods(el.Type) && !el.Nullable:
		return jen.Parens(jen.Op("*").Add(e.goType(el.Type))).Dot("decode")
	}
	fn := jen.Func().Params(jen.Id("v").Op("*").Add(e.elemType(el)), e.decoderParam())
	return oneLiner(fn, jen.Op("*").Id("v").Op("=").Add(e.readElem(el)))
}

// writer is a function that encodes a T: func(*T, *encoder).
func (e *emitter) writer(t ir.Type) *jen.Statement { return e.elemWriter(ir.Elem{Type: t}) }

// elemWriter is a function that encodes a T, or a *T for nullable elements:
// func(*T, *encoder).
func (e *emitter) elemWriter(el ir.Elem) *jen.Statement {
	switch {
	case isAny(el.Type):
		return e.use("encodeAny")
	case hasMethods(el.Type) && !el.Nullable:
		return jen.Parens(jen.Op("*").Add(e.goType(el.Type))).Dot("encode")
	}
	fn := jen.Func().Params(jen.Id("v").Op("*").Add(e.elemType(el)), e.encoderParam())
	return oneLiner(fn, e.writeElem(el, jen.Op("*").Id("v"), 0))
}

// operand is the expression x as something to index or select from: *v needs
// parentheses there.
func operand(x *jen.Statement) *jen.Statement {
	if star := jen.Op("*"); len(*x) > 0 && (*x)[0] == (*star)[0] {
		return jen.Parens(x)
	}
	return jen.Add(x)
}

// read is an expression that decodes a T from the decoder d.
func (e *emitter) read(t ir.Type) *jen.Statement {
	d := jen.Id("d")
	switch t := resolved(t).(type) {
	case *ir.Enum:
		return jen.Id(t.GoName).Call(e.call("d", "decoder."+scalarOf(t.Base).read))
	case ir.Named:
		return e.use("decodeValue").Types(e.goType(t)).Call(d)
	case *ir.List:
		if hasMethods(t.Elem.Type) && !t.Elem.Nullable {
			return e.use("decodeList").Types(e.goType(t.Elem.Type)).Call(d)
		}
		return e.use("listOf").Call(d, e.elemReadFunc(t.Elem))
	case *ir.Map:
		return e.use("mapOf").Call(d, e.elemReadFunc(t.Elem))
	case *ir.Prim:
		if t.Kind == ir.Custom {
			return e.use("decodeReflect").Types(e.goType(t)).Call(d)
		}
		return e.call("d", "decoder."+scalarOf(t.Kind).read)
	}
	return e.call("d", "decoder.any")
}

// readFunc is read as a function: func(*decoder) T.
func (e *emitter) readFunc(t ir.Type) *jen.Statement {
	method := func(name string) *jen.Statement {
		return jen.Parens(jen.Op("*").Add(e.use("decoder"))).Dot(e.name("decoder." + name))
	}
	switch t := resolved(t).(type) {
	case *ir.Enum:
		if t.Base == ir.String {
			return e.use("decodeEnum").Types(jen.Id(t.GoName))
		}
	case ir.Named:
		return e.use("decodeValue").Types(e.goType(t))
	case *ir.Prim:
		if t.Kind == ir.Custom {
			return e.use("decodeReflect").Types(e.goType(t))
		}
		return method(scalarOf(t.Kind).read)
	case *ir.Any:
		return method("any")
	}
	return e.decodeFunc(e.goType(t), e.read(t))
}

// decodeFunc makes a function of an expression that decodes a value.
func (e *emitter) decodeFunc(result, x *jen.Statement) *jen.Statement {
	return oneLiner(jen.Func().Params(e.decoderParam()).Add(result), jen.Return(x))
}

// readElem is an expression that decodes a list element or map value.
func (e *emitter) readElem(el ir.Elem) *jen.Statement {
	d := jen.Id("d")
	switch {
	case !el.Nullable || isAny(el.Type):
		return e.read(el.Type)
	case holdsNil(el.Type):
		return e.use("orNull").Call(d, e.readFunc(el.Type))
	case hasMethods(el.Type):
		return e.use("decodePointer").Call(d, jen.New(e.goType(el.Type)))
	}
	return e.use("orNil").Call(d, e.readFunc(el.Type))
}

// elemReadFunc is readElem as a function: func(*decoder) T.
func (e *emitter) elemReadFunc(el ir.Elem) *jen.Statement {
	if !el.Nullable || isAny(el.Type) {
		return e.readFunc(el.Type)
	}
	return e.decodeFunc(e.elemType(el), e.readElem(el))
}

// write is a statement that encodes the value x to the encoder at: e, or what
// e.key returns. Depth counts the lists around it.
func (e *emitter) write(t ir.Type, at, x *jen.Statement, depth int) *jen.Statement {
	switch t := resolved(t).(type) {
	case *ir.Enum:
		return e.writeScalar(t.Base, at, convert(t.Base, x))
	case ir.Named:
		return operand(x).Dot("encode").Call(at)
	case *ir.List:
		if p, ok := resolved(t.Elem.Type).(*ir.Prim); ok && scalarOf(p.Kind).read == "string" && p.Kind != ir.Custom && !t.Elem.Nullable {
			return jen.Add(at).Dot(e.name("encoder.strings")).Call(x)
		}
		i := jen.Id(string(rune('i' + depth%16)))
		write := e.writeElem(t.Elem, operand(x).Index(i), depth+1)
		return jen.Add(at).Dot(e.name("encoder.elems")).Call(jen.Len(x), oneLiner(jen.Func().Params(jen.Add(i).Int()), write))
	case *ir.Map:
		v := "v" + string(rune('a'+depth%16))
		write := e.writeElem(t.Elem, jen.Id(v), depth+1)
		return e.use("encodeMap").Call(at, x, oneLiner(jen.Func().Params(jen.Id(v).Add(e.elemType(t.Elem))), write))
	case *ir.Prim:
		if t.Kind == ir.Custom {
			return e.use("encodeReflect").Call(at, x)
		}
		return e.writeScalar(t.Kind, at, x)
	}
	return jen.Add(at).Dot(e.name("encoder.any")).Call(x)
}

// writeScalar writes a value of the Go type of the kind.
func (e *emitter) writeScalar(kind ir.PrimKind, at, x *jen.Statement) *jen.Statement {
	return jen.Add(at).Dot(e.name("encoder." + scalarOf(kind).write)).Call(x)
}

// writeElem writes a list element or map value.
func (e *emitter) writeElem(el ir.Elem, x *jen.Statement, depth int) *jen.Statement {
	at := jen.Id("e")
	switch {
	case !el.Nullable || isAny(el.Type):
		return e.write(el.Type, at, x, depth)
	case holdsNil(el.Type):
		return e.writeOrNull(at, x, e.write(el.Type, at, x, depth))
	case hasMethods(el.Type):
		return e.call("e", "encoder.orNull", x)
	}
	return e.use("encodePointer").Call(at, x, e.writeFunc(el.Type))
}

// writeOrNull writes null for a nil list, map or the like.
func (e *emitter) writeOrNull(at, x, write *jen.Statement) *jen.Statement {
	return jen.If(jen.Add(x).Op("==").Nil()).Block(jen.Add(at).Dot(e.name("encoder.null")).Call()).Else().Block(write)
}

// writeFunc is write as a function: func(*encoder, T).
func (e *emitter) writeFunc(t ir.Type) *jen.Statement {
	method := func(name string) *jen.Statement {
		return jen.Parens(jen.Op("*").Add(e.use("encoder"))).Dot(e.name("encoder." + name))
	}
	switch t := resolved(t).(type) {
	case *ir.Enum:
		if t.Base == ir.String {
			return e.use("encodeEnum").Types(jen.Id(t.GoName))
		}
	case ir.Named:
		return e.use("encodeValue").Types(e.goType(t))
	case *ir.Prim:
		if t.Kind == ir.Custom {
			return e.use("encodeReflect").Types(e.goType(t))
		}
		return method(scalarOf(t.Kind).write)
	case *ir.Any:
		return method("any")
	}
	return oneLiner(jen.Func().Params(e.encoderParam(), jen.Id("v").Add(e.goType(t))), e.write(t, jen.Id("e"), jen.Id("v"), 0))
}

// convert converts x, of a type made of the kind, to the Go type of the kind.
func convert(kind ir.PrimKind, x *jen.Statement) *jen.Statement { return jen.Id(string(kind)).Call(x) }
