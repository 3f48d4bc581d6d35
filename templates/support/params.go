package support

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"
)

// escapedList is a list in a path, with commas.
func escapedList[T any](list []T, format func(T) string) string {
	var b []byte
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendEscaped(b, format(v), "")
	}
	return string(b)
}

// jsonText is a parameter in JSON.
func jsonText(r *request, v any) string {
	data, err := encodeJSON(func(e *encoder) { e.value(v) }, true)
	r.fail(err)
	return string(data)
}

// itemText is a value as text: a scalar as it is, unless it is asked for as JSON, and everything else
// as JSON, whose media type is then returned.
func itemText(value any, asJSON bool) (text, mediaType string) {
	if s, ok := value.(string); ok && !asJSON {
		return s, ""
	}
	data, err := encodeJSON(func(e *encoder) { e.any(value) }, true)
	if text = string(data); err == nil && strings.ContainsAny(text[:1], "{[") {
		mediaType = "application/json"
	}
	return text, mediaType
}

// given is the text of a required parameter of several parts: nothing of it
// would be sent if all of them are empty.
func given(r *request, at, text string) string {
	if text == "" && !slices.ContainsFunc(r.check.list, func(v Violation) bool { return v.Pointer == at }) {
		r.check.add(at, "required", "")
	}
	return text
}

// setOptional sets a header that may be absent.
func setOptional[T any](r *request, key string, v *T, format func(T) string) {
	if v != nil {
		r.set(key, format(*v))
	}
}

// reservedIn is what may be kept, without what separates the parts of a value
// that is not exploded.
func reservedIn(keep string, exploded bool) string {
	if exploded {
		return keep
	}
	return strings.ReplaceAll(keep, ",", "")
}

// addOptional adds a value that may be absent.
func addOptional[T any](p *pairs, name string, v *T, format func(T) string) {
	if v != nil {
		p.add(name, format(*v))
	}
}

// addList adds a pair for each item of a list.
func addList[T any](p *pairs, name string, list []T, format func(T) string) {
	for _, v := range list {
		p.add(name, format(v))
	}
}

// addJoined adds the items of a list as one pair, with a separator between
// them that the items have only as an escape.
func addJoined[T any](p *pairs, name string, list []T, separator string, format func(T) string) {
	for i, v := range list {
		if i == 0 {
			p.name(name)
		} else {
			p.text = append(p.text, separator...)
		}
		p.text = appendEscaped(p.text, format(v), reservedIn(reserved[:p.keep], false))
	}
}

// joined is a list in a header, with commas.
func joined[T any](list []T, format func(T) string) string {
	var b strings.Builder
	for i, v := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(format(v))
	}
	return b.String()
}

// hide keeps a value out of URLs in errors and logs, however it is escaped.
func (r *request) hide(value string) { r.hideText(escaped(value, "")) }

// hideText is hide for text as it is in the URL.
func (r *request) hideText(text string) {
	var plain []byte
	for len(text) > 0 {
		c, n := unescapedByte(text)
		plain, text = append(plain, c), text[n:]
	}
	if r.secrets == nil {
		r.secrets, r.redact = new([]string), r.withoutSecrets
	}
	if len(plain) > 0 {
		*r.secrets = append(*r.secrets, string(plain))
	}
}

// hideQuery is hide for what write adds to the query: for each pair, since a server may give them
// back in another order.
func (r *request) hideQuery(write func()) {
	before := len(r.query.text)
	write()
	for pair := range strings.SplitSeq(string(r.query.text[before:]), "&") {
		r.hideText(pair)
	}
}

// withoutSecrets is text without what is hidden.
func (r *request) withoutSecrets(text string) string {
	var b strings.Builder
	end := 0 // of the secrets that are there up to now
	for i := range len(text) {
		for _, secret := range *r.secrets {
			n := lengthOf(secret, text[i:])
			if n > 0 && i >= end {
				b.WriteString("REDACTED")
			}
			end = max(end, i+n)
		}
		if i >= end {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// lengthOf is how long a secret is at the beginning of text, 0 if it is not there.
func lengthOf(secret, text string) int {
	at := 0
	for i := range len(secret) {
		if at == len(text) {
			return 0
		}
		c, n := unescapedByte(text[at:])
		if c != secret[i] {
			return 0
		}
		at += n
	}
	return at
}

// unescapedByte is the first byte of text that may be escaped, also twice or as Go quotes it, and how
// long it is there. A space is "+".
func unescapedByte(text string) (c byte, n int) {
	if text[0] == '\\' && len(text) > 1 && (text[1] == '"' || text[1] == '\\') {
		return text[1], 2
	}
	c, n = text[0], 1
	for c == '%' && len(text) >= n+2 {
		v, err := strconv.ParseUint(text[n:n+2], 16, 8)
		if err != nil {
			break
		}
		c, n = byte(v), n+2
	}
	if c == ' ' {
		c = '+'
	}
	return c, n
}

// inCookies are characters that stay as they are in cookies, besides the
// unreserved ones; "," and "=" as well where they separate nothing.
const inCookies = "!#$&'()*+/:<>?@[]^`{|}"

// cookie adds a cookie; characters that it cannot hold are escaped.
func (r *request) cookie(name, value string) {
	r.escapedCookie(name, escaped(value, inCookies+",="))
}

// escapedCookie is cookie for escaped text; what is empty is not sent.
func (r *request) escapedCookie(name, text string) {
	if text != "" {
		r.addCookies(name + "=" + text)
	}
}

// addCookies adds cookies, each with its name.
func (r *request) addCookies(text string) {
	if before := r.http.Header.Get("Cookie"); before != "" && text != "" {
		text = before + "; " + text
	}
	r.set("Cookie", text)
}

func formatString[T ~string](v T) string { return string(v) }

func formatInt[T ~int64 | ~int32](v T) string { return strconv.FormatInt(int64(v), 10) }

func formatUint[T ~uint64](v T) string { return strconv.FormatUint(uint64(v), 10) }
func formatFloat[T ~float64](v T) string {
	return strconv.FormatFloat(float64(v), 'f', -1, 64)
}

// formatFloat32 is formatFloat for the shorter kind.
func formatFloat32[T ~float32](v T) string {
	return strconv.FormatFloat(float64(v), 'f', -1, 32)
}

func formatBool[T ~bool](v T) string { return strconv.FormatBool(bool(v)) }

func formatTime(v time.Time) string { return v.Format(time.RFC3339Nano) }

func formatBytes(v []byte) string { return base64.StdEncoding.EncodeToString(v) }
