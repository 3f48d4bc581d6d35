package report

import (
	"fmt"
	"html"
	"strings"
)

// Plot draws the rows that have a bar and compare with a peer as an SVG: one
// horizontal bar each, as long as this project is faster or smaller.
func Plot(rows []Row) []byte {
	const (
		width, label, height, gap = 760, 330, 16, 6
		scale                     = 34.0 // of 1x
	)
	var body strings.Builder
	y := 28
	stage := ""
	for _, r := range rows {
		times, ok := advantage(r)
		if !ok {
			continue
		}
		if r.Stage != stage {
			stage = r.Stage
			y += 10
			fmt.Fprintf(&body, `<text x="8" y="%d" class="s">%s</text>`+"\n", y+12, html.EscapeString(stage))
		}
		length := min(times*scale, width-label-60)
		fmt.Fprintf(&body, `<text x="%d" y="%d" text-anchor="end">%s</text>`+"\n", label-8, y+12,
			html.EscapeString(caption(r)))
		fmt.Fprintf(&body, `<rect x="%d" y="%d" width="%.1f" height="%d"/>`+"\n", label, y, length, height)
		fmt.Fprintf(&body, `<text x="%.1f" y="%d">%.2g×</text>`+"\n", label+length+6, y+12, times)
		y += height + gap
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">`+"\n", width, y+12, width, y+12)
	b.WriteString(`<style>text{font:12px sans-serif;fill:#57606a}.s{font-weight:bold}rect{fill:#2da44e}line{stroke:#8c959f;stroke-dasharray:3 3}</style>` + "\n")
	b.WriteString(`<text x="8" y="18">How many times faster (decode, encode, call, compile) or smaller (memory, size) than the other side; dashed: equal</text>` + "\n")
	b.WriteString(body.String())
	fmt.Fprintf(&b, `<line x1="%.1f" y1="26" x2="%.1f" y2="%d"/>`+"\n</svg>\n", label+scale, label+scale, y)
	return []byte(b.String())
}

// advantage turns a ratio into how many times better this project is.
func advantage(r Row) (float64, bool) {
	if r.Bar == nil || r.Ratio.Median <= 0 {
		return 0, false
	}
	switch r.Stage {
	case "growth", "validate":
		return 0, false // not against a peer
	}
	switch r.Measure {
	case Speed:
		return r.Ratio.Median, true
	case Time, Memory, Size, Allocations:
		return 1 / r.Ratio.Median, true
	default:
		return 0, false
	}
}

func caption(r Row) string {
	if r.Measure == Speed || r.Measure == Time {
		return r.Work + " / " + r.Against
	}
	return r.Work + " / " + r.Against + ": " + r.Measure
}
