// Command oapi makes one call with the client that oapi-codegen generates.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/cloudflare"
)

func main() {
	client, err := cloudflare.NewClientWithResponses("https://api.cloudflare.com/client/v4", cloudflare.WithRequestEditorFn(authorize))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	keys, err := client.AccessKeyUpdateWithResponse(context.Background(), "id", cloudflare.AccessKeyUpdateRequest{KeyRotationIntervalDays: 30})
	fmt.Println(keys, err)
}

func authorize(_ context.Context, req *http.Request) error {
	req.Header.Set("Authorization", "Bearer "+os.Getenv("CLOUDFLARE_API_TOKEN"))
	return nil
}
