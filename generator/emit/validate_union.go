package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// checkVariants checks the variant of a union: that there is one, which is up to
// the schema if that decides which it is, and then what any of them has to check.
func (e *emitter) checkVariants(t *ir.Union) []jen.Code {
	checked, body := e.checkVariant(t)
	if t.Several && checked {
		body = append(body, e.checkAlso())
	}
	return body
}

// checkVariant checks the variant of a union, and reports whether any of them has
// something to check.
func (e *emitter) checkVariant(t *ir.Union) (checked bool, body []jen.Code) {
	for _, v := range t.Variants {
		switch variant := ir.Resolved(v.Type).(type) {
		case *ir.Enum:
			checked = checked || !variant.Open
		case ir.Named:
			checked = e.isChecked(variant) || checked // ask about all of them
		default:
			checked = e.holdsChecked(v.Type) || checked || len(e.checkWrapper(v)) > 0
		}
	}
	x := jen.Id("v").Dot("Value")
	if t.Overlapping {
		if !checked {
			return checked, nil
		}
		return checked, []jen.Code{e.call("c", "checker.chosen", x)}
	}
	keyword := ""
	if !t.Nullable {
		keyword = pick(t.Exclusive, "oneOf", "anyOf")
	}
	present := e.call("c", "checker.present", jen.Lit(keyword), x)
	switch names := e.checkNames(t); {
	case len(names) == 1:
		is := jen.List(jen.Id("x"), jen.Id("ok")).Op(":=").Add(x).Assert(jen.Id(names[0].variant))
		return checked, []jen.Code{jen.If(is, present.Op("&&").Id("ok")).Block(names[0].check)}
	case len(names) > 1:
		var cases []jen.Code
		for _, n := range names {
			cases = append(cases, jen.Case(jen.Id(n.variant)).Block(n.check))
		}
		return checked, []jen.Code{jen.If(present).Block(jen.Switch(jen.Id("x").Op(":=").Add(x).Assert(jen.Type())).Block(cases...))}
	case !t.Nullable:
		return checked, []jen.Code{present}
	case !checked:
		return checked, nil
	}
	return checked, []jen.Code{e.call("c", "checker.variant", x)}
}

// checkWrapper checks a wrapped variant v.
func (e *emitter) checkWrapper(v *ir.Variant) []jen.Code {
	if wrapsInterface(v) {
		return nil
	}
	x := jen.Parens(e.goType(v.Type)).Call(jen.Id("v"))
	return e.checkValue(value{typ: v.Type, x: x, limits: constraints(v.Type, v.Constraint)})
}

// nameCheck checks the discriminator of a variant x.
type nameCheck struct {
	variant string // its Go type
	check   jen.Code
}

// checkNames checks of each variant of a request that does not do it itself that
// its discriminator has a value that leads to it, where the document names these;
// that of the default one must lead to no other. Those of a response were found
// by it.
func (e *emitter) checkNames(t *ir.Union) (checks []nameCheck) {
	if t.Discriminator == nil || !e.sends() {
		return nil
	}
	for i, v := range t.Variants {
		s, ok := ir.Resolved(v.Type).(*ir.Struct)
		if !ok || v.WrapperName != "" {
			continue
		}
		n := slices.IndexFunc(s.Fields, func(f *ir.Field) bool { return f.WireName == t.Discriminator.Property })
		if n < 0 || s.Fields[n].ReadOnly {
			continue
		}
		listed := e.listed(t, i, s.Fields[n])
		if listed == nil {
			continue
		}
		if check := e.checkName(s.Fields[n], listed); check != nil {
			checks = append(checks, nameCheck{variantName(v), check})
		}
	}
	return checks
}

// listed is the call that checks the discriminator f of a variant, a string;
// nil when there is nothing to check.
func (e *emitter) listed(t *ir.Union, variant int, f *ir.Field) *jen.Statement {
	names := namesOf(t, variant)
	if t.Variants[variant] == t.Discriminator.Default {
		var others []string
		for _, m := range t.Discriminator.Mapping {
			if m.Variant != variant && !m.Implicit {
				others = append(others, m.Value)
			}
		}
		if len(others) == 0 || len(names) > 0 && isLimitedTo(f, names) {
			return nil
		}
		return e.link("stringCheck.noneOf", e.list(literals(others)...))
	}
	implicit := slices.ContainsFunc(t.Discriminator.Mapping, func(m ir.DiscriminatorValue) bool { return m.Variant == variant && m.Implicit })
	if len(names) == 0 || implicit || isLimitedTo(f, names) {
		return nil
	}
	keyword := pick(len(names) == 1, "const", "enum")
	return e.link("stringCheck.oneOf", jen.Lit(keyword), e.list(literals(names)...))
}

// checkName checks the field f of x, which is text or has one, when it is sent;
// what is absent has none.
func (e *emitter) checkName(f *ir.Field, listed *jen.Statement) jen.Code {
	at, x, isText := jen.Lit(f.Pointer()), jen.Id("x").Dot(f.GoName), ir.IsText(f.Type)
	if format := formatName(f.Type); !isText && (f.Const != nil || format != "formatInt" && format != "formatBool") {
		return nil
	}
	switch f.Form() {
	case ir.FormNullable:
		get := jen.List(jen.Id("v"), jen.Id("ok")).Op(":=").Add(x).Dot(e.name("Nullable.Get")).Call()
		return jen.If(get, jen.Id("ok")).Block(e.call("c", "checker.string", at, e.text(f.Type, jen.Id("v"))).Add(listed))
	case ir.FormPointer:
		if !isText {
			value := e.text(f.Type, jen.Op("*").Add(x))
			return jen.If(x.Clone().Op("!=").Nil()).Block(e.call("c", "checker.string", at, value).Add(listed))
		}
		if !isPlainString(f.Type) {
			x = jen.Parens(jen.Op("*").String()).Call(x)
		}
		return e.call("c", "checker.optString", at, x).Add(listed)
	}
	x = e.text(f.Type, x)
	if f.Const != nil {
		x = jen.Qual("cmp", "Or").Call(x, jen.Lit(f.Const.Text))
	}
	return e.call("c", "checker.string", at, x).Add(listed)
}

// isLimitedTo reports whether the limits of a field allow nothing but the names.
func isLimitedTo(f *ir.Field, names []string) bool {
	if enum, ok := ir.Resolved(f.Type).(*ir.Enum); ok && !enum.Open {
		return !slices.ContainsFunc(enum.Values, func(v *ir.EnumValue) bool { return !slices.Contains(names, v.Value.Text) })
	}
	return slices.ContainsFunc(constraints(f.Type, f.Constraint), func(l *ir.Constraint) bool {
		return l.Const != nil && slices.Contains(names, l.Const.Text)
	})
}

// namesOf lists the values of the discriminator that lead to a variant.
func namesOf(t *ir.Union, variant int) (names []string) {
	for _, m := range t.Discriminator.Mapping {
		if m.Variant == variant {
			names = append(names, m.Value)
		}
	}
	return names
}
