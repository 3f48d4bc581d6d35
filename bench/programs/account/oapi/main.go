// Command oapi makes one call with the client that oapi-codegen generates.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/datadog"
)

func main() {
	client, err := datadog.NewClientWithResponses("https://api.datadoghq.com", datadog.WithRequestEditorFn(authorize))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	account, err := client.UpdateCloudflareAccountWithResponse(context.Background(), "id", datadog.CloudflareAccountUpdateRequest{
		Data: datadog.CloudflareAccountUpdateRequestData{
			Attributes: &datadog.CloudflareAccountUpdateRequestAttributes{ApiKey: "key"},
		},
	})
	fmt.Println(account, err)
}

func authorize(_ context.Context, req *http.Request) error {
	req.Header.Set("DD-API-KEY", os.Getenv("DD_API_KEY"))
	req.Header.Set("DD-APPLICATION-KEY", os.Getenv("DD_APP_KEY"))
	return nil
}
