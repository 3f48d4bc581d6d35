package support

import (
	"cmp"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// encoding is how a property of a form is written, where the document says.
type encoding struct {
	property, mediaType, style string
	explode                    bool
	keep                       string // reserved characters that stay as they are
}

// eachProperty calls add for the properties of the object that v points to: for
// the items of a list one by one, unless add takes lists as they are.
func eachProperty(r *request, v any, encodings []encoding, add func(name string, value any, enc encoding)) {
	d := &decoder{data: []byte(jsonText(r, v))}
	for name := range d.members {
		value := d.any()
		enc := encoding{explode: true}
		for _, e := range encodings {
			if e.property == name {
				enc = e
			}
		}
		items, isList := value.([]any)
		if !isList || enc.style != "" {
			items = []any{value}
		}
		for _, item := range items {
			if item != nil {
				add(name, item, enc)
			}
		}
	}
	r.fail(d.end())
}

// formBody sends the properties of v as a form. Objects are JSON, and lists
// are repeated.
func formBody(r *request, mediaType string, v any) {
	var form pairs
	eachProperty(r, v, nil, func(name string, value any, _ encoding) {
		text, _ := itemText(value, false)
		form.add(name, text)
	})
	r.content(mediaType, form.text)
}

// styledForm is formBody with properties that have a style or a media type.
func styledForm(r *request, mediaType string, v any, encodings ...encoding) {
	var form pairs
	eachProperty(r, v, encodings, func(name string, value any, enc encoding) {
		if enc.style != "" {
			form.addStyled(enc.styling(name).text(value))
			return
		}
		text, _ := enc.text(value)
		form.add(name, text)
	})
	r.content(mediaType, form.text)
}

// text is a value without a style, or an item of a list, and its media type.
// Text is JSON only if the document says that it is sent as such.
func (e encoding) text(value any) (text, mediaType string) {
	base, _, _ := strings.Cut(e.mediaType, ";")
	text, mediaType = itemText(value, strings.HasSuffix(strings.ToLower(strings.TrimSpace(base)), "json"))
	return text, cmp.Or(e.mediaType, mediaType)
}

// styling is how a property with a style is written.
func (e encoding) styling(name string) styling {
	return styling{name, e.style, e.explode, reservedIn(e.keep, e.explode)}
}

// addParts adds the properties of v to a multipart form. Objects are JSON, and
// lists are repeated.
func addParts(r *request, m *multipartForm, v any, encodings ...encoding) {
	eachProperty(r, v, encodings, func(name string, value any, enc encoding) {
		text, mediaType := enc.text(value)
		m.add(name, mediaType, text)
	})
}

// addStyledParts is addParts with properties that have a style. A part is what
// a pair of the query would be, without its escapes.
func addStyledParts(r *request, m *multipartForm, v any, encodings ...encoding) {
	eachProperty(r, v, encodings, func(name string, value any, enc encoding) {
		if enc.style == "" {
			text, mediaType := enc.text(value)
			m.add(name, mediaType, text)
			return
		}
		for pair := range strings.SplitSeq(enc.styling(name).text(value), "&") {
			key, text, ok := strings.Cut(pair, "=")
			if key, text = unescaped(key), unescaped(text); ok {
				m.add(key, enc.mediaType, text)
			}
		}
	})
}

// unescaped undoes escaped.
func unescaped(text string) string {
	plain, _ := url.PathUnescape(text) // the escapes are our own
	return plain
}

// addFiles adds files by name.
func addFiles(m *multipartForm, files map[string]io.Reader) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		m.file(name, "", files[name])
	}
}
