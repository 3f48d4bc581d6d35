package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// validateBody returns the statements of the validate method of a type; none
// when there is nothing to check.
func (e *emitter) validateBody(t ir.Named) []jen.Code {
	e.received = !e.facts.sent[t]
	defer func() { e.received = false }()
	body := e.validateParts(t)
	if s := t.Declaration().Schema; s != nil {
		return append([]jen.Code{e.conform(s, jen.Id("v"))}, body...)
	}
	return body
}

// validateParts returns the statements that check what a type consists of.
func (e *emitter) validateParts(t ir.Named) []jen.Code {
	var body []jen.Code
	switch t := t.(type) {
	case *ir.Struct:
		if t.Envelope {
			return nil
		}
		if size := e.propertyCount(t); size != nil {
			body = append(body, size)
		}
		body = append(body, e.checkFields(t)...)
		if t.Additional != nil {
			body = append(body, e.checkEntries(*t.Additional, value{x: jen.Id("v").Dot(extraField)})...)
		}
	case *ir.Union:
		return e.checkVariants(t)
	case *ir.Alias:
		if t.Defined {
			x := jen.Op("*").Id("v")
			return e.checkValue(value{typ: t.Target, x: x, limits: constraints(t.Target, t.Constraint)})
		}
	}
	return body
}

// checkFields returns the statements that check the fields of a struct. Neighbours that are
// checked in the same direction only share the condition.
func (e *emitter) checkFields(t *ir.Struct) []jen.Code {
	var body, group []jen.Code
	var shared direction
	for _, f := range t.Fields {
		if !e.checkable(f) {
			continue
		}
		checks := e.checkField(f, selector("v", f.GoName), f.Pointer())
		if len(checks) == 0 {
			continue
		}
		if d := directionOf(f); d != shared {
			body, group, shared = append(body, shared.only(group)...), nil, d
		}
		group = append(group, checks...)
	}
	return append(body, shared.only(group)...)
}

// direction says in which direction alone values are checked, if they are not in both.
type direction uint8

const (
	inResponses direction = iota + 1 // what is read only is not sent, whatever it holds
	inRequests                       // what is written only is not sent back
)

// directionOf returns the direction in which a field is checked.
func directionOf(f *ir.Field) direction {
	_, enum := ir.Resolved(f.Type).(*ir.Enum)
	switch {
	case f.ReadOnly:
		return inResponses
	case f.Required && f.Form() == ir.FormValue && f.WriteOnly && (enum || len(constraints(f.Type, f.Constraint)) > 0):
		return inRequests
	}
	return 0
}

// only returns statements for values that go in a direction.
func (d direction) only(body []jen.Code) []jen.Code {
	lenient := jen.Id("c").Dot("lenient")
	switch {
	case len(body) == 0:
	case d == inResponses:
		return []jen.Code{jen.If(lenient).Block(body...)}
	case d == inRequests:
		return []jen.Code{jen.If(jen.Op("!").Add(lenient)).Block(body...)}
	}
	return body
}

// checkable reports whether there may be something to check about a field:
// there is not for most.
func (e *emitter) checkable(f *ir.Field) bool {
	if len(constraints(f.Type, f.Constraint)) > 0 {
		return true
	}
	if f.Required {
		switch ir.Resolved(f.Type).(type) {
		case *ir.Prim, *ir.Enum:
			return true
		case ir.Named:
			if f.Form() == ir.FormPointer {
				return true
			}
		}
	}
	return e.mayBeWrong(f.Type)
}

// mayBeWrong reports whether there may be something to check about values of t
// that nothing is said about where they are.
func (e *emitter) mayBeWrong(t ir.Type) bool {
	t = ir.Resolved(t)
	if el, ok := elements(t); ok {
		return e.mayHoldWrong(el)
	}
	switch t := t.(type) {
	case *ir.Enum:
		return !t.Open
	case ir.Named:
		e.isChecked(t) // plans do it, but the question counts
	}
	return false
}

// mayHoldWrong is mayBeWrong for what a list or map holds.
func (e *emitter) mayHoldWrong(el ir.Elem) bool {
	return len(constraints(el.Type, el.Constraint)) > 0 || e.mayBeWrong(el.Type)
}

// propertyCount checks how many properties a struct has in JSON.
func (e *emitter) propertyCount(t *ir.Struct) *jen.Statement {
	c := t.Constraint
	if c == nil || c.MinProperties == nil && c.MaxProperties == nil {
		return nil
	}
	n := e.use("countProperties").Call(jen.Id("v"))
	return e.bounds(e.call("c", "checker.properties", jen.Lit(""), n), c.MinProperties, c.MaxProperties)
}

// check returns the statements that check the field f, held in the expression
// x, reporting violations under the pointer at. They refer to the checker as c.
func (e *emitter) check(f *ir.Field, x *jen.Statement, at string) []jen.Code {
	return directionOf(f).only(e.checkField(f, x, at))
}

// checkField is check for both directions.
func (e *emitter) checkField(f *ir.Field, x *jen.Statement, at string) []jen.Code {
	v := value{typ: f.Type, x: x, at: at, limits: constraints(f.Type, f.Constraint)}
	switch form := f.Form(); {
	case form == ir.FormNullable:
		v.x = jen.Id("x")
		body := e.checkValue(v)
		if len(body) == 0 {
			return nil
		}
		return []jen.Code{e.use("checkValue").Call(x, checkFunc(jen.Id("x").Add(e.goType(f.Type)), body))}
	case form == ir.FormPointer:
		v.must = f.Required && !f.Nullable // a pointer only because the type contains itself
		return e.checkPointer(v)
	}
	v.must = f.Required && !f.Nullable && !f.ReadOnly
	// An empty header or cookie is not sent, an empty secret is a forgotten one unless its pattern allows it; any other text may be empty.
	v.nonempty = v.must && (f.Sensitive && !mayBeEmpty(v.limits) || strings.HasPrefix(at, string(ir.InHeader)+"/") || strings.HasPrefix(at, string(ir.InCookie)+"/"))
	v.absent = ir.HoldsNil(f.Type) && (!f.Required || f.Nullable)
	if v.must && f.Const != nil {
		v.filled = f.Const
	}
	return e.checkValue(v)
}

// value is something to check.
type value struct {
	typ      ir.Type
	x        *jen.Statement // the value, in a variable if its type has methods
	at       string         // where it is: a part of a JSON pointer
	limits   []*ir.Constraint
	must     bool        // a request has to set it
	nonempty bool        // and text not to an empty one
	absent   bool        // nil means that it is absent
	filled   *ir.Literal // what the encoder fills in where it is zero
	depth    int         // how many lists and maps there are around it
}

// checkValue checks a value that is there.
func (e *emitter) checkValue(v value) []jen.Code {
	switch t := ir.Resolved(v.typ).(type) {
	case *ir.Enum:
		return e.checkEnum(t, v)
	case ir.Named:
		e.isChecked(t) // plans do it, but the question counts
	case *ir.Prim:
		return e.checkScalar(t, v)
	case *ir.List:
		return append(e.checkList(t, v), e.checkEach(t.Elem, v)...)
	case *ir.Map:
		var body []jen.Code
		for _, l := range v.limits {
			if l.MinProperties != nil || l.MaxProperties != nil {
				n := e.call("c", "checker.properties", jen.Lit(v.at), jen.Len(v.x))
				body = append(body, e.bounds(e.unless(n, v), l.MinProperties, l.MaxProperties))
			}
		}
		return append(body, e.checkEntries(t.Elem, v)...)
	}
	return nil
}

// holdsChecked reports whether values of t are or contain something with limits
// of its own.
func (e *emitter) holdsChecked(t ir.Type) bool {
	for {
		t = ir.Resolved(t)
		el, ok := elements(t)
		if !ok {
			break
		}
		t = el.Type
	}
	if _, ok := t.(*ir.Enum); ok {
		return false
	}
	named, ok := t.(ir.Named)
	return ok && e.isChecked(named)
}

// checkEnum checks an enum: that it is one of the listed values if it is
// closed.
func (e *emitter) checkEnum(t *ir.Enum, v value) []jen.Code {
	sent := t.Base == ir.String && e.sends()
	if t.Open && (!sent || !v.nonempty || v.filled != nil) {
		return nil
	}
	at := jen.Lit(v.at)
	zero, zeroed := basicLit(t.Base, zeroOf(t.Base))
	if t.Open {
		return []jen.Code{e.call("c", "checker.required", at, jen.Add(v.x).Op("!=").Add(zero))}
	}
	listed := operand(v.x).Dot("Valid").Call()
	switch {
	case v.filled != nil && zeroed:
		filled := jen.Add(v.x).Op("==").Add(zero).Op("&&").Op("!").Id("c").Dot("lenient")
		return []jen.Code{e.call("c", "checker.listed", at, filled.Op("||").Add(listed))}
	case v.must && sent:
		return []jen.Code{e.call("c", "checker.enum", at, jen.Add(v.x).Op("!=").Add(zero), listed)}
	}
	return []jen.Code{e.call("c", "checker.listed", at, listed)}
}

// zeroOf is the zero value of a kind of enum.
func zeroOf(kind ir.PrimKind) ir.Literal {
	switch kind {
	case ir.String:
		return ir.Literal{Kind: ir.LitString}
	case ir.Bool:
		return ir.Literal{Kind: ir.LitBool, Text: "false"}
	}
	return ir.Literal{Kind: ir.LitNumber, Text: "0"}
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
			body = append(body, e.use("unique").Call(jen.Id("c"), jen.Lit(v.at), v.x))
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
	pointer := v.x
	switch t := ir.Resolved(v.typ).(type) {
	case *ir.Prim:
		optional := v
		optional.must, optional.nonempty = false, false
		if chain := e.scalarChain(t, optional, true); chain != nil {
			return chain
		}
	case *ir.Enum:
		if t.Open {
			return nil
		}
		isNil := jen.Add(pointer).Op("==").Nil()
		return []jen.Code{e.call("c", "checker.listed", jen.Lit(v.at), isNil.Op("||").Add(operand(pointer)).Dot("Valid").Call())}
	case ir.Named:
		e.isChecked(t)
		if v.must && e.sends() {
			return []jen.Code{e.call("c", "checker.required", jen.Lit(v.at), jen.Add(pointer).Op("!=").Nil())}
		}
		return nil
	}
	v.must, v.nonempty, v.x = false, false, jen.Op("*").Add(pointer)
	body := e.checkValue(v)
	if len(body) == 0 {
		return nil
	}
	return []jen.Code{jen.If(jen.Add(pointer).Op("!=").Nil()).Block(body...)}
}

// checker is a function that checks x, which holds a T, or a *T for a nullable
// element: func(*checker), or nil when there is nothing to check that the type
// does not check itself. The schema, if any, is what the type does not have.
func (e *emitter) checker(el ir.Elem, schema *ir.NamedSchema, x *jen.Statement) *jen.Statement {
	if body := e.checking(el, schema, x); body != nil {
		return checkFunc(e.checkerParam(), body)
	}
	return nil
}

// checking are the statements of checker.
func (e *emitter) checking(el ir.Elem, schema *ir.NamedSchema, x *jen.Statement) []jen.Code {
	if _, ok := ir.Resolved(el.Type).(ir.Named); ok && hasMethods(el.Type) {
		return nil
	}
	body := e.checkElem(el, value{x: x})
	if schema != nil {
		body = append([]jen.Code{e.conform(schema, jen.Op("&").Add(x))}, body...)
	}
	return body
}

// checkFunc makes a function of statements, on one line if there is only one.
func checkFunc(param *jen.Statement, body []jen.Code) *jen.Statement {
	fn := jen.Func().Params(param)
	if len(body) == 1 {
		return oneLiner(fn, body[0])
	}
	return fn.Block(body...)
}

// checkEach checks the elements of the list v.
func (e *emitter) checkEach(el ir.Elem, v value) []jen.Code {
	if !e.mayHoldWrong(el) {
		return nil
	}
	i := jen.Id(indexName(v.depth))
	body := e.checkElem(el, value{x: operand(v.x).Index(i), depth: v.depth + 1})
	if len(body) == 0 {
		return nil
	}
	return []jen.Code{e.call("c", "checker.each", jen.Lit(v.at), jen.Len(v.x), checkFunc(jen.Add(i).Int(), body))}
}

// indexName names the index of a list within depth others: i, j to o, then i2. Receivers and
// parameters are called p, v and c.
func indexName(depth int) string {
	const letters = "ijklmno"
	name := letters[depth%len(letters):][:1]
	if round := depth / len(letters); round > 0 {
		name += strconv.Itoa(round + 1)
	}
	return name
}

// checkEntries checks the values of the map v.
func (e *emitter) checkEntries(el ir.Elem, v value) []jen.Code {
	if !e.mayHoldWrong(el) {
		return nil
	}
	name := jen.Id("x" + strings.Repeat("x", v.depth))
	body := e.checkElem(el, value{x: name, depth: v.depth + 1})
	if len(body) == 0 {
		return nil
	}
	each := checkFunc(jen.Add(name).Add(e.elemType(el)), body)
	return []jen.Code{e.use("checkEntries").Call(jen.Id("c"), jen.Lit(v.at), v.x, each)}
}

// checkElem checks a list element or map value.
func (e *emitter) checkElem(el ir.Elem, v value) []jen.Code {
	v.typ, v.limits = el.Type, constraints(el.Type, el.Constraint)
	if el.Pointer() {
		return e.checkPointer(v)
	}
	v.absent = el.Nullable || isAny(el.Type)
	return e.checkValue(v)
}

// checkMethod is the validate method of a variant that is no pointer.
func checkMethod(of string, param *jen.Statement, body []jen.Code) *jen.Statement {
	fn := method("v", of, "validate").Params(param)
	if len(body) == 1 {
		return oneLiner(fn, body[0])
	}
	return fn.Block(body...)
}

// sends reports whether what is being written can be part of a request, where
// an empty value means that a required one was forgotten.
func (e *emitter) sends() bool { return !e.received }
