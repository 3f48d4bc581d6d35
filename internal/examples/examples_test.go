package examples

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/load"
)

// known are the examples that cannot come back as they were, with the reason.
const known = "testdata/known.txt"

// TestCorpus generates every document of the corpus, builds all packages at
// once, and sends every matching example through its Go type and back. Since
// many examples have properties that their document does not describe, unknown
// properties are kept.
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("builds all corpus packages")
	}
	files, err := filepath.Glob("../../../shared/corpus/*.*")
	if err != nil || len(files) == 0 {
		t.Skip("the corpus of real documents is not here")
	}
	const dir = "../../.examples" // a folder that go build ./... passes over
	t.Cleanup(func() { os.RemoveAll(dir) })
	var main mainFile
	var all []Example
	mismatched := 0
	for _, file := range files {
		if filepath.Ext(file) == ".md" {
			continue
		}
		found, not := generate(t, file, dir, &main)
		all = append(all, found...)
		mismatched += not
	}
	write(t, filepath.Join(dir, "examples", "main.go"), main.source())
	lost := run(t, dir, &main, all)
	t.Logf("%d of %d examples come back the same; %d others do not match their own schema", len(all)-len(lost), len(all), mismatched)
	compareKnown(t, lost)
}

// compareKnown checks the losses against the recorded ones.
func compareKnown(t *testing.T, lost []string) {
	recorded, err := os.ReadFile(known)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for line := range strings.Lines(string(recorded)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			want[line] = true
		}
	}
	for _, line := range lost {
		if !want[line] {
			t.Errorf("not the same: %s", line)
		}
		delete(want, line)
	}
	for line := range want {
		t.Errorf("recorded in %s but the same now: %s", known, line)
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// generate writes the package of a document below dir and returns its examples.
func generate(t *testing.T, file, dir string, main *mainFile) ([]Example, int) {
	t.Helper()
	var diags diag.List
	doc, err := load.Load(context.Background(), load.Options{Path: file}, &diags)
	if err != nil || doc == nil {
		t.Fatal(file, err, diags.Sorted())
	}
	base := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	pkg := strings.NewReplacer("-", "", ".", "").Replace(base)
	result, err := generator.Run(context.Background(), generator.Config{
		Mode:    generator.Memory,
		Clients: []config.Client{{Spec: file, Package: pkg, KeepUnknown: true}},
	})
	if err != nil {
		t.Fatal(file, err)
	}
	found, mismatched := Collect(doc.T, result.Packages[0].API)
	kept := found[:0]
	for _, ex := range found {
		if goType, ok := GoType(ex.Type, pkg); ok {
			main.add(goType, pkg)
			ex.Where = base + " " + ex.Where
			kept = append(kept, ex)
		}
	}
	if len(kept) > 0 { // a package without examples need not be compiled
		for _, f := range result.Packages[0].Files {
			write(t, filepath.Join(dir, pkg, f.Name), f.Content)
		}
	}
	t.Logf("%s: %d examples", base, len(kept))
	return kept, mismatched
}

// mainFile is the program that holds a table of all types with examples.
type mainFile struct {
	index map[string]int
	order []string
	pkgs  map[string]bool
	next  []int // the type of each example, in order
}

func (m *mainFile) add(goType, pkg string) {
	if m.index == nil {
		m.index, m.pkgs = map[string]int{}, map[string]bool{}
	}
	i, ok := m.index[goType]
	if !ok {
		i = len(m.order)
		m.index[goType] = i
		m.order = append(m.order, goType)
	}
	m.pkgs[pkg] = m.pkgs[pkg] || strings.Contains(goType, pkg+".")
	m.next = append(m.next, i)
}

func (m *mainFile) source() []byte {
	var b bytes.Buffer
	b.WriteString("package main\n\nimport (\n\t\"encoding/json\"\n\t\"os\"\n")
	for pkg, used := range m.pkgs {
		if used {
			fmt.Fprintf(&b, "\t%q\n", "github.com/seed-a7989e22/apigen/.examples/"+pkg)
		}
	}
	b.WriteString(")\n\nvar types = []func() any{\n")
	for _, goType := range m.order {
		fmt.Fprintf(&b, "\tfunc() any { return new(%s) },\n", goType)
	}
	b.WriteString(`}

type item struct {
	Type int
	JSON json.RawMessage
}

func main() {
	dec, enc := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for dec.More() {
		var in item
		if err := dec.Decode(&in); err != nil {
			panic(err)
		}
		v := types[in.Type]()
		err := json.Unmarshal(in.JSON, v)
		var out []byte
		if err == nil {
			out, err = json.Marshal(v)
		}
		text := ""
		if err != nil {
			text = err.Error()
		}
		if err := enc.Encode(map[string]any{"JSON": json.RawMessage(out), "Error": text}); err != nil {
			panic(err)
		}
	}
}
`)
	return b.Bytes()
}

// run builds the program, feeds it the examples and returns those that do not
// come back the same, with what differs.
func run(t *testing.T, dir string, main *mainFile, all []Example) []string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "examples")
	cmd := exec.Command("go", "build", "-gcflags=./.examples/...=-N -l", "-o", binary, "./.examples/examples")
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%.8000s", err, out)
	}
	var in bytes.Buffer
	for i, ex := range all {
		line, err := json.Marshal(map[string]any{"Type": main.next[i], "JSON": ex.JSON})
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(line, '\n'))
	}
	cmd = exec.Command(binary)
	cmd.Stdin, cmd.Stderr = &in, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(out))
	var lost []string
	for _, ex := range all {
		var got struct {
			JSON  json.RawMessage
			Error string
		}
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
		switch diff := Difference(ex.JSON, got.JSON); {
		case got.Error != "":
			lost = append(lost, ex.Where+": "+got.Error)
		case diff != "":
			lost = append(lost, ex.Where+": "+diff)
		}
	}
	return lost
}
