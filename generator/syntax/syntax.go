// Package syntax tells people what is wrong with YAML that cannot be parsed, and
// where: the parser knows only a line, often that where a block begins.
package syntax

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// told matches what the parser says.
var told = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors:\s+)?(?:line (\d+): )?(?s:(.*))$`)

// unknownAnchor is the one message that names its place, instead of a line.
var unknownAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced`)

// found matches the messages about a place.
var found = regexp.MustCompile(`^(found|did not find|could not find) |not allowed in this context`)

// After returns the place that follows text. Columns count characters, from 1 on.
func After(text string) (line, col int) {
	return strings.Count(text, "\n") + 1, utf8.RuneCountInString(text[strings.LastIndex(text, "\n")+1:]) + 1
}

// Explain says where text is no YAML, which the parser has refused with err. The
// line is 0 when that is not known; columns count characters, from 1 on.
func Explain(text string, err error) (line, col int, message string) {
	message = err.Error()
	if m := told.FindStringSubmatch(message); m != nil {
		message = m[2]
		line, _ = strconv.Atoi(m[1]) // 0 where no line is told
	}
	if strings.HasPrefix(message, "did not find expected ") {
		line = noticed(text, message, line+1)
	}
	if m := unknownAnchor.FindStringSubmatch(message); m != nil {
		if before, _, ok := strings.Cut(text, "*"+m[1]); ok {
			line, col = After(before)
			return line, col, message
		}
	}
	if line == 0 && found.MatchString(message) {
		line = 1 // the only one that it does not name
	}
	if line == 0 {
		return 0, 0, message + hint(message, "", 0)
	}
	at := lineOf(text, line)
	col = len(at) - len(strings.TrimLeft(at, " "))
	if strings.Contains(message, "cannot start any token") {
		col = unquoted(at, col)
	}
	return line, utf8.RuneCountInString(at[:col]) + 1, message + hint(message, at, col)
}

// hint tells what is behind most messages of a kind: the mistake is at byte col
// of a line.
func hint(message, line string, col int) string {
	switch {
	case strings.HasSuffix(message, "expected key"), strings.HasSuffix(message, "expected '-' indicator"):
		return "; the indentation is wrong, perhaps, or a quote"
	case strings.HasPrefix(message, "mapping values are not allowed"):
		return "; the indentation is wrong, perhaps, or a text with a colon needs quotes"
	case strings.Contains(message, "unknown escape character"):
		return "; in double quotes, a backslash begins an escape"
	case !strings.Contains(message, "cannot start any token") || col >= len(line):
		return ""
	case line[col] == '\t':
		return "; a tab, perhaps: YAML is indented with spaces"
	}
	return fmt.Sprintf("; a text that starts with %q needs quotes", line[col])
}

// start matches the beginning of a value with a character that YAML reserves.
var start = regexp.MustCompile("(?:[:,\\[{?-][ \t]+|[\\[{,])([@`%])")

// unquoted returns where a line, indented by so many blanks, has a character
// that cannot start anything.
func unquoted(line string, indent int) int {
	if m := start.FindStringSubmatchIndex(line[indent:]); m != nil && !strings.HasPrefix(line[indent:], "\t") {
		return indent + m[2]
	}
	return indent
}

// noticed returns the line at which the parser notices what it tells about,
// which it knows only as the line where a block begins. It has seen the line, and
// maybe some after it that do not matter.
func noticed(text, message string, begin int) int {
	if len(text) > maxBytes || strings.Count(text, "\n")+strings.Count(text, ",") > maxElements {
		return begin // parsing it again takes too long
	}
	seen := &reader{lines: strings.SplitAfter(text, "\n")}
	if !refused(seen, message) {
		return begin
	}
	flow := strings.Contains(message, "','")
	if flow && seen.ended { // it never ends
		if strings.TrimSpace(seen.lines[min(begin, len(seen.lines))-1]) == "" {
			return 1 // for one that begins there, the parser tells where the text ends
		}
		return begin
	}
	line := seen.next
	for ahead := 0; ahead < maxAhead && line > 1; line-- {
		if last := strings.TrimSpace(seen.lines[line-1]); last == "" || last[0] == '#' {
			continue
		}
		// Any part of a flow is refused, because it has no end: the parser
		// looks for one through all lines.
		before := &reader{lines: slices.Concat(seen.lines[:line-1], slices.Repeat([]string{"\n"}, 2*maxAhead))}
		if !refused(before, message) || flow && before.ended {
			break
		}
		ahead++
	}
	return line
}

// maxAhead is how many lines the parser may have seen in vain, empty ones and
// comments aside.
const maxAhead = 4

// What is larger is not searched for the place of a mistake: the parser takes a
// second for as many elements, and runs up to six times.
const (
	maxBytes    = 16 << 20
	maxElements = 300_000
)

// refused tells whether the parser refuses what it reads with a message.
func refused(r *reader, message string) bool {
	var doc yaml.Node
	err := yaml.NewDecoder(r).Decode(&doc)
	return err != nil && strings.HasSuffix(err.Error(), message)
}

// reader gives the parser a line at a time, so that it can be seen how far it
// has read.
type reader struct {
	lines []string
	next  int
	rest  string
	// ended tells that the parser has asked for more.
	ended bool
}

func (r *reader) Read(p []byte) (int, error) {
	if r.rest == "" {
		if r.next == len(r.lines) {
			r.ended = true
			return 0, io.EOF
		}
		r.rest = r.lines[r.next]
		r.next++
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func lineOf(text string, line int) string {
	lines := strings.SplitN(text, "\n", line+1)
	if line > len(lines) {
		return ""
	}
	return strings.TrimSuffix(lines[line-1], "\r")
}
