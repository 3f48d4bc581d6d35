package typecheck

import (
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/exp/apidiff"

	"github.com/seed-a7989e22/apigen/generator/output"
)

const before = `package x

import (
	"os"
	"path/filepath"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	kinds "example.com/absent/v2"
)

var ErrX = errors.New("x")

var table = map[string]int{"a": http.StatusOK}

const Answer Number = 42

type Number int64

type Reader interface {
	io.Reader
	Next(ctx context.Context) (*http.Request, error)
}

type Set[K kinds.Ordered, V any] struct {
	Raw  json.RawMessage
	Keys kinds.List[K, V]
	in   table2
}

type table2 struct{ http.Client }

type Page = kinds.Page

func (s *Set[K, V]) All() iter.Seq2[K, error] { return undefined }
`

func TestCheck(t *testing.T) {
	tests := []struct {
		name, from, to string
		want           []string
	}{
		{"a body and an unexported variable", "return undefined", "return other", nil},
		{"a field", "Raw  json.RawMessage", "", []string{"! Set.Raw: removed"}},
		{"another type of another package", "kinds.Page", "kinds.Sheet", []string{"! Page: changed from example.com/absent/v2.Page to example.com/absent/v2.Sheet"}},
		{"a method", "func (s *Set[K, V]) All()", "func (s *Set[K, V]) Every()", []string{"! (*Set[K, V]).All: removed", "(*Set[K, V]).Every: added"}},
		{"a value", "= 42", "= 43", []string{"! Answer: value changed from 42 to 43"}},
		{"a method of an interface", "Next(ctx context.Context)", "Next(ctx context.Context, n int)", []string{
			"! Reader.Next: changed from func(context.Context) (*net/http.Request, error) to func(context.Context, int) (*net/http.Request, error)"}},
		{"something new", "type Page", "type More struct{}\ntype Page", []string{"More: added"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			after := strings.Replace(before, tt.from, tt.to, 1)
			if after == before {
				t.Fatalf("%s is not there", tt.from)
			}
			c := New()
			old, err := c.Check("example.com/x", []output.File{{Name: "x.go", Content: []byte(before)}})
			if err != nil {
				t.Fatal(err)
			}
			changed, err := c.Check("example.com/x", []output.File{{Name: "x.go", Content: []byte(after)}})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, change := range apidiff.Changes(old, changed).Changes {
				if change.Compatible {
					got = append(got, change.Message)
				} else {
					got = append(got, "! "+change.Message)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestCheckErrors(t *testing.T) {
	tests := []struct{ src, want string }{
		{"package x\nfunc", "x.go:2:5: expected"},
		{"package x\ntype T struct { A Absent }", "x.go:2:19: undefined: Absent"},
		{"package x\nvar X = compute()", "x.go:2:5: the type of this exported variable is not written down"},
	}
	for _, tt := range tests {
		_, err := New().Check("x", []output.File{{Name: "x.go", Content: []byte(tt.src)}})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.src, err)
		}
	}
}

// TestGenerated checks the packages of this repository: nothing that the
// generator writes is beyond the checker.
func TestGenerated(t *testing.T) {
	dirs, err := filepath.Glob("../../generated/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("%v, %v", dirs, err)
	}
	for _, dir := range dirs {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		var files []output.File
		for _, name := range names {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, output.File{Name: filepath.Base(name), Content: content})
		}
		pkg, err := New().Check(dir, files)
		if err != nil {
			t.Error(err)
			continue
		}
		if pkg.Scope().Lookup("NewClient") == nil {
			t.Errorf("%s has no NewClient", dir)
		}
	}
}

func TestWithoutSeals(t *testing.T) {
	src := []byte("package x\ntype Open interface{ Do() }\ntype Sealed interface{ is() }\ntype T struct{}\n")
	for unsealed, opts := range map[bool][]Option{false: nil, true: {WithoutSeals()}} {
		pkg, err := New(opts...).Check("x", []output.File{{Name: "x.go", Content: src}})
		if err != nil {
			t.Fatal(err)
		}
		implements := func(name string) bool {
			return types.Implements(pkg.Scope().Lookup("T").Type(), pkg.Scope().Lookup(name).Type().Underlying().(*types.Interface))
		}
		if implements("Sealed") != unsealed || implements("Open") {
			t.Errorf("unsealed %v: %v, %v", unsealed, implements("Sealed"), implements("Open"))
		}
	}
}
