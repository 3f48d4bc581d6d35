package load

import (
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/naming"
)

// document gives the root what every document has.
func (r *repairer) document(n *node) {
	if n.get("info") == nil {
		r.warn(n, "repaired", `the document has no "info"; it is taken to be empty`)
		info := n.at(kindObject)
		info.def = objInfo
		info.kids = []member{{"title", n.stringAt("")}, {"version", n.stringAt("")}}
		n.set("info", info)
	}
	if n.get("paths") == nil {
		if n.get("webhooks") == nil && n.get("components") == nil {
			r.warn(n, "repaired", `the document has no "paths"; it describes no operations`)
		}
		n.set("paths", n.at(kindObject))
	}
	if n.get("components") == nil {
		n.set("components", n.at(kindObject))
	}
}

// info fills in what kin-openapi needs of the info object.
func (r *repairer) info(n *node) {
	for _, key := range []string{"title", "version"} {
		if n.get(key) == nil {
			r.warn(n, "repaired", "the document's info has no %q; it is taken to be empty", key)
			n.set(key, n.stringAt(""))
		}
	}
}

// server gives a server the URL that it must have.
func (r *repairer) server(n *node) {
	if n.get("url") == nil {
		r.warn(n, "repaired", `the server has no "url"; it is taken to be "/"`)
		n.set("url", n.stringAt("/"))
	}
}

// serverVariable gives a variable the default that it must have.
func (r *repairer) serverVariable(n *node) {
	if n.get("default") != nil {
		return
	}
	first := n.stringAt("")
	if enum := n.get("enum"); enum != nil && len(enum.kids) > 0 {
		first.text = enum.kids[0].val.text
	}
	r.warn(n, "repaired", `a server variable needs a "default"; it is taken to be %q`, shorten(first.text))
	n.set("default", first)
}

// oauthFlow gives a flow the scopes that it must have.
func (r *repairer) oauthFlow(n *node) {
	if n.get("scopes") == nil {
		n.set("scopes", n.at(kindObject))
	}
}

// maxPath bounds the length of a path in bytes. Servers accept no more, and a
// short document could have a path with a million variables.
const maxPath = 8000

// paths repairs the keys of the paths object.
func (r *repairer) paths(n *node) {
	taken := n.keys()
	for i, m := range n.kids {
		if len(m.key) > maxPath {
			r.errorf(m.val, "too-large", "the path %q is longer than %d bytes", shorten(m.key), maxPath)
			m.val.hidden = true // nothing is made of it
			continue
		}
		if strings.HasPrefix(m.key, "/") {
			r.braces(n, i, taken)
			continue
		}
		if m.key == "$ref" || strings.HasPrefix(m.key, "x-") {
			continue
		}
		if fixed := "/" + strings.TrimSpace(m.key); !taken[fixed] {
			r.warn(m.val, "repaired", "the path %q must begin with a slash; it is taken as %q", shorten(m.key), shorten(fixed))
			n.kids[i].key, taken[fixed] = fixed, true
			continue
		}
		r.warn(m.val, "repaired", "the path %q must begin with a slash, and there is one with it; it is ignored", shorten(m.key))
		m.val.hidden = true
	}
}

// braces writes the parameters of the path i as OpenAPI does where the document has them as routers
// do, /pets/:id or with the pattern in it /pets/:id{[0-9]+}, and describes them as parameters.
// Taken are the paths that are there.
func (r *repairer) braces(paths *node, i int, taken map[string]bool) {
	m := paths.kids[i]
	if !strings.Contains(m.key, "/:") {
		return
	}
	segments := strings.Split(m.key, "/")
	for k, segment := range segments {
		name, ok := strings.CutPrefix(segment, ":")
		if at := strings.IndexAny(name, "{(?"); at >= 0 && strings.HasSuffix(name, map[byte]string{'{': "}", '(': ")", '?': "?"}[name[at]]) {
			name = name[:at]
		}
		if ok && r.inPath(m.val, name) {
			segments[k] = "{" + name + "}"
		}
	}
	if fixed := strings.Join(segments, "/"); fixed != m.key && !taken[fixed] {
		r.warn(m.val, "repaired", "parameters in paths have braces; the path %q is taken as %q", shorten(m.key), shorten(fixed))
		paths.kids[i].key, taken[fixed] = fixed, true
	}
}

// inPath reports whether a path item or one of its operations has a parameter in the path.
func (r *repairer) inPath(item *node, name string) bool {
	objects := []*node{item}
	for _, method := range methods() {
		objects = append(objects, item.get(method))
	}
	for _, object := range objects {
		list := object.get("parameters")
		if list == nil {
			continue
		}
		for _, m := range list.kids {
			param := r.parameterTarget(m.val)
			own, _ := param.str("name")
			if in, _ := param.str("in"); in == "path" && own == name {
				return true
			}
		}
	}
	return false
}

// pathItem leaves out additional operations whose key cannot be the method of
// a request, or is one that the path item has an operation for already.
func (r *repairer) pathItem(n *node) {
	more := n.get("additionalOperations")
	if more == nil {
		return
	}
	kept := more.kids[:0]
	for _, m := range more.kids {
		fixed := strings.ToLower(m.key)
		switch {
		case !strings.HasPrefix(m.key, "x-") && (len(m.key) >= 100 || !naming.IsToken(m.key)):
			r.warn(m.val, "bad-method", "%q cannot be the method of a request; the operation is left out", shorten(m.key))
		case m.key == strings.ToUpper(fixed) && slices.Contains(methods(), fixed) && n.get(fixed) != nil:
			r.warn(m.val, "bad-method", "the path item has an operation %q, which is the one for the method %q; this one is left out", fixed, m.key)
		default:
			kept = append(kept, m)
		}
	}
	more.kids = kept
}

// operation gives an operation the responses that it must have.
func (r *repairer) operation(n *node) {
	r.require(n)
	if n.get("responses") == nil {
		if r.minor == 0 { // later versions ask for none
			r.warn(n, "repaired", `the operation has no "responses"; any response is taken`)
		}
		responses := n.at(kindObject)
		responses.def = objResponses
		n.set("responses", responses)
	}
}

// responses repairs the status codes that are the keys of a responses object.
func (r *repairer) responses(n *node) {
	kept := n.kids[:0]
	for _, m := range n.kids {
		key := statusKey(m.key)
		switch {
		case key == m.key || strings.HasPrefix(m.key, "x-") || m.key == "$ref":
		case key == "":
			r.warn(m.val, "repaired", `%q is neither a status code such as 404 or 4XX nor "default"; it is ignored`, shorten(m.key))
			continue
		case n.index(key) >= 0:
			r.warn(m.val, "repaired", "%q stands for %q, which is there too; it is ignored", shorten(m.key), key)
			continue
		default:
			r.warn(m.val, "repaired", "the status code %q is taken as %q", shorten(m.key), key)
			m.key = key
		}
		kept = append(kept, m)
	}
	clear(n.kids[len(kept):])
	n.kids = kept
}

// statusKey returns the proper spelling of a status code, or "".
func statusKey(key string) string {
	key = strings.TrimSpace(key)
	if strings.EqualFold(key, "default") {
		return "default"
	}
	if len(key) != 3 || key[0] < '1' || key[0] > '9' {
		return ""
	}
	if digits(key) == 3 {
		return key
	}
	if upper := strings.ToUpper(key); upper[1:] == "XX" || upper[1:] == "**" {
		return upper[:1] + "XX"
	}
	return ""
}

// response gives a response the description that it must have before OpenAPI 3.2.
func (r *repairer) response(n *node) {
	if n.get("description") != nil {
		return
	}
	if r.minor < 2 {
		r.warn(n, "repaired", `the response has no "description"; it is taken to be empty`)
	}
	text := n.stringAt("")
	if summary := n.get("summary"); summary != nil && summary.kind == kindString {
		text.text = summary.text
	}
	n.set("description", text)
}

// looseResponse wraps a schema that stands directly in a response, as it did in
// Swagger 2.0.
func (r *repairer) looseResponse(n *node) {
	schema := n.get("schema")
	if schema == nil || n.get("content") != nil || schema.kind != kindObject {
		return
	}
	r.warn(schema, "repaired", `"schema" belongs into "content"; it is taken to be that of application/json`)
	n.remove("schema")
	n.set("content", wrapSchema(schema, "application/json"))
}

// wrapSchema returns a content object with one media type.
func wrapSchema(schema *node, mediaType string) *node {
	media, content := schema.at(kindObject), schema.at(kindObject)
	media.kids = []member{{"schema", schema}}
	content.kids = []member{{mediaType, media}}
	return content
}

// schemaKeywords are the keywords of a schema that Swagger 2.0 had directly in
// a parameter or header.
func schemaKeywords() []string {
	return []string{"type", "format", "items", "enum", "default", "minimum", "maximum", "exclusiveMinimum",
		"exclusiveMaximum", "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "multipleOf"}
}

// looseSchema gathers the keywords of a schema that stand directly in a
// parameter or header into its schema.
func (r *repairer) looseSchema(n *node) {
	if n.get("schema") != nil || n.get("content") != nil {
		return
	}
	if schema := n.takeSchema(); schema != nil {
		first := schema.kids[0]
		r.warn(first.val, "repaired", "%q belongs into the schema of the parameter; it is moved there", first.key)
		n.set("schema", schema)
	}
}

// takeSchema moves the keywords of a schema out of n into a node of their own,
// with what is said of the values of an enum; it is nil when there are none.
func (n *node) takeSchema() *node {
	schema := n.at(kindObject)
	for _, keyword := range schemaKeywords() {
		if v := n.remove(keyword); v != nil {
			schema.kids = append(schema.kids, member{keyword, v})
		}
	}
	if len(schema.kids) == 0 {
		return nil
	}
	for _, m := range slices.Clone(n.kids) {
		if strings.HasPrefix(m.key, "x-enum") || m.key == "x-ms-enum" {
			n.remove(m.key)
			schema.kids = append(schema.kids, m)
		}
	}
	return schema
}

// parameter checks what makes a parameter and repairs the rest.
func (r *repairer) parameter(n *node) {
	name, _ := n.str("name")
	if name == "" {
		r.warn(n, "bad-parameter", `the parameter has no "name"; it is ignored`)
		return
	}
	in, _ := n.str("in")
	if lower := strings.ToLower(strings.TrimSpace(in)); lower != in {
		r.warn(n.get("in"), "repaired", `"in" is taken as %q`, shorten(lower))
		n.get("in").text, in = lower, lower
	}
	switch in {
	case "query", "header", "cookie", "querystring":
	case "path":
		if required := n.get("required"); required == nil || required.text != "true" {
			r.warn(n, "repaired", "the path parameter %q must be required; it is taken so", shorten(name))
			mark := n.at(kindBool)
			mark.text = "true"
			n.set("required", mark)
		}
	case "":
		r.errorf(n, "bad-parameter", `the parameter %q has no "in"; say whether it is in the path, query, header or cookie`, shorten(name))
	default:
		r.errorf(n.get("in"), "bad-parameter", `the parameter %q cannot be in %q; "in" is path, query, header or cookie`, shorten(name), shorten(in))
	}
	r.header(n)
}

// header drops what a parameter or header cannot have at once.
func (r *repairer) header(n *node) {
	content := n.get("content")
	if content == nil {
		return
	}
	if len(content.kids) == 0 {
		n.remove("content")
	} else if n.get("schema") != nil {
		r.warn(content, "repaired", `a parameter has either "schema" or "content"; "content" is ignored`)
		n.remove("content")
	}
}

// requestBody gives a request body the content that it must have.
func (r *repairer) requestBody(n *node) {
	if n.get("content") == nil {
		r.warn(n, "repaired", `the request body has no "content"; it is taken to be empty`)
		n.set("content", n.at(kindObject))
	}
}
