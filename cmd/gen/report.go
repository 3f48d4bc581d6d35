package main

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// finding is a diagnostic as --diagnostics json prints it. Members are added
// over time, but never renamed or removed.
type finding struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Pointer  string `json:"pointer,omitempty"`
}

// report prints diagnostics and how many there are. In text, each is a line
// file:line:col: severity: message (code); after an error follow the line of
// the document and a caret below the place.
func (c *console) report(list []diag.Diagnostic) {
	errors, warnings := 0, 0
	files := sources{}
	for _, d := range list {
		if d.Severity == diag.Error {
			errors++
		} else {
			warnings++
		}
		switch {
		case c.quiet && d.Severity != diag.Error:
		case c.json():
			c.encode(finding{Severity: d.Severity.String(), Code: d.Code, Message: d.Message,
				File: slash(d.Pos.File), Line: d.Pos.Line, Column: d.Pos.Col, Pointer: d.Pos.Pointer})
		default:
			c.finding(d, files)
		}
	}
	switch {
	case errors > 0 && warnings > 0:
		c.note("%s, %s", count(errors, "error"), count(warnings, "warning"))
	case errors > 0:
		c.note("%s", count(errors, "error"))
	case warnings > 0:
		c.note("%s", count(warnings, "warning"))
	}
}

// finding prints a diagnostic in text.
func (c *console) finding(d diag.Diagnostic, files sources) {
	pos := harmless(d.Pos.String())
	if pos != "" {
		pos = c.paint(bold, pos+":") + " "
	}
	colour := yellow
	if d.Severity == diag.Error {
		colour = red
	}
	fmt.Fprintf(c.err, "%s%s %s (%s)\n", pos, c.paint(colour, d.Severity.String()+":"), harmless(d.Message), d.Code)
	if d.Severity != diag.Error || d.Pos.Line == 0 {
		return
	}
	line, ok := files.line(d.Pos.File, d.Pos.Line)
	if !ok {
		return
	}
	text, pad := excerpt(line, d.Pos.Col)
	number := fmt.Sprintf("%5d", d.Pos.Line)
	fmt.Fprintf(c.err, "%s | %s\n%s | %s%s\n", number, text, strings.Repeat(" ", len(number)), pad, c.paint(green, "^"))
}

// harmless replaces what could move the cursor, break the line or reorder text
// on a terminal: characters that do not print, except tabs.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}

// harmlessLines is harmless for text of several lines.
func harmlessLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = harmless(line)
	}
	return strings.Join(lines, "\n")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
