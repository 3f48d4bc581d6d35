package build

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// encodings builds the encodings of the properties of a form.
func (b *builder) encodings(m media) []*ir.Encoding {
	var out []*ir.Encoding
	form, ptr := b.shapeOf(b.follow(m.place())), join(m.ptr, "encoding")
	for _, name := range ordered(b, ptr, m.mt.Encoding) {
		e, at := m.mt.Encoding[name], join(ptr, name)
		switch p := form.propIndex[name]; {
		case p != nil:
			out = append(out, b.encoding(e, at, p))
		case form.kinds == kindObject && len(form.groups) == 0 && !form.open && form.additional == nil && len(form.patterns) == 0:
			b.warnf(at, "encoding", "the schema has no property %.60q; its encoding is left out", name)
		default:
			out = append(out, b.encoding(e, at, &property{name: name}))
		}
	}
	return out
}

// encoding builds the encoding of a property. A style, or what belongs to one,
// says more than a media type.
func (b *builder) encoding(e *openapi3.Encoding, ptr string, p *property) *ir.Encoding {
	out := &ir.Encoding{Property: p.name, ContentType: firstType(e.ContentType), Style: e.Style, AllowReserved: e.AllowReserved}
	if out.Style == "" && (e.Explode != nil || e.AllowReserved) {
		out.Style = "form"
	}
	out.Explode = out.Style == "" || out.Style == "form"
	if e.Explode != nil {
		out.Explode = *e.Explode
	}
	if len(e.Headers) > 0 {
		b.warnf(join(ptr, "headers"), "unsent", "headers of a part are not sent")
	}
	if base := baseType(out.ContentType); base != "" && !isJSON(base) && b.composite(p) {
		b.warnf(join(ptr, "contentType"), "encoding", "how to write an object as %.60q is not known; it is sent as JSON", out.ContentType)
		out.ContentType = ""
	}
	return out
}

// firstType is the first of several media types; empty for a range, which says
// nothing about what is sent.
func firstType(contentType string) string {
	t, _, _ := strings.Cut(contentType, ",")
	if t = strings.TrimSpace(t); strings.Contains(t, "*") {
		return ""
	}
	return t
}

// composite reports whether the values of a property, or the items of the list
// that it is, are objects or lists.
func (b *builder) composite(p *property) bool {
	if len(p.places) == 0 {
		return false
	}
	s := b.shapeOfAll(p.places)
	if s.kinds == kindArray && len(s.items) > 0 {
		s = b.shapeOfAll(s.items)
	}
	return s.kinds.only(kindObject | kindArray)
}
