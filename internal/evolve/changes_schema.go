package evolve

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

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
	name := c.name()
	if have := pick(c.Rand, keys(props)); have != "" && c.IntN(2) == 0 {
		name = c.alike(have)
	}
	if c.describes(s, name) {
		name = c.word()
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

// alternative returns a schema for a list of alternatives.
func (c *change) alternative(onlyObjects bool) *yaml.Node {
	kinds := []string{
		`{type: object, properties: {evolved: {type: string}}}`,
		`{type: object, required: [id], properties: {id: {type: integer}}}`,
		`{type: object, required: [id], properties: {id: {type: string}}}`,
		`{type: object, required: [kind], properties: {kind: {type: string, enum: [evolved]}, id: {type: string}}}`,
		`{type: object, title: Evolved one, properties: {evolved: {type: string}}}`,
		`{type: object, properties: {evolved: {type: object, properties: {id: {type: integer}}}}}`,
	}
	if !onlyObjects {
		kinds = append(kinds, `{type: string}`, `{type: integer}`, `{type: boolean}`, `{type: string, format: date-time}`,
			`{type: string, enum: [red, green]}`, `{type: string, enum: [blue]}`, `{type: integer, enum: [1, 2]}`,
			`{type: array, items: {type: string}}`, `{type: array, items: {type: string, enum: [red]}}`,
			`{type: array, items: {type: object, properties: {evolved: {type: string}}}}`,
			`{type: array, items: {type: array, items: {type: string}}}`,
			`{type: object, additionalProperties: {type: integer}}`, `{oneOf: [{type: integer}, {type: array, items: {type: string}}]}`)
	}
	v := value(pick(c.Rand, kinds))
	if name := pick(c.Rand, c.objects()); name != "" {
		switch c.IntN(4) {
		case 0, 1:
			return c.ref("schemas", name)
		case 2:
			if str(v, "type") == "object" {
				both := value(`{allOf: []}`)
				get(both, "allOf").Content = []*yaml.Node{c.ref("schemas", name), v}
				return both
			}
		}
	}
	return v
}

func (c *change) unionVariant() string {
	parts := pick(c.Rand, c.unions())
	if parts == nil {
		return ""
	}
	together := c.together(parts)
	v := c.alternative(len(together) > 0)
	if !c.agrees(v, together) {
		return "" // the property would become a union
	}
	if c.overlaps(v, parts) {
		return "" // what both allow, oneOf would forbid
	}
	if get(c.deref(v), "nullable") != nil {
		return "" // the property would become nullable
	}
	insert(c.Rand, parts, v)
	return fmt.Sprintf("variant %v at line %d", plain(v), parts.Line)
}

// overlaps reports whether v allows all that another alternative of parts does:
// it is there already, is any object, or is a part of what has the alternatives.
func (c *change) overlaps(v, parts *yaml.Node) bool {
	own := bare(plain(v))
	same := func(other *yaml.Node) bool { return reflect.DeepEqual(bare(plain(other)), own) }
	if slices.ContainsFunc(parts.Content, same) || reflect.DeepEqual(bare(plain(c.deref(v))), map[string]any{"type": "object"}) {
		return true
	}
	return slices.ContainsFunc(c.schemas(), func(s *yaml.Node) bool {
		all := get(s, "allOf")
		return all != nil && slices.ContainsFunc(all.Content, same) && slices.Contains(c.lists(s, map[*yaml.Node]bool{}), parts)
	})
}

// bare returns a schema without what says nothing about values.
func bare(schema any) any {
	switch schema := schema.(type) {
	case map[string]any:
		rest := map[string]any{}
		for key, v := range schema {
			properties, named := v.(map[string]any)
			switch {
			case key == "properties" && named:
				kept := map[string]any{}
				for name, property := range properties {
					kept[name] = bare(property)
				}
				rest[key] = kept
			case !saysNothing(key):
				rest[key] = bare(v)
			}
		}
		return rest
	case []any:
		rest := make([]any, len(schema))
		for i, v := range schema {
			rest[i] = bare(v)
		}
		return rest
	}
	return schema
}

// saysNothing reports whether a keyword says nothing about values.
func saysNothing(keyword string) bool {
	return strings.HasPrefix(keyword, "x-") ||
		slices.Contains([]string{"title", "description", "deprecated", "externalDocs", "example", "default"}, keyword)
}

// alternatives changes the order of the alternatives of a union.
func (c *change) alternatives() string {
	parts := pick(c.Rand, c.unions())
	if parts == nil {
		return ""
	}
	c.Shuffle(len(parts.Content), func(i, j int) { parts.Content[i], parts.Content[j] = parts.Content[j], parts.Content[i] })
	return fmt.Sprintf("order of alternatives at line %d", parts.Line)
}

// mapping adds another value of a discriminator.
func (c *change) mapping() string {
	var places []*yaml.Node
	for _, s := range c.schemas() {
		if m := get(s, "discriminator", "mapping"); len(keys(m)) > 0 {
			places = append(places, m)
		}
	}
	m := pick(c.Rand, places)
	if m == nil {
		return ""
	}
	of, name := pick(c.Rand, keys(m)), c.word()
	put(c.Rand, m, name, clone(get(m, of)))
	return fmt.Sprintf("discriminator value %s beside %s, line %d", name, of, m.Line)
}

// part adds a part to an allOf, of properties that nothing else has. One that
// says nothing but a reference is what it refers to.
func (c *change) part() string {
	var places []*yaml.Node
	for _, s := range c.schemas() {
		all := get(s, "allOf")
		if all == nil || len(keys(get(s, "properties"))) == 0 && !slices.ContainsFunc(all.Content, func(part *yaml.Node) bool {
			return len(keys(get(part, "properties"))) > 0
		}) {
			continue
		}
		places = append(places, all)
	}
	all := pick(c.Rand, places)
	if all == nil {
		return ""
	}
	name := c.word()
	part := value(`{type: object, properties: {}}`)
	put(c.Rand, get(part, "properties"), name, c.schema())
	if c.IntN(2) == 0 {
		put(c.Rand, child(c.Rand, child(c.Rand, c.root, "components"), "schemas"), name, part)
		part = c.ref("schemas", name)
	}
	insert(c.Rand, all, part)
	return fmt.Sprintf("part with %s at line %d", name, all.Line)
}

// limit loosens a limit. What has none any longer is another thing.
func (c *change) limit() string {
	var places []*yaml.Node
	for _, s := range c.schemas() {
		for _, key := range []string{"maxLength", "maxItems", "maxProperties"} {
			if n := get(s, key); n != nil && len(n.Value) < 9 {
				places = append(places, n)
			}
		}
	}
	n := pick(c.Rand, places)
	if n == nil {
		return ""
	}
	n.Value += "0"
	return fmt.Sprintf("limit at line %d", n.Line)
}

func (c *change) description() string {
	s := pick(c.Rand, c.schemas())
	if op := pick(c.Rand, c.operations()); op.node != nil && c.IntN(4) == 0 {
		s = op.node
	}
	if s == nil {
		return ""
	}
	key, v := pick(c.Rand, []string{"description", "title"}), text("An evolved "+c.word())
	switch c.IntN(4) {
	case 0:
		key, v = "x-evolved", value(`{evolved: [1]}`)
	case 1:
		key, v = "deprecated", value("true")
	case 2:
		key, v = "externalDocs", value(`{url: "https://example.com/evolved"}`)
	}
	put(c.Rand, s, key, v)
	return fmt.Sprintf("%s at line %d", key, s.Line)
}
