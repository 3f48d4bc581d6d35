package params

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Want is what the value looks like on the wire, by RFC 6570 and the style
// table of OpenAPI: the path segment, the query, or the value of the header or
// cookie. What OpenAPI leaves open is marked.
func (c Case) Want(value string) (string, error) {
	v, err := decode(value)
	if err != nil {
		return "", err
	}
	if c.JSON {
		text, err := compact(value)
		if c.In == "query" {
			return "v=" + c.escape(text), err
		}
		return c.escape(text), err
	}
	switch v := v.(type) {
	case []any:
		return c.list(v), nil
	case map[string]any:
		return c.object(v), nil
	}
	return c.begin(";v=", "v=") + c.escape(scalar(v)), nil
}

// begin is what comes before a value: matrix and query have a name, which the
// caller spells; in a label it is a dot.
func (c Case) begin(matrix, query string) string {
	switch {
	case c.Style == "label":
		return "."
	case c.Style == "matrix":
		return matrix
	case c.In == "query":
		return query
	}
	return ""
}

// list is an array.
func (c Case) list(list []any) string {
	var items []string
	for _, item := range list {
		items = append(items, c.item(item))
	}
	switch {
	case c.Explode && c.Style == "label":
		return "." + strings.Join(items, ".")
	case c.Explode && c.Style == "matrix":
		return ";v=" + strings.Join(items, ";v=")
	case c.Explode && c.In == "query":
		return "v=" + strings.Join(items, "&v=")
	}
	// Exploded cookies are open: OpenAPI's table has "&", which separates
	// nothing there. They are written as in headers.
	return c.begin(";v=", "v=") + strings.Join(items, c.separator())
}

// separator is that of a value that is not exploded.
func (c Case) separator() string {
	switch c.Style {
	case "spaceDelimited":
		return "%20"
	case "pipeDelimited":
		return "%7C"
	}
	return ","
}

// object is an object, without what is null.
func (c Case) object(all map[string]any) string {
	if c.Style == "deepObject" {
		return strings.Join(c.deep("v", all), "&")
	}
	equal, separator := c.separator(), c.separator()
	if c.Explode {
		equal = "="
		switch {
		case c.Style == "label":
			separator = "."
		case c.Style == "matrix":
			separator = ";"
		case c.In == "query":
			separator = "&"
		}
	}
	var pairs []string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if all[key] != nil {
			pairs = append(pairs, c.key(key)+equal+c.item(all[key]))
		}
	}
	text := strings.Join(pairs, separator)
	if c.Explode {
		return c.begin(";", "") + text
	}
	return c.begin(";v=", "v=") + text
}

// deep is an object in style deepObject. Its brackets are escaped: RFC 3986
// has none in queries. What is inside its properties is open; names and
// indexes follow in brackets of their own.
func (c Case) deep(at string, value any) []string {
	var pairs []string
	switch value := value.(type) {
	case nil:
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			pairs = append(pairs, c.deep(at+"%5B"+c.key(key)+"%5D", value[key])...)
		}
	case []any:
		for i, item := range value {
			pairs = append(pairs, c.deep(fmt.Sprintf("%s%%5B%d%%5D", at, i), item)...)
		}
	default:
		return []string{at + "=" + c.escape(scalar(value))}
	}
	return pairs
}

// item is a value in an array or object. That of another array or object is
// open; it is written as JSON.
func (c Case) item(v any) string { return c.escapePart(scalar(v)) }

// key is the name of a property.
func (c Case) key(name string) string {
	c.Reserved = false
	return c.escapeBut(name, ",=")
}

// escape escapes text once for its place, escapePart if it is not all there is
// of the value.
func (c Case) escape(text string) string { return c.escapeBut(text, "") }

func (c Case) escapePart(text string) string {
	switch {
	case c.In == "cookie":
		return c.escapeBut(text, ",=")
	case !c.Explode:
		return c.escapeBut(text, ",")
	}
	return c.escape(text)
}

// escapeBut escapes text; separators are always escaped.
func (c Case) escapeBut(text, separators string) string {
	keep := "-._~"
	switch {
	case c.In == "header":
		return text
	case c.In == "cookie": // the characters that RFC 6265 allows, without "%"
		keep += "!#$&'()*+,/:<=>?@[]^`{|}"
	case c.Reserved: // RFC 6570, without what would end the value: "#&;" and "+"
		keep += "!$'()*,/:=?@[]"
	}
	var b strings.Builder
	for _, x := range []byte(text) {
		if x >= 'a' && x <= 'z' || x >= 'A' && x <= 'Z' || x >= '0' && x <= '9' || strings.IndexByte(keep, x) >= 0 && strings.IndexByte(separators, x) < 0 {
			b.WriteByte(x)
		} else {
			fmt.Fprintf(&b, "%%%02X", x)
		}
	}
	return b.String()
}

// scalar is a value as text.
func scalar(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

// decode decodes JSON with the digits of numbers.
func decode(text string) (any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

func compact(text string) (string, error) {
	var b bytes.Buffer
	err := json.Compact(&b, []byte(text))
	return b.String(), err
}
