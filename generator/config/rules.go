package config

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator/filter"
)

// ruleKeys are the keys of a rule that chooses operations.
func ruleKeys(rule *filter.Rule) []key {
	of := func(dst *[]filter.Pattern) value { return atLeastOne(list(dst, "a pattern", pattern)) }
	return []key{
		{name: "tags", value: of(&rule.Tags),
			doc: "Operations with one of these tags; * stands for any characters."},
		{name: "paths", value: of(&rule.Paths),
			doc: "Operations of these paths, as the document writes them; * stands for any characters but a slash, ** for any."},
		{name: "methods", value: of(&rule.Methods),
			doc: "Operations with one of these methods, such as GET."},
		{name: "operation-ids", value: of(&rule.OperationIDs),
			doc: "Operations with one of these operationIds; * stands for any characters."},
		{name: "webhooks", value: of(&rule.Webhooks),
			doc: "Webhooks of these names; * stands for any characters."},
	}
}

// rules are rules that choose operations.
func rules(dst *[]filter.Rule) value { return atLeastOne(list(dst, "a rule", rule)) }

// rule chooses the operations that match each of its keys.
func rule(dst *filter.Rule) value {
	described := objectSchema(ruleKeys(dst))
	described.MinKeys = 1
	return value{described, func(r *reader, n *yaml.Node, what string) {
		dst.Pos = r.pos(n)
		keys := ruleKeys(dst)
		if m := resolve(n); m.Kind == yaml.MappingNode && len(m.Content) == 0 {
			r.errorf(n, "config-value", "%s is empty and would choose everything; it has the keys %s", what, strings.Join(names(keys), ", "))
			return
		}
		r.mapping(n, what, keys)
	}}
}

// pattern is a name with wildcards.
func pattern(dst *filter.Pattern) value {
	return text(&dst.Text, "", func(r *reader, n *yaml.Node, s string) string {
		dst.Pos = r.pos(n)
		return s
	})
}
