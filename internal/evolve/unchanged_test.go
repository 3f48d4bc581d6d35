package evolve

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUnchanged holds that a document which has not changed gives the same
// package over its own lock: each name is found to be whose it is.
func TestUnchanged(t *testing.T) {
	forDocuments(t, unchanged)
}

func unchanged(t *testing.T, tools *tools, docs map[string]*Document) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		before, err := generate(t, tools.generator, docs[name], nil)
		if err != nil {
			continue // a case of errors
		}
		after, err := generate(t, tools.generator, docs[name], before.pkg.Lock)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(before.pkg.Files, after.pkg.Files) + cmp.Diff(string(before.pkg.Lock), string(after.pkg.Lock)); d != "" {
			t.Errorf("%s: -first +second:\n%.2000s", name, d)
		}
	}
}
