package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"text/template"
)

// Table prints the rows for a terminal.
func Table(w io.Writer, rows []Row) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "stage\twork\tagainst\tmeasure\tratio\tquartiles\tbar\t")
	for _, r := range rows {
		bar := ""
		if r.Bar != nil {
			bar = r.Bar.String()
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%.3g\t%s\t%s\t%s\n",
			r.Stage, r.Work, r.Against, r.Measure, r.Ratio.Median, r.spread(), bar, r.Verdict())
	}
	return t.Flush()
}

//go:embed results.md.tmpl
var results string

// Markdown returns RESULTS.md.
func Markdown(rows []Row, setup Setup) ([]byte, error) {
	t, err := template.New("RESULTS.md").Parse(results)
	if err != nil {
		return nil, err
	}
	data := struct {
		Setup          Setup
		Table, Missing string
		Bars, Reached  int
	}{Setup: setup, Table: markdownTable(rows)}
	for _, r := range rows {
		switch r.Verdict() {
		case "pass":
			data.Bars, data.Reached = data.Bars+1, data.Reached+1
		case "FAIL":
			data.Bars++
			data.Missing += fmt.Sprintf("- %s, %s against %s: %s %.3g, bar %s\n",
				r.Stage, r.Work, r.Against, r.Measure, r.Ratio.Median, r.Bar)
		}
	}
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Setup is what the numbers depend on.
type Setup struct {
	Go       string
	Platform string
	CPUs     int
	Peers    []string
}

func markdownTable(rows []Row) string {
	var b strings.Builder
	stage := ""
	for _, r := range rows {
		if r.Stage != stage {
			stage = r.Stage
			fmt.Fprintf(&b, "\n### %s\n\n%s\n\n", strings.ToUpper(stage[:1])+stage[1:], legend(stage))
			b.WriteString("| on | against | measure | ratio | quartiles | of | bar | |\n|---|---|---|---:|---:|---:|---:|---|\n")
		}
		bar, count := "", ""
		if r.Bar != nil {
			bar = r.Bar.String()
		}
		if r.Ratio.Count > 1 {
			count = fmt.Sprint(r.Ratio.Count)
		}
		verdict := r.Verdict()
		if verdict == "FAIL" {
			verdict = "**FAIL**"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %.3g | %s | %s | %s | %s |\n",
			r.Work, r.Against, r.Measure, r.Ratio.Median, r.spread(), count, bar, verdict)
	}
	b.WriteString(notes(rows))
	return b.String()
}

// notes lists what the rows have to say beside their numbers, once each.
func notes(rows []Row) string {
	var b strings.Builder
	seen := map[string]bool{}
	for _, r := range rows {
		if r.Note == "" || seen[r.Note] {
			continue
		}
		if len(seen) == 0 {
			b.WriteString("\n### Notes\n\n")
		}
		seen[r.Note] = true
		fmt.Fprintf(&b, "- %s, %s: %s\n", r.Stage, r.Against, r.Note)
	}
	return b.String()
}

func legend(stage string) string {
	switch stage {
	case "decode":
		return "A list of 100 issues, 280 kB of JSON, into the types of `issues.yaml`."
	case "decode small":
		return "The documented response of UpdateCloudflareAccount."
	case "encode":
		return "The same list, into a slice of its own."
	case "validate":
		return "The same list, every limit of the document."
	case "call":
		return "A whole call over an in-memory `http.RoundTripper`: request built and sent, response read and decoded."
	case "generate":
		return "From the document to Go files on disk, in processor time."
	case "growth":
		return "Generating from eight times as much, as a multiple of the cost of the original."
	case "compile":
		return "Cold build of a program with one call; the standard library and dependencies are built before. " +
			"Memory is that of the largest compiler process."
	case "binary":
		return "Stripped size of that program, over that of a program with net/http and nothing else."
	default:
		return ""
	}
}
