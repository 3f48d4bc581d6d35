package emit

import (
	"cmp"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// paramsType declares the struct of an operation's inputs.
func (o *opWriter) paramsType() {
	op := o.op
	o.gap()
	o.add(o.doc(typeLines, op.ParamsName+" are the inputs of "+op.GoName+"."))
	o.add(jen.Type().Id(op.ParamsName).StructFunc(func(g *jen.Group) {
		for _, p := range op.Inputs {
			if lines := fieldDoc(&p.Field); len(lines) > 0 {
				g.Add(comment(lines))
			}
			g.Id(p.GoName).Add(o.fieldType(&p.Field))
		}
		for _, b := range op.Bodies {
			g.Add(o.bodyDoc(b))
			g.Id(b.FieldName).Add(o.fieldType(bodyField(b)))
		}
	}))
}

// bodyField is a request body as a field of the inputs. A body that is not
// sent is absent, never null.
func bodyField(b *ir.Body) *ir.Field {
	return &ir.Field{
		GoName: b.FieldName, Type: b.Type, Required: b.Required, Nullable: b.Nullable && b.Required, Constraint: b.Constraint, Pos: b.Pos,
	}
}

// paramsChecks returns the statements that check the inputs; violations in
// the body are reported by their place there, others by that of the parameter.
func (o *opWriter) paramsChecks() []jen.Code {
	var body []jen.Code
	for _, p := range o.op.Inputs {
		body = append(body, o.checkSent(p)...)
		f := p.Field
		f.Const = nil // it is filled in already
		if whole := pieces(p); whole != "" {
			limits := *cmp.Or(f.Constraint, &ir.Constraint{})
			limits.Pattern = whole
			f.Constraint = &limits
		}
		body = append(body, o.checkInput(&f, p.Schema, selector("p", p.GoName), string(p.In)+"/"+p.WireName)...)
	}
	for i, b := range o.op.Bodies {
		checks := o.fileChecks(b)
		if !o.checksItself(b) { // else when it is sent
			checks = append(checks, o.checkInput(bodyField(b), b.Schema, selector("p", b.FieldName), "")...)
		}
		if i == 0 && len(checks) > 0 && len(o.op.Bodies) > 1 {
			checks = []jen.Code{jen.If(o.noAlternative()).Block(checks...)}
		}
		body = append(body, checks...)
	}
	return body
}

// fileChecks returns the statements that find files where a body has no place
// for them: a type may be that of a multipart body as well.
func (o *opWriter) fileChecks(b *ir.Body) []jen.Code {
	st, ok := ir.Underlying(b.Type).(*ir.Struct)
	if !ok || b.Codec == ir.CodecMultipart {
		return nil
	}
	field := jen.Id("p").Dot(b.FieldName)
	var checks []jen.Code
	for _, f := range st.Fields {
		if ir.IsFile(f.Type) {
			absent := field.Clone().Dot(f.GoName).Op("==").Nil()
			checks = append(checks, o.emitter.call("c", "checker.noFile", jen.Lit(f.Pointer()), absent))
		}
	}
	if len(checks) > 0 && bodyField(b).Form() == ir.FormPointer {
		return []jen.Code{jen.If(field.Clone().Op("!=").Nil()).Block(checks...)}
	}
	return checks
}

// filled returns the statements that set the parameters with a single value
// which the caller has left zero.
func (o *opWriter) filled() []jen.Code {
	var body []jen.Code
	for _, p := range o.op.Inputs {
		if p.Const == nil {
			continue
		}
		if lit, ok := basicLit(constKind(p.Type), *p.Const); ok {
			x := jen.Id("params").Dot(p.GoName)
			body = append(body, x.Clone().Op("=").Qual("cmp", "Or").Call(x, lit))
		}
	}
	return body
}

// checkSent checks that a required parameter has parts: without any, nothing of
// it would be sent. Paths have no place for that anyway.
func (o *opWriter) checkSent(p *ir.Param) []jen.Code {
	_, parts := elements(ir.Underlying(p.Type))
	if !parts || !p.Required || p.Nullable || p.In == ir.InPath || p.In == ir.InQueryString || p.Content != "" {
		return nil
	}
	if atLeastOne(&p.Field) {
		return nil
	}
	x := jen.Len(selector("p", p.GoName)).Op(">").Lit(0)
	return []jen.Code{o.emitter.call("c", "checker.required", jen.Lit(string(p.In)+"/"+p.WireName), x)}
}

// atLeastOne reports whether a limit asks for parts already.
func atLeastOne(f *ir.Field) bool {
	return slices.ContainsFunc(constraints(f.Type, f.Constraint), func(c *ir.Constraint) bool { return c.MinItems != nil || c.MinProperties != nil })
}

// checksItself reports whether what a body has to meet is the business of its type.
func (o *opWriter) checksItself(b *ir.Body) bool {
	return o.holdsChecked(b.Type) && b.Schema == nil && len(o.check(bodyField(b), jen.Null(), "")) == 0
}

// paramsCheck writes the method that checks the inputs.
func (o *opWriter) paramsCheck() {
	o.gap()
	o.add(method("p", "*"+o.op.ParamsName, "validate").Params(o.checkerParam()).Block(o.checks...))
}

// noAlternative is the condition that the first body is the one to send.
func (o *opWriter) noAlternative() *jen.Statement {
	condition := jen.Null()
	for i, b := range o.op.Bodies[1:] {
		if i > 0 {
			condition.Op("&&")
		}
		condition.Id("p").Dot(b.FieldName).Op("==").Nil()
	}
	return condition
}
