//go:build e2e

package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generated/cloudflare"
	"github.com/seed-a7989e22/apigen/proof/pages"
)

// TestEveryOperation makes every call of the reference pages. Prism answers
// with the page's response, and with an error when the request or the response
// violates the document.
func TestEveryOperation(t *testing.T) {
	clients := newClients(t)
	for _, call := range pages.Calls() {
		t.Run(call.ID+"/"+call.Request, func(t *testing.T) {
			result, err := call.Do(t.Context(), clients)
			if err != nil {
				t.Fatal(err)
			}
			want := readJSON(t, filepath.Join("../specs/testdata", call.ID, "response.200.json"))
			if call.ID == "AccessKeyUpdate" { // returns the content of the envelope
				want = want.(map[string]any)["result"]
			}
			if diff := cmp.Diff(want, reencode(t, result)); diff != "" {
				t.Errorf("the page (-) and the result (+) differ:\n%s", diff)
			}
		})
	}
}

// TestAccountPages walks the one page that Prism has.
func TestAccountPages(t *testing.T) {
	clients := newClients(t)
	var names []string
	for account, err := range clients.Cloudflare.Accounts.ListAll(t.Context(), cloudflare.AccountListParams{}) {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, account.Name)
	}
	if diff := cmp.Diff([]string{"My Personal Account", "Created Account"}, names); diff != "" {
		t.Errorf("accounts (-want +got):\n%s", diff)
	}
}

func newClients(t *testing.T) *pages.Clients {
	t.Helper()
	clients, err := pages.NewClients(
		startPrism(t, "../specs/datadog.yaml"),
		startPrism(t, "../specs/cloudflare.yaml"),
		&http.Client{Transport: judge{t}},
	)
	if err != nil {
		t.Fatal(err)
	}
	return clients
}

// judge fails the test when a response names violations.
type judge struct{ t *testing.T }

func (j judge) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		for _, found := range response.Header.Values("sl-violations") {
			j.t.Errorf("%s %s: %s", r.Method, r.URL, found)
		}
	}
	return response, err
}

func readJSON(t *testing.T, path string) any {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func reencode(t *testing.T, value any) any {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
