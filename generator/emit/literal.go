package emit

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// constant returns the Go form of a literal as a value of type t: the constant
// of an enum or a basic literal; false when Go has none.
func (e *emitter) constant(t ir.Type, lit ir.Literal) (*jen.Statement, bool) {
	switch t := ir.Underlying(t).(type) {
	case *ir.Enum:
		for _, v := range t.Values {
			if v.Value == lit {
				return jen.Id(v.GoName), true
			}
		}
	case *ir.Prim:
		return basicLit(t.Kind, lit)
	}
	return nil, false
}

// basicLit returns a literal as a Go constant of a basic kind.
func basicLit(kind ir.PrimKind, lit ir.Literal) (*jen.Statement, bool) {
	text, ok := basicText(kind, lit)
	if !ok {
		return nil, false
	}
	return raw(text), true
}

// basicText is basicLit as text.
func basicText(kind ir.PrimKind, lit ir.Literal) (string, bool) {
	switch {
	case kind == ir.String && lit.Kind == ir.LitString:
		return strconv.Quote(lit.Text), true
	case kind == ir.Bool && lit.Kind == ir.LitBool:
		return strconv.FormatBool(lit.Text == "true"), true
	case lit.Kind != ir.LitNumber:
	case kind == ir.Int64:
		if n, ok := integer(ir.Number(lit.Text)); ok {
			return strconv.FormatInt(n, 10), true
		}
	case kind == ir.Int32:
		if n, ok := integer(ir.Number(lit.Text)); ok && int64(int32(n)) == n {
			return strconv.FormatInt(n, 10), true
		}
	case kind == ir.Uint64:
		if n, ok := wholeNumber(ir.Number(lit.Text)); ok && n.IsUint64() {
			return n.String(), true
		}
	case kind == ir.Float64 || kind == ir.Float32:
		if f, err := strconv.ParseFloat(lit.Text, 64); err == nil {
			return floatText(f), true
		}
	}
	return "", false
}

// intLit writes an integer without a type: jen.Lit would write int64(5).
func intLit(n int64) *jen.Statement { return raw(strconv.FormatInt(n, 10)) }

// floatLit writes a number without a type.
func floatLit(f float64) *jen.Statement { return raw(floatText(f)) }

// floatText is floatLit as text.
func floatText(f float64) string {
	if text := strconv.FormatFloat(f, 'g', -1, 64); !strings.ContainsAny(text, "nI") { // not NaN or Inf
		return text
	}
	return "0"
}

// canonical returns the JSON text that the generated encoder writes for a
// literal, as far as it can be told.
func canonical(lit ir.Literal) string {
	switch lit.Kind {
	case ir.LitString:
		return quoteJSON(lit.Text)
	case ir.LitNull:
		return "null"
	case ir.LitBool:
		return lit.Text
	case ir.LitNumber:
		return canonicalNumber(lit.Text)
	}
	dec := json.NewDecoder(strings.NewReader(lit.Text))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return lit.Text
	}
	return canonicalValue(v)
}

func canonicalValue(v any) string {
	switch v := v.(type) {
	case json.Number:
		return canonicalNumber(string(v))
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = canonicalValue(item)
		}
		return "[" + strings.Join(parts, ",") + "]"
	case map[string]any:
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, quoteJSON(key)+":"+canonicalValue(v[key]))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case string:
		return quoteJSON(v)
	case bool:
		return strconv.FormatBool(v)
	}
	return "null"
}

// canonicalNumber writes 1.0 as 1, as the generated encoder does.
func canonicalNumber(text string) string {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return strconv.FormatInt(n, 10)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	format := byte('f')
	if f != 0 && (f < 1e-6 && f > -1e-6 || f >= 1e21 || f <= -1e21) {
		format = 'e'
	}
	return strconv.FormatFloat(f, format, -1, 64)
}

// quoteJSON writes a string as the generated encoder does.
func quoteJSON(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s { // what is not UTF-8 becomes U+FFFD
		switch {
		case r == '"' || r == '\\':
			b.WriteString("\\" + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
