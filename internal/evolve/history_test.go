package evolve

import (
	"os"
	"path/filepath"
	"testing"
)

func TestHistory(t *testing.T) {
	paths, err := filepath.Glob("../../../shared/history/*.yaml")
	if err != nil || len(paths) < 2 {
		t.Skip("the versions of a real document are not there; they are not part of the repository")
	}
	tools := newTools(t)
	var before version
	for _, path := range paths {
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
		if before.doc != nil {
			t.Log(path)
			for _, m := range Incompatible(before.types, after.types) {
				t.Log(m)
			}
		}
		before = after
	}
}
