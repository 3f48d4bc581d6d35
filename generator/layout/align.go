package layout

import (
	"bytes"
	"unicode/utf8"
)

// While it is written, text has '\v' where columns are aligned, and '\f' for a
// line end that no column goes past.

// align gives the cells of the text after mark the width of their columns, and
// puts spaces and line ends where '\v' and '\f' are.
func (p *printer) align(mark int) {
	text := p.out[mark:]
	if bytes.IndexByte(text, '\v') < 0 {
		for i, c := range text {
			if c == '\f' {
				text[i] = '\n'
			}
		}
		return
	}
	text = bytes.Clone(text)
	p.out = p.out[:mark]
	var block [][]byte // lines with cells, one below the other
	for len(text) > 0 {
		end := bytes.IndexAny(text, "\n\f")
		if end < 0 {
			end = len(text)
		}
		line := text[:end]
		if bytes.IndexByte(line, '\v') >= 0 {
			block = append(block, line)
		} else {
			p.columns(block)
			block = block[:0]
			p.out = append(p.out, line...)
			p.out = append(p.out, '\n')
		}
		if end == len(text) {
			break
		}
		if text[end] == '\f' {
			p.columns(block)
			block = block[:0]
		}
		text = text[end+1:]
	}
	p.columns(block)
	p.out = p.out[:len(p.out)-1] // the last line has no end
}

// columns writes lines with cells, one below the other.
func (p *printer) columns(lines [][]byte) {
	if len(lines) == 0 {
		return
	}
	starts := make([]int, len(lines)) // of the text that is not aligned yet
	pad(lines, starts)
	for _, line := range lines {
		p.out = append(p.out, line...)
		p.out = append(p.out, '\n')
	}
}

// pad makes the next cells of lines equally wide, then those after them.
func pad(lines [][]byte, starts []int) {
	for i := 0; i < len(lines); {
		n, width := i, 0
		for ; n < len(lines); n++ {
			cell := bytes.IndexByte(lines[n][starts[n]:], '\v')
			if cell < 0 {
				break
			}
			width = max(width, utf8.RuneCount(lines[n][starts[n]:starts[n]+cell]))
		}
		if n == i {
			i++
			continue
		}
		for k := i; k < n; k++ {
			line, start := lines[k], starts[k]
			cell := bytes.IndexByte(line[start:], '\v')
			spaces := width + 1 - utf8.RuneCount(line[start:start+cell])
			padded := append([]byte{}, line[:start+cell]...)
			padded = append(padded, bytes.Repeat([]byte(" "), spaces)...)
			starts[k] = len(padded)
			lines[k] = append(padded, line[start+cell+1:]...)
		}
		pad(lines[i:n], starts[i:n])
		i = n
	}
}
