package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// bodies returns the statements that put the body into the request: the first
// one, unless there is an alternative. So a document that adds a media type
// changes nothing for callers.
func (o *opWriter) bodies() []jen.Code {
	if len(o.op.Bodies) == 0 {
		return nil
	}
	var cases []jen.Code
	for _, b := range o.op.Bodies[1:] {
		field := jen.Id("params").Dot(b.FieldName)
		cases = append(cases, jen.Case(field.Clone().Op("!=").Nil()).Block(o.body(b, field)...))
	}
	b := o.op.Bodies[0]
	field := jen.Id("params").Dot(b.FieldName)
	given := field.Clone().Op("!=").Nil()
	switch {
	case cases == nil && b.Required:
		return o.body(b, field)
	case cases == nil:
		return []jen.Code{jen.If(given).Block(o.body(b, field)...)}
	case b.Required:
		cases = append(cases, jen.Default().Block(o.body(b, field)...))
	default:
		cases = append(cases, jen.Case(given).Block(o.body(b, field)...))
	}
	if len(o.op.Bodies) == 2 && b.Required {
		other := o.op.Bodies[1]
		field := jen.Id("params").Dot(other.FieldName)
		return []jen.Code{jen.If(field.Clone().Op("!=").Nil()).Block(o.body(other, field)...).Else().Block(o.body(b, jen.Id("params").Dot(b.FieldName))...)}
	}
	return []jen.Code{jen.Switch().Block(cases...)}
}

// bodyDoc is the comment of the field of a body.
func (o *opWriter) bodyDoc(b *ir.Body) *jen.Statement {
	var notes []string
	if b != o.op.Bodies[0] {
		notes = append(notes, b.FieldName+" is sent in place of "+o.op.Bodies[0].FieldName+", as "+oneLine(b.MediaType)+".")
	}
	if ir.IsMediaRange(b.MediaType) {
		notes = append(notes, "Which "+oneLine(b.MediaType)+" it is says the ContentType of a FilePart, the name of a file, or how the content begins.")
	}
	if b.Codec == ir.CodecBinary && strings.HasPrefix(b.MediaType, "multipart/") {
		notes = append(notes, "The ContentType of a FilePart says the boundary.")
	}
	if len(b.Also) > 0 {
		notes = append(notes, b.FieldName+" is sent as "+oneLine(b.MediaType)+"; WithHeader can change the Content-Type to "+oneLine(either(b.Also))+".")
	}
	about := b.Doc
	if t, ok := b.Type.(ir.Named); ok && spells(about, t.Declaration().GoName) {
		about = ""
	}
	return o.doc(fieldLines, append([]string{about}, notes...)...)
}

// either writes a choice: a, b or c.
func either(items []string) string {
	return strings.Replace(enumerate(items), " and ", " or ", 1)
}

// body returns the statements that check and send the body in field, which is
// there.
func (o *opWriter) body(b *ir.Body, field *jen.Statement) []jen.Code {
	send, checked := o.sendBody(b, field), o.checksItself(b)
	switch {
	case send == nil && checked:
		return []jen.Code{o.sendJSON("checkedBody", b, field)}
	case send == nil:
		return []jen.Code{o.sendJSON("jsonBody", b, field)}
	case checked:
		return append([]jen.Code{o.emitter.call("r.check", "checker.check", bodyPointer(b, field))}, send...)
	}
	return send
}

// sendJSON sends the body in field as JSON.
func (o *opWriter) sendJSON(by string, b *ir.Body, field *jen.Statement) jen.Code {
	ptr := bodyPointer(b, field)
	switch {
	case bodyField(b).Form() != ir.FormPointer: // one that is optional and nil is not sent
		ptr = o.noted(ptr, ir.Elem{Type: b.Type, Nullable: b.Nullable && b.Required})
	case b.Required: // nil is null
		ptr = jen.Op("&").Add(field)
	}
	return o.use(by).Call(jen.Id("r"), jen.Lit(b.MediaType), ptr)
}

// bodyPointer is a pointer to the body in field, which may be one itself.
func bodyPointer(b *ir.Body, field *jen.Statement) *jen.Statement {
	if bodyField(b).Form() == ir.FormPointer {
		return field
	}
	return jen.Op("&").Add(field)
}

// sendBody returns the statements that send the body in field; none when it is
// sent as JSON.
func (o *opWriter) sendBody(b *ir.Body, field *jen.Statement) []jen.Code {
	r, mediaType := jen.Id("r"), jen.Lit(b.MediaType)
	pointer := bodyField(b).Form() == ir.FormPointer
	ptr, value := bodyPointer(b, field), field
	if pointer {
		value = jen.Op("*").Add(field)
	}
	switch b.Codec {
	case ir.CodecBinary:
		if ir.IsMediaRange(b.MediaType) {
			return []jen.Code{o.use("rangeBody").Call(r, mediaType, field)}
		}
		return []jen.Code{o.use("binaryBody").Call(r, mediaType, field)}
	case ir.CodecText:
		if isScalar(b.Type) {
			return []jen.Code{o.on("content", mediaType, jen.Index().Byte().Call(o.text(b.Type, value)))}
		}
	case ir.CodecForm:
		return append(o.lists(b.Type, field), o.formBody(b, ptr))
	case ir.CodecMultipart:
		return o.multipartBody(b, field, ptr)
	case ir.CodecXML:
		if b.Item != "" {
			ptr = o.xmlItems(b.Type, ptr, jen.Id("item").Op(":").Lit(b.Item))
		}
		return []jen.Code{o.use("xmlBody").Call(r, mediaType, jen.Lit(b.Root), ptr)}
	case ir.CodecJSONLines:
		if isList(b.Type) && !pointer {
			return []jen.Code{o.use("jsonLinesBody").Call(r, mediaType, field)}
		}
	}
	return nil
}

// formBody sends a form: a pair for each property.
func (o *opWriter) formBody(b *ir.Body, ptr *jen.Statement) *jen.Statement {
	args := []jen.Code{jen.Id("r"), jen.Lit(b.MediaType), ptr}
	styles := o.encodings(b, func(e *ir.Encoding) bool {
		return e.Style != "" || isJSONType(e.ContentType) && o.isText(b, e.Property)
	})
	if styles == nil {
		return o.use("formBody").Call(args...)
	}
	return tallCall(o.use("styledForm"), args, styles)
}

// isText reports whether a property of a form may be text, or a list of texts,
// which is sent as it is unless the document says otherwise.
func (o *opWriter) isText(b *ir.Body, property string) bool {
	for _, st := range ir.Parts(b.Type) {
		for _, f := range st.Fields {
			if f.WireName != property {
				continue
			}
			t := ir.Underlying(f.Type)
			if list, ok := t.(*ir.List); ok {
				t = ir.Underlying(list.Elem.Type)
			}
			_, parts := elements(t)
			_, object := t.(*ir.Struct)
			return !parts && !object
		}
	}
	return true
}

// encodings are the encodings of properties that matter.
func (o *opWriter) encodings(b *ir.Body, matters func(*ir.Encoding) bool) []jen.Code {
	var all []jen.Code
	for _, e := range b.Encodings {
		if !matters(e) {
			continue
		}
		fields := []jen.Code{jen.Id("property").Op(":").Lit(e.Property)}
		if e.ContentType != "" {
			fields = append(fields, jen.Id("mediaType").Op(":").Lit(e.ContentType))
		}
		if e.Style != "" {
			fields = append(fields, jen.Id("style").Op(":").Lit(e.Style))
		}
		if e.Explode {
			fields = append(fields, jen.Id("explode").Op(":").True())
		}
		if e.AllowReserved && b.Codec == ir.CodecForm {
			fields = append(fields, jen.Id("keep").Op(":").Add(o.use("reserved")))
		}
		all = append(all, o.use("encoding").Values(fields...))
	}
	return all
}

// tallCall calls a function with some arguments on the first line, and each of
// the others on its own.
func tallCall(fn *jen.Statement, first, rest []jen.Code) *jen.Statement {
	if len(rest) == 0 {
		return fn.Call(first...)
	}
	fn.Op("(")
	for _, arg := range first {
		fn.Add(arg).Op(",")
	}
	for _, arg := range rest {
		fn.Line().Add(arg).Op(",")
	}
	return fn.Line().Op(")")
}
