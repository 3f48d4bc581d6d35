package proof_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generated/cloudflare"
	"github.com/seed-a7989e22/apigen/generated/datadog"
	"github.com/seed-a7989e22/apigen/proof/pages"
)

const id33 = "023e105f4ecef8ad9ca31a8372d0c3533" // one character more than the limit

// tampered is a call with one input that the page forbids.
type tampered struct {
	name string
	// want is the one violation: the JSON pointer or the parameter, and the
	// limit.
	want string
	do   func(context.Context, *pages.Clients) error
}

func tamperedCalls() []tampered {
	tests := []tampered{
		{"account id of 33 characters (keys)", "path/account_id maxLength 32", keyUpdate(id33, 30)},
		{"20 days", "/key_rotation_interval_days minimum 21", keyUpdate(pages.CloudflareID, 20)},
		{"366 days", "/key_rotation_interval_days maximum 365", keyUpdate(pages.CloudflareID, 366)},
		{"no days", "/key_rotation_interval_days minimum 21", keyUpdate(pages.CloudflareID, 0)},
		{"account id of 33 characters (secret)", "path/account_id maxLength 32", secretEdit(id33, "s", "x")},
		{"store id of 33 characters", "path/store_id maxLength 32", secretEdit("a", id33, "x")},
		{"secret id of 33 characters", "path/secret_id maxLength 32", secretEdit("a", "s", id33)},
		{"unknown type of account", "/type enum", accountCreate("premium")},
		{"missing type of account", "/type required", accountCreate("")},
		{"missing api_key (Cloudflare)", "/data/attributes/api_key required", cloudflareAccount("a", "")},
		{"missing api_key (Confluent)", "/data/attributes/api_key required", confluentAccount("a", "", "s")},
		{"missing api_secret", "/data/attributes/api_secret required", confluentAccount("a", "k", "")},
	}
	const dots = `not "." or "..", which lead to another path`
	for id, keyword := range map[string]string{"": "required", ".": dots, "..": dots} {
		tests = append(tests,
			tampered{"keys of account " + id, "path/account_id " + keyword, keyUpdate(id, 30)},
			tampered{"secret of account " + id, "path/account_id " + keyword, secretEdit(id, "s", "x")},
			tampered{"secret in store " + id, "path/store_id " + keyword, secretEdit("a", id, "x")},
			tampered{"secret " + id, "path/secret_id " + keyword, secretEdit("a", "s", id)},
			tampered{"delete " + id, "path/account_id " + keyword, accountDelete(id)},
			tampered{"Cloudflare account " + id, "path/account_id " + keyword, cloudflareAccount(id, "k")},
			tampered{"Confluent account " + id, "path/account_id " + keyword, confluentAccount(id, "k", "s")},
		)
	}
	return tests
}

// TestTamperedInputs refuses every input that a page forbids, names it, and
// sends nothing.
func TestTamperedInputs(t *testing.T) {
	for _, test := range tamperedCalls() {
		t.Run(test.name, func(t *testing.T) {
			dd, cf := newServer(t, "datadog.yaml"), newServer(t, "cloudflare.yaml")
			clients := &pages.Clients{Datadog: dd.clients.Datadog, Cloudflare: cf.clients.Cloudflare}
			err := test.do(t.Context(), clients)
			got := violations(err)
			if len(got) != 1 || !strings.HasPrefix(got[0], test.want) {
				t.Errorf("error = %v (%[1]T) with violations %q, want a *ValidationError with %q", err, got, test.want)
			}
			if err != nil && !strings.Contains(err.Error(), strings.Fields(test.want)[0]) {
				t.Errorf("error = %v, want it to name %s", err, strings.Fields(test.want)[0])
			}
			if n := len(dd.requests) + len(cf.requests); n != 0 {
				t.Errorf("%d requests were sent, want none", n)
			}
		})
	}
}

// TestErrorsKeepSecrets: an error about one input does not tell another, nor
// the secret it is about.
func TestErrorsKeepSecrets(t *testing.T) {
	server := newServer(t, "datadog.yaml")
	err := confluentAccount("a", "", "s3cr3t")(t.Context(), server.clients)
	if err == nil || strings.Contains(err.Error(), "s3cr3t") {
		t.Errorf("error = %v, want one without the secret", err)
	}
}

// TestLimitsAreInclusive sends what is just allowed.
func TestLimitsAreInclusive(t *testing.T) {
	server := newServer(t, "cloudflare.yaml")
	server.reply(200, readTestdata(t, "AccessKeyUpdate", "response.200.json"))
	for _, days := range []float64{21, 365} {
		if err := keyUpdate(pages.CloudflareID, days)(t.Context(), server.clients); err != nil {
			t.Errorf("%v days: %v", days, err)
		}
	}
}

// TestNoCredentials sends nothing without credentials.
func TestNoCredentials(t *testing.T) {
	for _, name := range []string{
		"DD_API_KEY", "DD_APP_KEY", "CLOUDFLARE_API_TOKEN", "CLOUDFLARE_EMAIL", "CLOUDFLARE_API_KEY",
	} {
		t.Setenv(name, "")
	}
	dd, cf := newServer(t, "datadog.yaml"), newServer(t, "cloudflare.yaml")
	datadogClient, err := datadog.NewClient(datadog.WithBaseURL(dd.url), datadog.WithAPIKeyAuth("one of two"))
	if err != nil {
		t.Fatal(err)
	}
	cloudflareClient, err := cloudflare.NewClient(cloudflare.WithBaseURL(cf.url), cloudflare.WithAPIEmail("one of two"))
	if err != nil {
		t.Fatal(err)
	}
	clients := &pages.Clients{Datadog: datadogClient, Cloudflare: cloudflareClient}
	for _, call := range pages.Calls() {
		if _, err := call.Do(t.Context(), clients); err == nil {
			t.Errorf("%s succeeds without credentials", call.ID)
		}
	}
	if n := len(dd.requests) + len(cf.requests); n != 0 {
		t.Errorf("%d requests were sent, want none", n)
	}
}

// violations returns those of a *ValidationError: pointer, keyword and limit.
func violations(err error) []string {
	var all []string
	if e, ok := errors.AsType[*datadog.ValidationError](err); ok {
		for _, v := range e.Violations {
			all = append(all, strings.TrimSpace(v.Pointer+" "+v.Keyword+" "+v.Limit))
		}
	}
	if e, ok := errors.AsType[*cloudflare.ValidationError](err); ok {
		for _, v := range e.Violations {
			all = append(all, strings.TrimSpace(v.Pointer+" "+v.Keyword+" "+v.Limit))
		}
	}
	return all
}

// TestAllViolationsAtOnce reports everything that is wrong with a request.
func TestAllViolationsAtOnce(t *testing.T) {
	server := newServer(t, "cloudflare.yaml")
	want := []string{
		"path/account_id maxLength 32",
		"/key_rotation_interval_days maximum 365",
	}
	if diff := cmp.Diff(want, violations(keyUpdate(id33, 366)(t.Context(), server.clients))); diff != "" {
		t.Errorf("violations (-want +got):\n%s", diff)
	}
}

func keyUpdate(account string, days float64) func(context.Context, *pages.Clients) error {
	return func(ctx context.Context, c *pages.Clients) error {
		_, err := c.Cloudflare.ZeroTrust.Access.Keys.Update(ctx, cloudflare.AccessKeyUpdateParams{
			AccountID: account,
			Body:      cloudflare.AccessKeyUpdateRequest{KeyRotationIntervalDays: days},
		})
		return err
	}
}

func secretEdit(account, store, secret string) func(context.Context, *pages.Clients) error {
	return func(ctx context.Context, c *pages.Clients) error {
		_, err := c.Cloudflare.SecretsStore.Stores.Secrets.Edit(ctx, cloudflare.StoreSecretEditParams{
			AccountID: account, StoreID: store, SecretID: secret,
		})
		return err
	}
}

// TestEmptyText holds that text may be empty unless it is a secret: nobody but
// the server knows whether it should be.
func TestEmptyText(t *testing.T) {
	account := cloudflare.AccountCreateRequest{Type: cloudflare.AccountTypeStandard}
	if err := account.Validate(); err != nil {
		t.Error(err)
	}
}

func accountCreate(kind cloudflare.AccountType) func(context.Context, *pages.Clients) error {
	return func(ctx context.Context, c *pages.Clients) error {
		_, err := c.Cloudflare.Accounts.Create(ctx, cloudflare.AccountCreateParams{
			Body: cloudflare.AccountCreateRequest{Name: "name", Type: kind},
		})
		return err
	}
}

func accountDelete(account string) func(context.Context, *pages.Clients) error {
	return func(ctx context.Context, c *pages.Clients) error {
		_, err := c.Cloudflare.Accounts.Delete(ctx, cloudflare.AccountDeleteParams{AccountID: account})
		return err
	}
}

func cloudflareAccount(account, key string) func(context.Context, *pages.Clients) error {
	return func(ctx context.Context, c *pages.Clients) error {
		_, err := c.Datadog.CloudflareIntegration.UpdateCloudflareAccount(ctx, datadog.UpdateCloudflareAccountParams{
			AccountID: account,
			Body: datadog.CloudflareAccountUpdateRequest{
				Data: datadog.CloudflareAccountUpdateRequestData{
					Attributes: &datadog.CloudflareAccountUpdateRequestAttributes{APIKey: key},
				},
			},
		})
		return err
	}
}

func confluentAccount(account, key, secret string) func(context.Context, *pages.Clients) error {
	return func(ctx context.Context, c *pages.Clients) error {
		_, err := c.Datadog.ConfluentCloud.UpdateConfluentAccount(ctx, datadog.UpdateConfluentAccountParams{
			AccountID: account,
			Body: datadog.ConfluentAccountUpdateRequest{
				Data: datadog.ConfluentAccountUpdateRequestData{
					Attributes: datadog.ConfluentAccountUpdateRequestAttributes{APIKey: key, APISecret: secret},
				},
			},
		})
		return err
	}
}
