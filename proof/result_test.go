package proof_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generated/cloudflare"
	"github.com/seed-a7989e22/apigen/generated/datadog"
	"github.com/seed-a7989e22/apigen/proof/pages"
)

// results are the responses of the pages as Go values, by operation: every
// value of the page is in a field.
func results() map[string]any {
	infos := []cloudflare.ResponseInfo{{
		Code:             1000,
		Message:          "message",
		DocumentationURL: new("documentation_url"),
		Source:           &cloudflare.ResponseInfoSource{Pointer: new("pointer")},
	}}
	none := []cloudflare.ResponseInfo{}
	secretTime := time.Date(2023, 9, 21, 18, 56, 32, 624632000, time.UTC)
	return map[string]any{
		"UpdateCloudflareAccount": &datadog.CloudflareAccountResponse{
			Data: &datadog.CloudflareAccountResponseData{
				Attributes: datadog.CloudflareAccountResponseAttributes{
					Email:     new("test-email@example.com"),
					Name:      "test-name",
					Resources: []string{"web", "dns", "lb", "worker"},
					Zones:     []string{"zone_id_1", "zone_id_2"},
				},
				ID:   "c1a8e059bfd1e911cf10b626340c9a54",
				Type: datadog.CloudflareAccountTypeCloudflareAccounts,
			},
		},
		"UpdateConfluentAccount": &datadog.ConfluentAccountResponse{
			Data: &datadog.ConfluentAccountResponseData{
				Attributes: datadog.ConfluentAccountResponseAttributes{
					APIKey: "TESTAPIKEY123",
					Resources: []datadog.ConfluentResourceResponseAttributes{{
						EnableCustomMetrics: new(false),
						ID:                  new("resource_id_abc123"),
						ResourceType:        datadog.ConfluentResourceKindKafka,
						Tags:                []string{"myTag", "myTag2:myValue"},
					}},
					Tags: []string{"myTag", "myTag2:myValue"},
				},
				ID:   "account_id_abc123",
				Type: datadog.ConfluentAccountTypeConfluentCloudAccounts,
			},
		},
		"AccountCreate": &cloudflare.AccountCreateResponse{
			Result: cloudflare.Account{
				ID:       "2bab6ace8c72ed3f09b9eca6db1396bb",
				Name:     "<Account Name>",
				Type:     new(cloudflare.AccountTypeStandard),
				Settings: cloudflare.AccountSettings{EnforceTwofactor: false},
			},
			Success: true, Errors: none, Messages: none,
		},
		"AccountList": &cloudflare.AccountListResponse{
			Result: []cloudflare.Account{
				{ID: "a34bd6cc645a31486aa2ef71f1b9afb6", Name: "My Personal Account"},
				{ID: "1b16db169c9cb7853009857198fae1b9", Name: "Created Account"},
			},
			ResultInfo: cloudflare.AccountListResultInfo{Page: 1, PerPage: 20, TotalPages: 1, Count: 2, TotalCount: 2},
			Success:    true, Errors: none, Messages: none,
		},
		"AccountDelete": &cloudflare.AccountDeleteResponse{
			Result:  cloudflare.DeletedAccount{ID: "1b16db169c9cb7853009857198fae1b9"},
			Success: true, Errors: none, Messages: none,
		},
		"StoreSecretEdit": &cloudflare.StoreSecretEditResponse{
			Errors: infos, Messages: infos, Success: true,
			Result: &cloudflare.StoreSecret{
				ID:       "3fd85f74b32742f1bff64a85009dda07",
				Created:  secretTime,
				Modified: secretTime,
				Name:     "MY_API_KEY",
				Status:   cloudflare.StoreSecretStatusPending,
				StoreID:  "023e105f4ecef8ad9ca31a8372d0c353",
				Comment:  new("info about my secret"),
			},
			ResultInfo: &cloudflare.ResultInfo{
				Count: new(1.0), Page: new(1.0), PerPage: new(20.0), TotalCount: new(2000.0),
			},
		},
		"AccessKeyUpdate": &cloudflare.AccessKeyUpdateResponse{
			DaysUntilNextRotation:   new(1.0),
			KeyRotationIntervalDays: new(30.0),
			LastKeyRotationAt:       new(time.Date(2014, 1, 1, 5, 20, 0, 123450000, time.UTC)),
		},
	}
}

// TestResponsesOfThePages decodes the responses of the pages, finds every value
// in its field and encodes the result to the same JSON.
func TestResponsesOfThePages(t *testing.T) {
	want := results()
	for _, call := range pages.Calls() {
		t.Run(call.ID+"/"+call.Request, func(t *testing.T) {
			server := newServer(t, call.Document)
			body := readTestdata(t, call.ID, "response.200.json")
			server.reply(http.StatusOK, body)
			got, err := call.Do(t.Context(), server.clients)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want[call.ID], got); diff != "" {
				t.Errorf("result (-want +got):\n%s", diff)
			}
			encoded, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			if call.ID == "AccessKeyUpdate" { // returns the content of the envelope
				encoded = fmt.Appendf(nil, `{"result":%s}`, encoded)
				body = onlyProperty(t, body, "result")
			}
			wantJSON(t, body, encoded)
		})
	}
}

// TestEnvelopeOfTheAccessKeys decodes what the method leaves out.
func TestEnvelopeOfTheAccessKeys(t *testing.T) {
	body := readTestdata(t, "AccessKeyUpdate", "response.200.json")
	var envelope cloudflare.AccessKeyUpdateResponseEnvelope
	if err := json.Unmarshal(body, &envelope); err != nil {
		t.Fatal(err)
	}
	if got := *envelope.Errors[0].Source.Pointer; got != "pointer" {
		t.Errorf("source pointer = %q, want pointer", got)
	}
	encoded, err := json.Marshal(envelope)
	if err != nil {
		t.Fatal(err)
	}
	wantJSON(t, body, encoded)
}

// TestDocumentedErrors answers with every documented error status: the error
// has the documented type, and is a ResponseError as well.
func TestDocumentedErrors(t *testing.T) {
	failure := []byte(`{"errors":[{"code":1000,"message":"message","source":{"pointer":"/name"}}],"messages":[],"success":false}`)
	statuses := []int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusTooManyRequests}
	for _, call := range pages.Calls() {
		for _, status := range statuses {
			t.Run(fmt.Sprintf("%s/%s/%d", call.ID, call.Request, status), func(t *testing.T) {
				server := newServer(t, call.Document)
				server.header = http.Header{"Retry-After": {"0"}}
				if call.Document == "datadog.yaml" {
					server.reply(status, readTestdata(t, call.ID, fmt.Sprintf("response.%d.json", status)))
					_, err := call.Do(t.Context(), server.clients)
					wantDatadogError(t, err, status)
					return
				}
				server.reply(status, failure)
				_, err := call.Do(t.Context(), server.clients)
				wantCloudflareError(t, err, status)
			})
		}
	}
}

func wantDatadogError(t *testing.T, err error, status int) {
	t.Helper()
	typed, ok := errors.AsType[*datadog.Error[datadog.APIErrorResponse]](err)
	if !ok {
		t.Fatalf("error = %v (%[1]T), want an *Error[APIErrorResponse]", err)
	}
	if typed.StatusCode != status {
		t.Errorf("status = %d, want %d", typed.StatusCode, status)
	}
	if diff := cmp.Diff([]string{"Bad Request"}, typed.Body.Errors); diff != "" {
		t.Errorf("errors (-want +got):\n%s", diff)
	}
	if response, ok := errors.AsType[*datadog.ResponseError](err); !ok || response.StatusCode != status {
		t.Errorf("error is no *ResponseError with status %d: %v", status, err)
	}
}

func wantCloudflareError(t *testing.T, err error, status int) {
	t.Helper()
	typed, ok := errors.AsType[*cloudflare.Error[cloudflare.APIErrorResponse]](err)
	if !ok {
		t.Fatalf("error = %v (%[1]T), want an *Error[APIErrorResponse]", err)
	}
	want := cloudflare.APIErrorResponse{
		Errors: []cloudflare.ResponseInfo{{
			Code: 1000, Message: "message", Source: &cloudflare.ResponseInfoSource{Pointer: new("/name")},
		}},
		Messages: []cloudflare.ResponseInfo{},
	}
	if diff := cmp.Diff(want, typed.Body); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	if response, ok := errors.AsType[*cloudflare.ResponseError](err); !ok || response.StatusCode != status {
		t.Errorf("error is no *ResponseError with status %d: %v", status, err)
	}
}

// TestUndocumentedErrors answers with what no page foresees.
func TestUndocumentedErrors(t *testing.T) {
	for _, call := range pages.Calls() {
		t.Run(call.ID+"/"+call.Request, func(t *testing.T) {
			server := newServer(t, call.Document)
			server.reply(http.StatusNotImplemented, []byte(`"nothing to see"`))
			_, err := call.Do(t.Context(), server.clients)
			var status int
			if e, ok := errors.AsType[*datadog.ResponseError](err); ok {
				status = e.StatusCode
			}
			if e, ok := errors.AsType[*cloudflare.ResponseError](err); ok {
				status = e.StatusCode
			}
			if status != http.StatusNotImplemented {
				t.Errorf("error = %v (%[1]T), want a *ResponseError with status 501", err)
			}
		})
	}
}

// TestPages walks three pages of accounts.
func TestPages(t *testing.T) {
	var queries []string
	transport := roundTrip(func(r *http.Request) (*http.Response, error) {
		queries = append(queries, r.URL.RawQuery)
		n := len(queries)
		body := fmt.Appendf(nil, `{"result":[{"id":"%d","name":"account %[1]d","settings":{"enforce_twofactor":false}}],
			"result_info":{"page":%[1]d,"per_page":1,"total_pages":3,"count":1,"total_count":3},
			"success":true,"errors":[],"messages":[]}`, n)
		return jsonResponse(r, http.StatusOK, body), nil
	})
	clients, err := pages.NewClients("http://datadog.test", "http://cloudflare.test", &http.Client{Transport: transport})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for account, err := range clients.Cloudflare.Accounts.ListAll(t.Context(), cloudflare.AccountListParams{PerPage: new(int64(1))}) {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, account.Name)
	}
	if diff := cmp.Diff([]string{"account 1", "account 2", "account 3"}, names); diff != "" {
		t.Errorf("accounts (-want +got):\n%s", diff)
	}
	if len(queries) != 3 {
		t.Errorf("%d pages were fetched (%q), want 3", len(queries), queries)
	}
}

// onlyProperty returns the object with one of its properties.
func onlyProperty(t *testing.T, object []byte, name string) []byte {
	t.Helper()
	var all map[string]json.RawMessage
	if err := json.Unmarshal(object, &all); err != nil {
		t.Fatal(err)
	}
	return fmt.Appendf(nil, `{%q:%s}`, name, all[name])
}
