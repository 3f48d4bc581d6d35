package revision

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestRead(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=x", "-c", "user.email=x@example.com"}, args...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	put := func(name, content string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	git("init", "-q")
	put("a/a.yaml", "the first of the folder")
	put("a/x.yaml", "one\r\n")
	put("b/[*].yaml", "star")
	put(".gitattributes", "* export-ignore text eol=lf\n")
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "a", "link.yaml")); err != nil {
		t.Fatal(err)
	}
	git("add", ".")
	git("commit", "-qm", "one")
	put("a/x.yaml", "two\n")
	git("commit", "-qam", "two")

	r, err := Find(t.Context(), filepath.Join(dir, "a"), "HEAD~1")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		file, want string
		missing    bool
	}{
		{"a/x.yaml", "one\n", false}, // as it is in the repository
		{"b/[*].yaml", "star", false},
		{"b/y.yaml", "", true},
		{"a/link.yaml", "", false},
		{"a", "", false},
		{"../outside.yaml", "", false},
	}
	for _, tt := range tests {
		got, err := r.Read(t.Context(), filepath.Join(dir, tt.file))
		if string(got) != tt.want || (err == nil) != (tt.want != "") || errors.Is(err, fs.ErrNotExist) != tt.missing {
			t.Errorf("%s: %q, %v", tt.file, got, err)
		}
	}
	t.Chdir(dir)
	for _, name := range []string{".git", filepath.Join(dir, ".git")} {
		t.Setenv("GIT_DIR", name)
		r, err := Find(t.Context(), "a", "HEAD~1")
		if err != nil {
			t.Fatalf("GIT_DIR=%s: %v", name, err)
		}
		if got, err := r.Read(t.Context(), filepath.Join("a", "x.yaml")); string(got) != "one\n" {
			t.Errorf("GIT_DIR=%s: %q, %v", name, got, err)
		}
	}
	os.Unsetenv("GIT_DIR")
	for _, name := range []string{"", "-x", "--output=x", "nowhere", "HEAD:a/x.yaml", "HEAD\nHEAD", "^HEAD", "HEAD HEAD"} {
		if r, err := Find(t.Context(), dir, name); err == nil {
			t.Errorf("%q is the revision %+v", name, r)
		}
	}
	if _, err := Find(t.Context(), t.TempDir(), "HEAD"); err == nil {
		t.Error("a folder that is not in a repository has revisions")
	}
}
