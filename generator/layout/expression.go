package layout

import (
	"bytes"
	"go/token"
	"math"
)

// state is what is known of the tokens between two brackets, or of a
// statement, before the next one.
type state struct {
	start     int  // of the text of the statement
	decl      bool // it declares a function
	header    bool // it is an if, a for or a switch whose block comes
	isSwitch  bool
	cases     bool // it lists the values of a case
	types     bool // there are names and types: an asterisk makes a pointer
	method    bool // it is a method of an interface
	signature int  // where the text of a function's header starts, plus 1
	index     bool // it is an index
	broken    bool // it goes on on the next line, which is indented
	operators int  // kinds of binary operators, as bits
	several   bool // there was a comma

	prev    token.Token
	unary   bool // prev has one operand
	typeEnd bool // prev closes the brackets of a list or map type
}

// list writes the tokens [i, end): a statement, or what brackets enclose
// when none of it starts a line.
func (p *printer) list(i, end int, s *state) {
	first := i
	for ; i < end && !p.unknown; i++ {
		if p.items[i].breaks > 0 && i > first {
			p.continued(i, s)
		} else if i > first && p.space(i, s) {
			p.out = append(p.out, ' ')
		}
		switch tok := p.items[i].tok; tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			i = p.bracket(i, s)
			continue
		case token.COMMENT, token.CHAN, token.SELECT, token.GO:
			p.unknown = true
		case token.FUNC:
			s.signature = len(p.out) + 1
		case token.COMMA:
			s.signature = 0
			s.several = true
		case token.ASSIGN, token.DEFINE:
			s.signature = 0
			if !s.types && s.several && p.commas(i, end) > 0 { // a list is assigned
				p.unknown = p.unknown || s.header
				p.depth++
			}
			s.types = false
		case token.ELSE:
			s.header = true
		}
		p.text(i)
		p.after(i, s)
	}
	if s.broken {
		p.indent--
	}
}

// continued starts a line within a statement with the token i, after an
// operator.
func (p *printer) continued(i int, s *state) {
	p.unknown = p.unknown || p.items[i].breaks > 1
	switch s.prev {
	case token.LAND, token.LOR, token.ADD:
	case token.COMMA:
		p.unknown = p.unknown || !s.cases
	default:
		p.unknown = true
	}
	if !s.broken {
		s.broken = true
		p.indent++
	}
	p.section()
}

// after notes what the token i means for the next.
func (p *printer) after(i int, s *state) {
	tok := p.items[i].tok
	s.unary = false
	switch tok {
	case token.NOT:
		s.unary = true
	case token.MUL, token.AND, token.SUB, token.ADD:
		s.unary = p.isUnary(tok, s)
		if !s.unary && tok != token.ADD {
			p.unknown = true // whose spaces depend on what is around
		}
	}
	if !s.unary && tok.IsOperator() && tok.Precedence() > token.LowestPrec {
		s.operators |= 1 << tok.Precedence()
		if s.operators&(1<<token.ADD.Precedence()) != 0 && s.operators != 1<<token.ADD.Precedence() {
			p.unknown = true
		}
	}
	s.prev, s.typeEnd = tok, false
}

// operandEnd reports whether an operand can end with tok.
func operandEnd(tok token.Token) bool {
	switch tok {
	case token.IDENT, token.RPAREN, token.RBRACK, token.RBRACE, token.STRING, token.INT, token.FLOAT:
		return true
	}
	return false
}

// isUnary reports whether an operator after s.prev has one operand.
func (p *printer) isUnary(tok token.Token, s *state) bool {
	switch s.prev {
	case token.IDENT, token.RPAREN:
		return tok == token.MUL && (s.types || s.signature > 0)
	case token.RBRACK:
		return tok == token.MUL && s.typeEnd
	}
	return !operandEnd(s.prev)
}

// space reports whether a space stands before the token i on its line.
func (p *printer) space(i int, s *state) bool {
	switch tok := p.items[i].tok; tok {
	case token.SEMICOLON:
		p.unknown = p.unknown || s.prev == token.FOR || s.prev == token.SEMICOLON
		return false
	case token.COMMA, token.RPAREN, token.RBRACK, token.PERIOD, token.INC, token.DEC, token.COLON:
		return false
	case token.IDENT, token.FUNC, token.MAP, token.STRUCT, token.INTERFACE:
		if s.prev == token.RBRACK && !s.typeEnd {
			p.unknown = true // an array of a constant length
		}
	case token.ELLIPSIS:
		return s.prev == token.COMMA || s.prev == token.IDENT && s.types
	case token.LPAREN:
		return p.spaceBeforeParen(s)
	case token.LBRACK:
		switch s.prev {
		case token.IDENT:
			next := p.items[i+1].tok
			return next == token.RBRACK || next == token.ELLIPSIS
		case token.RPAREN:
			return s.signature > 0 || s.method
		case token.MAP, token.RBRACE, token.RBRACK:
			return false
		}
	case token.LBRACE:
		if s.signature > 0 || s.header {
			return true
		}
		switch s.prev {
		case token.IDENT, token.RBRACK, token.RBRACE:
			return false
		case token.STRUCT, token.INTERFACE:
			return p.items[i].match > i+1
		}
	case token.ADD:
		if !p.isUnary(tok, s) {
			return p.depth == 0
		}
	}
	return p.spaceAfter(s)
}

// spaceBeforeParen reports whether a space stands before a parenthesis.
func (p *printer) spaceBeforeParen(s *state) bool {
	switch s.prev {
	case token.IDENT, token.RBRACK, token.RBRACE:
		return false
	case token.RPAREN:
		return s.signature > 0 || s.method
	case token.FUNC:
		return s.decl && s.signature == s.start+1
	}
	return p.spaceAfter(s)
}

// spaceAfter reports whether a space stands after s.prev and before an
// operand, a keyword or a binary operator.
func (p *printer) spaceAfter(s *state) bool {
	switch s.prev {
	case token.LPAREN, token.LBRACK, token.PERIOD, token.ELLIPSIS:
		return false
	case token.RBRACK:
		return !s.typeEnd
	case token.COLON:
		return !s.index
	case token.ADD:
		return !s.unary && p.depth == 0
	}
	return !s.unary
}

// bracket writes from a bracket to its other half, whose index it returns.
func (p *printer) bracket(i int, s *state) int {
	end := p.items[i].match
	switch p.items[i].tok {
	case token.LPAREN:
		inner := &state{types: s.signature > 0 || s.method}
		depth := p.depth
		if p.commas(i, end) > 0 {
			p.depth++
		}
		p.enclosed(i, end, inner)
		p.depth = depth
	case token.LBRACK:
		depth := p.depth
		p.depth++
		p.index(i, end, s)
		p.depth = depth
		s.typeEnd = i+1 == end || !operandEnd(s.prev) || s.typeEnd
		s.prev, s.unary = token.RBRACK, false
		return end
	case token.LBRACE:
		p.braces(i, end, s)
	}
	s.prev, s.unary, s.typeEnd = p.items[end].tok, false, false
	return end
}

// commas counts the commas between two brackets.
func (p *printer) commas(open, end int) int {
	n := 0
	for k := open + 1; k < end; k++ {
		switch p.items[k].tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			k = p.items[k].match
		case token.COMMA:
			n++
		}
	}
	return n
}

// index writes what square brackets enclose, on one line.
func (p *printer) index(open, end int, s *state) {
	p.out = append(p.out, '[')
	for k := open + 1; k < end; k++ {
		if p.items[k].tok == token.COLON && end-open > 4 {
			p.unknown = true // more than names and numbers
		}
	}
	if s.types && open+1 < end && p.items[open+1].tok == token.INT {
		p.unknown = true // an array
	}
	p.list(open+1, end, &state{index: true, types: s.prev == token.MAP})
	if p.items[end].breaks > 0 || p.items[open+1].breaks > 0 {
		p.unknown = true
	}
	p.out = append(p.out, ']')
}

// braces writes a block, the body of a type or a composite literal.
func (p *printer) braces(open, end int, s *state) {
	switch {
	case s.prev == token.STRUCT || s.prev == token.INTERFACE:
		kind := bodyStruct
		if s.prev == token.INTERFACE {
			kind = bodyInterface
		}
		switch {
		case open+1 == end:
			p.out = append(p.out, "{}"...)
		case s.header || p.items[open].line == p.items[end].line:
			p.unknown = true
		default:
			p.out = append(p.out, '{')
			p.block(open, kind)
		}
	case s.signature > 0:
		// The space is there already; function decides about it.
		p.out = p.out[:len(p.out)-1]
		p.unknown = p.unknown || s.broken
		p.function(open, len(p.out)-s.signature+1, s.decl)
		s.signature = 0
	case s.header:
		if s.broken {
			s.broken = false
			p.indent--
		}
		kind := bodyBlock
		if s.isSwitch {
			kind = bodySwitch
		}
		p.out = append(p.out, '{')
		p.block(open, kind)
		s.header, s.isSwitch = false, false
	default:
		depth := p.depth
		p.depth = 0
		p.enclosed(open, end, &state{})
		p.depth = depth
	}
}

// enclosed writes a list with commas and its brackets; elements that start a
// line in the source do so in the text.
func (p *printer) enclosed(open, end int, s *state) {
	p.text(open)
	first, indent := true, p.indent
	var keys keySizes
	for i := open + 1; i < end && !p.unknown; {
		next := p.elementEnd(i, end)
		mark := len(p.out)
		breaks := p.items[i].breaks > 0
		switch {
		case breaks:
			if p.items[i].breaks > 1 || s.types {
				p.unknown = true
			}
			if p.indent == indent {
				p.indent++
			}
			p.section()
		case !first:
			p.out = append(p.out, ' ')
		}
		others := !first || next+1 < end
		if isPair := p.element(i, next, mark, breaks && others, &keys, &state{types: s.types, prev: p.items[open].tok}); isPair &&
			others && !breaks && p.items[open].line != p.items[end].line {
			p.unknown = true // several on a line
		}
		first = false
		if i = next; i < end { // the comma
			i++
			if i < end || p.items[end].breaks > 0 {
				p.out = append(p.out, ',')
			} else {
				p.unknown = true
			}
		}
	}
	if p.items[end].breaks > 0 {
		if p.indent == indent || p.items[end-1].tok != token.COMMA {
			p.unknown = true
		}
		p.indent = indent
		p.section()
	}
	p.indent = indent
	p.text(end)
}

// elementEnd returns the index of the comma after the element that starts at
// i, or end.
func (p *printer) elementEnd(i, end int) int {
	for ; i < end; i++ {
		switch p.items[i].tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			i = p.items[i].match
		case token.COMMA:
			return i
		}
	}
	return end
}

// keySizes decides which keys of a composite literal are aligned.
type keySizes struct {
	previous, count int
	logarithms      float64
}

// aligned reports whether a key of that size is in a column with those before;
// 0 stands for an element that has no key or several lines.
func (k *keySizes) aligned(size int) bool {
	const small, ratio = 40, 2.5
	same := false
	if k.previous > 0 && size > 0 {
		if k.count == 0 || k.previous <= small && size <= small {
			same = true
		} else {
			r := float64(size) / math.Exp(k.logarithms/float64(k.count))
			same = ratio*r > 1 && r < ratio
		}
	}
	if !same {
		k.logarithms, k.count = 0, 0
	}
	if size > 0 {
		k.logarithms += math.Log(float64(size))
		k.count++
	}
	k.previous = size
	return same
}

// element writes an element of a list and reports whether it is a key and a
// value. The text of the line before ends at mark.
func (p *printer) element(i, end, mark int, inColumn bool, keys *keySizes, s *state) bool {
	start := len(p.out)
	colon := i
	for colon < end && p.items[colon].tok != token.COLON {
		switch p.items[colon].tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			colon = p.items[colon].match
		}
		colon++
	}
	if colon >= end {
		p.list(i, end, s)
		return false
	}
	p.list(i, colon, s)
	size := len(p.out) - start
	p.out = append(p.out, ": "...)
	value := len(p.out)
	p.list(colon+1, end, &state{})
	if !inColumn {
		return true
	}
	if bytes.ContainsAny(p.out[start:], "\n\f") {
		size = 0
	}
	if size > 0 {
		p.out[value-1] = '\v'
	}
	if keys.aligned(size) {
		p.out[mark] = '\n'
	}
	return true
}
