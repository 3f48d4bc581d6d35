package support

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
)

// unknown consumes a value that no variant matches and returns a copy of it;
// nil for null.
func (d *decoder) unknown() []byte {
	if d.strict != nil {
		d.strict.add("", "oneOf", "")
	}
	if d.null() {
		return nil
	}
	return bytes.Clone(d.raw())
}

// discriminatorOr is discriminator for a base that others extend: an object that does not say what it
// is, is the base.
func (d *decoder) discriminatorOr(property, base string) string {
	if value := d.discriminator(property); value != "" || d.peek() != '{' {
		return value
	}
	return base
}

// unknownOrNull is unknown where null is among the variants.
func (d *decoder) unknownOrNull() []byte {
	if d.null() {
		return nil
	}
	return d.unknown()
}

// missing consumes null where it is not among the variants, and reports whether
// it did.
func (d *decoder) missing() bool {
	missing := d.peek() == 'n'
	if missing {
		d.unknown()
	}
	return missing
}

// variant writes the variant of a union.
func (e *encoder) variant(v any) {
	text, kept := variantText(v)
	switch {
	case e.err != nil, kept && !json.Valid(text):
		e.null()
	case kept:
		e.raw(string(text))
	default:
		e.value(addressed(reflect.ValueOf(v)).Interface())
	}
}

// variantText returns the JSON text that was kept of a value that no variant
// matches; nothing of no value at all.
func variantText(v any) (text []byte, kept bool) {
	if x := reflect.ValueOf(v); v == nil || x.Kind() == reflect.Pointer && x.IsNil() {
		return nil, true
	}
	if unknown, ok := v.(interface{ kept() []byte }); ok {
		return unknown.kept(), true
	}
	return nil, false
}

// present checks the variant of a union and reports whether it is one of those
// of the document. The keyword is what null breaks, as which the encoder writes
// nothing and what is no JSON; it is empty where null is among the variants.
// Decoding has reported null in a response.
func (c *checker) present(keyword string, v any) bool {
	text, kept := variantText(v)
	if kept && keyword != "" && !c.lenient && !json.Valid(text) {
		c.add("", keyword, "")
	}
	c.variant(v)
	return !kept
}

// variant checks the variant of a union.
func (c *checker) variant(v any) {
	if x := reflect.ValueOf(v); v != nil && c.enter() {
		c.check(addressed(x).Interface())
		c.depth--
	}
}

// addressed is x as a pointer.
func addressed(x reflect.Value) reflect.Value {
	if x.Kind() == reflect.Pointer {
		return x
	}
	p := reflect.New(x.Type())
	p.Elem().Set(x)
	return p
}

// mark is a place in the input to return to.
type mark struct {
	pos, depth, found int
	lost              int64
}

func (d *decoder) mark() mark {
	m := mark{pos: d.pos, depth: d.depth, lost: d.lost}
	if d.strict != nil {
		m.found = len(d.strict.list)
	}
	return m
}

// rewind returns to a mark, to read again what comes after it.
func (d *decoder) rewind(to mark) {
	d.spent += int64(d.pos - to.pos)
	d.pos, d.depth, d.lost = to.pos, to.depth, to.lost
	if d.strict != nil {
		d.strict.list = d.strict.list[:to.found]
	}
}

// exhausted reports whether too much has been read again. Without a bound,
// deep nests of unions would take a time that has no relation to their size.
func (d *decoder) exhausted() bool { return d.spent > 64*int64(len(d.data))+1<<16 }

// patient reports whether little has been read again so far.
func (d *decoder) patient() bool { return d.spent <= 8*int64(len(d.data))+1<<12 }

// discriminator returns the property of the next value that tells which
// variant it is, without consuming it; empty when there is none.
func (d *decoder) discriminator(property string) string {
	if d.peek() != '{' {
		return ""
	}
	value := ""
	start, strict := d.mark(), d.strict
	d.strict = nil
	for name := range d.members {
		raw := d.raw()
		if name == property {
			var quoted bool
			if value, quoted = literalText(raw); !quoted {
				value = cmp.Or(integerText(value), value) // 1.0 is 1
			}
			break
		}
	}
	d.strict = strict
	d.rewind(start)
	if d.exhausted() {
		d.fail(errors.New("too many nested unions"))
	}
	return value
}

// literalText returns the text of a scalar: of a string without its quotes
// and escapes, of everything else as it is.
func literalText(raw []byte) (text string, quoted bool) {
	if len(raw) == 0 || raw[0] != '"' {
		return string(raw), false
	}
	return (&decoder{data: raw, copyStrings: true}).text(), true
}

// shape tells which JSON a variant of a union accepts.
type shape struct {
	kinds  kinds
	consts []constant // properties with listed values
	// consts, required and known are of an object, or of the items of a list.
	required []string
	known    []string // sorted
	open     bool     // it keeps other properties as well
	values   *scalars // the scalars it accepts; nil for any
}

// constant is a property with listed values, or the property inner of it or of the first item in it.
type constant struct {
	name, inner string
	values      scalars
}

// scalars is a list of strings, and of numbers and booleans as they are
// written in JSON. One that grows tells no variant from another: a value that
// is not listed yet is no contradiction where all else fits.
type scalars struct {
	strings, others []string
	grows           bool
}

// kinds is a set of JSON kinds.
type kinds uint8

const (
	objects kinds = 1 << iota
	arrays
	strs
	ints
	floats
	bools

	anyKind = objects | arrays | strs | ints | floats | bools
)

// union is an attempt to decode the variants of a union, the best match
// first; in the end variant is -1, for a value that is kept as it is.
type union struct {
	d       *decoder
	start   mark
	order   []int // variants that may match, the best first
	rivals  []int // those among which what a value holds decides, tried before the others
	tied    int   // how many of them are as good as the first; the others have to fit in all
	tries   int
	variant int
	trial   *violations // of the variant, one of the rivals
	least   misfit      // of those tied
}

// misfit is a variant, and how much of a value does not fit: what it has no place for, and what breaks
// it as far as decoding and its limits tell.
type misfit struct {
	variant      int
	lost, broken int64
}

// union looks at the next value to choose among the variants.
func (d *decoder) union(shapes []shape) union {
	u := union{d: d, start: d.mark(), least: misfit{variant: -1}}
	kind := d.kinds()
	for i, s := range shapes {
		if s.kinds&kind != 0 {
			u.order = append(u.order, i)
		}
	}
	if len(u.order) < 2 {
		return u
	}
	if kind == objects || kind == arrays && d.firstItem() {
		if u.rank(shapes); d.err != nil && kind == arrays {
			d.path = append(d.path, indexToken(0))
		}
	} else if raw := d.raw(); d.err == nil {
		u.order = slices.DeleteFunc(u.order, func(i int) bool {
			return shapes[i].values != nil && !shapes[i].values.has(raw)
		})
		u.rivals, u.tied = u.order, len(u.order)
	}
	if len(u.rivals) < 2 { // nothing to decide
		u.rivals, u.tied = nil, 0
	}
	d.rewind(u.start)
	return u
}

// firstItem goes to the first item of an array, by which lists of objects are
// told apart. It reports whether that is an object; if not, it stays.
func (d *decoder) firstItem() bool {
	start := d.pos
	d.pos++
	if d.peek() == '{' {
		return true
	}
	d.pos = start
	return false
}

// next moves on to the next variant to try, until one fits. Value is what was made of the last.
func (u *union) next(value any) bool {
	d := u.d
	if u.trial != nil {
		d.strict = nil
	}
	switch {
	case u.tries == 0:
	case u.variant < 0, d.malformed:
		return false
	case d.err == nil && !u.objected() && !u.misfits(value):
		return false
	default:
		d.rewind(u.start)
		d.err, d.path = nil, d.path[:0]
	}
	u.variant, u.trial = u.choose(), nil
	if u.tries++; u.tries <= len(u.rivals) && d.strict == nil && d.patient() {
		u.trial = &violations{}
		d.strict = u.trial
	}
	return d.err == nil
}

// choose returns the variant to try now, -1 when there is none. What the best has only no place for is
// no reason to take one that matches less.
func (u *union) choose() int {
	if u.tries >= u.tied && u.tries < len(u.rivals) && (u.least.variant >= 0 && u.least.broken == 0 || !u.d.patient()) {
		u.rivals = u.rivals[:u.tries]
	}
	again := u.tries - len(u.rivals)
	switch {
	case u.d.exhausted():
	case again < 0:
		return u.rivals[u.tries]
	case again == 0 && u.least.variant >= 0: // v.Value holds another
		return u.least.variant
	case u.tied+again < len(u.order):
		return u.order[u.tied+again]
	}
	return -1
}

// objected reports whether strict decoding found fault with the variant while
// there are others.
func (u *union) objected() bool {
	return u.d.strict != nil && len(u.d.strict.list) > u.start.found && len(u.order) > 1
}

// misfits reports whether the variant does not fit in all, while a rival may: what the properties hold
// decides then. The best of those tied is read once more.
func (u *union) misfits(value any) bool {
	if u.tries > len(u.rivals) || u.trial == nil && !u.d.patient() {
		return false
	}
	m := misfit{u.variant, u.d.lost - u.start.lost, int64(len(u.broken(value)))}
	if u.trial != nil {
		m.broken += int64(len(u.trial.list))
	}
	if much := m.lost + m.broken; much == 0 {
		return false
	} else if u.tries <= u.tied && (u.least.variant < 0 || much < u.least.lost+u.least.broken) {
		u.least = m
	}
	if !u.d.patient() {
		u.rivals = u.rivals[:u.tries]
	}
	return true
}

// broken returns the limits that a value does not meet. Looking at it counts as reading it again.
func (u *union) broken(value any) []Violation {
	if value == nil || !u.d.patient() {
		return nil
	}
	c := &checker{lenient: true}
	c.check(addressed(reflect.ValueOf(value)).Interface())
	u.d.spent += int64(u.d.pos-u.start.pos) + c.spent/8
	return c.list
}

// rank orders the variants by how well they match an object and drops those
// that contradict it or that know nothing of it but lack what they require.
func (u *union) rank(shapes []shape) {
	object := u.d.properties()
	scores := map[int]score{}
	u.order = slices.DeleteFunc(u.order, func(i int) bool {
		s, ok := shapes[i].score(object)
		scores[i] = s
		return !ok || s.missing > 0 && s.known == 0
	})
	slices.SortStableFunc(u.order, func(i, j int) int {
		return cmp.Or(
			cmp.Compare(scores[j].constants, scores[i].constants),
			cmp.Compare(scores[i].missing, scores[j].missing),
			cmp.Compare(scores[i].unknown, scores[j].unknown),
			cmp.Compare(scores[j].known, scores[i].known),
		)
	})
	for u.tied < len(u.order) && scores[u.order[u.tied]] == scores[u.order[0]] {
		u.tied++
	}
	u.rivals = slices.Clip(u.order[:u.tied])
	for _, i := range u.order[u.tied:] {
		if s := scores[i]; s.missing == 0 && (s.unknown == 0 || shapes[i].open || len(shapes[i].known) == 0) {
			u.rivals = append(u.rivals, i)
		}
	}
}

// property is a property of an object that is not decoded.
type property struct {
	name string
	raw  []byte
}

// properties consumes an object.
func (d *decoder) properties() (list []property) {
	strict := d.strict
	d.strict = nil
	for name := range d.members {
		list = append(list, property{name, d.raw()})
	}
	d.strict = strict
	return list
}

// valueOf returns the JSON text of a property, the last of its name; nil when
// there is none.
func valueOf(object []property, name string) []byte {
	for _, p := range slices.Backward(object) {
		if p.name == name {
			return p.raw
		}
	}
	return nil
}

// score tells how well an object matches a shape.
type score struct{ constants, missing, known, unknown int }

func (s *shape) score(object []property) (score, bool) {
	var sc score
	unlisted := false
	for _, c := range s.consts {
		raw := valueOf(object, c.name)
		if c.inner != "" && raw != nil {
			in := &decoder{data: raw}
			if raw[0] == '[' {
				in.firstItem()
			}
			raw = valueOf(in.properties(), c.inner)
		}
		switch {
		case raw == nil, raw[0] == 'n' && (c.values.has(raw) || !slices.Contains(s.required, c.name)): // says nothing
		case c.values.has(raw):
			sc.constants++
		case c.values.grows:
			unlisted = true
		default:
			return sc, false
		}
	}
	for _, name := range s.required {
		if valueOf(object, name) == nil {
			sc.missing++
		}
	}
	for _, p := range object {
		if _, ok := slices.BinarySearch(s.known, p.name); ok {
			sc.known++
		} else {
			sc.unknown++
		}
	}
	return sc, !unlisted || sc.missing == 0 && sc.unknown == 0
}

// has reports whether a JSON text is one of the scalars.
func (s *scalars) has(raw []byte) bool {
	text, quoted := literalText(raw)
	if quoted {
		return slices.Contains(s.strings, text)
	}
	return slices.ContainsFunc(s.others, func(v string) bool { return v == text || sameNumber(v, text) })
}

// kinds returns the kinds of the next value: an integer is a number too.
func (d *decoder) kinds() kinds {
	switch d.kind() {
	case "object":
		return objects
	case "array":
		return arrays
	case "string":
		return strs
	case "boolean":
		return bools
	case "number":
		start := d.mark()
		defer d.rewind(start)
		if text := d.number(); !strings.ContainsAny(text, ".eE") || integerText(text) != "" {
			return ints | floats
		}
		return floats
	}
	return 0
}

// decodeVariant decodes into v and returns it.
func decodeVariant[P any](d *decoder, v P) P {
	d.into(v)
	return v
}

// decodeQuoted decodes a number that may be in quotes.
func decodeQuoted[T any](d *decoder) (v T) {
	(&noted{&v, "A"}).decode(d)
	return v
}

// decodeValue decodes a T.
func decodeValue[T any](d *decoder) (v T) {
	d.into(&v)
	return v
}
