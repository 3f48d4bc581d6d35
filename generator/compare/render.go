package compare

import (
	"fmt"
	"strings"
)

// Result is a report with what it is about.
type Result struct {
	// Document is the path of the later version, Before what tells the earlier:
	// a path or a git revision.
	Document string `json:"document"`
	Before   string `json:"before"`
	*Report
}

// summary counts the changes in words.
func (r Result) summary() string {
	if len(r.Groups) == 0 {
		return "no changes"
	}
	var parts []string
	for _, e := range Effects() {
		if n := r.Count(e); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, e))
		}
	}
	return strings.Join(parts, ", ")
}

// Text renders results for a person at a terminal.
func Text(results []Result) string {
	var b strings.Builder
	for i, r := range results {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s since %s: %s", printable(r.Document), printable(r.Before), r.summary())
		if len(r.Groups) > 0 {
			fmt.Fprintf(&b, "; next version: %s", r.Step)
		}
		b.WriteString("\n")
		for _, e := range Effects() {
			if r.Count(e) == 0 {
				continue
			}
			fmt.Fprintf(&b, "\n%s\n", e)
			for _, g := range r.Groups {
				g.text(&b, e)
			}
		}
	}
	return b.String()
}

// text renders the changes of a group that have effect e.
func (g Group) text(b *strings.Builder, e Effect) {
	changes := g.with(e)
	if len(changes) == 0 {
		return
	}
	b.WriteString("  " + strings.Join(g.names(), ", ") + "\n")
	for _, c := range changes {
		fmt.Fprintf(b, "    %s: %s\n", c.Subject.word(), c.Text)
	}
}

// maxOpen is the number of changes that Markdown shows without being asked,
// unless they are breaking.
const maxOpen = 20

// Markdown renders results for a changelog or a pull request.
func Markdown(results []Result) string {
	var b strings.Builder
	for i, r := range results {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "## %s\n\nSince %s: %s.", code(r.Document), code(r.Before), r.summary())
		if len(r.Groups) > 0 {
			fmt.Fprintf(&b, " Next version: **%s**.", r.Step)
		}
		b.WriteString("\n")
		for _, e := range Effects() {
			n := r.Count(e)
			if n == 0 {
				continue
			}
			fmt.Fprintf(&b, "\n### %s%s\n\n", strings.ToUpper(string(e[:1])), e[1:])
			folded := e != Breaking && n > maxOpen
			if folded {
				fmt.Fprintf(&b, "<details><summary>%d changes</summary>\n\n", n)
			}
			for _, g := range r.Groups {
				g.markdown(&b, e)
			}
			if folded {
				b.WriteString("\n</details>\n")
			}
		}
	}
	return b.String()
}

// markdown renders the changes of a group that have effect e.
func (g Group) markdown(b *strings.Builder, e Effect) {
	changes := g.with(e)
	if len(changes) == 0 {
		return
	}
	names := g.names()
	for i, name := range names {
		if g.Kind == Operation && i < maxNames {
			names[i] = code(name)
		} else if g.Kind == Type {
			names[i] = "type " + code(g.Type)
		}
	}
	b.WriteString("- " + strings.Join(names, ", ") + "\n")
	for _, c := range changes {
		fmt.Fprintf(b, "  - %s: %s\n", c.Subject.word(), c.Text)
	}
}

// with returns the changes that have effect e.
func (g Group) with(e Effect) []Change {
	var list []Change
	for _, c := range g.Changes {
		if c.Effect == e {
			list = append(list, c)
		}
	}
	return list
}

// maxNames is the number of operations that a heading names.
const maxNames = 3

// names returns what a group is about, in a few words.
func (g Group) names() []string {
	switch g.Kind {
	case Type:
		return []string{"type " + g.Type}
	case General:
		return []string{"in general"}
	}
	var names []string
	for i, op := range g.Operations {
		if i == maxNames {
			return append(names, fmt.Sprintf("and %d more", len(g.Operations)-i))
		}
		if len(g.Operations) == 1 && len(g.Methods) == 1 {
			op += " (" + g.Methods[0] + ")"
		}
		names = append(names, op)
	}
	return names
}

// word is how a subject is written in front of a change.
func (s Subject) word() string {
	if s == InGo {
		return "Go"
	}
	return string(s)
}
