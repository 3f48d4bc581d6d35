package proof_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestDownstream uses the generator from another module, as the README says: a
// tool of the module, go generate, build and call; then the document changes,
// and yesterday's calling code still compiles.
func TestDownstream(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the generator for another module")
	}
	archive, err := txtar.ParseFile("testdata/downstream.txtar")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	m := module{dir: t.TempDir()}
	var next []txtar.File
	for _, file := range archive.Files {
		if name, ok := strings.CutPrefix(file.Name, "next/"); ok {
			next = append(next, txtar.File{Name: name, Data: file.Data})
			continue
		}
		m.write(t, file)
	}
	const path = "github.com/seed-a7989e22/apigen"
	m.run(t, "mod", "init", "example.com/downstream")
	// This is what go get -tool does, which would look for a published version.
	m.run(t, "mod", "edit", "-require="+path+"@v0.0.0", "-replace="+path+"="+root, "-tool="+path+"/cmd/gen")
	m.write(t, txtar.File{Name: "go.sum", Data: readFile(t, filepath.Join(root, "go.sum"))})
	m.run(t, "list", "-deps", path+"/cmd/gen")

	m.run(t, "generate", "./...")
	m.run(t, "vet", "./...")
	m.run(t, "test", "./...")
	first := m.read(t, "shelf")
	m.run(t, "generate", "./...")
	if again := m.read(t, "shelf"); !sameFiles(first, again) {
		t.Error("generating twice gives different files")
	}

	for _, file := range next {
		m.write(t, file)
	}
	if out, err := m.command("tool", "gen", "check").CombinedOutput(); err == nil {
		t.Errorf("gen check succeeds although the document has changed:\n%s", out)
	}
	m.run(t, "generate", "./...")
	m.run(t, "tool", "gen", "check")
	m.run(t, "vet", "./...")
	m.run(t, "test", "./...")
}

// module is a Go module in a folder of its own.
type module struct{ dir string }

func (m module) write(t *testing.T, file txtar.File) {
	t.Helper()
	name := filepath.Join(m.dir, filepath.FromSlash(file.Name))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, file.Data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// read returns the files of a folder by name.
func (m module) read(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(m.dir, dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	for _, path := range paths {
		files[filepath.Base(path)] = readFile(t, path)
	}
	return files
}

func sameFiles(a, b map[string][]byte) bool {
	same := len(a) == len(b)
	for name := range a {
		same = same && bytes.Equal(a[name], b[name])
	}
	return same
}

func (m module) command(args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = m.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	return cmd
}

func (m module) run(t *testing.T, args ...string) {
	t.Helper()
	if out, err := m.command(args...).CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}
