package support

import (
	"regexp"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"
)

// stringCheck checks a string; without a checker there is nothing to check.
type stringCheck struct {
	c  *checker
	at string
	v  string
}

func (c *checker) string(at, v string) stringCheck { return stringCheck{c, at, v} }

//go:noinline
func (c *checker) optString(at string, v *string) stringCheck {
	if v == nil {
		return stringCheck{}
	}
	return stringCheck{c, at, *v}
}

// required reports a string that has to be set and is not; nothing more is
// said about it then.
//
//go:noinline
func (s stringCheck) required() stringCheck {
	if s.c == nil || s.v != "" || s.c.lenient {
		return s
	}
	s.c.add(s.at, "required", "")
	return stringCheck{}
}

//go:noinline
func (s stringCheck) minLength(n int) stringCheck {
	if s.c != nil && len(s.v)/utf8.UTFMax < n && utf8.RuneCountInString(s.v) < n {
		s.c.add(s.at, "minLength", strconv.Itoa(n))
	}
	return s
}

//go:noinline
func (s stringCheck) maxLength(n int) stringCheck {
	if s.c != nil && len(s.v) > n && utf8.RuneCountInString(s.v) > n {
		s.c.add(s.at, "maxLength", strconv.Itoa(n))
	}
	return s
}

// pattern is a regular expression that is compiled when it is first used.
type pattern struct {
	source string // as in the document
	expr   string // in Go's syntax
	once   sync.Once
	re     *regexp.Regexp
}

func (s stringCheck) pattern(p *pattern) stringCheck {
	if s.c == nil {
		return s
	}
	p.once.Do(func() { p.re, _ = regexp.Compile(p.expr) })
	if p.re != nil && !p.re.MatchString(s.v) {
		s.c.add(s.at, "pattern", p.source)
	}
	return s
}

// format reports a string that is not in the format.
//
//go:noinline
func (s stringCheck) format(name string, ok func(string) bool) stringCheck {
	if s.c != nil && !ok(s.v) {
		s.c.add(s.at, "format", name)
	}
	return s
}

// oneOf reports a string that is none of those listed.
//
//go:noinline
func (s stringCheck) oneOf(keyword string, allowed ...string) stringCheck {
	if s.c != nil && !slices.Contains(allowed, s.v) {
		s.c.add(s.at, keyword, "")
	}
	return s
}

// noneOf reports a string that is one of those excluded.
//
//go:noinline
func (s stringCheck) noneOf(excluded ...string) stringCheck {
	if s.c != nil && slices.Contains(excluded, s.v) {
		s.c.add(s.at, "not", "")
	}
	return s
}

// isOneOf reports whether v is in a list of values. It is not inlined: there
// are many lists.
//
//go:noinline
func isOneOf[T comparable](v T, list []T) bool { return slices.Contains(list, v) }
