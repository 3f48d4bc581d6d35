package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// multipartBody sends a multipart form: first a part for each property, then
// the files.
func (o *opWriter) multipartBody(b *ir.Body, field, ptr *jen.Statement) []jen.Code {
	o.need("FilePart")
	form := jen.Id("form")
	body := []jen.Code{form.Clone().Op(":=").Add(o.use("newMultipart")).Call()}
	send := o.on("multipart", jen.Lit(multipartType(b.MediaType)), form)
	files, plain := []jen.Code(nil), true // something is not a file
	switch t := ir.Underlying(b.Type).(type) {
	case *ir.Struct:
		files, plain = o.partFiles(b, t, field)
	case *ir.Union:
		files = o.variantFiles(b, t, field)
	case *ir.Map:
		if ir.IsBinary(t.Elem.Type) {
			return append(body, o.use("addFiles").Call(form, pointee(b, field)), send)
		}
	}
	if plain {
		isFile := map[string]bool{}
		for _, st := range ir.Parts(b.Type) {
			for _, f := range st.Fields {
				isFile[f.WireName] = isFile[f.WireName] || ir.IsFile(f.Type)
			}
		}
		matters := func(e *ir.Encoding) bool { return (e.ContentType != "" || e.Style != "") && !isFile[e.Property] }
		add := "addParts"
		for _, e := range b.Encodings {
			if e.Style != "" && !isFile[e.Property] {
				add = "addStyledParts"
			}
		}
		body = append(body, o.lists(b.Type, field)...)
		body = append(body, tallCall(o.use(add), []jen.Code{jen.Id("r"), form, ptr}, o.encodings(b, matters)))
	}
	return append(append(body, files...), send)
}

// pointee is the body in field, which may be a pointer.
func pointee(b *ir.Body, field *jen.Statement) *jen.Statement {
	if bodyField(b).Form() == ir.FormPointer {
		return jen.Op("*").Add(field)
	}
	return field
}

// partFiles adds the files of a struct to a multipart form. plain tells that
// something in it is not a file.
func (o *opWriter) partFiles(b *ir.Body, t *ir.Struct, x *jen.Statement) (files []jen.Code, plain bool) {
	plain = t.Additional != nil
	for _, f := range t.Fields {
		if f.ReadOnly && ir.IsFile(f.Type) {
			continue
		}
		if ir.IsFile(f.Type) {
			files = append(files, o.files(b, f, jen.Add(x).Dot(f.GoName))...)
		} else {
			plain = true
		}
	}
	return files, plain
}

// variantFiles adds the files of the variant of a union that is there.
func (o *opWriter) variantFiles(b *ir.Body, t *ir.Union, field *jen.Statement) []jen.Code {
	var cases []jen.Code
	for _, v := range t.Variants {
		if st, ok := v.Type.(*ir.Struct); ok {
			if files, _ := o.partFiles(b, st, jen.Id("v")); files != nil {
				cases = append(cases, jen.Case(jen.Op("*").Id(st.GoName)).Block(files...))
			}
		}
	}
	if cases == nil {
		return nil
	}
	return []jen.Code{jen.Switch(jen.Id("v").Op(":=").Add(field).Dot("Value").Assert(jen.Type())).Block(cases...)}
}

// files adds the files of a property to a multipart form.
func (o *opWriter) files(b *ir.Body, f *ir.Field, x *jen.Statement) []jen.Code {
	mediaType := ""
	for _, e := range b.Encodings {
		if e.Property == f.WireName {
			mediaType = e.ContentType
		}
	}
	add := func(x *jen.Statement) jen.Code {
		return jen.Id("form").Dot(o.name("multipartForm.file")).Call(jen.Lit(f.WireName), jen.Lit(mediaType), x)
	}
	var all []jen.Code
	if f.Required && ir.IsBinary(f.Type) {
		all = append(all, o.required(f, jen.Add(x).Op("!=").Nil()))
	} else if f.Required {
		all = append(all, o.required(f, jen.Len(x).Op(">").Lit(0)))
	}
	if ir.IsBinary(f.Type) {
		return append(all, add(x))
	}
	return append(all, jen.For(jen.List(jen.Id("_"), jen.Id("file")).Op(":=").Range().Add(x)).Block(add(jen.Id("file"))))
}

// required is the statement that refuses a property of a form unless it is given.
func (o *opWriter) required(f *ir.Field, given *jen.Statement) jen.Code {
	return jen.Id("r").Dot("check").Dot(o.name("checker.required")).Call(jen.Lit(f.Pointer()), given)
}

// lists returns the statements that refuse required lists of a form which are
// empty: a form has nothing to say so.
func (o *opWriter) lists(t ir.Type, x *jen.Statement) []jen.Code {
	st, ok := ir.Underlying(t).(*ir.Struct)
	if !ok {
		return nil
	}
	var all []jen.Code
	for _, f := range st.Fields {
		_, isList := ir.Underlying(f.Type).(*ir.List)
		if isList && f.Required && !f.Nullable && !f.ReadOnly && !ir.IsFile(f.Type) && !atLeastOne(f) {
			all = append(all, o.required(f, jen.Len(jen.Add(x).Dot(f.GoName)).Op(">").Lit(0)))
		}
	}
	return all
}

// multipartType is a media type without parameters: the boundary is ours.
func multipartType(mediaType string) string {
	t, _, _ := strings.Cut(mediaType, ";")
	return strings.TrimSpace(t)
}
