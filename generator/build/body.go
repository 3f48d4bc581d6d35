package build

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// bodies builds the request bodies of an operation.
func (o *opBuilder) bodies() {
	if o.op.RequestBody == nil {
		return
	}
	ptr, stem := join(o.ptr, "requestBody"), o.name+"Request"
	if o.components[stem] { // which says more than the body, as a rule
		stem += "Body"
	}
	if ref := o.op.RequestBody.Ref; ref != "" {
		ptr = refPointer(ref)
		stem = o.names.Exported(diag.LastToken(ptr))
		if o.has(stem) {
			stem += "Request"
		}
	}
	var scope naming.Scope
	for _, p := range o.out.Inputs {
		scope.Reserve(p.GoName)
	}
	o.holdBodies(&scope)
	o.out.Bodies = o.bodiesOf(o.op.RequestBody.Value, ptr, o.ptr, stem, &scope)
}

// holdBodies keeps the names of the alternatives of the body in scope.
func (o *opBuilder) holdBodies(scope *naming.Scope) {
	if o.op.RequestBody == nil {
		return
	}
	for media := range o.op.RequestBody.Value.Content {
		o.hold(scope, bodyOrigin(o.ptr, media))
	}
}

// bodyOrigin is the origin of the field of a request body in a media type.
func bodyOrigin(operation, media string) ir.Origin {
	return ir.Origin{Pointer: operation, Part: ir.PartBody, Key: media}
}

// bodiesOf builds a request body in each of its media types. Of several that
// are read and written alike and have the same type only the first counts, and
// those that had a field before there was another one.
func (b *builder) bodiesOf(body *openapi3.RequestBody, ptr, owner, stem string, scope *naming.Scope) []*ir.Body {
	var out []*ir.Body
	for _, m := range b.medias(body.Content, join(ptr, "content"), preference[:]) {
		name, word := stem, codecWord(m.codec)
		if len(out) > 0 {
			name += word
		}
		u := b.written(&m, name)
		if same := alike(out, m.codec, u.typ); same != nil && b.opts.Names[bodyOrigin(owner, m.name)] == "" {
			same.Also = append(same.Also, m.name)
			continue
		}
		one := &ir.Body{
			FieldName: "Body", MediaType: concrete(m), Codec: m.codec, Type: u.typ,
			Required: body.Required, Nullable: u.nullable && m.codec == ir.CodecJSON, Doc: body.Description, Pos: pos(m.ptr), Constraint: u.limits,
		}
		if len(out) > 0 {
			one.FieldName = b.take(scope, bodyOrigin(owner, m.name), "Body"+word)
			one.Required = false // it is sent in place of the first
		}
		if m.codec == ir.CodecXML {
			one.Root, one.Item = b.rootInXML(m, u.typ)
		}
		if one.Doc == "" {
			one.Doc = u.doc
		}
		if m.codec == ir.CodecForm || m.codec == ir.CodecMultipart {
			one.Encodings = b.encodings(m)
		}
		if m.codec == ir.CodecJSON {
			b.rooted(stem, m.place(), u, &one.Schema)
		}
		out = append(out, one)
	}
	for _, body := range out {
		narrow(body)
	}
	return out
}

// narrow takes a media type that is none of a range for the body where the
// document has one, and leaves all ranges out of the others.
func narrow(body *ir.Body) {
	body.Also = slices.DeleteFunc(body.Also, ir.IsMediaRange)
	if ir.IsMediaRange(body.MediaType) && len(body.Also) > 0 {
		body.MediaType, body.Also = body.Also[0], body.Also[1:]
	}
}

// written is mediaUse for what is sent: lines are a list, whose items the
// document may describe one by one.
func (b *builder) written(m *media, name string) *use {
	if m.codec == ir.CodecEventStream {
		b.warnFirst(baseType(m.name), m.ptr, "media-type-unknown", "how to write a stream of events is not known; here and elsewhere it is passed on as bytes")
		m.codec = ir.CodecBinary
	}
	u := b.mediaUse(m, name)
	if m.codec == ir.CodecJSONLines && b.shapeOf(b.follow(m.place())).kinds != kindArray {
		return &use{typ: &ir.List{Elem: b.elem(u)}, note: note{doc: u.doc}}
	}
	return u
}

// concrete returns the media type to send for one that may be a range. That of
// bytes remains one if it does not have a type for bytes of any kind.
func concrete(m media) string {
	base := baseType(m.name)
	switch {
	case !ir.IsMediaRange(m.name):
		return m.name
	case m.codec == ir.CodecJSON:
		return "application/json"
	case m.codec == ir.CodecText:
		return "text/plain"
	case m.codec == ir.CodecMultipart:
		return "multipart/form-data"
	case m.codec == ir.CodecXML:
		return "application/xml"
	case m.codec == ir.CodecBinary && strings.HasSuffix(base, "/*") && base != "*/*" && base != "application/*":
		return base
	}
	return "application/octet-stream"
}

// alike returns the body that differs in nothing but the name of its media
// type; nil if there is none.
func alike(have []*ir.Body, codec ir.Codec, t ir.Type) *ir.Body {
	for _, body := range have {
		if body.Codec == codec && (body.Type == t || codec == ir.CodecBinary) {
			return body
		}
	}
	return nil
}
