package golden

import (
	"bytes"
	"errors"
	"flag"
	"go/format"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/lock"
	"github.com/seed-a7989e22/apigen/generator/output"
)

var update = flag.Bool("update", false, "rewrite what the cases want")

func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("there are no cases (%v)", err)
	}
	gen, err := generator.New()
	if err != nil {
		t.Fatal(err)
	}
	mod := &module{packages: map[string]pkg{}}
	for _, path := range paths {
		c := readCase(t, path)
		t.Run(c.name, func(t *testing.T) { c.run(t, gen, mod) })
	}
	mod.test(t)
}

// golden is a case.
type golden struct {
	name, path string
	archive    *txtar.Archive
	// everything is stored, support files too.
	everything bool
	// inputs are the document and what belongs to it.
	inputs map[string][]byte
	// client has keys of the client in gen.yaml.
	client string
	// test is a test of the generated package, or nil.
	test []byte
	want map[string]string
}

const wantDir = "want/"

func readCase(t *testing.T, path string) *golden {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c := &golden{
		name: strings.TrimSuffix(path, ".txtar"), path: path, archive: archive,
		everything: slices.Contains(strings.Split(string(archive.Comment), "\n"), "store: everything"),
		inputs:     map[string][]byte{}, want: map[string]string{},
	}
	for _, f := range archive.Files {
		wanted, isWanted := strings.CutPrefix(f.Name, wantDir)
		switch {
		case isWanted:
			c.want[wanted] = string(f.Data)
		case f.Name == "config.yaml":
			c.client = string(f.Data)
		case f.Name == "run_test.go":
			c.test = f.Data
		default:
			c.inputs[f.Name] = f.Data
		}
	}
	return c
}

// run generates the case, compares and leaves the package in mod.
func (c *golden) run(t *testing.T, gen *generator.Generator, mod *module) {
	dir := t.TempDir()
	for name, data := range c.inputs {
		if name == lock.File {
			name = c.name + "/" + name
		}
		write(t, filepath.Join(dir, filepath.FromSlash(name)), data)
	}
	clients := c.configure(t, dir)
	result, err := gen.Run(t.Context(), generator.Config{Clients: clients, Mode: generator.Memory})
	if err != nil && !errors.Is(err, generator.ErrInvalid) {
		t.Fatal(err)
	}
	got := map[string]string{}
	if text := diagnostics(dir, result.Diagnostics); text != "" {
		got["diagnostics.txt"] = text
	}
	if len(result.Packages) > 0 {
		p := result.Packages[0]
		mod.packages[c.name] = pkg{files: p.Files, test: c.test}
		for _, f := range p.Files {
			if formatted, err := format.Source(f.Content); err != nil || !bytes.Equal(formatted, f.Content) {
				t.Errorf("%s is not formatted as gofmt does (%v)", f.Name, err)
			}
			if c.everything || !isSupport(f) {
				got[f.Name] = string(f.Content)
			}
		}
		if _, locked := c.inputs[lock.File]; locked || c.everything {
			got[lock.File] = string(p.Lock)
		}
		checkInspection(t, p)
		checkImports(t, p)
		checkAgain(t, gen, p)
	}
	if *update {
		c.rewrite(t, got)
		return
	}
	if d := cmp.Diff(c.want, got); d != "" {
		t.Errorf("not what is wanted; \"make golden\" accepts it. -want +got:\n%s", d)
	}
}

// checkAgain holds that generating a package over its own lock changes nothing.
func checkAgain(t *testing.T, gen *generator.Generator, p generator.Package) {
	t.Helper()
	write(t, filepath.Join(p.Client.Dir(), lock.File), p.Lock)
	result, err := gen.Run(t.Context(), generator.Config{Clients: []config.Client{p.Client}, Mode: generator.Memory})
	if err != nil {
		t.Fatal(err)
	}
	again := result.Packages[0]
	if d := cmp.Diff(string(p.Lock), string(again.Lock)); d != "" {
		t.Errorf("the lock, generated over itself: -first +second:\n%s", d)
	}
	if d := cmp.Diff(p.Files, again.Files); d != "" {
		t.Errorf("the package, generated over its lock: -first +second:\n%s", d)
	}
}

// configure returns the client of the case, whose document is in dir.
func (c *golden) configure(t *testing.T, dir string) []config.Client {
	t.Helper()
	spec := "openapi.yaml"
	if _, ok := c.inputs[spec]; !ok {
		spec = "openapi.json"
	}
	text := "clients:\n  - spec: " + spec + "\n    out: " + c.name + "\n"
	for line := range strings.Lines(c.client) {
		text += "    " + line
	}
	var diags diag.List
	cfg := config.Parse(filepath.Join(dir, config.DefaultFile), []byte(text), &diags)
	for _, d := range diags.Sorted() {
		t.Fatalf("config.yaml, which is indented by four and starts at line 4 there: %s", d)
	}
	return cfg.Clients
}

// diagnostics formats list without the name of the folder dir.
func diagnostics(dir string, list []diag.Diagnostic) string {
	var b strings.Builder
	for _, d := range list {
		b.WriteString(strings.ReplaceAll(d.String(), dir+string(filepath.Separator), "") + "\n")
	}
	return b.String()
}

// isSupport reports whether f is copied rather than made from the document.
func isSupport(f output.File) bool {
	return f.Name == "errors.go" || f.Name == "runtime.go" || strings.HasPrefix(f.Name, "runtime_")
}

// rewrite stores got as what the case wants.
func (c *golden) rewrite(t *testing.T, got map[string]string) {
	t.Helper()
	files := slices.DeleteFunc(slices.Clone(c.archive.Files), func(f txtar.File) bool {
		return strings.HasPrefix(f.Name, wantDir)
	})
	for _, name := range slices.Sorted(maps.Keys(got)) {
		files = append(files, txtar.File{Name: wantDir + name, Data: []byte(got[name])})
	}
	data := txtar.Format(&txtar.Archive{Comment: c.archive.Comment, Files: files})
	if old, err := os.ReadFile(c.path); err == nil && string(old) == string(data) {
		return
	}
	write(t, c.path, data)
	t.Logf("%s is rewritten", c.path)
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, data, 0o666)); err != nil {
		t.Fatal(err)
	}
}

// TestSmallestPackage bounds what every client comes with.
func TestSmallestPackage(t *testing.T) {
	const most = 1500
	lines := 0
	for name, text := range readCase(t, "minimal.txtar").want {
		if strings.HasSuffix(name, ".go") {
			lines += strings.Count(text, "\n")
		}
	}
	if lines == 0 || lines >= most {
		t.Errorf("the smallest package has %d lines, not less than %d", lines, most)
	}
}
