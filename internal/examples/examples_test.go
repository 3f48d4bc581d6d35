package examples

import (
	"flag"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-a7989e22/apigen/internal/figures"
)

var (
	rounds = flag.Int("rounds", 1, "how often each operation is called")
	seed   = flag.Uint64("seed", 1, "what the values are made of")
	folder = flag.String("figures", "", "write what was counted to this folder, for docs/reliability.md")
)

// TestCorpus generates every document of the corpus, builds all packages at
// once, sends every matching example through its Go type and back, and calls
// every operation with values made at random.
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("builds all corpus packages")
	}
	files, err := filepath.Glob("../../../shared/corpus/*.*")
	if err != nil || len(files) == 0 {
		t.Skip("the corpus of real documents is not here")
	}
	program := NewProgram("../..", ".examples")
	t.Cleanup(func() {
		if err := program.Close(); err != nil {
			t.Error(err)
		}
	})
	mismatched := 0
	for _, file := range files {
		if filepath.Ext(file) == ".md" {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		matching, others, err := program.Add(t.Context(), file, name, strings.NewReplacer("-", "", ".", "").Replace(name))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d examples", name, matching)
		mismatched += others
	}
	if err := program.Build(t.Context()); err != nil {
		t.Fatal(err)
	}
	lost, all, err := program.Examples(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range lost {
		t.Errorf("not the same: %s", text)
	}
	t.Logf("%d of %d examples come back the same; %d others do not match their own schema", all-len(lost), all, mismatched)
	reports, err := program.Calls(t.Context(), *rounds, *seed)
	if err != nil {
		t.Fatal(err)
	}
	var sum Report
	for _, r := range reports {
		if r.Called == 0 {
			t.Errorf("%s: no operation was called", r.Name)
		}
		for _, text := range r.Found {
			t.Errorf("%s: %.2000s", r.Name, text)
		}
		sum.Add(r)
	}
	t.Logf("%d of %d operations called: %d calls with valid values, %d with values changed", sum.Called, sum.Operations, sum.Calls, sum.Changed)
	figures.Record(t, *folder, "corpus", map[string]any{
		"documents": len(reports), "examples": all, "lost": len(lost), "operations": sum.Operations, "called": sum.Called,
		"calls": sum.Calls, "changed": sum.Changed, "found": len(sum.Found),
	})
}
