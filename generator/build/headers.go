package build

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// responseHeaders collects the response headers of an operation, and the header
// parameters of webhooks: each name of the document is one declaration,
// whatever sends it.
func (b *builder) responseHeaders(headers openapi3.Headers, ptr, source string) {
	for _, name := range ordered(b, ptr, headers) {
		b.header(name, &headers[name].Value.Parameter, join(ptr, name), source)
	}
}

// sentHeader is a header of responses with what the document calls its values.
type sentHeader struct {
	*ir.Header
	kinds []string // by the words of the lock, the first of them that of the type
	other []string // where it is another than the first
}

// header notes that source sends a header.
func (b *builder) header(name string, p *openapi3.Parameter, ptr, source string) {
	key := http.CanonicalHeaderKey(name)
	if key == "Content-Type" || !naming.IsToken(name) {
		return // the first is described by the content, others cannot be sent
	}
	h, deprecated, t := b.headers[key], deprecation(p.Deprecated, p.Extensions), b.headerType(p, ptr, key)
	if h == nil {
		h = &sentHeader{Header: &ir.Header{Name: name, Deprecated: deprecated, Pos: pos(ptr), Type: t}}
		b.headers[key] = h
	}
	if h.kinds = append(h.kinds, headerKind(t)); h.kinds[0] != headerKind(t) {
		h.other = append(h.other, ptr)
	}
	if deprecated == "" {
		h.Deprecated = ""
	}
	h.Doc = cmp.Or(h.Doc, p.Description)
	if !slices.Contains(h.Sources, source) {
		h.Sources = append(h.Sources, source)
	}
}

// headersPointer stands for the headers of all responses in origins.
const headersPointer = "/headers"

func headerOrigin(part ir.Part, key string) ir.Origin {
	return ir.Origin{Pointer: headersPointer, Part: part, Key: key}
}

// settleKind finds the type of a header. What it had before stays as long as the
// document says so anywhere: that another operation sends it too, as something
// else, is no reason for callers to change. Without that, it is read as text.
func (b *builder) settleKind(h *sentHeader, key string) {
	before := ""
	if _, known := b.opts.Names[headerOrigin(ir.PartHeader, key)]; known {
		before = cmp.Or(b.opts.Names[headerOrigin(ir.PartKind, key)], string(ir.String))
	}
	switch {
	case slices.Contains(h.kinds, before):
		h.Type = headerTypeOf(before)
	case len(h.other) > 0:
		h.Type = &ir.Prim{Kind: ir.String}
	}
	kind := headerKind(h.Type)
	if kind != string(ir.String) {
		b.api.Names[headerOrigin(ir.PartKind, key)] = kind
		return
	}
	for _, ptr := range h.other {
		b.warnOnce(ptr, "header-type", "header %s has another type here than before; it is read as text", key)
	}
}

// listMark begins the word of the lock for a list.
const listMark = "[]"

// headerKind is the word of the lock for the type of a header.
func headerKind(t ir.Type) string {
	if list, ok := t.(*ir.List); ok {
		return listMark + headerKind(list.Elem.Type)
	}
	return string(scalarKind(t))
}

// headerTypeOf is the type that a word of the lock stands for.
func headerTypeOf(word string) ir.Type {
	item, isList := strings.CutPrefix(word, listMark)
	switch kind := ir.PrimKind(item); {
	case !kind.Scalar():
		return &ir.Prim{Kind: ir.String}
	case isList:
		return &ir.List{Elem: ir.Elem{Type: &ir.Prim{Kind: kind}}}
	default:
		return &ir.Prim{Kind: kind}
	}
}

// headerType is the type of a header's value: that of its schema for a scalar
// or a list of these with commas, and text for everything else.
func (b *builder) headerType(p *openapi3.Parameter, ptr, key string) ir.Type {
	if p.Schema == nil || strings.HasSuffix(p.Style, "Delimited") {
		return &ir.Prim{Kind: ir.String}
	}
	s := b.shapeOf(b.follow(place{p.Schema, join(ptr, "schema")}))
	if key == "Set-Cookie" && s.kinds == kindArray {
		return &ir.List{Elem: ir.Elem{Type: &ir.Prim{Kind: ir.String}}}
	}
	if s.kinds == kindArray && len(s.items) == 1 && len(s.prefix)+len(s.groups) == 0 && !s.hasValues {
		if kind := b.headerScalar(b.shapeOf(b.follow(s.items[0]))); kind != "" {
			return &ir.List{Elem: ir.Elem{Type: &ir.Prim{Kind: kind}}}
		}
	}
	return &ir.Prim{Kind: cmp.Or(b.headerScalar(s), ir.String)}
}

// headerScalar is the kind of a scalar that text can be; empty for what is none.
// A list of values does not bind a server, but what they are does.
func (b *builder) headerScalar(s *shape) (kind ir.PrimKind) {
	switch {
	case s.hasValues:
		kind, _ = enumBase(s)
	case len(s.groups) == 0 && s.goType == nil && s.kinds.only(kindScalar) && s.kinds&(s.kinds-1) == 0:
		kind = b.primOf(s).Kind
	}
	if !kind.Scalar() {
		return ""
	}
	return kind
}

// settleHeaders names the headers, in alphabetical order. It runs when all
// other names are taken.
func (b *builder) settleHeaders() {
	if len(b.headers) == 0 {
		return
	}
	b.api.HeadersName = b.take(&b.scope, ir.Origin{Pointer: headersPointer, Part: ir.PartType}, "Headers", "ResponseHeaders")
	var scope naming.Scope
	scope.ReserveStandard()
	keys := slices.Sorted(maps.Keys(b.headers))
	for _, key := range keys {
		b.hold(&scope, headerOrigin(ir.PartHeader, key))
	}
	for _, key := range keys {
		h := b.headers[key]
		b.settleKind(h, key)
		h.GoName = b.take(&scope, headerOrigin(ir.PartHeader, key), b.names.Exported(h.Name))
		b.api.Headers = append(b.api.Headers, h.Header)
	}
}
