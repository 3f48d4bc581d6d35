package emit

import (
	"strings"
	"unicode"

	"github.com/dave/jennifer/jen"
)

// doc returns text of the document as comment lines; paragraphs are separated
// by an empty line. It is null code when there is nothing to say.
func (e *emitter) doc(paragraphs ...string) *jen.Statement {
	s := jen.Null()
	for i, line := range docLines(paragraphs...) {
		if i > 0 {
			s.Line()
		}
		// With the slashes in place jennifer writes the string as it is.
		s.Comment("// " + line)
	}
	return s
}

// docLines sanitises and wraps text.
func docLines(paragraphs ...string) []string {
	var lines []string
	for _, p := range paragraphs {
		if p = oneLine(p); p == "" {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, p)
	}
	return lines
}

// oneLine makes text safe for a comment on one line: no control, bidi or
// zero-width characters, no line breaks.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == unicode.ReplacementChar || unicode.In(r, unicode.C, unicode.Zl, unicode.Zp):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(text), " ")
}
