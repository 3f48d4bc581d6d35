package evolve

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the report of the history")

// TestHistory generates six versions of a real document, each over the lock of
// the last, and holds that whatever breaks callers is a change of the document
// that breaks: each message of apidiff is traced to one. The report of what is
// no longer the same, with the reasons, is kept.
func TestHistory(t *testing.T) {
	paths, err := filepath.Glob("../../../shared/history/*.yaml")
	if err != nil || len(paths) < 2 {
		t.Skip("the versions of the document are not there; they are not part of the repository")
	}
	tools := newTools(t)
	var before version
	var report strings.Builder
	for i, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		after, err := generate(t, tools.generator, doc, before.pkg.Lock)
		if err != nil {
			t.Fatal(err)
		}
		if after.types, err = tools.Package(after.pkg.Files, false); err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			fmt.Fprintf(&report, "%s -> %s\n\n", filepath.Base(paths[i-1]), filepath.Base(path))
			reasons := NewAttribution(before.doc, after.doc, before.pkg.API, after.pkg.API)
			because := func(message string) string {
				reason := reasons.Reason(message)
				if reason == "" {
					t.Errorf("%s: %s: nothing in the document breaks there", filepath.Base(path), message)
				}
				return reason
			}
			breaks, _ := Incompatible(before.types, after.types)
			for _, message := range breaks {
				because(message)
			}
			for _, message := range Differences(before.types, after.types) {
				fmt.Fprintf(&report, "%s\n\t%s\n", message, because(message))
			}
			report.WriteString("\n")
		}
		before = after
	}
	const golden = "testdata/history.txt"
	if *update {
		writeFile(t, golden, []byte(report.String()))
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), report.String()); d != "" {
		t.Errorf("the report is another; -update accepts it. -want +got:\n%s", d)
	}
}
