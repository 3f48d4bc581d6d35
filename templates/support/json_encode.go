package support

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
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
	data, err := e.result(), e.err
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
	full    strings.Builder // what was in buf before
	usual   int             // length of the text written last of those that buf did not hold
	depth   int
	err     error
	request bool  // leave out read-only properties
	plan    *plan // of the value written last, maybe before the encoder was reused
}

// slack is the room that the buffer always has, so that whoever writes a value of a few bytes, or
// the key of a property, need not look whether there is any.
const slack = 128

// end is where the buffer is written next.
func (e *encoder) end() unsafe.Pointer {
	return unsafe.Add(unsafe.Pointer(unsafe.SliceData(e.buf)), e.n)
}

// reserve makes room for n bytes and the slack after them.
func (e *encoder) reserve(n int) {
	if len(e.buf)-e.n < n+slack {
		e.grow(n + slack)
	}
}

// wrote is called after a value of n bytes.
func (e *encoder) wrote(n int) {
	e.n += n
	e.reserve(0)
}

// room returns the unwritten part of the buffer, with room for n bytes.
func (e *encoder) room(n int) []byte {
	e.reserve(n)
	return e.buf[e.n:]
}

// grow makes room for n bytes. A buffer that no longer fits into the processor's cache is emptied
// instead, but for the last byte, which may have to be replaced, and what is written behind it.
//
//go:noinline
func (e *encoder) grow(n int) {
	if e.n >= 1<<16 {
		if e.full.Len() == 0 {
			e.full.Grow(min(e.usual, 1<<20))
		}
		e.full.Write(e.buf[:e.n-1])
		copy(e.buf, e.buf[e.n-1:])
		e.n = 1
	}
	if len(e.buf)-e.n < n {
		e.buf = append(e.buf, make([]byte, len(e.buf)+n)...)
	}
}

// result returns what was written, without the comma at its end.
func (e *encoder) result() []byte {
	last := e.buf[:max(e.n-1, 0)]
	if e.full.Len() == 0 {
		return slices.Clone(last)
	}
	e.full.Write(last)
	text := e.full.String()
	e.usual = len(text)
	e.full.Reset()
	return unsafe.Slice(unsafe.StringData(text), len(text))
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

func (e *encoder) null() {
	*(*[5]byte)(e.end()) = [5]byte([]byte("null,"))
	e.wrote(5)
}

func (e *encoder) boolean(v bool) {
	if v {
		*(*[5]byte)(e.end()) = [5]byte([]byte("true,"))
		e.wrote(5)
		return
	}
	*(*[6]byte)(e.end()) = [6]byte([]byte("false,"))
	e.wrote(6)
}

func (e *encoder) open(c byte) {
	if e.depth++; e.depth > maxDepth {
		e.fail(errors.New("encode JSON: nested too deeply"))
	}
	*(*byte)(e.end()) = c
	e.wrote(1)
}

func (e *encoder) close(c byte) {
	e.depth--
	if e.buf[e.n-1] == ',' {
		e.n--
	}
	*(*[2]byte)(e.end()) = [2]byte{c, ','}
	e.wrote(2)
}

// quoted writes a string. Bytes that are not UTF-8 become U+FFFD.
func (e *encoder) quoted(s string) { e.text(&line{key: [32]byte{'"'}, size: 1}, s) }

// text writes the key of a property, with the quote that begins the value, and a string. It copies
// plain ASCII by words, of which the last may overlap with the one before.
func (e *encoder) text(l *line, s string) {
	n := len(s)
	e.reserve(n + slack)
	to := e.end()
	*(*[len(l.key)]byte)(to) = l.key
	to = unsafe.Add(to, l.size)
	from, found := unsafe.Pointer(unsafe.StringData(s)), uint64(0)
	switch {
	case n >= 16:
		for i := 0; i < n-16 && found&tops == 0; i += 16 {
			found = copyTwo(unsafe.Add(to, i), unsafe.Add(from, i))
		}
		found |= copyTwo(unsafe.Add(to, n-16), unsafe.Add(from, n-16))
	case n >= 8:
		found = copyWord(to, from) | copyWord(unsafe.Add(to, n-8), unsafe.Add(from, n-8))
	case n >= 4:
		x, y := (*[4]byte)(from), (*[4]byte)(unsafe.Add(from, n-4))
		found = special(uint64(binary.LittleEndian.Uint32(x[:])) | uint64(binary.LittleEndian.Uint32(y[:]))<<32)
		*(*[4]byte)(to), *(*[4]byte)(unsafe.Add(to, n-4)) = *x, *y
	case n > 0:
		x, y, z := *(*byte)(from), *(*byte)(unsafe.Add(from, n/2)), *(*byte)(unsafe.Add(from, n-1))
		*(*byte)(to), *(*byte)(unsafe.Add(to, n/2)), *(*byte)(unsafe.Add(to, n-1)) = x, y, z
		found = special(uint64(x) | uint64(y)<<8 | uint64(z)<<16 | ones*'0'&^0xffffff)
	}
	if found&tops != 0 {
		e.n += int(l.size)
		e.escaped(s)
		return
	}
	*(*[2]byte)(unsafe.Add(to, n)) = [2]byte{'"', ','}
	e.n += int(l.size) + n + 2
}

// copyWord copies eight bytes and returns what is special among them.
func copyWord(to, from unsafe.Pointer) uint64 {
	b := (*[8]byte)(from)
	*(*[8]byte)(to) = *b
	return special(binary.LittleEndian.Uint64(b[:]))
}

// copyTwo is copyWord for sixteen bytes.
func copyTwo(to, from unsafe.Pointer) uint64 {
	b := (*[16]byte)(from)
	*(*[16]byte)(to) = *b
	x, y := binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:])
	return special(x) | special(y)
}

func putWord(at unsafe.Pointer, x uint64) { binary.LittleEndian.PutUint64((*[8]byte)(at)[:], x) }

// escaped writes a string that is not plain ASCII, and the quote after it, in pieces whose room is
// reserved as if each byte needed an escape. Bytes that are not UTF-8 become U+FFFD.
func (e *encoder) escaped(s string) {
	for len(s) > 0 {
		size := min(len(s), 1<<10)
		for range utf8.UTFMax - 1 {
			if size < len(s) && !utf8.RuneStart(s[size]) {
				size++
			}
		}
		e.reserve(size * len(`\u0000`))
		to := writeEscaped(e.end(), s[:size])
		e.n = int(uintptr(to) - uintptr(unsafe.Pointer(unsafe.SliceData(e.buf))))
		s = s[size:]
	}
	*(*[2]byte)(e.end()) = [2]byte{'"', ','}
	e.wrote(2)
}

// writeEscaped writes the inside of a string, for which there is room, and returns where it ends. It
// copies by sixteen bytes, which do not count from the first that is special among them.
func writeEscaped(to unsafe.Pointer, s string) unsafe.Pointer {
	// What follows the backslash in the escape of a character; a point for none.
	const escapes = "uuuuuuuubtnufruuuuuuuuuuuuuuuuuu" + `..".............................` +
		`............................\...` + "................................"
	const hex = "0123456789abcdef"
	from := unsafe.Pointer(unsafe.StringData(s))
	for i := 0; i < len(s); {
		for i < len(s)-15 {
			b := (*[16]byte)(unsafe.Add(from, i))
			*(*[16]byte)(to) = *b
			x, y := special(binary.LittleEndian.Uint64(b[:])), special(binary.LittleEndian.Uint64(b[8:]))
			if (x|y)&tops != 0 {
				n := bits.TrailingZeros64(x&tops) / 8
				if n == 8 {
					n += bits.TrailingZeros64(y&tops) / 8
				}
				i, to = i+n, unsafe.Add(to, n)
				break
			}
			i, to = i+16, unsafe.Add(to, 16)
		}
	specials:
		for i < len(s) {
			switch c := s[i]; {
			case c >= utf8.RuneSelf:
				start := i
				for i < len(s) && s[i] >= utf8.RuneSelf {
					i++
				}
				text := s[start:i]
				if !utf8.ValidString(text) {
					text = string([]rune(text))
				}
				to = unsafe.Add(to, copy(unsafe.Slice((*byte)(to), len(text)), text))
				continue
			case escapes[c] != '.':
				*(*[2]byte)(to) = [2]byte{'\\', escapes[c]}
				if to = unsafe.Add(to, 2); escapes[c] == 'u' {
					*(*[4]byte)(to) = [4]byte{'0', '0', hex[c>>4], hex[c&15]}
					to = unsafe.Add(to, 4)
				}
			case i < len(s)-15:
				break specials
			default:
				*(*byte)(to) = c
				to = unsafe.Add(to, 1)
			}
			i++
		}
	}
	return to
}

func (e *encoder) number(v float64, size int) {
	abs := math.Abs(v)
	if !(abs <= math.MaxFloat64) {
		e.fail(errors.New("encode JSON: number is not finite"))
		return
	}
	// Most have no more than six decimals. Such a number of fifteen digits at most is the shortest
	// for its value.
	millionths := uint64(abs*1e6 + 0.5)
	switch whole := uint64(abs); {
	case size == 64 && abs < 1e15 && float64(whole) == abs && (abs > 0 || !math.Signbit(v)):
		e.integer(int64(v))
		return
	case size == 64 && abs < 1e9 && float64(millionths)/1e6 == abs && abs > 0:
		*(*byte)(e.end()) = '-'
		e.n += int(math.Float64bits(v) >> 63)
		e.integer(int64(millionths / 1e6))
		e.buf[e.n-1] = '.'
		digits := eightDigits(millionths%1e6) >> 16
		putWord(e.end(), digits|'0'*ones)
		e.n += (bits.Len64(digits) + 7) / 8
		*(*byte)(e.end()) = ','
		e.wrote(1)
		return
	}
	format := byte('f')
	if abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	b := strconv.AppendFloat(e.room(64)[:0], v, format, -1, size)
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
	year, month, day := v.Date()
	if v.Location() != time.UTC || v.Nanosecond() != 0 || year < 0 || year > 9999 {
		b := v.AppendFormat(append(e.room(64)[:0], '"'), time.RFC3339Nano)
		e.n += len(append(b, '"', ','))
		return
	}
	second := uint64((v.Unix()%86400 + 86400) % 86400) // of the day
	date := eightDigits(uint64(year*1e4+int(month)*100+day)) | '0'*ones
	clock := eightDigits(second/3600*1e4+second/60%60*100+second%60) | '0'*ones
	to := e.end() // the first digit of both is in the lowest byte, the first two of clock are zeros
	putWord(to, '"'|date<<32>>24|'-'<<40|date>>32<<48)
	putWord(unsafe.Add(to, 8), '-'|date>>48<<8|'T'<<24|clock>>16<<48>>16|':'<<48|clock>>32<<56)
	putWord(unsafe.Add(to, 16), clock>>40&0xff|':'<<8|clock>>48<<16|'Z'<<32|'"'<<40|','<<48)
	e.wrote(len(`"2006-01-02T15:04:05Z",`))
}

func (e *encoder) date(v types.Date) {
	b := v.AppendFormat(append(e.room(64)[:0], '"'), time.DateOnly)
	e.n += len(append(b, '"', ','))
}

func (e *encoder) uuid(v types.UUID) { e.quoted(v.String()) }
