package support

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// any consumes a value of any kind. Integers become int64, other numbers
// float64, and numbers that would lose digits json.Number.
func (d *decoder) any() any {
	switch d.peek() {
	case '{':
		return mapOf(d, (*decoder).any)
	case '[':
		return listOf(d, (*decoder).any)
	case '"':
		return d.text()
	case 't', 'f':
		return d.bool()
	case 'n':
		d.null()
		return nil
	}
	if text := d.number(); text != "" {
		return anyNumber(text)
	}
	return nil
}

func anyNumber(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	f, err := strconv.ParseFloat(text, 64)
	if err == nil && sameNumber(text, strconv.FormatFloat(f, 'e', -1, 64)) {
		return f
	}
	return json.Number(strings.Clone(text))
}

// sameNumber reports whether two JSON numbers are equal, digit by digit.
func sameNumber(a, b string) bool {
	digitsA, expA := decimal(a)
	digitsB, expB := decimal(b)
	return digitsA == digitsB && (expA == expB || digitsA == "")
}

// maxExponent bounds exponents, so that sums of them do not overflow.
const maxExponent = 1 << 30

// decimal splits a number into its significant digits, with sign, and the
// power of ten of the first of them.
func decimal(text string) (digits string, exp int) {
	mantissa, e, _ := strings.Cut(strings.ToLower(text), "e")
	exp, _ = strconv.Atoi(e)
	exp = max(-maxExponent, min(exp, maxExponent))
	unsigned := strings.TrimPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(unsigned, ".")
	digits = strings.TrimLeft(whole+fraction, "0")
	exp += len(whole) - (len(whole+fraction) - len(digits))
	digits = strings.TrimRight(digits, "0")
	if digits != "" && len(mantissa) > len(unsigned) {
		digits = "-" + digits
	}
	return digits, exp
}

// any writes a value of any Go type, those of JSON without reflection.
func (e *encoder) any(v any) {
	if v == nil || e.err != nil {
		e.null() // a value that goes round in a circle is nested too deeply at some point
		return
	}
	switch v := v.(type) {
	case string:
		e.quoted(v)
	case bool:
		e.to = e.putBool(e.to, v)
	case int64:
		e.to = e.putInteger(e.to, v)
	case int:
		e.to = e.putInteger(e.to, int64(v))
	case float64:
		e.to = e.putNumber(e.to, v, 64)
	case map[string]any:
		e.open('{')
		for _, name := range slices.Sorted(maps.Keys(v)) {
			e.name(name)
			e.any(v[name])
		}
		e.close('}')
	case []any:
		e.open('[')
		for _, item := range v {
			e.any(item)
		}
		e.close(']')
	default:
		encodeReflect(e, v)
	}
}

// encodeReflect writes a value as encoding/json does.
func encodeReflect[T any](e *encoder, v T) {
	data, err := json.Marshal(&v) // by pointer, whatever its methods want
	if err != nil {
		e.fail(err)
		return
	}
	e.raw(string(data))
}
