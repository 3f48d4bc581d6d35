package support

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math/bits"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode/utf8"
	"unsafe"
)

// DecodeError reports JSON that does not fit the type it is decoded into.
type DecodeError struct {
	Pointer string // the JSON pointer (RFC 6901) of the value at fault, cut if it is long
	Body    []byte // the JSON text
	Err     error  // what is wrong, without quoting a value
}

// Error tells where the JSON is wrong and why, without quoting it.
func (e *DecodeError) Error() string {
	return "decode JSON" + strings.TrimSuffix(" at "+e.Pointer, " at ") + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *DecodeError) Unwrap() error { return e.Err }

// unmarshal decodes data, which it copies.
//
//go:noinline
func unmarshal(data []byte, v any) error { return (&decoder{data: slices.Clone(data)}).decode(v) }

// codec is implemented by pointers to types that no plan can read and write.
type codec interface {
	decode(*decoder)
	encode(*encoder)
}

// maxDepth bounds the nesting of JSON values.
const maxDepth = 1000

// decoder reads JSON from a buffer of its own, which is neither changed nor reused: strings are parts
// of it. After the first error nothing more is read, so that callers need not look at errors.
type decoder struct {
	data        []byte
	pos, depth  int
	err         error
	path        []string    // tokens of the pointer to the error, innermost first
	spent, lost int64       // by unions: bytes read more than once; values skipped, which are nowhere now
	guessed     int         // bytes of lists grown by a guess, see more
	malformed   bool        // what was to be kept as it is is no JSON
	copyStrings bool        // strings do not keep the buffer alive
	strict      *violations // nil when decoding leniently
	plan        *plan       // of what was decoded last, maybe before the decoder was reused
	called      string      // the name of the property found last that has no field
	strings     slab[string]
	words       slab[uint64]
}

// decode decodes the whole buffer into what v points to.
func (d *decoder) decode(v any) error {
	if t := reflect.TypeOf(v).Elem(); d.plan == nil || d.plan.typ != t {
		d.plan = planOf(t, "")
	}
	p := d.plan
	d.strings.chunk = make([]string, 0, p.texts.Load())
	p.decode(d, *pointerIn(&v))
	if n := int32(min(d.strings.used, 64)); n != p.texts.Load() {
		p.texts.Store(n)
	}
	return d.end()
}

// end is the error of the decoding, or that there is more in the buffer.
func (d *decoder) end() error {
	if d.peek(); d.err == nil && d.pos < len(d.data) {
		d.syntax("end of JSON")
	}
	if d.err == nil {
		return nil
	}
	slices.Reverse(d.path)
	return &DecodeError{Pointer: shortened(strings.Join(d.path, "")), Body: d.data, Err: d.err}
}

// fail keeps the first error.
//
//go:noinline
func (d *decoder) fail(err error) { d.err = cmp.Or(d.err, err) }

// syntax reports that the text at pos is not what JSON asks for.
func (d *decoder) syntax(want string) {
	got := ", got end of input"
	if d.pos < len(d.data) {
		got = " at byte " + strconv.Itoa(d.pos)
	}
	d.fail(errors.New("want " + want + got))
}

// unexpected deals with a value of another kind: null leaves the target as it is, others are errors.
func (d *decoder) unexpected(want string) {
	switch kind := d.kind(); {
	case kind == "":
		d.syntax(want)
	case kind != "null":
		d.fail(errors.New("want " + want + ", got " + kind))
	case d.null():
		if d.lost++; d.strict != nil {
			d.strict.add("", "type", want)
		}
	}
}

// peek skips white space and returns the next byte, 0 at the end.
func (d *decoder) peek() (c byte) {
	if d.pos < len(d.data) {
		c = d.data[d.pos]
	}
	if c > ' ' {
		return c
	}
	return d.space()
}

// space skips white space, indentation by words.
//
//go:noinline
func (d *decoder) space() byte {
	data, i := d.data, d.pos
	for ; uint(i) < uint(len(data)); i++ {
		if c := data[i]; c > ' ' || uint64(1)<<c&(1<<' '|1<<'\n'|1<<'\t'|1<<'\r') == 0 {
			d.pos = i
			return c
		}
		if next := i + 1; next <= len(data)-8 {
			i += bits.TrailingZeros64(binary.LittleEndian.Uint64(data[next:])^ones*' ') / 8
		}
	}
	d.pos = i
	return 0
}

// null consumes a null and reports whether there was one.
func (d *decoder) null() bool { return d.peek() == 'n' && d.word("null") }

// word consumes a literal name, which must be there.
func (d *decoder) word(name string) bool {
	if len(d.data)-d.pos < len(name) || string(d.data[d.pos:d.pos+len(name)]) != name {
		d.syntax(name)
		return false
	}
	d.pos += len(name)
	return true
}

// text consumes a string, whose opening quote is next.
func (d *decoder) text() (s string) {
	s, d.pos = d.textAt(d.pos)
	return s
}

// textAt returns the string at i, a part of the buffer or a copy, and where it ends.
func (d *decoder) textAt(i int) (s string, end int) {
	start := i + 1
	i, seen := plain(d.data, start)
	asIs := uint(i) < uint(len(d.data)) && d.data[i] == '"' && !d.copyStrings
	if asIs && seen&tops == 0 { // as it is most often
		return unsafe.String((*byte)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(d.data)), start)), i-start), i + 1
	}
	for i < len(d.data) && d.data[i] == '\\' {
		if i += 2; i < len(d.data) && d.data[i] != '\\' {
			i, _ = plain(d.data, i)
		}
	}
	if i >= len(d.data) || d.data[i] != '"' { // a control character
		d.pos = min(i, len(d.data))
		d.syntax("end or escape in string")
		return "", d.pos
	}
	b := d.data[start:i]
	if !utf8.Valid(b) {
		d.fail(errors.New("invalid UTF-8"))
	}
	if !asIs {
		b = d.unescape(d.data[start-1 : i+1])
	}
	return unsafe.String(unsafe.SliceData(b), len(b)), i + 1
}

// plain finds the next quote, backslash or control character, and returns the bits of what it saw.
func plain(data []byte, i int) (end int, seen uint64) {
	for i = max(i, 0); i <= len(data)-8; i += 8 { // that it is not negative spares bounds checks
		x := binary.LittleEndian.Uint64(data[i : i+8 : i+8])
		seen |= x
		if m := special(x) &^ x & tops; m != 0 {
			return i + bits.TrailingZeros64(m)/8, seen
		}
	}
	for ; i < len(data) && data[i] != '"' && data[i] != '\\' && data[i] >= ' '; i++ {
		seen |= uint64(data[i])
	}
	return i, seen
}

// ones and tops are words with the lowest and the highest bit of every byte.
const ones, tops = 0x0101010101010101, 0x8080808080808080

// special sets the top bit of the lowest byte of x that is a quote, a backslash, a control character
// or not ASCII. Bits below the top, and bytes above that one, mean nothing.
func special(x uint64) uint64 { return (x ^ ones*2 - ones*'!') | (x ^ ones*'\\' - ones) }

// members consumes an object, property by property: the value is next, and may be left there.
func (d *decoder) members(yield func(name string) bool) {
	d.object(planOf(reflect.TypeFor[decoder](), ""), nil, yield)
}

// object consumes a JSON object; null has no properties. Those with a field go there, others to
// other, which may be nil. What that leaves is skipped; when it returns false, the rest is left too.
func (d *decoder) object(p *plan, at unsafe.Pointer, other func(name string) bool) {
	if d.peek() != '{' {
		d.unexpected("object")
		return
	}
	var f *field
	found, told, seen := 0, uint64(0), map[string]bool(nil)
	if d.strict != nil {
		found, seen = len(d.strict.list), map[string]bool{}
	}
	guess, more := &p.first, d.enter('}')
	for i := d.pos; more; { // a position in memory would cost a tenth of the time
		start := i
		if f = (*field)(atomic.LoadPointer(guess)); f != nil && f.follows(d.data, i) {
			i += len(f.key)
		} else if f, i = p.search(d, i, guess); d.err != nil {
			return
		}
		if uint(i) < uint(len(d.data)) && d.data[i] == ' ' {
			i++
		}
		switch d.pos = i; {
		case f == nil || told&f.once != 0: // of equal properties the first one counts
			if f == nil && other != nil && !other(d.called) {
				return
			}
			if d.pos == i { // nobody wanted it
				d.skip()
			}
		case f.text && uint(i) < uint(len(d.data)) && d.data[i] == '"':
			to := unsafe.Add(at, f.offset)
			if f.through {
				v := unsafe.Pointer(d.strings.next())
				*(*unsafe.Pointer)(to), to = v, v
			}
			*(*string)(to), d.pos = d.textAt(i)
			guess = &f.next
		default:
			if !f.ready.Load() {
				f.complete()
			}
			f.read(d, unsafe.Add(at, f.offset), f.plan)
			guess, told = &f.next, told|f.once
		}
		if d.err != nil || d.strict != nil {
			name, _ := d.textAt(start)
			if found = d.located(found, pointerToken(name)); d.err != nil {
				return
			}
			seen[name] = true
		}
		if i = d.pos; uint(i+10) < uint(len(d.data)) && d.data[i] == ',' {
			if i++; d.data[i] == '\n' { // indented
				i += 1 + bits.TrailingZeros64(binary.LittleEndian.Uint64(d.data[i+1:])^ones*' ')/8
			}
			if d.data[i] == '"' {
				continue
			}
		}
		more, i = d.another('}'), d.pos
	}
	for i := 0; d.strict != nil && i < len(p.fields); i++ {
		if f := &p.fields[i]; f.required && !seen[f.name] {
			d.strict.add(pointerToken(f.name), "required", "")
		}
	}
}

// located adds the token of a part to its error, or to the violations after found, and counts those.
func (d *decoder) located(found int, token string) int {
	if d.err != nil {
		d.path = append(d.path, token)
		return found
	}
	d.strict.within(found, token)
	return len(d.strict.list)
}

// key consumes the name of a property and the colon.
func (d *decoder) key() (name string) {
	if d.peek() != '"' {
		d.syntax("property name")
		return ""
	}
	if name, d.pos = d.textAt(d.pos); d.peek() != ':' {
		d.syntax(`":"`)
		return ""
	}
	d.pos++
	return name
}

// enter steps into an object or array that ends with end, and out again when there is no more in it.
func (d *decoder) enter(end byte) (more bool) {
	d.pos++
	if d.depth++; d.depth > maxDepth {
		d.fail(errors.New("nested too deeply"))
		d.pos = len(d.data) // there is no deeper
	}
	if d.peek() != end {
		return true
	}
	d.pos++
	d.depth--
	return false
}

// another steps over the comma to another property or element, or else out of the object or array.
func (d *decoder) another(end byte) (more bool) {
	switch d.peek() {
	case ',':
		d.pos++
		d.peek()
		return true
	case end:
		d.pos++
		d.depth--
	default:
		d.syntax(`"," or "` + string(end) + `"`)
	}
	return false
}

// array is how far the reading of an array is. The body of a loop over it consumes the elements:
//
//	for a := d.array(); a.more; a = d.advance(a) {
type array struct {
	more         bool // whether there is another element
	index, found int  // of that, and how many violations came before
}

// array begins to read an array; null has no elements.
func (d *decoder) array() (a array) {
	if d.peek() != '[' {
		d.unexpected("array")
		return a
	}
	if d.strict != nil {
		a.found = len(d.strict.list)
	}
	a.more = d.enter(']')
	return a
}

// advance steps from an element to the next, or out of the array.
func (d *decoder) advance(a array) array {
	if d.err != nil || d.strict != nil {
		if a.found = d.located(a.found, indexToken(a.index)); d.err != nil {
			a.more = false
			return a
		}
	}
	a.index++
	a.more = d.another(']')
	return a
}

// decodeStrictly decodes into what v points to and reports whatever the document does not allow.
func decodeStrictly(d *decoder, v any, inspect func(*checker, any), check ...func(*checker)) error {
	d.strict = &violations{}
	if err := d.decode(v); err != nil {
		return err
	}
	c := &checker{violations: *d.strict, lenient: true, text: &d.data}
	for _, f := range check {
		f(c)
	}
	inspect(c, v)
	return c.err()
}
