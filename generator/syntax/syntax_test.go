package syntax

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func TestExplain(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a tab", "a:\n\tb: c\n", "2:1: found character that cannot start any token; a tab, perhaps: YAML is indented with spaces"},
		{"a reserved character", "a:\n  b: é\n  ü: @c\n", "3:6: found character that cannot start any token; a text that starts with '@' needs quotes"},
		{"one in a list", "a:\n  - b\n  - `c`\n", "3:5: found character that cannot start any token; a text that starts with '`' needs quotes"},
		{"one in a flow", "a: [b,%c]\n", "1:7: found character that cannot start any token; a text that starts with '%' needs quotes"},
		{"a colon", "a:\n  b: c: d\n", "2:3: mapping values are not allowed in this context; the indentation is wrong, perhaps, or a text with a colon needs quotes"},
		{"too deep", "a:\n  b: c\n   d: e\n", "3:4: mapping values are not allowed in this context; the indentation is wrong, perhaps, or a text with a colon needs quotes"},
		{"not deep enough", "a:\n  b: 1\n  c: 1\n  # d\n\n e: 1\nf: 1\n", "6:2: did not find expected key; the indentation is wrong, perhaps, or a quote"},
		{"a key in a list", "a:\n  - b\n  - c\n  d: 1\n  # e\n\nf: 1\n", "4:3: did not find expected '-' indicator; the indentation is wrong, perhaps, or a quote"},
		{"a quote in a quoted text", "a:\n  b: \"c\n  d: \"e\"\n# f\n\ng: 1\n", "3:3: did not find expected key; the indentation is wrong, perhaps, or a quote"},
		{"a quote without end", "a: 1\nb:\n  c: 'd\n  e: 1\n", "3:3: found unexpected end of stream"},
		{"a comma", "a: {\n  b: 1,\n  c: [1, 2]\n  d: 1,\n  e: 1\n}\nf: 1\n", "4:3: did not find expected ',' or '}'"},
		{"a flow without end", "a: 1\nb: [1,\n  2,\n  3\n", "2:1: did not find expected ',' or ']'"},
		{"a flow without end at the start", "a: {b: [1],\n  c: 2\n\n", "1:1: did not find expected ',' or '}'"},
		{"a backslash", "a: 1\nb: \"c\\s\"\n", "2:1: found unknown escape character; in double quotes, a backslash begins an escape"},
		{"an anchor", "a: &b 1\nc: [*b,\n  *d]\n", "3:3: unknown anchor 'd' referenced"},
		{"lines of Windows", "a:\r\n  b: 1\r\n c: 1\r\n", "3:2: did not find expected key; the indentation is wrong, perhaps, or a quote"},
		{"no line", "a: \x01\n", "0:0: control characters are not allowed"},
	}
	for _, tt := range tests {
		// What comes before does not matter.
		for _, lines := range []int{0, 3000} {
			var doc yaml.Node
			err := yaml.Unmarshal([]byte(strings.Repeat("x: [y]\n", lines)+tt.text), &doc)
			if err == nil {
				t.Fatalf("%s: it is YAML", tt.name)
			}
			line, col, message := Explain(strings.Repeat("x: [y]\n", lines)+tt.text, err)
			if line > 0 {
				line -= lines
			}
			if got := fmt.Sprintf("%d:%d: %s", line, col, message); got != tt.want {
				t.Errorf("%s:\n%s\nnot\n%s", tt.name, got, tt.want)
			}
		}
	}
}

// TestLarge holds that the place of a mistake is not searched for long.
func TestLarge(t *testing.T) {
	text := "a:\n" + strings.Repeat("  b: c\n", maxElements) + " d: e\n"
	line, _, message := Explain(text, errors.New("yaml: line 1: did not find expected key"))
	if line != 2 || !strings.HasPrefix(message, "did not find expected key") {
		t.Errorf("%d: %s", line, message)
	}
}
