package examples

import (
	"encoding/base64"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// anything is a value of any kind.
func (m *maker) anything() any {
	all := []any{"text", int64(7), 2.5, true, map[string]any{"a": int64(1)}, []any{"x", int64(2)}}
	return all[m.rand.IntN(len(all))]
}

// number makes a number between the limits.
func (m *maker) number(s *openapi3.Schema, whole bool) any {
	low, high := -1000.0, 1000.0
	if s.Min != nil {
		low = *s.Min
		high = max(high, low+10)
	}
	if s.Max != nil {
		high = *s.Max
		if s.Min == nil {
			low = high - 10
		}
	}
	if least, most, limited := formatRange(s.Format); limited {
		low, high = max(low, least), min(high, most)
	}
	v := low + m.rand.Float64()*(high-low)
	switch {
	case s.Format == "int64" && s.Max == nil && m.chance(0.1):
		return int64(1)<<62 + 3 // more digits than a float64 holds
	case s.MultipleOf != nil && *s.MultipleOf > 0:
		v = math.Ceil(low/(*s.MultipleOf)) * *s.MultipleOf
	}
	if whole || strings.HasPrefix(s.Format, "int") || m.chance(0.3) {
		v = math.Ceil(v)
		if s.ExclusiveMin.IsTrue() || s.ExclusiveMin.Value != nil {
			v++
		}
		return int64(v)
	}
	if s.Format == "float" {
		return math.Round(min(max(v, -1e5), 1e5)*4) / 4 // a float32 holds it
	}
	return math.Round(v*1000) / 1000
}

// formatRange is what integers of a format are between.
func formatRange(format string) (low, high float64, limited bool) {
	switch format {
	case "int8":
		return math.MinInt8, math.MaxInt8, true
	case "uint8", "byte":
		return 0, math.MaxUint8, true
	case "uint16", "uint32", "uint64":
		return 0, math.MaxUint16, true
	}
	return 0, 0, false
}

// texts are texts of some formats.
func texts(format string) string {
	switch format {
	case "time":
		return "12:30:00Z"
	case "duration":
		return "PT5M"
	case "email":
		return "someone@example.com"
	case "uri", "url", "uri-reference":
		return "https://example.com/a?b=c"
	case "json-pointer":
		return "/a/b"
	case "hostname":
		return "example.com"
	case "ipv4", "ip":
		return "192.0.2.1"
	case "ipv6":
		return "2001:db8::1"
	case "cidr", "ipv4-cidr":
		return "192.0.2.0/24"
	}
	return ""
}

// text makes a text of the format or pattern, or else of letters of all kinds.
func (m *maker) text(s *openapi3.Schema) string {
	if text := texts(s.Format); text != "" {
		return text
	}
	least := int(s.MinLength)
	if m.plain || s.WriteOnly || s.Format == "password" {
		least = max(least, 1) // an empty one counts as forgotten
	}
	switch {
	case s.Format == "date-time":
		zone := []*time.Location{time.UTC, time.FixedZone("", 5400)}[m.rand.IntN(2)]
		return time.Unix(m.rand.Int64N(4e9), m.rand.Int64N(1000)*1e6).In(zone).Format(time.RFC3339Nano)
	case s.Format == "date":
		return time.Unix(m.rand.Int64N(4e9), 0).UTC().Format(time.DateOnly)
	case s.Format == "uuid":
		return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", m.rand.Uint32(), m.rand.IntN(1<<16), m.rand.IntN(1<<12), m.rand.IntN(1<<12), m.rand.Int64N(1<<48))
	case s.Format == "byte" || s.ContentEncoding == "base64":
		return base64.StdEncoding.EncodeToString([]byte("some bytes \xff")[:m.rand.IntN(12)])
	case s.Pattern != "":
		if text, ok := m.matching(s.Pattern, least, s.MaxLength); ok {
			return text
		}
	}
	letters := []rune("abcXYZ019 é\"\\/<>&\n😀世")
	n := least + m.rand.IntN(9)
	if m.plain {
		letters = letters[:9]
	}
	if s.MaxLength != nil {
		n = min(n, int(*s.MaxLength))
	}
	var b strings.Builder
	for range n {
		b.WriteRune(letters[m.rand.IntN(len(letters))])
	}
	return b.String()
}
