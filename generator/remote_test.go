package generator

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
)

// network serves files by their path and counts the requests.
type network struct {
	files map[string]string
	hits  int
}

func (n *network) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.hits++
	text, ok := n.files[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write([]byte(text))
}

// TestRemoteDocument follows a document on the network from the first run to
// its next change.
func TestRemoteDocument(t *testing.T) {
	api := fine + "components: {schemas: {A: {$ref: 'part.yaml?token=hunter2'}, B: {$ref: 'part?token=hunter2#/B'}}}\n"
	remote := &network{files: map[string]string{
		"/v1/api.yaml":  api,
		"/v1/part.yaml": "{type: object, properties: {c: {$ref: 'deep?hunter2'}, d: {$ref: 'deep?hunter2again'}}}",
		"/v1/part":      "{B: {type: object, properties: {c: {type: object, properties: {d: {type: string}}}}}}",
		"/v1/deep":      "{type: object, properties: {e: {type: string}}}",
	}}
	server := httptest.NewServer(remote)
	defer server.Close()
	dir := t.TempDir()
	client := config.Client{
		Spec: strings.Replace(server.URL, "://", "://user:hunter2@", 1) + "/v1/api.yaml?token=hunter2", Root: dir, Out: "api", Package: "api",
		Pos: diag.Pos{File: "gen.yaml", Line: 2, Col: 5},
	}
	run := func(mode Mode, allow bool) (Result, []string) {
		t.Helper()
		result, err := Run(t.Context(), Config{Clients: []config.Client{client}, Mode: mode, AllowRemote: allow})
		if err != nil && !errors.Is(err, ErrInvalid) {
			t.Fatal(err)
		}
		var said []string
		for _, d := range result.Diagnostics {
			said = append(said, d.String())
		}
		return result, said
	}
	stale := func() (names []string) {
		result, said := run(Check, true)
		if len(said) > 0 {
			t.Fatal(said)
		}
		for _, s := range result.Packages[0].Stale {
			names = append(names, filepath.Base(s.Path))
		}
		return names
	}
	address := server.URL + "/v1/api.yaml"

	_, said := run(Write, false)
	want := []string{"gen.yaml:2:5: error: the document " + address + " cannot be read: it is on the network; --allow-remote permits fetching it (unreadable)"}
	if d := cmp.Diff(want, said); d != "" || remote.hits != 0 {
		t.Fatalf("without permission: %d requests, -want +got:\n%s", remote.hits, d)
	}
	if _, said = run(Write, true); len(said) > 0 {
		t.Fatal(said)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "api"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, "api", e.Name()))
		if err != nil || strings.Contains(string(data), "hunter2") {
			t.Errorf("%s has a secret of the URL (%v)", e.Name(), err)
		}
		if strings.HasSuffix(e.Name(), ".lock") && !strings.Contains(string(data), address) {
			t.Errorf("%s does not name the document:\n%s", e.Name(), data)
		}
	}
	if got := stale(); got != nil {
		t.Errorf("right away, %v are stale", got)
	}
	remote.files["/v1/api.yaml"] = api + "# the same in other words\n"
	if d := cmp.Diff([]string{"gen.lock"}, stale()); d != "" {
		t.Errorf("after a change without effect: -want +got:\n%s", d)
	}
	if _, said = run(Write, true); len(said) > 0 || stale() != nil {
		t.Errorf("%v, %v are stale", said, stale())
	}
	delete(remote.files, "/v1/api.yaml")
	_, said = run(Check, true)
	want = []string{"gen.yaml:2:5: error: the document " + address + " cannot be read: the server answered 404 Not Found (unreadable)"}
	if d := cmp.Diff(want, said); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// TestRemoteReferences holds that a document on the network can refer to its
// own folder, and elsewhere only with permission.
func TestRemoteReferences(t *testing.T) {
	other := httptest.NewServer(&network{files: map[string]string{"/v1/part.yaml": "type: string"}})
	defer other.Close()
	remote := &network{files: map[string]string{
		"/v1/parts/a.yaml": "{type: object, properties: {b: {$ref: b.yaml}}}", "/v1/parts/b.yaml": "type: string", "/secret.yaml": "type: string",
	}}
	server := httptest.NewServer(remote)
	defer server.Close()
	tests := []struct {
		ref     string
		refused bool
	}{
		{"parts/a.yaml", false},
		{"./parts/../parts/b.yaml", false},
		{server.URL + "/v1/parts/b.yaml", false},
		{"../secret.yaml", true},
		{"/secret.yaml", true},
		{"parts/%2e%2e/%2e%2e/secret.yaml", true},
		{"//" + strings.TrimPrefix(other.URL, "http://") + "/v1/part.yaml", true},
		{other.URL + "/v1/part.yaml", true},
		{"file:///etc/passwd", true},
	}
	for _, tt := range tests {
		for _, allowed := range []bool{false, true} {
			remote.files["/v1/api.yaml"] = fine + "components: {schemas: {A: {$ref: '" + tt.ref + "'}}}\n"
			result, err := Run(t.Context(), Config{
				Clients: []config.Client{{Spec: server.URL + "/v1/api.yaml", Package: "api"}}, Mode: Memory, AllowRemote: true, AllowRemoteRefs: allowed,
			})
			refused := tt.refused && (!allowed || strings.HasPrefix(tt.ref, "file:") || strings.Contains(tt.ref, "%2e"))
			if (err != nil) != refused || !refused && len(result.Diagnostics) > 0 {
				t.Errorf("%s, references allowed: %v: %v %v", tt.ref, allowed, err, result.Diagnostics)
			}
		}
	}
}

// TestProgressWithoutSecrets holds that what a terminal shows of a URL has no
// secrets, as a report has none.
func TestProgressWithoutSecrets(t *testing.T) {
	server := httptest.NewServer(&network{files: map[string]string{"/api.yaml": fine}})
	defer server.Close()
	spec := strings.Replace(server.URL, "://", "://user:hunter2@", 1) + "/api.yaml?token=hunter2"
	cfg := Config{Clients: []config.Client{{Spec: spec, Package: "api"}}, Mode: Memory, AllowRemote: true, Progress: func(p Progress) {
		if p.Document != server.URL+"/api.yaml" {
			t.Errorf("%q is shown", p.Document)
		}
	}}
	if _, err := Run(t.Context(), cfg); err != nil {
		t.Error(err)
	}
}
