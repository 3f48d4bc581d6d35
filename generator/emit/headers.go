package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// headers writes headers.go: a type whose methods read the headers that the
// document describes.
func (e *emitter) headers() {
	if len(e.api.Headers) == 0 {
		return
	}
	typ := e.api.HeadersName
	e.gap()
	about := typ + " reads the headers that the API sends: " + typ + "(resp.Header) for a Response, an error or a webhook's request. " +
		"Each method reports whether the header is there and well-formed."
	e.add(e.doc(typeLines, about))
	e.add(jen.Type().Id(typ).Qual("net/http", "Header"))
	for _, h := range e.api.Headers {
		about := h.GoName + " is the header " + oneLine(h.Name) + " of " + sources(h.Sources) + "."
		e.gap()
		e.add(e.doc(typeLines, about, h.Doc, deprecation(h.Deprecated)))
		read, item := "headerValue", h.Type
		if list, ok := h.Type.(*ir.List); ok {
			read, item = "headerList", list.Elem.Type
		}
		value := e.use(read).Call(jen.Id("h"), jen.Lit(headerName(h.Name)), e.headerParser(item))
		if item != h.Type && headerName(h.Name) == "Set-Cookie" {
			value = e.use("headerLines").Call(jen.Id("h"), jen.Lit("Set-Cookie"))
		}
		e.add(oneLiner(jen.Func().Params(jen.Id("h").Id(typ)).Id(h.GoName).Params().Params(e.goType(h.Type), jen.Bool()), jen.Return(value)))
	}
}

// sources names what sends a header: the first few.
func sources(names []string) string {
	const most = 3
	if len(names) <= most {
		return enumerate(names)
	}
	return enumerate(append(names[:most-1:most-1], fmt.Sprintf("%d others", len(names)-most+1)))
}

// headerParser is the function that parses a header's value.
func (e *emitter) headerParser(t ir.Type) *jen.Statement {
	switch primKind(t) {
	case ir.Int64:
		return e.use("parseInt")
	case ir.Int32:
		return e.use("headerInt32")
	case ir.Uint64:
		return e.use("parseUint")
	case ir.Float64:
		return e.use("headerFloat").Types(jen.Float64())
	case ir.Float32:
		return e.use("headerFloat").Types(jen.Float32())
	case ir.Bool:
		return e.use("headerBool")
	case ir.DateTime:
		return e.use("headerTime")
	case ir.Date, ir.UUID:
		return e.use("headerText").Types(e.goType(t))
	}
	return e.use("headerString")
}
