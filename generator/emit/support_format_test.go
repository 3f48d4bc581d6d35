package emit

import (
	"bytes"
	"go/format"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSupportIsFormatted holds that support code needs no formatting, which
// takes longer than everything else for a small document.
func TestSupportIsFormatted(t *testing.T) {
	support, err := ReadSupport()
	if err != nil {
		t.Fatal(err)
	}
	used, planned := map[string]bool{}, map[string]bool{}
	for name := range support.index.decls { // methods too
		used[name] = true
	}
	for _, k := range support.index.kinds {
		planned[k.is] = true
	}
	files := supportFiles(&shared{support: support.index, info: packageInfo{name: "x", header: "// Code generated."}, taken: used, planned: planned})
	if len(files) < 10 {
		t.Fatalf("%d files", len(files))
	}
	for _, f := range files {
		var text bytes.Buffer
		if err := f.Write(&text); err != nil {
			t.Fatal(err)
		}
		want, err := format.Source(text.Bytes())
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if diff := cmp.Diff(string(want), text.String()); diff != "" {
			t.Errorf("%s: functions of one line that follow each other need an empty line between them (-want +got):\n%s", f.Name, diff)
		}
	}
}
