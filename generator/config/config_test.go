package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/filter"
)

func TestParse(t *testing.T) {
	const doc = `# two clients
clients:
  - spec: specs/pets.yaml
    out: generated/pet-store
    initialisms: [SKU, VAT]
  - {spec: ../shared/x.json, out: ./gen/../api, package: my_api, trust-go-types: true, unknown-properties: keep,
     include: [{tags: [a, 'b*'], methods: [get]}], exclude: [{paths: [/x/**]}, {operation-ids: [o], webhooks: [w]}], keep-schemas: [E],
     overlays: [o.yaml, /o/p.yaml], names: {pet: Pet, '#/paths/~1x/get': GetX}, enums: closed,
     types: {formats: {decimal: example.com/a/v2.Decimal, uuid: string}, schemas: {Money: time.Time}}}
`
	var diags diag.List
	got := Parse("sub/gen.yaml", []byte(doc), &diags)
	for _, d := range diags.Sorted() {
		t.Errorf("unexpected: %s", d)
	}
	at := func(line, col int) diag.Pos { return diag.Pos{File: "sub/gen.yaml", Line: line, Col: col} }
	want := &Config{Clients: []Client{
		{
			Spec: filepath.Join("sub", "specs", "pets.yaml"), Root: "sub", Out: filepath.Join("generated", "pet-store"),
			Package: "petstore", Initialisms: []string{"SKU", "VAT"},
			Pos: diag.Pos{File: "sub/gen.yaml", Line: 3, Col: 11},
		},
		{
			Spec: filepath.Join("shared", "x.json"), Root: "sub", Out: "api", Package: "my_api", TrustGoTypes: true, KeepUnknown: true,
			Overlays: []Overlay{{Path: filepath.Join("sub", "o.yaml"), Pos: at(8, 17)}, {Path: filepath.FromSlash("/o/p.yaml"), Pos: at(8, 25)}},
			Names:    []Name{{Pointer: "/components/schemas/pet", GoName: "Pet", Pos: at(8, 45)}, {Pointer: "/paths/~1x/get", GoName: "GetX", Pos: at(8, 55)}},
			Enums:    EnumsClosed,
			Types: []Type{
				{Format: "decimal", Import: "example.com/a/v2", GoName: "Decimal", Pos: at(9, 24)},
				{Format: "uuid", GoName: "string", Pos: at(9, 59)},
				{Schema: "Money", Import: "time", GoName: "Time", Pos: at(9, 84)},
			},
			Filter: filter.Filter{
				Include: []filter.Rule{{Pos: at(7, 16), Tags: []filter.Pattern{{Text: "a", Pos: at(7, 24)}, {Text: "b*", Pos: at(7, 27)}},
					Methods: []filter.Pattern{{Text: "get", Pos: at(7, 44)}}}},
				Exclude: []filter.Rule{{Pos: at(7, 62), Paths: []filter.Pattern{{Text: "/x/**", Pos: at(7, 71)}}},
					{Pos: at(7, 80), OperationIDs: []filter.Pattern{{Text: "o", Pos: at(7, 97)}}, Webhooks: []filter.Pattern{{Text: "w", Pos: at(7, 112)}}}},
				Schemas: []filter.Pattern{{Text: "E", Pos: at(7, 133)}},
			},
			Pos: diag.Pos{File: "sub/gen.yaml", Line: 6, Col: 12},
		},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if dir := got.Clients[0].Dir(); dir != filepath.Join("sub", "generated", "pet-store") {
		t.Errorf("Dir = %s", dir)
	}
}

func TestParseAliasesAndAbsoluteOut(t *testing.T) {
	dir := t.TempDir()
	doc := "clients:\n  - {spec: &s a.yaml, out: '" + filepath.ToSlash(filepath.Join(dir, "x", "y")) + "'}\n  - {spec: *s, out: z}\n"
	var diags diag.List
	got := Parse(filepath.Join(dir, "gen.yaml"), []byte(doc), &diags)
	if diags.Len() > 0 {
		t.Fatalf("unexpected: %v", diags.Sorted())
	}
	if c := got.Clients[0]; c.Out != filepath.Join("x", "y") || c.Dir() != filepath.Join(dir, "x", "y") {
		t.Errorf("out = %+v", c)
	}
	if got.Clients[0].Spec != got.Clients[1].Spec {
		t.Errorf("the alias was not followed: %+v", got.Clients)
	}
}

func TestParseErrors(t *testing.T) {
	keys := strings.Join(names(clientKeys(&Client{})), ", ")
	tests := []struct {
		name, doc string
		want      []string
	}{
		{"empty", "", []string{
			"gen.yaml: error: the configuration is empty; it needs the key clients (config-value)",
		}},
		{"only a comment", "# nothing\n", []string{
			"gen.yaml: error: the configuration is empty; it needs the key clients (config-value)",
		}},
		{"null", "~", []string{
			"gen.yaml:1:1: error: the configuration must be a mapping with the keys clients, not null (config-type)",
		}},
		{"syntax", "clients:\n  - spec: [a\n", []string{
			"gen.yaml:2:3: error: this is not YAML: did not find expected ',' or ']' (config-syntax)",
		}},
		{"syntax in lines of old", "clients:\r  - spec: a\r    out: {\r", []string{
			"gen.yaml:3:5: error: this is not YAML: did not find expected node content (config-syntax)",
		}},
		{"not UTF-8", "clients:\n  # caf\xe9\n", []string{
			"gen.yaml:2:8: error: this is not UTF-8; save the configuration as UTF-8 (config-syntax)",
		}},
		{"a URL of another kind", "clients: [{spec: 'file:///a.yaml', out: b}]\n", []string{
			"gen.yaml:1:18: error: a document is a file or an http or https URL, unlike file:///a.yaml (config-value)",
		}},
		{"two documents", "clients: [{spec: a, out: b}]\n---\nclients: []\n", []string{
			"gen.yaml:2:1: error: the configuration is one YAML document, and a second one starts here (config-value)",
		}},
		{"no clients", "clients: []\n", []string{
			"gen.yaml:1:10: error: clients is empty; list at least one client with spec and out (config-value)",
		}},
		{"clients of a wrong kind", "clients: {spec: a}\n", []string{
			"gen.yaml:1:10: error: clients must be a list, not a mapping (config-type)",
		}},
		{"a key misspelt", "client:\n  - spec: a\n", []string{
			`gen.yaml:1:1: error: the configuration has no key "client"; did you mean "clients"? (config-key)`,
		}},
		{"every problem at once", `client:
  - spec: a
clients:
  - spec: 1
    output: x
    pakage: y
    trust-go-types: maybe
    initialisms: [A-B, 2]
    zzz: 1
  - plain
  - {spec: a}
  - spec: a
    spec: b
    out: c
`, []string{
			`gen.yaml:1:1: error: the configuration has no key "client"; did you mean "clients"? (config-key)`,
			`gen.yaml:4:11: error: spec must be a string, not 1 (config-type)`,
			`gen.yaml:5:5: error: a client has no key "output"; did you mean "out"? (config-key)`,
			`gen.yaml:6:5: error: a client has no key "pakage"; did you mean "package"? (config-key)`,
			`gen.yaml:7:21: error: trust-go-types must be true or false, not "maybe" (config-type)`,
			`gen.yaml:8:19: error: an initialism consists of letters and digits and starts with a letter, unlike "A-B" (config-value)`,
			`gen.yaml:8:24: error: an initialism must be a string, not 2 (config-type)`,
			`gen.yaml:9:5: error: a client has no key "zzz"; it has ` + keys + ` (config-key)`,
			`gen.yaml:10:5: error: a client must be a mapping with the keys ` + keys + `, not "plain" (config-type)`,
			`gen.yaml:11:5: error: a client needs the key out (config-key)`,
			`gen.yaml:13:5: error: the key spec is already set at line 12 (config-key)`,
		}},
		{"out leaves the folder", "clients:\n  - {spec: a, out: ../b}\n  - {spec: a, out: /b}\n  - {spec: a, out: ''}\n", []string{
			"gen.yaml:2:20: error: out must be a folder inside that of the configuration, not ../b (config-out)",
			"gen.yaml:3:20: error: out must be a folder inside that of the configuration, not /b (config-out)",
			"gen.yaml:4:20: error: out is empty (config-value)",
		}},
		{"rules", `clients:
  - spec: a
    out: b
    include: [{}, {tag: [x]}, {tags: []}, {paths: x, methods: [1]}]
    exclude: []
  - {spec: a, out: c, keep-schemas: ["X*"]}
  - {spec: a, out: d, keep-schemas: ["X*"], include: x}
`, []string{
			"gen.yaml:4:15: error: a rule is empty and would choose everything; it has the keys tags, paths, methods, operation-ids, webhooks (config-value)",
			`gen.yaml:4:20: error: a rule has no key "tag"; did you mean "tags"? (config-key)`,
			"gen.yaml:4:38: error: tags is empty; give it at least one value or leave it out (config-value)",
			`gen.yaml:4:51: error: paths must be a list, not "x" (config-type)`,
			"gen.yaml:4:64: error: a pattern must be a string, not 1 (config-type)",
			"gen.yaml:5:14: error: exclude is empty; give it at least one value or leave it out (config-value)",
			"gen.yaml:6:37: error: keep-schemas goes with include or exclude; without them, all schemas are generated (config-value)",
			`gen.yaml:7:54: error: include must be a list, not "x" (config-type)`,
		}},
		{"choices", `clients:
  - spec: a
    out: b
    overlays: [http://x.test/o.yaml, 1]
    names: {a: b, a/b: C, "": D, E: [], "#/x": func, E: F}
    types: {formats: [x], schema: {}, schemas: {A: int128, B: ./x.Y, C: x.y, D: 'a b.C', E: "*big.Int"}}
    enums: half
`, []string{
			"gen.yaml:4:16: error: an overlay on the network is not read; save it beside the configuration and name the file (config-value)",
			"gen.yaml:4:38: error: an overlay must be a string, not 1 (config-type)",
			`gen.yaml:5:16: error: "b" is not an exported Go identifier (config-value)`,
			`gen.yaml:5:19: error: names has component schemas and JSON pointers that start with #/, unlike "a/b" (config-value)`,
			"gen.yaml:5:27: error: names has an empty key (config-value)",
			"gen.yaml:5:37: error: names.E must be a string, not a list (config-type)",
			`gen.yaml:5:48: error: "func" is not an exported Go identifier (config-value)`,
			"gen.yaml:5:54: error: the key E is already set at line 5 (config-key)",
			"gen.yaml:6:22: error: formats must be a mapping, not a list (config-type)",
			`gen.yaml:6:27: error: types has no key "schema"; did you mean "schemas"? (config-key)`,
			`gen.yaml:6:52: error: "int128" is not a type that Go has without an import; write a type as github.com/shopspring/decimal.Decimal or string (config-value)`,
			`gen.yaml:6:63: error: "Y" of "./x" is not an exported type of a package that can be imported; write a type as github.com/shopspring/decimal.Decimal or string (config-value)`,
			`gen.yaml:6:73: error: "y" of "x" is not an exported type of a package that can be imported; write a type as github.com/shopspring/decimal.Decimal or string (config-value)`,
			`gen.yaml:6:81: error: "C" of "a b" is not an exported type of a package that can be imported; write a type as github.com/shopspring/decimal.Decimal or string (config-value)`,
			`gen.yaml:6:93: error: "Int" of "*big" is not an exported type of a package that can be imported; write a type as github.com/shopspring/decimal.Decimal or string (config-value)`,
			`gen.yaml:7:12: error: enums must be open or closed, not "half" (config-value)`,
		}},
		{"two names", "clients: [{spec: a, out: b, names: {'#/components/schemas/A': X, B: Y, A: Z}}]\n", []string{
			"gen.yaml:1:72: error: #/components/schemas/A has the name X already, at line 1; remove one of the two (config-value)",
		}},
		{"the same out", "clients:\n  - {spec: a, out: x/y}\n  - {spec: b, out: ./X/y/, zzz: 1}\n", []string{
			"gen.yaml:3:5: error: the client at line 2 has the same out, X/y; each client needs a folder of its own (config-out)",
			`gen.yaml:3:28: error: a client has no key "zzz"; it has ` + keys + ` (config-key)`,
		}},
		{"packages", `clients:
  - {spec: a, out: b, package: func}
  - {spec: a, out: c, package: main}
  - {spec: a, out: d, package: x_test}
  - {spec: a, out: e, package: a-b}
  - {spec: a, out: f/2024}
  - {spec: a, out: g/type}
  - {spec: a, out: h, package: _}
`, []string{
			`gen.yaml:2:32: error: "func" is not a package name: it is a Go keyword (config-package)`,
			`gen.yaml:3:32: error: a package called main cannot be imported (config-package)`,
			`gen.yaml:4:32: error: "x_test" is not a package name: the go command keeps the ending _test for tests (config-package)`,
			`gen.yaml:5:32: error: "a-b" is not a package name: it must be a Go identifier of letters, digits and underscores (config-package)`,
			`gen.yaml:6:20: error: no package name can be made of the folder "2024"; name the package with the key package (config-package)`,
			`gen.yaml:7:20: error: no package name can be made of the folder "type"; name the package with the key package (config-package)`,
			`gen.yaml:8:32: error: "_" is not a package name: it must be a Go identifier of letters, digits and underscores (config-package)`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var diags diag.List
			Parse("gen.yaml", []byte(tt.doc), &diags)
			var got []string
			for _, d := range diags.Sorted() {
				got = append(got, d.String())
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	big := filepath.Join(dir, "big.yaml")
	if err := os.WriteFile(big, []byte(strings.Repeat("#", maxSize+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ file, want string }{
		{filepath.Join(dir, "none.yaml"), "(config-missing)"},
		{dir, ": error: cannot be read: is a directory (config-read)"},
		{big, "a configuration is at most 1 MiB (config-read)"},
	}
	for _, tt := range tests {
		var diags diag.List
		Load(tt.file, &diags)
		if diags.Len() != 1 || !strings.HasSuffix(diags.Sorted()[0].String(), tt.want) {
			t.Errorf("%s: %v, want one ending in %s", tt.file, diags.Sorted(), tt.want)
		}
	}
}

func TestSingle(t *testing.T) {
	tests := []struct {
		spec, out, pkg string
		want           Client
		problem        string
	}{
		{"a.yaml", "../x/pets", "", Client{Spec: "a.yaml", Root: "../x/pets", Out: ".", Package: "pets"}, ""},
		{"a.yaml", "/tmp/1", "one", Client{Spec: "a.yaml", Root: "/tmp/1", Out: ".", Package: "one"}, ""},
		{"a.yaml", "/tmp/1", "", Client{}, `--out /tmp/1: no package name can be made of the folder "1"; name the package with --package`},
		{"a.yaml", "x", "a b", Client{}, `--package a b: "a b" is not a package name`},
		{"http://x/a.yaml", "x", "", Client{Spec: "http://x/a.yaml", Root: "x", Out: ".", Package: "x"}, ""},
	}
	for _, tt := range tests {
		var diags diag.List
		got := Single(tt.spec, tt.out, tt.pkg, &diags)
		switch {
		case tt.problem == "" && diags.Len() > 0:
			t.Errorf("unexpected: %v", diags.Sorted())
		case tt.problem == "":
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		case diags.Len() != 1 || !strings.Contains(diags.Sorted()[0].Message, tt.problem):
			t.Errorf("got %v, want one with %q", diags.Sorted(), tt.problem)
		}
	}
}
