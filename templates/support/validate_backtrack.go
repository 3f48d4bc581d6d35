package support

import (
	"sync"
	"time"

	"github.com/dlclark/regexp2"
)

// backtracking is a regular expression of ECMA-262 beyond package regexp, such
// as one that looks ahead. Its time is bounded: a text that takes longer does
// not match.
type backtracking struct{ re *regexp2.Regexp }

func (b backtracking) MatchString(s string) bool {
	ok, err := b.re.MatchString(s)
	return ok && err == nil
}

// compileBacktracking compiles an expression; nil when that is not possible.
func compileBacktracking(expr string) matcher {
	re, err := regexp2.Compile(expr, regexp2.ECMAScript)
	if err != nil {
		return nil
	}
	re.MatchTimeout = 100 * time.Millisecond
	return backtracking{re}
}

// backtrackingPattern is a pattern of that kind, compiled when it is first used.
type backtrackingPattern struct {
	source string
	once   sync.Once
	re     matcher
}

func (s stringCheck) backtracking(p *backtrackingPattern) stringCheck {
	if s.c == nil {
		return s
	}
	p.once.Do(func() { p.re = compileBacktracking(p.source) })
	if p.re != nil && !p.re.MatchString(s.v) {
		s.c.add(s.at, "pattern", p.source)
	}
	return s
}
