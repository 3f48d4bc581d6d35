package load

import (
	"context"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

const minimal = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n"

// TestErrors holds what each document that cannot be loaded is told.
func TestErrors(t *testing.T) {
	jsonStart := `{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}`
	for name, tc := range map[string]struct {
		file, text string
		want       []string
	}{
		"empty":              {text: "", want: []string{"doc:1:1: error: the document is empty (syntax)"}},
		"only spaces":        {text: "  \n\t", want: []string{"doc:1:1: error: the document is empty (syntax)"}},
		"only comments":      {text: "# nothing\n", want: []string{"doc:1:1: error: the document is empty (syntax)"}},
		"a list":             {text: "[]", want: []string{"doc:1:1: error: the document must be an object, not a list (not-openapi)"}},
		"prose":              {text: "hello", want: []string{`doc:1:1: error: the document must be an object, not the string "hello" (not-openapi)`}},
		"no version":         {text: "info: {}", want: []string{`doc:1:1: error: the document does not say "openapi: 3.x.y" (or "swagger: 2.0"); add its version (not-openapi)`}},
		"an overlay":         {text: "overlay: 1.0.0", want: []string{`doc:1:1: error: the document does not say "openapi: 3.x.y" (or "swagger: 2.0"); it is an overlay; name it under overlays of the document that it changes, in gen.yaml (not-openapi)`}},
		"AsyncAPI":           {text: "asyncapi: 3.0.0", want: []string{`doc:1:1: error: the document does not say "openapi: 3.x.y" (or "swagger: 2.0"); it follows AsyncAPI, which is not supported (not-openapi)`}},
		"Postman":            {text: `{"info": {"_postman_id": "1"}, "item": []}`, want: []string{`doc:1:1: error: the document does not say "openapi: 3.x.y" (or "swagger: 2.0"); it is a collection of Postman; export it as OpenAPI (not-openapi)`}},
		"a page":             {text: "\n<!DOCTYPE html>\n<title>a: b</title>", want: []string{`doc:1:1: error: this is HTML or XML and no OpenAPI document; perhaps a page was saved in its place (not-openapi)`}},
		"a pointer":          {text: "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", want: []string{`doc:1:1: error: this is a pointer of Git LFS; git lfs pull brings the document (not-openapi)`}},
		"compressed":         {text: "\x1f\x8b\x08\x00", want: []string{`doc:1:1: error: the document is compressed; unpack it with gunzip (encoding)`}},
		"old version":        {text: "openapi: 1.2", want: []string{`doc:1:1: error: OpenAPI 1.2 is not supported; 3.0 to 3.2 and Swagger 2.0 are (unsupported-version)`}},
		"old Swagger":        {text: "swagger: '1.2'", want: []string{`doc:1:1: error: Swagger 1.2 is not supported; 2.0 and OpenAPI 3.0 to 3.2 are (unsupported-version)`}},
		"blank version":      {text: `openapi: ""`, want: []string{`doc:1:1: error: "openapi" must be the version that the document follows, such as "3.1.0", not the string "" (unsupported-version)`}},
		"list of versions":   {text: "openapi: [3]", want: []string{`doc:1:1: error: "openapi" must be the version that the document follows, such as "3.1.0", not a list (unsupported-version)`}},
		"no Swagger version": {text: "swagger: {}", want: []string{`doc:1:1: error: "swagger" must be the version that the document follows, such as "2.0", not an object (unsupported-version)`}},
		"two documents":      {text: minimal + "---\na: b\n", want: []string{"doc:4:1: error: the file holds a second YAML document from here on; keep one document in it (syntax)"}},
		"bad YAML":           {text: "a: b\n c: d\n", want: []string{"doc:2:2: error: the document is not valid YAML: mapping values are not allowed in this context; the indentation is wrong, perhaps, or a text with a colon needs quotes (syntax)"}},
		"tab in YAML":        {text: "a:\n\tb: c\n", want: []string{"doc:2:1: error: the document is not valid YAML: found character that cannot start any token; a tab, perhaps: YAML is indented with spaces (syntax)"}},
		"control of Latin 1": {text: "a: b\u0085\nc: \u0081\n", want: []string{"doc:2:4: error: the document is not valid YAML: control characters are not allowed (syntax)"}},
		"no character":       {text: "a: b\nc: \uffff\n", want: []string{"doc:2:4: error: the document is not valid YAML: control characters are not allowed (syntax)"}},
		"control":            {text: "a: b\nc: \x01\n", want: []string{"doc:2:4: error: the document is not valid YAML: control characters are not allowed (syntax)"}},
		"NUL":                {text: "a: b\nc: \x00\n", want: []string{"doc:2:4: error: the document is not text: it has a NUL byte here (encoding)"}},
		"UTF-32":             {text: "\xff\xfe\x00\x00{\x00\x00\x00", want: []string{"doc:1:1: error: the document is UTF-32; save it as UTF-8 (encoding)"}},
		"cut off":            {text: `{"openapi": "3.0.3",` + "\n" + ` "info": {"title": "T`, want: []string{"doc:2:20: error: the string that starts here has no end (syntax)"}},
		"comment in JSON":    {text: "{\n  // hello\n}", want: []string{"doc:2:3: error: a key in double quotes is expected, not a comment, which JSON does not have (syntax)"}},
		"after the end":      {text: jsonStart + "} {}", want: []string{"doc:1:75: error: there is something after the end of the document: '{' (syntax)"}},
		"bad number":         {text: `{"a": 1-, "b}`, want: []string{`doc:1:7: error: "1-" is not a number (syntax)`}},
		"no value":           {text: `{"a": }, "b}`, want: []string{`doc:1:7: error: a value is expected, not '}' (syntax)`}},
		"no colon":           {text: `{"a" 1}`, want: []string{`doc:1:6: error: a colon is expected after the key "a", not '1' (syntax)`}},
		"no comma":           {text: `{"a": [1 2], "b}`, want: []string{`doc:1:10: error: a comma or a closing bracket is expected, not '2' (syntax)`}},
		"no end":             {text: `{"a": [1`, want: []string{`doc:1:9: error: a comma or a closing bracket is expected, not the end of the file (syntax)`}},
		"key of a list":      {text: minimal + "? [a, b]\n: c\n", want: []string{"doc:4:3: warning: a key must be a string; this one is ignored with its value (wrong-kind)"}},
		"bad escape":         {text: `{"a": "\x"}`, want: []string{`doc:1:8: error: this is not a valid escape sequence (syntax)`}},
		"bad parameters": {text: minimal + "components: {parameters: {A: {in: query}, B: {name: b}, C: {name: c, in: body}}}", want: []string{
			`doc:4:27: warning: the parameter has no "name"; it is ignored (bad-parameter)`,
			`doc:4:43: error: the parameter "b" has no "in"; say whether it is in the path, query, header or cookie (bad-parameter)`,
			`doc:4:70: error: the parameter "c" cannot be in "body"; "in" is path, query, header or cookie (bad-parameter)`,
		}},
		"bad JSON in lines of old": {text: "{\r  \"a\": \"T", want: []string{"doc:2:8: error: the string that starts here has no end (syntax)"}},
		"bad YAML in lines of old": {text: "a: b\r c: d\r", want: []string{"doc:2:2: error: the document is not valid YAML: mapping values are not allowed in this context; the indentation is wrong, perhaps, or a text with a colon needs quotes (syntax)"}},
		"alias to itself":          {text: "a: &a {b: *a}", want: []string{"doc:1:11: error: the alias *a contains itself (alias-cycle)"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, diags := loadText(t, Options{}, "doc", tc.text)
			if diff := cmp.Diff(tc.want, diags); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	text := `{"openapi": "3.0.3", "info": {"title": "Ünï 😀", "version": "1"}, "paths": {}}`
	units := utf16.Encode([]rune(text))
	little, big := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
	for _, u := range units {
		little, big = binary.LittleEndian.AppendUint16(little, u), binary.BigEndian.AppendUint16(big, u)
	}
	for name, data := range map[string]string{
		"UTF-8": text, "BOM": "\xef\xbb\xbf" + text,
		"UTF-16LE": "\xff\xfe" + string(little), "UTF-16BE": "\xfe\xff" + string(big),
		"UTF-16LE without BOM": string(little), "UTF-16BE without BOM": string(big),
		"escapes":         strings.NewReplacer("Ü", `\u00dc`, "😀", `\ud83d\ude00`).Replace(text),
		"YAML in JSON":    strings.TrimSuffix(text, "}") + ", # comment\n x-a: b,}",
		"tabs":            strings.ReplaceAll(text, " \"", "\t\""),
		"BOM and newline": "\xef\xbb\xbf\r\n" + strings.ReplaceAll(text, ", ", ",\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			doc, diags := loadText(t, Options{}, "doc", data)
			if doc == nil || len(diags) > 0 {
				t.Fatalf("diagnostics: %s", diags)
			}
			if got := doc.T.Info.Title; got != "Ünï 😀" {
				t.Errorf("the title is %q", got)
			}
		})
	}
	doc, diags := loadText(t, Options{}, "doc", minimal+"x-a: caf\xe9\n")
	want := []string{"doc:4:9: warning: the document is not UTF-8 from here on; what is invalid is replaced by U+FFFD (encoding)"}
	if diff := cmp.Diff(want, diags); diff != "" || doc.T.Extensions["x-a"] != "caf\uFFFD" {
		t.Errorf("invalid UTF-8 gives %q and (-want +got):\n%s", doc.T.Extensions["x-a"], diff)
	}
}

// TestBounds checks that documents made to exhaust the loader end soon, in a
// diagnostic or a document.
func TestBounds(t *testing.T) {
	deepJSON := func(n int) string {
		return `{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"A":` +
			strings.Repeat(`{"items":`, n) + "{}" + strings.Repeat("}", n) + `}}}`
	}
	withPath := func(path string) string {
		return `{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{"` + path + `":{}}}`
	}
	withName := func(name string, values int) string {
		return `{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"` + name + `":{"enum":["a"` +
			strings.Repeat(`,"a"`, values) + `]}}}}`
	}
	var bomb, chain, wide strings.Builder
	bomb.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&bomb, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	chain.WriteString(minimal + "components:\n  schemas:\n")
	for i := range 20_000 {
		fmt.Fprintf(&chain, "    S%d: {$ref: '#/components/schemas/S%d'}\n", i, i+1)
	}
	wide.WriteString(minimal + "components:\n  schemas:\n")
	for i := range 20_000 {
		fmt.Fprintf(&wide, "    S%d: {items: {$ref: '#/components/schemas/S%d'}}\n", i, i+1)
	}
	for name, tc := range map[string]struct {
		files []string
		code  string // of the only error, or empty
	}{
		"deep JSON":           {[]string{"doc", deepJSON(100_000)}, "too-deep"},
		"deep lists":          {[]string{"doc", strings.Repeat("[", 1_000_000)}, "too-deep"},
		"deep YAML flow":      {[]string{"doc", "a: " + strings.Repeat("[", 1_000_000)}, "too-deep"},
		"deep YAML sequences": {[]string{"doc", strings.Repeat("- ", 100_000) + "a"}, "too-deep"},
		"as deep as allowed":  {[]string{"doc", deepJSON(246)}, ""},
		"deeper than allowed": {[]string{"doc", deepJSON(247)}, "too-deep"},
		"alias bomb":          {[]string{"doc", minimal + bomb.String()}, "too-large"},
		"a long path":         {[]string{"doc", withPath("/" + strings.Repeat("a", 8000))}, "too-large"},
		"a path long enough":  {[]string{"doc", withPath("/" + strings.Repeat("a", 7999))}, ""},
		"a long name":         {[]string{"doc", withName(strings.Repeat("a", 50_000), 2000)}, "too-large"},
		"a name long enough":  {[]string{"doc", withName(strings.Repeat("a", 50_000), 1000)}, ""},
		"spaces":              {[]string{"doc", minimal + strings.Repeat(" ", 60<<20)}, ""},
		"spaces in between":   {[]string{"doc", minimal + strings.Repeat(" ", 30<<20) + "\nx-a: 1"}, ""},
		"newlines in between": {[]string{"doc", minimal + strings.Repeat("\n", 2<<20) + "\nx-a: 1"}, ""},
		"too many newlines":   {[]string{"doc", minimal + strings.Repeat("\n", 30<<20) + "\nx-a: 1"}, "too-large"},
		"many warnings": {[]string{"doc", `{"openapi":"3.0.3","info":{"title":"é","version":""},"paths":{},"components":{"schemas":{"A":{"properties":{` +
			strings.TrimSuffix(strings.Repeat(`"é":1,`, 50_000), ",") + "}}}}}"}, ""},
		"spaces in JSON":      {[]string{"doc", strings.Repeat(" ", 60<<20) + deepJSON(1)}, ""},
		"too many bytes":      {[]string{"doc", minimal + strings.Repeat("#", 65<<20)}, "too-large"},
		"chain of references": {[]string{"doc", chain.String()}, ""},
		"chain of schemas":    {[]string{"doc", wide.String()}, ""},
		"reference through itself": {[]string{"doc", minimal + `components: {schemas: {A: {$ref: '#/components/schemas/B/properties/x'},
 B: {$ref: '#/components/schemas/A/properties/y'}}}`}, ""},
		"path item in itself": {[]string{"doc", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: &a\n    get: {responses: {}, callbacks: {c: {'{$url}': {$ref: '#/paths/~1a'}}}}\n"}, ""},
		"path items that multiply": {append([]string{"doc", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: 'p0.yaml'}}\n"},
			multiplyingItems(24)...), "too-large"},
		"binary": {[]string{"doc", "\x7fELF\x02\x01\x01\x00\x00"}, "encoding"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			doc, diags := loadText(t, Options{}, tc.files...)
			if d := time.Since(start); d > 8*time.Second {
				t.Errorf("took %s", d)
			}
			var errors []string
			for _, d := range diags {
				if strings.Contains(d, ": error: ") {
					errors = append(errors, d)
				}
			}
			if tc.code == "" && (len(errors) > 0 || doc == nil) {
				t.Errorf("errors: %.500s", errors)
			}
			if tc.code != "" && (len(errors) == 0 || !strings.HasSuffix(errors[0], "("+tc.code+")")) {
				t.Errorf("errors: %.500s, want one with the code %s", errors, tc.code)
			}
		})
	}
}

// multiplyingItems returns path items each of which holds the next one twice.
func multiplyingItems(n int) (files []string) {
	for i := range n {
		op := fmt.Sprintf("{responses: {}, callbacks: {c: {u: {$ref: p%d.yaml}}}}", i+1)
		files = append(files, fmt.Sprintf("p%d.yaml", i), "get: "+op+"\nput: "+op+"\n")
	}
	return append(files, fmt.Sprintf("p%d.yaml", n), "get: {responses: {}}")
}

func TestRemote(t *testing.T) {
	hits := 0
	mux := http.NewServeMux()
	mux.HandleFunc("/pet.yaml", func(w http.ResponseWriter, _ *http.Request) {
		hits++
		fmt.Fprint(w, "title: pet\nproperties: {owner: {$ref: owner.yaml}, file: {$ref: 'file:///etc/hostname'}}")
	})
	mux.HandleFunc("/owner.yaml", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "title: owner") })
	mux.HandleFunc("/away.yaml", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "ftp://example.com/x", http.StatusFound)
	})
	mux.HandleFunc("/loop.yaml", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/loop.yaml", http.StatusFound)
	})
	mux.HandleFunc("/drip.yaml", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprintln(w, "# and more")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	mux.HandleFunc("/big.yaml", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "a: ", strings.Repeat("x", 2000))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	text := minimal + "components: {schemas: {A: {$ref: '" + server.URL + "/pet.yaml'}}}"

	_, diags := loadText(t, Options{}, "doc", text)
	if hits != 0 || len(diags) != 1 || !strings.HasSuffix(diags[0], "(ref-remote)") {
		t.Errorf("without permission: %d requests, %s", hits, diags)
	}
	doc, diags := loadText(t, Options{AllowRemoteRefs: true}, "doc", text)
	if hits != 1 || len(diags) != 1 || !strings.HasPrefix(diags[0], server.URL+"/pet.yaml:2:") || !strings.HasSuffix(diags[0], "(ref-outside)") {
		t.Errorf("with permission: %d requests, %s", hits, diags)
	}
	if got := jsonAt(t, doc, "/components/schemas/owner/title"); got != `"owner"` {
		t.Errorf("the owner's title is %s", got)
	}
	for _, name := range []string{"away", "loop", "big", "missing"} {
		_, diags := loadText(t, Options{AllowRemoteRefs: true, MaxBytes: 1000}, "doc",
			minimal+"components: {schemas: {A: {$ref: '"+server.URL+"/"+name+".yaml'}}}")
		if len(diags) != 1 || !strings.Contains(diags[0], ": error: ") {
			t.Errorf("%s: %s", name, diags)
		}
	}
	var list diag.List
	want := "the server has not sent all of it within 50ms"
	if _, err := Load(t.Context(), Options{Path: server.URL + "/drip.yaml", AllowRemote: true, MaxWait: 50 * time.Millisecond}, &list); err == nil || err.Error() != want {
		t.Errorf("a slow document: %v", err)
	}
	if _, err := Load(t.Context(), Options{Path: server.URL + "/pet.yaml"}, &list); err == nil {
		t.Error("a remote document was read without permission")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	path, start := filepath.Join(t.TempDir(), "doc"), time.Now()
	if err := os.WriteFile(path, []byte(minimal+"components: {schemas: {A: {$ref: '"+server.URL+"/drip.yaml'}}}"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := Load(ctx, Options{Path: path, AllowRemoteRefs: true}, &list)
	if took := time.Since(start); err == nil || took > 5*time.Second || ctx.Err() == nil {
		t.Errorf("a document without end: %v after %s", err, took)
	}
}

// TestRedirects holds that no redirect leads to where a reference may not.
func TestRedirects(t *testing.T) {
	hits := 0
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		hits++
		fmt.Fprint(w, "title: other")
	}))
	defer other.Close()
	mux := http.NewServeMux()
	mux.Handle("/v1/away.yaml", http.RedirectHandler(other.URL+"/secret", http.StatusFound))
	mux.Handle("/v1/above.yaml", http.RedirectHandler("/v2/beside.yaml", http.StatusFound))
	mux.Handle("/v1/moved.yaml", http.RedirectHandler("/v1/beside.yaml", http.StatusFound))
	mux.HandleFunc("/v1/beside.yaml", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "title: beside") })
	mux.HandleFunc("/v1/doc", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, minimal, "components: {schemas: {A: {$ref: ", r.URL.RawQuery, ".yaml}}}")
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	refusal := func(name, address string) []string {
		return []string{fmt.Sprintf("%s/v1/doc:4:28: error: the reference %q is refused: it is redirected to %q; documents are not fetched from there unless --allow-remote-refs is given (ref-remote)",
			server.URL, name, address)}
	}
	for _, tt := range []struct {
		name  string
		allow bool
		hits  int
		want  []string
	}{
		{"moved", false, 0, nil},
		{"above", false, 0, refusal("above.yaml", server.URL+"/v2/beside.yaml")},
		{"away", false, 0, refusal("away.yaml", other.URL+"/secret")},
		{"away", true, 1, nil},
	} {
		var diags diag.List
		_, err := Load(t.Context(), Options{Path: server.URL + "/v1/doc?" + tt.name, AllowRemote: true, AllowRemoteRefs: tt.allow}, &diags)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, d := range diags.Sorted() {
			said = append(said, d.String())
		}
		if d := cmp.Diff(tt.want, said); d != "" || hits != tt.hits {
			t.Errorf("%s: %d requests elsewhere, -want +got:\n%s", tt.name, hits, d)
		}
	}
}

func TestNoFile(t *testing.T) {
	var diags diag.List
	dir := t.TempDir()
	for _, path := range []string{filepath.Join(dir, "none.yaml"), dir} {
		if doc, err := Load(t.Context(), Options{Path: path}, &diags); err == nil || doc != nil {
			t.Errorf("%s: document %v, error %v", path, doc, err)
		}
	}
	if _, err := os.Stat(dir); err != nil {
		t.Fatal(err)
	}
}
