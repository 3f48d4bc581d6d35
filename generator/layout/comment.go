package layout

import (
	"bytes"
	"go/doc/comment"
	"go/token"
	"strings"
)

// comments writes the comments that start at i, each on a line, and returns
// the index of what follows.
func (p *printer) comments(i, end int) int {
	first := i
	for i < end && p.items[i].tok == token.COMMENT && (i == first || p.items[i].breaks == 1) {
		i++
	}
	if i == first {
		return i
	}
	switch {
	case p.items[first].breaks == 0 && first > 0: // after something on a line
		p.unknown = true
	case i == end:
	case p.atMargin(first) && p.atMargin(i) && p.items[i].breaks == 1 && !p.plain(first, i):
		p.reformat(first, i)
		return i
	}
	for k := first; k < i; k++ {
		p.text(k)
		if k+1 < i || i < end {
			p.newline()
		}
	}
	if i < end && p.items[i].breaks > 1 {
		p.unknown = true // few and far between
	}
	return i
}

// atMargin reports whether a token is not indented. That is where gofmt looks
// for doc comments.
func (p *printer) atMargin(i int) bool {
	start := p.items[i].start
	return start == 0 || p.src[start-1] == '\n'
}

// plain reports whether the standard form of a doc comment is the same text:
// paragraphs that start at the margin and are no headings or links.
func (p *printer) plain(i, end int) bool {
	const empty = len("//")
	size := func(k int) int {
		if k < i || k >= end {
			return empty
		}
		return p.items[k].end - p.items[k].start
	}
	for k := i; k < end; k++ {
		if size(k) == empty {
			if size(k-1) == empty || k+1 == end {
				return false
			}
			continue
		}
		line := p.src[p.items[k].start:p.items[k].end]
		if len(line) < len("// x") || line[2] != ' ' || bytes.IndexByte([]byte(" \t#["), line[3]) >= 0 {
			return false
		}
		if bytes.Contains(line, []byte("``")) || bytes.Contains(line, []byte("''")) {
			return false
		}
		alone := k > i && k+1 < end && size(k-1) == empty && size(k+1) == empty
		if last := line[len(line)-1]; alone && (isWord(last) && last != '_') {
			return false
		}
	}
	return true
}

// reformat writes a doc comment in the standard form.
func (p *printer) reformat(i, end int) {
	var text strings.Builder
	for ; i < end; i++ {
		line := string(p.src[p.items[i].start+len("//") : p.items[i].end])
		if line != "" && line[0] != ' ' && line[0] != '\t' {
			p.unknown = true // perhaps a directive
			return
		}
		text.WriteString(strings.TrimPrefix(line, " "))
		text.WriteByte('\n')
	}
	var parser comment.Parser
	var standard comment.Printer
	for line := range strings.Lines(string(standard.Comment(parser.Parse(text.String())))) {
		line = strings.TrimSuffix(line, "\n")
		p.out = append(p.out, "//"...)
		if line != "" && line[0] != '\t' {
			p.out = append(p.out, ' ')
		}
		p.out = append(p.out, line...)
		p.newline()
	}
}
