package support

import (
	"sync"
	"time"

	"github.com/dlclark/regexp2"
)

// matchTime bounds matching by backtracking, which may take a time that is
// exponential in the size of the text. A text for which there is no time does
// not match, and is reported.
const matchTime = 100 * time.Millisecond

// compileBacktracking compiles a regular expression of ECMA-262 beyond package
// regexp, such as one that looks ahead; nil when that is not possible.
func compileBacktracking(expr string) matcher {
	re, err := regexp2.Compile(expr, regexp2.ECMAScript)
	if err != nil {
		return nil
	}
	re.MatchTimeout = matchTime
	return func(c *checker, s string) (ok, decided bool) {
		if c.spent > checkTime {
			return false, false
		}
		start := time.Now()
		ok, err := re.MatchString(s)
		if took := time.Since(start); took > 20*time.Microsecond { // less is in proportion to the text
			c.spent += int64(took)
		}
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
