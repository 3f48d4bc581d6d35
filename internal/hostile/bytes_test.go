package hostile

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/output"
	"github.com/seed-a7989e22/apigen/internal/figures"
)

// written returns the document with all places as JSON and as YAML.
func written(t *testing.T) map[string]string {
	t.Helper()
	text := readTemplate(t).fill("", "")
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	blockStyle(&root)
	block, err := yaml.Marshal(&root)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{"JSON": text, "YAML": string(block)}
}

// blockStyle makes a tree read from JSON be written as people write YAML.
func blockStyle(n *yaml.Node) {
	n.Style = 0
	for _, child := range n.Content {
		blockStyle(child)
	}
}

// TestDamaged generates from documents that were cut off or changed in some
// bytes. Each must be refused with a diagnostic, or become a safe package.
func TestDamaged(t *testing.T) {
	g, err := generator.New()
	if err != nil {
		t.Fatal(err)
	}
	imports := allowedImports(t)
	in, compiler := &inspector{imports: imports}, &sampler{compiler: newCompiler(t, imports), every: 23}
	var counted struct {
		Documents int `json:"documents"`
		Generated int `json:"generated"`
		Refused   int `json:"refused"`
		Broken    int `json:"broken"`
	}
	dir := t.TempDir()
	try := func(what, document string) {
		counted.Documents++
		o, err := generate(t, g, dir, document, false)
		var problems []string
		if err != nil {
			problems = append(problems, err.Error())
		}
		for _, report := range o.reports {
			problems = append(problems, hidden(report)...)
		}
		if o.rejected {
			counted.Refused++
		} else {
			counted.Generated++
			_, unsafe := in.inspect(o.files)
			if _, err := compiler.sample(o.files); err != nil {
				unsafe = append(unsafe, err.Error())
			}
			problems = append(problems, unsafe...)
		}
		if len(problems) > 0 {
			counted.Broken++
			t.Errorf("%s: %s", what, strings.Join(problems, "\n"))
		}
	}
	pieces := 100 // of each document
	if *figuresDir != "" {
		pieces = 1000
	}
	for form, text := range written(t) {
		for i := range pieces {
			at := len(text) * i / pieces
			try(fmt.Sprintf("%s cut off at %d", form, at), text[:at])
			damaged := []byte(text)
			r := rand.New(rand.NewPCG(uint64(i), 0))
			for range 1 + i%5 {
				damaged[r.IntN(len(damaged))] = byte(r.IntN(256))
			}
			try(fmt.Sprintf("%s with damage %d", form, i), string(damaged))
		}
	}
	for i := range pieces / 10 {
		noise := make([]byte, 1+i*i)
		r := rand.New(rand.NewPCG(uint64(i), 1))
		for j := range noise {
			noise[j] = byte(r.IntN(256))
		}
		try(fmt.Sprintf("noise %d", i), string(noise))
		try(fmt.Sprintf("noise %d in quotes", i), `{"openapi":"3.1.0","paths":{},"info":{"version":"1","title":"`+string(noise)+`"}}`)
	}
	t.Logf("%+v", counted)
	figures.Record(t, *figuresDir, "damaged", counted)
}

// TestEncodings holds that it does not matter how a document is encoded.
func TestEncodings(t *testing.T) {
	g, err := generator.New()
	if err != nil {
		t.Fatal(err)
	}
	for form, text := range written(t) {
		want, err := generate(t, g, t.TempDir(), text, false)
		if err != nil || want.rejected {
			t.Fatal(err, want.reports)
		}
		units := utf16.Encode([]rune(text))
		for name, encoded := range map[string][]byte{
			"UTF-8 with a byte order mark":      append([]byte("\xef\xbb\xbf"), text...),
			"UTF-16, little":                    encode(units, binary.LittleEndian, false),
			"UTF-16, little, with a byte order": encode(units, binary.LittleEndian, true),
			"UTF-16, big":                       encode(units, binary.BigEndian, false),
			"UTF-16, big, with a byte order":    encode(units, binary.BigEndian, true),
			"lines that end in CR LF":           bytes.ReplaceAll([]byte(text), []byte("\n"), []byte("\r\n")),
			"lines that end in CR":              bytes.ReplaceAll([]byte(text), []byte("\n"), []byte("\r")),
		} {
			got, err := generate(t, g, t.TempDir(), string(encoded), false)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(contents(want.files), contents(got.files)); diff != "" {
				t.Errorf("%s, %s: -want +got:\n%.2000s\n%s", form, name, diff, strings.Join(got.reports, "\n"))
			}
		}
	}
}

func encode(units []uint16, order binary.AppendByteOrder, mark bool) (out []byte) {
	if mark {
		out = order.AppendUint16(out, 0xFEFF)
	}
	for _, unit := range units {
		out = order.AppendUint16(out, unit)
	}
	return out
}

func contents(files []output.File) map[string]string {
	all := map[string]string{}
	for _, f := range files {
		all[f.Name] = string(f.Content)
	}
	return all
}

// TestDuplicateKeys writes every key of the document twice. It is reported,
// and the last one counts.
func TestDuplicateKeys(t *testing.T) {
	g, err := generator.New()
	if err != nil {
		t.Fatal(err)
	}
	text := readTemplate(t).fill("", "")
	want, err := generate(t, g, t.TempDir(), text, false)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	dec := json.NewDecoder(strings.NewReader(text))
	tried := 0
	for key := range keysOf(t, dec) {
		at := int(dec.InputOffset())
		if tried++; *figuresDir == "" && tried%5 != 0 {
			continue
		}
		quoted, err := json.Marshal(key)
		if err != nil {
			t.Fatal(err)
		}
		got, err := generate(t, g, dir, text[:at-len(quoted)]+string(quoted)+`: {"Pwned": [1]}, `+text[at-len(quoted):], false)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.Join(got.reports, "\n"), "(duplicate-key)") {
			t.Errorf("key %q at %d, twice: not reported\n%s", key, at, strings.Join(got.reports, "\n"))
		}
		if diff := cmp.Diff(contents(want.files), contents(got.files)); diff != "" && !got.rejected {
			t.Errorf("key %q at %d, twice: -want +got:\n%.2000s", key, at, diff)
		}
	}
}

// keysOf yields the keys of the objects of a document; the decoder stands
// behind each.
func keysOf(t *testing.T, dec *json.Decoder) func(func(string) bool) {
	return func(yield func(string) bool) {
		var open []json.Delim
		isKey := false
		for {
			token, err := dec.Token()
			if err != nil {
				return // the end
			}
			switch token := token.(type) {
			case json.Delim:
				if token == '{' || token == '[' {
					open, isKey = append(open, token), token == '{'
					continue
				}
				open = open[:len(open)-1]
			case string:
				if isKey {
					if !yield(token) {
						return
					}
					isKey = false
					continue
				}
			}
			isKey = len(open) > 0 && open[len(open)-1] == '{'
		}
	}
}

// TestFileNames generates from documents whose file names are payloads. The
// first line of every generated file and the lock file name the document.
func TestFileNames(t *testing.T) {
	imports := allowedImports(t)
	in := &inspector{imports: imports}
	document := readTemplate(t).fill("", "")
	var want []string
	run := func(name string) {
		dir := t.TempDir()
		spec := filepath.Join(dir, name)
		if err := os.WriteFile(spec, []byte(document), 0o666); err != nil {
			t.Skipf("the file system refuses %q: %v", name, err)
		}
		cfg := generator.Config{Clients: []config.Client{{Spec: spec, Root: dir, Out: "harbour", Package: "harbour"}}}
		result, err := generator.Run(t.Context(), cfg)
		if err != nil {
			t.Errorf("%q: %v\n%v", name, err, result.Diagnostics)
			return
		}
		found, problems := in.inspect(result.Packages[0].Files)
		for _, d := range result.Diagnostics {
			problems = append(problems, hidden(d.String())...)
		}
		problems = append(problems, hidden(string(result.Packages[0].Lock))...)
		if want == nil {
			want = found.shapes
		}
		if diff := cmp.Diff(want, found.shapes); diff != "" {
			problems = append(problems, "other declarations: "+diff)
		}
		for _, cfg.Full = range []bool{false, true} {
			cfg.Mode = generator.Check
			if result, err = generator.Run(t.Context(), cfg); err != nil || len(result.Packages[0].Stale) > 0 {
				problems = append(problems, fmt.Sprintf("it is not up to date right away: %v %v", err, result.Packages[0].Stale))
			}
		}
		if len(problems) > 0 {
			t.Errorf("%q: %.3000s", name, strings.Join(problems, "\n"))
		}
	}
	run("openapi.json")
	for _, load := range append(payloads(), payload{"not UTF-8", "Pwned\xff\xfe"}, payload{"option", "-Pwned"}, payload{"end of a comment in XML", "--> Pwned <!--"},
		payload{"end of the first line", "openapi.json. DO NOT EDIT.\n\nimport \"os/exec\"\n"}) {
		name := strings.NewReplacer("/", "", "\x00", "").Replace(load.text)
		run(name[:min(len(name), 200)] + ".json")
	}
}
