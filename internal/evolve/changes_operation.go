package evolve

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

func (c *change) operation() string {
	ops := c.operations()
	n := value(`{responses: {}}`)
	id := c.word()
	if op := pick(c.Rand, ops); op.node != nil {
		if have := str(op.node, "operationId"); have != "" && c.IntN(2) == 0 {
			id = c.alike(have)
			if c.IntN(4) == 0 {
				id = have + "All"
			}
		}
		if tags := get(op.node, "tags"); tags != nil && c.IntN(3) > 0 {
			put(c.Rand, n, "tags", clone(tags))
		}
	}
	if id != "" && c.IntN(5) > 0 {
		put(c.Rand, n, "operationId", text(id))
	}
	put(c.Rand, get(n, "responses"), "200", c.response(c.schema()))
	if c.IntN(2) == 0 {
		put(c.Rand, n, "requestBody", c.requestBody("required: true"))
	}
	path, method := "/"+c.word(), pick(c.Rand, []string{"get", "put", "post"})
	paths := child(c.Rand, c.root, "paths")
	put(c.Rand, child(c.Rand, paths, path), method, n)
	return fmt.Sprintf("operation %s %s, operationId %q", method, path, id)
}

func (c *change) tag() string {
	op := pick(c.Rand, c.operations())
	if op.node == nil {
		return ""
	}
	tags := list(c.Rand, op.node, "tags")
	name := c.word()
	if c.IntN(2) == 0 && len(tags.Content) > 0 {
		name = c.alike(tags.Content[0].Value)
	}
	insert(c.Rand, tags, text(name))
	all := list(c.Rand, c.root, "tags")
	if !slices.ContainsFunc(all.Content, func(n *yaml.Node) bool { return str(n, "name") == name }) {
		tag := value(`{description: Evolved.}`)
		put(c.Rand, tag, "name", text(name))
		insert(c.Rand, all, tag)
	}
	return fmt.Sprintf("tag %q on %s %s", name, op.method, op.path)
}

func (c *change) parameter() string {
	op := pick(c.Rand, c.operations())
	if op.node == nil {
		return ""
	}
	at, where := op.node, op.method+" "+op.path
	if c.IntN(4) == 0 {
		at, where = op.item, op.path
	}
	params := list(c.Rand, at, "parameters")
	in, name := pick(c.Rand, []string{"query", "query", "header", "cookie"}), c.name()
	if have := c.deref(pick(c.Rand, params.Content)); str(have, "name") != "" && c.IntN(2) == 0 {
		name = c.alike(str(have, "name"))
	}
	for _, taken := range c.operations() { // of the same name, it would override
		for _, n := range []*yaml.Node{get(taken.node, "parameters"), get(taken.item, "parameters")} {
			if taken.path == op.path && n != nil && slices.ContainsFunc(n.Content, func(p *yaml.Node) bool {
				return strings.EqualFold(str(c.deref(p), "name"), name) && str(c.deref(p), "in") == in
			}) {
				return ""
			}
		}
	}
	p := value(`{}`)
	put(c.Rand, p, "name", text(name))
	put(c.Rand, p, "in", text(in))
	switch c.IntN(5) {
	case 0:
		put(c.Rand, p, "content", c.content(c.schema()))
	case 1:
		put(c.Rand, p, "schema", value(`{type: object, properties: {from: {type: integer}}}`))
		put(c.Rand, p, "style", text(map[string]string{"query": "deepObject", "header": "simple", "cookie": "form"}[in]))
		put(c.Rand, p, "explode", value("true"))
	default:
		put(c.Rand, p, "schema", c.schema())
	}
	insert(c.Rand, params, p)
	return fmt.Sprintf("parameter %q in %s of %s", name, in, where)
}

func (c *change) errorResponse() string {
	op := pick(c.Rand, c.operations())
	responses := get(op.node, "responses")
	statuses := keys(responses)
	if !slices.ContainsFunc(statuses, func(s string) bool { return strings.HasPrefix(s, "2") }) {
		return "" // default stands for success
	}
	status := pick(c.Rand, []string{"400", "401", "403", "404", "409", "422", "429", "500", "503", "4XX", "5XX", "default"})
	if slices.ContainsFunc(statuses, func(s string) bool { return strings.EqualFold(s, status) }) {
		return ""
	}
	response := value(`{description: Evolved.}`)
	if c.IntN(4) > 0 {
		response = c.response(c.schema())
	}
	if c.IntN(3) == 0 {
		name := c.word()
		put(c.Rand, child(c.Rand, child(c.Rand, c.root, "components"), "responses"), name, response)
		response = c.ref("responses", name)
	}
	put(c.Rand, responses, status, response)
	return fmt.Sprintf("response %s of %s %s", status, op.method, op.path)
}

func (c *change) mediaType() string {
	content := pick(c.Rand, c.contents())
	if content == nil {
		return ""
	}
	name := pick(c.Rand, []string{"application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain",
		"text/csv", "application/octet-stream", "text/event-stream", "application/vnd.evolved+json", "application/json; charset=utf-8"})
	if get(content, name) != nil {
		return ""
	}
	media := value(`{}`)
	if c.IntN(2) == 0 {
		put(c.Rand, media, "schema", clone(get(content, "application/json", "schema")))
	} else {
		put(c.Rand, media, "schema", c.schema())
	}
	put(c.Rand, content, name, media)
	return fmt.Sprintf("media type %s beside JSON, line %d", name, content.Line)
}

// requestBody returns a request body of any kind.
func (c *change) requestBody(says string) *yaml.Node {
	body := value("{" + says + "}")
	content, schema := value(`{}`), value(`{}`)
	put(c.Rand, schema, "schema", c.schema())
	put(c.Rand, content, pick(c.Rand, []string{"application/json", "application/json", "application/json",
		"application/xml", "application/x-www-form-urlencoded", "text/plain"}), schema)
	put(c.Rand, body, "content", content)
	return body
}

// body adds a request body where there was none.
func (c *change) body() string {
	ops := slices.DeleteFunc(c.operations(), func(op operation) bool {
		return get(op.node, "requestBody") != nil || !slices.Contains([]string{"put", "post", "patch"}, op.method)
	})
	op := pick(c.Rand, ops)
	if op.node == nil {
		return ""
	}
	put(c.Rand, op.node, "requestBody", c.requestBody("description: Evolved."))
	return fmt.Sprintf("body of %s %s", op.method, op.path)
}

// successes lists the success responses of an operation by status.
func (c *change) successes(op operation) map[string]*yaml.Node {
	all := map[string]*yaml.Node{}
	responses := get(op.node, "responses")
	for _, status := range keys(responses) {
		if strings.HasPrefix(status, "2") {
			all[status] = c.deref(get(responses, status))
		}
	}
	return all
}

// successResponse adds a success response that is the same as the only one, by
// reference, or has no content.
func (c *change) successResponse() string {
	op := pick(c.Rand, c.operations())
	all := c.successes(op)
	status := pick(c.Rand, []string{"200", "201", "202", "203", "204", "206", "302", "304"})
	if len(all) != 1 || get(op.node, "responses", status) != nil {
		return ""
	}
	response := value(`{description: Evolved.}`)
	for of, have := range all {
		same := of < "204" && get(have, "content") != nil && !slices.ContainsFunc(keys(get(have, "content")), func(media string) bool {
			return get(have, "content", media, "schema", "$ref") == nil
		})
		if same && status < "204" && c.IntN(2) == 0 {
			put(c.Rand, response, "content", clone(get(have, "content")))
		}
	}
	put(c.Rand, get(op.node, "responses"), status, response)
	return fmt.Sprintf("response %s of %s %s", status, op.method, op.path)
}

func (c *change) responseHeader() string {
	op := pick(c.Rand, c.operations())
	responses := get(op.node, "responses")
	response := c.deref(get(responses, pick(c.Rand, keys(responses))))
	if response == nil {
		return ""
	}
	headers, name := child(c.Rand, response, "headers"), "X-Evolved"
	if have := pick(c.Rand, keys(headers)); have != "" && c.IntN(2) == 0 {
		name = c.alike(have)
	} else if c.IntN(2) == 0 {
		name = c.word()
	}
	if slices.ContainsFunc(keys(headers), func(have string) bool { return strings.EqualFold(have, name) }) {
		return ""
	}
	header := value(`{}`)
	put(c.Rand, header, "schema", c.schema())
	put(c.Rand, headers, name, header)
	return fmt.Sprintf("response header %s of %s %s", name, op.method, op.path)
}

func (c *change) webhook() string {
	if !strings.HasPrefix(str(c.root, "openapi"), "3.1") {
		return ""
	}
	hooks, name := child(c.Rand, c.root, "webhooks"), c.word()
	if have := pick(c.Rand, keys(hooks)); have != "" && c.IntN(2) == 0 {
		name = c.alike(have)
	}
	if get(hooks, name) != nil {
		return ""
	}
	hook := value(`{post: {responses: {"200": {description: Evolved.}}}}`)
	body := value(`{}`)
	put(c.Rand, body, "content", c.content(c.schema()))
	put(c.Rand, get(hook, "post"), "requestBody", body)
	put(c.Rand, hooks, name, hook)
	return "webhook " + name
}
