package examples

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/load"
	"github.com/seed-a7989e22/apigen/internal/figures"
)

var (
	rounds = flag.Int("rounds", 1, "how often each operation is called")
	seed   = flag.Uint64("seed", 1, "what the values are made of")
	folder = flag.String("figures", "", "write what was counted to this folder, for docs/reliability.md")
)

// known are the examples that cannot come back as they were, with the reason.
const known = "testdata/known.txt"

// TestCorpus generates every document of the corpus, builds all packages at
// once, sends every matching example through its Go type and back, and calls
// every operation with values made at random. Since many examples have
// properties that their document does not describe, unknown properties are
// kept.
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
	binary := build(t)
	lost := run(t, binary, &main, all)
	t.Logf("%d of %d examples come back the same; %d others do not match their own schema", len(all)-len(lost), len(all), mismatched)
	compareKnown(t, lost)
	reports := callAll(t, binary)
	if len(reports) != len(main.pkgs) {
		t.Errorf("%d reports of %d clients", len(reports), len(main.pkgs))
	}
	var sum report
	for _, r := range reports {
		if r.Called == 0 {
			t.Errorf("%s: no operation was called", r.Name)
		}
		sum.Operations, sum.Called = sum.Operations+r.Operations, sum.Called+r.Called
		sum.Calls, sum.Changed, sum.Found = sum.Calls+r.Calls, sum.Changed+r.Changed, append(sum.Found, r.Found...)
	}
	t.Logf("%d of %d operations called: %d calls with valid values, %d with values changed", sum.Called, sum.Operations, sum.Calls, sum.Changed)
	figures.Record(t, *folder, "corpus", map[string]any{
		"documents": len(main.pkgs), "examples": len(all), "lost": len(lost), "operations": sum.Operations, "called": sum.Called,
		"calls": sum.Calls, "changed": sum.Changed, "found": len(sum.Found),
	})
}

// report is what the program tells of a client.
type report struct {
	Name                               string
	Operations, Called, Calls, Changed int
	Found                              []string
}

// callAll lets the program call all operations.
func callAll(t *testing.T, binary string) (reports []report) {
	t.Helper()
	cmd := exec.Command(binary, "calls", strconv.Itoa(*rounds), strconv.FormatUint(*seed, 10))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var r report
		if err := dec.Decode(&r); err != nil {
			t.Fatal(err)
		}
		for _, text := range r.Found {
			t.Errorf("%s: %.2000s", r.Name, text)
		}
		reports = append(reports, r)
	}
	return reports
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
			main.add(goType)
			ex.Where = base + " " + ex.Where
			kept = append(kept, ex)
		}
	}
	for _, f := range result.Packages[0].Files {
		write(t, filepath.Join(dir, pkg, f.Name), f.Content)
	}
	main.client(absolute(t, file), pkg, result.Packages[0].API)
	t.Logf("%s: %d examples", base, len(kept))
	return kept, mismatched
}

// mainFile is the program that holds a table of all types with examples, and
// of all clients.
type mainFile struct {
	index   map[string]int
	order   []string
	next    []int // the type of each example, in order
	pkgs    []string
	clients bytes.Buffer
	oauth   bool
}

// client adds a client with credentials for all security schemes.
func (m *mainFile) client(file, pkg string, api *ir.API) {
	m.pkgs = append(m.pkgs, pkg)
	fmt.Fprintf(&m.clients, "\t{%q, %q, func(rt http.RoundTripper) (any, error) {\n", file, pkg)
	fmt.Fprintf(&m.clients, "\t\treturn %s.NewClient(%[1]s.WithBaseURL(\"http://api.test\"), %[1]s.WithHTTPClient(&http.Client{Transport: rt}),\n", pkg)
	fmt.Fprintf(&m.clients, "\t\t\t%s.WithStrictResponses(), %[1]s.WithRetry(%[1]s.RetryPolicy{}),\n", pkg)
	for _, s := range api.Schemes {
		argument := `"key"`
		switch s.Kind {
		case ir.Basic:
			argument = `"user", "password"`
		case ir.OAuth2:
			argument, m.oauth = `oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "token"})`, true
		}
		if s.Kind != ir.MutualTLS {
			fmt.Fprintf(&m.clients, "\t\t\t%s.%s(%s),\n", pkg, s.OptionName, argument)
		}
	}
	m.clients.WriteString("\t\t)\n\t}},\n")
}

func (m *mainFile) add(goType string) {
	if m.index == nil {
		m.index = map[string]int{}
	}
	i, ok := m.index[goType]
	if !ok {
		i = len(m.order)
		m.index[goType] = i
		m.order = append(m.order, goType)
	}
	m.next = append(m.next, i)
}

func (m *mainFile) source() []byte {
	var b bytes.Buffer
	b.WriteString("package main\n\nimport (\n\t\"encoding/json\"\n\t\"net/http\"\n\t\"os\"\n\n")
	b.WriteString("\t\"github.com/seed-a7989e22/apigen/internal/examples\"\n")
	if m.oauth {
		b.WriteString("\t\"golang.org/x/oauth2\"\n")
	}
	for _, pkg := range m.pkgs {
		fmt.Fprintf(&b, "\t%q\n", "github.com/seed-a7989e22/apigen/.examples/"+pkg)
	}
	b.WriteString(")\n\nvar clients = []examples.Client{\n" + m.clients.String() + "}\n\nvar types = []func() any{\n")
	for _, goType := range m.order {
		fmt.Fprintf(&b, "\tfunc() any { return new(%s) },\n", goType)
	}
	b.WriteString(program)
	return b.Bytes()
}

// program is the rest of the main file.
const program = `}

type item struct {
	Type int
	JSON json.RawMessage
}

func main() {
	dec, enc := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	if len(os.Args) > 1 {
		examples.Call(clients, os.Args[2:], enc)
		return
	}
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
`

// build builds the program.
func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "examples")
	cmd := exec.Command("go", "build", "-gcflags=./.examples/...=-N -l", "-o", binary, "./.examples/examples")
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%.8000s", err, out)
	}
	return binary
}

// run feeds the program the examples and returns those that do not come back
// the same, with what differs.
func run(t *testing.T, binary string, main *mainFile, all []Example) []string {
	t.Helper()
	var in bytes.Buffer
	for i, ex := range all {
		line, err := json.Marshal(map[string]any{"Type": main.next[i], "JSON": ex.JSON})
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(line, '\n'))
	}
	cmd := exec.Command(binary)
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

// absolute is a path that does not depend on the working directory.
func absolute(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}
