package support

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"

	"github.com/oapi-codegen/runtime/types"
)

// kind returns the kind of the next value by its first byte; empty when no value begins with it.
func (d *decoder) kind() string {
	c := d.peek()
	for _, kind := range [...]string{"{object", "[array", `"string`, "tboolean", "fboolean", "nnull", "-number"} {
		if kind[0] == c || kind[0] == '-' && '0' <= c && c <= '9' {
			return kind[1:]
		}
	}
	return ""
}

// raw consumes a value of any kind and returns its text, still in the buffer.
func (d *decoder) raw() []byte {
	d.peek()
	start, failed, lost := d.pos, d.err != nil, d.lost
	if d.skip(); d.err != nil {
		d.malformed = d.malformed || !failed
		return nil
	}
	d.lost = lost // that is for callers to say
	return d.data[start:d.pos]
}

// skip consumes a value of any kind.
func (d *decoder) skip() {
	d.lost++
	switch c := d.peek(); c {
	case '{', '[':
		end := c + 2 // ] or }
		for more := d.enter(end); more && d.err == nil; more = d.another(end) {
			if c == '{' {
				d.key()
			}
			d.skip()
		}
	case '"':
		d.text()
	case 't', 'f':
		d.bool()
	case 'n':
		d.null()
	default:
		d.numeral()
	}
}

// numeral consumes a number.
func (d *decoder) numeral() {
	d.span('-', '-', 1)
	ok := d.span('0', '0', 1) > 0 || d.span('0', '9', len(d.data)) > 0
	if d.span('.', '.', 1) > 0 {
		ok = d.span('0', '9', len(d.data)) > 0 && ok
	}
	if d.span('e', 'e', 1) > 0 || d.span('E', 'E', 1) > 0 {
		_ = d.span('-', '-', 1) > 0 || d.span('+', '+', 1) > 0
		ok = d.span('0', '9', len(d.data)) > 0 && ok
	}
	if !ok {
		d.syntax("value")
	}
}

// span consumes bytes from a range, n of them but not more than most.
func (d *decoder) span(first, last byte, most int) (n int) {
	for ; n < most && d.pos < len(d.data) && first <= d.data[d.pos] && d.data[d.pos] <= last; n++ {
		d.pos++
	}
	return n
}

// unescape resolves the escapes of a string, given with its quotes.
func (d *decoder) unescape(text []byte) []byte {
	const letters = `"            /` + `                                            \     ` + "\b   \f       \n   \r \t" // for " to t
	out := make([]byte, 0, len(text))
	for i := 1; ; i++ {
		start := i
		i, _ = plain(text, i)
		out = append(out, text[start:i]...)
		if i++; i >= len(text) { // that was the quote
			return out
		}
		if n := int(text[i]) - '"'; 0 <= n && n < len(letters) && letters[n] != ' ' {
			out = append(out, letters[n])
			continue
		}
		r := codeUnit(text[i:])
		if r < 0 {
			d.fail(errors.New("invalid escape in string"))
			return out
		}
		if utf16.IsSurrogate(r) && text[i+5] == '\\' {
			if pair := utf16.DecodeRune(r, codeUnit(text[i+6:])); pair != utf8.RuneError {
				r, i = pair, i+6
			}
		}
		out = utf8.AppendRune(out, r) // half a pair is U+FFFD
		i += 4
	}
}

// codeUnit returns the number in an escape such as u0041; -1 when text does not begin with one.
func codeUnit(text []byte) rune {
	if text[0] == 'u' {
		if n, err := strconv.ParseUint(string(text[1:min(5, len(text))]), 16, 16); err == nil {
			return rune(n)
		}
	}
	return -1
}

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
		if n, ok = parseInt(text); !ok {
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
	at := d.pos
	if n, ok := d.digits(); ok && n != 0 && bits == 64 {
		return float64(n)
	}
	d.pos = at // it may be -0
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

// number consumes a number and returns its text in the buffer; empty when there is none.
func (d *decoder) number() string {
	if c := d.peek(); c != '-' && (c < '0' || c > '9') {
		d.unexpected("number")
		return ""
	}
	b := d.raw()
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// uint64 is int64 for what has no sign.
func (d *decoder) uint64() uint64 {
	n, ok := uint64(0), false
	if text := d.number(); text != "" {
		if n, ok = parseUint(text); !ok {
			d.fail(errors.New("number is not an integer that fits uint64"))
		}
	}
	return n
}

// parseInt reads an integer in any JSON spelling: 1000, 1e3 and 1000.0 are the same.
func parseInt(text string) (int64, bool) {
	n, err := strconv.ParseInt(integerText(text), 10, 64)
	return n, err == nil
}

// parseUint is parseInt for what has no sign.
func parseUint(text string) (uint64, bool) {
	n, err := strconv.ParseUint(integerText(text), 10, 64)
	return n, err == nil
}

// integerText writes a number without point and exponent; it is empty for what is no number, no
// integer, or a very large one.
func integerText(text string) string {
	const most = "00000000000000000000"
	mantissa, exponent, scaled := strings.Cut(strings.ToLower(text), "e")
	exp, err := strconv.Atoi(exponent)
	whole, decimals, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimRight(whole+decimals, "0")
	if zeros := len(whole) + exp - len(digits); (err == nil || !scaled) && whole != "" && 0 <= zeros && zeros <= len(most) {
		return digits + most[:zeros]
	}
	return ""
}

func (d *decoder) bytes() []byte {
	if d.peek() != '"' {
		d.unexpected("string")
		return nil
	}
	text := strings.TrimRight(d.text(), "=\r\n") // in lines, as MIME has it, the last one ends too
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
	text := d.text()
	if id.UnmarshalText(unsafe.Slice(unsafe.StringData(text), len(text))) != nil {
		d.fail(errors.New("string is not a UUID"))
	}
	d.strictly(len(text) == len("00000000-0000-0000-0000-000000000000"), "uuid")
	return id
}

func (d *decoder) time() time.Time {
	if d.peek() != '"' {
		d.unexpected("string")
		return time.Time{}
	}
	text := d.text()
	t, ok := parseTime(text)
	if !ok {
		d.fail(errors.New("string is not a date and time"))
	}
	if d.strict != nil {
		d.strictly(isDateTime(text), "date-time")
	}
	return t
}

// strictly notes a violation where a text is read that does not have its format.
func (d *decoder) strictly(ok bool, format string) {
	if d.strict != nil && !ok {
		d.strict.add("", "format", format)
	}
}

// date takes a date and time as well, which stays in the Time of the date.
func (d *decoder) date() types.Date {
	if d.peek() != '"' {
		d.unexpected("string")
		return types.Date{}
	}
	text := d.text()
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		ok := false
		if t, ok = parseTime(text); !ok {
			d.fail(errors.New("string is not a date"))
		}
		d.strictly(false, "date")
	}
	return types.Date{Time: t}
}

// slab hands out pointers into chunks.
type slab[T any] struct {
	chunk []T
	used  int // in all chunks
}

func (s *slab[T]) next() *T {
	s.used++
	if len(s.chunk) == cap(s.chunk) {
		s.chunk = make([]T, 0, min(2*len(s.chunk)+2, 64))
	}
	s.chunk = s.chunk[:len(s.chunk)+1]
	return &s.chunk[len(s.chunk)-1]
}
