package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("x", 1000)
	tests := []struct {
		name, line string
		col        int
		text, pad  string
	}{
		{"plain", "  a: b", 3, "  a: b", "  "},
		{"tabs stay", "\ta:\tb", 5, "\ta:\tb", "\t  \t"},
		{"wide characters", "日本: b", 5, "日本: b", "      "},
		{"combining characters", "e\u0301: b", 4, "e\u0301: b", "  "},
		{"control characters", "a\x1b[2J\u202eb: c", 7, "a\uFFFD[2J\uFFFDb: c", "      "},
		{"invalid UTF-8", "a\xffb", 3, "a\uFFFDb", "  "},
		{"blanks at the end", "a  ", 1, "a", ""},
		{"after the end", "ab", 9, "ab", "  "},
		{"no column", "ab", 0, "ab", ""},
		{"a long line at its start", long, 1, strings.Repeat("x", shownAfter) + "…", ""},
		{"a long line in the middle", long + "y" + long, 1001, "…" + strings.Repeat("x", shownBefore) + "y" +
			strings.Repeat("x", shownAfter-1) + "…", strings.Repeat(" ", shownBefore+1)},
		{"a long line at its end", long + "y", 1001, "…" + strings.Repeat("x", shownBefore) + "y", strings.Repeat(" ", shownBefore+1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if text, pad := excerpt(tt.line, tt.col); text != tt.text || pad != tt.pad {
				t.Errorf("%q, %q\nnot %q, %q", text, pad, tt.text, tt.pad)
			}
		})
	}
}

// TestSources holds that lines are found in whatever form a document may have.
func TestSources(t *testing.T) {
	for name, data := range map[string]string{
		"unix": "a\né: b\nc", "windows": "a\r\né: b\r\nc", "old": "a\ré: b\rc", "byte order mark": "\uFEFFa\né: b",
		"UTF-16": "\xff\xfea\x00\n\x00\xe9\x00:\x00 \x00b\x00",
	} {
		file := filepath.Join(t.TempDir(), "a.yaml")
		if err := os.WriteFile(file, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
		if line, ok := (sources{}).line(file, 2); line != "é: b" || !ok {
			t.Errorf("%s: line 2 is %q, %t", name, line, ok)
		}
	}
}

func TestProgressLine(t *testing.T) {
	p := &progress{console: &console{width: 40}}
	p.latest.Document, p.latest.Stage, p.latest.Operations = "specs/pets\x1b.yaml", "writing code", 812
	if got, want := p.line(2345e6), "gen: 2.3s specs/pets\uFFFD.yaml: writing cod"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}
