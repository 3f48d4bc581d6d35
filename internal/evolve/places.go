package evolve

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// operation is an operation of the document with what it stands in.
type operation struct {
	path, method string
	item, node   *yaml.Node
}

// methods are the HTTP methods that a path item can have.
func methods() []string { return []string{"get", "put", "post", "delete", "patch", "options", "head"} }

// operations lists the operations of the document.
func (d *Document) operations() []operation {
	var all []operation
	paths := get(d.root, "paths")
	for _, path := range keys(paths) {
		item := get(paths, path)
		for _, method := range methods() {
			if op := get(item, method); op != nil && op.Kind == yaml.MappingNode {
				all = append(all, operation{path, method, item, op})
			}
		}
	}
	return all
}

// schemas lists the schemas that operations can lead to: those of components,
// parameters, bodies and responses, and all inside of them.
func (d *Document) schemas() []*yaml.Node {
	var all []*yaml.Node
	for _, root := range d.schemaRoots() {
		all = appendSchemas(all, root)
	}
	return all
}

// schemaRoots lists the schemas that stand in something else than a schema.
func (d *Document) schemaRoots() []*yaml.Node {
	var all []*yaml.Node
	components := get(d.root, "components")
	for _, name := range keys(get(components, "schemas")) {
		all = append(all, get(components, "schemas", name))
	}
	contents := func(n *yaml.Node) {
		for _, media := range keys(get(n, "content")) {
			if s := get(n, "content", media, "schema"); s != nil {
				all = append(all, s)
			}
		}
	}
	for _, section := range []string{"requestBodies", "responses"} {
		for _, name := range keys(get(components, section)) {
			contents(get(components, section, name))
		}
	}
	for _, op := range d.operations() {
		contents(get(op.node, "requestBody"))
		for _, status := range keys(get(op.node, "responses")) {
			contents(get(op.node, "responses", status))
		}
		for _, params := range []*yaml.Node{get(op.item, "parameters"), get(op.node, "parameters")} {
			if params == nil {
				continue
			}
			for _, p := range params.Content {
				if s := get(p, "schema"); s != nil {
					all = append(all, s)
				}
			}
		}
	}
	return all
}

// appendSchemas appends the schema n and those inside of it. References are
// not schemas of their own.
func appendSchemas(all []*yaml.Node, n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode || get(n, "$ref") != nil {
		return all
	}
	if slices.Contains(all, n) {
		return all
	}
	all = append(all, n)
	for _, name := range keys(get(n, "properties")) {
		all = appendSchemas(all, get(n, "properties", name))
	}
	for _, key := range []string{"items", "additionalProperties"} {
		all = appendSchemas(all, get(n, key))
	}
	for _, key := range []string{"allOf", "oneOf", "anyOf"} {
		if parts := get(n, key); parts != nil {
			for _, part := range parts.Content {
				all = appendSchemas(all, part)
			}
		}
	}
	return all
}

// contents lists the content objects of request bodies and responses that
// have JSON.
func (d *Document) contents() []*yaml.Node {
	var all []*yaml.Node
	add := func(n *yaml.Node) {
		c := get(d.deref(n), "content")
		if get(c, "application/json", "schema") != nil && !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	for _, op := range d.operations() {
		add(get(op.node, "requestBody"))
		for _, status := range keys(get(op.node, "responses")) {
			add(get(op.node, "responses", status))
		}
	}
	return all
}

// objects lists the names of components that are objects with properties.
func (d *Document) objects() []string {
	var names []string
	schemas := get(d.root, "components", "schemas")
	for _, name := range keys(schemas) {
		if s := get(schemas, name); str(s, "type") == "object" && len(keys(get(s, "properties"))) > 0 {
			names = append(names, name)
		}
	}
	return names
}

// unions lists the oneOf and anyOf lists that are unions: with two objects or
// more among their alternatives, or values of two types, or made to get more.
// Those of which another part of an allOf leaves what it likes are none, and of
// those that references lead into by a number the alternatives have their place.
func (d *Document) unions() []*yaml.Node {
	var all []*yaml.Node
	narrowed, fixed := d.narrowed(), d.fixed(d.root, map[*yaml.Node]bool{})
	for _, s := range d.schemas() {
		if narrowed[s] {
			continue
		}
		for _, key := range []string{"oneOf", "anyOf"} {
			parts := get(s, key)
			if parts == nil || fixed[parts] {
				continue
			}
			objects := map[*yaml.Node]bool{}
			for _, part := range parts.Content {
				if target := d.deref(part); str(target, "type") == "object" && len(keys(get(target, "properties"))) > 0 {
					objects[target] = true
				}
			}
			if len(objects) > 1 || len(objects) == 1 && d.growing(s, parts) || d.severalTypes(s, parts) {
				all = append(all, parts)
			}
		}
	}
	return all
}

// fixed adds to lists those that references below n lead into by a number.
func (d *Document) fixed(n *yaml.Node, lists map[*yaml.Node]bool) map[*yaml.Node]bool {
	path, _ := strings.CutPrefix(str(n, "$ref"), "#")
	for i, c := range path {
		if c != '/' {
			continue
		}
		if at := d.at(path[:i]); at != nil && at.Kind == yaml.SequenceNode {
			lists[at] = true
		}
	}
	for _, kid := range n.Content {
		d.fixed(kid, lists)
	}
	return lists
}

// narrowed returns the schemas of the properties that several parts of an
// allOf have.
func (d *Document) narrowed() map[*yaml.Node]bool {
	all := map[*yaml.Node]bool{}
	for _, s := range d.schemas() {
		if get(s, "allOf") == nil {
			continue
		}
		having := map[string][]*yaml.Node{}
		for _, part := range append([]*yaml.Node{s}, get(s, "allOf").Content...) {
			properties := get(d.deref(part), "properties")
			for _, name := range keys(properties) {
				having[name] = append(having[name], get(properties, name))
			}
		}
		for _, list := range having {
			for _, n := range list {
				all[n] = all[n] || len(list) > 1
			}
		}
	}
	return all
}

// severalTypes reports whether alternatives that nothing stands beside have
// types that no type of Go has together.
func (d *Document) severalTypes(s, parts *yaml.Node) bool {
	if get(s, "oneOf") != nil && get(s, "anyOf") != nil {
		return false
	}
	for _, key := range keys(s) {
		if !slices.Contains([]string{"oneOf", "anyOf", "description", "title"}, key) {
			return false
		}
	}
	types := map[string]bool{}
	for _, part := range parts.Content {
		if strings.Contains(fmt.Sprint(plain(part)), "binary") {
			return false // a file or several are a list of files
		}
		target := d.deref(part)
		t, format := str(target, "type"), str(target, "format")
		if t == "object" && len(keys(target)) == 2 && get(target, "nullable") != nil {
			continue // which stands for null
		}
		if t == "string" && (format == "integer" || format == "numeric") {
			t = "number" // in quotes
		}
		switch t {
		case "string", "boolean", "array", "object":
			types[t] = true
		case "integer", "number":
			types["number"] = true
		}
	}
	return len(types) > 1
}

// growing reports whether a schema with a single alternative has a
// discriminator, or is a component and nothing but a reference to it.
func (d *Document) growing(s, parts *yaml.Node) bool {
	if len(parts.Content) != 1 || get(s, "allOf") != nil || get(s, "oneOf") != nil && get(s, "anyOf") != nil {
		return false
	}
	if get(s, "discriminator") != nil {
		return true
	}
	for _, key := range keys(s) {
		if !slices.Contains([]string{"oneOf", "anyOf", "description", "title", "type"}, key) {
			return false
		}
	}
	schemas := get(d.root, "components", "schemas")
	return get(parts.Content[0], "$ref") != nil && slices.ContainsFunc(keys(schemas), func(name string) bool { return get(schemas, name) == s })
}

// together lists the oneOf and anyOf lists that hold for one value with parts,
// which is among them if there are others.
func (d *Document) together(parts *yaml.Node) []*yaml.Node {
	var all []*yaml.Node
	for _, s := range d.schemas() {
		if lists := d.lists(s, map[*yaml.Node]bool{}); len(lists) > 1 && slices.Contains(lists, parts) {
			all = append(all, lists...)
		}
	}
	return all
}

// limited is at the end of types that are not all that is said of values.
const limited = " limited"

// typesOf notes the types of the properties that an object has, by itself and
// by its parts.
func (d *Document) typesOf(n *yaml.Node, types map[string]string, seen map[*yaml.Node]bool) {
	if n = d.deref(n); n == nil || seen[n] {
		return
	}
	seen[n] = true
	for _, name := range keys(get(n, "properties")) {
		p := d.deref(get(n, "properties", name))
		types[name] = str(p, "type") + " " + str(p, "format")
		for _, keyword := range keys(p) {
			if !saysNothing(keyword) && !slices.Contains([]string{"type", "format", "properties", "items", "additionalProperties"}, keyword) {
				types[name] += limited
				break
			}
		}
	}
	for _, key := range []string{"allOf", "oneOf", "anyOf"} {
		if parts := get(n, key); parts != nil {
			for _, part := range parts.Content {
				d.typesOf(part, types, seen)
			}
		}
	}
}

// describes reports whether an object, or one that it is a part of, has a
// property already: another schema for it would be one more limit.
func (d *Document) describes(object *yaml.Node, property string) bool {
	return slices.ContainsFunc(d.schemas(), func(whole *yaml.Node) bool {
		parts := map[*yaml.Node]bool{}
		types := map[string]string{}
		d.typesOf(whole, types, parts)
		return parts[object] && types[property] != ""
	})
}

// agrees reports whether an object has no property of another type than it has
// in an alternative of the lists, and none that is limited there: what one of
// them limits, another one allows.
func (d *Document) agrees(v *yaml.Node, lists []*yaml.Node) bool {
	own := map[string]string{}
	d.typesOf(v, own, map[*yaml.Node]bool{})
	for _, parts := range lists {
		for _, part := range parts.Content {
			types := map[string]string{}
			d.typesOf(part, types, map[*yaml.Node]bool{})
			for name, t := range own {
				if have, ok := types[name]; ok && (have != t || strings.HasSuffix(have, limited)) {
					return false
				}
			}
		}
	}
	return true
}

// lists returns the oneOf and anyOf lists of a schema and the parts of its
// allOf.
func (d *Document) lists(s *yaml.Node, seen map[*yaml.Node]bool) []*yaml.Node {
	if s = d.deref(s); s == nil || seen[s] {
		return nil
	}
	seen[s] = true
	var all []*yaml.Node
	for _, key := range []string{"oneOf", "anyOf"} {
		if parts := get(s, key); parts != nil {
			all = append(all, parts)
		}
	}
	if parts := get(s, "allOf"); parts != nil {
		for _, part := range parts.Content {
			all = append(all, d.lists(part, seen)...)
		}
	}
	return all
}
