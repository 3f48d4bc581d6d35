package build

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// value is one value of an enum or const.
type value struct {
	lit  ir.Literal
	kind kinds
	ptr  string
	// name and doc come from x-enum-varnames and x-enum-descriptions, or from
	// the title and description of a oneOf of constants.
	name, doc string
}

// collectValues merges enum and const into s: several lists are intersected.
// A null among the values means that null is allowed.
func (b *builder) collectValues(s *shape, n node, null *nullness) {
	sch := n.schema
	var own []value
	has := false
	if len(sch.Enum) > 0 {
		own, has = b.listedValues(n), true
		s.extensible = s.extensible || isExtensible(sch)
	}
	if list, ok := sch.Extensions["x-extensible-enum"].([]any); ok && !has {
		ptr := join(n.ptr, "x-extensible-enum")
		for i, raw := range list {
			own = append(own, b.value(raw, index(ptr, i)))
		}
		has, s.extensible = len(own) > 0, true
	}
	if sch.Const != nil {
		c := b.value(sch.Const, join(n.ptr, "const"))
		if !has || len(own) != 1 || own[0].lit != c.lit {
			own = []value{c}
		}
		has = true
	}
	if !has && b.constNull(n) {
		own, has = []value{b.value(nil, join(n.ptr, "const"))}, true
	}
	if !has {
		return
	}
	kept := own[:0]
	seen := make(map[ir.Literal]bool, len(own))
	for _, v := range own {
		if v.lit.Kind == ir.LitNull {
			*null = nullAllowed
			continue
		}
		if !seen[v.lit] {
			seen[v.lit] = true
			kept = append(kept, v)
		}
	}
	if *null == nullUnsaid && !s.extensible {
		*null = nullRefused // it is not among the values
	}
	if len(kept) == 0 {
		if s.kinds == 0 {
			s.kinds = kindNull // nothing but null
		}
		return
	}
	if s.hasValues {
		both := intersect(s.values, kept)
		if len(both) == 0 {
			s.conflict, s.conflictPtr = "enum", n.ptr
			both = kept // the later part wins
		}
		kept = both
	}
	s.values, s.hasValues = kept, true
}

// listedValues returns the values of an enum with the names and comments that the document has for them.
func (b *builder) listedValues(n node) []value {
	sch := n.schema
	own := make([]value, 0, len(sch.Enum))
	names := extStrings(sch.Extensions, "x-enum-varnames", "x-enumNames", "x-enum-names", "x-speakeasy-enums")
	docs := extStrings(sch.Extensions, "x-enum-descriptions", "x-enumDescriptions")
	byValue := extMap(sch.Extensions, "x-enum-descriptions", "x-enumDescriptions")
	comments := extMap(sch.Extensions, "x-enum-comments")
	azure := azureValues(sch.Extensions)
	ptr := join(n.ptr, "enum")
	for i, raw := range sch.Enum {
		v := b.value(raw, index(ptr, i))
		v.name, v.doc = azure[v.lit.Text].name, azure[v.lit.Text].doc
		if i < len(names) && len(names) == len(sch.Enum) {
			v.name = names[i]
		}
		if i < len(docs) {
			v.doc = docs[i]
		} else if d, ok := byValue[v.lit.Text].(string); ok {
			v.doc = d
		} else if v.name != "" {
			v.doc = cmp.Or(extString(comments, v.name), v.doc)
		}
		own = append(own, v)
	}
	return own
}

// isExtensible reports whether other values than those listed are meant as well: the document says
// so, or the list is what swag writes for time.Duration, the units in which Go counts time.
func isExtensible(s *openapi3.Schema) bool {
	units := extStrings(s.Extensions, "x-enum-varnames")
	said := s.Extensions["x-extensible-enum"]
	return said != nil && said != false || slices.Contains(units, "Nanosecond") && slices.Contains(units, "Hour")
}

// azureValues returns what x-ms-enum says of values, by their text.
func azureValues(ext map[string]any) map[string]value {
	list, _ := extMap(ext, "x-ms-enum")["values"].([]any)
	said := map[string]value{}
	for _, item := range list {
		m, _ := item.(map[string]any)
		text := scalarText(m["value"])
		v := value{name: extString(m, "name"), doc: extString(m, "description")}
		if v.name == text {
			v.name = "" // nothing of its own
		}
		said[text] = v
	}
	return said
}

// intersect returns the values that both lists have, in the order of a.
func intersect(a, b []value) []value {
	in := map[ir.Literal]bool{}
	for _, v := range b {
		in[canonical(v.lit)] = true
	}
	var out []value
	for _, v := range a {
		if in[canonical(v.lit)] {
			out = append(out, v)
		}
	}
	return out
}

// value makes a literal of what kin-openapi decoded; numbers keep the digits
// of the source.
func (b *builder) value(raw any, ptr string) value {
	v := value{ptr: ptr, lit: b.literal(raw, ptr)}
	switch v.lit.Kind {
	case ir.LitBool:
		v.kind = kindBool
	case ir.LitNumber:
		v.kind = kindNumber
		if isInteger(v.lit.Text) || isUnsigned(v.lit.Text) {
			v.kind = kindInt
		}
	case ir.LitString:
		v.kind = kindString
	case ir.LitJSON:
		v.kind = kindObject
		if strings.HasPrefix(v.lit.Text, "[") {
			v.kind = kindArray
		}
	}
	return v
}

// literal makes a literal of a decoded JSON value.
func (b *builder) literal(raw any, ptr string) ir.Literal {
	switch x := raw.(type) {
	case nil:
		return ir.Literal{Kind: ir.LitNull, Text: "null"}
	case bool:
		return ir.Literal{Kind: ir.LitBool, Text: strconv.FormatBool(x)}
	case string:
		return ir.Literal{Kind: ir.LitString, Text: x}
	case float64:
		return ir.Literal{Kind: ir.LitNumber, Text: string(b.number(x, ptr))}
	}
	text, err := json.Marshal(raw)
	if err != nil { // can't be: raw came from JSON
		return ir.Literal{Kind: ir.LitNull, Text: "null"}
	}
	return ir.Literal{Kind: ir.LitJSON, Text: string(text)}
}

// fitValues converts values to the declared kinds: a document that lists 1
// and 2 under "type: string" means "1" and "2", and the other way round.
// Values that don't fit are left out.
func fitValues(values []value, k kinds) []value {
	out := make([]value, 0, len(values))
	for _, v := range values {
		switch {
		case v.kind&k != 0, v.kind == kindInt && k&kindNumber != 0:
		case k&kindString != 0 && v.kind&kindScalar != 0:
			v.lit.Kind, v.kind = ir.LitString, kindString
		case k&kindInt != 0 && v.kind == kindNumber && isInteger(whole(v.lit.Text)):
			v.lit.Text, v.kind = whole(v.lit.Text), kindInt
		case k&kindInt != 0 && v.kind == kindString && isInteger(v.lit.Text):
			v.lit.Kind, v.kind = ir.LitNumber, kindInt
		case k&kindNumber != 0 && v.kind == kindString && isNumber(v.lit.Text):
			v.lit.Kind, v.kind = ir.LitNumber, kindNumber
		case k&kindBool != 0 && (v.lit.Text == "true" || v.lit.Text == "false"):
			v.lit.Kind, v.kind = ir.LitBool, kindBool
		default:
			continue
		}
		out = append(out, v)
	}
	return out
}

// distinct leaves out numbers that are the same as one before, in another spelling.
func distinct(values []value) []value {
	if !slices.ContainsFunc(values, func(v value) bool { return v.lit.Kind == ir.LitNumber }) {
		return values
	}
	out := make([]value, 0, len(values))
	seen := make(map[ir.Literal]bool, len(values))
	for _, v := range values {
		if key := canonical(v.lit); !seen[key] {
			seen[key] = true
			out = append(out, v)
		}
	}
	return out
}

// canonical spells equal numbers alike: 1.0 and 1e0 as 1.
func canonical(lit ir.Literal) ir.Literal {
	if lit.Kind != ir.LitNumber {
		return lit
	}
	lit.Text = whole(lit.Text)
	if !strings.ContainsAny(lit.Text, ".e") {
		return lit
	}
	if f, err := strconv.ParseFloat(lit.Text, 64); err == nil {
		lit.Text = strconv.FormatFloat(f, 'f', -1, 64)
	}
	return lit
}

// whole leaves out decimals that are zeros.
func whole(text string) string {
	before, decimals, _ := strings.Cut(text, ".")
	if strings.Trim(decimals, "0") != "" {
		return text
	}
	return before
}

func isInteger(s string) bool {
	_, err := strconv.ParseInt(s, 10, 64)
	return err == nil
}

func isUnsigned(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

func isNumber(s string) bool { return json.Valid([]byte(s)) && s != "" && (s[0] == '-' || s[0] <= '9') }

// extStrings returns the list of strings under the first of the keys that an
// extension map has.
func extStrings(ext map[string]any, keys ...string) []string {
	for _, key := range keys {
		list, ok := ext[key].([]any)
		if !ok {
			continue
		}
		out := make([]string, len(list))
		for i, item := range list {
			out[i] = scalarText(item)
		}
		return out
	}
	return nil
}

// scalarText returns the text of a scalar in an extension; "" for what is none.
func scalarText(item any) string {
	switch x := item.(type) {
	case string:
		return x
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(x)
	}
	return ""
}

// extMap returns the object under the first of the keys that ext has.
func extMap(ext map[string]any, keys ...string) map[string]any {
	for _, key := range keys {
		if m, ok := ext[key].(map[string]any); ok {
			return m
		}
	}
	return nil
}

// extString returns the string under key, or "".
func extString(ext map[string]any, key string) string {
	s, _ := ext[key].(string)
	return s
}

// extBool returns the boolean under key, or false.
func extBool(ext map[string]any, key string) bool {
	v, _ := ext[key].(bool)
	return v
}
