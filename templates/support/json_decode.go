package support

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/go-faster/jx"
)

// DecodeError reports JSON that does not fit the type it is decoded into.
type DecodeError struct {
	Pointer string // the JSON pointer (RFC 6901) of the value at fault, cut if it is long
	Body    []byte // the JSON text
	Err     error  // what is wrong, without quoting a value
}

// Error tells where the JSON is wrong and why, without quoting it.
func (e *DecodeError) Error() string {
	if e.Pointer == "" {
		return "decode JSON: " + e.Err.Error()
	}
	return "decode JSON at " + e.Pointer + ": " + e.Err.Error()
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
	data    []byte
	pos     int
	depth   int
	err     error
	path    []string   // tokens of the pointer to the error, innermost first
	spent   int64      // bytes read more than once to choose union variants
	guessed int        // bytes of lists grown by a guess, see more
	jx      jx.Decoder // for values that are taken as a whole

	malformed   bool        // what was to be kept as it is is no JSON
	copyStrings bool        // strings do not keep the buffer alive
	strict      *violations // nil when decoding leniently

	strings slab[string]
	ints    slab[int64]
	floats  slab[float64]
	bools   slab[bool]
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
	if d.pos >= len(d.data) {
		d.fail(fmt.Errorf("want %s, got end of input", want))
		return
	}
	d.fail(fmt.Errorf("want %s at byte %d", want, d.pos))
}

// unexpected deals with a value that is not of the kind wanted: null leaves the target as it is,
// everything else is an error.
func (d *decoder) unexpected(want string) {
	switch kind := d.kind(); {
	case d.err != nil:
	case kind == jx.Invalid:
		d.syntax(want)
	case kind != jx.Null:
		d.fail(fmt.Errorf("want %s, got %s", want, kind))
	case d.null() && d.strict != nil:
		d.strict.add("", "type", want)
	}
}

// kind returns the kind of the next value by its first byte.
func (d *decoder) kind() jx.Type {
	d.peek()
	d.jx.ResetBytes(d.data[d.pos:])
	return d.jx.Next()
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
func (d *decoder) space() (c byte) {
	i := d.pos
	for ; i < len(d.data); i++ {
		if c = d.data[i]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			break
		}
		if next := i + 1; next <= len(d.data)-8 {
			i += bits.TrailingZeros64(binary.LittleEndian.Uint64(d.data[next:])^ones*' ') / 8
		}
		c = 0
	}
	d.pos = i
	return c
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

// raw consumes a value of any kind and returns its text, still in the buffer.
func (d *decoder) raw() []byte {
	d.peek()
	d.jx.ResetBytes(d.data[d.pos:])
	text, err := d.jx.Raw()
	if err != nil {
		for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
			err = inner // without the path to it, which is as long as the value is deep
		}
		d.malformed = true
		d.fail(err)
		return nil
	}
	d.pos += len(text)
	return text
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

// unescape resolves the escapes of a string, given with its quotes; what \u stands for, jx knows.
func (d *decoder) unescape(text []byte) []byte {
	const letters = `"            /` + `                                            \     ` + "\b   \f       \n   \r \t" // for " to t
	out := make([]byte, 0, len(text))
	for i := 1; ; i++ {
		start := i
		i = plain(text, i)
		out = append(out, text[start:i]...)
		if i++; i >= len(text) { // that was the quote
			return out
		}
		n := int(text[i]) - '"'
		if n < 0 || n >= len(letters) || letters[n] == ' ' {
			break
		}
		out = append(out, letters[n])
	}
	d.jx.ResetBytes(text)
	out, err := d.jx.StrAppend(out[:0])
	if err != nil {
		d.fail(errors.New("invalid escape in string"))
	}
	return out
}

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
		o.done = true
		if d.strict != nil {
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
