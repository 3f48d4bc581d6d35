package emit

import (
	"bytes"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"
	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

func TestDocLines(t *testing.T) {
	long := strings.Repeat("word ", 30)
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"plain", "A label.", []string{"A label."}},
		{"wrapped", long, []string{strings.TrimSpace(strings.Repeat("word ", 19)), strings.TrimSpace(strings.Repeat("word ", 11))}},
		{"paragraphs", "one\ntwo\r\n\r\n\r\nthree", []string{"one two", "", "three"}},
		{"list", "Do:\n- a\n* b\n  c\n1. d", []string{"Do:", "  - a", "  - b c", "  1. d"}},
		{"code", "So:\n```json\n{\n  \"a\": 1\n}\n```\nDone.", []string{"So:", "", "\t{", "\t  \"a\": 1", "\t}", "", "Done."}},
		{"table", "| a | b |\n|---|---|\n| 1 | 2 |", []string{"\t| a | b |", "\t|---|---|", "\t| 1 | 2 |"}},
		{"heading", "## Title #\nText\n---\nmore\n#1", []string{"# Title", "", "Text", "more", "1"}},
		{"heading alone", "a\n# Title", []string{"a", "", "Title"}},
		{"bold", "**Note:** *a* **b c**, (**`d`**) x**2**3 `/v1/**` ** e", []string{"Note: *a* b c, (`d`) x**2**3 `/v1/**` ** e"}},
		{"HTML", "<p>A <b>b</b><br/>c <a href=\"x\">d</a> &lt;e&gt; <id></p>", []string{"A b c d <e> <id>"}},
		{"links", `x <a class="y" href='https://a.test/b'>d</a>, <a href="/e">f</a>, <a name="g"></a>h`, []string{
			"x [d](https://a.test/b), f, h",
		}},
		{"table of HTML", "a<table><tr><th>b</th><td>c&amp;d</td></tr></table><h2>e</h2>f", []string{"a", "", "\t| b | c&d", "", "# e", "", "f"}},
		{"rows of HTML", "<table><tr><td>b</td></tr><tr><td>" + long + "</td></tr>\n<tr><td>c</td></tr></table>d", []string{
			"\t| b", "\t| " + strings.TrimSpace(long), "\t| c", "", "d",
		}},
		{"rows over several lines", "<table>\n<tr>\n<th class=\"a\">b\n</th>\n<td><p>c</p>\nd</td>\n</tr>\n</table>", []string{"\t| b | c d"}},
		{"table without edges", "a\n\nb | c\n--|:-:\nd | \n\nx | y", []string{"a", "", "\t| b | c", "\t| --|:-:", "\t| d |", "", "x | y"}},
		{"attributes", `<P class="a">A <span style='b: c'>d</span></P><img src="e"/><!-- f\n -->CO<sub>2</sub>`, []string{"A d", "", "CO2"}},
		{"list of HTML", "a<ul> <li> <p>b</p> </li>\n<li class=x>c</li> </ul>d", []string{"a", "  - b", "  - c", "", "d"}},
		{"code of HTML", "<pre class='a'><code>{\n}</code></pre>", []string{"\t{", "\t}"}},
		{"dialects", "<important> <p>Use <a>List</a>.</p> </important> <note> List<T> <B> <the id>", []string{"Use List.", "", "<note> List<T> <B> <the id>"}},
		{"entities", "a&apos;s &#169; &trade; ?b=1&copy=2 &#8238;c", []string{"a's © ™ ?b=1&copy=2 c"}},
		{"code on one line", "So:\n``` GET /a ```\n\n# Next\nDone.", []string{"So:", "", "\tGET /a", "", "# Next", "", "Done."}},
		{"stress", "***a*** **b\nc** __d e__ __f__ \"**g**\"", []string{`a b c d e __f__ "g"`}},
		{"images", "a ![b](c.png)\n![d][1]\n[![e](f)](g) [h](i)", []string{"a", "", "[h](i)"}},
		{"quotations", "a\n> b\n> c\n\nd\n> [!NOTE]\n> e\n> - f\n- g\n>= h\n```\n> i\n```", []string{
			"a", "", "b c", "", "d", "", "Note: e", "  - f", "  - g >= h", "", "\t> i",
		}},
		{"nothing", " \n\t", nil},
		{"control characters", "a\x00b\x1bc\u202ed\u200be\ufefff\u2028g\u0085h", []string{"abcdef g h"}},
		{"directives", "//go:generate x\n//line a.go:1\n/*line a.go:1*/\n#cgo LDFLAGS: -lx\n+build ignore", []string{
			"//go:generate x //line a.go:1 /*line a.go:1*/", "cgo LDFLAGS: -lx", "- +build ignore",
		}},
	} {
		if diff := cmp.Diff(tt.want, docLines(20, tt.text)); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.name, diff)
		}
	}
}

func TestDocIsBounded(t *testing.T) {
	lines := docLines(5, strings.Repeat("line\n\n", 1000))
	if len(lines) != 4 || lines[3] != "..." {
		t.Errorf("got %q", lines)
	}
	if lines = docLines(5, "a\n\n# b\nc\nd\n\ne"); len(lines) != 2 || lines[1] != "..." {
		t.Errorf("got %q", lines)
	}
	for _, line := range docLines(100, strings.Repeat("x", 1<<20), strings.Repeat("é", 1<<20)) {
		if utf8.RuneCountInString(line) > 5*docWidth || !utf8.ValidString(line) {
			t.Errorf("a line of %d characters", utf8.RuneCountInString(line))
		}
	}
}

// TestHostileDoc puts text into comments that must stay comments.
func TestHostileDoc(t *testing.T) {
	e := newEmitter(&shared{info: packageInfo{name: "p", header: "// h"}})
	for _, text := range []string{
		"*/ func init() {}", "/* */", "// x", "\n//go:embed x", "a\rb\nc", "\u2028func init() {}", "`\"\\", "//export f", "go:build x",
		"```\n//go:generate x\n```", "| //go:generate", "- //go:generate", "# //go:generate x", strings.Repeat("\n", 10000),
	} {
		e.add(e.declDoc(typeLines, &ir.Decl{GoName: "X", Doc: text, Deprecated: text}), jen.Type().Id("X").Struct(e.doc(fieldLines, text), jen.Id("A").Int().Comment("// "+oneLine(text))))
	}
	var text bytes.Buffer
	if err := e.file.Render(&text); err != nil {
		t.Fatal(err)
	}
	src := text.Bytes()
	for range 2 {
		formatted, err := format.Source(src)
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		src = formatted
		tree, err := parser.ParseFile(token.NewFileSet(), "p.go", src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range tree.Comments {
			for _, c := range group.List {
				if len(c.Text) > 2 && c.Text[2] != ' ' && c.Text[2] != '\t' {
					t.Errorf("the comment %q could be a directive", c.Text)
				}
			}
		}
		if len(tree.Decls) != 14 {
			t.Errorf("%d declarations", len(tree.Decls))
		}
	}
}

func TestNamed(t *testing.T) {
	for text, want := range map[string]string{
		"A label.":                             "Label is a label.",
		"An issue":                             "Label is an issue",
		"The status of":                        "Label is the status of",
		"Label of":                             "Label of",
		"Labels":                               "Label: Labels",
		"Defines what is red.":                 "Label defines what is red.",
		"Defines":                              "Label: Defines",
		"Defines or contains":                  "Label: Defines or contains",
		"Returned when it is red.":             "Label is returned when it is red.",
		"Returned labels":                      "Label: Returned labels",
		"See https://a.test":                   "Label is described at https://a.test",
		"See https://a.test for more":          "Label: See https://a.test for more",
		"The label of the issue is red.":       "Label: The label of the issue is red.",
		"The label, which is red.":             "Label is the label, which is red.",
		"A label that is red. It is a name.":   "Label is a label that is red. It is a name.",
		"# Labels\nAll":                        "Label: Labels\nAll",
		"The settings for labels.":             "Label are the settings for labels.",
		"The conditions that apply":            "Label are the conditions that apply",
		"The job sends mails to labels":        "Label: The job sends mails to labels",
		"The tax rates that will apply":        "Label are the tax rates that will apply",
		"The job requires that labels are red": "Label: The job requires that labels are red",
		"The job requires that":                "Label: The job requires that",
		"The job's labels.":                    "Label: The job's labels.",
		"The status of the labels":             "Label is the status of the labels",
		"The number of items":                  "Label is the number of items",
		"An object containing labels.":         "Label is an object containing labels.",
		"The timeout (in seconds)":             "Label is the timeout (in seconds)",
		"The DNS, as it was":                   "Label is the DNS, as it was",
		"- label.":                             "",
		"- one\n- two":                         "Label:\n\n- one\n- two",
		"a | b\n-- | --\n1 | 2":                "Label:\n\na | b\n-- | --\n1 | 2",
		"<p class='a'> <b>A label.</b></p>":    "Label is a label.</b></p>",
		"<a href='x'>A label.</a>":             "Label: <a href='x'>A label.</a>",
		"":                                     "",
	} {
		if got := named("Label", text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestLead(t *testing.T) {
	for summary, want := range map[string]string{
		"Create a batch":                             "X creates a batch.",
		"Creates and runs a batch":                   "X creates and runs a batch.",
		"Create and Execute a batch":                 "X creates and executes a batch.",
		"Create or fetch":                            "X creates or fetches.",
		"Create and later a batch":                   "X: Create and later a batch.",
		"Create, run":                                "X: Create, run.",
		"Create / run":                               "X: Create / run.",
		"Batches":                                    "X: Batches.",
		"Copy":                                       "X copies.",
		"API calls and the like of X":                "X: API calls and the like of X.",
		"get hourly usage":                           "X gets hourly usage.",
		"Modifies a batch":                           "X modifies a batch.",
		"Permanently delete a batch":                 "X permanently deletes a batch.",
		"Apply a batch":                              "X applies a batch.",
		"Create + run batches":                       "X: Create + run batches.",
		"Only for batches":                           "X: Only for batches.",
		"List of batches":                            "X: List of batches.",
		"Is it a batch?":                             "X: Is it a batch?",
		"Get a batch, runs ...":                      "X gets a batch, runs ...",
		"Delete a batch and purge all that is in it": "X deletes a batch and purges all that is in it.",
		"Get a batch or share of it":                 "X gets a batch or share of it.",
		"Get tags and report counts":                 "X gets tags and report counts.",
		"Describes batches, as follows:":             "X describes batches, as follows.",
	} {
		if got := lead("X", summary); got != want {
			t.Errorf("%q: got %q, want %q", summary, got, want)
		}
	}
}
