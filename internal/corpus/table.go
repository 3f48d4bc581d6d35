package main

import (
	"fmt"
	"io"
	"strings"
)

// table prints rows as they become known, since a run takes minutes.
type table struct{ w io.Writer }

const (
	headFormat = "%-26s %-8s %6s %7s %6s %8s %7s %7s %6s %7s %6s  %s\n"
	rowFormat  = "%-26s %-8s %6d %7d %6d %8d %7.2f %7s %6s %7d %6d  %s\n"
)

func newTable(w io.Writer) *table {
	fmt.Fprintf(w, headFormat, "document", "version", "ops", "emitted", "types", "lines",
		"gen s", "load s", "ratio", "peak MB", "warn", "status")
	return &table{w}
}

func (t *table) row(r *report) {
	load, ratio := "-", "-"
	if r.load > 0 {
		load, ratio = fmt.Sprintf("%.2f", r.load), fmt.Sprintf("%.1f", r.ratio())
	}
	status := r.failure
	if status == "" {
		status = "ok"
	}
	fmt.Fprintf(t.w, rowFormat, r.name, r.Version, r.Operations, r.Emitted, r.Types, r.Lines,
		r.Seconds, load, ratio, r.peak>>20, r.Warnings, status)
}

// print tells the details of a failure and, when verbose, all diagnostics.
func (r *report) print(w io.Writer, verbose bool) {
	list := r.Diagnostics
	if !verbose {
		list = nil
		for _, d := range r.Diagnostics {
			if strings.Contains(d, ": error: ") {
				list = append(list, d)
			}
		}
	}
	if r.failure == "" && len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s: %s\n", r.name, r.failure)
	if r.details != "" {
		fmt.Fprintln(w, strings.TrimSpace(firstOf(r.details, firstLines)))
	}
	text := strings.Join(list, "\n")
	if !verbose {
		text = firstOf(text, firstLines)
	}
	if text != "" {
		fmt.Fprintln(w, strings.TrimSpace(text))
	}
	fmt.Fprintln(w)
}
