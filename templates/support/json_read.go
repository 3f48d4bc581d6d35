package support

import (
	"encoding/base64"
	"errors"
	"math"
	"strconv"
	"strings"
	"unsafe"

	"github.com/oapi-codegen/runtime/types"
)

func decodeString(v *string, d *decoder) {
	if d.peek() != '"' {
		d.unexpected("string")
		return
	}
	*v = d.text()
}

func decodeBool(v *bool, d *decoder) {
	switch d.peek() {
	case 't':
		*v = d.word("true")
	case 'f':
		*v = !d.word("false")
	default:
		d.unexpected("boolean")
	}
}

func decodeInt64(v *int64, d *decoder) {
	if n, ok := d.digits(); ok {
		*v = n
		return
	}
	if text := d.number(); text != "" {
		n, err := parseInt(text)
		if err != nil {
			d.fail(err)
		}
		*v = n
	}
}

func decodeInt32(v *int32, d *decoder) {
	var n int64
	decodeInt64(&n, d)
	if int64(int32(n)) != n {
		d.fail(errors.New("number does not fit int32"))
		return
	}
	*v = int32(n)
}

func decodeFloat64(v *float64, d *decoder) {
	if text := d.number(); text != "" {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			d.fail(errors.New("number does not fit float64"))
			return
		}
		*v = n
	}
}

func decodeFloat32(v *float32, d *decoder) {
	if text := d.number(); text != "" {
		n, err := strconv.ParseFloat(text, 32)
		if err != nil {
			d.fail(errors.New("number does not fit float32"))
			return
		}
		*v = float32(n)
	}
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
func parseInt(text string) (int64, error) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0, errors.New("number is not an integer that fits int64")
	}
	return int64(f), nil
}

func decodeBytes(v *[]byte, d *decoder) {
	if d.peek() != '"' {
		d.unexpected("string")
		return
	}
	text := strings.TrimRight(string(d.quoted()), "=")
	enc := base64.RawStdEncoding
	if strings.ContainsAny(text, "-_") {
		enc = base64.RawURLEncoding
	}
	b, err := enc.DecodeString(text)
	if err != nil {
		d.fail(errors.New("string is not base64"))
		return
	}
	*v = b
}

func decodeUUID(v *types.UUID, d *decoder) {
	if d.peek() != '"' {
		d.unexpected("string")
		return
	}
	if err := v.UnmarshalText(d.quoted()); err != nil {
		d.fail(errors.New("string is not a UUID"))
	}
}
