package build

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// paginate reads x-go-pagination of an operation, or Datadog's x-pagination, or
// Azure's x-ms-pageable. It reports whether the operation has pages to walk.
func (o *opBuilder) paginate(out *ir.Operation) bool {
	if ext := extMap(o.op.Extensions, "x-go-pagination"); ext != nil {
		return o.paginateBy(out, ext, join(o.ptr, "x-go-pagination"))
	}
	if ext := extMap(o.op.Extensions, "x-ms-pageable"); extString(ext, "nextLinkName") != "" {
		own := map[string]any{"style": "url", "next": ext["nextLinkName"], "items": cmp.Or(extString(ext, "itemName"), "value")}
		return o.paginateBy(out, own, join(o.ptr, "x-ms-pageable"))
	}
	ext := extMap(o.op.Extensions, "x-pagination")
	if ext == nil || extString(ext, "resultsPath") == "" {
		return false
	}
	own := map[string]any{"items": ext["resultsPath"], "size": ext["limitParam"]}
	switch {
	case ext["cursorParam"] != nil:
		own["style"], own["cursor"], own["next"] = "cursor", ext["cursorParam"], ext["cursorPath"]
	case ext["pageParam"] != nil:
		own["style"], own["page"], own["first"] = "page", ext["pageParam"], ext["pageStart"]
	default:
		own["style"], own["offset"] = "offset", ext["pageOffsetParam"]
	}
	return o.paginateBy(out, own, join(o.ptr, "x-pagination"))
}

// paginateBy fills in the pagination that ext describes.
func (o *opBuilder) paginateBy(out *ir.Operation, ext map[string]any, ptr string) bool {
	p := &ir.Pagination{Style: ir.PageStyle(extString(ext, "style")), First: 1}
	fail := func(format string, args ...any) bool {
		o.warnf(ptr, "bad-pagination", format+"; no iterator is generated", args...)
		return false
	}
	if why := pageless(out); why != "" {
		return fail("%s", why)
	}
	switch p.Style {
	case ir.PageNumber, ir.PageOffset, ir.PageCursor:
		name := extString(ext, string(p.Style))
		if name == "" {
			return fail("style %s needs %[1]s, the query parameter that selects the page", p.Style)
		}
		if p.Param = paramNamed(out, name); p.Param == nil {
			if p.Body = bodyPath(out, name); p.Body == nil {
				return fail("the operation has no query parameter or property of the body %.60q", name)
			}
		}
	case ir.PageURL, ir.PageLink:
	default:
		return fail("style %.40q is not one of page, offset, cursor, url and link", p.Style)
	}
	ext = o.pageKeys(ext, p.Style, ptr)
	if f, ok := ext["first"].(float64); ok {
		p.First = int64(f)
	}
	if name := extString(ext, "size"); name != "" {
		if p.Size = paramNamed(out, name); p.Size == nil && bodyPath(out, name) == nil {
			o.warnf(ptr, "bad-pagination", "the operation has no query parameter %.60q for the size of a page; it is ignored", name)
		}
	}
	var ok bool
	if p.Items, ok = fieldPath(out.Result.Type, extString(ext, "items")); !ok {
		return fail("the result has no property %.80q", extString(ext, "items"))
	}
	if p.Item, ok = itemOf(out.Result.Type, p.Items); !ok {
		return fail("property %.80q of the result is not an array", extString(ext, "items"))
	}
	for _, end := range []struct {
		key  string
		path *[]*ir.Field
	}{{"next", &p.Next}, {"total-pages", &p.TotalPages}, {"total-count", &p.TotalCount}, {"more", &p.More}} {
		path := extString(ext, end.key)
		if path == "" {
			continue
		}
		if *end.path, ok = fieldPath(out.Result.Type, path); ok {
			o.pageEnd(end.key, end.path, join(ptr, end.key))
			continue
		}
		header, isHeader := strings.CutPrefix(path, "header.")
		if !isHeader || end.key != "next" || !naming.IsToken(header) {
			return fail("the result has no property %.80q", path)
		}
		p.NextHeader = header
	}
	if len(p.Next) == 0 && p.NextHeader == "" && (p.Style == ir.PageCursor || p.Style == ir.PageURL) {
		return fail("style %s needs next, the property or header with the next page", p.Style)
	}
	if why := unwalkable(p); why != "" {
		return fail("%s", why)
	}
	out.Pagination = p
	return true
}

// pageKeys returns ext without the keys that only other styles make use of, and
// reports them.
func (o *opBuilder) pageKeys(ext map[string]any, style ir.PageStyle, ptr string) map[string]any {
	ext = maps.Clone(ext)
	for _, k := range []struct {
		key    string
		styles []ir.PageStyle
	}{
		{"page", []ir.PageStyle{ir.PageNumber}},
		{"offset", []ir.PageStyle{ir.PageOffset}},
		{"cursor", []ir.PageStyle{ir.PageCursor}},
		{"first", []ir.PageStyle{ir.PageNumber}},
		{"next", []ir.PageStyle{ir.PageCursor, ir.PageURL}},
		{"total-pages", []ir.PageStyle{ir.PageNumber}},
		{"total-count", []ir.PageStyle{ir.PageOffset}},
		{"more", []ir.PageStyle{ir.PageNumber, ir.PageOffset, ir.PageCursor, ir.PageURL}},
	} {
		if ext[k.key] != nil && !slices.Contains(k.styles, style) {
			o.warnf(join(ptr, k.key), "bad-pagination", "style %s does not use %s; it is ignored", style, k.key)
			delete(ext, k.key)
		}
	}
	return ext
}

// pageEnd reports and drops the property that should tell where the pages end
// if its type cannot.
func (o *opBuilder) pageEnd(key string, path *[]*ir.Field, ptr string) {
	kind := scalarKind((*path)[len(*path)-1].Type)
	switch {
	case key == "more" && kind != ir.Bool:
		o.warnf(ptr, "bad-pagination", "more is not true or false in the result; it is ignored")
	case strings.HasPrefix(key, "total") && !countable(kind):
		o.warnf(ptr, "bad-pagination", "%s is not a number in the result; it is ignored", key)
	default:
		return
	}
	*path = nil
}

// bodyPath returns the path of properties that name means, which begins with
// "body"; nil if the request body has none, or null could stand on the way there.
func bodyPath(out *ir.Operation, name string) []*ir.Field {
	path, ok := strings.CutPrefix(name, "body.")
	if !ok || len(out.Bodies) == 0 || out.Bodies[0].Codec != ir.CodecJSON || out.Bodies[0].Nullable {
		return nil
	}
	fields, ok := fieldPath(out.Bodies[0].Type, path)
	if !ok {
		return nil
	}
	for i, f := range fields {
		if f.Nullable && i < len(fields)-1 {
			return nil
		}
	}
	return fields
}

// paramNamed returns the query parameter that a pagination names.
func paramNamed(out *ir.Operation, name string) *ir.Param {
	for _, p := range out.Inputs {
		if p.WireName == name && p.In == ir.InQuery {
			return p
		}
	}
	return nil
}

// fieldPath resolves a dotted path of properties from t. An empty path is t
// itself. A name may have dots of its own, as @odata.nextLink has.
func fieldPath(t ir.Type, path string) ([]*ir.Field, bool) {
	if path == "" {
		return nil, true
	}
	st, ok := structOf(t)
	if !ok {
		return nil, false
	}
	var found *ir.Field
	for _, f := range st.Fields {
		rest, ok := strings.CutPrefix(path, f.WireName)
		if ok && (rest == "" || rest[0] == '.') && (found == nil || len(f.WireName) > len(found.WireName)) {
			found = f
		}
	}
	if found == nil {
		return nil, false
	}
	rest, ok := fieldPath(found.Type, strings.TrimPrefix(path[len(found.WireName):], "."))
	return append([]*ir.Field{found}, rest...), ok
}

// itemOf returns the element of the list at the end of a path.
func itemOf(t ir.Type, path []*ir.Field) (ir.Elem, bool) {
	if len(path) > 0 {
		t = path[len(path)-1].Type
	}
	list, ok := ir.Underlying(t).(*ir.List)
	if !ok {
		return ir.Elem{}, false
	}
	return list.Elem, true
}
