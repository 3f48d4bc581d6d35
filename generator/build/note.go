package build

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// note is what a schema says beside its type.
type note struct {
	doc, deprecated                string
	readOnly, writeOnly, sensitive bool
	deflt                          *ir.Literal
}

// noteOf returns what a schema says beside its type, itself or by the parts that
// are written into it.
func (b *builder) noteOf(n node) note {
	var out note
	parts := b.aspects(n)
	for _, part := range parts {
		sch := part.schema
		out.readOnly = out.readOnly || sch.ReadOnly
		out.writeOnly = out.writeOnly || sch.WriteOnly
		out.sensitive = out.sensitive || isSensitive(sch)
		if out.deprecated == "" {
			out.deprecated = deprecation(sch.Deprecated, sch.Extensions)
		}
		if sch.Default != nil && out.deflt == nil {
			lit := b.literal(sch.Default, join(part.ptr, "default"))
			out.deflt = &lit
		}
	}
	out.doc = wordsOf(parts)
	for _, part := range parts {
		out.doc = withReading(out.doc, part.schema.ExternalDocs)
	}
	return out
}

// withReading adds to a text where the document says that more is to be read.
func withReading(text string, docs *openapi3.ExternalDocs) string {
	more := whereToRead(docs)
	if more == "" || strings.Contains(text, docs.URL) {
		return text
	}
	return strings.TrimPrefix(strings.TrimSpace(text)+"\n\n"+more, "\n\n")
}

// whereToRead is a line about where more is to be read; empty if that is nowhere, or
// only the authors of the document know on which site.
func whereToRead(docs *openapi3.ExternalDocs) string {
	if docs == nil || !strings.Contains(docs.URL, "://") {
		return ""
	}
	if about := strings.TrimRight(strings.TrimSpace(docs.Description), ".:"); about != "" {
		return about + ": " + docs.URL
	}
	return "See " + docs.URL
}

// aspects lists a schema and those written into it that speak of the same values:
// the parts of allOf and, but for null, the only alternative. What they refer to
// speaks for itself.
func (b *builder) aspects(n node) []node {
	all := []node{n}
	for i, ref := range n.schema.AllOf {
		if ref.Ref == "" {
			all = append(all, b.aspects(b.follow(place{ref, index(join(n.ptr, "allOf"), i)}))...)
		}
	}
	if only, ok := b.onlyAlternative(n); ok {
		all = append(all, b.aspects(only)...)
	}
	return all
}

// onlyAlternative returns the alternative of a schema that is written into it, where
// there is no other but null. What stands beside a constant is said of that.
func (b *builder) onlyAlternative(n node) (node, bool) {
	var found []place
	add := func(refs openapi3.SchemaRefs, key string) {
		for i, ref := range refs {
			if p := (place{ref, index(join(n.ptr, key), i)}); !b.isNull(b.follow(p)) {
				found = append(found, p)
			}
		}
	}
	add(n.schema.OneOf, "oneOf")
	add(n.schema.AnyOf, "anyOf")
	if len(found) != 1 || found[0].ref.Ref != "" || b.growing(n) {
		return node{}, false
	}
	only := b.follow(found[0])
	return only, only.schema.Const == nil && len(only.schema.Enum) != 1
}

// oneWay reports whether values of a schema are in requests only, or in responses.
func (b *builder) oneWay(n node) bool {
	return slices.ContainsFunc(b.aspects(n), func(part node) bool { return part.schema.ReadOnly || part.schema.WriteOnly })
}

// wordsOf returns the description of the first of some schemas or, where it has none, those of the
// others, of which the last was written with the most in mind; without any, a title.
func wordsOf(parts []node) string {
	if parts[0].schema.Description != "" {
		return parts[0].schema.Description
	}
	var words []string
	for _, part := range slices.Backward(parts) {
		if text := part.schema.Description; text != "" && !slices.Contains(words, text) {
			words = append(words, text)
		}
	}
	if len(words) == 0 {
		return parts[0].schema.Title
	}
	return strings.Join(words, "\n\n")
}

// docOf returns a schema's description, or else its title.
func docOf(sch *openapi3.Schema) string {
	if sch.Description != "" {
		return sch.Description
	}
	return sch.Title
}

// deprecation returns the sentences of a Deprecated paragraph.
func deprecation(deprecated bool, ext map[string]any) string {
	text := ""
	for _, key := range []string{"x-deprecation-reason", "x-deprecated", "x-deprecation-message"} {
		if text = extString(ext, key); text != "" {
			break
		}
	}
	if text == "" && deprecated {
		text = "The API marks this as deprecated."
	}
	if end := extString(ext, "x-sunset"); end != "" && text != "" && !strings.Contains(text, end) {
		text = strings.TrimRight(text, ". ") + ". It ends on " + end + "."
	}
	return text
}

// remarks returns paragraphs about an operation beside its description.
func remarks(op *openapi3.Operation) []string {
	all := []string{stability(op.Extensions), whereToRead(op.ExternalDocs)}
	return slices.DeleteFunc(all, func(text string) bool { return text == "" })
}

// stability says of an operation that may change or go away that it does.
func stability(ext map[string]any) string {
	if text := extString(ext, "x-unstable"); text != "" {
		return text
	}
	level := strings.ToLower(extString(ext, "x-stability-level"))
	for _, flag := range []string{"unstable", "experimental", "beta"} {
		if extBool(ext, "x-"+flag) {
			level = flag
		}
	}
	if level == "" || level == "stable" {
		return ""
	}
	return "The API marks this as " + level + "."
}
