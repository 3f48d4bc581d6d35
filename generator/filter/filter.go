// Package filter chooses operations of a document by tag, path, method,
// operationId and webhook.
package filter

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// Pattern is a name in which * stands for any characters. In the pattern of a
// path, * stops at slashes, and ** does not.
type Pattern struct {
	Text string
	// Pos is where the pattern was written.
	Pos diag.Pos
}

// Rule chooses the operations that match one pattern of each list that is not
// empty.
type Rule struct {
	Tags, Paths, Methods, OperationIDs, Webhooks []Pattern
	// Pos is where the rule was written.
	Pos diag.Pos
}

// Filter says what to keep of a document. The zero value keeps all of it.
type Filter struct {
	// Include keeps the operations that a rule chooses, all if there is no
	// rule; Exclude leaves out those that a rule chooses.
	Include, Exclude []Rule
	// Schemas are components to keep although no operation that is kept needs
	// them.
	Schemas []Pattern
}

// Active tells whether anything can be left out.
func (f Filter) Active() bool { return len(f.Include)+len(f.Exclude) > 0 }

// Operation is what a filter looks at.
type Operation struct {
	// Path is empty for a webhook, Webhook for all others.
	Path, Webhook string
	Method, ID    string
	Tags          []string
}

// Chooser applies a filter and remembers which of its patterns were of use.
type Chooser struct {
	include, exclude []rule
	schemas          []*glob
	// seen are the values that patterns of each kind were held against.
	seen [6]map[string]bool
}

// rule is a Rule that is ready to use.
type rule struct {
	lists [5][]*glob
	pos   diag.Pos
	used  bool
}

// The lists of a rule.
const (
	tags = iota
	paths
	methods
	ids
	webhooks
	schemas // not of a rule
)

// Chooser makes the filter ready to use.
func (f Filter) Chooser() *Chooser {
	c := &Chooser{include: compile(f.Include), exclude: compile(f.Exclude), schemas: globs(f.Schemas, names)}
	for i := range c.seen {
		c.seen[i] = map[string]bool{}
	}
	return c
}

func compile(rules []Rule) []rule {
	var out []rule
	for _, r := range rules {
		out = append(out, rule{pos: r.Pos, lists: [...][]*glob{
			tags: globs(r.Tags, names), paths: globs(r.Paths, pathNames), methods: globs(r.Methods, caselessName),
			ids: globs(r.OperationIDs, names), webhooks: globs(r.Webhooks, names),
		}})
	}
	return out
}

// Keep tells whether an operation stays.
func (c *Chooser) Keep(op Operation) bool {
	keep := len(c.include) == 0
	values := op.values()
	for list, all := range values {
		for _, v := range all {
			c.seen[list][v] = true
		}
	}
	for i := range c.include {
		if c.include[i].chooses(values) {
			keep = true
		}
	}
	for i := range c.exclude {
		if c.exclude[i].chooses(values) {
			keep = false
		}
	}
	return keep
}

// KeepSchema tells whether the component schema called name stays even if
// nothing needs it.
func (c *Chooser) KeepSchema(name string) bool {
	c.seen[schemas][name] = true
	return matchesAny(c.schemas, name)
}

// values returns what the lists of a rule are about.
func (op Operation) values() [5][]string {
	return [...][]string{
		tags: op.Tags, methods: {op.Method}, paths: given(op.Path), ids: given(op.ID), webhooks: given(op.Webhook),
	}
}

// chooses looks at all lists, even when one has decided already, so that it is
// known which patterns are of use.
func (r *rule) chooses(values [5][]string) bool {
	all := true
	for list, patterns := range r.lists {
		if len(patterns) > 0 && !matchesAny(patterns, values[list]...) {
			all = false
		}
	}
	r.used = r.used || all
	return all
}

// given returns the value if there is one.
func given(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// Unused reports the patterns and rules that no operation matched; a misspelt
// one would go unnoticed otherwise.
func (c *Chooser) Unused(diags *diag.List) {
	nouns := [...]string{tags: "has a tag like", paths: "has a path like", methods: "has the method",
		ids: "has an operationId like", webhooks: "is of a webhook like"}
	for _, r := range slices.Concat(c.include, c.exclude) {
		silent := true
		for list, patterns := range r.lists {
			for _, p := range patterns {
				if !p.used {
					diags.Warnf(p.pos, "filter-unused", "no operation of the document %s %q%s", nouns[list], p.text, c.advice(list, p.text))
					silent = false
				}
			}
		}
		if !r.used && silent {
			diags.Warnf(r.pos, "filter-unused", "no operation of the document matches all keys of this rule at once")
		}
	}
	for _, p := range c.schemas {
		if !p.used {
			diags.Warnf(p.pos, "filter-unused", "the document has no component schema like %q%s", p.text, c.advice(schemas, p.text))
		}
	}
}

// advice names the value that a pattern of no use probably meant.
func (c *Chooser) advice(list int, pattern string) string {
	best := naming.Nearest(pattern, slices.Sorted(maps.Keys(c.seen[list])))
	if best == "" || strings.Contains(pattern, "*") {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}
