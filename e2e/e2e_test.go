//go:build e2e

package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generated/cloudflare"
	"github.com/seed-a7989e22/apigen/generated/datadog"
	"github.com/seed-a7989e22/apigen/proof/pages"
)

func TestPrism(t *testing.T) {
	prism := servers{
		datadog:    startPrism(t, "../specs/datadog.yaml"),
		cloudflare: startPrism(t, "../specs/cloudflare.yaml"),
	}
	t.Run("operations", prism.testEveryOperation)
	t.Run("pages", prism.testAccountPages)
	t.Run("errors", prism.testDocumentedErrors)
}

// servers are the URLs of two Prisms.
type servers struct{ datadog, cloudflare string }

// testEveryOperation makes every call of the reference pages. Prism answers
// with the page's response, and with an error when the request or the response
// violates the document.
func (s servers) testEveryOperation(t *testing.T) {
	clients := s.clients(t, nil)
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

// testAccountPages walks the one page that Prism has.
func (s servers) testAccountPages(t *testing.T) {
	clients := s.clients(t, nil)
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

// testDocumentedErrors asks Prism for every documented error of every
// operation: the error has the documented type.
func (s servers) testDocumentedErrors(t *testing.T) {
	prefer := new(int)
	clients := s.clients(t, prefer)
	for _, call := range pages.Calls() {
		for _, status := range []int{400, 403, 404, 429} {
			t.Run(fmt.Sprintf("%s/%s/%d", call.ID, call.Request, status), func(t *testing.T) {
				*prefer = status
				_, err := call.Do(t.Context(), clients)
				if e, ok := errors.AsType[*datadog.Error[datadog.APIErrorResponse]](err); ok {
					if e.StatusCode != status || !slices.Equal(e.Body.Errors, []string{"Bad Request"}) {
						t.Errorf("error = %+v, want status %d", e, status)
					}
					return
				}
				if e, ok := errors.AsType[*cloudflare.Error[cloudflare.APIErrorResponse]](err); ok {
					if e.StatusCode != status || len(e.Body.Errors) != 1 || e.Body.Errors[0].Message != "message" {
						t.Errorf("error = %+v, want status %d", e, status)
					}
					return
				}
				t.Errorf("error = %v (%[1]T), want the documented one", err)
			})
		}
	}
}

// clients returns clients for the servers. When prefer is not nil, it is the
// status that Prism is asked for.
func (s servers) clients(t *testing.T, prefer *int) *pages.Clients {
	t.Helper()
	clients, err := pages.NewClients(s.datadog, s.cloudflare, &http.Client{Transport: judge{t, prefer}})
	if err != nil {
		t.Fatal(err)
	}
	return clients
}

// judge fails the test when a response names violations.
type judge struct {
	t      *testing.T
	prefer *int
}

func (j judge) RoundTrip(r *http.Request) (*http.Response, error) {
	if j.prefer != nil {
		r = r.Clone(r.Context())
		r.Header.Set("Prefer", fmt.Sprintf("code=%d", *j.prefer))
	}
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
