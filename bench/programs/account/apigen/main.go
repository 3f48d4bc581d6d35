// Command apigen makes one call with the client of this project.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/datadog"
)

func main() {
	client, err := datadog.NewClient()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	account, err := client.CloudflareIntegration.UpdateCloudflareAccount(context.Background(), datadog.UpdateCloudflareAccountParams{
		AccountID: "id",
		Body: datadog.CloudflareAccountUpdateRequest{
			Data: datadog.CloudflareAccountUpdateRequestData{
				Attributes: &datadog.CloudflareAccountUpdateRequestAttributes{APIKey: "key"},
			},
		},
	})
	fmt.Println(account, err)
}
