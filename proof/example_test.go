package proof_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/seed-a7989e22/apigen/generated/datadog"
)

// fakeDatadog answers like the reference page: with the updated account, or
// with 404 for an account it does not have.
func fakeDatadog() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		file := "response.200.json"
		if !strings.HasSuffix(r.URL.Path, "/c1a8e059bfd1e911cf10b626340c9a54") {
			file = "response.404.json"
			w.WriteHeader(http.StatusNotFound)
		}
		data, err := os.ReadFile("../specs/testdata/UpdateCloudflareAccount/" + file)
		if err != nil {
			panic(err) // the test data is part of the repository
		}
		_, _ = w.Write(data)
	}))
}

func Example() {
	server := fakeDatadog() // without WithBaseURL, the call goes to api.us5.datadoghq.com
	defer server.Close()

	client, err := datadog.NewClient(
		datadog.WithBaseURL(server.URL),
		datadog.WithSite(datadog.SiteUS5),     // or DD_SITE
		datadog.WithAPIKeyAuth("api-key"),     // or DD_API_KEY
		datadog.WithAppKeyAuth("application"), // or DD_APP_KEY
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	update := datadog.UpdateCloudflareAccountParams{
		AccountID: "c1a8e059bfd1e911cf10b626340c9a54",
		Body: datadog.CloudflareAccountUpdateRequest{
			Data: datadog.CloudflareAccountUpdateRequestData{
				Attributes: &datadog.CloudflareAccountUpdateRequestAttributes{
					APIKey: "cloudflare-api-key",
					Email:  new("test-email@example.com"),
					Zones:  []string{"zone_id_1", "zone_id_2"},
				},
			},
		},
	}
	ctx := context.Background()

	account, err := client.CloudflareIntegration.UpdateCloudflareAccount(ctx, update)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(account.Data.Attributes.Name, account.Data.Attributes.Zones)

	update.AccountID = "another"
	_, err = client.CloudflareIntegration.UpdateCloudflareAccount(ctx, update)
	if e, ok := errors.AsType[*datadog.Error[datadog.APIErrorResponse]](err); ok {
		fmt.Println(e.StatusCode, e.Body.Errors)
	}

	update.Body.Data.Attributes.APIKey = ""
	_, err = client.CloudflareIntegration.UpdateCloudflareAccount(ctx, update)
	fmt.Println(err) // nothing was sent

	// Output:
	// test-name [zone_id_1 zone_id_2]
	// 404 [Bad Request]
	// validation failed: /data/attributes/api_key: required
}
