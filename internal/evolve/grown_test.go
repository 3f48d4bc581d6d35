package evolve

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// TestGrown holds what single changes do to callers: each case has a document,
// what it has grown to, and the messages of apidiff that breaks are, and that
// are none for the reason given at Incompatible. Cases that break are those of
// the list in README.md.
func TestGrown(t *testing.T) {
	paths, err := filepath.Glob("testdata/grown/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("there are no cases (%v)", err)
	}
	tools := newTools(t)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, f := range archive.Files {
				files[f.Name] = string(f.Data)
			}
			before := grow(t, tools, files["before.yaml"], nil)
			after := grow(t, tools, files["after.yaml"], before.pkg.Lock)
			breaks, apart := Incompatible(before.types, after.types)
			if d := cmp.Diff(files["breaks"]+files["apart"], lines(breaks)+lines(apart)); d != "" {
				t.Errorf("what breaks callers, and what does not count: -want +got:\n%s", d)
			}
			if breaks != nil {
				return
			}
			if problem, err := inUse(tools, before, &after); problem != "" || err != nil {
				t.Errorf("callers: %s %v", problem, err)
			}
		})
	}
}

func lines(list []string) string {
	var out strings.Builder
	for _, line := range list {
		out.WriteString(line + "\n")
	}
	return out.String()
}

// grow generates a document that is written down, over a lock.
func grow(t *testing.T, tools *tools, text string, before []byte) version {
	t.Helper()
	doc, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	v, err := generate(t, tools.generator, doc, before)
	if err != nil {
		t.Fatal(err)
	}
	if v.types, err = tools.Package(v.pkg.Files, true); err != nil {
		t.Fatal(err)
	}
	return v
}
