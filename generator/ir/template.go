package ir

import (
	"slices"
	"strings"
)

// TemplatePart is a part of the template of a path or address: a variable, or text.
type TemplatePart struct{ Variable, Text string }

// SplitTemplate splits "/a/{b}" into text and variables.
func SplitTemplate(template string) []TemplatePart {
	var parts []TemplatePart
	text := 0 // where the text begins that is not in parts yet
	for i := 0; i < len(template); i++ {
		if template[i] != '{' {
			continue
		}
		end := strings.IndexAny(template[i+1:], "{}")
		if end < 1 || template[i+1+end] == '{' {
			continue // a brace that begins no variable is text
		}
		if text < i {
			parts = append(parts, TemplatePart{Text: template[text:i]})
		}
		parts = append(parts, TemplatePart{Variable: template[i+1 : i+1+end]})
		i += 1 + end
		text = i + 1
	}
	if text < len(template) {
		parts = append(parts, TemplatePart{Text: template[text:]})
	}
	return parts
}

// VariablesIn lists the variables of a template in order, each once.
func VariablesIn(template string) []string {
	var names []string
	for _, part := range SplitTemplate(template) {
		if part.Variable != "" && !slices.Contains(names, part.Variable) {
			names = append(names, part.Variable)
		}
	}
	return names
}
