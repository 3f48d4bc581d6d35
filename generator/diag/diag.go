// Package diag carries what the generator has to say about a document or a
// configuration: where, how bad, and what to do about it.
package diag

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pos is a place in an input file. A node of a document is known by its JSON
// pointer; line and column are looked up only for what is printed.
type Pos struct {
	// File is the input as the user named it, or relative to the main document.
	File string
	// Pointer is the JSON pointer of the node in the loaded document; it starts
	// with "/" or is empty for the root.
	Pointer string
	// Line and Col count from 1; 0 means not looked up yet.
	Line, Col int
}

// String formats the position as file:line:col, leaving out what is unknown.
func (p Pos) String() string {
	switch {
	case p.Line > 0:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
	case p.File != "" && p.Pointer != "":
		return p.File + "#" + p.Pointer
	case p.Pointer != "":
		return "#" + p.Pointer
	}
	return p.File
}

// Severity tells whether a diagnostic stops generation.
type Severity int

const (
	// Warning marks what was repaired or generated in a nearest form.
	Warning Severity = iota
	// Error marks what cannot be generated; nothing is written.
	Error
)

// String returns the word used in printed diagnostics.
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// Diagnostic is one finding.
type Diagnostic struct {
	Pos      Pos
	Severity Severity
	// Code is a short stable identifier such as "dangling-ref".
	Code string
	// Message tells what is wrong and what to do, without the position.
	Message string
}

// String formats the diagnostic as file:line:col: severity: message (code), on
// one line and without characters that a terminal would obey.
func (d Diagnostic) String() string {
	text := fmt.Sprintf("%s: %s (%s)", d.Severity, d.Message, d.Code)
	if pos := d.Pos.String(); pos != "" {
		text = pos + ": " + text
	}
	if utf8.ValidString(text) && strings.IndexFunc(text, unprintable) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if unprintable(r) {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

// List collects diagnostics. The zero value is ready to use.
type List struct {
	items []Diagnostic
}

// Errorf adds an error.
func (l *List) Errorf(pos Pos, code, format string, args ...any) {
	l.Add(Diagnostic{Pos: pos, Severity: Error, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Warnf adds a warning.
func (l *List) Warnf(pos Pos, code, format string, args ...any) {
	l.Add(Diagnostic{Pos: pos, Severity: Warning, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Add appends d.
func (l *List) Add(d Diagnostic) { l.items = append(l.items, d) }

// Append adds all that other has.
func (l *List) Append(other *List) { l.items = append(l.items, other.items...) }

// Len returns the number of diagnostics.
func (l *List) Len() int { return len(l.items) }

// HasErrors reports whether any diagnostic is an error.
func (l *List) HasErrors() bool {
	return slices.ContainsFunc(l.items, func(d Diagnostic) bool { return d.Severity == Error })
}

// Strict turns every warning into an error.
func (l *List) Strict() {
	for i := range l.items {
		l.items[i].Severity = Error
	}
}

// Resolve replaces every position by what locate makes of it; used once,
// before printing, to look up lines and columns.
func (l *List) Resolve(locate func(Pos) Pos) {
	for i := range l.items {
		l.items[i].Pos = locate(l.items[i].Pos)
	}
}

// Sorted returns the diagnostics by file, line, column, message and pointer,
// each once for a place: several pointers lead to what YAML repeats by an alias.
func (l *List) Sorted() []Diagnostic {
	out := slices.Clone(l.items)
	slices.SortStableFunc(out, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col),
			cmp.Compare(b.Severity, a.Severity),
			cmp.Compare(a.Message, b.Message),
			cmp.Compare(a.Pos.Pointer, b.Pos.Pointer),
		)
	})
	return slices.CompactFunc(out, func(a, b Diagnostic) bool {
		if a.Pos.Line > 0 {
			a.Pos.Pointer = b.Pos.Pointer
		}
		return a == b
	})
}

// Cause strips the operation and the paths that package os puts before an error:
// the place of the diagnostic names the file.
func Cause(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	if linkErr, ok := errors.AsType[*os.LinkError](err); ok {
		return linkErr.Err
	}
	return err
}
