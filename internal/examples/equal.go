package examples

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"time"
)

// Difference compares two JSON texts by meaning: numbers by value, date-times
// by instant, base64 by its bytes, UUIDs without case, objects without order. It returns the first difference, or "".
func Difference(want, got []byte) string {
	a, err := parse(want)
	if err != nil {
		return "wanted: " + err.Error()
	}
	b, err := parse(got)
	if err != nil {
		return "got: " + err.Error()
	}
	return difference("", a, b)
}

func parse(text []byte) (v any, err error) {
	dec := json.NewDecoder(strings.NewReader(string(text)))
	dec.UseNumber()
	err = dec.Decode(&v)
	return v, err
}

func difference(at string, a, b any) string {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok {
			return mismatch(at, a, b)
		}
		for key, value := range x {
			other, ok := y[key]
			if !ok {
				return fmt.Sprintf("%s/%s: lost", at, key)
			}
			if d := difference(at+"/"+key, value, other); d != "" {
				return d
			}
		}
		for key := range y {
			if _, ok := x[key]; !ok {
				return fmt.Sprintf("%s/%s: added", at, key)
			}
		}
		return ""
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return mismatch(at, a, b)
		}
		for i := range x {
			if d := difference(fmt.Sprintf("%s/%d", at, i), x[i], y[i]); d != "" {
				return d
			}
		}
		return ""
	case json.Number:
		y, ok := b.(json.Number)
		if ok && sameNumber(x, y) {
			return ""
		}
	case string:
		y, ok := b.(string)
		if ok && (x == y || sameInstant(x, y) || sameBytes(x, y) || isUUID.MatchString(x) && strings.EqualFold(x, y)) {
			return ""
		}
	default:
		if a == b {
			return ""
		}
	}
	return mismatch(at, a, b)
}

func mismatch(at string, a, b any) string {
	return fmt.Sprintf("%s: want %.60v, got %.60v", at, fmt.Sprint(a), fmt.Sprint(b))
}

func sameNumber(a, b json.Number) bool {
	x, ok1 := new(big.Rat).SetString(a.String())
	y, ok2 := new(big.Rat).SetString(b.String())
	return ok1 && ok2 && x.Cmp(y) == 0
}

func sameInstant(a, b string) bool {
	x, err1 := time.Parse(time.RFC3339, a)
	y, err2 := time.Parse(time.RFC3339, b)
	return err1 == nil && err2 == nil && x.Equal(y)
}

var isUUID = regexp.MustCompile(uuid)

// sameBytes compares base64, whose last character may have bits that mean nothing.
func sameBytes(a, b string) bool {
	x, err1 := base64.StdEncoding.DecodeString(a)
	y, err2 := base64.StdEncoding.DecodeString(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}
