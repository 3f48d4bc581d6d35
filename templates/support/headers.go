package support

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// headerValue returns the first value of a header, and whether there is one
// that parse understands.
func headerValue[T any](h map[string][]string, name string, parse func(string) (T, bool)) (T, bool) {
	if values := http.Header(h).Values(name); len(values) > 0 {
		return parse(strings.TrimSpace(values[0]))
	}
	var none T
	return none, false
}

// headerList is headerValue for a list with commas, in one line or several.
func headerList[T any](h map[string][]string, name string, parse func(string) (T, bool)) (list []T, ok bool) {
	lines := http.Header(h).Values(name)
	for _, text := range strings.Split(strings.Join(lines, ","), ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue // lists may have gaps
		}
		v, ok := parse(text)
		if !ok {
			return nil, false
		}
		list = append(list, v)
	}
	return list, len(lines) > 0
}

// headerLines is headerList for text with commas of its own: each line is one.
func headerLines(h map[string][]string, name string) ([]string, bool) {
	lines := http.Header(h).Values(name)
	return lines, len(lines) > 0
}

func headerString(text string) (string, bool) { return text, true }

func headerBool(text string) (bool, bool) { return text == "true", text == "true" || text == "false" }

func headerInt32(text string) (int32, bool) {
	v, ok := parseInt(text)
	return int32(v), ok && int64(int32(v)) == v
}

func headerFloat[T ~float32 | ~float64](text string) (T, bool) {
	v, err := strconv.ParseFloat(text, 64)
	n := T(v)
	return n, err == nil && n-n == 0 // which it is not for what is no number, or too large for T
}

func headerTime(text string) (time.Time, bool) {
	t, ok := parseTime(text)
	return t, ok && text != ""
}

// headerText parses a type that knows its own text.
func headerText[T any, P interface {
	*T
	UnmarshalText([]byte) error
}](text string) (v T, ok bool) {
	return v, P(&v).UnmarshalText([]byte(text)) == nil
}
