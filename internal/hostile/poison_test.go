package hostile

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/output"
	"github.com/seed-a7989e22/apigen/internal/figures"
)

// place is a string of the template document testdata/places.json, where it is
// written <<name|harmless text>>.
type place struct{ name, harmless string }

var placeholder = regexp.MustCompile(`<<([^|>]+)\|(.*?)>>`)

// template is the document with its places.
type template struct {
	text   string
	places []place
}

func readTemplate(t testing.TB) template {
	t.Helper()
	text, err := readPlaces()
	if err != nil {
		t.Fatal(err)
	}
	return parseTemplate(t, text)
}

// parseTemplate finds the places of a document.
func parseTemplate(t testing.TB, text string) template {
	t.Helper()
	tmpl := template{text: text}
	seen := map[place]bool{}
	for _, m := range placeholder.FindAllStringSubmatch(tmpl.text, -1) {
		p := place{m[1], m[2]}
		if !seen[p] {
			tmpl.places = append(tmpl.places, p)
		}
		seen[p] = true
	}
	names := map[string]bool{}
	for _, p := range tmpl.places {
		if names[p.name] {
			t.Fatalf("the place %q has several texts", p.name)
		}
		names[p.name] = true
	}
	return tmpl
}

func readPlaces() (string, error) {
	data, err := os.ReadFile("testdata/places.json")
	return string(data), err
}

// fill writes the document with text at one place.
func (tmpl template) fill(at, text string) string {
	return placeholder.ReplaceAllStringFunc(tmpl.text, func(m string) string {
		parts := placeholder.FindStringSubmatch(m)
		if parts[1] != at {
			return parts[2]
		}
		quoted, err := json.Marshal(text)
		if err != nil {
			panic(err) // a string can be written as JSON
		}
		return string(quoted[1 : len(quoted)-1])
	})
}

// outcome is what became of a document.
type outcome struct {
	files    []output.File
	rejected bool     // by a diagnostic
	reports  []string // all diagnostics
}

// generate runs the generator on a document in a folder of its own.
func generate(t testing.TB, g *generator.Generator, dir, document string, trust bool) (outcome, error) {
	t.Helper()
	spec := filepath.Join(dir, "openapi.json")
	if err := os.WriteFile(spec, []byte(document), 0o666); err != nil {
		return outcome{}, err
	}
	result, err := g.Run(t.Context(), generator.Config{
		Clients: []config.Client{{Spec: spec, Root: dir, Out: "harbour", Package: "harbour", TrustGoTypes: trust}},
		Mode:    generator.Memory,
	})
	o := outcomeOf(result)
	if errors.Is(err, generator.ErrInvalid) && len(o.reports) > 0 {
		o.rejected = true
		return o, nil
	}
	return o, err
}

// outcomeOf returns the diagnostics of a result, and the files if there are
// any.
func outcomeOf(result generator.Result) (o outcome) {
	for _, d := range result.Diagnostics {
		o.reports = append(o.reports, d.String())
	}
	if len(result.Packages) > 0 {
		o.files = result.Packages[0].Files
	}
	return o
}

// TestPoison puts payloads at every place. The document must be refused with a
// diagnostic, or become a package with the declarations of a harmless document:
// names and literals may be other ones, nothing else.
func TestPoison(t *testing.T) {
	tmpl := readTemplate(t)
	g, err := generator.New()
	if err != nil {
		t.Fatal(err)
	}
	imports := allowedImports(t)
	var total tally
	compiler := &sampler{compiler: newCompiler(t, imports), every: 53}
	for _, trust := range []bool{false, true} {
		p := &poison{template: tmpl, trust: trust, generator: g, compiler: compiler, tally: &total}
		p.imports, p.trusting = imports, trust
		p.learn(t)
		p.run(t)
	}
	total.Places, total.Payloads = len(tmpl.places), len(payloads())+1
	t.Logf("%+v", total)
	figures.Record(t, *figuresDir, "poison", total)
}

// tally counts what was tried and what became of it.
type tally struct {
	Places    int `json:"places"`
	Payloads  int `json:"payloads"`
	Pairs     int `json:"pairs"`     // place and payload
	Generated int `json:"generated"` // to the declarations of a harmless document
	Refused   int `json:"refused"`   // with a diagnostic
	Compiled  int `json:"compiled"`  // of those generated, a sample
	Broken    int `json:"broken"`    // neither
}

type poison struct {
	template
	trust     bool
	generator *generator.Generator
	compiler  *sampler
	inspector
	// shapes are the declarations of the harmless documents, by the place where
	// they differ from the template.
	shapes map[string][][]string

	mu sync.Mutex
	*tally
}

// learn generates the harmless documents.
func (p *poison) learn(t *testing.T) {
	p.shapes = map[string][][]string{}
	meanings := meanings()
	p.learnOne(t, "", "")
	for _, at := range p.places {
		for _, text := range append(meanings[at.name], meanings[""]...) {
			p.learnOne(t, at.name, text)
		}
	}
}

func (p *poison) learnOne(t *testing.T, at, text string) {
	o, err := generate(t, p.generator, t.TempDir(), p.fill(at, text), p.trust)
	if err != nil || o.rejected && at == "" {
		t.Fatalf("%.20q in %s: %v\n%s", text, at, err, strings.Join(o.reports, "\n"))
	}
	if o.rejected {
		return
	}
	found, problems := p.inspect(o.files)
	for _, problem := range problems {
		t.Errorf("%.20q in %s: %s", text, at, problem)
	}
	p.shapes[at] = append(p.shapes[at], found.shapes)
}

type pair struct {
	place
	payload
}

func (p *poison) run(t *testing.T) {
	var group sync.WaitGroup
	pairs := make(chan pair)
	for range runtime.GOMAXPROCS(0) {
		dir := t.TempDir()
		group.Go(func() {
			for pair := range pairs {
				p.try(t, dir, pair)
			}
		})
	}
	for i, at := range p.places {
		if p.trust && !strings.HasPrefix(at.name, "x-go-type") {
			continue
		}
		for j, load := range append(payloads(), mebibyte()) {
			if *figuresDir != "" || (i+j)%4 == 0 {
				pairs <- pair{at, load}
			}
		}
	}
	close(pairs)
	group.Wait()
}

// try generates the document with a payload at a place.
func (p *poison) try(t *testing.T, dir string, pair pair) {
	o, err := generate(t, p.generator, dir, p.fill(pair.place.name, pair.text), p.trust)
	var problems []string
	if err != nil {
		problems = append(problems, err.Error())
	}
	for _, report := range o.reports {
		problems = append(problems, hidden(report)...)
		if len(report) > 2000 {
			problems = append(problems, fmt.Sprintf("a diagnostic with %d bytes: %s", len(report), report))
		}
	}
	compiled := false
	if err == nil && !o.rejected {
		found, unsafe := p.inspect(o.files)
		problems = append(problems, unsafe...)
		if what := p.unexpected(t, dir, pair, found.shapes); what != "" {
			problems = append(problems, what)
		}
		if compiled, err = p.compiler.sample(o.files); err != nil {
			problems = append(problems, err.Error())
		}
	}
	for _, problem := range problems {
		t.Errorf("%s in %s: %.1000s", pair.payload.name, pair.place.name, problem)
	}
	p.count(o.rejected, compiled, len(problems) > 0)
}

func (p *poison) count(refused, compiled, broken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Pairs++
	switch {
	case broken:
		p.Broken++
	case refused:
		p.Refused++
	default:
		p.Generated++
	}
	if compiled {
		p.Compiled++
	}
}

// unexpected returns how the declarations differ from those of the harmless
// document that is most like them; empty when they do not.
func (p *poison) unexpected(t *testing.T, dir string, pair pair, shapes []string) string {
	best := ""
	for _, want := range slices.Concat(p.shapes[""], p.shapes[pair.place.name], p.skeleton(t, dir, pair)) {
		more, less := difference(shapes, want)
		if len(more)+len(less) == 0 {
			return ""
		}
		note := "other declarations than harmless documents have:\n+" + strings.Join(more, "\n+") + "\n-" + strings.Join(less, "\n-")
		if best == "" || len(note) < len(best) {
			best = note
		}
	}
	return best
}

// skeleton returns the declarations of a document with the braces and slashes
// of a payload where these have a meaning.
func (p *poison) skeleton(t *testing.T, dir string, pair pair) [][]string {
	switch pair.place.name {
	case "server URL", "server path", "path", "path parameter name":
	default:
		return nil
	}
	text := strings.Map(func(r rune) rune {
		if strings.ContainsRune("{}/:?#", r) {
			return r
		}
		return 'a'
	}, pair.text)
	o, err := generate(t, p.generator, dir, p.fill(pair.place.name, text), p.trust)
	if err != nil || o.rejected {
		return nil
	}
	found, _ := p.inspect(o.files)
	return [][]string{found.shapes}
}

// difference returns what only a and what only b has; both are sorted.
func difference(a, b []string) (onlyA, onlyB []string) {
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			onlyA, a = append(onlyA, a[0]), a[1:]
		case len(a) == 0 || a[0] > b[0]:
			onlyB, b = append(onlyB, b[0]), b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
	return onlyA, onlyB
}
