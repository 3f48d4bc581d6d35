package layout

import (
	"bytes"
	"go/token"
	"unicode/utf8"
)

// item is a token of the source.
type item struct {
	tok        token.Token
	start, end int // in the source; a comment ends before its trailing spaces
	line       int
	breaks     int // line ends before it, since the last token
	match      int // of a bracket: the index of the other one
}

// lexer splits source into tokens. It knows less than go/scanner, and says
// so: that leaves the source to go/format.
type lexer struct {
	src   []byte
	at    int
	items []item
	open  []int // brackets that are not closed yet
	// line and breaks are those of the next token.
	line, breaks int
	// failed is set by a token that is not known, or a bracket without its
	// other half.
	failed bool
}

// next replaces items by the tokens up to an empty line between declarations;
// false if there are no more.
func (s *lexer) next() bool {
	s.items = s.items[:0]
	for s.blanks(); s.at < len(s.src); s.blanks() {
		if n := len(s.items); n > 0 && s.breaks > 1 && len(s.open) == 0 && !continues(s.items[n-1].tok) {
			return true
		}
		it := item{start: s.at, line: s.line, breaks: s.breaks}
		s.breaks = 0
		it.tok = s.token()
		it.end = s.at
		switch it.tok {
		case token.COMMENT:
			it.end = it.start + len(bytes.TrimRight(s.src[it.start:it.end], " \t"))
		case token.STRING:
			s.line += bytes.Count(s.src[it.start:it.end], []byte("\n"))
		}
		s.items = append(s.items, it)
		if it.tok == token.ILLEGAL || !s.pair() {
			s.failed = true
			return false
		}
	}
	s.failed = len(s.open) > 0
	return !s.failed && len(s.items) > 0
}

// blanks moves past the space before a token.
func (s *lexer) blanks() {
	for ; s.at < len(s.src); s.at++ {
		switch s.src[s.at] {
		case '\n':
			s.line++
			s.breaks++
		case ' ', '\t':
		default:
			return
		}
	}
}

// pair connects a bracket that closes with the one that it closes.
func (s *lexer) pair() bool {
	last := len(s.items) - 1
	switch tok := s.items[last].tok; tok {
	case token.LPAREN, token.LBRACK, token.LBRACE:
		s.open = append(s.open, last)
	case token.RPAREN, token.RBRACK, token.RBRACE:
		if len(s.open) == 0 {
			return false
		}
		first := s.open[len(s.open)-1]
		s.open = s.open[:len(s.open)-1]
		// The closing brackets follow the opening ones in the same order.
		if s.items[first].tok-token.LPAREN != tok-token.RPAREN {
			return false
		}
		s.items[first].match, s.items[last].match = last, first
	}
	return true
}

// token moves past a token and returns its kind.
func (s *lexer) token() token.Token {
	c := s.src[s.at]
	switch {
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= utf8.RuneSelf:
		start := s.at
		for s.at < len(s.src) && isWord(s.src[s.at]) {
			s.at++
		}
		return keyword(s.src[start:s.at])
	case c >= '0' && c <= '9':
		return s.number()
	case c == '"':
		return s.quoted()
	case c == '`':
		end := bytes.IndexByte(s.src[s.at+1:], '`')
		if end < 0 {
			return token.ILLEGAL
		}
		s.at += end + 2
		return token.STRING
	case c == '/' && bytes.HasPrefix(s.src[s.at:], []byte("//")):
		end := bytes.IndexByte(s.src[s.at:], '\n')
		if end < 0 {
			end = len(s.src) - s.at
		}
		s.at += end
		return token.COMMENT
	}
	return s.operator()
}

func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= utf8.RuneSelf
}

// keyword tells keywords from other names by their length first: most names
// are longer.
func keyword(word []byte) token.Token {
	if len(word) < 2 || len(word) > len("fallthrough") || word[0] < 'b' || word[0] > 'v' {
		return token.IDENT
	}
	return token.Lookup(string(word))
}

// number takes decimal numbers.
func (s *lexer) number() token.Token {
	tok := token.INT
	for ; s.at < len(s.src); s.at++ {
		switch c := s.src[s.at]; {
		case c >= '0' && c <= '9':
		case c == '.':
			tok = token.FLOAT
		case c == 'e':
			tok = token.FLOAT
			if s.at+1 < len(s.src) && (s.src[s.at+1] == '+' || s.src[s.at+1] == '-') {
				s.at++
			}
		case isWord(c):
			return token.ILLEGAL
		default:
			return tok
		}
	}
	return tok
}

// quoted takes a string in quotes.
func (s *lexer) quoted() token.Token {
	for i := s.at + 1; i < len(s.src); i++ {
		switch s.src[i] {
		case '\\':
			i++
		case '\n', '\v', '\f':
			return token.ILLEGAL
		case '"':
			s.at = i + 1
			return token.STRING
		}
	}
	return token.ILLEGAL
}

// operator takes operators and brackets, the longest that fits.
func (s *lexer) operator() token.Token {
	rest := s.src[s.at:]
	if len(rest) >= 3 && string(rest[:3]) == "..." {
		s.at += 3
		return token.ELLIPSIS
	}
	if len(rest) >= 2 {
		if tok, ok := operator2(string(rest[:2])); ok {
			s.at += 2
			return tok
		}
	}
	s.at++
	return operator1(rest[0])
}

func operator1(c byte) token.Token {
	switch c {
	case '(':
		return token.LPAREN
	case ')':
		return token.RPAREN
	case '[':
		return token.LBRACK
	case ']':
		return token.RBRACK
	case '{':
		return token.LBRACE
	case '}':
		return token.RBRACE
	case ',':
		return token.COMMA
	case ';':
		return token.SEMICOLON
	case '.':
		return token.PERIOD
	case ':':
		return token.COLON
	case '=':
		return token.ASSIGN
	case '!':
		return token.NOT
	case '*':
		return token.MUL
	case '&':
		return token.AND
	case '+':
		return token.ADD
	case '-':
		return token.SUB
	case '<':
		return token.LSS
	case '>':
		return token.GTR
	}
	return token.ILLEGAL
}

// operator2 returns the operator of two characters; false if it is none.
func operator2(s string) (token.Token, bool) {
	switch s {
	case ":=":
		return token.DEFINE, true
	case "==":
		return token.EQL, true
	case "!=":
		return token.NEQ, true
	case "<=":
		return token.LEQ, true
	case ">=":
		return token.GEQ, true
	case "&&":
		return token.LAND, true
	case "||":
		return token.LOR, true
	case "++":
		return token.INC, true
	case "--":
		return token.DEC, true
	case "+=":
		return token.ADD_ASSIGN, true
	case "<-", "<<", ">>", "&^", "&=", "-=", "*=":
		return token.ILLEGAL, true
	}
	return token.ILLEGAL, false
}
