// Package layout formats Go source as go/format does, several times as fast.
//
// It does not parse: a scan for tokens, and one pass that decides from a token
// and the one before whether a space stands between them. That suffices for
// the part of Go that package emit writes. A declaration outside this part is
// left to go/format, so the result is that of go/format for all source that is
// correct Go. What is not may come back as if it were.
package layout

import (
	"bytes"
	"go/format"
	"go/token"
	"slices"
)

// Formatter formats files one after the other, in memory that it keeps.
type Formatter struct {
	// Head, unless nil, changes the source before the first declaration: the
	// package clause and the imports.
	Head  func([]byte) []byte
	items []item
	out   []byte
	table table
}

// Source returns src, a file, as go/format.Source would.
func (f *Formatter) Source(src []byte) ([]byte, error) {
	if content, ok := f.source(src); ok {
		return content, nil
	}
	return format.Source(f.head(src)) // whose errors have the right position
}

// head applies Head.
func (f *Formatter) head(src []byte) []byte {
	if f.Head == nil {
		return src
	}
	return f.Head(src)
}

// source goes from one empty line between declarations to the next, so that
// there are never more tokens than the longest declaration has.
func (f *Formatter) source(src []byte) ([]byte, bool) {
	for _, c := range []byte("\v\f\r") {
		if bytes.IndexByte(src, c) >= 0 {
			return nil, false
		}
	}
	p := &printer{src: src, out: slices.Grow(f.out[:0], len(src)+len(src)/4), table: &f.table}
	s := lexer{src: src, items: f.items, line: 1}
	head := true
	for s.next() {
		i := 0
		if head {
			if i = declarations(s.items); i == len(s.items) {
				continue
			}
			top, err := format.Source(f.head(bytes.TrimSpace(src[:s.items[i].start])))
			if err != nil {
				return nil, false
			}
			p.out = append(p.out, bytes.TrimRight(top, "\n")...)
			head = false
		}
		for p.items = s.items; i < len(p.items); {
			end := p.paragraphEnd(i)
			p.out = append(p.out, "\n\n"...)
			if !p.paragraph(i, end) {
				return nil, false
			}
			i = end
		}
	}
	f.items, f.out = s.items, append(p.out, '\n')
	return bytes.Clone(f.out), !head && !s.failed
}

// declarations returns the index of the first token after the package clause
// and the imports; the comments before a declaration belong to it.
func declarations(items []item) int {
	first := 0
	for ; first < len(items); first++ {
		switch items[first].tok {
		case token.LPAREN:
			first = items[first].match
			continue
		case token.FUNC, token.TYPE, token.VAR, token.CONST:
		default:
			continue
		}
		break
	}
	if first == len(items) {
		return first
	}
	for first > 0 && items[first-1].tok == token.COMMENT && items[first].breaks == 1 {
		first--
	}
	return first
}

// paragraphEnd returns the end of the declarations that start at i and have no
// empty line between them. Comments that stand for themselves are a paragraph.
func (p *printer) paragraphEnd(i int) int {
	first := i
	for first < len(p.items) && p.items[first].tok == token.COMMENT {
		if first++; first < len(p.items) && p.items[first].breaks > 1 {
			return first
		}
	}
	if first == len(p.items) {
		return first
	}
	kind := p.items[first].tok
	for end := first; ; {
		end = p.statementEnd(end, len(p.items))
		switch {
		case end == len(p.items) || p.items[end].breaks > 1:
			return end
		case p.items[end].tok != kind && p.items[end-1].tok != token.COMMENT:
			return end
		}
	}
}

// paragraph formats the tokens [i, end); false if they are no Go.
func (p *printer) paragraph(i, end int) bool {
	mark := len(p.out)
	p.declarations(i, end)
	if !p.unknown {
		p.align(mark)
		return true
	}
	*p = printer{src: p.src, items: p.items, out: p.out[:mark], table: p.table}
	const clause = "package p\n\n" // without it, the first comment belongs to nothing
	text, err := format.Source(append([]byte(clause), p.src[p.items[i].start:p.items[end-1].end]...))
	p.out = append(p.out, bytes.TrimSpace(bytes.TrimPrefix(text, []byte(clause)))...)
	return err == nil
}

// declarations writes the declarations of a paragraph.
func (p *printer) declarations(i, end int) {
	i = p.comments(i, end)
	for first := i; i < end && !p.unknown; {
		next := p.statementEnd(i, end)
		if i > first {
			p.newline()
		}
		p.statement(i, next)
		i = next
	}
}
