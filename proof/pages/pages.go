// Package pages calls every operation of the generated clients with the inputs
// that its reference page shows.
package pages

import (
	"context"
	"net/http"
	"time"

	"github.com/seed-a7989e22/apigen/generated/cloudflare"
	"github.com/seed-a7989e22/apigen/generated/datadog"
)

// Credentials of the calls; the Cloudflare ones are the examples of the pages.
const (
	DatadogAPIKey      = "datadog-api-key"
	DatadogAppKey      = "datadog-app-key"
	CloudflareToken    = "Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY"
	CloudflareEmail    = "user@example.com"
	CloudflareAPIKey   = "144c9defac04969c7bfad8efaa8ea194"
	CloudflareID       = "023e105f4ecef8ad9ca31a8372d0c353"
	cloudflareSecretID = "3fd85f74b32742f1bff64a85009dda07"
	deletedAccountID   = "1b16db169c9cb7853009857198fae1b9"
)

// Clients are the two generated clients.
type Clients struct {
	Datadog    *datadog.Client
	Cloudflare *cloudflare.Client
}

// NewClients returns clients for two servers with all credentials that the
// pages ask for. The Cloudflare client has the email and the key but no token:
// every operation accepts those. Responses must conform to the document, and
// retries hardly wait.
func NewClients(datadogURL, cloudflareURL string, doer *http.Client) (*Clients, error) {
	dd, err := datadog.NewClient(
		datadog.WithBaseURL(datadogURL),
		datadog.WithHTTPClient(doer),
		datadog.WithAPIKeyAuth(DatadogAPIKey),
		datadog.WithAppKeyAuth(DatadogAppKey),
		datadog.WithStrictResponses(),
		datadog.WithRetry(datadog.RetryPolicy{Max: 2, BaseDelay: time.Millisecond}),
	)
	if err != nil {
		return nil, err
	}
	cf, err := cloudflare.NewClient(
		cloudflare.WithBaseURL(cloudflareURL),
		cloudflare.WithHTTPClient(doer),
		cloudflare.WithAPIEmail(CloudflareEmail),
		cloudflare.WithAPIKey(CloudflareAPIKey),
		cloudflare.WithStrictResponses(),
		cloudflare.WithRetry(cloudflare.RetryPolicy{Max: 2, BaseDelay: time.Millisecond}),
	)
	if err != nil {
		return nil, err
	}
	return &Clients{Datadog: dd, Cloudflare: cf}, nil
}

// Call is one operation with the inputs of its page.
type Call struct {
	// ID is the operationId, which also names the folder in specs/testdata.
	ID string
	// Document is the file in specs/.
	Document string
	// Method and Path are what must go over the wire, below the base URL.
	Method, Path string
	// Request is the file of the page's request body; empty when there is none.
	Request string
	// Do makes the call and returns the result of the generated method.
	Do func(ctx context.Context, c *Clients) (any, error)
}

// Calls returns all seven operations, and twice those whose page has two
// request examples.
func Calls() []Call {
	return append(datadogCalls(), cloudflareCalls()...)
}

func datadogCalls() []Call {
	cloudflarePath := "/api/v2/integrations/cloudflare/accounts/c1a8e059bfd1e911cf10b626340c9a54"
	confluentPath := "/api/v2/integrations/confluent-cloud/accounts/account_id_abc123"
	cloudflareAccount := func(attributes datadog.CloudflareAccountUpdateRequestAttributes) func(context.Context, *Clients) (any, error) {
		return func(ctx context.Context, c *Clients) (any, error) {
			return c.Datadog.CloudflareIntegration.UpdateCloudflareAccount(ctx, datadog.UpdateCloudflareAccountParams{
				AccountID: "c1a8e059bfd1e911cf10b626340c9a54",
				Body: datadog.CloudflareAccountUpdateRequest{
					Data: datadog.CloudflareAccountUpdateRequestData{
						Attributes: &attributes,
						Type:       new(datadog.CloudflareAccountTypeCloudflareAccounts),
					},
				},
			})
		}
	}
	confluentAccount := func(attributes datadog.ConfluentAccountUpdateRequestAttributes) func(context.Context, *Clients) (any, error) {
		return func(ctx context.Context, c *Clients) (any, error) {
			return c.Datadog.ConfluentCloud.UpdateConfluentAccount(ctx, datadog.UpdateConfluentAccountParams{
				AccountID: "account_id_abc123",
				Body: datadog.ConfluentAccountUpdateRequest{
					// The type, which has one value only, is filled in.
					Data: datadog.ConfluentAccountUpdateRequestData{Attributes: attributes},
				},
			})
		}
	}
	return []Call{{
		ID: "UpdateCloudflareAccount", Document: "datadog.yaml", Request: "request.model.json",
		Method: http.MethodPatch, Path: cloudflarePath,
		Do: cloudflareAccount(datadog.CloudflareAccountUpdateRequestAttributes{
			APIKey: "fakekey",
			Email:  new("dev@datadoghq.com"),
			Zones:  []string{"zone-id-3"},
		}),
	}, {
		ID: "UpdateCloudflareAccount", Document: "datadog.yaml", Request: "request.curl.json",
		Method: http.MethodPatch, Path: cloudflarePath,
		Do: cloudflareAccount(datadog.CloudflareAccountUpdateRequestAttributes{
			APIKey:    "EXAMPLE_API_KEY_abc123",
			Email:     new("test-email@example.com"),
			Resources: []string{"web", "dns", "lb", "worker"},
			Zones:     []string{"zone_id_1", "zone_id_2"},
		}),
	}, {
		ID: "UpdateConfluentAccount", Document: "datadog.yaml", Request: "request.model.json",
		Method: http.MethodPatch, Path: confluentPath,
		Do: confluentAccount(datadog.ConfluentAccountUpdateRequestAttributes{
			APIKey:    "TESTAPIKEY123",
			APISecret: "update-secret",
			Tags:      []string{"updated_tag:val"},
		}),
	}, {
		ID: "UpdateConfluentAccount", Document: "datadog.yaml", Request: "request.curl.json",
		Method: http.MethodPatch, Path: confluentPath,
		Do: confluentAccount(datadog.ConfluentAccountUpdateRequestAttributes{
			APIKey:    "TESTAPIKEY123",
			APISecret: "test-api-secret-123",
			Tags:      []string{"myTag", "myTag2:myValue"},
		}),
	}}
}

func cloudflareCalls() []Call {
	return []Call{{
		ID: "AccountCreate", Document: "cloudflare.yaml", Request: "request.json",
		Method: http.MethodPost, Path: "/accounts",
		Do: func(ctx context.Context, c *Clients) (any, error) {
			return c.Cloudflare.Accounts.Create(ctx, cloudflare.AccountCreateParams{
				Body: cloudflare.AccountCreateRequest{
					Name: "<Account Name>",
					Type: cloudflare.AccountTypeStandard,
				},
			})
		},
	}, {
		ID: "AccountList", Document: "cloudflare.yaml",
		Method: http.MethodGet, Path: "/accounts",
		Do: func(ctx context.Context, c *Clients) (any, error) {
			return c.Cloudflare.Accounts.List(ctx, cloudflare.AccountListParams{})
		},
	}, {
		ID: "AccountDelete", Document: "cloudflare.yaml",
		Method: http.MethodDelete, Path: "/accounts/" + deletedAccountID,
		Do: func(ctx context.Context, c *Clients) (any, error) {
			return c.Cloudflare.Accounts.Delete(ctx, cloudflare.AccountDeleteParams{
				AccountID: deletedAccountID,
			})
		},
	}, {
		ID: "StoreSecretEdit", Document: "cloudflare.yaml", Request: "request.json",
		Method: http.MethodPatch,
		Path:   "/accounts/" + CloudflareID + "/secrets_store/stores/" + CloudflareID + "/secrets/" + cloudflareSecretID,
		Do: func(ctx context.Context, c *Clients) (any, error) {
			return c.Cloudflare.SecretsStore.Stores.Secrets.Edit(ctx, cloudflare.StoreSecretEditParams{
				AccountID: CloudflareID,
				StoreID:   CloudflareID,
				SecretID:  cloudflareSecretID,
				Body: cloudflare.StoreSecretEditRequest{
					Comment: new("info about my secret"),
					Scopes:  []string{"workers", "ai_gateway", "dex", "access"},
				},
			})
		},
	}, {
		ID: "AccessKeyUpdate", Document: "cloudflare.yaml", Request: "request.json",
		Method: http.MethodPut, Path: "/accounts/" + CloudflareID + "/access/keys",
		Do: func(ctx context.Context, c *Clients) (any, error) {
			return c.Cloudflare.ZeroTrust.Access.Keys.Update(ctx, cloudflare.AccessKeyUpdateParams{
				AccountID: CloudflareID,
				Body:      cloudflare.AccessKeyUpdateRequest{KeyRotationIntervalDays: 30},
			})
		},
	}}
}
