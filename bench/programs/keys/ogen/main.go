// Command ogen makes one call with the client that ogen generates.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/ogen-go/ogen/ogenerrors"

	"github.com/seed-a7989e22/apigen/bench/clients/ogen/cloudflare"
)

type keys struct{}

func (keys) ApiEmail(context.Context, cloudflare.OperationName) (cloudflare.ApiEmail, error) {
	return cloudflare.ApiEmail{}, ogenerrors.ErrSkipClientSecurity
}

func (keys) ApiKey(context.Context, cloudflare.OperationName) (cloudflare.ApiKey, error) {
	return cloudflare.ApiKey{}, ogenerrors.ErrSkipClientSecurity
}

func (keys) ApiToken(context.Context, cloudflare.OperationName) (cloudflare.ApiToken, error) {
	return cloudflare.ApiToken{Token: os.Getenv("CLOUDFLARE_API_TOKEN")}, nil
}

func main() {
	client, err := cloudflare.NewClient("https://api.cloudflare.com/client/v4", keys{})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	result, err := client.AccessKeyUpdate(context.Background(),
		&cloudflare.AccessKeyUpdateRequest{KeyRotationIntervalDays: 30}, cloudflare.AccessKeyUpdateParams{AccountID: "id"})
	fmt.Println(result, err)
}
