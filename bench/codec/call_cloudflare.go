package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	sdk "github.com/cloudflare/cloudflare-go/v6"
	"github.com/cloudflare/cloudflare-go/v6/option"
	"github.com/cloudflare/cloudflare-go/v6/zero_trust"
	"github.com/ogen-go/ogen/ogenerrors"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/cloudflare"
	oapi "github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/cloudflare"
	ogen "github.com/seed-a7989e22/apigen/bench/clients/ogen/cloudflare"
)

const (
	cloudflareSDK     = "Cloudflare's SDK"
	cloudflareToken   = "Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY"
	cloudflareAccount = "023e105f4ecef8ad9ca31a8372d0c353"
	cloudflareServer  = "https://api.cloudflare.com/client/v4"
)

func updateKeys() (operation, error) {
	request, err := documented("AccessKeyUpdate", "request.json")
	if err != nil {
		return operation{}, err
	}
	response, err := documented("AccessKeyUpdate", "response.200.json")
	if err != nil {
		return operation{}, err
	}
	var envelope struct{ Result json.RawMessage }
	if err := json.Unmarshal(response, &envelope); err != nil {
		return operation{}, err
	}
	return operation{
		name:     "ZeroTrust.Access.Keys.Update",
		response: response,
		wanted: wanted{
			method: http.MethodPut, content: request, result: envelope.Result,
			url:    cloudflareServer + "/accounts/" + cloudflareAccount + "/access/keys",
			header: http.Header{"Authorization": {"Bearer " + cloudflareToken}, "Content-Type": {"application/json"}},
		},
		callers: func(t *transport) ([]caller, error) {
			var callers []caller
			for _, makeCaller := range []func(*http.Client) (caller, error){ownKeys, sdkKeys, ogenKeys, oapiKeys} {
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

func ownKeys(hc *http.Client) (caller, error) {
	client, err := cloudflare.NewClient(cloudflare.WithHTTPClient(hc), cloudflare.WithAPIToken(cloudflareToken))
	if err != nil {
		return caller{}, err
	}
	ctx := context.Background()
	return caller{name: own, call: func() (any, error) {
		return client.ZeroTrust.Access.Keys.Update(ctx, cloudflare.AccessKeyUpdateParams{
			AccountID: cloudflareAccount,
			Body:      cloudflare.AccessKeyUpdateRequest{KeyRotationIntervalDays: 30},
		})
	}}, nil
}

func sdkKeys(hc *http.Client) (caller, error) {
	client := sdk.NewClient(option.WithHTTPClient(hc), option.WithAPIToken(cloudflareToken))
	ctx := context.Background()
	return caller{name: cloudflareSDK, call: func() (any, error) {
		return client.ZeroTrust.Access.Keys.Update(ctx, zero_trust.AccessKeyUpdateParams{
			AccountID:               sdk.F(cloudflareAccount),
			KeyRotationIntervalDays: sdk.F(30.0),
		})
	}}, nil
}

// cloudflareKeys are the credentials for ogen's client.
type cloudflareKeys struct{}

func (cloudflareKeys) ApiEmail(context.Context, ogen.OperationName) (ogen.ApiEmail, error) {
	return ogen.ApiEmail{}, ogenerrors.ErrSkipClientSecurity
}

func (cloudflareKeys) ApiKey(context.Context, ogen.OperationName) (ogen.ApiKey, error) {
	return ogen.ApiKey{}, ogenerrors.ErrSkipClientSecurity
}

func (cloudflareKeys) ApiToken(context.Context, ogen.OperationName) (ogen.ApiToken, error) {
	return ogen.ApiToken{Token: cloudflareToken}, nil
}

func ogenKeys(hc *http.Client) (caller, error) {
	client, err := ogen.NewClient(cloudflareServer, cloudflareKeys{}, ogen.WithClient(hc))
	if err != nil {
		return caller{}, err
	}
	ctx := context.Background()
	return caller{name: peer, plain: plainKeys, call: func() (any, error) {
		result, err := client.AccessKeyUpdate(ctx, &ogen.AccessKeyUpdateRequest{KeyRotationIntervalDays: 30},
			ogen.AccessKeyUpdateParams{AccountID: cloudflareAccount})
		if err != nil {
			return nil, err
		}
		envelope, ok := result.(*ogen.AccessKeyUpdateResponseEnvelope)
		if !ok {
			return nil, fmt.Errorf("result is %T", result)
		}
		return &envelope.Result, nil
	}}, nil
}

// plainKeys is for ogen, which encodes times without fractions of a second.
func plainKeys(result any) any {
	keys := result.(*ogen.AccessKeyUpdateResponse)
	return map[string]any{
		"days_until_next_rotation":   keys.DaysUntilNextRotation.Value,
		"key_rotation_interval_days": keys.KeyRotationIntervalDays.Value,
		"last_key_rotation_at":       keys.LastKeyRotationAt.Value,
	}
}

func oapiKeys(hc *http.Client) (caller, error) {
	client, err := oapi.NewClientWithResponses(cloudflareServer, oapi.WithHTTPClient(hc),
		oapi.WithRequestEditorFn(func(_ context.Context, req *http.Request) error {
			req.Header.Set("Authorization", "Bearer "+cloudflareToken)
			return nil
		}))
	if err != nil {
		return caller{}, err
	}
	ctx := context.Background()
	return caller{name: "oapi-codegen", call: func() (any, error) {
		result, err := client.AccessKeyUpdateWithResponse(ctx, cloudflareAccount, oapi.AccessKeyUpdateRequest{KeyRotationIntervalDays: 30})
		if err != nil {
			return nil, err
		}
		return &result.JSON200.Result, nil
	}}, nil
}
