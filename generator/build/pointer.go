package build

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

const schemaPrefix = "/components/schemas/"

// join appends tokens to a JSON pointer.
func join(ptr string, tokens ...string) string {
	size := len(ptr)
	for _, token := range tokens {
		size += len("/") + len(token)
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteString(ptr)
	for _, token := range tokens {
		b.WriteByte('/')
		b.WriteString(diag.EscapeToken(token))
	}
	return b.String()
}

// index appends an array index to a JSON pointer.
func index(ptr string, i int) string { return ptr + "/" + itoa(i) }

func itoa(i int) string { return strconv.Itoa(i) }

// refPointer returns the pointer that a local reference means: "#/a/b%20c"
// is "/a/b c".
func refPointer(ref string) string {
	_, fragment, _ := strings.Cut(ref, "#")
	if decoded, err := url.PathUnescape(fragment); err == nil {
		return decoded
	}
	return fragment
}

// componentSchema returns the key of the component schema at ptr; ok is false
// when ptr is anywhere else.
func componentSchema(ptr string) (key string, ok bool) {
	rest, ok := strings.CutPrefix(ptr, schemaPrefix)
	if !ok || strings.Contains(rest, "/") {
		return "", false
	}
	return diag.UnescapeToken(rest), true
}

// isProperty reports whether ptr leads to a property of a schema.
func isProperty(ptr string) bool {
	parent := ptr[:max(strings.LastIndexByte(ptr, '/'), 0)]
	return strings.HasSuffix(parent, "/properties")
}
