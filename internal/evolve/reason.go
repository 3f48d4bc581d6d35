package evolve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// at returns the node at a JSON pointer; nil when there is none.
func (d *Document) at(ptr string) *yaml.Node {
	n := d.root
	for _, token := range strings.Split(strings.TrimPrefix(ptr, "/"), "/") {
		token = diag.UnescapeToken(token)
		if n != nil && n.Kind == yaml.SequenceNode {
			if i, err := strconv.Atoi(token); err == nil && i < len(n.Content) {
				n = n.Content[i]
				continue
			}
		}
		n = get(n, token)
	}
	return n
}

// comparison finds what a change of a document breaks.
type comparison struct {
	before, after *Document
	seen          map[*yaml.Node]bool
}

// schemas returns the first difference between two schemas that does not only
// add, with the path to it; "" when there is none.
func (c *comparison) schemas(path string, old, changed *yaml.Node) string {
	switch {
	case old == nil && changed == nil:
		return ""
	case old == nil:
		return path + " was not described before"
	case changed == nil:
		return path + " is gone"
	}
	from, to := str(old, "$ref"), str(changed, "$ref")
	if from != "" && to != "" && from != to {
		return fmt.Sprintf("%s refers to %s, before to %s", path, to, from)
	}
	if from != "" || to != "" {
		if from != "" {
			path = strings.TrimPrefix(from, "#")
		}
		return c.schemas(path, c.before.deref(old), c.after.deref(changed))
	}
	if c.seen[old] {
		return ""
	}
	c.seen[old] = true
	if reason := scalars(path, old, changed); reason != "" {
		return reason
	}
	return c.parts(path, old, changed)
}

// uses returns a place that refers to a component no longer; path leads to n.
func (c *comparison) uses(component, path string, n *yaml.Node) string {
	if to := c.after.at(path); str(n, "$ref") == "#"+component && to != nil && str(to, "$ref") != "#"+component {
		return fmt.Sprintf("%s refers to %s, before to %s", path, orNothing(str(to, "$ref")), component)
	}
	for i, kid := range n.Content {
		token := strconv.Itoa(i)
		if n.Kind == yaml.MappingNode {
			if i%2 == 0 {
				continue
			}
			token = diag.EscapeToken(n.Content[i-1].Value)
		}
		if reason := c.uses(component, path+"/"+token, kid); reason != "" {
			return reason
		}
	}
	return ""
}

// scalars compares what two schemas say about the value itself.
func scalars(path string, old, changed *yaml.Node) string {
	for _, key := range []string{"type", "format", "nullable"} {
		if from, to := str(old, key), str(changed, key); from != to {
			return fmt.Sprintf("%s: %s is %s, before %s", path, key, orNothing(to), orNothing(from))
		}
	}
	if (get(old, "enum") == nil) != (get(changed, "enum") == nil) {
		return path + ": values are listed, or not any longer"
	}
	if gone := missing(get(old, "enum"), get(changed, "enum")); gone != "" {
		return fmt.Sprintf("%s: the value %s is gone", path, gone)
	}
	if gone := missing(get(old, "required"), get(changed, "required")); gone != "" {
		return fmt.Sprintf("%s: %s is not required any longer", path, gone)
	}
	if added := missing(get(changed, "required"), get(old, "required")); added != "" {
		return fmt.Sprintf("%s: %s is required now", path, added)
	}
	return ""
}

// parts compares the schemas that two schemas are made of.
func (c *comparison) parts(path string, old, changed *yaml.Node) string {
	from, to := get(old, "properties"), get(changed, "properties")
	if len(keys(from)) == 0 && len(keys(to)) > 0 {
		return path + " had no properties before"
	}
	for _, name := range keys(from) {
		if reason := c.schemas(path+"/properties/"+name, get(from, name), get(to, name)); reason != "" {
			return reason
		}
	}
	for _, key := range []string{"items", "additionalProperties"} {
		if reason := c.schemas(path+"/"+key, get(old, key), get(changed, key)); reason != "" {
			return reason
		}
	}
	for _, key := range []string{"allOf", "oneOf", "anyOf"} {
		from, to := get(old, key), get(changed, key)
		switch {
		case from == nil && to == nil:
			continue
		case from == nil || to == nil:
			return fmt.Sprintf("%s: %s comes or goes", path, key)
		case len(from.Content) > len(to.Content), len(from.Content) == 1 && len(to.Content) > 1:
			return fmt.Sprintf("%s: %s has %d alternatives, before %d", path, key, len(to.Content), len(from.Content))
		}
		for i, part := range from.Content {
			if reason := c.schemas(fmt.Sprintf("%s/%s/%d", path, key, i), part, counterpart(part, i, to)); reason != "" {
				return reason
			}
		}
	}
	return ""
}

// counterpart returns the item of list that part, item i before, has become.
func counterpart(part *yaml.Node, i int, list *yaml.Node) *yaml.Node {
	ref := str(part, "$ref")
	if ref == "" {
		return list.Content[i]
	}
	for _, other := range list.Content {
		if str(other, "$ref") == ref {
			return other
		}
	}
	return nil
}

// missing returns an item of the first list that the second does not have.
func missing(from, in *yaml.Node) string {
	if from == nil {
		return ""
	}
	for _, item := range from.Content {
		if in == nil || !slices.ContainsFunc(in.Content, func(n *yaml.Node) bool { return n.Value == item.Value }) {
			return strconv.Quote(item.Value)
		}
	}
	return ""
}

func orNothing(s string) string {
	if s == "" {
		return "not said"
	}
	return s
}
