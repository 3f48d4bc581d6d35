package examples

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/load"
)

// module is the path of this module.
const module = "github.com/seed-a7989e22/apigen"

// Program is a Go program of generated clients, which sends examples through
// their Go types and back, and calls operations.
type Program struct {
	root, dir string
	index     map[string]int // of types in order
	order     []string
	examples  []Example
	types     []int // the type of each example
	pkgs      []string
	clients   bytes.Buffer
	oauth     bool
}

// NewProgram returns a program without clients. It is written to the folder
// dir of the module in root; a dot in front hides it from go build ./...
func NewProgram(root, dir string) *Program {
	return &Program{root: root, dir: dir, index: map[string]int{}}
}

// Close removes what was written.
func (p *Program) Close() error { return os.RemoveAll(filepath.Join(p.root, p.dir)) }

// Clients returns the number of clients.
func (p *Program) Clients() int { return len(p.pkgs) }

// Add generates the client of a document as the package pkg. It returns the
// number of the document's examples, which name tells from those of others, and
// how many more do not match their own schema. Since many examples have
// properties that their document does not describe, unknown properties are kept.
func (p *Program) Add(ctx context.Context, document, name, pkg string) (matching, mismatched int, err error) {
	document, err = filepath.Abs(document)
	if err != nil {
		return 0, 0, err
	}
	var diags diag.List
	doc, err := load.Load(ctx, load.Options{Path: document}, &diags)
	if err != nil || doc == nil {
		return 0, 0, fmt.Errorf("%s: %w: %v", document, err, diags.Sorted())
	}
	result, err := generate(ctx, document, pkg)
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w", document, err)
	}
	for _, f := range result.Files {
		if err := p.write(filepath.Join(pkg, f.Name), f.Content); err != nil {
			return 0, 0, err
		}
	}
	found, mismatched := Collect(newSubject(doc.T).doc, result.API)
	for _, ex := range found {
		if goType, ok := GoType(ex.Type, pkg); ok {
			ex.Where = name + " " + ex.Where
			p.add(ex, goType)
			matching++
		}
	}
	p.client(document, pkg, result.API)
	return matching, mismatched, nil
}

// generate generates a client that keeps unknown properties.
func generate(ctx context.Context, document, pkg string) (*generator.Package, error) {
	result, err := generator.Run(ctx, generator.Config{
		Mode:    generator.Memory,
		Clients: []config.Client{{Spec: document, Package: pkg, KeepUnknown: true}},
	})
	if err != nil {
		return nil, err
	}
	return &result.Packages[0], nil
}

func (p *Program) write(name string, content []byte) error {
	path := filepath.Join(p.root, p.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}

func (p *Program) add(ex Example, goType string) {
	i, ok := p.index[goType]
	if !ok {
		i = len(p.order)
		p.index[goType] = i
		p.order = append(p.order, goType)
	}
	p.examples, p.types = append(p.examples, ex), append(p.types, i)
}

// client adds a client with credentials for all security schemes.
func (p *Program) client(document, pkg string, api *ir.API) {
	p.pkgs = append(p.pkgs, pkg)
	fmt.Fprintf(&p.clients, "\t{%q, %q, func(rt http.RoundTripper) (any, error) {\n", document, pkg)
	fmt.Fprintf(&p.clients, "\t\treturn %s.NewClient(%[1]s.WithBaseURL(\"http://api.test\"), %[1]s.WithHTTPClient(&http.Client{Transport: rt}),\n", pkg)
	fmt.Fprintf(&p.clients, "\t\t\t%s.WithStrictResponses(), %[1]s.WithRetry(%[1]s.RetryPolicy{}),\n", pkg)
	for _, s := range api.Schemes {
		argument := `"key"`
		switch s.Kind {
		case ir.Basic:
			argument = `"user", "password"`
		case ir.OAuth2:
			argument, p.oauth = `oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "token"})`, true
		}
		if s.Kind != ir.MutualTLS {
			fmt.Fprintf(&p.clients, "\t\t\t%s.%s(%s),\n", pkg, s.OptionName, argument)
		}
	}
	p.clients.WriteString("\t\t)\n\t}},\n")
}

// source returns the main file: tables of all clients and of all types with
// examples.
func (p *Program) source() []byte {
	var b bytes.Buffer
	b.WriteString("package main\n\nimport (\n\t\"encoding/json\"\n\t\"net/http\"\n\t\"os\"\n\n")
	fmt.Fprintf(&b, "\t%q\n", module+"/internal/examples")
	if p.oauth {
		b.WriteString("\t\"golang.org/x/oauth2\"\n")
	}
	for _, pkg := range p.pkgs {
		fmt.Fprintf(&b, "\t%q\n", module+"/"+filepath.ToSlash(p.dir)+"/"+pkg)
	}
	b.WriteString(")\n\nvar clients = []examples.Client{\n" + p.clients.String() + "}\n\nvar types = []func() any{\n")
	for _, goType := range p.order {
		fmt.Fprintf(&b, "\tfunc() any { return new(%s) },\n", goType)
	}
	b.WriteString("}\n\nfunc main() { examples.Main(clients, types, os.Args[1:], json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)) }\n")
	return b.Bytes()
}

// binary is the path of the program once it is built.
func (p *Program) binary() string { return filepath.Join(p.root, p.dir, "program", "program") }

// Build compiles the program.
func (p *Program) Build(ctx context.Context) error {
	if err := p.write(filepath.Join("program", "main.go"), p.source()); err != nil {
		return err
	}
	binary, err := filepath.Abs(p.binary())
	if err != nil {
		return err
	}
	dir := "./" + filepath.ToSlash(p.dir)
	cmd := exec.CommandContext(ctx, "go", "build", "-gcflags="+dir+"/...=-N -l", "-ldflags=-s -w", "-o", binary, dir+"/program")
	cmd.Dir = p.root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%.8000s", err, out)
	}
	return nil
}

// run runs the program and decodes what it says.
func (p *Program) run(ctx context.Context, in io.Reader, args ...string) (*json.Decoder, error) {
	cmd := exec.CommandContext(ctx, p.binary(), args...)
	cmd.Stdin, cmd.Stderr = in, os.Stderr
	out, err := cmd.Output()
	return json.NewDecoder(bytes.NewReader(out)), err
}

// Examples sends the examples through their Go types. It returns those that do
// not come back the same, with what differs, and their number in all.
func (p *Program) Examples(ctx context.Context) (lost []string, all int, err error) {
	var in bytes.Buffer
	for i, ex := range p.examples {
		line, err := json.Marshal(item{Type: p.types[i], JSON: ex.JSON})
		if err != nil {
			return nil, 0, err
		}
		in.Write(append(line, '\n'))
	}
	dec, err := p.run(ctx, &in)
	if err != nil {
		return nil, 0, err
	}
	for _, ex := range p.examples {
		var got returned
		if err := dec.Decode(&got); err != nil {
			return nil, 0, err
		}
		switch diff := Difference(ex.JSON, got.JSON); {
		case got.Error != "":
			lost = append(lost, ex.Where+": "+got.Error)
		case diff != "":
			lost = append(lost, ex.Where+": "+diff)
		}
	}
	return lost, len(p.examples), nil
}

// Calls calls each operation some times; the same seed makes the same values.
// There is a report for each client.
func (p *Program) Calls(ctx context.Context, rounds int, seed uint64) ([]Report, error) {
	dec, err := p.run(ctx, nil, strconv.Itoa(rounds), strconv.FormatUint(seed, 10))
	if err != nil {
		return nil, err
	}
	var reports []Report
	for dec.More() {
		var r Report
		if err := dec.Decode(&r); err != nil {
			return nil, err
		}
		reports = append(reports, r)
	}
	if len(reports) != len(p.pkgs) {
		return nil, fmt.Errorf("%d reports of %d clients", len(reports), len(p.pkgs))
	}
	return reports, nil
}

// item is an example on its way to the program.
type item struct {
	Type int
	JSON json.RawMessage
}

// returned is an example on its way back.
type returned struct {
	JSON  json.RawMessage
	Error string
}

// Main is what the program does: it calls the operations of clients where args
// say how often, and else sends examples through their Go types.
func Main(clients []Client, types []func() any, args []string, in *json.Decoder, out *json.Encoder) {
	if len(args) == 2 {
		Call(clients, args, out)
		return
	}
	for in.More() {
		var ex item
		if err := in.Decode(&ex); err != nil {
			panic(err) // whoever wrote it waits for as many answers
		}
		v := types[ex.Type]()
		var back returned
		err := json.Unmarshal(ex.JSON, v)
		if err == nil {
			back.JSON, err = json.Marshal(v)
		}
		if err != nil {
			back.Error = err.Error()
		}
		_ = out.Encode(back) // whoever reads it knows how many there should be
	}
}
