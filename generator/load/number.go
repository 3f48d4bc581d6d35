package load

import (
	"math/big"
	"strconv"
	"strings"
)

// isJSONNumber tells whether s is a number as JSON writes it.
func isJSONNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole := digits(s)
	if whole == 0 || whole > 1 && s[0] == '0' {
		return false
	}
	s = s[whole:]
	if strings.HasPrefix(s, ".") {
		n := digits(s[1:])
		if n == 0 {
			return false
		}
		s = s[1+n:]
	}
	if s == "" {
		return true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return s != "" && digits(s) == len(s)
}

// digits returns the number of decimal digits at the start of s.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// isCoreNumber tells whether s is a number in YAML 1.2's core schema.
func isCoreNumber(s string) bool {
	if len(s) > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'o') {
		return strings.Trim(s[2:], map[byte]string{'x': "0123456789abcdefABCDEF", 'o': "01234567"}[s[1]]) == ""
	}
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	whole := digits(s)
	s = s[whole:]
	fraction := 0
	if strings.HasPrefix(s, ".") {
		fraction = digits(s[1:])
		s = s[1+fraction:]
	}
	if whole+fraction == 0 {
		return false
	}
	return s == "" || (s[0] == 'e' || s[0] == 'E') && isJSONNumber("1"+s)
}

// jsonNumber rewrites a number as JSON writes it, keeping all digits.
func jsonNumber(s string) string {
	if isJSONNumber(s) {
		return s
	}
	if len(s) > 2 && (s[1] == 'x' || s[1] == 'o') {
		if v, ok := new(big.Int).SetString(s, 0); ok {
			return v.String()
		}
		return "0"
	}
	sign := ""
	switch {
	case strings.HasPrefix(s, "-"):
		sign, s = "-", s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	whole := digits(s)
	intPart, rest := strings.TrimLeft(s[:whole], "0"), s[whole:]
	if intPart == "" {
		intPart = "0"
	}
	if strings.HasPrefix(rest, ".") {
		n := digits(rest[1:])
		if n == 0 {
			rest = rest[1:]
		}
	}
	if out := sign + intPart + rest; isJSONNumber(out) {
		return out
	}
	return "0"
}

// clampNumber returns s as JSON writes it, or the nearest float64 when s is out
// of range, which encoding/json refuses.
func clampNumber(s string) string {
	s = jsonNumber(s)
	if len(s) < 300 && !strings.ContainsAny(s, "eE") {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	if s[0] == '-' {
		return "-1.7976931348623157e308"
	}
	return "1.7976931348623157e308"
}

// wholeNumber returns s as a plain non-negative integer that fits 64 bits.
func wholeNumber(s string) (string, bool) {
	if s = strings.TrimSpace(s); !isCoreNumber(s) {
		return "", false
	}
	s = jsonNumber(s)
	if v, err := strconv.ParseUint(s, 10, 64); err == nil {
		return strconv.FormatUint(v, 10), true
	}
	f, err := strconv.ParseFloat(s, 64)
	switch {
	case f < 0:
		return "", false
	case err != nil || f >= 1<<64:
		return "18446744073709551615", true
	case f == float64(uint64(f)):
		return strconv.FormatUint(uint64(f), 10), true
	}
	return "", false
}
