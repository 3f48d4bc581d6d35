package emit

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// empty lists the statuses of the success responses without content.
func (o *opWriter) empty() []string {
	var all []string
	for _, c := range o.op.Result.Cases {
		if c.Type == nil {
			all = append(all, c.Statuses...)
		}
	}
	return all
}

// mayBeEmpty lists the statuses at which strict mode needs to be told to expect no
// content, and those that have some: not those that never have any, nor those with a
// case of their own.
func (o *opWriter) mayBeEmpty() (without, with []string) {
	c := o.op.Result.Codec()
	if c != ir.CodecJSON && c != ir.CodecText && c != ir.CodecXML || o.op.Result.Several() {
		return nil, nil
	}
	without = o.empty()
	for _, c := range o.op.Result.Cases {
		for _, status := range c.Statuses {
			if !slices.Contains(without, status) {
				with = append(with, status)
			}
		}
	}
	return slices.DeleteFunc(without, func(status string) bool { return status == "204" || status == "205" }), with
}

// emptyDoc says what comes of a response without content; empty if the
// document has none beside others, or if that shows in the result.
func (o *opWriter) emptyDoc() string {
	t, statuses := o.op.Result.Type, o.empty()
	if t == nil || len(statuses) == 0 || ir.IsBinary(t) || o.op.Result.Streams() || o.op.Result.Several() {
		return ""
	}
	if f := o.op.Result.Unwrap; f != nil {
		t = f.Type
	}
	then := pick(ir.ByPointer(t), "a zero value, not nil", "the zero value")
	return "There is no content with " + enumerate(statuses) + ": the result is then " + pick(o.nilForNull(), "nil", then) + "."
}

// returns is the Go type that the method returns.
func (o *opWriter) returns() *jen.Statement {
	switch f := o.op.Result.Unwrap; {
	case o.op.Result.Streams():
		return o.sequence(o.goType(o.op.Result.Type))
	case f != nil:
		return o.resultType(f.Type)
	}
	return o.receives()
}

// sequence is the type of an iteration that can fail.
func (o *opWriter) sequence(item *jen.Statement) *jen.Statement {
	return jen.Qual("iter", "Seq2").Types(item, jen.Error())
}

// receives is the Go type of the content of a success response.
func (o *opWriter) receives() *jen.Statement {
	res := o.op.Result
	switch {
	case res.Type == nil:
		return jen.Op("*").Add(o.use("Response"))
	case ir.IsBinary(res.Type):
		return jen.Qual("io", "ReadCloser")
	case ir.ByPointer(res.Type) && !o.nilForNull():
		return jen.Op("*").Add(o.goType(res.Type))
	}
	return o.elemType(o.resultElem())
}

// resultElem is a result that is not returned by pointer.
func (o *opWriter) resultElem() ir.Elem {
	el := ir.Elem{Type: o.op.Result.Type, Nullable: o.op.Result.Nullable()}
	el.Constraint, _ = o.limits()
	return el
}

// exec is the expression that sends the request r and returns what receives
// says, and an error; it is for results that exist before they are decoded.
func (o *opWriter) exec() *jen.Statement {
	t, r := o.op.Result.Type, jen.Id("r")
	switch codec := o.op.Result.Codec(); {
	case t == nil:
		return o.use("doNone").Call(r)
	case ir.IsBinary(t):
		return o.use("doBinary").Call(r)
	case codec == ir.CodecText && ir.IsText(t):
		return o.use("doText").Types(o.goType(t)).Call(append([]jen.Code{r}, o.itemCheck()...)...)
	case codec == ir.CodecXML:
		return o.use("doXML").Call(r, jen.Lit(o.root()), jen.New(o.goType(t)))
	}
	return o.use("doJSON").Call(r, jen.New(o.goType(t)))
}

// noted is a pointer to a value with what its Go type does not say of it.
func (o *opWriter) noted(ptr *jen.Statement, el ir.Elem) *jen.Statement {
	notes := o.notes(el)
	if notes == "" {
		return ptr
	}
	o.planned["forCodec"] = true
	if notes == "0" {
		return o.use("nullWelcome").Call(ptr)
	}
	return jen.Op("&").Add(o.use("noted")).Values(ptr, jen.Lit(notes))
}

// execInto is exec for other results: it decodes into the variable out.
func (o *opWriter) execInto() *jen.Statement {
	r, out := jen.Id("r"), o.noted(jen.Op("&").Id("out"), o.resultElem())
	check := o.resultCheck(o.resultElem(), o.resultSchema(), jen.Id("out"))
	switch o.op.Result.Codec() {
	case ir.CodecXML:
		if isList(o.op.Result.Type) {
			out = o.xmlItems(o.op.Result.Type, jen.Op("&").Id("out"))
		}
		return jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(o.use("doXML")).Call(append([]jen.Code{r, jen.Lit(o.root()), out}, check...)...)
	case ir.CodecText:
		return jen.Err().Op(":=").Add(o.use("doScalar")).Call(append([]jen.Code{r, out}, check...)...)
	}
	do := "doInto"
	if res := o.op.Result; ir.IsText(res.Type) && !res.Nullable() {
		do = "doString"
	}
	return jen.Err().Op(":=").Add(o.use(do)).Call(append([]jen.Code{r, out}, check...)...)
}

// root is the name of the root element that all XML of success responses has; empty for none.
func (o *opWriter) root() string {
	root, first := "", true
	for _, c := range o.op.Result.Cases {
		switch {
		case c.Type == nil:
		case first:
			root, first = c.Root, false
		case root != c.Root:
			return ""
		}
	}
	return root
}

// byValue reports whether the result has to be declared before it is decoded.
func (o *opWriter) byValue() bool {
	t := o.op.Result.Type
	return t != nil && (!ir.ByPointer(t) || o.nilForNull()) && !ir.IsBinary(t) && (o.op.Result.Codec() != ir.CodecText || !ir.IsText(t))
}

// nilForNull reports whether the result is a struct or union that is nil if the
// API says null. What the method takes apart itself is never nil, nor is a union
// that has null among its variants.
func (o *opWriter) nilForNull() bool {
	res := o.op.Result
	if u, ok := ir.Underlying(res.Type).(*ir.Union); ok && u.Nullable {
		return false
	}
	return res.Nullable() && ir.ByPointer(res.Type) && o.op.Result.Codec() == ir.CodecJSON && res.Unwrap == nil && !o.op.Result.Several() && !o.pages()
}

// resultCheck is the function that checks a result in strict mode, if any.
func (o *opWriter) resultCheck(el ir.Elem, schema *ir.NamedSchema, x *jen.Statement) []jen.Code {
	o.received = true
	defer func() { o.received = false }()
	if check := o.checker(el, schema, x); check != nil {
		return []jen.Code{check}
	}
	return nil
}

// resultSchema is the schema of the responses with content.
func (o *opWriter) resultSchema() *ir.NamedSchema {
	_, schema := o.limits()
	return schema
}

// limits are those that all responses with content have.
func (o *opWriter) limits() (limits *ir.Constraint, schema *ir.NamedSchema) {
	first := true
	for _, c := range o.op.Result.Cases {
		switch {
		case c.Type == nil:
			continue
		case first:
			limits, schema, first = c.Constraint, c.Schema, false
		}
		if !reflect.DeepEqual(limits, c.Constraint) {
			limits = nil
		}
		if schema == nil || c.Schema == nil || !reflect.DeepEqual(schema.Schema, c.Schema.Schema) {
			schema = nil
		}
	}
	return limits, schema
}

// send returns the statements that send the request and return the content of
// the response.
func (o *opWriter) send() []jen.Code {
	switch {
	case o.op.Result.Several():
	case o.byValue():
		return []jen.Code{jen.Var().Id("out").Add(o.receives()), o.execInto(), jen.Return(jen.Id("out"), jen.Err())}
	default:
		return []jen.Code{jen.Return(o.exec())}
	}
	result := o.op.Result.Type.(*ir.Struct)
	args := []jen.Code{jen.Id("r")}
	var body []jen.Code
	for _, c := range o.op.Result.Cases {
		read := jen.Nil()
		if c.Field != nil {
			read = o.readCase(c, jen.Id("out").Dot(c.Field.GoName))
			if ir.IsBinary(c.Type) && body == nil {
				body = []jen.Code{jen.Id("r").Dot("stream").Op("=").True()}
			}
		}
		args = append(args, o.use("successCase").Values(jen.Lit(strings.Join(c.Statuses, " ")), read))
	}
	call := jen.Op("(")
	for _, a := range args {
		call.Line().Add(a).Op(",")
	}
	return append(body,
		jen.Id("out").Op(":=").New(jen.Id(result.GoName)),
		jen.If(jen.Err().Op(":=").Add(o.use("doCases")).Add(call).Line().Op(")"), jen.Err().Op("!=").Nil()).Block(
			jen.Return(jen.Nil(), jen.Err()),
		),
		jen.Return(jen.Id("out"), jen.Nil()),
	)
}

// readCase is the function that reads a response into the field at p.
func (o *opWriter) readCase(c *ir.Response, x *jen.Statement) *jen.Statement {
	if ir.IsBinary(c.Type) {
		return o.use("caseBinary").Call(jen.Op("&").Add(x))
	}
	el := ir.Elem{Type: c.Type, Nullable: c.Field.Form() == ir.FormPointer, Constraint: c.Constraint}
	read, args := "caseJSON", []jen.Code{jen.Op("&").Add(x)}
	switch {
	case c.Codec == ir.CodecText && ir.IsText(c.Type):
		read = "caseText"
	case c.Codec == ir.CodecText:
		read = "caseScalar"
	case c.Codec == ir.CodecXML && isList(c.Type):
		read, args = "caseXML", []jen.Code{jen.Lit(c.Root), o.xmlItems(c.Type, jen.Op("&").Add(x))}
	case c.Codec == ir.CodecXML:
		read, args = "caseXML", []jen.Code{jen.Lit(c.Root), jen.Op("&").Add(x)}
	}
	return o.use(read).Call(append(args, o.resultCheck(el, c.Schema, x)...)...)
}

// unwrap returns the statements that return a property of what call returns.
func (o *opWriter) unwrap(call *jen.Statement) []jen.Code {
	f := o.op.Result.Unwrap
	if f == nil {
		return []jen.Code{jen.Return(call)}
	}
	value := jen.Id("out").Dot(f.GoName)
	pointer := ir.ByPointer(f.Type)
	switch f.Form() {
	case ir.FormValue:
		if pointer {
			value = jen.Op("&").Add(value)
		}
	case ir.FormNullable:
		value = o.orZero(pointer).Call(value.Dot("value"))
	case ir.FormPointer:
		value = o.orZero(pointer).Call(value)
	}
	none := jen.Nil()
	if !pointer && !ir.HoldsNil(f.Type) {
		none = jen.Op("*").New(o.goType(f.Type))
	}
	return []jen.Code{
		jen.List(jen.Id("out"), jen.Err()).Op(":=").Add(call),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(none, jen.Err())),
		jen.Return(value, jen.Nil()),
	}
}

// orZero is the function that returns what a pointer leads to: a struct or
// union as a pointer that is not nil, all else as a value.
func (o *opWriter) orZero(pointer bool) *jen.Statement {
	if pointer {
		return o.use("orNew")
	}
	return o.use("orZero")
}

// stream returns the statements of a method that iterates over what the
// response holds; the request is built when the iteration begins.
func (o *opWriter) stream() []jen.Code {
	start := jen.Func().Params().Op("*").Add(o.use("request")).Block(append(o.request(), jen.Return(jen.Id("r")))...)
	t, done, form := o.op.Result.Type, "", ir.EventData
	for _, c := range o.op.Result.Cases {
		done, form = cmp.Or(c.Terminator, done), cmp.Or(c.Events, form)
	}
	read, args := "events", []jen.Code{start, jen.Lit(done)}
	switch {
	case form == ir.EventWithEither:
		read = "eitherEvents"
	case form != ir.EventData:
		read, args = "wholeEvents", append(args, jen.Lit(form == ir.EventWithJSON))
	case o.op.Result.Codec() == ir.CodecJSONLines:
		read, args = "jsonLines", args[:1]
	case ir.IsText(t):
		read = "textEvents"
	case mayBeText(t):
		read = "mixedEvents"
	}
	return []jen.Code{jen.Return(o.use(read).Types(o.goType(t)).Call(append(args, o.itemCheck()...)...))}
}

// mayBeText reports whether values of t are text among other things.
func mayBeText(t ir.Type) bool {
	u, ok := ir.Underlying(t).(*ir.Union)
	return isAny(t) || ok && slices.ContainsFunc(u.Variants, func(v *ir.Variant) bool { return ir.IsText(v.Type) })
}

// itemCheck is the function that checks an item of a stream in strict mode, if any.
func (o *opWriter) itemCheck() []jen.Code {
	o.received = true
	defer func() { o.received = false }()
	el := o.resultElem()
	el.Nullable = false
	body := o.checking(el, o.resultSchema(), jen.Id("v"))
	if body == nil {
		return nil
	}
	return []jen.Code{checkFunc(o.checkerParam().Op(",").Id("v").Add(o.goType(el.Type)), body)}
}

// switches returns the statements that ask for a stream, in a copy of a body
// that belongs to the caller.
func (o *opWriter) switches() []jen.Code {
	var all []jen.Code
	for _, s := range o.op.Switches {
		if all == nil {
			all = append(all, jen.Id("stream").Op(":=").True())
		}
		if s.Body == nil {
			all = append(all, o.turnOn(jen.Id("params"), s.Field))
			continue
		}
		body := jen.Id("params").Dot(s.Body.FieldName)
		if bodyField(s.Body).Form() != ir.FormPointer {
			all = append(all, o.turnOn(body, s.Field))
			continue
		}
		set := []jen.Code{o.turnOn(jen.Id("body"), s.Field), body.Clone().Op("=").Op("&").Id("body")}
		if len(o.op.Bodies) == 1 {
			all = append(append(all, jen.Id("body").Op(":=").Add(o.use("orZero")).Call(body)), set...)
			continue
		}
		set = append([]jen.Code{jen.Id("body").Op(":=").Op("*").Add(body)}, set...)
		all = append(all, jen.If(body.Clone().Op("!=").Nil()).Block(set...))
	}
	return all
}

// turnOn sets an optional boolean of a struct.
func (o *opWriter) turnOn(x *jen.Statement, f *ir.Field) jen.Code {
	x = x.Clone().Dot(f.GoName).Op("=")
	if f.Form() == ir.FormNullable {
		return x.Add(o.use("NullableOf")).Call(jen.Id("stream"))
	}
	return x.Op("&").Id("stream")
}

// xmlItems is a list, which ptr points to, as what the root element of XML holds.
func (o *opWriter) xmlItems(t ir.Type, ptr *jen.Statement, more ...jen.Code) *jen.Statement {
	list := ir.Underlying(t).(*ir.List)
	return jen.Op("&").Add(o.use("xmlList").Types(o.elemType(list.Elem))).Values(append(more, jen.Id("list").Op(":").Add(ptr))...)
}
