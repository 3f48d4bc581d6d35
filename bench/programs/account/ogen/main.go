// Command ogen makes one call with the client that ogen generates.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/ogen/datadog"
)

type keys struct{}

func (keys) ApiKeyAuth(context.Context, datadog.OperationName) (datadog.ApiKeyAuth, error) {
	return datadog.ApiKeyAuth{APIKey: os.Getenv("DD_API_KEY")}, nil
}

func (keys) AppKeyAuth(context.Context, datadog.OperationName) (datadog.AppKeyAuth, error) {
	return datadog.AppKeyAuth{APIKey: os.Getenv("DD_APP_KEY")}, nil
}

func main() {
	client, err := datadog.NewClient("https://api.datadoghq.com", keys{})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	account, err := client.UpdateCloudflareAccount(context.Background(), &datadog.CloudflareAccountUpdateRequest{
		Data: datadog.CloudflareAccountUpdateRequestData{
			Attributes: datadog.NewOptCloudflareAccountUpdateRequestAttributes(
				datadog.CloudflareAccountUpdateRequestAttributes{APIKey: "key"}),
		},
	}, datadog.UpdateCloudflareAccountParams{AccountID: "id"})
	fmt.Println(account, err)
}
