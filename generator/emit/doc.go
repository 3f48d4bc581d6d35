package emit

import (
	godoc "go/doc/comment"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// Bounds of comments: what people write is shorter, and a document may hold
// megabytes.
const (
	docWidth     = 100 - len("// ")
	fieldLines   = 96
	typeLines    = 128
	methodLines  = 160
	maxDocSource = 16 << 10
)

// doc returns text of the document as comment lines: sanitised, wrapped and
// bounded to most lines. It is null code when there is nothing to say.
func (e *emitter) doc(most int, paragraphs ...string) *jen.Statement {
	return comment(docLines(most, paragraphs...))
}

// comment writes lines that docLines has made.
func comment(lines []string) *jen.Statement {
	if len(lines) == 0 {
		return jen.Null()
	}
	size := 0
	for _, line := range lines {
		size += len("\n// ") + len(line)
	}
	var b strings.Builder
	b.Grow(size)
	writeComment(&b, lines)
	return raw(b.String())
}

// writeComment writes lines as comment writes them.
func writeComment(b *strings.Builder, lines []string) {
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("//")
		if line = strings.TrimRight(line, " "); line != "" {
			b.WriteByte(' ')
			b.WriteString(line)
		}
	}
}

// declDoc returns the doc comment of a declaration: the document's words or,
// where it has none, the place that it was made from.
func (e *emitter) declDoc(most int, d *ir.Decl) *jen.Statement {
	text := named(d.GoName, d.Doc)
	if text == "" {
		text = e.madeFrom(d)
	}
	return e.doc(most, text, deprecation(d.Deprecated))
}

// deprecation is the paragraph that tools recognise.
func deprecation(reason string) string {
	if reason = oneLine(reason); reason == "" {
		return ""
	}
	return deprecated + reason
}

// deprecated begins the paragraph of a comment that says that something is.
const deprecated = "Deprecated: "

func isDeprecation(line string) bool { return strings.HasPrefix(line, deprecated) }

// docLines sanitises and wraps text. Paragraphs are separated by an empty
// line; lists and code keep their lines.
func docLines(most int, paragraphs ...string) []string {
	blocks := make([][]string, len(paragraphs))
	for i, p := range paragraphs {
		blocks[i] = formatText(p)
	}
	return docBlocks(most, blocks...)
}

// docBlocks puts blocks of lines below each other.
func docBlocks(most int, blocks ...[]string) []string {
	var lines []string
	for _, block := range blocks {
		if len(block) > 0 {
			if last := len(lines) - 1; last > 0 && lines[last-1] == "" && isHeading(lines[last]) {
				lines[last] += "."
			}
			if len(lines) > 0 {
				lines = append(lines, "")
			}
			if len(block) > most {
				block = append(withoutEnd(block[:most-1]), "...")
			}
			for _, line := range block {
				lines = append(lines, undirected(line))
			}
		}
	}
	return lines
}

// isHeading reports whether Go takes a line between paragraphs for a heading. At the end of a block it
// is none, as a full stop tells.
func isHeading(line string) bool {
	end, _ := utf8.DecodeLastRuneInString(line)
	if !unicode.IsLetter(end) && !unicode.IsDigit(end) || line[0] == '#' {
		return false
	}
	blocks := new(godoc.Parser).Parse("-\n\n" + line + "\n\n-").Content
	_, heading := blocks[1].(*godoc.Heading)
	return heading
}

// withoutEnd takes headings and empty lines from the end of cut text.
func withoutEnd(block []string) []string {
	for n := len(block); n > 1 && (block[n-1] == "" || strings.HasPrefix(block[n-1], "# ")); n-- {
		block = block[:n-1]
	}
	return block
}

// undirected makes sure that a line of a comment is not taken for a directive.
// It follows a space, so there is only one that it can be: an old build
// constraint.
func undirected(line string) string {
	if text := strings.TrimSpace(line); strings.HasPrefix(text, "+build") {
		return "- " + text
	}
	return line
}

// formatText lays out markdown as the text of a Go comment.
func formatText(text string) []string {
	if tidy(text) && len(text) <= docWidth && !marked(text) {
		return []string{text}
	}
	return layOut(sanitise(text))
}

// layOut is formatText for text that is sanitised.
func layOut(text string) []string {
	var f formatter
	lines := strings.Split(text, "\n")
	for i, table := 0, false; i < len(lines); i++ {
		if table = strings.Contains(lines[i], "|") && (table || isTable(lines[i:])); table {
			lines[i] = strings.TrimSpace(lines[i])
			if lines[i][0] != '|' {
				lines[i] = "| " + lines[i]
			}
		}
		f.line(lines[i])
	}
	f.flush()
	for len(f.out) > 0 && f.out[len(f.out)-1] == "" {
		f.out = f.out[:len(f.out)-1]
	}
	if n := len(f.out); n > 0 { // nothing follows, so it heads nothing
		f.out[n-1] = strings.TrimPrefix(f.out[n-1], "# ")
	}
	return f.out
}

// formatter gathers the words of a paragraph until it ends.
type formatter struct {
	out    []string
	words  []string
	indent string // of the lines after the first: list items hang
	fenced bool
	quoted bool
}

func (f *formatter) line(line string) {
	trimmed := strings.TrimSpace(line)
	if quote, ok := blockQuote(trimmed); !f.fenced {
		if ok && !f.quoted {
			f.flush()
			f.blank()
		}
		if f.quoted = ok; ok {
			trimmed = quote
		}
	}
	switch {
	case !f.fenced && len(trimmed) > 6 && strings.HasPrefix(trimmed, "```") && strings.HasSuffix(trimmed, "```"): // all of it on a line
		f.flush()
		f.verbatim(strings.TrimSpace(strings.Trim(trimmed, "`")))
		f.out = append(f.out, "")
	case strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~"):
		f.flush()
		f.fenced = !f.fenced
		f.blank()
	case f.fenced:
		f.verbatim(line)
	case trimmed == "":
		f.flush()
		f.blank()
	case strings.HasPrefix(trimmed, "|"):
		f.flush()
		f.row(trimmed)
	case isRule(trimmed):
		f.flush()
	case strings.HasPrefix(trimmed, "#"):
		f.flush()
		f.heading(strings.TrimLeft(trimmed, "#"))
	default:
		if marker, rest := listItem(trimmed); marker != "" {
			f.flush()
			f.indent = "    "
			f.words = append([]string{"  " + marker}, strings.Fields(rest)...)
			return
		}
		f.words = append(f.words, strings.Fields(trimmed)...)
	}
}

const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// blockQuote takes the sign of a quotation from a line, which becomes a paragraph of its own,
// and from a remark what kind of remark it is: "> [!NOTE]".
func blockQuote(line string) (string, bool) {
	text, ok := strings.CutPrefix(line, ">")
	if !ok || text != "" && text[0] == '=' {
		return line, false
	}
	text = strings.TrimSpace(text)
	if kind, rest, found := strings.Cut(strings.TrimPrefix(text, "[!"), "]"); found && strings.HasPrefix(text, "[!") && kind != "" && strings.Trim(kind, capitals) == "" {
		text = strings.TrimSpace(kind[:1] + strings.ToLower(kind[1:]) + ": " + rest)
	}
	return text, true
}

// marked reports whether a line of text is more than words to formatter.line.
func marked(line string) bool {
	marker, _ := listItem(line)
	return marker != "" || strings.IndexByte("`~|#>", line[0]) >= 0 || isRule(line)
}

// isTable reports whether a table begins, whose second line is a rule in
// columns.
func isTable(lines []string) bool {
	return len(lines) > 1 && strings.Contains(lines[0], "|") && strings.Contains(lines[1], "|") &&
		strings.Contains(lines[1], "-") && strings.Trim(lines[1], "-:| \t") == ""
}

// heading adds a heading, given what follows its signs; without a space there,
// the line is text.
func (f *formatter) heading(text string) {
	title := strings.Join(strings.Fields(strings.Trim(text, "# ")), " ")
	if title == "" || text[0] != ' ' || len(title) > docWidth-len("# ") {
		f.words = strings.Fields(title)
		f.flush()
		return
	}
	f.blank()
	f.out = append(f.out, "# "+title, "")
}

// blank adds an empty line unless there is one.
func (f *formatter) blank() {
	if len(f.out) > 0 && f.out[len(f.out)-1] != "" {
		f.out = append(f.out, "")
	}
}

// row adds a row of a table, between whose rows there are no empty lines.
func (f *formatter) row(line string) {
	if n := len(f.out); n > 1 && f.out[n-1] == "" && strings.HasPrefix(f.out[n-2], "\t|") {
		f.out = f.out[:n-1]
	}
	f.verbatim(line)
}

// verbatim keeps a line as it is, as code in a Go comment.
func (f *formatter) verbatim(line string) {
	if len(f.out) > 0 && f.out[len(f.out)-1] != "" && !strings.HasPrefix(f.out[len(f.out)-1], "\t") {
		f.out = append(f.out, "")
	}
	f.out = append(f.out, "\t"+clip(strings.TrimRight(line, " "), 4*docWidth))
}

// flush wraps the words gathered so far.
func (f *formatter) flush() {
	if len(f.words) == 0 {
		f.indent = ""
		return
	}
	line := make([]byte, 0, docWidth)
	width := 0 // of the line, in characters
	for _, w := range f.words {
		w = clip(w, 4*docWidth)
		n := utf8.RuneCountInString(w)
		switch {
		case width > len("DELETE") && width+len(" ")+n > docWidth: // a path stays with its method
			f.out = append(f.out, string(line))
			line, width = append(line[:0], f.indent...), len(f.indent)
		case width > 0:
			line = append(line, ' ')
			width++
		}
		line = append(line, w...)
		width += n
	}
	if width > 0 {
		f.out = append(f.out, string(line))
	}
	f.words, f.indent = f.words[:0], ""
}

// listItem splits a list item into its marker and its text. One that is escaped
// is meant to look like one all the same.
func listItem(line string) (marker, rest string) {
	line = strings.TrimPrefix(line, `\`)
	if text, ok := strings.CutPrefix(line, "• "); ok {
		return "-", text
	}
	if len(line) > 2 && strings.IndexByte("-*+", line[0]) >= 0 && line[1] == ' ' {
		return "-", line[2:]
	}
	n := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if n > 0 && n < 4 && len(line) > n+1 && (line[n] == '.' || line[n] == ')') && line[n+1] == ' ' {
		return line[:n] + ".", line[n+2:]
	}
	return "", ""
}

// isRule reports a horizontal rule or the underline of a heading.
func isRule(line string) bool {
	return len(line) >= 3 && (strings.Trim(line, "-") == "" || strings.Trim(line, "=") == "" || strings.Trim(line, "*") == "")
}

// clip bounds the length of a text without spaces to wrap at.
func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}

// sanitise bounds text and takes out what has no place in a comment: control,
// bidi and zero-width characters, and the tags of HTML.
func sanitise(text string) string {
	if len(text) > maxDocSource {
		text = text[:maxDocSource] + "..."
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = stripTags(text) // before the rest: entities are characters of any kind
	return unstyled(strings.Map(harmless, text))
}

// harmless is r as it may be in a comment; negative if it may not.
func harmless(r rune) rune {
	switch {
	case r == '\n' || ' ' <= r && r <= '~': // nearly all of them
		return r
	case unicode.IsSpace(r):
		return ' '
	case r == unicode.ReplacementChar || unicode.In(r, unicode.C, unicode.Zl, unicode.Zp):
		return -1
	}
	return r
}

// plainLine is oneLine for a value, in which nothing is markup.
func plainLine(value string) string {
	return strings.Join(strings.Fields(strings.Map(harmless, value)), " ")
}

// oneLine is sanitise for text that has to stay on a line of a comment. What is left in it that
// looks like markup is written so that it is the same again when the comment is sanitised.
func oneLine(text string) string {
	if tidy(text) {
		return text
	}
	line := strings.Join(strings.Fields(sanitise(text)), " ")
	return strings.ReplaceAll(strings.ReplaceAll(line, "&", "&amp;"), "<", "&lt;")
}

// tidy reports whether a text is plain words of printable ASCII with a space
// between them, as most are, so that sanitise and oneLine leave it alone.
func tidy(text string) bool {
	last := byte(' ')
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c > '~' || c == '<' || c == '&' || c == last && (c == ' ' || c == '*' || c == '_') || c == '_' && last == '\\' || c == '[' && last == '!' {
			return false
		}
		last = c
	}
	return last != ' ' && len(text) <= maxDocSource
}
