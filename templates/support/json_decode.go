package support

import (
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

// unexpected deals with a value of another kind: null leaves the target as it is, others are errors.
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
	data, i := d.data, d.pos
	for ; i < len(data); i++ {
		if c := data[i]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
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
	i = plain(d.data, start)
	if i < len(d.data) && d.data[i] == '"' && !d.copyStrings {
		return unsafe.String(unsafe.SliceData(d.data[start:]), i-start), i + 1 // as it is most often
	}
	for i < len(d.data) && d.data[i] == '\\' {
		if i += 2; i < len(d.data) && d.data[i] != '\\' {
			i = plain(d.data, i)
		}
	}
	if i >= len(d.data) || d.data[i] != '"' { // a control character
		d.pos = min(i, len(d.data))
		d.syntax("end or escape in string")
		return "", d.pos
	}
	b := d.unescape(d.data[start-1 : i+1])
	return unsafe.String(unsafe.SliceData(b), len(b)), i + 1
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

// members consumes an object, property by property: the value is next, and may be left there.
func (d *decoder) members(yield func(name string) bool) {
	d.object(planOf(reflect.TypeFor[struct{}](), ""), nil, yield)
}

// object consumes a JSON object; null has no properties. Those with a field go there, others to
// other, which may be nil. What that leaves is skipped; when it returns false, the rest is left too.
func (d *decoder) object(p *plan, at unsafe.Pointer, other func(name string) bool) {
	if d.peek() != '{' {
		d.unexpected("object")
		return
	}
	d.enter()
	var f *field
	var name string // where there is no field
	found, told, seen := 0, uint64(0), map[string]bool(nil)
	if d.strict != nil {
		found, seen = len(d.strict.list), map[string]bool{}
	}
	guess, more := &p.first, d.peek() != '}'
	for i := d.pos; more; { // a position in memory would cost a tenth of the time
		if f = (*field)(atomic.LoadPointer(guess)); f != nil && f.follows(d.data, i) {
			i += len(f.key)
		} else if f, name, i = p.search(d, i, guess); d.err != nil {
			return
		}
		if i < len(d.data) && d.data[i] == ' ' {
			i++
		}
		switch d.pos = i; {
		case f == nil || told&f.once != 0: // of equal properties the first one counts
			if f == nil && other != nil && !other(name) {
				return
			}
			if d.pos == i { // nobody wanted it
				d.raw()
			}
		case f.text && i < len(d.data) && d.data[i] == '"':
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
			if f != nil {
				name = f.name
			}
			if d.err != nil {
				d.path = append(d.path, pointerToken(name))
				return
			}
			d.strict.within(found, pointerToken(name))
			found, seen[name] = len(d.strict.list), true
		}
		if i = d.pos; i+1 < len(d.data) && d.data[i] == ',' && d.data[i+1] == '"' {
			i++
		} else {
			more, i = d.comma(), d.pos
		}
	}
	d.leave('}')
	for i := 0; d.strict != nil && i < len(p.fields); i++ {
		if f := &p.fields[i]; f.required && !seen[f.name] {
			d.strict.add(pointerToken(f.name), "required", "")
		}
	}
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

// comma consumes the comma before another property or element, if there is one.
func (d *decoder) comma() bool {
	if d.peek() != ',' {
		return false
	}
	d.pos++
	d.peek()
	return true
}

// leave steps out of an object or array, at its end.
func (d *decoder) leave(end byte) {
	if d.peek() != end {
		d.syntax(`"," or "` + string(end) + `"`)
		return
	}
	d.pos++
	d.depth--
}

// elements consumes an array; null has no elements. The body of the loop consumes the element.
func (d *decoder) elements(yield func(index int) bool) {
	if d.peek() != '[' {
		d.unexpected("array")
		return
	}
	d.enter()
	found := 0
	if d.strict != nil {
		found = len(d.strict.list)
	}
	for i, more := 0, d.peek() != ']'; more; i++ {
		if !yield(i) {
			return
		}
		if d.err != nil {
			d.path = append(d.path, indexToken(i))
			return
		}
		if d.strict != nil {
			d.strict.within(found, indexToken(i))
			found = len(d.strict.list)
		}
		more = d.comma()
	}
	d.leave(']')
}

// enter steps into an object or array.
func (d *decoder) enter() {
	d.pos++
	if d.depth++; d.depth > maxDepth {
		d.fail(errors.New("nested too deeply"))
	}
}

// decodeStrictly decodes into what v points to and reports whatever the document does not allow.
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
