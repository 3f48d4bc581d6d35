package support

import (
	"encoding/base64"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
	"unsafe"

	"github.com/oapi-codegen/runtime/types"
)

// The methods below consume a value of their kind. Null leaves the zero value.

func (d *decoder) string() string {
	if d.peek() != '"' {
		d.unexpected("string")
		return ""
	}
	return d.text()
}

func (d *decoder) bool() bool {
	switch d.peek() {
	case 't':
		return d.word("true")
	case 'f':
		return !d.word("false")
	}
	d.unexpected("boolean")
	return false
}

func (d *decoder) int64() int64 {
	n, ok := d.digits()
	if ok {
		return n
	}
	if text := d.number(); text != "" {
		n, ok = parseInt(text)
		if !ok {
			d.fail(errors.New("number is not an integer that fits int64"))
		}
	}
	return n
}

func (d *decoder) int32() int32 {
	n := d.int64()
	if int64(int32(n)) != n {
		d.fail(errors.New("number does not fit int32"))
	}
	return int32(n)
}

func (d *decoder) float64() float64 { return d.float(64) }

func (d *decoder) float32() float32 { return float32(d.float(32)) }

func (d *decoder) float(bits int) float64 {
	text := d.number()
	if text == "" {
		return 0
	}
	n, err := strconv.ParseFloat(text, bits)
	if err != nil {
		d.fail(errors.New("number does not fit float" + strconv.Itoa(bits)))
	}
	return n
}

// digits consumes an integer of up to 18 digits; when the number is of
// another kind it consumes nothing.
func (d *decoder) digits() (n int64, ok bool) {
	d.peek()
	i := d.pos
	negative := i < len(d.data) && d.data[i] == '-'
	if negative {
		i++
	}
	start := i
	for ; i < len(d.data) && i-start < 19; i++ {
		c := d.data[i] - '0'
		if c > 9 {
			break
		}
		n = n*10 + int64(c)
	}
	if i == start || i-start > 18 || d.data[start] == '0' && i-start > 1 {
		return 0, false
	}
	if i < len(d.data) && (d.data[i] == '.' || d.data[i]|' ' == 'e') {
		return 0, false
	}
	d.pos = i
	if negative {
		n = -n
	}
	return n, true
}

// number consumes a number and returns its text, which is in the buffer;
// empty when there is none.
func (d *decoder) number() string {
	if c := d.peek(); c != '-' && (c < '0' || c > '9') {
		d.unexpected("number")
		return ""
	}
	b := d.raw()
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// parseInt reads an integer in any JSON spelling: 1000, 1e3 and 1000.0 are
// the same.
func parseInt(text string) (int64, bool) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int64(f), true
}

func (d *decoder) bytes() []byte {
	if d.peek() != '"' {
		d.unexpected("string")
		return nil
	}
	text := strings.TrimRight(string(d.quoted()), "=")
	enc := base64.RawStdEncoding
	if strings.ContainsAny(text, "-_") {
		enc = base64.RawURLEncoding
	}
	b, err := enc.DecodeString(text)
	if err != nil {
		d.fail(errors.New("string is not base64"))
	}
	return b
}

func (d *decoder) uuid() (id types.UUID) {
	if d.peek() != '"' {
		d.unexpected("string")
		return id
	}
	if id.UnmarshalText(d.quoted()) != nil {
		d.fail(errors.New("string is not a UUID"))
	}
	return id
}

func (d *decoder) time() time.Time {
	if d.peek() != '"' {
		d.unexpected("string")
		return time.Time{}
	}
	t, ok := parseTime(d.text())
	if !ok {
		d.fail(errors.New("string is not a date and time"))
	}
	return t
}

func (d *decoder) date() types.Date {
	if d.peek() != '"' {
		d.unexpected("string")
		return types.Date{}
	}
	text := d.text()
	t, err := time.Parse(time.DateOnly, text[:min(len(text), len(time.DateOnly))])
	if err != nil && text != "" {
		d.fail(errors.New("string is not a date"))
	}
	return types.Date{Time: t}
}

// present consumes a null, which strict decoding objects to, and reports
// whether there is something else.
func (d *decoder) present() bool {
	if d.peek() != 'n' {
		return true
	}
	d.unexpected("value")
	return false
}

// The methods below consume a value that may be absent, but should not be null. They save
// allocations.

func (d *decoder) optString() *string {
	if !d.present() {
		return nil
	}
	p := d.strings.next()
	*p = d.string()
	return p
}

func (d *decoder) optBool() *bool {
	if !d.present() {
		return nil
	}
	p := d.bools.next()
	*p = d.bool()
	return p
}

func (d *decoder) optInt64() *int64 {
	if !d.present() {
		return nil
	}
	p := d.ints.next()
	*p = d.int64()
	return p
}

func (d *decoder) optFloat64() *float64 {
	if !d.present() {
		return nil
	}
	p := d.floats.next()
	*p = d.float64()
	return p
}

// slab hands out pointers into chunks: optional scalars cost less than one allocation each.
type slab[T any] struct{ chunk []T }

func (s *slab[T]) next() *T {
	if len(s.chunk) == cap(s.chunk) {
		s.chunk = make([]T, 0, min(2*len(s.chunk)+2, 64))
	}
	s.chunk = s.chunk[:len(s.chunk)+1]
	return &s.chunk[len(s.chunk)-1]
}
