package suite

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

const (
	source = "../../../shared/json-schema-test-suite"
	// misses lists the tests that come out otherwise, with the reason.
	misses = "testdata/misses.txt"
	// dir is a folder that go build ./... passes over.
	dir = "../../.suite"
)

// figures names a file to write the agreement to, for docs/reliability.md.
var figures = flag.String("figures", "", "write the agreement by keyword to this file, as JSON")

// run is the suite under one configuration.
type run struct {
	name   string
	client config.Client
	// failed are the names of tests that come out otherwise, with what came
	// out; agree and of count the tests by keyword.
	failed    map[string]string
	agree, of map[string]int
}

// TestSuite runs the suite under the configuration that follows JSON Schema to
// the letter, which has to agree but for the misses listed, and prints the
// figures under the default one.
func TestSuite(t *testing.T) {
	if testing.Short() {
		t.Skip("builds packages of all schemas of the suite")
	}
	groups, err := Read(source)
	if err != nil || len(groups) == 0 {
		t.Skip("the JSON Schema test suite is not here")
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	exact := &run{name: "exact", client: config.Client{ExactTypes: true, IgnoreFormats: true}}
	usual := &run{name: "usual"}
	p := &program{dir: dir}
	for _, r := range []*run{exact, usual} {
		r.failed, r.agree, r.of = map[string]string{}, map[string]int{}, map[string]int{}
		for i, part := range Split(groups) {
			p.generate(t, r, fmt.Sprintf("%s%d", r.name, i), part)
		}
	}
	p.run(t)
	exact.log(t, "infer-types: false, check-formats: false")
	usual.log(t, "the defaults")
	compare(t, exact.failed)
	if *figures != "" {
		writeFigures(t, exact)
	}
}

// log prints the agreement by keyword.
func (r *run) log(t *testing.T, configuration string) {
	var out strings.Builder
	agree, of := 0, 0
	for _, keyword := range keywords(r.of) {
		fmt.Fprintf(&out, "  %-24s %3d of %3d\n", keyword, r.agree[keyword], r.of[keyword])
		agree, of = agree+r.agree[keyword], of+r.of[keyword]
	}
	t.Logf("agreement with the JSON Schema test suite, %s: %d of %d (%.1f%%)\n%s", configuration, agree, of, 100*float64(agree)/float64(of), &out)
}

func keywords(m map[string]int) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func writeFigures(t *testing.T, r *run) {
	type line struct {
		Keyword string `json:"keyword"`
		Agree   int    `json:"agree"`
		Of      int    `json:"of"`
	}
	var out struct {
		Suite []line `json:"suite"`
	}
	for _, keyword := range keywords(r.of) {
		out.Suite = append(out.Suite, line{keyword, r.agree[keyword], r.of[keyword]})
	}
	data, err := json.MarshalIndent(out, "", "  ")
	if err == nil {
		err = os.WriteFile(*figures, append(data, '\n'), 0o644)
	}
	if err != nil {
		t.Error(err)
	}
}

// compare holds the tests that failed against those listed.
func compare(t *testing.T, failed map[string]string) {
	t.Helper()
	listed, err := os.ReadFile(misses)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for line := range strings.Lines(string(listed)) {
		name, reason, ok := strings.Cut(strings.TrimSpace(line), " # ")
		switch {
		case name == "" || strings.HasPrefix(name, "#"):
		case !ok || reason == "":
			t.Errorf("%s: no reason for %s", misses, name)
		default:
			want[name] = true
		}
	}
	var names []string
	for name, got := range failed {
		if !want[name] {
			names = append(names, name+" # "+got)
		}
		delete(want, name)
	}
	slices.Sort(names)
	for _, name := range names {
		t.Errorf("not listed in %s: %s", misses, name)
	}
	for name := range want {
		t.Errorf("listed in %s but it agrees now: %s", misses, name)
	}
}

// program is the program that decodes the values of all tests.
type program struct {
	dir     string
	imports []string
	calls   bytes.Buffer // entries of a table
	inputs  bytes.Buffer // a line for each test
	tests   []pending
}

// pending is a test whose outcome is to come.
type pending struct {
	run   *run
	group *Group
	test  *Test
}

// generate writes the package of some groups and adds their tests.
func (p *program) generate(t *testing.T, r *run, name string, groups []*Group) {
	t.Helper()
	for _, g := range groups {
		r.of[g.Keyword] += len(g.Tests)
	}
	for {
		spec := t.TempDir()
		file, err := Write(spec, groups)
		if err != nil {
			t.Fatal(err)
		}
		client := r.client
		client.Spec, client.Package = file, name
		result, err := generator.Run(context.Background(), generator.Config{Mode: generator.Memory, Clients: []config.Client{client}})
		if err == nil {
			p.add(t, r, name, groups, result.Packages[0])
			return
		}
		if !errors.Is(err, generator.ErrInvalid) {
			t.Fatal(err)
		}
		if groups = r.refused(groups, result.Diagnostics); groups == nil {
			t.Fatalf("%s: %v", name, result.Diagnostics)
		}
	}
}

// refused leaves out the groups whose schemas have errors, which are misses;
// nil when there are none.
func (r *run) refused(groups []*Group, found []diag.Diagnostic) []*Group {
	bad := map[string]string{}
	for _, d := range found {
		if d.Severity == diag.Error {
			bad[filepath.Base(d.Pos.File)] = d.Message
		}
	}
	var rest []*Group
	for i, g := range groups {
		message, ok := bad[fmt.Sprintf("g%d.json", i)]
		if !ok {
			rest = append(rest, g)
			continue
		}
		for _, test := range g.Tests {
			r.failed[g.Name(&test)] = message
		}
	}
	if len(rest) == len(groups) {
		return nil
	}
	return rest
}

// add writes the files of a package and the calls of its operations.
func (p *program) add(t *testing.T, r *run, name string, groups []*Group, pkg generator.Package) {
	for _, f := range pkg.Files {
		write(t, filepath.Join(p.dir, name, f.Name), f.Content)
	}
	p.imports = append(p.imports, name)
	ops := map[string]string{} // the method of an operation
	var visit func(s *ir.Service, path string)
	visit = func(s *ir.Service, path string) {
		for _, op := range s.Operations {
			ops[op.ID] = fmt.Sprintf("(ctx, %s.%s{})", name, op.ParamsName)
			ops[op.ID] = path + op.GoName + ops[op.ID]
		}
		for _, child := range s.Children {
			visit(child, path+child.FieldName+".")
		}
	}
	for _, s := range pkg.API.Services {
		path := ""
		if s.FieldName != "" {
			path = s.FieldName + "."
		}
		visit(s, path)
	}
	for i, g := range groups {
		id := fmt.Sprintf("%s/g%d", name, i)
		fmt.Fprintf(&p.calls, "\t%q: func(ctx context.Context, c *http.Client) error {\n\t\tclient, err := %s.NewClient(%[2]s.WithBaseURL(\"http://suite.invalid\"), %[2]s.WithHTTPClient(c), %[2]s.WithStrictResponses())\n\t\tif err == nil {\n\t\t\t_, err = client.%s\n\t\t}\n\t\treturn err\n\t},\n",
			id, name, ops[fmt.Sprintf("g%d", i)])
		for j := range g.Tests {
			line, err := json.Marshal(map[string]any{"ID": id, "Data": g.Tests[j].Data})
			if err != nil {
				t.Fatal(err)
			}
			p.inputs.Write(append(line, '\n'))
			p.tests = append(p.tests, pending{r, g, &g.Tests[j]})
		}
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

// run builds the program, feeds it the tests and notes what came out.
func (p *program) run(t *testing.T) {
	t.Helper()
	write(t, filepath.Join(p.dir, "suite", "main.go"), p.source())
	binary := filepath.Join(t.TempDir(), "suite")
	cmd := exec.Command("go", "build", "-gcflags=./.suite/...=-N -l", "-o", binary, "./.suite/suite")
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%.8000s", err, out)
	}
	cmd = exec.Command(binary)
	cmd.Stdin, cmd.Stderr = &p.inputs, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(lines) != len(p.tests) {
		t.Fatalf("%d answers to %d tests", len(lines), len(p.tests))
	}
	for i, x := range p.tests {
		switch got := lines[i]; {
		case (got == `""`) == x.test.Valid:
			x.run.agree[x.group.Keyword]++
		case x.test.Valid:
			x.run.failed[x.group.Name(x.test)] = "refused: " + got
		default:
			x.run.failed[x.group.Name(x.test)] = "accepted"
		}
	}
}

// source is the program.
func (p *program) source() []byte {
	var b bytes.Buffer
	b.WriteString("package main\n\nimport (\n\t\"context\"\n\t\"encoding/json\"\n\t\"fmt\"\n\t\"io\"\n\t\"net/http\"\n\t\"os\"\n\t\"strings\"\n\n")
	for _, name := range p.imports {
		fmt.Fprintf(&b, "\t%q\n", "github.com/seed-a7989e22/apigen/.suite/"+name)
	}
	b.WriteString(")\n\nvar calls = map[string]func(context.Context, *http.Client) error{\n")
	b.Write(p.calls.Bytes())
	b.WriteString(`}

type server string

func (s server) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
		Body: io.NopCloser(strings.NewReader(string(s))), ContentLength: int64(len(s)),
	}, nil
}

func main() {
	dec := json.NewDecoder(os.Stdin)
	for dec.More() {
		var in struct {
			ID   string
			Data json.RawMessage
		}
		if err := dec.Decode(&in); err != nil {
			panic(err)
		}
		text := ""
		if err := calls[in.ID](context.Background(), &http.Client{Transport: server(in.Data)}); err != nil {
			text = err.Error()
		}
		fmt.Printf("%q\n", text)
	}
}
`)
	return b.Bytes()
}
