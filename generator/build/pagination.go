package build

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// pageRule is x-go-pagination on the document: how pages are walked of all
// operations that it fits.
type pageRule struct {
	ptr  string
	ext  map[string]any
	fits bool // an operation
}

// newPageRules reads the rules of the document, of which it may have a list.
// Behind them comes Google's convention (AIP-158), which says it all; false on
// the document turns that off.
func newPageRules(ext map[string]any) []*pageRule {
	const name = "x-go-pagination"
	var rules []*pageRule
	switch said := ext[name].(type) {
	case bool:
		return nil
	case map[string]any:
		rules = []*pageRule{{ptr: "/" + name, ext: said}}
	case []any:
		for i, item := range said {
			if rule, ok := item.(map[string]any); ok {
				rules = append(rules, &pageRule{ptr: join("/"+name, strconv.Itoa(i)), ext: rule})
			}
		}
	}
	for _, names := range [][2]string{{"pageToken", "nextPageToken"}, {"page_token", "next_page_token"}} {
		rule := map[string]any{"style": "cursor", "cursor": names[0], "next": names[1], "items": "*"}
		rules = append(rules, &pageRule{ext: rule, fits: true}) // or not: nobody asked for it
	}
	return rules
}

// unusedPageRules reports the rules that fit no operation.
func (b *builder) unusedPageRules() {
	for _, rule := range b.pageRules {
		switch _, wrong := pageStyle(rule.ext); {
		case rule.fits:
		case wrong != "":
			b.warnf(rule.ptr, "bad-pagination", "%s; the rule fits no operation", wrong)
		default:
			b.warnf(rule.ptr, "bad-pagination", "the rule fits no operation: none has all the parameters and properties that it names")
		}
	}
}

// pageStyle returns the style that ext names, and what is wrong with it whatever
// the operation.
func pageStyle(ext map[string]any) (style ir.PageStyle, wrong string) {
	style = ir.PageStyle(extString(ext, "style"))
	switch style {
	case ir.PageNumber, ir.PageOffset, ir.PageCursor:
		if extString(ext, string(style)) == "" {
			wrong = fmt.Sprintf("style %s needs %[1]s, the query parameter that selects the page", style)
		}
	case ir.PageURL, ir.PageLink:
	default:
		wrong = fmt.Sprintf("style %.40q is not one of page, offset, cursor, url and link", style)
	}
	return style, wrong
}

// paginate finds the pages to walk of an operation: what it says itself, or else
// the first rule of the document that fits.
func (o *opBuilder) paginate(out *ir.Operation) {
	if o.op.Extensions["x-go-pagination"] == false {
		return
	}
	if ext, ptr := o.ownPages(out); ext != nil {
		out.Pagination = o.pages(out, ext, func(key, format string, args ...any) {
			at := ptr
			if ext[key] != nil {
				at = join(ptr, key)
			}
			o.warnf(at, "bad-pagination", format, args...)
		})
		return
	}
	for _, rule := range o.pageRules {
		fits := rule.ext["style"] != string(ir.PageLink) || o.hasLinks()
		p := o.pages(out, rule.ext, func(string, string, ...any) { fits = false })
		if p != nil && fits {
			out.Pagination, rule.fits = p, true
			return
		}
	}
}

// hasLinks reports whether the document says that responses have header Link.
func (o *opBuilder) hasLinks() bool {
	for _, r := range o.op.Responses.Map() {
		for name := range r.Value.Headers {
			if strings.EqualFold(name, "Link") {
				return true
			}
		}
	}
	return false
}

// pageWarning reports what is wrong with a pagination, with the key that says so
// or none.
type pageWarning func(key, format string, args ...any)

// pages returns the pagination that ext describes, and nil when there can be no
// iterator.
func (o *opBuilder) pages(out *ir.Operation, ext map[string]any, warn pageWarning) *ir.Pagination {
	style, wrong := pageStyle(ext)
	p := &ir.Pagination{Style: style, First: 1}
	fail := func(format string, args ...any) *ir.Pagination {
		warn("", format+"; no iterator is generated", args...)
		return nil
	}
	if why := pageless(out); why != "" {
		return fail("%s", why)
	}
	if wrong != "" {
		return fail("%s", wrong)
	}
	if name := extString(ext, string(style)); style != ir.PageURL && style != ir.PageLink {
		if p.Param = paramNamed(out, name); p.Param == nil {
			if p.Body = bodyPath(out, name); p.Body == nil {
				return fail("the operation has no query parameter or property of the body %.60q", name)
			}
		}
	}
	ext = pageKeys(ext, p.Style, warn)
	if f, ok := ext["first"].(float64); ok {
		p.First = int64(f)
	}
	if name := extString(ext, "size"); name != "" {
		if p.Size = paramNamed(out, name); p.Size == nil && bodyPath(out, name) == nil {
			warn("", "the operation has no query parameter %.60q for the size of a page; it is ignored", name)
		}
	}
	if why := o.findItems(p, out.Result.Type, extString(ext, "items")); why != "" {
		return fail("%s", why)
	}
	if why := findNext(p, out.Result.Type, ext, warn); why != "" {
		return fail("%s", why)
	}
	if why := unwalkable(p); why != "" {
		return fail("%s", why)
	}
	return p
}

// findItems finds the list of items: at a path, or for "*" the only one of the
// result. It says why there is none.
func (o *opBuilder) findItems(p *ir.Pagination, result ir.Type, path string) string {
	st, ok := structOf(result)
	switch {
	case path == "*" && ok:
		lists := slices.DeleteFunc(slices.Clone(st.Fields), func(f *ir.Field) bool {
			_, ok := itemOf(result, []*ir.Field{f})
			return !ok
		})
		before := o.opts.Names[ir.Origin{Pointer: o.ptr, Part: ir.PartItems}]
		if i := slices.IndexFunc(lists, func(f *ir.Field) bool { return f.WireName == before }); i >= 0 {
			lists = lists[i : i+1] // others were added since
		}
		if len(lists) != 1 {
			return fmt.Sprintf("the result has %d properties that are arrays, not one", len(lists))
		}
		p.Items, p.Found = lists, true
	case path != "*":
		if p.Items, ok = fieldPath(result, path); !ok {
			return fmt.Sprintf("the result has no property %.80q", path)
		}
	}
	if p.Item, ok = itemOf(result, p.Items); !ok {
		return fmt.Sprintf("property %.80q of the result is not an array", path)
	}
	return ""
}

// findNext finds what says which page is the next, and what ends the walk early.
// It says why there can be no iterator; empty when there can.
func findNext(p *ir.Pagination, result ir.Type, ext map[string]any, warn pageWarning) string {
	var ok bool
	for _, end := range []struct {
		key  string
		path *[]*ir.Field
	}{{"next", &p.Next}, {"total-pages", &p.TotalPages}, {"total-count", &p.TotalCount}, {"more", &p.More}} {
		path := extString(ext, end.key)
		if path == "" {
			continue
		}
		if *end.path, ok = fieldPath(result, path); ok {
			pageEnd(end.key, end.path, warn)
			continue
		}
		header, isHeader := strings.CutPrefix(path, "header.")
		if !isHeader || end.key != "next" || !naming.IsToken(header) {
			return fmt.Sprintf("the result has no property %.80q", path)
		}
		p.NextHeader = header
	}
	name := extString(ext, "last")
	if p.Last, ok = fieldPath(p.Item.Type, name); !ok || p.Item.Nullable && name != "" {
		return fmt.Sprintf("the items have no property %.80q", name)
	}
	switch {
	case p.Style != ir.PageCursor && p.Style != ir.PageURL || p.NextHeader != "" || len(p.Next) > 0:
	case p.Style == ir.PageURL:
		return "style url needs next, the property or header with the next page"
	case len(p.Last) == 0:
		return "style cursor needs next, the property or header with the next page, or last, the property of the last item"
	}
	return ""
}

// pageKeys returns ext without the keys that only other styles make use of, and
// reports them.
func pageKeys(ext map[string]any, style ir.PageStyle, warn pageWarning) map[string]any {
	own := maps.Clone(ext)
	for _, k := range []struct {
		key    string
		styles []ir.PageStyle
	}{
		{"page", []ir.PageStyle{ir.PageNumber}},
		{"offset", []ir.PageStyle{ir.PageOffset}},
		{"cursor", []ir.PageStyle{ir.PageCursor}},
		{"first", []ir.PageStyle{ir.PageNumber}},
		{"next", []ir.PageStyle{ir.PageCursor, ir.PageURL}},
		{"last", []ir.PageStyle{ir.PageCursor}},
		{"total-pages", []ir.PageStyle{ir.PageNumber}},
		{"total-count", []ir.PageStyle{ir.PageOffset}},
		{"more", []ir.PageStyle{ir.PageNumber, ir.PageOffset, ir.PageCursor, ir.PageURL}},
	} {
		if ext[k.key] != nil && !slices.Contains(k.styles, style) {
			warn(k.key, "style %s does not use %s; it is ignored", style, k.key)
			delete(own, k.key)
		}
	}
	if own["next"] != nil && own["last"] != nil {
		warn("last", "next says which page is the next, so that last is not used; it is ignored")
		delete(own, "last")
	}
	return own
}

// pageEnd reports and drops the property that should tell where the pages end
// if its type cannot.
func pageEnd(key string, path *[]*ir.Field, warn pageWarning) {
	kind := scalarKind((*path)[len(*path)-1].Type)
	switch {
	case key == "more" && kind != ir.Bool:
		warn(key, "more is not true or false in the result; it is ignored")
	case strings.HasPrefix(key, "total") && !countable(kind):
		warn(key, "%s is not a number in the result; it is ignored", key)
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
