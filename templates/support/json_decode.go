package support

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
	"strconv"
	"strings"
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

// decoder reads JSON from a buffer that is its own: strings are substrings of the buffer, which is
// neither changed nor reused. After the first error nothing more is read, so that callers need not
// look at errors.
type decoder struct {
	data        []byte
	pos, depth  int
	err         error
	path        []string    // tokens of the pointer to the error, innermost first
	spent       int64       // bytes read more than once to choose union variants
	guessed     int         // bytes of lists grown by a guess, see more
	malformed   bool        // what was to be kept as it is is no JSON
	copyStrings bool        // strings do not keep the buffer alive
	strict      *violations // nil when decoding leniently
	strings     slab[string]
	words       slab[uint64]
}

// decode decodes the whole buffer into what v points to.
func (d *decoder) decode(v any) error { return d.run(func(d *decoder) { d.into(v) }) }

// run decodes the whole buffer with decode.
func (d *decoder) run(decode func(*decoder)) error {
	if !utf8.Valid(d.data) {
		d.err = errors.New("invalid UTF-8")
	} else {
		decode(d)
		if d.peek(); d.err == nil && d.pos < len(d.data) {
			d.syntax("end of JSON")
		}
	}
	if d.err == nil {
		return nil
	}
	slices.Reverse(d.path)
	return &DecodeError{Pointer: shortened(strings.Join(d.path, "")), Body: d.data, Err: d.err}
}

// fail keeps the first error.
func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// syntax reports that the text at pos is not what JSON asks for.
func (d *decoder) syntax(want string) {
	got := ", got end of input"
	if d.pos < len(d.data) {
		got = " at byte " + strconv.Itoa(d.pos)
	}
	d.fail(errors.New("want " + want + got))
}

// unexpected deals with a value that is not of the kind wanted: null leaves the target as it is,
// everything else is an error.
func (d *decoder) unexpected(want string) {
	switch kind := d.kind(); {
	case kind == "":
		d.syntax(want)
	case kind != "null":
		d.fail(errors.New("want " + want + ", got " + kind))
	case d.null() && d.strict != nil:
		d.strict.add("", "type", want)
	}
}

// peek skips white space and returns the next byte, 0 at the end.
func (d *decoder) peek() byte {
	if d.pos < len(d.data) && d.data[d.pos] > ' ' {
		return d.data[d.pos]
	}
	return d.space()
}

// space skips white space, indentation by words.
//
//go:noinline
func (d *decoder) space() byte {
	for ; d.pos < len(d.data); d.pos++ {
		if c := d.data[d.pos]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c
		}
		if next := d.pos + 1; next <= len(d.data)-8 {
			d.pos += bits.TrailingZeros64(binary.LittleEndian.Uint64(d.data[next:])^ones*' ') / 8
		}
	}
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
func (d *decoder) text() string {
	b := d.quoted()
	if d.copyStrings {
		return string(b)
	}
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// quoted consumes a string and returns its content, still in the buffer unless it has escapes.
func (d *decoder) quoted() []byte {
	start, escapes := d.pos+1, false
	i := plain(d.data, start)
	for i < len(d.data) && d.data[i] == '\\' {
		escapes = true
		if i += 2; i < len(d.data) && d.data[i] != '\\' {
			i = plain(d.data, i)
		}
	}
	if i >= len(d.data) || d.data[i] != '"' { // a control character
		d.pos = min(i, len(d.data))
		d.syntax("end or escape in string")
		return nil
	}
	d.pos = i + 1
	if escapes {
		return d.unescape(d.data[start-1 : i+1])
	}
	return d.data[start:i:i]
}

// plain returns the index of the first quote, backslash or control character at or after i.
func plain(data []byte, i int) int {
	if i < 0 {
		return 0 // never, but to know it spares the loop its bounds checks
	}
	for ; i <= len(data)-8; i += 8 {
		x := binary.LittleEndian.Uint64(data[i:])
		if m := special(x) &^ x & tops; m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for i < len(data) && data[i] != '"' && data[i] != '\\' && data[i] >= ' ' {
		i++
	}
	return i
}

// ones and tops are words with the lowest and the highest bit of every byte.
const ones, tops = 0x0101010101010101, 0x8080808080808080

// special sets the top bit of the lowest byte of x that is a quote, a backslash, a control character
// or not ASCII. Bits below the top, and bytes above that one, mean nothing.
func special(x uint64) uint64 { return (x ^ ones*2 - ones*'!') | (x ^ ones*'\\' - ones) }

// object is an iteration over the properties of a JSON object.
type object struct {
	d          *decoder
	name       string // of the current property
	at         int    // where its value begins, 0 before the first property
	done, null bool
	// When decoding strictly: what has to come, what came, and how many violations there were
	// before the current property.
	required, seen []string
	mark           int
}

// object begins a JSON object, which should have the properties required; null has none.
func (d *decoder) object(required []string) object {
	if d.peek() != '{' {
		d.unexpected("object")
		return object{d: d, done: true, null: true}
	}
	d.enter()
	return object{d: d, required: required}
}

// next moves on to the value of the next property.
func (o *object) next() bool { return o.more() && o.key() }

// more moves on to the name of the next property, past the current value if nobody has consumed it.
func (o *object) more() bool {
	d := o.d
	if d.pos == o.at && o.at > 0 {
		d.raw()
	}
	if d.strict != nil {
		if o.at > 0 { // the pointers of what was found in the property just read
			d.strict.within(o.mark, pointerToken(o.name))
			o.seen = append(o.seen, o.name)
		}
		o.mark = len(d.strict.list)
	}
	if d.err != nil || o.done {
		if o.at > 0 && !o.done {
			d.path = append(d.path, pointerToken(o.name))
		}
		return false
	}
	c := d.peek()
	switch {
	case c == '}':
		d.pos++
		d.depth--
		if o.done = true; d.strict != nil {
			o.complete()
		}
		return false
	case o.at > 0:
		if c != ',' {
			d.syntax(`"," or "}"`)
			return false
		}
		d.pos++
		c = d.peek()
	}
	if c != '"' {
		d.syntax("property name")
	}
	return c == '"'
}

// key moves on from the name of a property to its value.
func (o *object) key() bool {
	d := o.d
	name := d.quoted()
	if d.err != nil || d.peek() != ':' {
		d.syntax(`":"`)
		return false
	}
	d.pos++
	o.name, o.at = unsafe.String(unsafe.SliceData(name), len(name)), d.pos
	return true
}

// array is an iteration over the elements of a JSON array.
type array struct {
	d     *decoder
	index int // of the current element
	mark  int // violations before it, when decoding strictly
	done  bool
}

// array begins a JSON array; null has no elements.
func (d *decoder) array() array {
	if d.peek() != '[' {
		d.unexpected("array")
		return array{d: d, index: -1, done: true}
	}
	d.enter()
	return array{d: d, index: -1}
}

// next moves on to the next element, which must then be consumed.
func (a *array) next() bool {
	d := a.d
	if d.strict != nil {
		a.track()
	}
	if d.err != nil || a.done {
		a.unwind()
		return false
	}
	c := d.peek()
	switch {
	case c == ']':
		d.pos++
		d.depth--
		a.done = true
		return false
	case a.index >= 0:
		if c != ',' {
			d.syntax(`"," or "]"`)
			return false
		}
		d.pos++
	}
	a.index++
	return true
}

// unwind adds the index to the pointer of an error inside the element.
func (a *array) unwind() {
	if a.d.err != nil && a.index >= 0 {
		a.d.path = append(a.d.path, indexToken(a.index))
	}
}

// enter steps into an object or array.
func (d *decoder) enter() {
	d.pos++
	if d.depth++; d.depth > maxDepth {
		d.fail(errors.New("nested too deeply"))
	}
}

// track completes the pointers of what was found in the element just read.
func (a *array) track() {
	if a.index >= 0 {
		a.d.strict.within(a.mark, indexToken(a.index))
	}
	a.mark = len(a.d.strict.list)
}

// complete reports required properties that did not come.
func (o *object) complete() {
	slices.Sort(o.seen)
	for _, name := range o.required {
		if _, ok := slices.BinarySearch(o.seen, name); !ok {
			o.d.strict.add(pointerToken(name), "required", "")
		}
	}
}

// decodeStrictly decodes into what v points to and reports whatever the document does not
// allow: what is missing, null, not listed or beyond its limits.
func decodeStrictly(d *decoder, v any, check ...func(*checker)) error {
	d.strict = &violations{}
	if err := d.decode(v); err != nil {
		return err
	}
	c := &checker{violations: *d.strict, lenient: true, text: d.data}
	for _, f := range check {
		f(c)
	}
	return c.err()
}
