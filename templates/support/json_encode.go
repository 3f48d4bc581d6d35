package support

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
	"unsafe"

	"github.com/oapi-codegen/runtime/types"
)

// encoders keeps buffers for reuse.
var encoders = sync.Pool{New: func() any { return &encoder{buf: make([]byte, 1024)} }}

// marshal returns the JSON of v.
func marshal(v codec) ([]byte, error) { return encodeJSON(v.encode, false) }

// encodeJSON returns the JSON that encode writes; for a request, without the
// properties that only the server sets.
func encodeJSON(encode func(*encoder), request bool) ([]byte, error) {
	e := encoders.Get().(*encoder)
	e.n, e.depth, e.err, e.request = 0, 0, nil, request
	encode(e)
	data, err := slices.Clone(e.buf[:max(e.n-1, 0)]), e.err
	if len(e.buf) <= 1<<20 {
		encoders.Put(e)
	}
	return data, err
}

// encoder writes JSON to a buffer. Every value is followed by a comma, which
// the end of the object or array around it replaces.
type encoder struct {
	buf     []byte // written up to n; the slice itself changes only when it grows
	n       int
	depth   int
	err     error
	request bool // leave out read-only properties
}

// room returns the unwritten part of the buffer, at least n bytes.
func (e *encoder) room(n int) []byte {
	if len(e.buf)-e.n < n {
		e.grow(n)
	}
	return e.buf[e.n:]
}

func (e *encoder) grow(n int) {
	bigger := make([]byte, 2*len(e.buf)+n)
	copy(bigger, e.buf[:e.n])
	e.buf = bigger
}

// fail keeps the first error.
func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// key writes the name of a property, which is in its JSON spelling already; the value comes next.
func (e *encoder) key(name string) *encoder {
	b := e.room(len(name) + 3)
	b[0] = '"'
	n := 1 + copy(b[1:], name)
	b[n], b[n+1] = '"', ':'
	e.n += n + 2
	return e
}

// raw writes JSON text.
//
//go:noinline
func (e *encoder) raw(text string) {
	b := e.room(len(text) + 1)
	n := copy(b, text)
	b[n] = ','
	e.n += n + 1
}

//go:noinline
func (e *encoder) null() { e.raw("null") }

//go:noinline
func (e *encoder) boolean(v bool) { e.raw(strconv.FormatBool(v)) }

//go:noinline
func (e *encoder) objectStart() { e.open('{') }

//go:noinline
func (e *encoder) objectEnd() { e.close('}') }

//go:noinline
func (e *encoder) arrayStart() { e.open('[') }

//go:noinline
func (e *encoder) arrayEnd() { e.close(']') }

func (e *encoder) open(c byte) {
	if e.depth++; e.depth > maxDepth {
		e.fail(errors.New("encode JSON: nested too deeply"))
	}
	e.room(1)[0] = c
	e.n++
}

func (e *encoder) close(c byte) {
	e.depth--
	b := e.room(2)
	if last := e.n - 1; e.buf[last] == ',' {
		e.buf[last], b[0] = c, ','
		e.n++
		return
	}
	b[0], b[1] = c, ','
	e.n += 2
}

// quoted writes a string. Bytes that are not UTF-8 become U+FFFD.
func (e *encoder) quoted(s string) {
	text := unsafe.Slice(unsafe.StringData(s), len(s))
	b := e.room(len(s) + 3)
	b[0] = '"'
	b = b[1:]
	// Plain ASCII is copied eight bytes at a time.
	i := 0
	for ; i+8 <= len(text); i += 8 {
		x := binary.LittleEndian.Uint64(text[i:])
		if marks(x)|x&tops != 0 {
			break
		}
		binary.LittleEndian.PutUint64(b[i:], x)
	}
	for ; i < len(text); i++ {
		c := text[i]
		if c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			e.n += i + 1
			e.escaped(s[i:])
			return
		}
		b[i] = c
	}
	b[i], b[i+1] = '"', ','
	e.n += i + 3
}

// escaped writes the rest of a string that is not plain ASCII.
func (e *encoder) escaped(s string) {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	for text := unsafe.Slice(unsafe.StringData(s), len(s)); ; {
		i := plain(text, 0)
		b := e.room(i + 6)
		e.n += copy(b, text[:i])
		if i == len(text) {
			break
		}
		e.n += escape(b[i:], text[i])
		text = text[i+1:]
	}
	e.n += copy(e.room(2), `",`)
}

// escape writes the escape of a character.
func escape(b []byte, c byte) int {
	switch c {
	case '"', '\\':
		b[0], b[1] = '\\', c
		return 2
	case '\n':
		return copy(b, `\n`)
	case '\r':
		return copy(b, `\r`)
	case '\t':
		return copy(b, `\t`)
	}
	const hex = "0123456789abcdef"
	n := copy(b, `\u00`)
	b[n], b[n+1] = hex[c>>4], hex[c&15]
	return n + 2
}

func (e *encoder) integer(v int64) {
	b := strconv.AppendInt(e.room(24)[:0], v, 10)
	e.n += len(append(b, ','))
}

func (e *encoder) number(v float64, bits int) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		e.fail(errors.New("encode JSON: number is not finite"))
		return
	}
	format := byte('f')
	if abs := math.Abs(v); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	b := strconv.AppendFloat(e.room(64)[:0], v, format, -1, bits)
	e.n += len(append(b, ','))
}

// Whatever can contain itself stops at the first error: a value that goes
// round in a circle is nested too deeply at some point.

// isNil reports whether the pointer in v is nil.
func isNil(v any) bool { return reflect.ValueOf(v).IsNil() }

// The methods below write a property. They are not to be inlined: generated
// code calls them everywhere, and compiling it takes long enough.

//go:noinline
func (e *encoder) string(name, v string) { e.key(name).quoted(v) }

//go:noinline
func (e *encoder) bool(name string, v bool) { e.key(name).boolean(v) }

//go:noinline
func (e *encoder) int64(name string, v int64) { e.key(name).integer(v) }

//go:noinline
func (e *encoder) float64(name string, v float64) { e.key(name).number(v, 64) }

//go:noinline
func (e *encoder) optString(name string, v *string) {
	if v != nil {
		e.key(name).quoted(*v)
	}
}

//go:noinline
func (e *encoder) optBool(name string, v *bool) {
	if v != nil {
		e.key(name).boolean(*v)
	}
}

//go:noinline
func (e *encoder) optInt64(name string, v *int64) {
	if v != nil {
		e.key(name).integer(*v)
	}
}

//go:noinline
func (e *encoder) optFloat64(name string, v *float64) {
	if v != nil {
		e.key(name).number(*v, 64)
	}
}

// optional writes a property unless the pointer in v is nil.
func (e *encoder) optional(name string, v codec) {
	if !isNil(v) && e.err == nil {
		v.encode(e.key(name))
	}
}

// only writes an object with a single property, or none if that is nil.
func (e *encoder) only(name string, v codec) {
	e.objectStart()
	e.optional(name, v)
	e.objectEnd()
}

// orNull writes what the pointer v points to.
func (e *encoder) orNull(v codec) {
	if isNil(v) || e.err != nil {
		e.null()
		return
	}
	v.encode(e)
}

// optKey is key for a property that may be absent; it returns nil then. What
// follows it must be a method that accepts a nil encoder: one of those below.
//
//go:noinline
func (e *encoder) optKey(name string, present bool) *encoder {
	if !present {
		return nil
	}
	return e.key(name)
}

// elems writes a list of n elements.
func (e *encoder) elems(n int, write func(i int)) {
	if e == nil {
		return
	}
	e.arrayStart()
	for i := range n {
		if e.err == nil {
			write(i)
		}
	}
	e.arrayEnd()
}

func (e *encoder) strings(list []string) {
	if e == nil {
		return
	}
	e.arrayStart()
	for _, v := range list {
		e.quoted(v)
	}
	e.arrayEnd()
}

func (e *encoder) bytes(v []byte) {
	if e == nil {
		return
	}
	b := e.room(base64.StdEncoding.EncodedLen(len(v)) + 3)
	b = base64.StdEncoding.AppendEncode(append(b[:0], '"'), v)
	e.n += len(append(b, '"', ','))
}

// encodeMap writes an object of arbitrary properties.
func encodeMap[T any](e *encoder, m map[string]T, write func(T)) {
	if e == nil {
		return
	}
	e.objectStart()
	encodeExtra(e, m, write)
	e.objectEnd()
}

// encodeExtra writes the properties of a map beside those of fields, in the
// order of their names.
func encodeExtra[T any](e *encoder, m map[string]T, write func(T)) {
	if len(m) == 0 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		e.quoted(name)
		e.buf[e.n-1] = ':'
		if e.err == nil {
			write(m[name])
		}
	}
}

// encodeOptional writes a property unless it is nil.
func encodeOptional[T any](e *encoder, name string, v *T, write func(*encoder, T)) {
	if v != nil {
		write(e.key(name), *v)
	}
}

// encodePointer writes what v points to, or null.
func encodePointer[T any](e *encoder, v *T, write func(*encoder, T)) {
	if v == nil {
		e.null()
		return
	}
	write(e, *v)
}

// encodeNullable writes a property unless it is absent.
func encodeNullable[T any](e *encoder, name string, v Nullable[T], write func(*encoder, T)) {
	switch v.state {
	case isNull:
		e.key(name).null()
	case isValue:
		write(e.key(name), *v.value)
	}
}

// encodeEnum writes a string enum.
func encodeEnum[T ~string](e *encoder, v T) { e.quoted(string(v)) }

// encodeValue writes a value of one of the document's own types.
func encodeValue[T any, P pointerTo[T]](e *encoder, v T) {
	P(&v).encode(e)
}

func (e *encoder) time(v time.Time) {
	b := v.AppendFormat(append(e.room(64)[:0], '"'), time.RFC3339Nano)
	e.n += len(append(b, '"', ','))
}

func (e *encoder) date(v types.Date) {
	b := v.AppendFormat(append(e.room(64)[:0], '"'), time.DateOnly)
	e.n += len(append(b, '"', ','))
}

func (e *encoder) uuid(v types.UUID) { e.quoted(v.String()) }

func (e *encoder) int32(v int32) { e.integer(int64(v)) }

func (e *encoder) float32(v float32) { e.number(float64(v), 32) }

func (e *encoder) double(v float64) { e.number(v, 64) }
