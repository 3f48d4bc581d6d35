package diag

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestString(t *testing.T) {
	for _, tt := range []struct {
		d    Diagnostic
		want string
	}{
		{Diagnostic{Code: "c", Message: "plain Ünï"}, "warning: plain Ünï (c)"},
		{Diagnostic{Pos: Pos{File: "f", Pointer: "/a", Line: 1, Col: 2}, Severity: Error, Code: "c", Message: "m"}, "f:1:2: error: m (c)"},
		{Diagnostic{Pos: Pos{File: "f", Pointer: "/a"}, Code: "c", Message: "m"}, "f#/a: warning: m (c)"},
		{Diagnostic{Pos: Pos{File: "a\nb", Line: 1, Col: 1}, Code: "c", Message: "\x1b[2J\r\u202e'"}, `a\nb:1:1: warning: \x1b[2J\r\u202e' (c)`},
		{Diagnostic{Pos: Pos{File: "a\xff"}, Code: "c", Message: "m"}, "a\uFFFD: warning: m (c)"},
	} {
		if got := tt.d.String(); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}

func TestSorted(t *testing.T) {
	at := func(line int, pointer, message string) Diagnostic {
		return Diagnostic{Pos: Pos{File: "f", Pointer: pointer, Line: line}, Message: message}
	}
	l := List{items: []Diagnostic{at(2, "/b", "m"), at(2, "/a", "n"), at(2, "/a", "m"), at(0, "/b", "m"), at(0, "/a", "m"), at(0, "/a", "m")}}
	want := []Diagnostic{at(0, "/a", "m"), at(0, "/b", "m"), at(2, "/a", "m"), at(2, "/a", "n")}
	if diff := cmp.Diff(want, l.Sorted()); diff != "" {
		t.Error(diff)
	}
}
