package load

import (
	"slices"
	"strings"
)

// schema repairs what concerns several keywords of a schema at once.
func (r *repairer) schema(n *node) {
	r.requiredMarks(n)
	r.tuple(n)
	r.bounds(n, "minimum", "exclusiveMinimum")
	r.bounds(n, "maximum", "exclusiveMaximum")
	r.typeFormat(n)
	r.noteAbsence(n)
	n.liftNull()
	n.quotedNumber()
	n.asTexts()
}

// asTexts makes text of the numbers among the values of a schema for strings:
// what is written there as 010 or 1e3 means itself.
func (n *node) asTexts() {
	isText := false
	for _, t := range n.texts("type") {
		if t != "string" && t != "null" {
			return
		}
		isText = isText || t == "string"
	}
	if !isText {
		return
	}
	values := []*node{n.get("const"), n.get("default")}
	if list := n.get("enum"); list != nil && list.kind == kindArray {
		for _, m := range list.kids {
			values = append(values, m.val)
		}
	}
	for _, v := range values {
		if v != nil && v.kind == kindNumber {
			v.kind = kindString
		}
	}
}

// liftDiscriminator moves the discriminator of what a schema adds to its base, a part of allOf that
// is no reference, to the schema: who extends that is chosen by it. It runs when the parts are repaired.
func (r *repairer) liftDiscriminator(n *node) {
	parts := n.get("allOf")
	if parts == nil || n.get("discriminator") != nil {
		return
	}
	for _, m := range parts.kids {
		if d := m.val.get("discriminator"); d != nil && m.val.get("$ref") == nil {
			m.val.remove("discriminator")
			n.set("discriminator", d)
			return
		}
	}
}

// requiredMarks moves `required: true` of a property to its parent's list.
func (r *repairer) requiredMarks(n *node) {
	if mark := n.get("required"); mark != nil && isMark(mark) {
		r.warn(mark, "repaired", `"required" must be a list of property names; %s is ignored here`, describe(mark))
		n.remove("required")
	}
	properties := n.get("properties")
	if properties == nil || properties.kind != kindObject {
		return
	}
	var listed map[string]bool
	for _, m := range properties.kids {
		mark := m.val.get("required")
		if mark == nil || !isMark(mark) {
			continue
		}
		m.val.remove("required")
		if asBool(mark) == "false" {
			r.warn(mark, "repaired", `"required" of a property belongs into its object; false is ignored`)
			continue
		}
		r.warn(mark, "repaired", `"required" of a property belongs into its object; %q is added to the list there`, shorten(m.key))
		list := n.get("required")
		if list == nil || list.kind != kindArray {
			list = mark.at(kindArray)
			n.set("required", list)
		}
		if listed == nil {
			listed = make(map[string]bool, len(list.kids))
			for _, e := range list.kids {
				listed[e.val.text] = true
			}
		}
		if !listed[m.key] {
			list.kids = append(list.kids, member{val: mark.stringAt(m.key)})
		}
	}
}

// isMark tells whether the value of "required" is a yes or no.
func isMark(v *node) bool {
	return v.kind == kindBool || v.kind == kindString && (strings.EqualFold(v.text, "true") || strings.EqualFold(v.text, "false"))
}

// tuple rewrites a list under "items", as JSON Schema had it before 2020-12.
func (r *repairer) tuple(n *node) {
	items := n.get("items")
	if items == nil || items.kind != kindArray {
		return
	}
	n.remove("items")
	if len(items.kids) == 1 && r.minor == 0 {
		r.warn(items, "repaired", `"items" must be a schema, not a list; its only element is taken`)
		n.set("items", items.kids[0].val)
		return
	}
	r.warn(items, "repaired", `"items" must be a schema, not a list; it is taken as "prefixItems"`)
	if n.get("prefixItems") == nil {
		n.set("prefixItems", items)
	}
	if rest := n.remove("additionalItems"); rest != nil {
		n.set("items", rest)
	}
}

// bounds writes an exclusive bound as OpenAPI 3.1 does, as a number.
func (r *repairer) bounds(n *node, inclusive, exclusive string) {
	v := n.get(exclusive)
	if v == nil || v.kind != kindBool && v.kind != kindString {
		return
	}
	if v.kind == kindString && isCoreNumber(strings.TrimSpace(v.text)) {
		return
	}
	limit := n.get(inclusive)
	switch {
	case asBool(v) == "":
		r.wrongKind(exclusive, "a number or a boolean", v)
	case asBool(v) == "true" && limit != nil:
		r.boolean(exclusive, v) // reports what is none
		n.remove(inclusive)
		n.set(exclusive, limit)
		return
	case asBool(v) == "true":
		r.warn(v, "repaired", "%q needs %q, which is missing; it is ignored", exclusive, inclusive)
	}
	n.remove(exclusive)
}

// bound repairs an exclusive bound that bounds has left alone.
func (r *repairer) bound(name string, v *node) *node { return r.number(name, v) }

// typeAlias is what a type that JSON Schema does not have stands for.
type typeAlias struct{ name, format string }

// aliasOf knows the types that documents borrow from elsewhere. An empty
// name means any type.
func aliasOf(name string) (typeAlias, bool) {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "any", "mixed", "*", "unknown", "anytype", "jsonnode", "":
		return typeAlias{}, true
	case "file", "binary":
		return typeAlias{"string", "binary"}, true
	case "date", "uuid", "byte", "password", "email", "uri", "ipv4", "ipv6", "hostname", "time", "duration":
		return typeAlias{"string", strings.ToLower(strings.TrimSpace(name))}, true
	case "date-time", "datetime":
		return typeAlias{"string", "date-time"}, true
	case "url":
		return typeAlias{"string", "uri"}, true
	case "str", "text", "char", "enum", "timestamp", "string":
		return typeAlias{"string", ""}, true
	case "int", "integer", "short":
		return typeAlias{"integer", ""}, true
	case "int32":
		return typeAlias{"integer", "int32"}, true
	case "int64", "long", "bigint":
		return typeAlias{"integer", "int64"}, true
	case "float", "double":
		return typeAlias{"number", strings.ToLower(strings.TrimSpace(name))}, true
	case "decimal", "numeric", "number":
		return typeAlias{"number", ""}, true
	case "bool", "boolean":
		return typeAlias{"boolean", ""}, true
	case "list", "set", "array":
		return typeAlias{"array", ""}, true
	case "map", "dict", "hash", "json", "struct", "object":
		return typeAlias{"object", ""}, true
	case "null", "none", "nil":
		return typeAlias{"null", ""}, true
	}
	return typeAlias{}, false
}

// knownType tells whether a lone string where a schema belongs is a type.
func knownType(name string) bool {
	alias, ok := aliasOf(name)
	return ok && alias.name != ""
}

// typeFormat gives a schema the format that its borrowed type implies, and the types that a format
// means: int-or-string of Kubernetes is both. What gnostic calls an integer of the format enum is a
// number or a name, as the server likes; all that is known is that Protocol Buffers have its values.
func (r *repairer) typeFormat(n *node) {
	v, format := n.get("type"), n.get("format")
	if v == nil || v.kind != kindString {
		return
	}
	if format != nil {
		switch {
		case v.text == "string" && format.text == "int-or-string":
			both := v.at(kindArray)
			both.kids = []member{{val: v.stringAt("integer")}, {val: v}}
			n.set("type", both)
			n.remove("format")
		case v.text == "integer" && format.text == "enum" && n.get("enum") == nil:
			if n.get("description") == nil {
				n.set("description", v.stringAt("The name of a value, or its number."))
			}
			n.remove("type")
			n.remove("format")
		}
		return
	}
	if alias, ok := aliasOf(v.text); ok && alias.format != "" {
		n.set("format", v.stringAt(alias.format))
	}
}

// schemaType repairs the value of a schema's type.
func (r *repairer) schemaType(v *node) *node {
	switch v.kind {
	case kindNull:
		if r.minor == 0 {
			return r.wrongKind("type", "a string", v)
		}
		r.warn(v, "repaired", `"type" must be a string; null is taken as "null"`)
		return v.stringAt("null")
	case kindString:
		if parts := strings.FieldsFunc(v.text, func(c rune) bool { return c == ',' || c == '|' }); len(parts) > 1 {
			r.warn(v, "repaired", `"type" must be one type or a list; %q is taken as a list`, shorten(v.text))
			out := v.at(kindArray)
			for _, part := range parts {
				out.kids = append(out.kids, member{val: v.stringAt(strings.TrimSpace(part))})
			}
			return r.schemaType(out)
		}
		return r.typeName(v)
	case kindArray:
		kept := v.kids[:0]
		for _, m := range v.kids {
			if m.val.kind == kindNull {
				m.val = m.val.stringAt("null")
			}
			if m.val.kind != kindString {
				r.wrongKind("an element of type", "a string", m.val)
				continue
			}
			if m.val = r.typeName(m.val); m.val == nil {
				return nil // one of the types is any
			}
			if !slices.ContainsFunc(kept, func(e member) bool { return e.val.text == m.val.text }) {
				kept = append(kept, m)
			}
		}
		if v.kids = kept; len(kept) == 0 {
			return nil
		}
		return v
	}
	return r.wrongKind("type", "a string or a list of strings", v)
}

// typeName repairs a single type; nil means any type.
func (r *repairer) typeName(v *node) *node {
	switch v.text {
	case "string", "integer", "number", "boolean", "array", "object", "null":
		return v
	}
	alias, ok := aliasOf(v.text)
	switch {
	case !ok || alias.name == "":
		r.warn(v, "unknown-type", "there is no type %q; any value is taken", shorten(v.text))
		return nil
	default:
		r.warn(v, "unknown-type", "there is no type %q; it is taken as %q", shorten(v.text), alias.name)
	}
	return v.stringAt(alias.name)
}
