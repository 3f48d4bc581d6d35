package proof_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestReadmeShowsTheExample holds the README to the example, which runs.
func TestReadmeShowsTheExample(t *testing.T) {
	source := string(readFile(t, "example_test.go"))
	_, body, _ := strings.Cut(source, "func Example() {\n")
	body, output, _ := strings.Cut(body, "\n\t// Output:\n")
	output, _, _ = strings.Cut(output, "}\n")
	readme := string(readFile(t, "../README.md"))
	for _, block := range []string{
		"```go\n" + strings.ReplaceAll("\n"+body, "\n\t", "\n")[1:] + "```\n",
		"```\n" + strings.ReplaceAll(output, "\t// ", "") + "```\n",
	} {
		if !strings.Contains(readme, block) {
			t.Errorf("README.md does not have\n%s", block)
		}
	}
}

// TestReadmeNamesSpans holds the README to the function of the example.
func TestReadmeNamesSpans(t *testing.T) {
	_, function, _ := strings.Cut(string(readFile(t, "tracing_example_test.go")), "\nfunc spanName(")
	function, _, _ = strings.Cut(function, "\n}\n")
	if want := "```go\nfunc spanName(" + function + "\n}\n```\n"; !strings.Contains(string(readFile(t, "../README.md")), want) {
		t.Errorf("README.md does not have\n%s", want)
	}
}

// TestReadmeShowsADiff holds the README to what the script of gen diff prints.
func TestReadmeShowsADiff(t *testing.T) {
	archive, err := txtar.ParseFile("../cmd/gen/testdata/diff.txtar")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(readFile(t, "../README.md"))
	for _, file := range archive.Files {
		if file.Name == "want/two.txt" && !strings.Contains(readme, "```\n"+string(file.Data)+"```\n") {
			t.Errorf("README.md does not have\n%s", file.Data)
		}
	}
}

// link is a Markdown link to something in the repository.
var link = regexp.MustCompile(`\[([^\]]*)\]\(([^):]+)\)`)

// TestLinks finds what the documents link to. A link with the name of a test
// leads to the file that has it.
func TestLinks(t *testing.T) {
	for _, document := range []string{"../README.md", "../docs/design.md", "../docs/extensions.md", "../docs/configuration.md", "../docs/github-actions.md", "../specs/README.md"} {
		for _, match := range link.FindAllStringSubmatch(string(readFile(t, document)), -1) {
			file, _, _ := strings.Cut(match[2], "#")
			if file == "" {
				continue // a heading of the same document
			}
			text, target := match[1], filepath.Join(filepath.Dir(document), file)
			if info, err := os.Stat(target); err == nil && info.IsDir() {
				continue
			}
			data, err := os.ReadFile(target)
			if info, statErr := os.Stat(target); statErr == nil && info.IsDir() {
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", document, err)
				continue
			}
			if strings.HasPrefix(text, "Test") && !strings.Contains(string(data), "\nfunc "+text+"(t *testing.T) {\n") {
				t.Errorf("%s: %s is not in %s", document, text, match[2])
			}
		}
	}
}
