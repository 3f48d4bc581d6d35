package filter

import (
	"regexp"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// glob is a pattern that is ready to use.
type glob struct {
	text string
	pos  diag.Pos
	re   *regexp.Regexp
	used bool
}

// dialect is how a pattern is read.
type dialect int

const (
	names        dialect = iota // * is anything
	pathNames                   // * stops at a slash, ** does not
	caselessName                // * is anything, and capitals do not matter
)

// globs makes patterns ready to use.
func globs(patterns []Pattern, d dialect) []*glob {
	var out []*glob
	for _, p := range patterns {
		out = append(out, &glob{text: p.Text, pos: p.Pos, re: d.compile(p.Text)})
	}
	return out
}

// compile translates a pattern. Everything in it but * is literal: a path may
// well contain {id}. A path pattern that ends in /** takes what comes before
// it, too.
func (d dialect) compile(text string) *regexp.Regexp {
	begin, end := "(?s)^", "$"
	stars := strings.NewReplacer(`\*`, ".*")
	switch d {
	case pathNames:
		stars = strings.NewReplacer(`\*\*`, ".*", `\*`, "[^/]*")
		if before, ok := strings.CutSuffix(text, "/**"); ok {
			text, end = before, "(/.*)?$"
		}
	case caselessName:
		begin = "(?si)^"
	}
	return regexp.MustCompile(begin + stars.Replace(regexp.QuoteMeta(strings.ToValidUTF8(text, "\uFFFD"))) + end)
}

// matchesAny tells whether one of the patterns matches one of the values, and
// marks all that do.
func matchesAny(patterns []*glob, values ...string) bool {
	found := false
	for _, p := range patterns {
		for _, v := range values {
			if p.re.MatchString(v) {
				p.used, found = true, true
			}
		}
	}
	return found
}
