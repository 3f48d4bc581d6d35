package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// structCodec writes the codec of a struct and its validation.
func (e *emitter) structCodec(t *ir.Struct) {
	if t.Envelope {
		return
	}
	e.gap()
	e.codecMethods(t.GoName, e.isChecked(t))
	e.codecMethod("decode", t.GoName, e.decoderParam(), e.structDecode(t)...)
	e.codecMethod("encode", t.GoName, e.encoderParam(), e.structEncode(t)...)
	if e.isChecked(t) {
		e.codecMethod("validate", t.GoName, e.checkerParam(), e.validateBody(t)...)
	}
}

func (e *emitter) structDecode(t *ir.Struct) []jen.Code {
	body := []jen.Code{
		jen.Id("obj").Op(":=").Add(e.call("d", "decoder.object")),
		jen.For(e.call("obj", "object.next")).BlockFunc(func(g *jen.Group) {
			other := e.readOther(t)
			if len(jsonFields(t)) == 0 {
				g.Add(other)
				return
			}
			g.Switch(jen.String().Call(jen.Id("obj").Dot("key"))).BlockFunc(func(g *jen.Group) {
				for _, f := range jsonFields(t) {
					g.Case(jen.Lit(f.WireName)).Block(e.readField(f))
				}
				g.Default().Block(other)
			})
		}),
	}
	var required []jen.Code
	for _, f := range jsonFields(t) {
		if f.Required && !f.WriteOnly {
			required = append(required, jen.Lit(f.WireName))
		}
	}
	if len(required) > 0 {
		body = append(body, e.call("obj", "object.require", lines(required)))
	}
	return body
}

// readOther deals with a property that has no field.
func (e *emitter) readOther(t *ir.Struct) *jen.Statement {
	switch {
	case t.Additional != nil:
		return e.use("decodeExtra").Call(jen.Op("&").Id("v").Dot(extraField), jen.Op("&").Id("obj"), e.elemReader(*t.Additional))
	case t.Closed:
		return e.call("obj", "object.refuse")
	}
	return e.call("obj", "object.skip")
}

// jsonFields returns the fields that JSON can hold: streams are left to
// multipart bodies.
func jsonFields(t *ir.Struct) []*ir.Field {
	var fields []*ir.Field
	for _, f := range t.Fields {
		if !isBinary(f.Type) {
			fields = append(fields, f)
		}
	}
	return fields
}

// readField decodes the current property into its field.
func (e *emitter) readField(f *ir.Field) *jen.Statement {
	d, p := jen.Id("d"), jen.Op("&").Id("v").Dot(f.GoName)
	switch formOf(f) {
	case formNullable:
		return e.use("decodeNullable").Call(p, d, e.reader(f.Type))
	case formPointer:
		if f.Nullable {
			return e.use("decodePointer").Call(p, d, e.reader(f.Type))
		}
		return e.readOptional(f.Type, p)
	}
	if f.Nullable && !isAny(f.Type) {
		return e.use("decodeOrNull").Call(p, d, e.reader(f.Type))
	}
	if hasMethods(f.Type) {
		return jen.Id("v").Dot(f.GoName).Dot("decode").Call(d)
	}
	return e.readInto(f.Type, p)
}

// readOptional decodes into a pointer to a value that may be absent.
func (e *emitter) readOptional(t ir.Type, p *jen.Statement) *jen.Statement {
	d := jen.Id("d")
	switch t := resolved(t).(type) {
	case *ir.Prim:
		if fast := scalars(t.Kind).optional; fast != "" {
			return e.use(fast).Call(p, d)
		}
	case *ir.Enum:
		if t.Base == ir.String {
			return e.use("decodeOptEnum").Call(p, d)
		}
	}
	return e.use("decodeOptional").Call(p, d, e.reader(t))
}

func (e *emitter) structEncode(t *ir.Struct) []jen.Code {
	body := []jen.Code{e.call("e", "encoder.objectStart")}
	var readOnly []jen.Code
	for _, f := range jsonFields(t) {
		if f.ReadOnly {
			readOnly = append(readOnly, e.writeField(f))
			continue
		}
		body = append(body, e.writeField(f))
	}
	if len(readOnly) > 0 {
		body = append(body, jen.If(jen.Op("!").Id("e").Dot("request")).Block(readOnly...))
	}
	if t.Additional != nil {
		body = append(body, e.use("encodeExtra").Call(jen.Id("v").Dot(extraField), jen.Id("e"), e.elemWriter(*t.Additional)))
	}
	return append(body, e.call("e", "encoder.objectEnd"))
}

// writeField encodes a field as a property.
func (e *emitter) writeField(f *ir.Field) *jen.Statement {
	x, key := jen.Id("v").Dot(f.GoName), jen.Lit(keyText(f.WireName))
	p := jen.Op("&").Add(x)
	atKey := func() *jen.Statement { return e.call("e", "encoder.key", key) }
	switch formOf(f) {
	case formNullable:
		return e.use("encodeNullable").Call(jen.Id("e"), key, p, e.writer(f.Type))
	case formPointer:
		if f.Nullable || f.Required {
			return e.use("encodePointer").Call(p, atKey(), e.writer(f.Type))
		}
		return e.writeOptional(f.Type, key, x)
	}
	switch {
	case holdsNil(f.Type) && !f.Required:
		return e.writeUnlessNil(f.Type, key, x)
	case holdsNil(f.Type) && f.Nullable && !isAny(f.Type):
		return e.use("encodeOrNull").Call(jen.Add(x).Op("==").Nil(), p, atKey(), e.writer(f.Type))
	case hasMethods(f.Type):
		return jen.Id("v").Dot(f.GoName).Dot("encode").Call(atKey())
	}
	return e.writeValue(f, key, x)
}

// writeOptional encodes what a pointer points to, if anything.
func (e *emitter) writeOptional(t ir.Type, key, x *jen.Statement) *jen.Statement {
	if p, ok := resolved(t).(*ir.Prim); ok {
		switch p.Kind {
		case ir.String:
			return e.call("e", "encoder.optString", key, x)
		case ir.Int64:
			return e.call("e", "encoder.optInt64", key, x)
		case ir.Float64:
			return e.call("e", "encoder.optFloat64", key, x)
		case ir.Bool:
			return e.call("e", "encoder.optBool", key, x)
		}
	}
	return e.use("encodeOptional").Call(jen.Id("e"), key, x, e.writer(t))
}

// writeUnlessNil encodes a list, map or the like that is absent when nil.
func (e *emitter) writeUnlessNil(t ir.Type, key, x *jen.Statement) *jen.Statement {
	switch t := resolved(t).(type) {
	case *ir.List:
		return e.use("encodeOptList").Call(jen.Id("e"), key, x, e.elemWriter(t.Elem))
	case *ir.Map:
		return e.use("encodeOptMap").Call(jen.Id("e"), key, x, e.elemWriter(t.Elem))
	}
	return e.use("encodeIf").Call(jen.Add(x).Op("!=").Nil(), jen.Id("e"), key, jen.Op("&").Add(x), e.writer(t))
}

// writeValue encodes a value that is always there.
func (e *emitter) writeValue(f *ir.Field, key, x *jen.Statement) *jen.Statement {
	at := e.call("e", "encoder.key", key)
	p := jen.Op("&").Add(x)
	switch t := resolved(f.Type).(type) {
	case *ir.List:
		return e.use("encodeList").Call(p, at, e.elemWriter(t.Elem))
	case *ir.Map:
		return e.use("encodeMap").Call(p, at, e.elemWriter(t.Elem))
	case *ir.Enum:
		return e.writeScalar(t.Base, true, key, e.withConst(f, x), p)
	case *ir.Prim:
		return e.writeScalar(t.Kind, false, key, e.withConst(f, x), p)
	}
	return e.writer(f.Type).Call(p, at)
}

// writeScalar encodes a scalar x, which lives at p.
func (e *emitter) writeScalar(kind ir.PrimKind, enum bool, key, x, p *jen.Statement) *jen.Statement {
	s := scalars(kind)
	switch {
	case s.method == "" && enum: // an enum of float32
		return e.call("e", "encoder.float64", key, jen.Float64().Call(x))
	case s.method == "":
		return e.use(s.write).Call(p, e.call("e", "encoder.key", key))
	case s.convert != "":
		x = jen.Id(s.convert).Call(x)
	case enum:
		x = jen.Id(s.method).Call(x)
	}
	return e.call("e", "encoder."+s.method, key, x)
}

// withConst fills in the only allowed value where x is zero.
func (e *emitter) withConst(f *ir.Field, x *jen.Statement) *jen.Statement {
	if f.Const == nil {
		return x
	}
	lit, ok := e.constant(f.Type, *f.Const)
	if !ok {
		return x
	}
	return jen.Qual("cmp", "Or").Call(x, lit)
}

// aliasCodec writes the codec of an alias that is a type of its own.
func (e *emitter) aliasCodec(t *ir.Alias) {
	e.gap()
	e.codecMethods(t.GoName, e.isChecked(t))
	p := jen.Parens(jen.Op("*").Add(e.goType(t.Target))).Call(jen.Id("v"))
	e.codecMethod("decode", t.GoName, e.decoderParam(), e.readInto(t.Target, p))
	e.codecMethod("encode", t.GoName, e.encoderParam(), e.writer(t.Target).Call(p, jen.Id("e")))
	if e.isChecked(t) {
		e.codecMethod("validate", t.GoName, e.checkerParam(), e.validateBody(t)...)
	}
}
