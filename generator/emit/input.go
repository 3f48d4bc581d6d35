package emit

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/pattern"
)

// template returns the path template of the operation as it is sent: its text
// escaped, without fragment and query; and the query. What follows a # is no
// fragment if it has parameters.
func (o *opWriter) template() (path, query string) {
	path, fragment := cutText(o.op.Path, "#")
	if slices.ContainsFunc(ir.SplitTemplate(fragment), func(p ir.TemplatePart) bool { return o.pathParam(p.Variable) != nil }) {
		path = o.op.Path
	}
	path, query = cutText(path, "?")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	var b strings.Builder
	for _, part := range ir.SplitTemplate(path) {
		if part.Variable != "" && o.pathParam(part.Variable) != nil {
			b.WriteString("{" + part.Variable + "}")
			continue
		}
		if part.Variable != "" {
			part.Text = "{" + part.Variable + "}"
		}
		b.WriteString(escapePath(part.Text))
	}
	return b.String(), query
}

// cutText cuts a template at the first separator that is not part of the name
// of a variable.
func cutText(template, separator string) (before, after string) {
	at := 0
	for _, part := range ir.SplitTemplate(template) {
		if part.Variable != "" {
			at += len("{" + part.Variable + "}")
			continue
		}
		if i := strings.Index(part.Text, separator); i >= 0 {
			return template[:at+i], template[at+i+len(separator):]
		}
		at += len(part.Text)
	}
	return template, ""
}

// escapePath escapes what cannot stand in a path; escapes stay.
func escapePath(text string) string {
	const plain = "/-._~!$&'()*+,;=:@%"
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + string("0123456789ABCDEF"[c>>4]) + string("0123456789ABCDEF"[c&15]))
		}
	}
	return b.String()
}

func (o *opWriter) pathParam(name string) *ir.Param {
	for _, p := range o.op.Inputs {
		if p.In == ir.InPath && p.WireName == name {
			return p
		}
	}
	return nil
}

// inputs returns the statements that put the parameters into the request:
// those of the path in the order of the template, then the others.
func (o *opWriter) inputs() []jen.Code {
	path, query := o.template()
	var body []jen.Code
	for _, part := range ir.SplitTemplate(path) {
		if p := o.pathParam(part.Variable); p != nil && part.Variable != "" {
			body = append(body, o.inPath(p)...)
		}
	}
	for _, pair := range strings.Split(query, "&") {
		if name, value, _ := strings.Cut(pair, "="); name != "" {
			body = append(body, o.fixed(name, value))
		}
	}
	kept := false
	for _, p := range o.op.Inputs {
		switch p.In {
		case ir.InQuery:
			if p.AllowReserved != kept {
				kept = p.AllowReserved
				body = append(body, o.keep(kept))
			}
			body = append(body, o.hiddenQuery(p, o.inQuery(p))...)
		case ir.InQueryString:
			body = append(body, o.hiddenQuery(p, o.asQuery(p))...)
		case ir.InHeader:
			body = append(body, o.inHeader(p)...)
		case ir.InCookie:
			body = append(body, o.inCookie(p)...)
		}
		body = append(body, o.hidden(p)...)
	}
	if kept {
		body = append(body, o.keep(false)) // credentials may follow
	}
	return body
}

// keep says whether the parameters of the query that follow keep reserved characters.
func (o *opWriter) keep(reserved bool) jen.Code {
	x := jen.Id("r").Dot("query").Dot("keep").Op("=")
	if reserved {
		return x.Len(o.use("reserved"))
	}
	return x.Lit(0)
}

// fixed adds a pair of the query that is part of the path template.
func (o *opWriter) fixed(name, value string) jen.Code {
	return o.query("add", o.fixedText(name), o.fixedText(value))
}

// fixedText is a name or value of such a pair: a variable, or text.
func (o *opWriter) fixedText(text string) jen.Code {
	if len(text) > 2 && text[0] == '{' && text[len(text)-1] == '}' {
		if p := o.pathParam(text[1 : len(text)-1]); p != nil && isScalar(p.Type) {
			return o.text(p.Type, paramOf(p))
		}
	}
	if plain, err := url.QueryUnescape(text); err == nil {
		text = plain
	}
	return jen.Lit(text)
}

// query is a call of a method of the request's query.
func (o *opWriter) query(method string, args ...jen.Code) *jen.Statement {
	return jen.Id("r").Dot("query").Dot(o.name("pairs." + method)).Call(args...)
}

// hidden keeps a secret parameter out of URLs that are shown.
func (o *opWriter) hidden(p *ir.Param) []jen.Code {
	if !p.Secret || p.In != ir.InPath && (p.In != ir.InQuery || !isPlain(p)) {
		return nil
	}
	return o.present(&p.Field, paramOf(p), func(x, ptr *jen.Statement) jen.Code {
		text, escaped := o.pathText(p, x, ptr)
		return o.on(pick(escaped, "hideText", "hide"), text)
	})
}

// hiddenQuery is hidden for the statements that add what has several parts to the query.
func (o *opWriter) hiddenQuery(p *ir.Param, add []jen.Code) []jen.Code {
	if !p.Secret || isPlain(p) {
		return add
	}
	return []jen.Code{o.on("hideQuery", jen.Func().Params().Block(add...))}
}

// isPlain reports whether a parameter is a scalar that is sent as it is.
func isPlain(p *ir.Param) bool { return isScalar(p.Type) && p.Content == "" }

// present wraps a statement about the field in x so that it is executed when
// there is a value. The statement gets the value and a pointer to it.
func (o *opWriter) present(f *ir.Field, x *jen.Statement, statement func(x, ptr *jen.Statement) jen.Code) []jen.Code {
	switch f.Form() {
	case ir.FormPointer:
		return []jen.Code{jen.If(x.Clone().Op("!=").Nil()).Block(statement(jen.Op("*").Add(x), x))}
	case ir.FormNullable:
		get := jen.List(jen.Id("v"), jen.Id("ok")).Op(":=").Add(x).Dot(o.name("Nullable.Get")).Call()
		return []jen.Code{jen.If(get, jen.Id("ok")).Block(statement(jen.Id("v"), jen.Op("&").Id("v")))}
	}
	plain := statement(x, jen.Op("&").Add(x))
	if ir.HoldsNil(f.Type) && !f.Required {
		return []jen.Code{jen.If(x.Clone().Op("!=").Nil()).Block(plain)}
	}
	return []jen.Code{plain}
}

// paramOf is the field of the inputs that holds a parameter.
func paramOf(p *ir.Param) *jen.Statement { return selector("params", p.GoName) }

// inPath writes a path parameter.
func (o *opWriter) inPath(p *ir.Param) []jen.Code {
	return o.present(&p.Field, paramOf(p), func(x, ptr *jen.Statement) jen.Code {
		text, escaped := o.pathText(p, x, ptr)
		write := pick(escaped, "segment", "variable")
		if pieces(p) != "" {
			write = "pieces"
		}
		return o.on(write, jen.Lit(p.WireName), text)
	})
}

// pieces returns the pattern of a path parameter that is several segments of
// the path; empty for others. Slashes of such a value are not escaped, which is
// why all of it has to match.
func pieces(p *ir.Param) string {
	if p.In != ir.InPath || p.Style != "simple" || p.Content != "" || formatName(p.Type) != "formatString" {
		return ""
	}
	for _, l := range constraints(p.Type, p.Constraint) {
		if whole, ok := pattern.Path(l.Pattern); ok {
			return whole
		} else if l.Pattern != "" {
			break
		}
	}
	return ""
}

// pathText is the text of a path parameter, or of a plain one elsewhere, and whether it is escaped.
func (o *opWriter) pathText(p *ir.Param, x, ptr *jen.Statement) (text *jen.Statement, escaped bool) {
	elem, isList := scalarList(p.Type)
	switch {
	case p.Content != "":
		return o.contentText(p, x, ptr), false
	case pieces(p) != "":
		return o.use("escaped").Call(o.text(p.Type, x), jen.Lit("/")), true
	case isScalar(p.Type) && (p.In != ir.InPath || p.Style == "simple" || delimiter(p.Style) != ""):
		return o.text(p.Type, x), false
	case isList && p.Style == "simple":
		return o.use("escapedList").Call(x, o.format(elem.Type)), true
	}
	return o.styled(p, cmp.Or(delimiter(p.Style), p.Style), ptr), true
}

// inQuery writes a query parameter.
func (o *opWriter) inQuery(p *ir.Param) []jen.Code {
	name, field := jen.Lit(p.WireName), paramOf(p)
	target := jen.Op("&").Id("r").Dot("query")
	elem, isList := scalarList(p.Type)
	scalar := isScalar(p.Type)
	switch {
	case p.Content != "":
		return o.present(&p.Field, paramOf(p), func(x, ptr *jen.Statement) jen.Code { return o.query("add", name, o.contentText(p, x, ptr)) })
	case scalar && p.Form() == ir.FormPointer:
		return []jen.Code{o.use("addOptional").Call(target, name, field, o.format(p.Type))}
	case scalar:
		return o.present(&p.Field, paramOf(p), func(x, _ *jen.Statement) jen.Code { return o.query("add", name, o.text(p.Type, x)) })
	case isList && p.Explode && p.Style != "deepObject":
		return []jen.Code{o.use("addList").Call(target, name, field, o.format(elem.Type))}
	case isList && separator(p.Style) != "":
		return []jen.Code{o.use("addJoined").Call(target, name, field, jen.Lit(separator(p.Style)), o.format(elem.Type))}
	}
	return o.present(&p.Field, paramOf(p), func(_, ptr *jen.Statement) jen.Code {
		return o.query("addStyled", o.given(p, o.styled(p, p.Style, ptr)))
	})
}

// asQuery writes a parameter that is the whole query: a form, or text in its
// media type.
func (o *opWriter) asQuery(p *ir.Param) []jen.Code {
	return o.present(&p.Field, paramOf(p), func(x, ptr *jen.Statement) jen.Code {
		if strings.HasPrefix(p.Content, "application/x-www-form-urlencoded") {
			form := *p
			form.Style, form.Explode = "form", true
			return o.query("addStyled", o.styled(&form, "Query", ptr))
		}
		text := o.use("appendEscaped").Call(jen.Nil(), o.contentText(p, x, ptr), jen.Lit(""))
		return o.query("addStyled", jen.String().Call(text))
	})
}

// separator is what separates the items of a list that is one pair.
func separator(style string) string {
	if style == "form" {
		return ","
	}
	return delimiter(style)
}

// delimiter is what a style is named after, escaped.
func delimiter(style string) string {
	switch style {
	case "spaceDelimited":
		return "%20"
	case "pipeDelimited":
		return "%7C"
	case "tabDelimited": // of Swagger 2.0
		return "%09"
	}
	return ""
}

// inHeader writes a header parameter.
func (o *opWriter) inHeader(p *ir.Param) []jen.Code {
	key := jen.Lit(headerName(p.WireName))
	if isScalar(p.Type) && p.Content == "" && p.Form() == ir.FormPointer {
		return []jen.Code{o.use("setOptional").Call(jen.Id("r"), key, paramOf(p), o.format(p.Type))}
	}
	return o.present(&p.Field, paramOf(p), func(x, ptr *jen.Statement) jen.Code { return o.on("set", key, o.given(p, o.plain(p, x, ptr))) })
}

// inCookie writes a cookie parameter.
func (o *opWriter) inCookie(p *ir.Param) []jen.Code {
	name := jen.Lit(p.WireName)
	return o.present(&p.Field, paramOf(p), func(x, ptr *jen.Statement) jen.Code {
		switch {
		case p.Style == "cookie" && p.Content == "":
			return o.on("addCookies", o.given(p, o.use("cookies").Call(jen.Id("r"), name, jen.Lit(p.Explode), ptr)))
		case p.Content != "":
			return o.on("cookie", name, o.contentText(p, x, ptr))
		case isScalar(p.Type):
			return o.on("cookie", name, o.text(p.Type, x))
		}
		return o.on("escapedCookie", name, o.given(p, o.styled(p, "cookie", ptr)))
	})
}

// given refuses the empty text of a required parameter, if nothing else does.
func (o *opWriter) given(p *ir.Param, text *jen.Statement) *jen.Statement {
	if !p.Required || p.Nullable || p.Content != "" || isScalar(p.Type) || !mayVanish(p.Type) {
		return text
	}
	return o.use("given").Call(jen.Id("r"), jen.Lit(string(p.In)+"/"+p.WireName), text)
}

// mayVanish reports whether nothing is left of a value with parts when it is
// text, though checkSent has seen that there are some.
func mayVanish(t ir.Type) bool {
	switch t := ir.Underlying(t).(type) {
	case *ir.List:
		return formatName(t.Elem.Type) == "formatString"
	case *ir.Map:
		return t.Elem.Nullable
	case *ir.Struct:
		return !slices.ContainsFunc(t.Fields, func(f *ir.Field) bool { return f.Required && !f.Nullable && !f.ReadOnly && isScalar(f.Type) })
	}
	return true
}

// plain is the value of a header parameter.
func (o *opWriter) plain(p *ir.Param, x, ptr *jen.Statement) *jen.Statement {
	elem, isList := scalarList(p.Type)
	separator, _ := url.PathUnescape(delimiter(p.Style)) // headers have no escapes
	switch {
	case p.Content != "":
		return o.contentText(p, x, ptr)
	case isScalar(p.Type):
		return o.text(p.Type, x)
	case separator != "":
		return o.styled(p, separator, ptr)
	case isList:
		return o.use("joined").Call(x, o.format(elem.Type))
	}
	return o.styled(p, "header", ptr)
}

// styled is a parameter in a style that the general code knows.
func (o *opWriter) styled(p *ir.Param, style string, ptr *jen.Statement) *jen.Statement {
	return o.use("styled").Call(jen.Id("r"), jen.Lit(p.WireName), jen.Lit(style), jen.Lit(p.Explode), ptr)
}

// contentText is a parameter in a media type.
func (o *opWriter) contentText(p *ir.Param, x, ptr *jen.Statement) *jen.Statement {
	if !isJSONType(p.Content) && isScalar(p.Type) {
		return o.text(p.Type, x)
	}
	return o.use("jsonText").Call(jen.Id("r"), ptr)
}

// isJSONType reports whether a media type is JSON.
func isJSONType(mediaType string) bool {
	base, _, _ := strings.Cut(strings.ToLower(mediaType), ";")
	base = strings.TrimSpace(base)
	return strings.HasSuffix(base, "/json") || strings.HasSuffix(base, "+json")
}

// scalarList returns the elements of a list whose elements are scalars.
func scalarList(t ir.Type) (ir.Elem, bool) {
	list, ok := ir.Underlying(t).(*ir.List)
	if !ok || list.Elem.Nullable || !isScalar(list.Elem.Type) {
		return ir.Elem{}, false
	}
	return list.Elem, true
}

// isScalar reports whether there is a format for values of t.
func isScalar(t ir.Type) bool { return formatName(t) != "" }

// formatName names the support function that formats a scalar, or its method;
// empty for other types.
func formatName(t ir.Type) string {
	kind := primKind(t)
	if enum, ok := ir.Underlying(t).(*ir.Enum); ok {
		kind = enum.Base
	}
	switch kind {
	case ir.String:
		return "formatString"
	case ir.Int64, ir.Int32:
		return "formatInt"
	case ir.Uint64:
		return "formatUint"
	case ir.Float64:
		return "formatFloat"
	case ir.Float32:
		return "formatFloat32"
	case ir.Bool:
		return "formatBool"
	}
	if defined(t) {
		return "" // not convertible by these
	}
	switch kind {
	case ir.DateTime:
		return "formatTime"
	case ir.Bytes:
		return "formatBytes"
	case ir.Date:
		return "Date.String"
	case ir.UUID:
		return "UUID.String"
	}
	return ""
}

// defined reports whether t is an alias that is a type of its own.
func defined(t ir.Type) bool {
	a, ok := t.(*ir.Alias)
	return ok && (a.Defined || defined(a.Target))
}

// format is a function func(T) string for a scalar, nil for other types.
func (e *emitter) format(t ir.Type) *jen.Statement {
	name := formatName(t)
	if typ, ok := strings.CutSuffix(name, ".String"); ok {
		return jen.Qual(typesPath, typ).Dot("String")
	}
	if name == "" {
		return nil
	}
	return e.use(name)
}

// text is the scalar x as a string.
func (e *emitter) text(t ir.Type, x *jen.Statement) *jen.Statement {
	switch name := formatName(t); {
	case name == "formatString" && isPlainString(t):
		return x
	case name == "formatString":
		return jen.String().Call(x)
	case strings.HasSuffix(name, ".String"):
		if strings.HasPrefix(x.GoString(), "*") {
			x = jen.Parens(x)
		}
		return jen.Add(x).Dot("String").Call()
	}
	return e.format(t).Call(x)
}

// isPlainString reports whether the Go type of t is string itself.
func isPlainString(t ir.Type) bool {
	p, ok := ir.Resolved(t).(*ir.Prim)
	return ok && p.Kind == ir.String
}
