package support

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// decodeAny decodes a value of any kind. Integers become int64, other numbers
// float64, and numbers that would lose digits json.Number.
func decodeAny(v *any, d *decoder) {
	switch d.peek() {
	case '{':
		var m map[string]any
		decodeMap(&m, d, decodeAny)
		*v = m
	case '[':
		var list []any
		decodeList(&list, d, decodeAny)
		*v = list
	case '"':
		*v = d.text()
	case 't', 'f':
		var b bool
		decodeBool(&b, d)
		*v = b
	case 'n':
		d.null()
		*v = nil
	default:
		if text := d.number(); text != "" {
			*v = anyNumber(text)
		}
	}
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

// decimal splits a number into its significant digits, with sign, and the
// power of ten of the first of them.
func decimal(text string) (digits string, exp int) {
	mantissa, e, _ := strings.Cut(strings.ToLower(text), "e")
	exp, _ = strconv.Atoi(e)
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

// encodeAny encodes a value of any Go type, those of JSON without reflection.
func encodeAny(v *any, e *encoder) {
	switch v := (*v).(type) {
	case nil:
		e.null()
	case string:
		e.quoted(v)
	case bool:
		encodeBool(&v, e)
	case int64:
		e.integer(v)
	case int:
		e.integer(int64(v))
	case float64:
		e.number(v, 64)
	case map[string]any:
		encodeMap(&v, e, encodeAny)
	case []any:
		encodeList(&v, e, encodeAny)
	default:
		encodeReflect(v, e)
	}
}

// encodeReflect encodes a value as encoding/json does.
func encodeReflect(v any, e *encoder) {
	data, err := json.Marshal(v)
	if err != nil {
		e.fail(err)
		return
	}
	e.raw(string(data))
}

// decodeCustom decodes a type of another package with its own methods.
func decodeCustom[T any](v *T, d *decoder) {
	data := d.raw()
	if d.err != nil {
		return
	}
	if json.Unmarshal(data, v) != nil {
		d.fail(fmt.Errorf("value does not fit %T", *v)) // without quoting it
	}
}

// encodeCustom encodes a type of another package with its own methods.
func encodeCustom[T any](v *T, e *encoder) { encodeReflect(v, e) }
