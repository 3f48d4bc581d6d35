package examples

import (
	"regexp/syntax"
	"strings"
)

// matching makes a text that a regular expression of Go matches; false for
// expressions that are none.
func (m *maker) matching(pattern string, least int, most *uint64) (string, bool) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", false
	}
	text := ""
	for range 20 {
		var b strings.Builder
		m.write(&b, re.Simplify())
		text = b.String()
		n := len([]rune(text))
		if n >= least && (most == nil || n <= int(*most)) {
			break
		}
	}
	return text, true
}

// write writes what a part of an expression matches.
func (m *maker) write(b *strings.Builder, re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			b.WriteRune(r)
		}
	case syntax.OpCharClass:
		b.WriteRune(m.oneOf(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteRune('x')
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			m.write(b, sub)
		}
	case syntax.OpAlternate:
		m.write(b, re.Sub[m.rand.IntN(len(re.Sub))])
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest:
		n := m.rand.IntN(2)
		if re.Op == syntax.OpStar {
			n = m.rand.IntN(4)
		} else if re.Op == syntax.OpPlus {
			n = 1 + m.rand.IntN(12)
		}
		for range n {
			m.write(b, re.Sub[0])
		}
	}
}

// oneOf is a character of one of the ranges, none for control if there are others.
func (m *maker) oneOf(ranges []rune) rune {
	for range 9 {
		i := m.rand.IntN(len(ranges)/2) * 2
		low, high := max(ranges[i], ' '), min(ranges[i+1], ranges[i]+60)
		if low <= high {
			return low + rune(m.rand.IntN(int(high-low)+1))
		}
	}
	return ranges[0]
}
