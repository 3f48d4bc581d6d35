package support

import (
	"sync"
	"time"

	"github.com/dlclark/regexp2"
)

// Matching by backtracking may take a time that is exponential in the size of
// the text: these bound it for one text, and for all texts in the check of one
// value. A text for which there is no time does not match, and is reported.
const (
	matchTime = 100 * time.Millisecond
	checkTime = time.Second
)

// compileBacktracking compiles a regular expression of ECMA-262 beyond package
// regexp, such as one that looks ahead; nil when that is not possible.
func compileBacktracking(expr string) matcher {
	re, err := regexp2.Compile(expr, regexp2.ECMAScript)
	if err != nil {
		return nil
	}
	re.MatchTimeout = matchTime
	return func(c *checker, s string) (ok, decided bool) {
		if c.matching > int64(checkTime) {
			return false, false
		}
		start := time.Now()
		ok, err := re.MatchString(s)
		c.matching += int64(time.Since(start))
		return ok && err == nil, err == nil
	}
}

// backtrackingPattern is a pattern of that kind, compiled when it is first used.
type backtrackingPattern struct {
	source string
	once   sync.Once
	match  matcher
}

func (s stringCheck) backtracking(p *backtrackingPattern) stringCheck {
	if s.c == nil {
		return s
	}
	p.once.Do(func() { p.match = compileBacktracking(p.source) })
	if p.match == nil {
		return s
	}
	switch ok, decided := p.match(s.c, s.v); {
	case !decided:
		s.c.add(s.at, "pattern", p.source+undecided)
	case !ok:
		s.c.add(s.at, "pattern", p.source)
	}
	return s
}
