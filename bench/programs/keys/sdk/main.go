// Command sdk makes one call with Cloudflare's SDK.
package main

import (
	"context"
	"fmt"

	"github.com/cloudflare/cloudflare-go/v6"
	"github.com/cloudflare/cloudflare-go/v6/zero_trust"
)

func main() {
	client := cloudflare.NewClient()
	keys, err := client.ZeroTrust.Access.Keys.Update(context.Background(), zero_trust.AccessKeyUpdateParams{
		AccountID: cloudflare.F("id"), KeyRotationIntervalDays: cloudflare.F(30.0),
	})
	fmt.Println(keys, err)
}
