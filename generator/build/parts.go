package build

import (
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// settleForms finds the files in multipart bodies. It returns the structs whose
// fields are parts.
func (b *builder) settleForms() map[*ir.Struct]bool {
	var forms []*ir.Body
	rest := newVisitor()
	rest.multipart = func(form *ir.Body) {
		forms = append(forms, form)
		for _, st := range ir.Parts(form.Type) {
			for _, f := range st.Fields {
				rest.typ(f.Type)
			}
		}
	}
	for _, svc := range b.api.Services {
		rest.service(svc)
	}
	for _, hook := range b.api.Webhooks {
		rest.typ(hook.Body.Type)
	}
	parts := map[*ir.Struct]bool{}
	for _, form := range forms {
		if _, isMap := ir.Underlying(form.Type).(*ir.Map); isMap {
			form.Type = files(form.Type)
		}
		for _, st := range ir.Parts(form.Type) {
			_, elsewhere := rest.owners[st]
			parts[st] = true
			for _, f := range st.Fields {
				if !b.file(st, f, form, elsewhere) {
					f.Type = noStream(f.Type)
				}
			}
		}
	}
	return parts
}

// files returns a file, or a list or map of files, without the names of
// components, which stand for text in all other places.
func files(t ir.Type) ir.Type {
	switch x := ir.Underlying(t).(type) {
	case *ir.List:
		return &ir.List{Elem: ir.Elem{Type: files(x.Elem.Type), Nullable: x.Elem.Nullable}}
	case *ir.Map:
		if ir.IsBinary(x.Elem.Type) {
			return &ir.Map{Elem: ir.Elem{Type: files(x.Elem.Type), Nullable: x.Elem.Nullable}}
		}
	case *ir.Prim:
		return x
	}
	return t
}

// file makes a field of a form a file if it is one by its schema or encoding.
// elsewhere tells that the struct st is used in other places as well.
func (b *builder) file(st *ir.Struct, f *ir.Field, form *ir.Body, elsewhere bool) bool {
	as := &ir.Encoding{Property: f.WireName}
	i := slices.IndexFunc(form.Encodings, func(e *ir.Encoding) bool { return e.Property == f.WireName })
	if i >= 0 {
		as = form.Encodings[i]
	}
	var s *shape
	for _, src := range b.origins[st] {
		if p := b.shapeOf(src.node).propIndex[f.WireName]; p != nil {
			s = b.shapeOfAll(p.places)
		}
	}
	t := b.fileType(f.Type, s, as.ContentType)
	if t == nil || elsewhere && t != f.Type {
		return false // other places need the type as it is
	}
	if elsewhere {
		f.Doc = strings.TrimSpace(f.Doc + "\n\nOnly multipart bodies have a place for it.")
		b.warnOnce(f.Pos.Pointer, "file", "property %.60q is a file, which only a multipart body can hold; it is left out elsewhere", f.WireName)
	}
	if t != f.Type {
		b.dropUnion(f.Type)
	}
	f.Type, f.Nullable = files(t), false // nil is absent
	if _, isList := f.Type.(*ir.List); !isList {
		f.Constraint = nil
	} else if a, named := t.(*ir.Alias); named && f.Constraint == nil {
		f.Constraint = a.Constraint
	}
	if s != nil && as.ContentType == "" {
		if len(s.items) > 0 {
			s = b.shapeOfAll(s.items)
		}
		as.ContentType = firstType(s.schema.ContentMediaType)
	}
	if i < 0 && as.ContentType != "" {
		form.Encodings = append(form.Encodings, as)
	}
	return true
}

// dropUnion takes back the declaration of a union that is not used after all,
// unless it is a component.
func (b *builder) dropUnion(t ir.Type) {
	if u, ok := t.(*ir.Union); ok && !b.components[u.GoName] {
		b.api.Types = slices.DeleteFunc(b.api.Types, func(t ir.Named) bool { return t == u })
	}
}

// fileType returns the type of a part that is a file or a list of files; nil
// for one that is not. s is its schema, which may not be known, and mediaType
// what the encoding says.
func (b *builder) fileType(t ir.Type, s *shape, mediaType string) ir.Type {
	stream := &ir.Prim{Kind: ir.Binary}
	switch x := ir.Underlying(t).(type) {
	case *ir.Prim:
		if x.Kind == ir.Binary {
			return t
		}
		if t == x && x.Kind == ir.String && x.Format == "" && isNoText(mediaType) {
			return stream
		}
	case *ir.Any:
		if b.bare(s) && (mediaType == "" || isBinaryType(mediaType)) {
			return stream
		}
	case *ir.List:
		if _, nested := ir.Underlying(x.Elem.Type).(*ir.List); nested {
			return nil // parts of one name are a list and no more; and a list may contain itself
		}
		var items *shape
		if s != nil && len(s.items) > 0 {
			items = b.shapeOfAll(s.items)
		}
		elem := b.fileType(x.Elem.Type, items, mediaType)
		switch elem {
		case nil:
			return nil
		case x.Elem.Type:
			return t
		}
		return &ir.List{Elem: ir.Elem{Type: elem}}
	case *ir.Union:
		if ofFiles(x) {
			return &ir.List{Elem: ir.Elem{Type: stream}}
		}
	}
	return nil
}

// isNoText reports whether a media type is known to be none of text, so that a
// part which is said to be a string cannot be meant as one.
func isNoText(mediaType string) bool {
	base := baseType(mediaType)
	switch kind, _, _ := strings.Cut(base, "/"); kind {
	case "image", "audio", "video", "font":
		return !isXML(base)
	}
	return base == "application/octet-stream" || base == "application/pdf" || base == "application/zip"
}

// bare reports whether a schema says nothing: since OpenAPI 3.1, a part that is
// described so is binary data.
func (b *builder) bare(s *shape) bool {
	return s != nil && s.kinds == 0 && s.null == nullUnsaid && !s.hasValues && len(s.groups) == 0 &&
		s.schema.Always == nil && s.schema.Not == nil && s.schema.If == nil && !strings.HasPrefix(b.doc.OpenAPI, "3.0")
}

// ofFiles reports whether a union has the alternatives of a file and a list of
// files.
func ofFiles(u *ir.Union) bool {
	one := false
	for _, v := range u.Variants {
		if !ir.IsFile(v.Type) {
			return false
		}
		one = one || ir.IsBinary(v.Type)
	}
	return one
}

// hasFiles reports whether a part of a form, described by a union, is a file.
func hasFiles(u *ir.Union) bool {
	return slices.ContainsFunc(ir.Parts(u), func(st *ir.Struct) bool {
		return slices.ContainsFunc(st.Fields, func(f *ir.Field) bool { return ir.IsFile(f.Type) })
	})
}
