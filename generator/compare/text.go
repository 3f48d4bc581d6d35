package compare

import (
	"strings"
	"unicode"
)

// maxValue bounds what is quoted of a document, in characters.
const maxValue = 200

// printable makes a string of the document fit to be shown in one line:
// characters that do not print are replaced, and the end of a long one is cut.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
	if r := []rune(s); len(r) > maxValue {
		return string(r[:maxValue]) + "…"
	}
	return s
}

// code puts s between backticks, which it must not contain itself.
func code(s string) string {
	if s = strings.ReplaceAll(printable(s), "`", "'"); s == "" {
		s = " "
	}
	return "`" + s + "`"
}
