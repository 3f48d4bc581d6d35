package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v3"
)

// workflow writes the steps of docs/github-actions.md that run gen to step1.sh,
// step2.sh and so on, with go tool gen meaning the gen of the script.
func workflow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: workflow")
	}
	doc, err := os.ReadFile("../../docs/github-actions.md")
	ts.Check(err)
	_, text, _ := strings.Cut(string(doc), "```yaml\n")
	text, _, _ = strings.Cut(text, "```\n")
	var w struct {
		Jobs map[string]struct {
			Steps []struct{ Run string }
		}
	}
	ts.Check(yaml.Unmarshal([]byte(text), &w))
	n := 0
	for _, step := range w.Jobs["clients"].Steps {
		if strings.Contains(step.Run, "go tool gen") {
			n++
			script := "set -e\ngo() { shift; \"$@\"; }\n" + step.Run
			ts.Check(os.WriteFile(ts.MkAbs(fmt.Sprintf("step%d.sh", n)), []byte(script), 0o666))
		}
	}
	if n != 3 {
		ts.Fatalf("%d steps run gen, not 3", n)
	}
}
