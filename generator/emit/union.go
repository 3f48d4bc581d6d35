package emit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// unionType declares a union: a struct around a sealed interface, and the
// types that wrap variants without a name.
func (e *emitter) unionType(t *ir.Union) {
	e.add(e.declDoc(typeLines, &t.Decl))
	e.add(jen.Type().Id(t.GoName).Struct(append([]jen.Code{
		jen.Comment("// Value is the variant" + pick(t.Nullable, "; nil stands for null.", ". Null leaves it nil, which is not valid.")),
		jen.Id("Value").Id(t.InterfaceName),
	}, e.alsoField(t)...)...))
	e.gap()
	e.add(e.doc(2*typeLines, t.InterfaceName+" is one of "+variantList(t)+"."))
	e.add(jen.Type().Id(t.InterfaceName).Interface(
		jen.Id(marker(t)).Params(),
	))
	for _, v := range t.Variants {
		if v.WrapperName == "" {
			continue
		}
		e.gap()
		e.add(e.doc(fieldLines, cmp.Or(named(v.WrapperName, v.Doc), v.WrapperName+" is a variant of "+t.GoName+".")))
		if wrapsInterface(v) {
			e.add(jen.Type().Id(v.WrapperName).Struct(jen.Id("Value").Add(e.goType(v.Type))))
			continue
		}
		e.add(jen.Type().Id(v.WrapperName).Add(e.goType(v.Type)))
	}
	e.gap()
	e.add(jen.Comment("// " + t.UnknownName + " keeps a value that is none of the other variants."))
	e.add(jen.Type().Id(t.UnknownName).Struct(jen.Id("Raw").Qual("encoding/json", "RawMessage")))
	e.gap()
	for _, v := range t.Variants {
		e.needKinds(v.Type, false)
		e.add(emptyMethod(variantName(v), marker(t)))
	}
	e.add(emptyMethod("*"+t.UnknownName, marker(t)))
}

// marker is the method that seals the interface of a union.
func marker(t *ir.Union) string { return "is" + t.GoName }

// variantList lists the variants for the doc comment of the interface.
func variantList(t *ir.Union) string {
	list := make([]string, 0, len(t.Variants)+1)
	for _, v := range t.Variants {
		list = append(list, variantName(v))
	}
	return strings.Join(append(list, "*"+t.UnknownName), ", ")
}

// variantName is the Go type of a variant in the interface.
func variantName(v *ir.Variant) string {
	if v.WrapperName != "" {
		return v.WrapperName
	}
	name := v.Type.(ir.Named).Declaration().GoName
	if ir.ByPointer(v.Type) {
		return "*" + name
	}
	return name
}

// unionCodec writes the codec of a union and of the wrappers of its variants.
func (e *emitter) unionCodec(t *ir.Union) {
	e.needKinds(t, false)
	e.gap()
	e.codecMethods(t.GoName, true, true, e.isChecked(t))
	if mapped(t) {
		e.codecMethod("decode", t.GoName, e.decoderParam(), e.discriminatedDecode(t))
	} else {
		table := e.shapes(t)
		e.gap()
		e.add(table)
		e.codecMethod("decode", t.GoName, e.decoderParam(), e.matchingDecode(t))
	}
	if t.Several {
		e.codecMethod("encode", t.GoName, e.encoderParam(), e.severalEncode())
	} else {
		e.codecMethod("encode", t.GoName, e.encoderParam(), e.call("e", "encoder.variant", jen.Id("v").Dot("Value")))
	}
	if e.isChecked(t) {
		e.codecMethod("validate", t.GoName, e.checkerParam(), e.validateBody(t)...)
	}
	for _, v := range t.Variants {
		if v.WrapperName != "" {
			e.gap()
			e.wrapperCodec(v)
		}
	}
	e.add(oneLiner(method("v", "*"+t.UnknownName, "kept").Params().Index().Byte(), jen.Return(jen.Id("v").Dot("Raw"))))
	e.add(oneLiner(method("v", t.UnknownName, "MarshalJSON").Params().Params(jen.Index().Byte(), jen.Error()),
		jen.Return(jen.Id("v").Dot("Raw").Dot("MarshalJSON").Call())))
}

// wrapperCodec writes the codec of a wrapper.
func (e *emitter) wrapperCodec(v *ir.Variant) {
	name := v.WrapperName
	inner := jen.Parens(jen.Op("*").Add(e.goType(v.Type))).Parens(jen.Id("v"))
	switch u := ir.Underlying(v.Type).(type) {
	case *ir.Union:
		e.delegate(name, inner)
	case *ir.Struct:
		if u.Closed && u.Additional == nil {
			e.add(emptyMethod("*"+name, "closed"))
		}
	default:
		switch {
		case wrapsInterface(v):
			e.delegate(name, jen.Op("&").Id("v").Dot("Value"))
		case primKind(v.Type) == ir.Custom:
			e.delegate(name, inner)
		}
	}
	if _, ok := ir.Underlying(v.Type).(*ir.Union); ok && e.holdsChecked(v.Type) {
		e.add(checkMethod("*"+name, e.checkerParam(), []jen.Code{e.call("c", "checker.check", inner)}))
	} else if body := e.checkWrapper(v); len(body) > 0 {
		e.add(checkMethod(name, e.checkerParam(), body))
	}
	e.codecMethods(v.WrapperName, true, true, e.holdsChecked(v.Type))
}

// delegate writes methods that leave JSON to what a wrapper holds.
func (e *emitter) delegate(name string, inner *jen.Statement) {
	e.add(oneLiner(method("v", "*"+name, "decode").Params(e.decoderParam()), e.call("d", "decoder.into", inner)))
	e.add(oneLiner(method("v", "*"+name, "encode").Params(e.encoderParam()), e.call("e", "encoder.value", inner)))
	e.planned["forCodec"] = true
}

// wrapsInterface reports whether the Go type of a variant is an interface,
// which cannot have methods; a struct holds it then.
func wrapsInterface(v *ir.Variant) bool { return isAny(v.Type) || ir.IsBinary(v.Type) }

// mapped reports whether the discriminator leads to every variant.
func mapped(t *ir.Union) bool {
	if t.Discriminator == nil {
		return false
	}
	for i, v := range t.Variants {
		if v != t.Discriminator.Default && !slices.ContainsFunc(t.Discriminator.Mapping, func(m ir.DiscriminatorValue) bool { return m.Variant == i }) {
			return false
		}
	}
	return true
}

// discriminatedDecode chooses the variant by the discriminator.
func (e *emitter) discriminatedDecode(t *ir.Union) jen.Code {
	return jen.Switch(e.discriminatorRead(t)).BlockFunc(func(g *jen.Group) {
		for i, v := range t.Variants {
			if names := namesOf(t, i); len(names) > 0 {
				g.Case(e.list(literals(names)...)).Block(e.readVariant(v))
			}
		}
		if v := t.Discriminator.Default; v != nil {
			g.Default().Block(jen.If(jen.Op("!").Add(e.call("d", pick(t.Nullable, "decoder.null", "decoder.missing")))).Block(e.readVariant(v)))
			return
		}
		g.Default().Block(e.readUnknown(t))
	})
}

// discriminatorRead is a call that returns the discriminator of a value, or what stands for its base.
func (e *emitter) discriminatorRead(t *ir.Union) *jen.Statement {
	d := t.Discriminator
	if i := slices.Index(t.Variants, d.Base); i >= 0 && d.Default == nil {
		if names := namesOf(t, i); len(names) > 0 {
			return e.call("d", "decoder.discriminatorOr", jen.Lit(d.Property), jen.Lit(names[0]))
		}
	}
	return e.call("d", "decoder.discriminator", jen.Lit(d.Property))
}

// matchingDecode tries the variants, the best match first.
func (e *emitter) matchingDecode(t *ir.Union) jen.Code {
	if t.Several {
		return e.severalDecode(t)
	}
	next := jen.Id("u").Op(":=").Add(e.call("d", "decoder.union", jen.Id(shapesName(t))))
	return jen.For(next, e.call("u", "union.next", jen.Id("v").Dot("Value")), jen.Empty()).Block(
		jen.Switch(jen.Id("u").Dot("variant")).BlockFunc(func(g *jen.Group) {
			for i, v := range t.Variants {
				g.Case(jen.Lit(i)).Block(e.readVariant(v))
			}
			g.Default().Block(e.readUnknown(t))
		}),
	)
}

// readVariant decodes a variant into v.Value.
func (e *emitter) readVariant(v *ir.Variant) *jen.Statement {
	return jen.Id("v").Dot("Value").Op("=").Add(e.variantRead(v))
}

// variantRead is a call that decodes a variant.
func (e *emitter) variantRead(v *ir.Variant) *jen.Statement {
	d := jen.Id("d")
	switch {
	case isQuoted(v.Type):
		e.planned["forQuoted"] = true
		return e.use("decodeQuoted").Types(jen.Id(v.WrapperName)).Call(d)
	case v.WrapperName != "":
		return e.use("decodeValue").Types(jen.Id(v.WrapperName)).Call(d)
	case ir.ByPointer(v.Type):
		return e.use("decodeVariant").Call(d, jen.New(e.goType(v.Type)))
	}
	return e.use("decodeValue").Types(e.goType(v.Type)).Call(d)
}

// readUnknown keeps a value that no variant matches.
func (e *emitter) readUnknown(t *ir.Union) *jen.Statement {
	return jen.If(e.unknownRaw(t)...).Block(jen.Id("v").Dot("Value").Op("=").Add(unknownOf(t)))
}

// unknownRaw is the condition that there is a value to keep, as raw.
func (e *emitter) unknownRaw(t *ir.Union) []jen.Code {
	raw := e.call("d", pick(t.Nullable, "decoder.unknownOrNull", "decoder.unknown"))
	return []jen.Code{jen.Id("raw").Op(":=").Add(raw), jen.Id("raw").Op("!=").Nil()}
}

// unknownOf is the variant that keeps raw.
func unknownOf(t *ir.Union) *jen.Statement {
	return jen.Op("&").Id(t.UnknownName).Values(jen.Id("Raw").Op(":").Id("raw"))
}

func shapesName(t *ir.Union) string { return "shapesOf" + t.GoName }

// shapes is the table by which the variants of a union are told apart. What
// does not help to choose is left out.
func (e *emitter) shapes(t *ir.Union) *jen.Statement {
	several := func(kind string) bool {
		n := 0
		for _, v := range t.Variants {
			if len(v.Match.Kinds) == 0 || slices.Contains(v.Match.Kinds, kind) {
				n++
			}
		}
		return n > 1
	}
	details := several("object") || several("array")
	return jen.Var().Id(shapesName(t)).Op("=").Index().Add(e.use("shape")).ValuesFunc(func(g *jen.Group) {
		for i, v := range t.Variants {
			g.Line().Add(e.shape(t, i, v, details))
		}
		g.Line()
	})
}

// shape is the entry of a variant in the table.
func (e *emitter) shape(t *ir.Union, index int, v *ir.Variant, details bool) *jen.Statement {
	fields := []jen.Code{jen.Id("kinds").Op(":").Add(e.kinds(v.Match.Kinds))}
	if len(v.Match.Values) > 0 {
		fields = append(fields, jen.Id("values").Op(":").Op("&").Add(e.scalars(v.Match.Values, false)))
	}
	if !details {
		return jen.Values(fields...)
	}
	if consts := e.constShapes(t, index, v); consts != nil {
		fields = append(fields, consts)
	}
	if len(v.Match.Required) > 0 {
		fields = append(fields, jen.Id("required").Op(":").Add(e.stringList(v.Match.Required)))
	}
	if len(v.Match.Known) > 0 {
		fields = append(fields, jen.Id("known").Op(":").Add(e.stringList(slices.Sorted(slices.Values(v.Match.Known)))))
	}
	if t.Several && v.Match.Open {
		fields = append(fields, jen.Id("open").Op(":").True())
	}
	return jen.Values(fields...)
}

// constShapes lists the properties of a variant with listed values, the
// discriminator among them.
func (e *emitter) constShapes(t *ir.Union, index int, v *ir.Variant) *jen.Statement {
	consts, discriminator := telling(t, index, v.Match.Consts), ""
	if d := t.Discriminator; d != nil {
		discriminator = d.Property
		var values []ir.Literal
		for _, name := range namesOf(t, index) {
			values = append(values, d.Literal(name))
		}
		property := ir.ConstProperty{Name: d.Property, Values: values}
		if len(values) > 0 && !slices.ContainsFunc(consts, property.Same) {
			consts = append(slices.Clone(consts), property)
		}
	}
	if len(consts) == 0 {
		return nil
	}
	return jen.Id("consts").Op(":").Index().Add(e.use("constant")).ValuesFunc(func(g *jen.Group) {
		for _, c := range consts {
			grows := c.Inner != "" || c.Name != discriminator && !tells(t, index, c)
			fields := []jen.Code{jen.Id("name").Op(":").Lit(c.Name)}
			if c.Inner != "" {
				fields = append(fields, jen.Id("inner").Op(":").Lit(c.Inner))
			}
			values := c.Values
			if c.Nullable {
				values = append(slices.Clone(values), ir.Literal{Kind: ir.LitNull})
			}
			g.Values(append(fields, jen.Id("values").Op(":").Add(e.scalars(values, grows)))...)
		}
	})
}

// telling leaves out properties of properties whose values do not tell a variant
// from others.
func telling(t *ir.Union, index int, consts []ir.ConstProperty) []ir.ConstProperty {
	return slices.DeleteFunc(slices.Clone(consts), func(c ir.ConstProperty) bool {
		return c.Inner != "" && !slices.ContainsFunc(t.Variants, func(v *ir.Variant) bool {
			n := slices.IndexFunc(v.Match.Consts, c.Same)
			return v != t.Variants[index] && n >= 0 && !slices.Equal(v.Match.Consts[n].Values, c.Values)
		})
	})
}

// tells reports whether the listed values of a property of a variant tell it
// from others: whether another has the property and lists other values, or any.
func tells(t *ir.Union, index int, c ir.ConstProperty) bool {
	for i, v := range t.Variants {
		if i == index {
			continue
		}
		n := slices.IndexFunc(v.Match.Consts, c.Same)
		switch {
		case n >= 0 && !slices.Equal(v.Match.Consts[n].Values, c.Values), n < 0 && slices.Contains(v.Match.Known, c.Name):
			return true
		case len(v.Match.Known) == 0 && (len(v.Match.Kinds) == 0 || slices.Contains(v.Match.Kinds, "object")): // it takes all
			return true
		}
	}
	return len(c.Values) == 1
}

// kinds is the set of JSON kinds that a variant accepts; none listed is all.
func (e *emitter) kinds(names []string) *jen.Statement {
	if len(names) == 0 {
		return e.use("anyKind")
	}
	constants := map[string]string{
		"object": "objects", "array": "arrays", "string": "strs", "integer": "ints", "number": "floats", "boolean": "bools",
	}
	s := jen.Null()
	for i, name := range names {
		if i > 0 {
			s.Op("|")
		}
		s.Add(e.use(constants[name]))
	}
	return s
}

// scalars lists literals for the table.
func (e *emitter) scalars(values []ir.Literal, grows bool) *jen.Statement {
	var texts, others []string
	for _, v := range values {
		if v.Kind == ir.LitString {
			texts = append(texts, v.Text)
		} else {
			others = append(others, canonical(v))
		}
	}
	var fields []jen.Code
	if len(texts) > 0 {
		fields = append(fields, jen.Id("strings").Op(":").Add(e.stringList(texts)))
	}
	if len(others) > 0 {
		fields = append(fields, jen.Id("others").Op(":").Add(e.stringList(others)))
	}
	if grows {
		fields = append(fields, jen.Id("grows").Op(":").True())
	}
	return e.use("scalars").Values(fields...)
}

func (e *emitter) stringList(texts []string) *jen.Statement {
	return jen.Index().String().Values(e.list(literals(texts)...))
}
