package evolve

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator/diag"
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
		{"body", (*change).body},
		{"success response", (*change).successResponse},
		{"error response", (*change).errorResponse},
		{"response header", (*change).responseHeader},
		{"media type", (*change).mediaType},
		{"webhook", (*change).webhook},
		{"property", (*change).property},
		{"part", (*change).part},
		{"enum value", (*change).enumValue},
		{"union variant", (*change).unionVariant},
		{"discriminator mapping", (*change).mapping},
		{"limit", (*change).limit},
		{"server", (*change).server},
		{"security alternative", (*change).securityAlternative},
		{"component", (*change).component},
		{"description", (*change).description},
		{"order", (*change).order},
		{"order of alternatives", (*change).alternatives},
	}
}

// Apply makes the change in d with the randomness of seed. Names are those
// that the last package has; some changes try to collide with them.
func (c Change) Apply(d *Document, names []string, seed uint64) string {
	return c.apply(&change{Rand: rand.New(rand.NewPCG(seed, 1)), Document: d, names: names})
}

// word returns a new word that nothing else has.
func (c *change) word() string { return fmt.Sprintf("evolved%d", c.IntN(1e6)) }

// name returns a name for a property or parameter: a new word, or one that
// means something to the generator, to Go or to what is generated.
func (c *change) name() string {
	if c.IntN(2) == 0 {
		return c.word()
	}
	return pick(c.Rand, []string{
		"cursor", "page", "page_token", "pageSize", "limit", "offset", "starting_after", "next", "next_cursor", "nextLink", "@odata.nextLink", "has_more",
		"total", "data", "items", "results", "value", "links", "_links", "meta", "id", "type", "kind", "name", "key", "code", "status", "message", "error",
		"errors", "detail", "title", "body", "bodyMultipart", "params", "headers", "ctx", "opts", "err", "c", "r", "v", "out", "raw", "also", "unknown",
		"additional", "string", "Error", "Unwrap", "validate", "isSet", "decode", "encode", "marshalJSON", "close", "stream", "idempotency_key",
		"Idempotency-Key", "X-Request-ID", "Prefer", "range", "func", "default", "1st", "*", "a.b", "a[b]", "été", "_",
	})
}

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
		`{type: object}`, `{type: array, items: {type: array, items: {type: integer}}}`, `{type: object, additionalProperties: {type: array, items: {type: string}}}`,
		`{type: string, format: uuid, readOnly: true}`, `{type: string, writeOnly: true}`, `{type: string, format: binary}`, `{type: string, format: byte}`,
		`{type: string, enum: [one]}`, `{type: integer, enum: [1, 2], default: 1}`, `{type: string, maxLength: 8, pattern: "^[a-z]+$"}`, `{not: {type: string}}`,
		`{type: string, nullable: true}`, `{type: [integer, "null"]}`, `{type: object, nullable: true, properties: {name: {type: string, nullable: true}}}`,
		`{anyOf: [{type: object}, {type: string}]}`, `{oneOf: [{type: integer}, {type: string, format: date-time}], nullable: true}`,
		`{type: array, minItems: 1, uniqueItems: true, items: {type: string, enum: [x, "y"]}}`, `{deprecated: true, type: boolean}`,
		`{allOf: [{type: object, properties: {name: {type: string}}}, {type: object, properties: {size: {type: integer, minimum: 0}}}]}`,
	}
	if names := get(c.root, "components", "schemas"); names != nil && c.IntN(3) == 0 {
		if name := pick(c.Rand, keys(names)); name != "" {
			return c.ref("schemas", name)
		}
	}
	return value(pick(c.Rand, simple))
}

func (c *change) ref(section, name string) *yaml.Node {
	ref := "#/components/" + section + "/" + diag.EscapeToken(name)
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
