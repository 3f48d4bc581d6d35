package support

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"math"
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

// marshal returns the JSON of what v points to. Like all that generated code
// calls everywhere it is not to be inlined: compiling that takes long enough.
//
//go:noinline
func marshal(v any) ([]byte, error) { return encodeJSON(func(e *encoder) { e.value(v) }, false) }

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

func (e *encoder) strings(list []string) {
	e.arrayStart()
	for _, v := range list {
		e.quoted(v)
	}
	e.arrayEnd()
}

func (e *encoder) bytes(v []byte) {
	b := e.room(base64.StdEncoding.EncodedLen(len(v)) + 3)
	b = base64.StdEncoding.AppendEncode(append(b[:0], '"'), v)
	e.n += len(append(b, '"', ','))
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
