package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// overlayDoc is what the tests apply overlays to.
const overlayDoc = `{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}, "components": {"examples": {"list": {"value": [1, [2], {"k": "v"}]}, "deep": {"value": {"a": {"b": {"b": 1}}}}}}}`

// applied loads overlayDoc with overlays and returns the tree and what was said.
func applied(t *testing.T, opts Options, overlays ...string) (*node, []string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	opts.Path = write("doc.json", overlayDoc)
	for i, text := range overlays {
		name := string(rune('a'+i)) + ".yaml"
		opts.Overlays = append(opts.Overlays, Overlay{Path: write(name, text), Pos: diag.Pos{File: "gen.yaml", Line: i + 1, Col: 1}})
	}
	var diags diag.List
	doc, err := Load(t.Context(), opts, &diags)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, d := range diags.Sorted() {
		said = append(said, strings.ReplaceAll(d.String(), dir+string(filepath.Separator), ""))
	}
	if doc == nil {
		return nil, said
	}
	return doc.main.root, said
}

// actions is an overlay with the given actions.
func actions(lines ...string) string {
	return "overlay: 1.0.0\nactions:\n  - " + strings.Join(lines, "\n  - ") + "\n"
}

func TestOverlayMerge(t *testing.T) {
	tests := []struct {
		name, overlay string
		list, deep    any
		said          []string
	}{
		{"items are appended", actions(`{target: $.components.examples.list.value, update: {n: 1}}`, `{target: $.components.examples.list.value, update: [3, 4]}`),
			[]any{1.0, []any{2.0}, map[string]any{"k": "v"}, map[string]any{"n": 1.0}, 3.0, 4.0}, nil, nil},
		{"a list in a list", actions(`{target: '$.components.examples.list.value[1]', update: [5]}`), []any{1.0, []any{2.0, 5.0}, map[string]any{"k": "v"}}, nil, nil},
		{"from the end", actions(`{target: '$.components.examples["list"].value[-1]', update: {k: w, l: x}}`),
			[]any{1.0, []any{2.0}, map[string]any{"k": "w", "l": "x"}}, nil, nil},
		{"items are removed", actions(`{target: '$.components.examples.list.value[0,1]', remove: true}`), []any{map[string]any{"k": "v"}}, nil, nil},
		{"every second", actions(`{target: '$.components.examples.list.value[::2]', remove: true}`), []any{[]any{2.0}}, nil, nil},
		{"all and then one more", actions(`{target: '$.components.examples.list.value[*]', remove: true}`, `{target: '$.components.examples.list.value', update: [9]}`, `{target: '$.components.examples.list.value[?@ == 9]', remove: true}`),
			[]any{}, nil, nil},
		{"merged deeply", actions(`{target: $.components.examples.deep.value, update: {a: {b: {c: 2}, d: 3}}}`), nil,
			map[string]any{"a": map[string]any{"b": map[string]any{"b": 1.0, "c": 2.0}, "d": 3.0}}, nil},
		{"another kind takes the place", actions(`{target: $.components.examples.deep.value.a, update: {b: [1]}}`), nil, map[string]any{"a": map[string]any{"b": []any{1.0}}}, nil},
		{"one within the other", actions(`{target: '$.components.examples.deep.value..b', update: {e: 1}}`), nil,
			map[string]any{"a": map[string]any{"b": map[string]any{"b": map[string]any{"e": 1.0}, "e": 1.0}}}, nil},
		{"removed, one within the other", actions(`{target: '$.components.examples.deep.value..b', remove: true}`), nil, map[string]any{"a": map[string]any{}}, nil},
		{"later actions see earlier ones", actions(`{target: '$..[?@.k]', update: {n: {m: 1}}}`, `{target: '$..[?@.m == 1]', update: {m: 2}}`),
			[]any{1.0, []any{2.0}, map[string]any{"k": "v", "n": map[string]any{"m": 2.0}}}, nil, nil},
		{"removed, around one deeper", actions(`{target: '$.components.examples.list.value..[0,2]', remove: true}`, `{target: '$.components.examples.list.value[?count(@.*) == 0]', update: 7}`),
			[]any{[]any{7.0}}, nil, nil},
		{"copy", "overlay: 1.1.0\nactions: [{target: $.components.examples.deep.value, copy: '$.components.examples.list.value[2]'}]", nil,
			map[string]any{"a": map[string]any{"b": map[string]any{"b": 1.0}}, "k": "v"}, nil},
		{"nothing there", actions(`{target: '$.components.examples.list.value[7]', remove: true}`, `{target: $.info.title.x, update: 1}`), nil, nil, []string{
			"a.yaml:3:5: warning: the target $.components.examples.list.value[7] matches nothing in the document (overlay-unused)",
			"a.yaml:4:5: warning: the target $.info.title.x matches nothing in the document (overlay-unused)",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root, said := applied(t, Options{}, tt.overlay)
			if d := cmp.Diff(tt.said, said); d != "" {
				t.Fatalf("-want +got:\n%s", d)
			}
			examples := root.get("components").get("examples")
			if d := cmp.Diff(tt.list, examples.get("list").get("value").any()); d != "" && tt.list != nil {
				t.Errorf("list: -want +got:\n%s", d)
			}
			if d := cmp.Diff(tt.deep, examples.get("deep").get("value").any()); d != "" && tt.deep != nil {
				t.Errorf("deep: -want +got:\n%s", d)
			}
		})
	}
}

func TestOverlayErrors(t *testing.T) {
	nested := actions(`{target: $.components.examples.deep.value, update: ` + strings.Repeat("{a: ", 30) + "1" + strings.Repeat("}", 31))
	many := actions(`{target: '$.components.examples.deep.value..*', update: {c: 1, d: 2}}`, `{target: '$.components.examples.deep.value..*', update: {e: {a: 1}}}`)
	tests := []struct {
		name, overlay string
		opts          Options
		want          []string
	}{
		{"not an overlay", "openapi: 3.1.0\n", Options{}, []string{
			`a.yaml:1:1: error: this is not an OpenAPI Overlay; it does not say "overlay: 1.0.0" (overlay)`}},
		{"a list", "[]", Options{}, []string{
			`a.yaml:1:1: error: this is not an OpenAPI Overlay; it does not say "overlay: 1.0.0" (overlay)`}},
		{"version", "overlay: 2.0.0\n", Options{}, []string{"a.yaml:1:1: error: Overlay 2.0.0 is not supported; 1.0 and 1.1 are (overlay)"}},
		{"no actions", "overlay: 1.0.0\nactions: {}\n", Options{}, []string{`a.yaml:1:1: error: the overlay has no list of "actions" (overlay)`}},
		{"no target", actions(`{remove: true}`), Options{}, []string{`a.yaml:3:5: error: an action needs a "target", which is a JSONPath (overlay)`}},
		{"an action of a wrong kind", actions(`x`), Options{}, []string{`a.yaml:3:5: error: an action needs a "target", which is a JSONPath (overlay)`}},
		{"no JSONPath", actions(`{target: paths, remove: true}`), Options{}, []string{
			`a.yaml:3:6: error: paths is not a JSONPath of RFC 9535: unexpected identifier at position 1 (overlay)`}},
		{"the whole document", actions(`{target: $, remove: true}`), Options{}, []string{"a.yaml:3:5: error: the whole document cannot be removed (overlay)"}},
		{"several to copy", actions(`{target: $, copy: '$.components.examples.list.value.*'}`), Options{}, []string{
			"a.yaml:3:17: error: copy must select one value, and $.components.examples.list.value.* selects 3 (overlay)"}},
		{"unknown keys", "overlay: 1.0.0\ntitle: x\nactions: [{target: $.info, updat: {x: 1}, x-note: 1}]", Options{}, []string{
			`a.yaml:2:1: warning: an overlay has no key "title"; it is ignored (overlay)`,
			`a.yaml:3:11: warning: the action has no "update", "copy" or "remove"; it does nothing (overlay)`,
			`a.yaml:3:28: warning: an action has no key "updat"; it is ignored (overlay)`}},
		{"too large", actions(`{target: $, update: {x-a: ` + strings.Repeat("x", 600) + `}}`), Options{MaxBytes: 500}, []string{
			"a.yaml: error: the overlay is larger than 500 bytes (too-large)"}},
		{"too deep", nested, Options{MaxDepth: 34}, []string{"a.yaml:3:5: error: the document becomes nested more than 34 levels deep (too-deep)"}},
		{"too many values", many, Options{MaxNodes: 150}, []string{"a.yaml:4:5: error: overlays add more than 30 values to the document (too-large)"}},
		{"syntax", "overlay: [", Options{}, []string{
			"a.yaml:1:1: error: the document is not valid YAML: did not find expected node content (syntax)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, said := applied(t, tt.opts, tt.overlay)
			if d := cmp.Diff(tt.want, said); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

func TestOverlayMissing(t *testing.T) {
	var diags diag.List
	dir := t.TempDir()
	path := filepath.Join(dir, "doc.json")
	if err := os.WriteFile(path, []byte(overlayDoc), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load(t.Context(), Options{Path: path, Overlays: []Overlay{{Path: filepath.Join(dir, "none.yaml"), Pos: diag.Pos{File: "gen.yaml", Line: 4, Col: 7}}}}, &diags)
	want := "gen.yaml:4:7: error: the overlay " + filepath.Join(dir, "none.yaml") + " cannot be read: no such file or directory (unreadable)"
	if err != nil || diags.Len() != 1 || diags.Sorted()[0].String() != want {
		t.Errorf("got %v, %v; want %s", diags.Sorted(), err, want)
	}
}

// FuzzOverlay holds that no overlay stops the loader.
func FuzzOverlay(f *testing.F) {
	for _, seed := range []string{
		actions(`{target: $.paths, update: {/a: {get: {responses: {}}}}}`, `{target: '$..*', remove: true}`),
		actions(`{target: '$.components.examples.list.value[*]', update: [1]}`, `{target: '$..value[-1]', remove: true}`),
		actions(`{target: '$..[?@.a]', copy: $.info}`, `{target: $, update: {openapi: 2}}`),
		actions(`{target: '$.components.examples..value', update: 1}`, `{target: '$["components"]..*', update: {x: {y: z}}}`),
		"overlay: 1.1\nactions: [{target: [], remove: yes}, {target: '$.info', copy: '$'}]",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, overlay string) {
		dir := t.TempDir()
		path, file := filepath.Join(dir, "doc.json"), filepath.Join(dir, "overlay.yaml")
		if os.WriteFile(path, []byte(overlayDoc), 0o600) != nil || os.WriteFile(file, []byte(overlay), 0o600) != nil {
			t.Fatal("no place to write")
		}
		var diags diag.List
		doc, err := Load(t.Context(), Options{Path: path, MaxNodes: 2000, Overlays: []Overlay{{Path: file}}}, &diags)
		if err != nil || doc == nil && !diags.HasErrors() {
			t.Errorf("document %v, error %v, %v", doc, err, diags.Sorted())
		}
	})
}
