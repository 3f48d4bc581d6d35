package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/seed-a7989e22/apigen/generator/plaintext"
)

// sources are the texts of input files, read again when a line of theirs is to
// be shown; nil stands for a file that cannot be shown.
type sources map[string][]byte

// maxSource bounds what is read for the sake of an excerpt.
const maxSource = 64 << 20

// line returns a line of a file, counted from 1.
func (s sources) line(file string, number int) (string, bool) {
	text, ok := s[file]
	if !ok {
		text = source(file)
		s[file] = text
	}
	if text == nil {
		return "", false
	}
	for range number - 1 {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			return "", false
		}
		text = text[i+1:]
	}
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return string(bytes.TrimSuffix(line, []byte("\r"))), true
}

// source reads a file of text. Anything else is not shown: a URL, a device,
// another encoding.
func source(name string) []byte {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxSource))
	text = plaintext.Decode(text)
	if err != nil || len(text) == 0 || bytes.IndexByte(text[:min(len(text), 512)], 0) >= 0 {
		return nil
	}
	return text
}

// How many characters of a line are shown before and after the place.
const (
	shownBefore = 64
	shownAfter  = 48
)

// excerpt returns what is shown of a line around column col, which counts
// characters from 1, and what has to stand before a caret below that column.
func excerpt(line string, col int) (text, pad string) {
	at := skip(line, col-1)
	start := 0
	if n := utf8.RuneCountInString(line[:at]); n > shownBefore {
		start = skip(line, n-shownBefore)
		text, pad = "…", " "
	}
	end := at + skip(line[at:], shownAfter)
	text += harmless(line[start:end])
	if end < len(line) {
		text += "…"
	}
	return strings.TrimRight(text, " \t"), pad + blank(harmless(line[start:at]))
}

// skip returns the offset after the first n characters of s.
func skip(s string, n int) int {
	offset := 0
	for ; n > 0 && offset < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[offset:])
		offset += size
	}
	return offset
}

// blank returns blanks as wide as s is on a terminal.
func blank(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch kind := width.LookupRune(r).Kind(); {
		case r == '\t':
			b.WriteByte('\t')
		case unicode.In(r, unicode.Mn, unicode.Me):
		case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
			b.WriteString("  ")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}
