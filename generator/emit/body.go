package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// bodies returns the statements that put the body into the request. Of several
// bodies the first that is there is sent.
func (o *opWriter) bodies() []jen.Code {
	if len(o.op.Bodies) == 1 {
		b := o.op.Bodies[0]
		field := jen.Id("params").Dot(b.FieldName)
		if b.Required {
			return o.body(b, field)
		}
		return []jen.Code{jen.If(field.Clone().Op("!=").Nil()).Block(o.body(b, field)...)}
	}
	var cases []jen.Code
	for _, b := range o.op.Bodies {
		field := jen.Id("params").Dot(b.FieldName)
		cases = append(cases, jen.Case(field.Clone().Op("!=").Nil()).Block(o.body(b, field)...))
	}
	if cases == nil {
		return nil
	}
	return []jen.Code{jen.Switch().Block(cases...)}
}

// body returns the statements that send the body in field, which is there.
func (o *opWriter) body(b *ir.Body, field *jen.Statement) []jen.Code {
	r, mediaType := jen.Id("r"), jen.Lit(b.MediaType)
	pointer := formOf(bodyField(b)) == formPointer
	ptr, value := jen.Op("&").Add(field), field
	if pointer {
		ptr, value = field, jen.Op("*").Add(field)
	}
	switch b.Codec {
	case ir.CodecBinary:
		return []jen.Code{o.use("binaryBody").Call(r, mediaType, field)}
	case ir.CodecText:
		if isScalar(b.Type) {
			return []jen.Code{o.on("content", mediaType, jen.Index().Byte().Call(o.text(b.Type, value)))}
		}
	case ir.CodecForm:
		return o.formBody(b, field, ptr)
	case ir.CodecMultipart:
		return o.multipartBody(b, field, ptr)
	case ir.CodecXML:
		return []jen.Code{o.use("xmlBody").Call(r, mediaType, ptr)}
	case ir.CodecJSONLines:
		if list, ok := underlying(b.Type).(*ir.List); ok && !pointer {
			return []jen.Code{o.use("jsonLinesBody").Call(r, mediaType, field, o.elemWriter(list.Elem))}
		}
	}
	if pointer && b.Required { // nil is null
		return []jen.Code{o.use("jsonBody").Call(r, mediaType, jen.Op("&").Add(field), o.elemWriter(ir.Elem{Type: b.Type, Nullable: true}))}
	}
	return []jen.Code{o.use("jsonBody").Call(r, mediaType, ptr, o.writer(b.Type))}
}

// encoding is how a property of a form is written.
func encoding(b *ir.Body, property string) ir.Encoding {
	for _, e := range b.Encodings {
		if e.Property == property {
			return *e
		}
	}
	return ir.Encoding{Explode: true}
}

// formBody sends a form: a pair for each property.
func (o *opWriter) formBody(b *ir.Body, field, ptr *jen.Statement) []jen.Code {
	form := jen.Id("form")
	body := []jen.Code{jen.Var().Add(form).Add(o.use("pairs"))}
	t, ok := underlying(b.Type).(*ir.Struct)
	if !ok {
		body = append(body, o.use("addJSON").Call(jen.Id("r"), jen.Op("&").Add(form), ptr, o.writer(b.Type)))
	} else {
		for _, f := range t.Fields {
			if !f.ReadOnly {
				body = append(body, o.formField(b, f, field.Clone().Dot(f.GoName))...)
			}
		}
		if t.Additional != nil {
			extra := jen.Op("&").Add(field).Dot(extraField)
			body = append(body, o.use("addJSON").Call(jen.Id("r"), jen.Op("&").Add(form), extra, o.use("mapWriter").Call(o.elemWriter(*t.Additional))))
		}
	}
	return append(body, o.on("content", jen.Lit(b.MediaType), form.Clone().Dot("text")))
}

// formField adds a property to a form. Without a style, objects are JSON.
func (o *opWriter) formField(b *ir.Body, f *ir.Field, x *jen.Statement) []jen.Code {
	name, target := jen.Lit(f.WireName), jen.Op("&").Id("form")
	enc := encoding(b, f.WireName)
	elem, isList := scalarList(f.Type)
	switch format := o.format(f.Type); {
	case isBinary(f.Type):
		return nil // has no place in a form
	case format != nil && formOf(f) == formPointer:
		return []jen.Code{o.use("addOptional").Call(target, name, x, format)}
	case format != nil:
		return o.present(f, x, func(v, _ *jen.Statement) jen.Code {
			return jen.Id("form").Dot(o.name("pairs.add")).Call(name, o.constText(f, v))
		})
	case isList && formOf(f) == formValue && (enc.Style == "" || enc.Style == "form") && enc.Explode:
		return []jen.Code{o.use("addList").Call(target, name, x, o.format(elem.Type))}
	case isList && formOf(f) == formValue && !enc.Explode && separator(enc.Style) != "":
		return []jen.Code{o.use("addJoined").Call(target, name, x, jen.Lit(separator(enc.Style)), o.format(elem.Type))}
	}
	return o.present(f, x, func(_, ptr *jen.Statement) jen.Code {
		if enc.Style == "" {
			return jen.Id("form").Dot(o.name("pairs.add")).Call(name, o.use("jsonText").Call(jen.Id("r"), ptr, o.writer(f.Type)))
		}
		return jen.Id("form").Dot(o.name("pairs.addStyled")).Call(o.use("styled").Call(jen.Id("r"), name, jen.Lit(enc.Style), jen.Lit(enc.Explode),
			jen.Qual(runtimePath, "ParamLocationQuery"), ptr, o.writer(f.Type)))
	})
}

// constText is a scalar field as text; one with a single allowed value is
// filled in.
func (o *opWriter) constText(f *ir.Field, x *jen.Statement) *jen.Statement {
	if f.Const != nil && formOf(f) == formValue {
		if lit, ok := o.constant(f.Type, *f.Const); ok {
			x = jen.Qual("cmp", "Or").Call(x, lit)
		}
	}
	return o.text(f.Type, x)
}

// multipartBody sends a multipart form: a part for each property, several for
// a list.
func (o *opWriter) multipartBody(b *ir.Body, field, ptr *jen.Statement) []jen.Code {
	form := jen.Id("form")
	body := []jen.Code{form.Clone().Op(":=").Add(o.use("newMultipart")).Call()}
	o.use("FilePart")
	t, ok := underlying(b.Type).(*ir.Struct)
	if !ok {
		body = append(body, o.use("addParts").Call(jen.Id("r"), form, ptr, o.writer(b.Type)))
	} else {
		for _, f := range t.Fields {
			if !f.ReadOnly {
				body = append(body, o.partField(b, f, field.Clone().Dot(f.GoName))...)
			}
		}
		if t.Additional != nil {
			extra := jen.Op("&").Add(field).Dot(extraField)
			body = append(body, o.use("addParts").Call(jen.Id("r"), form, extra, o.use("mapWriter").Call(o.elemWriter(*t.Additional))))
		}
	}
	return append(body, o.on("multipart", jen.Lit(multipartType(b.MediaType)), form))
}

// multipartType is a media type without parameters: the boundary is ours.
func multipartType(mediaType string) string {
	t, _, _ := strings.Cut(mediaType, ";")
	if t = strings.TrimSpace(t); strings.HasSuffix(t, "*") {
		return "multipart/form-data"
	}
	return t
}

// partField adds a property to a multipart form.
func (o *opWriter) partField(b *ir.Body, f *ir.Field, x *jen.Statement) []jen.Code {
	name, mediaType := jen.Lit(f.WireName), jen.Lit(partType(encoding(b, f.WireName).ContentType))
	add := func(kind *jen.Statement, value jen.Code) jen.Code {
		return jen.Id("form").Dot(o.name("multipartForm.add")).Call(name, kind, value)
	}
	file := func(x jen.Code) jen.Code {
		return jen.Id("form").Dot(o.name("multipartForm.file")).Call(name, mediaType, x)
	}
	list, isList := underlying(f.Type).(*ir.List)
	switch {
	case isBinary(f.Type):
		return []jen.Code{file(x)}
	case isList && isBinary(list.Elem.Type):
		return []jen.Code{jen.For(jen.List(jen.Id("_"), jen.Id("file")).Op(":=").Range().Add(x)).Block(file(jen.Id("file")))}
	case o.format(f.Type) != nil:
		return o.present(f, x, func(v, _ *jen.Statement) jen.Code { return add(mediaType, o.constText(f, v)) })
	}
	if elem, ok := scalarList(f.Type); ok && formOf(f) == formValue {
		each := add(mediaType, o.text(elem.Type, jen.Id("item")))
		return []jen.Code{jen.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(x)).Block(each)}
	}
	return o.present(f, x, func(_, ptr *jen.Statement) jen.Code {
		return add(jen.Lit("application/json"), o.use("jsonText").Call(jen.Id("r"), ptr, o.writer(f.Type)))
	})
}

// partType is the first of the media types that a part may have; empty when
// that is a pattern.
func partType(contentType string) string {
	t, _, _ := strings.Cut(contentType, ",")
	if t = strings.TrimSpace(t); strings.Contains(t, "*") {
		return ""
	}
	return t
}
