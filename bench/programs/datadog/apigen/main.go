// Command apigen makes one call with the client of this project.
package main

import (
	"context"
	"fmt"
	"os"

	_ "github.com/seed-a7989e22/apigen/bench/clients/apigen/datadogv1" // the whole API, as in the SDK
	"github.com/seed-a7989e22/apigen/bench/clients/apigen/datadogv2"
)

func main() {
	client, err := datadogv2.NewClient()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	account, err := client.CloudflareIntegration.UpdateCloudflareAccount(context.Background(), datadogv2.UpdateCloudflareAccountParams{
		AccountID: "id",
		Body: datadogv2.CloudflareAccountUpdateRequest{
			Data: datadogv2.CloudflareAccountUpdateRequestData{
				Attributes: &datadogv2.CloudflareAccountUpdateRequestAttributes{APIKey: "key"},
			},
		},
	})
	fmt.Println(account, err)
}
