package diag

import "strings"

// EscapeToken makes a token of a JSON pointer of text.
func EscapeToken(text string) string {
	if !strings.ContainsAny(text, "~/") {
		return text // as nearly all are
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "~", "~0"), "/", "~1")
}

// LastToken returns the last token of a JSON pointer, or of a reference to a
// place in the same document, unescaped.
func LastToken(ptr string) string { return UnescapeToken(ptr[strings.LastIndexByte(ptr, '/')+1:]) }

// SchemeName is the name of the security scheme that a requirement asks for: in OpenAPI 3.2 that may
// be a reference to it.
func SchemeName(key string) string {
	if token, ok := strings.CutPrefix(key, "#/components/securitySchemes/"); ok {
		return UnescapeToken(token)
	}
	return key
}

// UnescapeToken returns the text that a token of a JSON pointer stands for.
func UnescapeToken(token string) string {
	if !strings.Contains(token, "~") {
		return token
	}
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}
