package build

import (
	"cmp"
	"maps"
	"net/http"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// responseHeaders collects the response headers of an operation, and the header
// parameters of webhooks: each name of the document is one declaration,
// whatever sends it.
func (b *builder) responseHeaders(headers openapi3.Headers, ptr, source string) {
	for _, name := range ordered(b, ptr, headers) {
		if ref := headers[name]; ref != nil && ref.Value != nil {
			b.header(name, &ref.Value.Parameter, join(ptr, name), source)
		}
	}
}

// header notes that source sends a header.
func (b *builder) header(name string, p *openapi3.Parameter, ptr, source string) {
	key := http.CanonicalHeaderKey(name)
	if key == "Content-Type" || !isToken(name) {
		return // the first is described by the content, others cannot be sent
	}
	h, deprecated := b.headers[key], deprecation(p.Deprecated, p.Extensions)
	if h == nil {
		h = &ir.Header{Name: name, Deprecated: deprecated, Pos: pos(ptr), Type: b.headerType(p, ptr)}
		b.headers[key] = h
	} else if t := b.headerType(p, ptr); !sameHeaderType(t, h.Type) {
		b.warnOnce(ptr, "header-type", "header %s has another type here than before; it is read as text", key)
		h.Type = &ir.Prim{Kind: ir.String}
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

// keepKind gives a header the type that it had before: that another operation
// sends it too, as something else, is no reason for callers to change.
func (b *builder) keepKind(h *ir.Header, key string) {
	if _, known := b.opts.Names[headerOrigin(ir.PartHeader, key)]; known {
		kind := ir.String
		if kept := ir.PrimKind(b.opts.Names[headerOrigin(ir.PartKind, key)]); kept.Scalar() {
			kind = kept
		}
		h.Type = &ir.Prim{Kind: kind}
	}
	if p, ok := h.Type.(*ir.Prim); ok && p.Kind != ir.String {
		b.api.Names[headerOrigin(ir.PartKind, key)] = string(p.Kind)
	}
}

// headerType is the type of a header's value: that of its schema for a scalar,
// and text for everything else.
func (b *builder) headerType(p *openapi3.Parameter, ptr string) ir.Type {
	text := &ir.Prim{Kind: ir.String}
	if p.Schema == nil {
		return text
	}
	n := b.follow(place{p.Schema, join(ptr, "schema")})
	s := b.shapeOf(n)
	if s.hasValues || s.kinds&^kindScalar != 0 || len(s.groups) > 0 {
		return text // a list of values does not bind a server
	}
	prim, ok := b.useOf(place{p.Schema, join(ptr, "schema")}, "Header").typ.(*ir.Prim)
	if !ok || prim.Kind == ir.Bytes || prim.Kind == ir.Binary || prim.Kind == ir.Custom {
		return text
	}
	return prim
}

func sameHeaderType(a, b ir.Type) bool {
	x, ok := a.(*ir.Prim)
	y, also := b.(*ir.Prim)
	return ok && also && x.Kind == y.Kind
}

// isToken reports whether name can be the name of a header (RFC 9110).
func isToken(name string) bool {
	return name != "" && !slices.ContainsFunc([]byte(name), func(c byte) bool {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		return !letter && !slices.Contains([]byte("!#$%&'*+-.^_`|~"), c)
	})
}

// settleHeaders names the headers, in alphabetical order. It runs when all
// other names are taken.
func (b *builder) settleHeaders() {
	if len(b.headers) == 0 {
		return
	}
	b.api.HeadersName = b.take(&b.scope, ir.Origin{Pointer: headersPointer, Part: ir.PartType}, "Headers", "ResponseHeaders")
	var scope naming.Scope
	keys := slices.Sorted(maps.Keys(b.headers))
	for _, key := range keys {
		b.hold(&scope, headerOrigin(ir.PartHeader, key))
	}
	for _, key := range keys {
		h := b.headers[key]
		b.keepKind(h, key)
		h.GoName = b.take(&scope, headerOrigin(ir.PartHeader, key), b.names.Exported(h.Name))
		b.api.Headers = append(b.api.Headers, h)
	}
}
