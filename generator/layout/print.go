package layout

import (
	"bytes"
	"go/token"
)

// printer writes tokens.
type printer struct {
	src    []byte
	items  []item
	out    []byte
	indent int
	depth  int // of operators in lists and indexes, from 0
	table  *table
	// unknown is set when something is not known to look like this.
	unknown bool
}

// text writes a token as it stands in the source.
func (p *printer) text(i int) { p.out = append(p.out, p.src[p.items[i].start:p.items[i].end]...) }

// newline ends a line and indents the next.
func (p *printer) newline() {
	p.out = append(p.out, '\n')
	p.tabs()
}

// section is newline where no column goes past.
func (p *printer) section() {
	p.out = append(p.out, '\f')
	p.tabs()
}

func (p *printer) tabs() {
	for range p.indent {
		p.out = append(p.out, '\t')
	}
}

// statementEnd returns the end of the statement, field or declaration that
// starts at i: where the next line starts that does not continue it, or the
// semicolon.
func (p *printer) statementEnd(i, end int) int {
	header := false
	switch p.items[i].tok {
	case token.IF, token.FOR, token.SWITCH:
		header = true // with semicolons
	}
	for k := i; ; {
		switch p.items[k].tok {
		case token.LPAREN, token.LBRACK:
			k = p.items[k].match
		case token.LBRACE:
			header, k = false, p.items[k].match
		case token.ELSE:
			header = true
		}
		k++
		if k >= end {
			return end
		}
		if p.items[k].tok == token.SEMICOLON && !header || p.items[k].breaks > 0 && !continues(p.items[k-1].tok) {
			return k
		}
	}
}

// continues reports whether a statement goes on after a token at the end of a
// line.
func continues(tok token.Token) bool {
	switch tok {
	case token.ADD, token.LAND, token.LOR, token.COMMA, token.ASSIGN, token.DEFINE, token.PERIOD, token.EQL, token.NEQ:
		return true
	}
	return false
}

// body is what braces enclose.
type body int

const (
	bodyBlock body = iota
	bodySwitch
	bodyStruct
	bodyInterface
)

// block writes the statements between the brackets open and its other half, a
// line each.
func (p *printer) block(open int, kind body) {
	end := p.items[open].match
	depth := p.depth
	p.depth = 0
	p.indent++
	fields := 0
	if p.items[open+1].breaks > 1 || p.items[end].breaks > 1 {
		p.unknown = true // gofmt keeps these empty lines, sometimes
	}
	for i := open + 1; i < end && !p.unknown; {
		isCase := p.items[i].tok == token.CASE || p.items[i].tok == token.DEFAULT
		if isCase {
			p.indent--
		}
		switch {
		case i > open+1 && p.items[i].breaks > 1:
			p.out = append(p.out, '\f')
			p.section()
		case i > open+1:
			p.newline()
		default:
			p.section()
		}
		if kind == bodySwitch && p.items[i].tok == token.COMMENT {
			p.unknown = true // whose place depends on what follows
		}
		i = p.comments(i, end)
		if i == end {
			break
		}
		next := p.statementEnd(i, end)
		switch kind {
		case bodyStruct:
			p.field(i, next, fields == 0 && next == end)
			fields++
		case bodyInterface:
			p.list(i, next, &state{types: true, method: true})
		default:
			p.statement(i, next)
		}
		if isCase {
			p.indent++
		}
		if i = next; i < end && p.items[i].tok == token.SEMICOLON {
			i++
		}
	}
	p.indent--
	p.depth = depth
	p.section()
	p.out = append(p.out, '}')
}

// line writes the statements between the braces of a function on one line,
// with their semicolons, and returns how many there are.
func (p *printer) line(open int) int {
	n := 0
	depth := p.depth
	p.depth = 0
	for i, end := open+1, p.items[open].match; i < end && !p.unknown; n++ {
		if n > 0 {
			p.out = append(p.out, "; "...)
		}
		next := p.statementEnd(i, end)
		p.statement(i, next)
		if i = next; i < end && p.items[i].tok == token.SEMICOLON {
			i++
		}
	}
	p.depth = depth
	return n
}

// function writes the body of a function whose header has that size: on the
// line of the header if it is there in the source and short enough.
func (p *printer) function(open, header int, decl bool) {
	const longest, most = 100, 5 // what gofmt leaves on a line, in bytes and statements
	separator := byte(' ')
	if decl {
		separator = '\v'
		header++ // gofmt counts so
	}
	end := p.items[open].match
	if p.items[open].line == p.items[end].line && !p.anyComment(open, end) {
		mark := len(p.out)
		p.out = append(p.out, separator, '{')
		if end == open+1 && header <= longest {
			p.out = append(p.out, '}')
			return
		}
		p.out = append(p.out, ' ')
		start := len(p.out)
		n := p.line(open)
		if n <= most && header+len(p.out)-start <= longest && !bytes.ContainsAny(p.out[start:], "\n\f") {
			p.out = append(p.out, " }"...)
			return
		}
		p.out = p.out[:mark]
	}
	p.out = append(p.out, " {"...)
	p.block(open, bodyBlock)
}

func (p *printer) anyComment(i, end int) bool {
	for ; i < end; i++ {
		if p.items[i].tok == token.COMMENT {
			return true
		}
	}
	return false
}

// statement writes the statement or declaration [i, end).
func (p *printer) statement(i, end int) {
	s := &state{start: len(p.out)}
	switch p.items[i].tok {
	case token.IF, token.FOR, token.SWITCH:
		s.header = true
		s.isSwitch = p.items[i].tok == token.SWITCH
	case token.CASE:
		s.cases = true
	case token.IDENT:
		if i+1 < end && p.items[i+1].tok == token.COLON {
			p.unknown = true // a label
		}
	case token.FUNC:
		s.decl = p.indent == 0
	case token.TYPE, token.VAR:
		if i+1 < end && p.items[i+1].tok == token.LPAREN {
			p.unknown = true
			return
		}
		s.types = true
	case token.CONST:
		if i+1 < end && p.items[i+1].tok == token.LPAREN {
			p.out = append(p.out, "const ("...)
			p.constants(i + 1)
			return
		}
		s.types = true
	case token.GO, token.SELECT, token.CHAN, token.GOTO, token.FALLTHROUGH, token.IMPORT, token.LBRACE:
		p.unknown = true
		return
	}
	depth := p.depth
	p.list(i, end, s)
	p.depth = depth
}

// field writes a field of a struct; only, if it has no other.
func (p *printer) field(i, end int, only bool) {
	mark := len(p.out)
	column := byte('\v')
	if only {
		column = ' '
	}
	end, remark := p.remark(i, end)
	name := p.items[i].tok == token.IDENT && i+1 < end && p.items[i+1].tok != token.PERIOD
	if name {
		p.text(i)
		p.out = append(p.out, column)
		if p.items[i+1].tok == token.COMMA {
			p.unknown = true
		}
		i++
	}
	typeEnd := end
	if p.items[end-1].tok == token.STRING {
		typeEnd--
	}
	p.list(i, typeEnd, &state{types: true})
	if typeEnd < end {
		p.out = append(p.out, column)
		p.text(typeEnd)
	}
	if bytes.ContainsAny(p.out[mark:], "\n\f") {
		p.unknown = true // structs in structs
	}
	if !name && (remark || typeEnd < end) {
		p.unknown = true // columns that others do not have
	}
	p.trailing(end, remark)
}

// remark reports whether the tokens [i, end) end with a comment, and returns
// where the others end.
func (p *printer) remark(i, end int) (int, bool) {
	if end-i > 1 && p.items[end-1].tok == token.COMMENT {
		return end - 1, true
	}
	return end, false
}

// trailing writes a comment in a column of its own, if there is one.
func (p *printer) trailing(i int, remark bool) {
	if remark {
		p.out = append(p.out, '\v')
		p.text(i)
	}
}

// constants writes the group of constants whose parenthesis is open.
func (p *printer) constants(open int) {
	end := p.items[open].match
	var types []bool
	p.indent++
	for i := open + 1; i < end && !p.unknown; {
		if i > open+1 && p.items[i].breaks > 1 {
			p.out = append(p.out, '\f')
		}
		p.newline()
		if i = p.comments(i, end); i == end {
			break
		}
		next := p.statementEnd(i, end)
		types = append(types, p.constant(i, next, len(types) == 0 && next == end))
		i = next
	}
	p.indent--
	p.section()
	p.out = append(p.out, ')')
	for _, t := range types {
		p.unknown = p.unknown || t != types[0]
	}
}

// constant writes a constant of a group; only, if it has no other. It reports
// whether it has a type.
func (p *printer) constant(i, end int, only bool) bool {
	column := byte('\v')
	if only {
		column = ' '
	}
	mark := len(p.out)
	end, remark := p.remark(i, end)
	p.text(i)
	value := i + 1
	for value < end && p.items[value].tok != token.ASSIGN {
		value++
	}
	if value >= end-1 || p.items[i].tok != token.IDENT {
		p.unknown = true
		return false
	}
	typed := value > i+1
	if typed {
		p.out = append(p.out, column)
		p.list(i+1, value, &state{types: true})
	}
	p.out = append(p.out, column, '=', ' ')
	p.list(value+1, end, &state{})
	if bytes.ContainsAny(p.out[mark:], "\n\f") || remark && !typed {
		p.unknown = true
	}
	p.trailing(end, remark)
	return typed
}
