package load

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// corpus returns the real documents that tests use when they are there.
func corpus(t testing.TB) []string {
	t.Helper()
	const dir = "../../../shared/corpus"
	files, err := filepath.Glob(dir + "/*.[yj]*")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("no corpus of documents at %s", dir)
	}
	return files
}

func loadFile(t testing.TB, opts Options) (*Document, *diag.List) {
	t.Helper()
	var diags diag.List
	doc, err := Load(t.Context(), opts, &diags)
	if err != nil {
		t.Fatal(err)
	}
	return doc, &diags
}

func countOperations(doc *openapi3.T) int {
	n := 0
	for _, item := range doc.Paths.Map() {
		n += len(item.Operations())
	}
	return n
}

// TestCorpus checks that real documents load without an error, to what
// kin-openapi makes of the repaired tree, and that nothing is lost from them.
func TestCorpus(t *testing.T) {
	for _, file := range corpus(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			doc, diags := loadFile(t, Options{Path: file})
			for i, d := range diags.Sorted() {
				if d.Severity == diag.Error {
					t.Error(d)
				} else if i < 20 {
					t.Log(d)
				}
			}
			if doc == nil {
				t.Fatal("no document")
			}
			sameAsLoader(t, doc)
			checkLinks(t, doc.T)
			want, err := openapi3.NewLoader().LoadFromFile(file)
			if err != nil {
				t.Logf("kin-openapi alone cannot load it: %v", err)
				return
			}
			if got, want := countOperations(doc.T), countOperations(want); got != want {
				t.Errorf("%d operations, kin-openapi alone has %d", got, want)
			}
			if got, want := len(doc.T.Components.Schemas), len(want.Components.Schemas); got < want {
				t.Errorf("%d schemas, kin-openapi alone has %d", got, want)
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for _, file := range corpus(b) {
		if info, err := os.Stat(file); err != nil || info.Size() < 1<<20 {
			continue
		}
		b.Run(filepath.Base(file)+"/load", func(b *testing.B) {
			for b.Loop() {
				loadFile(b, Options{Path: file})
			}
		})
		b.Run(filepath.Base(file)+"/kin", func(b *testing.B) {
			for b.Loop() {
				if _, err := openapi3.NewLoader().LoadFromFile(file); err != nil {
					b.Skip(err)
				}
			}
		})
	}
}
