package load

import (
	"slices"
	"strings"
)

// swaggerResponse converts a response that no operation has converted: one that
// several share.
func (r *repairer) swaggerResponse(n *node) { r.swaggerContent(n, r.swagger.produces) }

// fileTypes are the media types that a response has if it is a file. JSON and
// XML, which the document has for everything, are not meant for files.
func (r *repairer) fileTypes(produces []string) []string {
	if len(produces) == 0 {
		return []string{"application/octet-stream"}
	}
	if !slices.Equal(produces, r.swagger.produces) {
		return produces
	}
	other := slices.DeleteFunc(slices.Clone(produces), func(t string) bool { return strings.Contains(t, "json") || strings.Contains(t, "xml") })
	if len(other) == 0 {
		return []string{"*/*"}
	}
	return other
}

// carriers are the media types of the response m among those of its operation. An error that is an
// object is JSON where these are meant for the result alone, as image/png and text/event-stream are.
func (r *repairer) carriers(m member, produces []string) []string {
	schema := m.val.get("schema")
	if status := statusKey(m.key); schema == nil || status == "" || strings.Contains("123", status[:1]) {
		return produces
	}
	target := schema
	if ref, ok := schema.str("$ref"); ok {
		if found, p := r.resolve(ref, objSchema, schema.source.res, 0); p == nil && found.kind == kindObject {
			target = found
		}
	}
	structured := target.get("properties") != nil || target.get("allOf") != nil || target.get("additionalProperties") != nil
	if t := target.get("type").scalar(); !structured && t != "object" && t != "array" {
		return produces
	}
	for _, t := range produces {
		if t == "*/*" || strings.Contains(t, "json") || strings.Contains(t, "xml") || strings.Contains(t, "yaml") {
			return produces
		}
	}
	return []string{"application/json"}
}

// fileUnsaid makes a file of a response without a schema where the operation itself
// says that it produces nothing but files, as those of Docker do.
func (n *node) fileUnsaid(produces []string) {
	if n.get("schema") != nil || n.get("content") != nil || n.get("$ref") != nil || len(produces) == 0 {
		return
	}
	for _, mediaType := range produces {
		kind, _, _ := strings.Cut(mediaType, "/")
		named := func(s string) bool { return strings.Contains(mediaType, s) }
		if kind == "text" || slices.ContainsFunc([]string{"json", "xml", "yaml", "form", "script", "*"}, named) {
			return
		}
	}
	schema := n.at(kindObject)
	schema.kids = []member{{"type", n.stringAt("file")}}
	n.set("schema", schema)
}

// mediaTypes are the media types of a response with a schema, where produces is
// what the document says.
func (r *repairer) mediaTypes(schema *node, produces []string) []string {
	switch {
	case schema.get("type").scalar() == "file":
		return r.fileTypes(produces)
	case len(produces) == 0:
		return []string{"application/json"}
	}
	return produces
}

// ownResponse makes the response m, if it is one that several operations share,
// a copy for its operation where that produces something else than the others.
func (r *repairer) ownResponse(m member, produces []string) {
	target := r.targetOf(m.val, objResponse)
	schema := target.get("schema")
	if target == m.val || schema == nil || target.get("content") != nil {
		return
	}
	own := r.mediaTypes(schema, r.carriers(member{m.key, target}, produces))
	if slices.Equal(own, r.mediaTypes(schema, r.swagger.produces)) {
		return
	}
	if copied, ok := target.copyTree(&r.ctx.budget, nil); ok {
		*m.val = *copied
	}
}

// swaggerContent makes the content of a response of its schema and examples.
func (r *repairer) swaggerContent(n *node, produces []string) {
	schema, examples := n.get("schema"), n.get("examples")
	if n.get("content") != nil || schema == nil && examples == nil {
		return
	}
	content := n.at(kindObject)
	if schema != nil {
		n.remove("schema")
		for _, mediaType := range r.mediaTypes(schema, produces) {
			media := schema.at(kindObject)
			media.kids = []member{{"schema", schema}}
			content.set(mediaType, media)
		}
		shareOnce(content)
	}
	if examples != nil && examples.kind == kindObject {
		n.remove("examples")
		for _, m := range examples.kids {
			media := content.get(m.key)
			if media == nil {
				media = m.val.at(kindObject)
				content.set(m.key, media)
			}
			media.set("example", m.val)
		}
	}
	if len(content.kids) > 0 {
		n.set("content", content)
	}
}

// swaggerParameter moves the keywords of a parameter's or header's schema into
// a schema.
func (r *repairer) swaggerParameter(n *node) {
	if n.get("schema") != nil || n.get("content") != nil {
		return
	}
	if n.get("type").scalar() == "array" {
		r.setStyle(n, n, n.get("in").scalar())
	}
	n.remove("collectionFormat")
	if schema := n.takeSchema(); schema != nil {
		n.set("schema", schema)
	}
}

// setStyle says in OpenAPI 3's terms how the parameter p, an array, is written.
// Only "multi" is for some places alone: Swagger 2.0 has the others everywhere.
func (r *repairer) setStyle(n, p *node, in string) {
	style, explode := "form", "false"
	format, plain := p.get("collectionFormat"), in == "path" || in == "header" || in == ""
	if plain {
		style = "simple"
	}
	switch text := format.scalar(); text {
	case "", "csv":
	case "ssv":
		style = "spaceDelimited"
	case "pipes":
		style = "pipeDelimited"
	case "tsv":
		style = "tabDelimited"
	case "multi":
		if explode = "true"; plain {
			explode = "false"
			r.warn(format, "repaired", "what is in a path or header is not sent several times; collectionFormat %q is taken as csv", text)
		}
	default:
		r.warn(format, "repaired", "collectionFormat %q is not one of csv, ssv, tsv, pipes and multi; it is taken as csv", shorten(text))
	}
	if inner := p.get("items"); inner != nil && inner.get("type").scalar() == "array" {
		r.warn(inner, "repaired", "lists in a list have no collectionFormat of their own; they are sent as JSON")
	}
	n.set("style", p.stringAt(style))
	mark := p.at(kindBool)
	mark.text = explode
	n.set("explode", mark)
}

// swaggerSchema converts the keywords of a schema that OpenAPI 3 has otherwise.
func (r *repairer) swaggerSchema(n *node) {
	if d := n.get("discriminator"); d != nil && d.kind == kindString {
		object := d.at(kindObject)
		object.kids = []member{{"propertyName", d}}
		n.set("discriminator", object)
	}
	if nullable := n.get("x-nullable"); nullable != nil && nullable.kind == kindBool && n.get("nullable") == nil {
		n.kids[n.index("x-nullable")].key = "nullable"
	}
	if t := n.get("type"); t != nil && t.kind == kindString && t.text == "file" {
		t.text = "string"
		if n.get("format") == nil {
			n.set("format", t.stringAt("binary"))
		}
	}
}

// swaggerScheme converts a security definition.
func (r *repairer) swaggerScheme(n *node) {
	t := n.get("type")
	switch t.scalar() {
	case "basic":
		t.text = "http"
		n.set("scheme", t.stringAt("basic"))
	case "oauth2":
		if n.get("flows") != nil {
			return
		}
		flow, flows := n.at(kindObject), n.at(kindObject)
		for _, key := range []string{"authorizationUrl", "tokenUrl", "refreshUrl", "scopes"} {
			if v := n.remove(key); v != nil {
				flow.kids = append(flow.kids, member{key, v})
			}
		}
		name := map[string]string{"implicit": "implicit", "password": "password", "application": "clientCredentials",
			"accessCode": "authorizationCode"}[n.remove("flow").scalar()]
		if name == "" {
			r.warn(n, "repaired", `the OAuth flow is not one of implicit, password, application and accessCode; it is taken as "accessCode"`)
			name = "authorizationCode"
		}
		flows.kids = []member{{name, flow}}
		n.set("flows", flows)
	}
}
