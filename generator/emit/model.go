package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// models writes the declarations of types.
func models(types []ir.Named) func(*emitter) {
	return func(e *emitter) {
		for _, t := range types {
			e.gap()
			switch t := t.(type) {
			case *ir.Struct:
				e.structType(t)
			case *ir.Enum:
				e.enumType(t)
			case *ir.Union:
				e.unionType(t)
			case *ir.Alias:
				e.aliasType(t)
			}
		}
	}
}

// codecs writes what the types of a file need for JSON and validation.
func codecs(types []ir.Named) func(*emitter) {
	return func(e *emitter) {
		for _, t := range types {
			switch t := t.(type) {
			case *ir.Struct:
				e.structCodec(t)
			case *ir.Union:
				e.unionCodec(t)
			case *ir.Enum:
				e.enumCodec(t)
			case *ir.Alias:
				if t.Defined {
					e.aliasCodec(t)
				}
			}
		}
	}
}

// aliasType declares an alias, or a type of its own where it contains itself.
func (e *emitter) aliasType(t *ir.Alias) {
	e.add(e.declDoc(typeLines, t.GoName, t.Doc, t.Deprecated))
	decl := jen.Type().Id(t.GoName)
	if !t.Defined {
		decl.Op("=")
	}
	e.add(decl.Add(e.goType(t.Target)))
}

// enumType declares an enum, its constants, and what lists them.
func (e *emitter) enumType(t *ir.Enum) {
	e.add(e.declDoc(typeLines, t.GoName, t.Doc, t.Deprecated))
	e.add(jen.Type().Id(t.GoName).Id(string(t.Base)))
	e.gap()
	var names []jen.Code
	e.add(jen.Const().DefsFunc(func(g *jen.Group) {
		for _, v := range t.Values {
			lit, ok := basicLit(t.Base, v.Value)
			if !ok {
				continue
			}
			g.Add(e.doc(fieldLines, v.Doc))
			g.Id(v.GoName).Id(t.GoName).Op("=").Add(lit)
			names = append(names, jen.Id(v.GoName))
		}
	}))
	e.gap()
	e.add(jen.Comment("// Valid reports whether v is one of the values that the document lists."))
	e.add(method("v", jen.Id(t.GoName), "Valid").Params().Bool().Block(
		jen.Switch(jen.Id("v")).Block(
			jen.Case(lines(names)).Block(jen.Return(jen.True())),
		),
		jen.Return(jen.False()),
	))
	e.gap()
	e.add(jen.Comment("// Values returns the values that the document lists."))
	e.add(jen.Func().Params(jen.Id(t.GoName)).Id("Values").Params().Index().Id(t.GoName).Block(
		jen.Return(jen.Index().Id(t.GoName).Values(lines(names))),
	))
}

// enumCodec makes an enum a variant of unions.
func (e *emitter) enumCodec(t *ir.Enum) {
	if !e.facts.variants[t] {
		return
	}
	e.gap()
	recv := jen.Id("v").Id(t.GoName)
	e.add(oneLiner(jen.Func().Params(recv).Id("encode").Params(e.encoderParam()), e.writeTo(t, jen.Id("v"))))
}

// method begins a method with a receiver.
func method(recv string, t jen.Code, name string) *jen.Statement {
	return jen.Func().Params(jen.Id(recv).Add(t)).Id(name)
}

// oneLiner gives a function a body on the same line.
func oneLiner(fn *jen.Statement, body jen.Code) *jen.Statement {
	return fn.Op("{").Add(body).Op("}")
}

// lines lays out a list: a few on a line, many with line breaks between so
// that lines stay readable.
func lines(items []jen.Code) *jen.Statement {
	const perLine = 4
	s := jen.Null()
	for i, item := range items {
		if i > 0 {
			s.Op(",")
			if i%perLine == 0 {
				s.Line()
			}
		}
		s.Add(item)
	}
	return s
}

// codecMethods writes the exported methods that every type with a codec has.
func (e *emitter) codecMethods(name string, checked bool) {
	bytes := jen.Index().Byte()
	e.add(oneLiner(
		method("v", jen.Id(name), "MarshalJSON").Params().Params(bytes, jen.Error()),
		jen.Return(e.use("marshal").Call(jen.Id("v").Dot("encode"))),
	))
	e.add(oneLiner(
		method("v", jen.Op("*").Id(name), "UnmarshalJSON").Params(jen.Id("data").Add(bytes)).Error(),
		jen.Return(e.use("unmarshal").Call(jen.Id("data"), jen.Id("v").Dot("decode"))),
	))
	if checked {
		e.add(oneLiner(
			method("v", jen.Op("*").Id(name), "Validate").Params().Error(),
			jen.Return(e.use("validate").Call(jen.Id("v").Dot("validate"))),
		))
	}
}

// The parameters of codec methods.
func (e *emitter) decoderParam() *jen.Statement { return jen.Id("d").Op("*").Add(e.use("decoder")) }
func (e *emitter) encoderParam() *jen.Statement { return jen.Id("e").Op("*").Add(e.use("encoder")) }
func (e *emitter) checkerParam() *jen.Statement { return jen.Id("c").Op("*").Add(e.use("checker")) }

// codecMethod writes a method of a type with a codec: decode, encode or
// validate.
func (e *emitter) codecMethod(name, of string, param *jen.Statement, body ...jen.Code) {
	e.gap()
	e.add(method("v", jen.Op("*").Id(of), name).Params(param).Block(body...))
}
