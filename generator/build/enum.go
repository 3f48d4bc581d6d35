package build

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// enum makes the type of a closed list of values.
func (b *builder) enum(u *use, s *shape, l label) {
	if s.misfits > 0 {
		b.warnOnce(s.ptr, "enum-type", "values of the enum that do not have the declared type are left out")
	}
	base, ok := enumBase(s)
	switch {
	case !ok: // objects, arrays or a mix: only the schema can tell
		u.typ = &ir.Any{}
	case base == ir.Bool && len(s.values) > 1:
		u.typ = &ir.Prim{Kind: ir.Bool}
	case base == ir.Bool || (s.schema.Const != nil && len(s.values) == 1):
		u.typ, u.limits = &ir.Prim{Kind: base}, &ir.Constraint{Const: &s.values[0].lit}
	default:
		u.typ = b.declareEnum(s.node, s.values, base, b.opts.Enums.open(s.extensible), l, u.note)
	}
	u.listed = true
	if len(s.values) == 1 && !s.extensible {
		u.konst = &s.values[0].lit
	}
	if _, named := u.typ.(ir.Named); !named && l.claimed {
		b.alias(u, s.node, l)
	}
}

// enumBase returns the scalar kind that all values share.
func enumBase(s *shape) (ir.PrimKind, bool) {
	var all kinds
	for _, v := range s.values {
		all |= v.kind
	}
	switch {
	case all == kindString:
		return ir.String, true
	case all == kindBool:
		return ir.Bool, true
	case all == kindInt && s.kinds&kindNumber == 0:
		return intBase(s)
	case all.only(kindInt | kindNumber):
		return ir.Float64, true
	}
	return "", false
}

// intBase is enumBase for integers, which an unsigned type or one that is larger
// than that of the format may have to hold.
func intBase(s *shape) (ir.PrimKind, bool) {
	small, signed, unsigned := true, true, true
	for _, v := range s.values {
		_, err := strconv.ParseInt(v.lit.Text, 10, 32)
		small = small && err == nil
		signed = signed && isInteger(v.lit.Text)
		unsigned = unsigned && isUnsigned(v.lit.Text)
	}
	kind := intKind(s)
	switch {
	case !signed && unsigned:
		kind = ir.Uint64
	case kind == ir.Uint64 && !unsigned, kind == ir.Int32 && !small:
		kind = ir.Int64
	}
	return kind, signed || unsigned
}

func literals(values []value) []ir.Literal {
	out := make([]ir.Literal, len(values))
	for i, v := range values {
		out[i] = v.lit
	}
	return out
}

// declareEnum declares an enum with a constant for each value.
func (b *builder) declareEnum(n node, values []value, base ir.PrimKind, open bool, l label, note note) *ir.Enum {
	e := &ir.Enum{Decl: b.decl(n, l, note), Base: base, Open: open}
	b.api.Types = append(b.api.Types, e)
	all := b.spellingOf(values, e.GoName)
	for _, v := range values {
		e.Values = append(e.Values, &ir.EnumValue{
			GoName: b.constant(e, v, all), Doc: v.doc, Value: v.lit, Pos: pos(v.ptr),
		})
	}
	return e
}

// constant claims the name of a constant and reports it when it could not be
// had as it is.
func (b *builder) constant(e *ir.Enum, v value, all spelling) string {
	wanted := []string{e.GoName + b.endOf(e, v, all)}
	if v.name != "" { // names that are one in Go: NAME and _NAME
		v.name = ""
		wanted = append(wanted, e.GoName+b.endOf(e, v, spelling{}))
	}
	if signed := signs.ReplaceAllStringFunc(v.lit.Text, spelledSign); signed != v.lit.Text && v.lit.Kind == ir.LitString {
		wanted = append(wanted, e.GoName+b.names.Exported(signed))
	}
	if want := wanted[0]; b.components[want] {
		wanted = append(wanted, want+"Value")
	}
	o := ir.Origin{Pointer: e.Origin, Part: ir.PartValue, Key: v.lit.Text}
	want, ordered := wanted[0], b.rename(v.ptr) != ""
	got := b.takeFor(&b.scope, o, ordered, wanted...)
	if got != want && !b.settled(o, got, ordered) {
		b.warnf(v.ptr, "name-taken", "the Go name %s is taken; %s is used for %.60q (choose one with names in gen.yaml)", want, got, v.lit.Text)
	}
	return got
}

// signs are the signs within a text that are no more than a gap between words as a rule.
var signs = regexp.MustCompile(`[+]|-[0-9]`)

// spelledSign writes a sign as a word, so that GMT+1 and GMT-1 are told apart.
func spelledSign(sign string) string {
	if sign == "+" {
		return " plus "
	}
	return " minus " + sign[1:]
}

// endOf returns what follows the name of an enum in that of a constant.
func (b *builder) endOf(e *ir.Enum, v value, all spelling) string {
	end := b.valueName(v, all)
	if rest, ok := strings.CutPrefix(end, "N"); ok && startsWithDigit(rest) && startsWithDigit(v.lit.Text) && !endsWithDigit(e.GoName) {
		return rest // the enum's name stands in front, so no letter is needed
	}
	return end
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func endsWithDigit(s string) bool { return s != "" && startsWithDigit(s[len(s)-1:]) }

// valueName returns the part of a constant's name that stands for the value.
func (b *builder) valueName(v value, all spelling) string {
	if name := b.rename(v.ptr); name != "" {
		return name
	}
	switch {
	case v.name != "" && all.said > 0:
		rest := strings.Join(naming.Words(v.name)[all.said:], " ")
		if all.shouted {
			rest = strings.ToLower(rest)
		}
		return b.names.Exported(rest)
	case v.name != "" && isPlain(v.name) && all.shouted && all.spaced:
		return b.names.Exported(strings.ToLower(v.name)) // as its neighbours, SUB_COMMAND and the like
	case v.name != "" && isPlain(v.name):
		return v.name // the author chose the capitals
	case v.name != "":
		return b.names.Exported(v.name)
	case v.lit.Kind == ir.LitNumber:
		return strings.NewReplacer("-", "Minus", ".", "Point", "+", "").Replace(v.lit.Text)
	}
	return b.names.Join(all.of(v))
}

// spelling is how the values of an enum are written, or their names.
type spelling struct {
	beginnings map[string]int // how many values begin with the same words, where these are a sentence
	shouted    bool           // in capitals that mean nothing: LOW, MEDIUM; unlike USD, EUR
	spaced     bool           // one of them has several words
	said       int            // the words that all begin with and the name of their type ends with
}

// spellingOf looks at all values: a few codes beside longer words are words too,
// and so are capitals beside capitals with signs between them.
func (b *builder) spellingOf(values []value, typeName string) spelling {
	s := spelling{beginnings: map[string]int{}, shouted: true, said: saidBy(typeName, values)}
	short, long := 0, 0
	for _, v := range values {
		text := v.lit.Text
		words := naming.Words(text)
		if len(words) >= sentence {
			s.beginnings[beginning(words)]++
		}
		if v.name != "" {
			text, words = v.name, naming.Words(v.name)
		}
		s.spaced = s.spaced || len(words) > 1
		switch {
		case text != strings.ToUpper(text):
			s.shouted = false
		case len(words) > 1:
			long++
		case b.names.Exported(strings.ToLower(text)) == text: // always in capitals
		case len(text) > 3:
			long++
		default:
			short++
		}
	}
	s.shouted = s.shouted && 2*long >= short && long > 0
	return s
}

// saidBy returns how many words of the values the name of their type says: those that it ends with
// and all of them begin with, as in the language of Protocol Buffers STATE_ACTIVE of State does, and
// StateActive in Go.
func saidBy(typeName string, values []value) int {
	name := naming.Words(typeName)
	for n := min(len(name), 4); n > 0; n-- {
		said := func(v value) bool {
			words := naming.Words(cmp.Or(v.name, v.lit.Text))
			return (v.name != "" || v.lit.Kind == ir.LitString) && len(words) > n && slices.EqualFunc(words[:n], name[len(name)-n:], strings.EqualFold)
		}
		if len(values) > 1 && !slices.ContainsFunc(values, func(v value) bool { return !said(v) }) {
			return n
		}
	}
	return 0
}

// sentence is how many words of a sentence are enough for a name.
const sentence = 8

// beginning is what of a sentence is enough for a name.
func beginning(words []string) string { return strings.Join(words[:sentence], " ") }

// of returns the words of a value, of a sentence only those that it begins
// with, unless another value begins with them as well.
func (s spelling) of(v value) []string {
	words := naming.Words(v.lit.Text)
	if len(words) > sentence && s.beginnings[beginning(words)] == 1 {
		words = words[:sentence]
	}
	words = words[s.said:]
	if s.shouted && len(words) == 1 {
		return []string{strings.ToLower(words[0])}
	}
	return words
}

// isPlain reports whether s can be a part of an identifier as it is: ASCII
// capitals and digits only, such as "US5".
func isPlain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') })
}
