package evolve

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"go/types"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/lock"
)

var (
	rounds   = flag.Int("changes", 50, "how many random changes to try")
	seed     = flag.Uint64("seed", 7, "where the randomness starts")
	failures = flag.Int("failures", 10, "after how many failures to give up")
	only     = flag.String("document", "", "try only this document")
	large    = flag.Bool("large", false, "try the large documents of the corpus as well, each of which takes seconds a change")
)

// tools are what all tests need and what takes time to make.
type tools struct {
	*Checker
	generator *generator.Generator
}

func newTools(t *testing.T) *tools {
	t.Helper()
	checker, err := NewChecker(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	g, err := generator.New()
	if err != nil {
		t.Fatal(err)
	}
	return &tools{Checker: checker, generator: g}
}

// version is a document and the package that was generated of it.
type version struct {
	doc *Document
	pkg generator.Package
	// types is the package, checked.
	types *types.Package
}

// generate makes the package of a document, over the lock of the version
// before if there is one.
func generate(t *testing.T, g *generator.Generator, doc *Document, before []byte) (version, error) {
	t.Helper()
	dir := t.TempDir()
	data, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	client := config.Client{Spec: filepath.Join(dir, "openapi.yaml"), Root: dir, Out: "out", Package: "client"}
	writeFile(t, client.Spec, data)
	if before != nil {
		writeFile(t, filepath.Join(client.Dir(), lock.File), before)
	}
	result, err := g.Run(context.Background(), generator.Config{Clients: []config.Client{client}, Mode: generator.Memory})
	os.RemoveAll(dir)
	if err != nil {
		return version{}, fmt.Errorf("%w: %v", err, result.Diagnostics)
	}
	return version{doc: doc, pkg: result.Packages[0]}, nil
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, data, 0o666)); err != nil {
		t.Fatal(err)
	}
}

// names returns Go names of the package that a component could collide with.
func (v version) names() []string {
	var list []string
	for o, name := range v.pkg.API.Names {
		if o.Part.InPackage() {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// forDocuments runs check with the documents of the golden cases and with those
// of the corpus: apart, so that the same is done with the former whether the
// latter are here or not.
func forDocuments(t *testing.T, check func(t *testing.T, tools *tools, docs map[string]*Document)) {
	t.Helper()
	tools := newTools(t)
	t.Run("golden", func(t *testing.T) { check(t, tools, goldenDocuments(t)) })
	t.Run("corpus", func(t *testing.T) { check(t, tools, corpusDocuments(t)) })
}

// goldenDocuments returns the documents of the golden cases, by name.
func goldenDocuments(t *testing.T) map[string]*Document {
	t.Helper()
	cases, err := filepath.Glob("../../golden/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no golden cases (%v)", err)
	}
	all := map[string]*Document{}
	for _, path := range cases {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if (f.Name == "openapi.yaml" || f.Name == "openapi.json") && !bytes.Contains(f.Data, []byte("swagger:")) {
				add(all, strings.TrimSuffix(filepath.Base(path), ".txtar"), f.Data)
			}
		}
	}
	return all
}

// corpusDocuments returns documents of the corpus, by name.
func corpusDocuments(t *testing.T) map[string]*Document {
	t.Helper()
	corpus := "../../../shared/corpus"
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("the documents of the corpus are not here: %v", err)
	}
	names := []string{"museum.yaml", "petstore.yaml", "train-travel.yaml", "uspto.yaml", "paypal-orders-v2.json", "xero-accounting.yaml"}
	if *large {
		names = append(names, "adyen-checkout-v71.yaml", "box.json", "discord.json", "openai.yaml", "plaid.yaml", "twilio-api-v2010.yaml")
	}
	all := map[string]*Document{}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(corpus, name))
		if err != nil {
			t.Fatal(err)
		}
		add(all, name, data)
	}
	return all
}

// add adds a document that can grow.
func add(all map[string]*Document, name string, data []byte) {
	if doc, err := Parse(data); err == nil && utf8.Valid(data) && !hasAliases(doc.root) && get(doc.root, "paths") != nil {
		all[name] = doc
	}
}

// step is a change to make.
type step struct {
	change Change
	seed   uint64
}

// TestEvolve makes documents grow at random and holds that calling code never
// breaks. Each document grows several times, so that locks follow locks.
func TestEvolve(t *testing.T) {
	forDocuments(t, growing)
}

// growing makes as many changes of documents as are asked for.
func growing(t *testing.T, checker *tools, docs map[string]*Document) {
	t.Helper()
	list := slices.Sorted(maps.Keys(docs))
	if *only != "" {
		list = slices.DeleteFunc(list, func(name string) bool { return name != *only })
	}
	t.Logf("%d changes of %d documents, -seed %d", *rounds, len(list), *seed)
	r := rand.New(rand.NewPCG(*seed, 0))
	made := map[string]int{}
	defer func() { t.Logf("changes made: %v", made) }()
	for done, failed := 0, 0; done < *rounds && failed < *failures && len(list) > 0; {
		name := pick(r, list)
		before, err := generate(t, checker.generator, docs[name].Clone(), nil)
		if err == nil {
			before.types, err = checker.Package(before.pkg.Files, false)
		}
		if err != nil {
			docs, list = without(docs, name), slices.DeleteFunc(list, func(s string) bool { return s == name })
			continue // a case of errors
		}
		for range 5 {
			steps := []step{next(r, made, before)}
			if r.IntN(3) == 0 {
				steps = append(steps, next(r, made, before))
			}
			after := evolve(t, checker, name, before, steps, made)
			done += len(steps)
			if after.doc == nil {
				failed++
				break
			}
			before = after
		}
	}
}

// next picks a change that the document has a place for: every other time one
// of which there were few so far, since few documents have a place for some.
func next(r *rand.Rand, made map[string]int, v version) step {
	all := Changes()
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	if r.IntN(2) == 0 {
		slices.SortStableFunc(all, func(a, b Change) int { return cmp.Compare(made[a.Name], made[b.Name]) })
	}
	for _, change := range all {
		s := step{change, r.Uint64()}
		if change.Apply(v.doc.Clone(), v.names(), s.seed) != "" {
			return s
		}
	}
	return step{all[0], r.Uint64()}
}

func without(docs map[string]*Document, name string) map[string]*Document {
	docs = maps.Clone(docs)
	delete(docs, name)
	return docs
}

// evolve applies steps to a version and compares. It returns the next version;
// one without a document when it failed.
func evolve(t *testing.T, checker *tools, name string, before version, steps []step, made map[string]int) version {
	t.Helper()
	after, changes, problem := attempt(t, checker, before, steps)
	if problem == "" {
		for i, what := range changes {
			if what != "" {
				made[steps[i].change.Name]++
			}
		}
		return after
	}
	for _, s := range steps { // is one of them enough?
		if _, alone, also := attempt(t, checker, before, []step{s}); also != "" {
			changes, problem = alone, also
			break
		}
	}
	t.Errorf("%s: %s:\n%s", name, strings.Join(changes, " and "), problem)
	return version{}
}

// attempt applies steps and tells what they were and what is wrong.
func attempt(t *testing.T, checker *tools, before version, steps []step) (after version, made []string, problem string) {
	t.Helper()
	doc := before.doc.Clone()
	for _, s := range steps {
		made = append(made, s.change.Apply(doc, before.names(), s.seed))
	}
	after, err := generate(t, checker.generator, doc, before.pkg.Lock)
	if err != nil {
		return after, made, "generate: " + err.Error()
	}
	problem, err = inUse(checker, before, &after)
	if err != nil {
		problem = err.Error()
	}
	if problem != "" {
		problem += difference(before.doc, doc)
	}
	return after, made, problem
}

// inUse checks the package after and tells what callers of the one before
// cannot compile with it.
func inUse(checker *tools, before version, after *version) (string, error) {
	var err error
	if after.types, err = checker.Package(after.pkg.Files, true); err != nil {
		return "", fmt.Errorf("the package does not compile: %w", err)
	}
	breaks, _ := Incompatible(before.types, after.types)
	problem := strings.Join(breaks, "\n")
	code := CallingCode(before.types)
	if err := checker.Callers(code, before.types); err != nil {
		return "", fmt.Errorf("the calling code is wrong: %w", err)
	}
	if err := checker.Callers(code, after.types); err != nil {
		problem += "\ncalling code: " + err.Error()
	}
	for _, mistake := range Mistaken(before.doc, after.doc, before.pkg.API, after.pkg.API) {
		problem += "\n" + mistake
	}
	return problem, nil
}

// difference shows the lines of the documents that are new.
func difference(before, after *Document) string {
	one, _ := before.Bytes()
	two, _ := after.Bytes()
	have := map[string]bool{}
	for line := range strings.Lines(string(one)) {
		have[line] = true
	}
	var out strings.Builder
	for line := range strings.Lines(string(two)) {
		if !have[line] && out.Len() < 2000 {
			out.WriteString("    | " + line)
		}
	}
	return "\nnew lines of the document:\n" + out.String()
}
