package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// pages reports whether the operation gets a method that walks its pages.
func (o *opWriter) pages() bool { return o.op.AllName != "" }

// selector is the parameter, or the property of the body, that selects the
// page; nil when there is none.
func (o *opWriter) selector() *ir.Field {
	p := o.op.Pagination
	switch {
	case p.Param != nil:
		return &p.Param.Field
	case len(p.Body) > 0:
		return p.Body[len(p.Body)-1]
	}
	return nil
}

// nextType is the type of what says which page is the next: in a header, the
// scalar that the input is made of. It is nil when there is none.
func (o *opWriter) nextType() ir.Type {
	switch p := o.op.Pagination; {
	case len(p.Next) > 0:
		return last(p.Next)
	case len(p.Last) > 0:
		return last(p.Last)
	case p.NextHeader == "":
		return nil
	case p.Style == ir.PageCursor:
		return &ir.Prim{Kind: constKind(o.selector().Type)}
	}
	return &ir.Prim{Kind: ir.String}
}

// next declares a variable with what says which page is the next.
func (o *opWriter) next(name string, items *jen.Statement) []jen.Code {
	p := o.op.Pagination
	switch {
	case len(p.Next) > 0:
		return o.read(name, o.goType(last(p.Next)), p.Next)
	case len(p.Last) > 0:
		item := items.Clone().Index(jen.Id("n").Op("-").Lit(1))
		return []jen.Code{
			jen.Var().Id(name).Add(o.goType(last(p.Last))),
			jen.If(jen.Id("n").Op(":=").Len(items), jen.Id("n").Op(">").Lit(0)).Block(
				o.descend(item, p.Last, func(x *jen.Statement) jen.Code { return jen.Id(name).Op("=").Add(x) }),
			),
		}
	}
	value := o.use("headerValue").Call(jen.Id("resp").Dot("Header"), jen.Lit(headerName(p.NextHeader)), o.headerParser(o.nextType()))
	return []jen.Code{jen.List(jen.Id(name), jen.Id("_")).Op(":=").Add(value)}
}

// isNumber reports whether the Go type of t can be counted up.
func isNumber(t ir.Type) bool {
	switch formatName(t) {
	case "formatInt", "formatUint", "formatFloat", "formatFloat32":
		return true
	}
	return false
}

// addressed reports whether pages are found by their address.
func (o *opWriter) addressed() bool {
	p := o.op.Pagination
	return o.pages() && (p.Style == ir.PageURL || p.Style == ir.PageLink)
}

// led reports whether a page says which is the next.
func (o *opWriter) led() bool { return o.addressed() || o.op.Pagination.Style == ir.PageCursor }

// shared reports whether method and iterator share an inner method: one that
// takes the address of a page, or returns the envelope.
func (o *opWriter) shared() bool { return o.pages() && (o.addressed() || o.op.Result.Unwrap != nil) }

// fetchName is the name of the inner method.
func (o *opWriter) fetchName() string { return "fetch" + o.op.GoName }

// fetchArgs are the arguments of the inner method.
func (o *opWriter) fetchArgs(params, next, opts jen.Code) []jen.Code {
	args := []jen.Code{jen.Id("ctx"), params}
	if o.addressed() {
		args = append(args, next)
	}
	return append(args, opts)
}

// iterator writes the method that walks the pages of the operation.
func (o *opWriter) iterator() {
	op, p := o.op, o.op.Pagination
	item := o.elemType(p.Item)
	about := op.AllName + " iterates over the items of " + op.GoName + " on this page and all that follow, which it gets on the way. " +
		"An error ends the iteration."
	o.gap()
	o.add(o.doc(methodLines, about, deprecation(op.Deprecated)))
	start, state := jen.Code(jen.Id("params")), jen.Id("p").Op("*").Id(op.ParamsName)
	if o.addressed() {
		start, state = jen.Lit(""), jen.Id("next").Op("*").String()
	}
	inputs, paginate := []jen.Code{state}, "paginate"
	if o.led() {
		inputs, paginate = append(inputs, jen.Id("seen").Op("*").Add(o.use("trail"))), "paginateBy"
	}
	fetch := jen.Func().Params(inputs...).Params(jen.Index().Add(item), jen.Bool(), jen.Error()).Block(o.page()...)
	o.add(o.signature(op.AllName, o.options()).Add(o.sequence(item)).Block(
		jen.Return(o.use(paginate).Call(start, fetch)),
	))
}

// page returns the statements that get a page and make the inputs ask for the
// next.
func (o *opWriter) page() []jen.Code {
	p := o.op.Pagination
	params, opts := jen.Op("*").Id("p"), jen.Id("opts")
	var body []jen.Code
	if o.addressed() {
		params = jen.Id("params")
	}
	if p.Style == ir.PageLink || p.NextHeader != "" {
		body = append(body, jen.Var().Id("resp").Add(o.use("Response")))
		opts = jen.Append(jen.Id("opts").Index(jen.Empty(), jen.Len(jen.Id("opts")), jen.Len(jen.Id("opts"))),
			o.use("WithResponse").Call(jen.Op("&").Id("resp")))
	}
	call := jen.Id(o.receiver).Dot(o.op.GoName).Call(jen.Id("ctx"), params, opts.Clone().Op("..."))
	if o.shared() {
		call = jen.Id(o.receiver).Dot(o.fetchName()).Call(o.fetchArgs(params, jen.Id("next"), opts)...)
	}
	body = append(body,
		jen.List(jen.Id("page"), jen.Err()).Op(":=").Add(call),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.False(), jen.Err())),
	)
	items := jen.Id("page")
	if len(p.Items) > 0 {
		items = jen.Id("items")
		body = append(body, o.read("items", jen.Index().Add(o.elemType(p.Item)), p.Items)...)
	}
	body = append(body, o.turn(items)...)
	return append(body, jen.Return(items, jen.Id("more"), jen.Nil()))
}

// turn returns the statements that set more, and the inputs for the next page.
func (o *opWriter) turn(items *jen.Statement) []jen.Code {
	p := o.op.Pagination
	var body []jen.Code
	switch p.Style {
	case ir.PageLink:
		return []jen.Code{o.follow("followAddress", jen.Id("next"), o.use("nextLink").Call(jen.Id("resp").Dot("Header")))}
	case ir.PageURL:
		body = append(o.next("address", items), o.follow("followAddress", jen.Id("next"), o.text(o.nextType(), jen.Id("address"))))
	case ir.PageCursor:
		cursor := jen.Id("cursor")
		body = o.next("cursor", items)
		if selects := o.selector().Type; o.typeText(o.nextType()) != o.typeText(selects) {
			cursor = o.goType(selects).Call(cursor)
		}
		body = append(append(body, o.ownBody()...), o.follow(o.inputFunc("follow"), o.input(), cursor))
	case ir.PageNumber:
		body = append(o.ownBody(), o.count("number", p.TotalPages, p.First, jen.Lit(1), items)...)
	case ir.PageOffset:
		body = append(o.ownBody(), o.count("offset", p.TotalCount, 0, o.goType(o.selector().Type).Call(jen.Len(items)), items)...)
	}
	if len(p.More) > 0 {
		body = append(body, o.within("page", p.More, func(x *jen.Statement) jen.Code {
			return jen.Id("more").Op("=").Id("more").Op("&&").Add(x)
		}))
	}
	return body
}

// follow declares more, by a support function that moves the input on to a place.
func (o *opWriter) follow(function string, input, place jen.Code) *jen.Statement {
	return jen.Id("more").Op(":=").Add(o.use(function)).Call(input, place, jen.Id("seen"))
}

func last(path []*ir.Field) ir.Type { return path[len(path)-1].Type }

// input is a pointer to the input that selects the page.
func (o *opWriter) input() *jen.Statement {
	if p := o.op.Pagination.Param; p != nil {
		return jen.Op("&").Id("p").Dot(p.GoName)
	}
	_, holder := o.bodyHolder()
	return jen.Op("&").Add(holder).Dot(o.selector().GoName)
}

// ownBody returns the statements that make the part of the body with the
// selecting property the iterator's own: what the caller passed stays as it is.
func (o *opWriter) ownBody() []jen.Code {
	statements, _ := o.bodyHolder()
	return statements
}

// bodyHolder returns ownBody's statements and the struct that holds the
// selecting property.
func (o *opWriter) bodyHolder() ([]jen.Code, *jen.Statement) {
	path := o.op.Pagination.Body
	if len(path) == 0 {
		return nil, nil
	}
	body := bodyField(o.op.Bodies[0])
	holder := jen.Id("p")
	var statements []jen.Code
	for i, f := range append([]*ir.Field{body}, path[:len(path)-1]...) {
		holder = holder.Clone().Dot(f.GoName)
		if f.Form() != ir.FormPointer {
			continue
		}
		name := "body"
		if i > 0 {
			name = fmt.Sprintf("part%d", i)
		}
		statements = append(statements, jen.Id(name).Op(":=").Add(o.use("own")).Call(jen.Op("&").Add(holder)))
		holder = jen.Id(name)
	}
	return statements, holder
}

// inputFunc names the variant of a support function that fits the form of the
// input.
func (o *opWriter) inputFunc(name string) string {
	switch o.selector().Form() {
	case ir.FormPointer:
		return name
	case ir.FormNullable:
		return name + "Nullable"
	}
	return name + "Value"
}

// count moves the input on by step, and declares more: there are items, and
// the position of the next page is not beyond the total.
func (o *opWriter) count(position string, total []*ir.Field, first int64, step, items *jen.Statement) []jen.Code {
	args := []jen.Code{o.input(), intLit(first), step}
	if o.selector().Form() == ir.FormValue {
		args = []jen.Code{o.input(), step}
	}
	advance := o.use(o.inputFunc("advance")).Call(args...)
	some := jen.Id("more").Op(":=").Len(items).Op(">").Lit(0)
	if len(total) == 0 || !isNumber(last(total)) {
		return []jen.Code{advance, some}
	}
	advance = jen.Id(position).Op(":=").Add(advance)
	within := func(x *jen.Statement) *jen.Statement {
		at := jen.Id(position)
		if primKind(last(total)) != ir.Int64 || primKind(o.selector().Type) != ir.Int64 {
			at, x = jen.Float64().Call(at), jen.Float64().Call(x)
		}
		switch first {
		case 0:
			return at.Op("<").Add(x)
		case 1:
			return at.Op("<=").Add(x)
		}
		return at.Op("-").Add(intLit(first)).Op("<").Add(x)
	}
	if x := direct("page", total); x != nil {
		return []jen.Code{advance, some.Op("&&").Add(within(x))}
	}
	return []jen.Code{
		advance, some,
		o.within("page", total, func(x *jen.Statement) jen.Code {
			return jen.Id("more").Op("=").Id("more").Op("&&").Add(within(x))
		}),
	}
}

// read declares a variable with the value at a path of the page, zero when it
// is not there.
func (o *opWriter) read(name string, typ *jen.Statement, path []*ir.Field) []jen.Code {
	if x := direct("page", path); x != nil {
		return []jen.Code{jen.Id(name).Op(":=").Add(x)}
	}
	return []jen.Code{
		jen.Var().Id(name).Add(typ),
		o.within("page", path, func(x *jen.Statement) jen.Code { return jen.Id(name).Op("=").Add(x) }),
	}
}

// direct is the value at a path that is always there; else nil.
func direct(base string, path []*ir.Field) *jen.Statement {
	x := jen.Id(base)
	for _, f := range path {
		if f.Form() != ir.FormValue {
			return nil
		}
		x.Dot(f.GoName)
	}
	return x
}

// within executes a statement about the value at a path if it is there.
func (o *opWriter) within(base string, path []*ir.Field, statement func(*jen.Statement) jen.Code) jen.Code {
	return o.descend(jen.Id(base), path, statement)
}

func (o *opWriter) descend(x *jen.Statement, path []*ir.Field, statement func(*jen.Statement) jen.Code) jen.Code {
	if len(path) == 0 {
		return statement(x)
	}
	f, v := path[0], jen.Id("v")
	field := x.Clone().Dot(f.GoName)
	switch f.Form() {
	case ir.FormPointer:
		inner := v
		if len(path) == 1 {
			inner = jen.Op("*").Add(v)
		}
		return jen.If(jen.Id("v").Op(":=").Add(field), jen.Id("v").Op("!=").Nil()).Block(o.descend(inner, path[1:], statement))
	case ir.FormNullable:
		get := jen.List(jen.Id("v"), jen.Id("ok")).Op(":=").Add(field).Dot(o.name("Nullable.Get")).Call()
		return jen.If(get, jen.Id("ok")).Block(o.descend(v, path[1:], statement))
	}
	return o.descend(field, path[1:], statement)
}
