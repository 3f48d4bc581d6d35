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
var encoders = sync.Pool{New: func() any { return newEncoder(make([]byte, 1024)) }}

// marshal returns the JSON of what v points to. Like all that generated code
// calls everywhere it is not to be inlined: compiling that takes long enough.
//
//go:noinline
func marshal(v any) ([]byte, error) { return encodeJSON(func(e *encoder) { e.value(v) }, false) }

// encodeJSON returns the JSON that encode writes; for a request, without the
// properties that only the server sets.
func encodeJSON(encode func(*encoder), request bool) ([]byte, error) {
	e := encoders.Get().(*encoder)
	e.depth, e.err, e.request = 0, nil, request
	e.start(0)
	encode(e)
	data, err := e.result(), e.err
	if len(e.buf) <= 1<<20 {
		encoders.Put(e)
	}
	return data, err
}

// newEncoder returns an encoder that writes to buf and, where that is too short, to a longer one.
func newEncoder(buf []byte) *encoder {
	quote := line{key: [32]byte{'"'}, size: 1, form: isString}
	return &encoder{buf: buf, quote: [2]line{quote, {form: isEnd}}}
}

// encoder writes JSON to a buffer. Every value is followed by a comma, which
// the end of the object or array around it replaces. What a plan calls hands on
// in a register where to write next: a field would have to be stored and loaded
// for each value, and each would wait for that.
type encoder struct {
	buf     []byte
	last    unsafe.Pointer  // the slack of buf, after which nothing begins
	to      unsafe.Pointer  // where to write next, between plans
	full    strings.Builder // what was in buf before
	usual   int             // length of the text written last of those that buf did not hold
	quote   [2]line         // of a string that is no property, as if it were one without a name
	text    string          // that string, where it is in no memory of its own
	depth   int
	err     error
	request bool  // leave out read-only properties
	plan    *plan // of the value written last, maybe before the encoder was reused
}

// slack is the room that the buffer always has, so that whoever writes a value of a few bytes, or
// the key of a property, need not look whether there is any.
const slack = 128

// start goes to the n-th byte of the buffer, and returns where it is.
func (e *encoder) start(n int) unsafe.Pointer {
	e.last, e.to = unsafe.Pointer(&e.buf[len(e.buf)-slack]), unsafe.Pointer(&e.buf[n])
	return e.to
}

// size is how many bytes of the buffer are before to.
func (e *encoder) size(to unsafe.Pointer) int {
	return int(uintptr(to) - uintptr(unsafe.Pointer(unsafe.SliceData(e.buf))))
}

// reserve makes room for n bytes and the slack after them, and returns where they go in place of to.
func (e *encoder) reserve(to unsafe.Pointer, n int) unsafe.Pointer {
	if int(uintptr(e.last)-uintptr(to)) < n {
		return e.grow(to, n+slack)
	}
	return to
}

// room is the slack at to, for what appends.
func (e *encoder) room(to unsafe.Pointer) []byte { return unsafe.Slice((*byte)(to), slack)[:0] }

// appended returns the end of b, which begins at to.
func (e *encoder) appended(to unsafe.Pointer, b []byte) unsafe.Pointer {
	return e.reserve(unsafe.Add(to, len(b)), 0)
}

// grow makes room for n bytes. A buffer that no longer fits into the processor's cache is emptied
// instead, but for the last byte, which may have to be replaced, and what is written behind it.
func (e *encoder) grow(to unsafe.Pointer, n int) unsafe.Pointer {
	at := e.size(to)
	if at >= 1<<16 {
		if e.full.Len() == 0 {
			e.full.Grow(min(e.usual, 1<<20))
		}
		e.full.Write(e.buf[:at-1])
		copy(e.buf, e.buf[at-1:])
		at = 1
	}
	if len(e.buf)-at < n {
		e.buf = append(e.buf, make([]byte, len(e.buf)+n)...)
	}
	return e.start(at)
}

// result returns what was written, without the comma at its end.
func (e *encoder) result() []byte {
	last := e.buf[:max(e.size(e.to)-1, 0)]
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

// The methods up to name write where the one before has ended.

func (e *encoder) quoted(s string) { e.to = e.putQuoted(e.to, s) }

func (e *encoder) null() { e.to = e.putNull(e.to) }

func (e *encoder) open(c byte) { e.to = e.putOpen(e.to, c) }

func (e *encoder) close(c byte) { e.to = e.putClose(e.to, c) }

// raw writes JSON text.
func (e *encoder) raw(text string) {
	e.literal(text)
	*(*byte)(e.to) = ','
	e.to = e.reserve(unsafe.Add(e.to, 1), 0)
}

// literal writes text that is in its JSON spelling.
func (e *encoder) literal(text string) {
	e.to = e.reserve(e.to, len(text))
	copy(unsafe.Slice((*byte)(e.to), len(text)), text)
	e.to = unsafe.Add(e.to, len(text))
}

// name writes the name of a property.
func (e *encoder) name(s string) {
	e.quoted(s)
	*(*byte)(unsafe.Add(e.to, -1)) = ':'
}

// Methods that begin with put write a value at to, where there is slack, and return where it ends,
// where there is slack again.

func (e *encoder) putNull(to unsafe.Pointer) unsafe.Pointer {
	*(*[5]byte)(to) = [5]byte([]byte("null,"))
	return e.reserve(unsafe.Add(to, 5), 0)
}

func (e *encoder) putBool(to unsafe.Pointer, v bool) unsafe.Pointer {
	if v {
		*(*[5]byte)(to) = [5]byte([]byte("true,"))
		return e.reserve(unsafe.Add(to, 5), 0)
	}
	*(*[6]byte)(to) = [6]byte([]byte("false,"))
	return e.reserve(unsafe.Add(to, 6), 0)
}

func (e *encoder) putOpen(to unsafe.Pointer, c byte) unsafe.Pointer {
	if e.depth++; e.depth > maxDepth {
		e.fail(errors.New("encode JSON: nested too deeply"))
	}
	*(*byte)(to) = c
	return e.reserve(unsafe.Add(to, 1), 0)
}

func (e *encoder) putClose(to unsafe.Pointer, c byte) unsafe.Pointer {
	e.depth--
	if before := unsafe.Add(to, -1); *(*byte)(before) == ',' {
		to = before
	}
	*(*[2]byte)(to) = [2]byte{c, ','}
	return e.reserve(unsafe.Add(to, 2), 0)
}

// putQuoted writes a string. Bytes that are not UTF-8 become U+FFFD.
func (e *encoder) putQuoted(to unsafe.Pointer, s string) unsafe.Pointer {
	e.text = s
	to = e.fields(to, unsafe.Pointer(&e.text), &e.quote[0])
	e.text = ""
	return to
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

// putEscaped writes a string that is not plain ASCII, and the quote after it, in pieces whose room is
// reserved as if each byte needed an escape. Bytes that are not UTF-8 become U+FFFD.
func (e *encoder) putEscaped(to unsafe.Pointer, s string) unsafe.Pointer {
	for len(s) > 0 {
		size := min(len(s), 1<<10)
		for range utf8.UTFMax - 1 {
			if size < len(s) && !utf8.RuneStart(s[size]) {
				size++
			}
		}
		to = writeEscaped(e.reserve(to, size*len(`\u0000`)), s[:size])
		s = s[size:]
	}
	*(*[2]byte)(to) = [2]byte{'"', ','}
	return e.reserve(unsafe.Add(to, 2), 0)
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
				n, more := bits.TrailingZeros64(x&tops)/8, bits.TrailingZeros64(y&tops)/8
				n += n / 8 * more // of which the processor does not have to guess whether it counts
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

func (e *encoder) putNumber(to unsafe.Pointer, v float64, size int) unsafe.Pointer {
	abs := math.Abs(v)
	if !(abs <= math.MaxFloat64) {
		e.fail(errors.New("encode JSON: number is not finite"))
		return to
	}
	// Most have no more than six decimals. Such a number of fifteen digits at most is the shortest
	// for its value.
	millionths := uint64(abs*1e6 + 0.5)
	switch whole := uint64(abs); {
	case size == 64 && abs < 1e15 && float64(whole) == abs && (abs > 0 || !math.Signbit(v)):
		return e.putInteger(to, int64(v))
	case size == 64 && abs < 1e9 && float64(millionths)/1e6 == abs && abs > 0:
		*(*byte)(to) = '-'
		to = e.putInteger(unsafe.Add(to, math.Float64bits(v)>>63), int64(millionths/1e6))
		*(*byte)(unsafe.Add(to, -1)) = '.'
		digits := eightDigits(millionths%1e6) >> 16
		putWord(to, digits|'0'*ones)
		to = unsafe.Add(to, (bits.Len64(digits)+7)/8)
		*(*byte)(to) = ','
		return e.reserve(unsafe.Add(to, 1), 0)
	}
	format := byte('f')
	if abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return e.appended(to, append(strconv.AppendFloat(e.room(to), v, format, -1, size), ','))
}

func (e *encoder) putStrings(to unsafe.Pointer, list []string) unsafe.Pointer {
	to = e.putOpen(to, '[')
	for i := range list {
		to = e.fields(to, unsafe.Pointer(&list[i]), &e.quote[0])
	}
	return e.putClose(to, ']')
}

func (e *encoder) putBytes(to unsafe.Pointer, v []byte) unsafe.Pointer {
	size := base64.StdEncoding.EncodedLen(len(v)) + 3
	to = e.reserve(to, size)
	b := base64.StdEncoding.AppendEncode(append(unsafe.Slice((*byte)(to), size)[:0], '"'), v)
	return e.appended(to, append(b, '"', ','))
}

func (e *encoder) putTime(to unsafe.Pointer, v time.Time) unsafe.Pointer {
	const first, end = -62167219200, 253402300800 // the years 0 to 9999, in seconds since 1970
	seconds := uint64(v.Unix() - first)
	if v.Location() != time.UTC || v.Nanosecond() != 0 || seconds >= end-first {
		return e.dated(to, v.AppendFormat(append(e.room(to), '"'), time.RFC3339Nano))
	}
	second := seconds % 86400
	date := eightDigits(civil(seconds/86400)) | '0'*ones
	clock := twoDigits(second/3600<<16|second/60%60<<32|second%60<<48) | '0'*ones
	// The first digit of both is in the lowest byte, the first two of clock are zeros.
	putWord(to, '"'|date<<32>>24|'-'<<40|date>>32<<48)
	putWord(unsafe.Add(to, 8), '-'|date>>48<<8|'T'<<24|clock>>16<<48>>16|':'<<48|clock>>32<<56)
	putWord(unsafe.Add(to, 16), clock>>40&0xff|':'<<8|clock>>48<<16|'Z'<<32|'"'<<40|','<<48)
	return e.reserve(unsafe.Add(to, len(`"2006-01-02T15:04:05Z",`)), 0)
}

func (e *encoder) putDate(to unsafe.Pointer, v types.Date) unsafe.Pointer {
	return e.dated(to, v.AppendFormat(append(e.room(to), '"'), time.DateOnly))
}

// dated ends a date and what follows it. Its year has to have four digits.
func (e *encoder) dated(to unsafe.Pointer, b []byte) unsafe.Pointer {
	if b[len(`"2006`)] != '-' {
		e.fail(errors.New("encode JSON: year is not one of 0 to 9999"))
	}
	return e.appended(to, append(b, '"', ','))
}
