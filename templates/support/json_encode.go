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
	request bool  // leave out read-only properties
	plan    *plan // of the value written last, maybe before the encoder was reused
}

// end is where the buffer is written next, with room for n bytes.
func (e *encoder) end(n int) unsafe.Pointer {
	if len(e.buf)-e.n < n {
		e.grow(n)
	}
	return unsafe.Add(unsafe.Pointer(unsafe.SliceData(e.buf)), e.n)
}

// room returns the unwritten part of the buffer, at least n bytes.
func (e *encoder) room(n int) []byte {
	e.end(n)
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
	*(*byte)(e.end(1)) = c
	e.n++
}

func (e *encoder) close(c byte) {
	e.depth--
	if e.buf[e.n-1] == ',' {
		e.n--
	}
	*(*[2]byte)(e.end(2)) = [2]byte{c, ','}
	e.n += 2
}

// quoted writes a string. Bytes that are not UTF-8 become U+FFFD.
func (e *encoder) quoted(s string) { e.text(&line{key: [32]byte{'"'}, size: 1}, s) }

// text writes the key of a property, with the quote that begins the value, and a string. It copies
// plain ASCII by words, of which the last may overlap with the one before.
func (e *encoder) text(l *line, s string) {
	n := len(s)
	to := e.end(len(l.key) + n + 2)
	*(*[len(l.key)]byte)(to) = l.key
	to = unsafe.Add(to, l.size)
	from, found := unsafe.Pointer(unsafe.StringData(s)), uint64(0)
	switch {
	case n >= 16:
		for i := 0; i < n-16 && found&tops == 0; i += 16 {
			found = copyWord(to, from, i) | copyWord(to, from, i+8)
		}
		found |= copyWord(to, from, n-16) | copyWord(to, from, n-8)
	case n >= 8:
		found = copyWord(to, from, 0) | copyWord(to, from, n-8)
	case n >= 4:
		x, y := (*[4]byte)(from), (*[4]byte)(unsafe.Add(from, n-4))
		found = special(uint64(binary.LittleEndian.Uint32(x[:])) | uint64(binary.LittleEndian.Uint32(y[:]))<<32)
		*(*[4]byte)(to), *(*[4]byte)(unsafe.Add(to, n-4)) = *x, *y
	case n > 0:
		x, y, z := *(*byte)(from), *(*byte)(unsafe.Add(from, n/2)), *(*byte)(unsafe.Add(from, n-1))
		*(*byte)(to), *(*byte)(unsafe.Add(to, n/2)), *(*byte)(unsafe.Add(to, n-1)) = x, y, z
		found = special(uint64(x) | uint64(y)<<8 | uint64(z)<<16 | ones*'0'&^0xffffff)
	}
	if e.n += int(l.size); found&tops != 0 {
		e.escaped(s)
		return
	}
	*(*[2]byte)(unsafe.Add(to, n)) = [2]byte{'"', ','}
	e.n += n + 2
}

// copyWord copies the eight bytes at i and returns what is special about them.
func copyWord(to, from unsafe.Pointer, i int) uint64 {
	x := binary.LittleEndian.Uint64((*[8]byte)(unsafe.Add(from, i))[:])
	binary.LittleEndian.PutUint64((*[8]byte)(unsafe.Add(to, i))[:], x)
	return special(x)
}

// escaped writes a string that is not plain ASCII.
func (e *encoder) escaped(s string) {
	if !utf8.ValidString(s) {
		s = string([]rune(s))
	}
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
	if n := int64(v); bits == 64 && float64(n) == v && math.Abs(v) < 1e15 && (n != 0 || !math.Signbit(v)) { // as most are
		e.integer(n)
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
