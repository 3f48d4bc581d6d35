package load

import (
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// swagger is what the conversion of a Swagger 2.0 document needs to know. The
// tree is converted node by node where the repairer reaches it, in whatever
// file that is, so that everything keeps its position and its order, which a
// conversion of the decoded document loses.
type swagger struct {
	consumes, produces []string
	// servers are those of the document; nil for none.
	servers *node
	// bodies are the shared body parameters, by node, and the request bodies
	// made of them.
	bodies map[*node]string
}

// fromSwagger rearranges the root of a Swagger 2.0 tree as OpenAPI 3.0 has it.
func (r *repairer) fromSwagger(root *node) {
	r.swagger = &swagger{consumes: root.texts("consumes"), produces: root.texts("produces"), bodies: map[*node]string{}}
	i := root.index("swagger")
	root.kids[i] = member{"openapi", root.kids[i].val.stringAt("3.0.3")}
	if servers := swaggerServers(root); servers != nil {
		r.swagger.servers = servers
		root.set("servers", servers)
	}
	components := root.at(kindObject)
	for _, move := range [][2]string{{"definitions", "schemas"}, {"parameters", "parameters"},
		{"responses", "responses"}, {"securityDefinitions", "securitySchemes"}} {
		from := root.get(move[0])
		if from == nil || from.kind != kindObject {
			continue
		}
		to := from.at(kindObject)
		to.kids = slices.Clone(from.kids)
		components.kids = append(components.kids, member{move[1], to})
		if move[0] == "parameters" {
			// They stay where they were, too, because not all of them become
			// components, but operations refer to all.
			from.def = objGroup
			r.splitParameters(components, to)
		} else {
			root.remove(move[0])
		}
	}
	root.set("components", components)
}

// swaggerKeywords returns the keywords of Swagger 2.0 that are still where they
// were after the conversion of an object of the kind k.
func swaggerKeywords(k objKind) []string {
	switch k {
	case objDocument:
		return []string{"host", "basePath", "schemes", "consumes", "produces", "parameters"}
	case objOperation:
		return []string{"schemes", "consumes", "produces"}
	case objSchema:
		return []string{"collectionFormat"} // of items
	}
	return nil
}

// bodyKeywords reports what the conversion of a body or form parameter leaves
// out because Swagger 2.0 does not have it.
func (r *repairer) bodyKeywords(param *node) {
	known := append(schemaKeywords(), "$ref", "name", "in", "description", "required", "schema", "collectionFormat", "allowEmptyValue", "example")
	for _, m := range param.kids {
		if !slices.Contains(known, m.key) && !strings.HasPrefix(m.key, "x-") {
			r.unknowns = append(r.unknowns, unknown{m.key, m.val, "a parameter"})
		}
	}
}

// splitParameters moves the shared body parameters to the request bodies and
// removes those of forms, which operations take by copy.
func (r *repairer) splitParameters(components, parameters *node) {
	bodies := parameters.at(kindObject)
	kept := parameters.kids[:0]
	for _, m := range parameters.kids {
		switch in, _ := m.val.str("in"); in {
		case "body":
			r.bodyKeywords(m.val)
			r.swagger.bodies[m.val] = m.key
			bodies.kids = append(bodies.kids, member{m.key, swaggerBody(m.val, r.swagger.consumes)})
		case "formData":
			r.bodyKeywords(m.val)
		default:
			kept = append(kept, m)
		}
	}
	parameters.kids = kept
	if len(bodies.kids) > 0 {
		components.kids = append(components.kids, member{"requestBodies", bodies})
	}
}

// texts returns the strings of a list, or the one that stands in its place.
func (n *node) texts(key string) []string {
	v := n.get(key)
	if v == nil {
		return nil
	}
	if v.kind == kindString {
		return []string{v.text}
	}
	var out []string
	for _, m := range v.kids {
		if m.val.kind == kindString && m.val.text != "" {
			out = append(out, m.val.text)
		}
	}
	return out
}

// swaggerServers makes the servers of host, basePath and schemes.
func swaggerServers(root *node) *node {
	host, _ := root.str("host")
	base, _ := root.str("basePath")
	if host == "" && (base == "" || base == "/") {
		return nil
	}
	place := root.get("host")
	if place == nil {
		place = root.get("basePath")
	}
	if base != "" && !strings.HasPrefix(base, "/") {
		base = "/" + base
	}
	var urls []string
	if scheme, rest, ok := strings.Cut(host, "://"); ok {
		urls = []string{scheme + "://" + strings.TrimSuffix(rest, "/") + base}
	} else if host == "" {
		urls = []string{base}
	} else {
		schemes := root.webSchemes()
		if len(schemes) == 0 {
			schemes = []string{usualScheme(host)}
		}
		for _, scheme := range schemes {
			urls = append(urls, scheme+"://"+strings.TrimSuffix(host, "/")+base)
		}
	}
	return place.serversAt(urls)
}

// usualScheme is how a host is spoken to if the document does not say: a developer's own machine,
// which is what swag writes unless told otherwise, has no certificate.
func usualScheme(host string) string {
	if name, _, _ := strings.Cut(host, ":"); name == "localhost" || name == "127.0.0.1" || name == "0.0.0.0" {
		return "http"
	}
	return "https"
}

// webSchemes returns the schemes of a document or operation that a client can
// speak, https before http; web sockets are none of them.
func (n *node) webSchemes() []string {
	schemes := slices.DeleteFunc(n.texts("schemes"), func(s string) bool { return s != "https" && s != "http" })
	slices.SortStableFunc(schemes, func(a, b string) int { return strings.Compare(b, a) })
	return schemes
}

// serversAt returns a list of servers, which stands where n does.
func (n *node) serversAt(urls []string) *node {
	servers := n.at(kindArray)
	for _, u := range urls {
		server := n.at(kindObject)
		server.kids = []member{{"url", n.stringAt(u)}}
		servers.kids = append(servers.kids, member{val: server})
	}
	return servers
}

// swaggerSchemes makes servers of an operation's own schemes, unless that of
// the document's first server is one of them.
func (r *repairer) swaggerSchemes(n *node) {
	own := n.webSchemes()
	if len(own) == 0 || r.swagger.servers == nil {
		return
	}
	first, _ := r.swagger.servers.kids[0].val.str("url")
	scheme, address, ok := strings.Cut(first, "://")
	if !ok || slices.Contains(own, scheme) {
		return
	}
	var urls []string
	for _, s := range own {
		urls = append(urls, s+"://"+address)
	}
	n.set("servers", n.get("schemes").serversAt(urls))
}

// swaggerGrammar returns the grammar of Swagger 2.0: that of OpenAPI 3.0, with
// a conversion before the repair where the two differ.
func swaggerGrammar() *grammar {
	g := newGrammar()
	for k, convert := range map[objKind]func(*repairer, *node){
		objPathItem: (*repairer).swaggerItem, objOperation: (*repairer).swaggerOperation,
		objResponse: (*repairer).swaggerResponse, objParameter: (*repairer).swaggerParameter,
		objHeader: (*repairer).swaggerParameter, objSchema: (*repairer).swaggerSchema,
		objSecurityScheme: (*repairer).swaggerScheme,
	} {
		repair := g[k].before
		g[k].before = func(r *repairer, n *node) {
			convert(r, n)
			if repair != nil {
				repair(r, n)
			}
		}
	}
	return g
}

// swaggerItem passes the body and form parameters of a path item on to its
// operations, which may have others of the same name.
func (r *repairer) swaggerItem(n *node) {
	parameters := n.get("parameters")
	if parameters == nil || parameters.kind != kindArray {
		return
	}
	kept := parameters.kids[:0]
	for _, m := range parameters.kids {
		target := r.parameterTarget(m.val)
		in, _ := target.str("in")
		if in != "body" && in != "formData" {
			kept = append(kept, m)
			continue
		}
		for _, method := range methods() {
			if op := n.get(method); op != nil && op.kind == kindObject {
				r.inheritParameter(op, m.val, target)
			}
		}
	}
	parameters.kids = kept
}

// inheritParameter adds a path item's parameter to an operation that does not
// have its own.
func (r *repairer) inheritParameter(op, param, target *node) {
	list := op.get("parameters")
	if list == nil || list.kind != kindArray {
		list = param.at(kindArray)
		op.set("parameters", list)
	}
	in, _ := target.str("in")
	name, _ := target.str("name")
	for _, m := range list.kids {
		own := r.parameterTarget(m.val)
		ownIn, _ := own.str("in")
		ownName, _ := own.str("name")
		if ownIn == in && (in == "body" || ownName == name) {
			return
		}
	}
	if copied, ok := param.copyTree(&r.ctx.budget, nil); ok {
		list.kids = append(list.kids, member{val: copied})
	}
}

// parameterTarget returns the parameter that n is or refers to.
func (r *repairer) parameterTarget(n *node) *node { return r.targetOf(n, objParameter) }

// targetOf returns the object of the kind k that n is or refers to.
func (r *repairer) targetOf(n *node, k objKind) *node {
	for range 16 {
		ref, ok := n.str("$ref")
		if !ok {
			return n
		}
		target, p := r.resolve(ref, k, n.source.res, 0)
		if p != nil || target.kind != kindObject {
			return n
		}
		n = target
	}
	return n
}

// swaggerOperation makes a request body of the body and form parameters and
// gives the responses their media types.
func (r *repairer) swaggerOperation(n *node) {
	r.swaggerSchemes(n)
	consumes, produces := r.swagger.consumes, r.swagger.produces
	if own := n.texts("consumes"); len(own) > 0 {
		consumes = own
	}
	if own := n.texts("produces"); len(own) > 0 {
		produces = own
	}
	if parameters := n.get("parameters"); parameters != nil && parameters.kind == kindArray {
		var form []*node
		kept := parameters.kids[:0]
		for _, m := range parameters.kids {
			target := r.parameterTarget(m.val)
			in, _ := target.str("in")
			if target == m.val && (in == "body" || in == "formData") {
				r.bodyKeywords(target)
			}
			switch in {
			case "body":
				r.setBody(n, target, consumes)
			case "formData":
				if copied, ok := target.copyTree(&r.ctx.budget, nil); ok {
					form = append(form, copied)
				}
			default:
				kept = append(kept, m)
			}
		}
		if parameters.kids = kept; len(kept) == 0 {
			n.remove("parameters")
		}
		if len(form) > 0 && n.get("requestBody") != nil {
			r.warn(form[0], "repaired", "an operation has either a body or a form; the form is ignored")
		} else if len(form) > 0 {
			n.set("requestBody", r.swaggerForm(form, consumes))
		}
	}
	if responses := n.get("responses"); responses != nil && responses.kind == kindObject {
		for _, m := range responses.kids {
			if m.val.kind == kindObject && !strings.HasPrefix(m.key, "x-") {
				if m.key == "200" && n.get("produces") != nil {
					m.val.fileUnsaid(produces)
				}
				r.ownResponse(m, produces)
				r.swaggerContent(m.val, r.carriers(m, produces))
			}
		}
	}
}

// setBody makes a body parameter the request body of an operation.
func (r *repairer) setBody(op, param *node, consumes []string) {
	if op.get("requestBody") != nil {
		r.warn(param, "repaired", "an operation has one body; the parameter %q is ignored", shorten(param.get("name").scalar()))
		return
	}
	name, shared := r.swagger.bodies[param]
	if shared && slices.Equal(consumes, r.swagger.consumes) {
		ref := param.at(kindObject)
		ref.kids = []member{{"$ref", param.stringAt("#/components/requestBodies/" + diag.EscapeToken(name))}}
		op.set("requestBody", ref)
		return
	}
	if copied, ok := param.copyTree(&r.ctx.budget, nil); ok {
		op.set("requestBody", swaggerBody(copied, consumes))
	}
}

// scalar returns the text of a node that may be missing.
func (n *node) scalar() string {
	if n == nil {
		return ""
	}
	return n.text
}

// swaggerBody makes a request body of a body parameter.
func swaggerBody(param *node, consumes []string) *node {
	if len(consumes) == 0 {
		consumes = []string{"application/json"}
	}
	body, content := param.at(kindObject), param.at(kindObject)
	for _, m := range param.kids {
		if m.key == "description" || m.key == "required" || strings.HasPrefix(m.key, "x-") {
			body.kids = append(body.kids, m)
		}
	}
	for _, mediaType := range consumes {
		media := param.at(kindObject)
		if schema := param.get("schema"); schema != nil {
			media.kids = []member{{"schema", schema}}
		}
		content.set(mediaType, media)
	}
	body.kids = append(body.kids, member{"content", content})
	shareOnce(content)
	return body
}

// shareOnce gives every media type but the first a schema and an encoding of
// its own, since a node has one place in the tree.
func shareOnce(content *node) {
	seen := map[*node]bool{}
	for _, m := range content.kids {
		for i, part := range m.val.kids {
			if seen[part.val] {
				unbounded := 1 << 30 // what is copied here was counted when it was read
				m.val.kids[i].val, _ = part.val.copyTree(&unbounded, nil)
			}
			seen[part.val] = true
		}
	}
}

// swaggerForm makes a request body of form parameters.
func (r *repairer) swaggerForm(params []*node, consumes []string) *node {
	schema, properties, required := params[0].at(kindObject), params[0].at(kindObject), params[0].at(kindArray)
	encoding := params[0].at(kindObject)
	hasFile, anyRequired := false, false
	for _, p := range params {
		name := p.get("name").scalar()
		if name == "" {
			r.warn(p, "bad-parameter", `the parameter has no "name"; it is ignored`)
			continue
		}
		property := p.at(kindObject)
		for _, m := range p.kids {
			if m.key == "description" || strings.HasPrefix(m.key, "x-") || slices.Contains(schemaKeywords(), m.key) {
				property.kids = append(property.kids, m)
			}
		}
		hasFile = hasFile || p.get("type").scalar() == "file"
		if p.get("required").scalar() == "true" {
			required.kids = append(required.kids, member{val: p.stringAt(name)})
			anyRequired = true
		}
		if p.get("type").scalar() == "array" {
			e := p.at(kindObject)
			r.setStyle(e, p, "formData")
			encoding.set(name, e)
		}
		properties.set(name, property)
	}
	object := schema.stringAt("object")
	schema.kids = []member{{"type", object}, {"properties", properties}}
	if len(required.kids) > 0 {
		schema.kids = append(schema.kids, member{"required", required})
	}
	body, content := schema.at(kindObject), schema.at(kindObject)
	for _, mediaType := range formTypes(consumes, hasFile) {
		media := schema.at(kindObject)
		media.kids = []member{{"schema", schema}}
		if len(encoding.kids) > 0 {
			media.kids = append(media.kids, member{"encoding", encoding})
		}
		content.kids = append(content.kids, member{mediaType, media})
	}
	shareOnce(content)
	body.kids = []member{{"content", content}}
	if anyRequired {
		mark := schema.at(kindBool)
		mark.text = "true"
		body.kids = append(body.kids, member{"required", mark})
	}
	return body
}

// formTypes returns the media types in which a form may be sent.
func formTypes(consumes []string, hasFile bool) []string {
	var out []string
	for _, mediaType := range consumes {
		if mediaType == "multipart/form-data" || mediaType == "application/x-www-form-urlencoded" && !hasFile {
			out = append(out, mediaType)
		}
	}
	switch {
	case len(out) > 0:
		return out
	case hasFile:
		return []string{"multipart/form-data"}
	}
	return []string{"application/x-www-form-urlencoded"}
}
