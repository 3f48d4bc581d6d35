// Command sdk makes one call with Datadog's SDK.
package main

import (
	"context"
	"fmt"

	"github.com/DataDog/datadog-api-client-go/v2/api/datadog"
	"github.com/DataDog/datadog-api-client-go/v2/api/datadogV2"
)

func main() {
	ctx := datadog.NewDefaultContext(context.Background())
	api := datadogV2.NewCloudflareIntegrationApi(datadog.NewAPIClient(datadog.NewConfiguration()))
	account, _, err := api.UpdateCloudflareAccount(ctx, "id", datadogV2.CloudflareAccountUpdateRequest{
		Data: datadogV2.CloudflareAccountUpdateRequestData{
			Attributes: &datadogV2.CloudflareAccountUpdateRequestAttributes{ApiKey: "key"},
		},
	})
	fmt.Println(account, err)
}
