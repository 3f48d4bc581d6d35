// Package proof_test holds the generated clients to the reference pages that
// their documents were written from: what goes over the wire, what comes back,
// and what is refused before anything is sent.
package proof_test

import (
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generated/cloudflare"
	"github.com/seed-a7989e22/apigen/generated/datadog"
	"github.com/seed-a7989e22/apigen/proof/pages"
)

// TestRequestsAreThoseOfThePages makes every call of the pages and compares
// method, path, headers and body with the page; openapi3filter judges the
// request by the document.
func TestRequestsAreThoseOfThePages(t *testing.T) {
	for _, call := range pages.Calls() {
		t.Run(call.ID+"/"+call.Request, func(t *testing.T) {
			server := newServer(t, call.Document)
			server.reply(http.StatusOK, readTestdata(t, call.ID, "response.200.json"))
			if _, err := call.Do(t.Context(), server.clients); err != nil {
				t.Fatal(err)
			}
			sent := server.onlyRequest(t)
			if sent.method != call.Method || sent.path != server.base+call.Path || sent.query != "" {
				t.Errorf("sent %s %s?%s, want %s %s", sent.method, sent.path, sent.query, call.Method, server.base+call.Path)
			}
			wantHeader(t, sent.header, "Accept", "application/json")
			switch call.Document {
			case "datadog.yaml":
				wantHeader(t, sent.header, "DD-API-KEY", pages.DatadogAPIKey)
				wantHeader(t, sent.header, "DD-APPLICATION-KEY", pages.DatadogAppKey)
			case "cloudflare.yaml":
				wantHeader(t, sent.header, "X-Auth-Email", pages.CloudflareEmail)
				wantHeader(t, sent.header, "X-Auth-Key", pages.CloudflareAPIKey)
				wantHeader(t, sent.header, "Authorization", "")
			}
			if call.Request == "" {
				wantHeader(t, sent.header, "Content-Type", "")
				if len(sent.body) != 0 {
					t.Errorf("sent the body %s, want none", sent.body)
				}
				return
			}
			wantHeader(t, sent.header, "Content-Type", "application/json")
			wantJSON(t, readTestdata(t, call.ID, call.Request), sent.body)
		})
	}
}

// TestTokenInsteadOfKey makes the one call that takes a token, as its page does.
func TestTokenInsteadOfKey(t *testing.T) {
	server := newServer(t, "cloudflare.yaml")
	server.reply(http.StatusOK, readTestdata(t, "AccessKeyUpdate", "response.200.json"))
	client, err := cloudflare.NewClient(
		cloudflare.WithBaseURL(server.url),
		cloudflare.WithAPIToken(pages.CloudflareToken),
	)
	if err != nil {
		t.Fatal(err)
	}
	key, err := client.ZeroTrust.Access.Keys.Update(t.Context(), cloudflare.AccessKeyUpdateParams{
		AccountID: pages.CloudflareID,
		Body:      cloudflare.AccessKeyUpdateRequest{KeyRotationIntervalDays: 30},
	})
	if err != nil {
		t.Fatal(err)
	}
	if key.DaysUntilNextRotation == nil || *key.DaysUntilNextRotation != 1 {
		t.Errorf("days until next rotation = %v, want 1", key.DaysUntilNextRotation)
	}
	sent := server.onlyRequest(t)
	wantHeader(t, sent.header, "Authorization", "Bearer "+pages.CloudflareToken)
	wantHeader(t, sent.header, "X-Auth-Email", "")
	wantHeader(t, sent.header, "X-Auth-Key", "")
}

// TestCredentialsFromEnvironment fills in the credentials as the pages do.
func TestCredentialsFromEnvironment(t *testing.T) {
	t.Setenv("DD_API_KEY", "key of the environment")
	t.Setenv("DD_APP_KEY", "application key of the environment")
	t.Setenv("CLOUDFLARE_EMAIL", "env@example.com")
	t.Setenv("CLOUDFLARE_API_KEY", "global key of the environment")

	dd := newServer(t, "datadog.yaml")
	dd.reply(http.StatusOK, readTestdata(t, "UpdateConfluentAccount", "response.200.json"))
	datadogClient, err := datadog.NewClient(datadog.WithBaseURL(dd.url))
	if err != nil {
		t.Fatal(err)
	}
	cf := newServer(t, "cloudflare.yaml")
	cf.reply(http.StatusOK, readTestdata(t, "AccountDelete", "response.200.json"))
	cloudflareClient, err := cloudflare.NewClient(cloudflare.WithBaseURL(cf.url))
	if err != nil {
		t.Fatal(err)
	}
	clients := &pages.Clients{Datadog: datadogClient, Cloudflare: cloudflareClient}
	for _, call := range pages.Calls() {
		if call.ID == "AccountDelete" || call.ID == "UpdateConfluentAccount" && call.Request == "request.model.json" {
			if _, err := call.Do(t.Context(), clients); err != nil {
				t.Fatal(err)
			}
		}
	}
	sent := dd.onlyRequest(t)
	wantHeader(t, sent.header, "DD-API-KEY", "key of the environment")
	wantHeader(t, sent.header, "DD-APPLICATION-KEY", "application key of the environment")
	sent = cf.onlyRequest(t)
	wantHeader(t, sent.header, "X-Auth-Email", "env@example.com")
	wantHeader(t, sent.header, "X-Auth-Key", "global key of the environment")
}

// TestSites calls every Datadog site: the URL is that of the page's table.
func TestSites(t *testing.T) {
	tests := []struct {
		name    string
		options []datadog.Option
		env     string
		want    string
	}{
		{"AP1", []datadog.Option{datadog.WithSite(datadog.SiteAP1)}, "", "api.ap1.datadoghq.com"},
		{"AP2", []datadog.Option{datadog.WithSite(datadog.SiteAP2)}, "", "api.ap2.datadoghq.com"},
		{"EU", []datadog.Option{datadog.WithSite(datadog.SiteEU)}, "", "api.datadoghq.eu"},
		{"Gov", []datadog.Option{datadog.WithSite(datadog.SiteGov)}, "", "api.ddog-gov.com"},
		{"US2Gov", []datadog.Option{datadog.WithSite(datadog.SiteUS2Gov)}, "", "api.us2.ddog-gov.com"},
		{"US1", []datadog.Option{datadog.WithSite(datadog.SiteUS1)}, "", "api.datadoghq.com"},
		{"US3", []datadog.Option{datadog.WithSite(datadog.SiteUS3)}, "", "api.us3.datadoghq.com"},
		{"US5", []datadog.Option{datadog.WithSite(datadog.SiteUS5)}, "", "api.us5.datadoghq.com"},
		{"default", nil, "", "api.datadoghq.com"},
		{"environment", nil, "us3.datadoghq.com", "api.us3.datadoghq.com"},
		{"option before environment", []datadog.Option{datadog.WithSite(datadog.SiteEU)}, "us3.datadoghq.com", "api.datadoghq.eu"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Setenv("DD_SITE", test.env)
			var sent *http.Request
			client, err := datadog.NewClient(append(test.options,
				datadog.WithAPIKeyAuth("k"), datadog.WithAppKeyAuth("a"),
				datadog.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
					sent = r
					return jsonResponse(r, http.StatusOK, readTestdata(t, "UpdateCloudflareAccount", "response.200.json")), nil
				})}),
			)...)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := pages.Calls()[0].Do(t.Context(), &pages.Clients{Datadog: client}); err != nil {
				t.Fatal(err)
			}
			if got := sent.URL.Scheme + "://" + sent.URL.Host; got != "https://"+test.want {
				t.Errorf("sent to %s, want https://%s", got, test.want)
			}
			if want := pages.Calls()[0].Path; sent.URL.Path != want {
				t.Errorf("path = %s, want %s", sent.URL.Path, want)
			}
		})
	}
}

// TestCloudflareServer sends to the base URL of the document.
func TestCloudflareServer(t *testing.T) {
	var url string
	client, err := cloudflare.NewClient(
		cloudflare.WithAPIEmail(pages.CloudflareEmail), cloudflare.WithAPIKey(pages.CloudflareAPIKey),
		cloudflare.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			url = r.URL.String()
			return jsonResponse(r, http.StatusOK, readTestdata(t, "AccountList", "response.200.json")), nil
		})}),
	)
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Accounts.List(t.Context(), cloudflare.AccountListParams{Page: new(int64(2)), PerPage: new(int64(50))})
	if err != nil {
		t.Fatal(err)
	}
	if want := "https://api.cloudflare.com/client/v4/accounts?page=2&per_page=50"; url != want {
		t.Errorf("sent to %s, want %s", url, want)
	}
}

func wantHeader(t *testing.T, header http.Header, name, want string) {
	t.Helper()
	if got := header.Get(name); got != want {
		t.Errorf("header %s = %q, want %q", name, got, want)
	}
}

// wantJSON compares two JSON texts by meaning.
func wantJSON(t *testing.T, want, got []byte) {
	t.Helper()
	var wantValue, gotValue any
	if err := json.Unmarshal(want, &wantValue); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(got, &gotValue); err != nil {
		t.Fatalf("%v in %s", err, got)
	}
	if diff := cmp.Diff(wantValue, gotValue); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func readTestdata(t *testing.T, id, name string) []byte {
	t.Helper()
	return readFile(t, filepath.Join("../specs/testdata", id, name))
}

// roundTrip is an http.RoundTripper made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
	}
	return f(r)
}

// TestAwkwardIDs escapes a path parameter exactly once.
func TestAwkwardIDs(t *testing.T) {
	for id, want := range map[string]string{
		"a/b":      "a%2Fb",
		"a b":      "a%20b",
		"100%":     "100%25",
		"%2e%2e":   "%252e%252e",
		"a?b#c":    "a%3Fb%23c",
		"ä":        "%C3%A4",
		"...":      "...",
		"../admin": "..%2Fadmin",
	} {
		t.Run(id, func(t *testing.T) {
			var path string
			transport := roundTrip(func(r *http.Request) (*http.Response, error) {
				path = r.URL.EscapedPath()
				return jsonResponse(r, http.StatusOK, readTestdata(t, "AccountDelete", "response.200.json")), nil
			})
			clients, err := pages.NewClients("http://datadog.test", "http://cloudflare.test", &http.Client{Transport: transport})
			if err != nil {
				t.Fatal(err)
			}
			if err := accountDelete(id)(t.Context(), clients); err != nil {
				t.Fatal(err)
			}
			if path != "/accounts/"+want {
				t.Errorf("path = %s, want /accounts/%s", path, want)
			}
		})
	}
}
