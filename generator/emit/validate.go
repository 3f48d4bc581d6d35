package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// validateBody returns the statements of the validate method of a type; none
// when there is nothing to check.
func (e *emitter) validateBody(t ir.Named) []jen.Code {
	e.received = !e.facts.sent[t]
	defer func() { e.received = false }()
	var body []jen.Code
	switch t := t.(type) {
	case *ir.Struct:
		if t.Envelope {
			return nil
		}
		if size := e.propertyCount(t); size != nil {
			body = append(body, size)
		}
		for _, f := range t.Fields {
			body = append(body, e.check(f, jen.Id("v").Dot(f.GoName), pointerToken(f.WireName))...)
		}
		if t.Additional != nil {
			if each := e.elemChecker(*t.Additional); each != nil {
				body = append(body, e.use("checkEntries").Call(jen.Id("c"), jen.Lit(""), jen.Id("v").Dot(extraField), each))
			}
		}
	case *ir.Union:
		return e.checkVariants(t)
	case *ir.Alias:
		if t.Defined {
			x := jen.Parens(jen.Op("*").Id("v"))
			return e.checkValue(value{typ: t.Target, x: x, p: jen.Id("v"), limits: constraints(t.Target, t.Constraint)})
		}
	}
	return body
}

// propertyCount checks how many properties a struct has in JSON.
func (e *emitter) propertyCount(t *ir.Struct) *jen.Statement {
	c := t.Constraint
	if c == nil || c.MinProperties == nil && c.MaxProperties == nil {
		return nil
	}
	n := e.use("countProperties").Call(jen.Id("v").Dot("encode"))
	return e.bounds(e.call("c", "checker.properties", jen.Lit(""), n), c.MinProperties, c.MaxProperties)
}

// check returns the statements that check the field f, held in the expression
// x, reporting violations under the pointer at. They refer to the checker as c.
func (e *emitter) check(f *ir.Field, x *jen.Statement, at string) []jen.Code {
	v := value{typ: f.Type, x: x, p: jen.Op("&").Add(x), at: at, limits: constraints(f.Type, f.Constraint)}
	switch form := formOf(f); {
	case form == formNullable:
		return e.checkThrough("checkNullable", v, jen.Op("&").Add(x))
	case form == formPointer:
		v.must = f.Required && !f.Nullable // a pointer only because the type contains itself
		return e.checkPointer(v)
	}
	v.must = f.Required && !f.Nullable && !f.ReadOnly
	v.absent = holdsNil(f.Type) && (!f.Required || f.Nullable)
	if f.Const != nil {
		if lit, ok := e.constant(f.Type, *f.Const); ok {
			v.x = jen.Qual("cmp", "Or").Call(x, lit)
			v.must = false
		}
	}
	body := e.checkValue(v)
	if f.ReadOnly && f.Required && len(body) > 0 {
		// Not sent, so it may be left empty in a request.
		return []jen.Code{jen.If(jen.Id("c").Dot("lenient")).Block(body...)}
	}
	return body
}

// value is something to check.
type value struct {
	typ    ir.Type
	x      *jen.Statement // the value
	p      *jen.Statement // a pointer to it
	at     string         // where it is: a part of a JSON pointer
	limits []*ir.Constraint
	must   bool // a request has to set it
	absent bool // nil means that it is absent
}

// checkValue checks a value that is there.
func (e *emitter) checkValue(v value) []jen.Code {
	c, at := jen.Id("c"), jen.Lit(v.at)
	switch t := resolved(v.typ).(type) {
	case *ir.Enum:
		return e.checkEnum(t, v)
	case ir.Named:
		return e.checkNamed(t, v)
	case *ir.Prim:
		return e.checkScalar(t, v)
	case *ir.List:
		body := e.checkList(t, v)
		if each := e.elemChecker(t.Elem); each != nil {
			body = append(body, e.use("checkEach").Call(c, at, v.x, each))
		}
		return body
	case *ir.Map:
		var body []jen.Code
		for _, l := range v.limits {
			if l.MinProperties != nil || l.MaxProperties != nil {
				n := e.call("c", "checker.properties", at, jen.Len(v.x))
				body = append(body, e.bounds(e.unless(n, v), l.MinProperties, l.MaxProperties))
			}
		}
		if each := e.elemChecker(t.Elem); each != nil {
			body = append(body, e.use("checkEntries").Call(c, at, v.x, each))
		}
		return body
	}
	return e.checkListed(v)
}

// checkNamed checks a value with a validate method.
func (e *emitter) checkNamed(t ir.Named, v value) []jen.Code {
	var body []jen.Code
	if _, ok := t.(*ir.Union); ok && v.must && e.sends() {
		body = append(body, e.call("c", "checker.required", jen.Lit(v.at), jen.Add(v.x).Dot("Value").Op("!=").Nil()))
	}
	if e.isChecked(t) {
		validate := jen.Parens(jen.Op("*").Id(t.Declaration().GoName)).Dot("validate")
		body = append(body, e.use("check").Call(jen.Id("c"), jen.Lit(v.at), v.p, validate))
	}
	return body
}

// checkEnum checks an enum: that it is one of the listed values if it is
// closed, that it is there otherwise.
func (e *emitter) checkEnum(t *ir.Enum, v value) []jen.Code {
	at := jen.Lit(v.at)
	switch {
	case !t.Open && v.must:
		return []jen.Code{e.use("checkEnum").Call(jen.Id("c"), at, v.x)}
	case !t.Open:
		return []jen.Code{e.call("c", "checker.listed", at, jen.Add(v.x).Dot("Valid").Call())}
	case v.must && t.Base == ir.String && e.sends():
		return []jen.Code{e.call("c", "checker.required", at, jen.Add(v.x).Op("!=").Lit(""))}
	}
	return nil
}

// checkListed checks a free-form value against a list of allowed ones.
func (e *emitter) checkListed(v value) []jen.Code {
	var body []jen.Code
	for _, l := range v.limits {
		values := l.Values
		if l.Const != nil {
			values = []ir.Literal{*l.Const}
		}
		if len(values) == 0 {
			continue
		}
		args := []jen.Code{jen.Id("c"), jen.Lit(v.at), v.p, e.writer(v.typ)}
		for _, lit := range values {
			args = append(args, jen.Lit(canonical(lit)))
		}
		check := e.use("checkValues").Call(args...)
		if v.absent {
			check = jen.If(jen.Add(v.x).Op("!=").Nil()).Block(check)
		}
		body = append(body, check)
	}
	return body
}

// checkList checks the length of a list and that its elements differ.
func (e *emitter) checkList(t *ir.List, v value) []jen.Code {
	var body []jen.Code
	for _, l := range v.limits {
		if l.MinItems != nil || l.MaxItems != nil {
			n := e.call("c", "checker.items", jen.Lit(v.at), jen.Len(v.x))
			body = append(body, e.bounds(e.unless(n, v), l.MinItems, l.MaxItems))
		}
		if l.UniqueItems {
			body = append(body, e.use("checkUnique").Call(jen.Id("c"), jen.Lit(v.at), v.x, e.elemWriter(t.Elem)))
		}
	}
	return body
}

// unless makes a count of nothing where the list or map is absent.
func (e *emitter) unless(count *jen.Statement, v value) *jen.Statement {
	if !v.absent {
		return count
	}
	return count.Dot(e.name("sizeCheck.unless")).Call(jen.Add(v.x).Op("==").Nil())
}

// bounds adds bounds to a count.
func (e *emitter) bounds(count *jen.Statement, least, most *uint64) *jen.Statement {
	if least != nil {
		count.Dot(e.name("sizeCheck.min")).Call(intLit(clampInt(*least)))
	}
	if most != nil {
		count.Dot(e.name("sizeCheck.max")).Call(intLit(clampInt(*most)))
	}
	return count
}

// checkPointer checks what a pointer points to, if anything.
func (e *emitter) checkPointer(v value) []jen.Code {
	if p, ok := resolved(v.typ).(*ir.Prim); ok {
		fast := v
		fast.must = false
		if chain := e.scalarChain(p, fast, true); chain != nil {
			return chain
		}
	}
	if t, ok := resolved(v.typ).(*ir.Enum); ok {
		if !t.Open {
			return []jen.Code{e.use("checkOptEnum").Call(jen.Id("c"), jen.Lit(v.at), v.x)}
		}
		return nil
	}
	body := e.checkThrough("checkOptional", v, v.x)
	if v.must && e.sends() {
		body = append([]jen.Code{e.call("c", "checker.required", jen.Lit(v.at), jen.Add(v.x).Op("!=").Nil())}, body...)
	}
	return body
}

// checkThrough checks with a function that finds the value: checkOptional for
// a pointer, checkNullable for a Nullable.
func (e *emitter) checkThrough(function string, v value, x *jen.Statement) []jen.Code {
	each := e.checkerOf(v.typ, v.limits)
	if each == nil {
		return nil
	}
	return []jen.Code{e.use(function).Call(jen.Id("c"), jen.Lit(v.at), x, each)}
}

// checker is a function that checks a T, func(*T, *checker), or nil when there
// is nothing to check.
func (e *emitter) checker(t ir.Type) *jen.Statement { return e.checkerOf(t, constraints(t, nil)) }

// checkerOf is checker with limits beside those of the type.
func (e *emitter) checkerOf(t ir.Type, limits []*ir.Constraint) *jen.Statement {
	switch t := resolved(t).(type) {
	case *ir.Enum:
		if !t.Open {
			return e.use("validEnum").Types(jen.Id(t.GoName))
		}
		return nil
	case ir.Named:
		if e.isChecked(t) {
			return jen.Parens(jen.Op("*").Id(t.Declaration().GoName)).Dot("validate")
		}
		return nil
	}
	body := e.checkValue(value{typ: t, x: jen.Op("*").Id("v"), p: jen.Id("v"), limits: limits, absent: isAny(t)})
	return e.checkFunc(jen.Op("*").Add(e.goType(t)), body)
}

// checkFunc makes a function of statements, on one line if there is only one.
func (e *emitter) checkFunc(param *jen.Statement, body []jen.Code) *jen.Statement {
	if len(body) == 0 {
		return nil
	}
	fn := jen.Func().Params(jen.Id("v").Add(param), e.checkerParam())
	if len(body) == 1 {
		return oneLiner(fn, body[0])
	}
	return fn.Block(body...)
}

// elemChecker is a function that checks a list element or map value, or nil.
func (e *emitter) elemChecker(el ir.Elem) *jen.Statement {
	limits := constraints(el.Type, el.Constraint)
	if !el.Nullable || holdsNil(el.Type) {
		return e.checkerOf(el.Type, limits)
	}
	body := e.checkThrough("checkOptional", value{typ: el.Type, limits: limits}, jen.Op("*").Id("v"))
	return e.checkFunc(jen.Op("**").Add(e.goType(el.Type)), body)
}

// checkVariants checks the variants of a union that have something to check.
func (e *emitter) checkVariants(t *ir.Union) []jen.Code {
	var cases []jen.Code
	for _, v := range t.Variants {
		var body []jen.Code
		switch {
		case v.WrapperName != "":
			if wrapsInterface(v) {
				continue
			}
			x := jen.Parens(e.goType(v.Type)).Call(jen.Id("v"))
			p := jen.Parens(jen.Op("*").Add(e.goType(v.Type))).Call(jen.Op("&").Id("v"))
			body = e.checkValue(value{typ: v.Type, x: x, p: p, limits: constraints(v.Type, v.Constraint)})
		case byPointer(v.Type):
			if e.isChecked(v.Type.(ir.Named)) {
				body = []jen.Code{jen.Id("v").Dot("validate").Call(jen.Id("c"))}
			}
		default:
			body = e.checkValue(value{typ: v.Type, x: jen.Id("v")})
		}
		if len(body) > 0 {
			cases = append(cases, jen.Case(e.variantType(v)).Block(body...))
		}
	}
	if len(cases) == 0 {
		return nil
	}
	return []jen.Code{jen.Switch(jen.Id("v").Op(":=").Id("v").Dot("Value").Assert(jen.Type())).Block(cases...)}
}

// sends reports whether what is being written can be part of a request, where
// an empty value means that a required one was forgotten.
func (e *emitter) sends() bool { return !e.received }
