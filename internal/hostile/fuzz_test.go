package hostile

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/seed-a7989e22/apigen/generator"
)

// maxDocument bounds the documents to start from and to try: larger ones take
// longer and find nothing else.
const maxDocument = 64 << 10

// FuzzGenerate generates from documents that the fuzzer has changed byte by
// byte and, where they still are YAML, node by node as seed says. Each must be
// refused with a diagnostic or become a package that is safe and compiles.
func FuzzGenerate(f *testing.F) {
	for i, text := range documents(f) {
		f.Add([]byte(text), uint64(0))
		f.Add([]byte(text), uint64(i+1))
	}
	g, err := generator.New()
	if err != nil {
		f.Fatal(err)
	}
	imports := allowedImports(f)
	in, compiler := &inspector{imports: imports}, newCompiler(f, imports)
	f.Fuzz(func(t *testing.T, document []byte, seed uint64) {
		if len(document) > maxDocument {
			return
		}
		text := string(document)
		if seed != 0 {
			text = mutated(document, seed)
		}
		o, err := generate(t, g, t.TempDir(), text, false)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		_, problems := in.inspect(o.files)
		for _, report := range o.reports {
			problems = append(problems, hidden(report)...)
		}
		if len(problems) > 0 {
			t.Fatalf("%s\n%s", strings.Join(problems, "\n"), text)
		}
		if o.rejected {
			return
		}
		if err := compiler.check(o.files); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}

// documents returns the documents of the golden cases, the one with all places,
// and pieces of the corpus where it is at hand.
func documents(t testing.TB) []string {
	t.Helper()
	var list []string
	cases, err := filepath.Glob("../../golden/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no golden cases (%v)", err)
	}
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if strings.HasPrefix(f.Name, "openapi.") && len(f.Data) < maxDocument {
				list = append(list, string(f.Data))
			}
		}
	}
	list = append(list, readTemplate(t).fill("", ""))
	corpus, err := filepath.Glob("../../../shared/corpus/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range corpus {
		list = append(list, pieces(t, name)...)
	}
	return list
}

// pieces cuts documents with a few paths or schemas out of a large one.
func pieces(t testing.TB, name string) []string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 1<<20 {
		return nil // reading it would take longer than all others
	}
	var doc map[string]any
	if yaml.Unmarshal(data, &doc) != nil {
		return nil
	}
	var list []string
	for _, part := range []string{"paths", "components"} {
		whole, _ := doc[part].(map[string]any)
		if part == "components" {
			whole, _ = whole["schemas"].(map[string]any)
		}
		keys := sortedKeys(whole)
		for group := range slices.Chunk(keys, max(1, len(keys)/8)) {
			piece := map[string]any{}
			for _, key := range group {
				piece[key] = whole[key]
			}
			out := map[string]any{"openapi": doc["openapi"], "info": doc["info"], "paths": map[string]any{}}
			if part == "paths" {
				out["paths"] = piece
			} else {
				out["components"] = map[string]any{"schemas": piece}
			}
			if text, err := json.Marshal(out); err == nil && len(text) < maxDocument/2 {
				list = append(list, string(text))
			}
		}
	}
	return list
}

func sortedKeys(m map[string]any) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// mutated changes some nodes of a document. What is not YAML stays as it is.
func mutated(document []byte, seed uint64) string {
	var root any
	if yaml.Unmarshal(document, &root) != nil {
		return string(document)
	}
	m := &mutator{rand: rand.New(rand.NewPCG(seed, 0))}
	m.collect("#", root)
	if len(m.nodes) < 2 {
		return string(document)
	}
	for range 1 + m.rand.IntN(6) {
		m.change()
	}
	text, err := json.Marshal(root)
	if err != nil || len(text) > 2*maxDocument {
		return string(document)
	}
	return string(text)
}

// mutator changes a tree of maps and slices.
type mutator struct {
	rand  *rand.Rand
	nodes []node
}

// node is a value with what it takes to replace it.
type node struct {
	pointer string
	value   any
	set     func(any)
	rename  func(string) // of a member of an object
}

func (m *mutator) collect(pointer string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range sortedKeys(v) {
			at := pointer + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
			m.nodes = append(m.nodes, node{at, v[key], func(x any) { v[key] = x }, func(name string) {
				x := v[key]
				delete(v, key)
				v[name] = x
			}})
			m.collect(at, v[key])
		}
	case []any:
		for i := range v {
			m.nodes = append(m.nodes, node{pointer, v[i], func(x any) { v[i] = x }, func(string) {}})
			m.collect(pointer, v[i])
		}
	}
}

// change replaces a node by another one of the document, a reference to it, or
// a value that has a meaning somewhere.
func (m *mutator) change() {
	n, other := m.pick(), m.pick()
	switch m.rand.IntN(8) {
	case 0, 1:
		n.set(clone(other.value))
	case 2:
		n.set(map[string]any{"$ref": other.pointer})
	case 3:
		n.rename(m.word())
	case 4:
		n.set(m.word())
	case 5:
		n.set([]any{clone(n.value), clone(other.value)})
	case 6:
		if object, ok := n.value.(map[string]any); ok {
			object[m.word()] = clone(other.value)
		} else {
			n.set(map[string]any{m.word(): clone(n.value)})
		}
	case 7:
		n.set([]any{nil, true, false, 0, -1, 1.5, 1e300, "", []any{}, map[string]any{}}[m.rand.IntN(10)])
	}
}

func (m *mutator) pick() node { return m.nodes[m.rand.IntN(len(m.nodes))] }

// word returns a payload, or a word that documents use.
func (m *mutator) word() string {
	words := strings.Fields(`type properties items required allOf oneOf anyOf not enum const format nullable additionalProperties discriminator
		propertyName mapping $ref default pattern minimum maximum minLength uniqueItems readOnly writeOnly parameters requestBody responses content
		schema in name style explode get post string integer number boolean object array null date-time date uuid byte binary password int32 float
		application/json multipart/form-data text/plain text/event-stream application/octet-stream application/x-www-form-urlencoded application/xml
		path query header cookie form simple deepObject spaceDelimited 200 404 default 4XX 204 x-go-name x-go-type x-enum-varnames x-go-service
		x-go-method x-go-result x-go-pagination x-sensitive prefixItems contains patternProperties propertyNames if then else $defs deprecated
		Error Option Client Client_ Response request core validate encode decode MarshalJSON String Value Values Valid Body Params error any len
		C _ 1 a-b aB A A2`)
	if m.rand.IntN(3) > 0 {
		return words[m.rand.IntN(len(words))]
	}
	load := payloads()
	return load[m.rand.IntN(len(load))].text
}

func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, value := range v {
			out[key] = clone(value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = clone(v[i])
		}
		return out
	}
	return v
}
