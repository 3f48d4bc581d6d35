package main

import (
	"context"
	"fmt"
	"net/http"

	sdk "github.com/DataDog/datadog-api-client-go/v2/api/datadog"
	"github.com/DataDog/datadog-api-client-go/v2/api/datadogV2"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/datadog"
	oapi "github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/datadog"
	ogen "github.com/seed-a7989e22/apigen/bench/clients/ogen/datadog"
)

const (
	apiKey    = "0123456789abcdef0123456789abcdef"
	appKey    = "0123456789abcdef0123456789abcdef01234567"
	accountID = "c1a8e059bfd1e911cf10b626340c9a54"
)

func updateCloudflareAccount() (operation, error) {
	request, err := documented("UpdateCloudflareAccount", "request.curl.json")
	if err != nil {
		return operation{}, err
	}
	response, err := documented("UpdateCloudflareAccount", "response.200.json")
	if err != nil {
		return operation{}, err
	}
	return operation{
		name:     "UpdateCloudflareAccount",
		response: response,
		wanted: wanted{
			method: http.MethodPatch, content: request, result: response,
			url:    "https://api.datadoghq.com/api/v2/integrations/cloudflare/accounts/" + accountID,
			header: http.Header{"Dd-Api-Key": {apiKey}, "Dd-Application-Key": {appKey}, "Content-Type": {"application/json"}},
		},
		callers: func(t *transport) ([]caller, error) {
			var callers []caller
			for _, makeCaller := range []func(*http.Client) (caller, error){ownDatadog, sdkDatadog, ogenDatadog, oapiDatadog} {
				c, err := makeCaller(&http.Client{Transport: t})
				if err != nil {
					return nil, err
				}
				callers = append(callers, c)
			}
			return callers, nil
		},
	}, nil
}

func zones() []string     { return []string{"zone_id_1", "zone_id_2"} }
func resources() []string { return []string{"web", "dns", "lb", "worker"} }

func ownDatadog(hc *http.Client) (caller, error) {
	client, err := datadog.NewClient(datadog.WithHTTPClient(hc), datadog.WithAPIKeyAuth(apiKey), datadog.WithAppKeyAuth(appKey))
	if err != nil {
		return caller{}, err
	}
	ctx := context.Background()
	return caller{name: own, call: func() (any, error) {
		return client.CloudflareIntegration.UpdateCloudflareAccount(ctx, datadog.UpdateCloudflareAccountParams{
			AccountID: accountID,
			Body: datadog.CloudflareAccountUpdateRequest{
				Data: datadog.CloudflareAccountUpdateRequestData{
					Type: new(datadog.CloudflareAccountTypeCloudflareAccounts),
					Attributes: &datadog.CloudflareAccountUpdateRequestAttributes{
						APIKey: "EXAMPLE_API_KEY_abc123", Email: new("test-email@example.com"), Resources: resources(), Zones: zones(),
					},
				},
			},
		})
	}}, nil
}

func sdkDatadog(hc *http.Client) (caller, error) {
	config := sdk.NewConfiguration()
	config.HTTPClient = hc
	config.Compress = false // the others do not ask for compression either
	api := datadogV2.NewCloudflareIntegrationApi(sdk.NewAPIClient(config))
	ctx := context.WithValue(context.Background(), sdk.ContextAPIKeys, map[string]sdk.APIKey{
		"apiKeyAuth": {Key: apiKey}, "appKeyAuth": {Key: appKey},
	})
	return caller{name: datadogSDK, call: func() (any, error) {
		result, _, err := api.UpdateCloudflareAccount(ctx, accountID, datadogV2.CloudflareAccountUpdateRequest{
			Data: datadogV2.CloudflareAccountUpdateRequestData{
				Type: datadogV2.CLOUDFLAREACCOUNTTYPE_CLOUDFLARE_ACCOUNTS.Ptr(),
				Attributes: &datadogV2.CloudflareAccountUpdateRequestAttributes{
					ApiKey: "EXAMPLE_API_KEY_abc123", Email: new("test-email@example.com"), Resources: resources(), Zones: zones(),
				},
			},
		})
		return &result, err
	}}, nil
}

// datadogKeys are the credentials for ogen's client.
type datadogKeys struct{}

func (datadogKeys) ApiKeyAuth(context.Context, ogen.OperationName) (ogen.ApiKeyAuth, error) {
	return ogen.ApiKeyAuth{APIKey: apiKey}, nil
}

func (datadogKeys) AppKeyAuth(context.Context, ogen.OperationName) (ogen.AppKeyAuth, error) {
	return ogen.AppKeyAuth{APIKey: appKey}, nil
}

func ogenDatadog(hc *http.Client) (caller, error) {
	client, err := ogen.NewClient("https://api.datadoghq.com", datadogKeys{}, ogen.WithClient(hc))
	if err != nil {
		return caller{}, err
	}
	ctx := context.Background()
	return caller{name: peer, call: func() (any, error) {
		result, err := client.UpdateCloudflareAccount(ctx, &ogen.CloudflareAccountUpdateRequest{
			Data: ogen.CloudflareAccountUpdateRequestData{
				Type: ogen.NewOptCloudflareAccountType(ogen.CloudflareAccountTypeCloudflareAccounts),
				Attributes: ogen.NewOptCloudflareAccountUpdateRequestAttributes(ogen.CloudflareAccountUpdateRequestAttributes{
					APIKey: "EXAMPLE_API_KEY_abc123", Email: ogen.NewOptString("test-email@example.com"),
					Resources: resources(), Zones: zones(),
				}),
			},
		}, ogen.UpdateCloudflareAccountParams{AccountID: accountID})
		if err != nil {
			return nil, err
		}
		account, ok := result.(*ogen.CloudflareAccountResponse)
		if !ok {
			return nil, fmt.Errorf("result is %T", result)
		}
		return account, nil
	}}, nil
}

func oapiDatadog(hc *http.Client) (caller, error) {
	client, err := oapi.NewClientWithResponses("https://api.datadoghq.com", oapi.WithHTTPClient(hc),
		oapi.WithRequestEditorFn(func(_ context.Context, req *http.Request) error {
			req.Header.Set("DD-API-KEY", apiKey)
			req.Header.Set("DD-APPLICATION-KEY", appKey)
			return nil
		}))
	if err != nil {
		return caller{}, err
	}
	ctx := context.Background()
	return caller{name: "oapi-codegen", call: func() (any, error) {
		result, err := client.UpdateCloudflareAccountWithResponse(ctx, accountID, oapi.CloudflareAccountUpdateRequest{
			Data: oapi.CloudflareAccountUpdateRequestData{
				Type: new(oapi.CloudflareAccountTypeCloudflareAccounts),
				Attributes: &oapi.CloudflareAccountUpdateRequestAttributes{
					ApiKey: "EXAMPLE_API_KEY_abc123", Email: new("test-email@example.com"),
					Resources: new(resources()), Zones: new(zones()),
				},
			},
		})
		if err != nil {
			return nil, err
		}
		return result.JSON200, nil
	}}, nil
}
