package evolve

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Change is a kind of change that only adds to what a document allows.
type Change struct {
	Name string
	// apply makes the change and tells what it was; "" when the document has no
	// place for it.
	apply func(c *change) string
}

// change is a change that is being made.
type change struct {
	*rand.Rand
	*Document
	// names are the Go names of the package that was generated last.
	names []string
}

// Changes are the kinds of changes.
func Changes() []Change {
	return []Change{
		{"operation", (*change).operation},
		{"tag", (*change).tag},
		{"parameter", (*change).parameter},
		{"property", (*change).property},
		{"enum value", (*change).enumValue},
		{"error response", (*change).errorResponse},
		{"media type", (*change).mediaType},
		{"union variant", (*change).unionVariant},
		{"server", (*change).server},
		{"security alternative", (*change).securityAlternative},
		{"component", (*change).component},
		{"description", (*change).description},
		{"order", (*change).order},
	}
}

// Apply makes the change in d with the randomness of seed. Names are those
// that the last package has; some changes try to collide with them.
func (c Change) Apply(d *Document, names []string, seed uint64) string {
	return c.apply(&change{Rand: rand.New(rand.NewPCG(seed, 1)), Document: d, names: names})
}

// word returns a new word that nothing else has.
func (c *change) word() string { return fmt.Sprintf("evolved%d", c.IntN(1e6)) }

// alike returns a name that differs from have only in what Go does not see.
func (c *change) alike(have string) string {
	switch c.IntN(4) {
	case 0:
		return strings.ReplaceAll(have, "_", "-")
	case 1:
		_, first := utf8.DecodeRuneInString(have)
		return strings.ToUpper(have[:first]) + have[first:]
	case 2:
		return strings.ToLower(have)
	}
	return have + "_"
}

// schema returns a schema of any kind.
func (c *change) schema() *yaml.Node {
	simple := []string{
		`{type: string}`, `{type: integer}`, `{type: boolean}`, `{type: number, format: double}`,
		`{type: string, format: date-time}`, `{type: string, enum: [red, green]}`, `{type: array, items: {type: string}}`,
		`{type: object, properties: {name: {type: string}, kind: {type: string, enum: [a, b]}}, required: [name]}`,
		`{type: object, additionalProperties: {type: integer}}`,
		`{oneOf: [{type: string}, {type: object, properties: {depth: {type: integer}}}]}`,
		`{type: array, items: {type: object, properties: {name: {type: string}}}}`, `{}`,
	}
	if names := get(c.root, "components", "schemas"); names != nil && c.IntN(3) == 0 {
		if name := pick(c.Rand, keys(names)); name != "" {
			return c.ref("schemas", name)
		}
	}
	return value(pick(c.Rand, simple))
}

func (c *change) ref(section, name string) *yaml.Node {
	ref := "#/components/" + section + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
	return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{text("$ref"), text(ref)}}
}

// content returns a content object of JSON.
func (c *change) content(schema *yaml.Node) *yaml.Node {
	n := value(`{application/json: {}}`)
	put(c.Rand, get(n, "application/json"), "schema", schema)
	return n
}

// response returns a response with a schema.
func (c *change) response(schema *yaml.Node) *yaml.Node {
	n := value(`{description: Evolved.}`)
	put(c.Rand, n, "content", c.content(schema))
	return n
}

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
		body := value(`{required: true}`)
		put(c.Rand, body, "content", c.content(c.schema()))
		put(c.Rand, n, "requestBody", body)
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
	in, name := pick(c.Rand, []string{"query", "query", "header", "cookie"}), c.word()
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

func (c *change) property() string {
	var places []*yaml.Node
	for _, s := range c.schemas() {
		if len(keys(get(s, "properties"))) > 0 {
			places = append(places, s)
		}
	}
	s := pick(c.Rand, places)
	if s == nil {
		return ""
	}
	props := get(s, "properties")
	name := c.word()
	if have := pick(c.Rand, keys(props)); have != "" && c.IntN(2) == 0 {
		if name = c.alike(have); get(props, name) != nil {
			name = c.word()
		}
	}
	put(c.Rand, props, name, c.schema())
	return fmt.Sprintf("property %q beside %v, line %d", name, keys(props), s.Line)
}

func (c *change) enumValue() string {
	var places []*yaml.Node
	for _, s := range c.schemas() {
		e, t := get(s, "enum"), str(s, "type")
		if e == nil || len(e.Content) == 0 || get(s, "const") != nil {
			continue
		}
		if t == "string" || t == "integer" && e.Content[0].Tag == "!!int" {
			places = append(places, s)
		}
	}
	s := pick(c.Rand, places)
	if s == nil {
		return ""
	}
	values := get(s, "enum")
	v := text(c.word())
	if have := pick(c.Rand, values.Content); have.Value != "" && c.IntN(2) == 0 {
		v = text(c.alike(have.Value))
	}
	if slices.ContainsFunc(values.Content, func(n *yaml.Node) bool { return n.Value == v.Value }) {
		v = text(c.word())
	}
	if str(s, "type") == "integer" {
		v = value(strconv.Itoa(1000 + c.IntN(1e6)))
	}
	at := c.IntN(len(values.Content) + 1)
	for _, key := range []string{"x-enum-varnames", "x-enumNames", "x-enum-descriptions"} {
		if names := get(s, key); names != nil && names.Kind == yaml.SequenceNode && len(names.Content) == len(values.Content) {
			names.Content = slices.Insert(names.Content, at, text(c.word()))
		}
	}
	values.Content = slices.Insert(values.Content, at, v)
	return fmt.Sprintf("enum value %q at line %d", v.Value, s.Line)
}

func (c *change) errorResponse() string {
	op := pick(c.Rand, c.operations())
	responses := get(op.node, "responses")
	statuses := keys(responses)
	if !slices.ContainsFunc(statuses, func(s string) bool { return strings.HasPrefix(s, "2") }) {
		return "" // default stands for success
	}
	status := pick(c.Rand, []string{"400", "401", "403", "404", "409", "422", "429", "500", "503", "4XX", "5XX", "default"})
	if slices.Contains(statuses, status) {
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

func (c *change) unionVariant() string {
	parts := pick(c.Rand, c.unions())
	if parts == nil {
		return ""
	}
	kinds := []string{
		`{type: object, properties: {evolved: {type: string}}}`,
		`{type: object, required: [id], properties: {id: {type: integer}}}`,
		`{type: object, title: Evolved one, properties: {evolved: {type: string}}}`,
	}
	if !slices.Contains(c.together(), parts) {
		kinds = append(kinds, `{type: string}`, `{type: array, items: {type: string}}`)
	}
	v := value(pick(c.Rand, kinds))
	if name := pick(c.Rand, c.objects()); name != "" && c.IntN(2) == 0 {
		v = c.ref("schemas", name)
	}
	if slices.ContainsFunc(parts.Content, func(have *yaml.Node) bool { return reflect.DeepEqual(plain(have), plain(v)) }) {
		return "" // what both allow, oneOf would forbid
	}
	insert(c.Rand, parts, v)
	return fmt.Sprintf("variant %s %s at line %d", str(v, "$ref"), str(v, "type"), parts.Line)
}

func (c *change) server() string {
	servers := list(c.Rand, c.root, "servers")
	s := value(pick(c.Rand, []string{
		`{url: "https://evolved.example.com/v2"}`, `{url: "https://evolved.example.com", description: Production}`,
		`{url: "https://{region}.example.com", variables: {region: {default: eu, enum: [eu, us]}}}`,
		`{url: "https://{region}.example.org", variables: {region: {default: eu}}}`,
	}))
	if slices.ContainsFunc(servers.Content, func(have *yaml.Node) bool { return str(have, "url") == str(s, "url") }) {
		return "" // listed already
	}
	insert(c.Rand, servers, s)
	return "server " + str(s, "url")
}

func (c *change) securityAlternative() string {
	name := c.word()
	scheme := value(pick(c.Rand, []string{
		`{type: apiKey, in: header, name: X-Evolved}`, `{type: http, scheme: basic}`, `{type: http, scheme: bearer}`,
		`{type: oauth2, flows: {clientCredentials: {tokenUrl: "https://example.com/token", scopes: {read: Read.}}}}`,
	}))
	schemes := child(c.Rand, child(c.Rand, c.root, "components"), "securitySchemes")
	if have := pick(c.Rand, keys(schemes)); have != "" && c.IntN(3) == 0 {
		if alike := c.alike(have); get(schemes, alike) == nil {
			name = alike
		}
	}
	put(c.Rand, schemes, name, scheme)
	at := c.root
	if op := pick(c.Rand, c.operations()); op.node != nil && c.IntN(2) == 0 {
		at = op.node
	}
	alternative := value(`{}`)
	put(c.Rand, alternative, name, value(`[]`))
	insert(c.Rand, list(c.Rand, at, "security"), alternative)
	return "security alternative " + name
}

func (c *change) component() string {
	name := pick(c.Rand, c.names)
	schemas := child(c.Rand, child(c.Rand, c.root, "components"), "schemas")
	if name == "" || get(schemas, name) != nil {
		return ""
	}
	put(c.Rand, schemas, name, c.schema())
	return "component " + name
}

func (c *change) description() string {
	s := pick(c.Rand, c.schemas())
	if s == nil {
		return ""
	}
	key := pick(c.Rand, []string{"description", "title"})
	put(c.Rand, s, key, text("An evolved "+c.word()))
	return fmt.Sprintf("%s at line %d", key, s.Line)
}

func (c *change) order() string {
	var places []*yaml.Node
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		if n.Kind == yaml.MappingNode && len(n.Content) > 2 {
			places = append(places, n)
		}
		for _, kid := range n.Content {
			visit(kid)
		}
	}
	visit(c.root)
	places = append(places, get(c.root, "paths"), get(c.root, "components", "schemas"))
	n := pick(c.Rand, places)
	if n == nil {
		return ""
	}
	var pairs [][]*yaml.Node
	for pair := range slices.Chunk(n.Content, 2) {
		pairs = append(pairs, pair)
	}
	c.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	n.Content = slices.Concat(pairs...)
	return fmt.Sprintf("order of keys at line %d", n.Line)
}
