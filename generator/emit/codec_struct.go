package emit

import (
	"strings"

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
	var validation []jen.Code
	if e.isChecked(t) {
		validation = e.validateBody(t)
	}
	if f := onlyField(t); f != nil {
		e.onlyCodec(t, f)
	} else {
		e.codecBlock("decode", t.GoName, e.decoderParam(), e.structDecode(t)...)
		e.codecMethod("encode", t.GoName, e.encoderParam(), e.structEncode(t)...)
	}
	if len(validation) > 0 {
		e.codecMethod("validate", t.GoName, e.checkerParam(), validation...)
	}
}

// onlyField returns the field of a struct that has a single one, if that is a
// value or an optional pointer of a type with methods; nil otherwise.
func onlyField(t *ir.Struct) *ir.Field {
	fields := jsonFields(t)
	if len(fields) != 1 || t.Additional != nil || t.Closed {
		return nil
	}
	f := fields[0]
	if !hasMethods(f.Type) || f.ReadOnly || f.Nullable || holdsNil(f.Type) || formOf(f) == formPointer && f.Required {
		return nil
	}
	return f
}

// onlyCodec writes the codec of a struct around a single value: envelopes are
// that.
func (e *emitter) onlyCodec(t *ir.Struct, f *ir.Field) {
	x, name := selector("v", f.GoName), jen.Lit(f.WireName)
	key := jen.Lit(keyText(f.WireName))
	if formOf(f) == formPointer {
		fresh := jen.New(e.goType(f.Type))
		e.codecMethod("decode", t.GoName, e.decoderParam(), e.use("decodeOnly").Call(jen.Id("d"), name, jen.Op("&").Add(x), fresh))
		e.codecMethod("encode", t.GoName, e.encoderParam(), e.call("e", "encoder.only", key, x))
		return
	}
	p := jen.Op("&").Add(x)
	e.codecMethod("decode", t.GoName, e.decoderParam(), e.call("d", "decoder.only", name, required([]*ir.Field{f}), p))
	e.codecMethod("encode", t.GoName, e.encoderParam(), e.call("e", "encoder.only", key, p))
}

func (e *emitter) structDecode(t *ir.Struct) []jen.Code {
	start := jen.Id("obj").Op(":=").Add(e.call("d", "decoder.object", required(jsonFields(t))))
	next := e.call("obj", "object.next")
	other := e.readOther(t)
	return []jen.Code{jen.For(start, next, jen.Empty()).BlockFunc(func(g *jen.Group) {
		if len(jsonFields(t)) == 0 {
			if other != nil {
				g.Add(other)
			}
			return
		}
		key := e.call("obj", "object.name")
		if fields := jsonFields(t); len(fields) == 1 && other == nil {
			g.If(key.Op("==").Lit(fields[0].WireName)).Block(e.readOnce(fields[0]))
			return
		}
		g.Switch(key).BlockFunc(func(g *jen.Group) {
			for _, f := range jsonFields(t) {
				g.Case(jen.Lit(f.WireName)).Block(e.readOnce(f))
			}
			if other != nil {
				g.Default().Block(other)
			}
		})
	})}
}

// required lists the names of the properties that should come, with spaces
// between.
func required(fields []*ir.Field) *jen.Statement {
	var names []string
	for _, f := range fields {
		if f.Required && !f.WriteOnly {
			names = append(names, strings.ReplaceAll(keyText(f.WireName), " ", `\u0020`))
		}
	}
	const most = 100 // characters of a literal on a line
	s := jen.Null()
	line := ""
	for _, name := range names {
		if len(line)+len(name) > most {
			s.Lit(line + " ").Op("+").Line()
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += name
	}
	return s.Lit(line)
}

// readOther deals with a property that has no field; nil when it is passed
// over.
func (e *emitter) readOther(t *ir.Struct) jen.Code {
	switch extra := jen.Id("v").Dot(extraField); {
	case t.Additional != nil:
		return jen.Add(extra).Op("=").Add(e.use("decodeExtra").Call(extra, jen.Op("&").Id("obj"), e.elemReadFunc(*t.Additional)))
	case t.Closed:
		return e.call("obj", "object.refuse")
	}
	return nil
}

// jsonFields returns the fields that JSON can hold: streams are left to
// multipart bodies.
func jsonFields(t *ir.Struct) []*ir.Field {
	var fields []*ir.Field
	for _, f := range t.Fields {
		if !isStream(f.Type) {
			fields = append(fields, f)
		}
	}
	return fields
}

// isStream reports whether t is a stream or a list of them.
func isStream(t ir.Type) bool {
	if list, ok := ir.Underlying(t).(*ir.List); ok {
		t = list.Elem.Type
	}
	return isBinary(t)
}

// readOnce reads a field when its property comes. The property by which a union
// has chosen the struct counts once: there may be another one, with a value of
// another variant.
func (e *emitter) readOnce(f *ir.Field) *jen.Statement {
	if n := e.facts.telling[f]; n > 0 {
		return jen.If(e.call("obj", "object.once", jen.Lit(n))).Block(e.readField(f))
	}
	return e.readField(f)
}

// readField decodes the current property into its field.
func (e *emitter) readField(f *ir.Field) *jen.Statement {
	d, field := jen.Id("d"), selector("v", f.GoName)
	switch formOf(f) {
	case formNullable:
		return field.Op("=").Add(e.use("nullable").Call(d, e.readFunc(f.Type)))
	case formPointer:
		return field.Op("=").Add(e.readPointer(f))
	}
	switch {
	case hasMethods(f.Type) && f.Nullable:
		return jen.If(jen.Op("!").Add(e.call("d", "decoder.null"))).Block(field.Dot("decode").Call(d))
	case hasMethods(f.Type):
		return field.Dot("decode").Call(d)
	case f.Nullable && !isAny(f.Type):
		return field.Op("=").Add(e.use("orNull").Call(d, e.readFunc(f.Type)))
	}
	return field.Op("=").Add(e.read(f.Type))
}

// readPointer decodes a value that may be absent, or null where the document
// allows that.
func (e *emitter) readPointer(f *ir.Field) *jen.Statement {
	d := jen.Id("d")
	if hasMethods(f.Type) {
		decode := pick(f.Nullable, "decodePointer", "decodeOptional")
		return e.use(decode).Call(d, jen.New(e.goType(f.Type)))
	}
	if f.Nullable {
		return e.use("orNil").Call(d, e.readFunc(f.Type))
	}
	switch t := resolved(f.Type).(type) {
	case *ir.Prim:
		if fast := scalarOf(t.Kind).optional; fast != "" && t.Kind != ir.Custom {
			return e.call("d", "decoder."+fast)
		}
	case *ir.Enum:
		if fast := scalarOf(t.Base).optional; fast != "" {
			return jen.Parens(jen.Op("*").Id(t.GoName)).Call(e.call("d", "decoder."+fast))
		}
	}
	return e.use("optional").Call(d, e.readFunc(f.Type))
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
		write := oneLiner(jen.Func().Params(jen.Id("x").Add(e.elemType(*t.Additional))), e.writeElem(*t.Additional, jen.Id("x"), 1))
		body = append(body, e.use("encodeExtra").Call(jen.Id("e"), jen.Id("v").Dot(extraField), write))
	}
	return append(body, e.call("e", "encoder.objectEnd"))
}

// writeField encodes a field as a property.
func (e *emitter) writeField(f *ir.Field) *jen.Statement {
	x, name := selector("v", f.GoName), jen.Lit(keyText(f.WireName))
	key := func() *jen.Statement { return e.call("e", "encoder.key", name) }
	switch formOf(f) {
	case formNullable:
		return e.use("encodeNullable").Call(jen.Id("e"), name, x, e.writeFunc(f.Type))
	case formPointer:
		return e.writePointer(f, name, x)
	}
	switch {
	case holdsNil(f.Type) && !f.Required:
		return e.writeUnlessNil(f.Type, name, x)
	case holdsNil(f.Type) && f.Nullable && !isAny(f.Type):
		return e.writeOrNull(key(), x, e.write(f.Type, key(), x, 0))
	}
	return e.writeValue(f, name, x)
}

// writePointer encodes what a pointer points to, if anything.
func (e *emitter) writePointer(f *ir.Field, name, x *jen.Statement) *jen.Statement {
	en, always := jen.Id("e"), f.Nullable || f.Required // nil is sent as null
	switch {
	case hasMethods(f.Type) && always:
		return e.call("e", "encoder.key", name).Dot(e.name("encoder.orNull")).Call(x)
	case hasMethods(f.Type):
		return e.call("e", "encoder.optional", name, x)
	case always:
		return e.use("encodePointer").Call(e.call("e", "encoder.key", name), x, e.writeFunc(f.Type))
	}
	switch t := resolved(f.Type).(type) {
	case *ir.Prim:
		if fast := scalarOf(t.Kind).optProp; fast != "" && t.Kind != ir.Custom {
			return e.call("e", "encoder."+fast, name, x)
		}
	case *ir.Enum:
		if fast := scalarOf(t.Base).optProp; fast != "" {
			return e.call("e", "encoder."+fast, name, jen.Parens(jen.Op("*").Id(string(t.Base))).Call(x))
		}
	}
	return e.use("encodeOptional").Call(en, name, x, e.writeFunc(f.Type))
}

// writeUnlessNil encodes a list, map or the like that is absent when nil.
func (e *emitter) writeUnlessNil(t ir.Type, name, x *jen.Statement) *jen.Statement {
	present := jen.Add(x).Op("!=").Nil()
	if hasMethods(t) {
		return jen.If(present).Block(operand(x).Dot("encode").Call(e.call("e", "encoder.key", name)))
	}
	return e.write(t, e.call("e", "encoder.optKey", name, present), x, 0)
}

// writeValue encodes a value that is always there.
func (e *emitter) writeValue(f *ir.Field, name, x *jen.Statement) *jen.Statement {
	key := e.call("e", "encoder.key", name)
	switch t := resolved(f.Type).(type) {
	case *ir.Enum:
		return e.writeProperty(t.Base, name, withConst(t.Base, f.Const, convert(t.Base, x)))
	case *ir.Prim:
		if t.Kind != ir.Custom {
			return e.writeProperty(t.Kind, name, withConst(t.Kind, f.Const, x))
		}
	}
	return e.write(f.Type, key, x, 0)
}

// writeProperty encodes a scalar that is always there.
func (e *emitter) writeProperty(kind ir.PrimKind, name, x *jen.Statement) *jen.Statement {
	if short := scalarOf(kind).property; short != "" {
		return e.call("e", "encoder."+short, name, x)
	}
	return e.writeScalar(kind, e.call("e", "encoder.key", name), x)
}

// withConst fills in the only allowed value where x is zero.
func withConst(kind ir.PrimKind, only *ir.Literal, x *jen.Statement) *jen.Statement {
	if only == nil {
		return x
	}
	if lit, ok := basicLit(kind, *only); ok {
		return jen.Qual("cmp", "Or").Call(x, lit)
	}
	return x
}

// aliasCodec writes the codec of an alias that is a type of its own.
func (e *emitter) aliasCodec(t *ir.Alias) {
	e.gap()
	e.codecMethods(t.GoName, e.isChecked(t))
	e.codecMethod("decode", t.GoName, e.decoderParam(), jen.Op("*").Id("v").Op("=").Add(e.read(t.Target)))
	e.codecMethod("encode", t.GoName, e.encoderParam(), e.write(t.Target, jen.Id("e"), jen.Op("*").Id("v"), 0))
	if e.isChecked(t) {
		e.codecMethod("validate", t.GoName, e.checkerParam(), e.validateBody(t)...)
	}
}
