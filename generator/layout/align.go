package layout

import (
	"bytes"
	"unicode/utf8"
)

// While it is written, text has '\v' where columns are aligned, and '\f' for a
// line end that no column goes past.

// table is what align works with, kept from one use to the next.
type table struct {
	text []byte
	rows []row // lines with cells, one below the other
	ends []end
}

// row is a line with cells.
type row struct {
	line        []byte
	first, past int // of its cells, in ends
}

// end is where a cell ends in its line.
type end struct {
	at, size int // size is the number of characters of the cell
	spaces   int // that follow
}

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
	t := p.table
	t.text = append(t.text[:0], text...)
	text = t.text
	p.out = p.out[:mark]
	for len(text) > 0 {
		end := bytes.IndexAny(text, "\n\f")
		if end < 0 {
			end = len(text)
		}
		line := text[:end]
		if !t.add(line) {
			p.columns()
			p.out = append(p.out, line...)
			p.out = append(p.out, '\n')
		}
		if end == len(text) {
			break
		}
		if text[end] == '\f' {
			p.columns()
		}
		text = text[end+1:]
	}
	p.columns()
	p.out = p.out[:len(p.out)-1] // the last line has no end
}

// add adds a line with cells; false if it has none.
func (t *table) add(line []byte) bool {
	r := row{line: line, first: len(t.ends)}
	for start := 0; ; {
		size := bytes.IndexByte(line[start:], '\v')
		if size < 0 {
			break
		}
		t.ends = append(t.ends, end{at: start + size, size: utf8.RuneCount(line[start : start+size])})
		start += size + 1
	}
	r.past = len(t.ends)
	if r.past > r.first {
		t.rows = append(t.rows, r)
	}
	return r.past > r.first
}

// columns writes the lines that the table has, and empties it.
func (p *printer) columns() {
	t := p.table
	t.pad(t.rows, 0)
	for _, r := range t.rows {
		start := 0
		for _, cell := range t.ends[r.first:r.past] {
			p.out = append(p.out, r.line[start:cell.at]...)
			for range cell.spaces {
				p.out = append(p.out, ' ')
			}
			start = cell.at + 1
		}
		p.out = append(p.out, r.line[start:]...)
		p.out = append(p.out, '\n')
	}
	t.rows, t.ends = t.rows[:0], t.ends[:0]
}

// pad makes the cells of a column equally wide in rows that follow each other,
// then those after them.
func (t *table) pad(rows []row, column int) {
	for i := 0; i < len(rows); {
		n, width := i, 0
		for ; n < len(rows) && rows[n].first+column < rows[n].past; n++ {
			width = max(width, t.ends[rows[n].first+column].size)
		}
		if n == i {
			i++
			continue
		}
		for _, r := range rows[i:n] {
			cell := &t.ends[r.first+column]
			cell.spaces = width + 1 - cell.size
		}
		t.pad(rows[i:n], column+1)
		i = n
	}
}
