package support

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
	"slices"
	"strconv"
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

//go:noinline
func (e *encoder) grow(n int) {
	e.buf = append(e.buf, make([]byte, len(e.buf)+n)...)
}

// fail keeps the first error.
func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// raw writes JSON text.
func (e *encoder) raw(text string) {
	b := e.room(len(text) + 1)
	b[copy(b, text)] = ','
	e.n += len(text) + 1
}

//go:noinline
func (e *encoder) null() { e.raw("null") }

//go:noinline
func (e *encoder) boolean(v bool) { e.raw(strconv.FormatBool(v)) }

func (e *encoder) open(c byte) {
	if e.depth++; e.depth > maxDepth {
		e.fail(errors.New("encode JSON: nested too deeply"))
	}
	e.room(1)[0] = c
	e.n++
}

func (e *encoder) close(c byte) {
	e.depth--
	if e.buf[e.n-1] == ',' {
		e.n--
	}
	b := e.room(2)
	b[0], b[1] = c, ','
	e.n += 2
}

// quoted writes a string. Bytes that are not UTF-8 become U+FFFD.
func (e *encoder) quoted(s string) { e.text(e.room(len(s)+3), s) }

// text writes a string to b, the rest of the buffer, which has room for it as it is, for the quotes
// and a comma. It copies plain ASCII by words; the last may overlap with the one before.
func (e *encoder) text(b []byte, s string) {
	from := unsafe.Slice(unsafe.StringData(s), len(s))
	n := len(from)
	to := b[1 : n+1]
	i, found := 0, uint64(0)
	for ; i <= n-16 && found&tops == 0; i += 16 {
		found = copyWord(to, from, i) | copyWord(to, from, i+8)
	}
	if n >= 8 {
		found |= copyWord(to, from, min(i, n-8)) | copyWord(to, from, n-8)
	} else {
		found = ones * '0'
		for k, c := range from {
			to[k] = c
			found = found<<8 | uint64(c)
		}
		found = special(found)
	}
	if found&tops != 0 {
		e.escaped(s)
		return
	}
	b[0], b[n+1], b[n+2] = '"', '"', ','
	e.n += n + 3
}

// copyWord copies the eight bytes at i and returns what is special about them.
func copyWord(to, from []byte, i int) uint64 {
	x := binary.LittleEndian.Uint64(from[i : i+8 : i+8])
	binary.LittleEndian.PutUint64(to[i:i+8:i+8], x)
	return special(x)
}

// escaped writes a string that is not plain ASCII.
func (e *encoder) escaped(s string) {
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
	e.n += copy(e.room(1), `"`)
	for part := range slices.Chunk(unsafe.Slice(unsafe.StringData(s), len(s)), 1<<10) {
		e.n += escape(e.room(6*len(part)+8), part)
	}
	e.n += copy(e.room(2), `",`)
}

// escape writes text to b, which has room for six times as much and a word.
func escape(b, text []byte) (n int) {
	// What follows the backslash in the escape of a character; a point for none.
	const escapes = "uuuuuuuubtnufruuuuuuuuuuuuuuuuuu" + `..".............................` + `............................\`
	const hex = "0123456789abcdef"
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case int(c) < len(escapes) && escapes[c] != '.':
			b[n], b[n+1] = '\\', escapes[c]
			if n += 2; escapes[c] == 'u' {
				b[n], b[n+1], b[n+2], b[n+3] = '0', '0', hex[c>>4], hex[c&15]
				n += 4
			}
			i++
		case i > len(text)-8:
			b[n] = c
			i, n = i+1, n+1
		default:
			for ; i <= len(text)-8; i, n = i+8, n+8 {
				x := binary.LittleEndian.Uint64(text[i : i+8 : i+8])
				binary.LittleEndian.PutUint64(b[n:n+8:n+8], x)
				if m := special(x) &^ x & tops; m != 0 {
					k := bits.TrailingZeros64(m) / 8
					i, n = i+k, n+k
					break
				}
			}
		}
	}
	return n
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
	e.open('[')
	for _, v := range list {
		e.quoted(v)
	}
	e.close(']')
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
