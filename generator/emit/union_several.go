package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// alsoName is the field of a union for the variants that a value matches besides
// the best one.
const alsoName = "Also"

// alsoField declares the field of other variants that hold at the same time.
func (e *emitter) alsoField(t *ir.Union) []jen.Code {
	if !t.Several {
		return nil
	}
	return []jen.Code{
		jen.Comment("// Also are other variants that the value matches as well. Their properties are sent along, but for"),
		jen.Comment("// those that Value has."),
		jen.Id(alsoName).Index().Id(t.InterfaceName),
	}
}

// severalDecode tries the variants, the best match first, and then those that
// have properties which that lacks.
func (e *emitter) severalDecode(t *ir.Union) jen.Code {
	read := jen.Func().Params(jen.Id("variant").Int()).Id(t.InterfaceName).Block(
		jen.Switch(jen.Id("variant")).BlockFunc(func(g *jen.Group) {
			for i, v := range t.Variants {
				g.Case(jen.Lit(i)).Block(jen.Return(e.variantRead(v)))
			}
		}),
		jen.If(e.unknownRaw(t)...).Block(jen.Return(unknownOf(t))),
		jen.Return(jen.Nil()),
	)
	return jen.List(jen.Id("v").Dot("Value"), jen.Id("v").Dot(alsoName)).Op("=").
		Add(e.use("decodeSeveral").Call(jen.Id("d"), jen.Id(shapesName(t)), read))
}

// severalEncode writes the properties of all variants.
func (e *emitter) severalEncode() jen.Code {
	return e.use("encodeSeveral").Call(jen.Id("e"), jen.Id("v").Dot("Value"), jen.Id("v").Dot(alsoName))
}

// checkAlso checks the other variants of a request.
func (e *emitter) checkAlso() jen.Code {
	return e.use("checkSeveral").Call(jen.Id("c"), jen.Id("v").Dot(alsoName))
}
