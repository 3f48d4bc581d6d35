// Command apigen makes one call with the client of this project.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/cloudflare"
)

func main() {
	client, err := cloudflare.NewClient()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	keys, err := client.ZeroTrust.Access.Keys.Update(context.Background(), cloudflare.AccessKeyUpdateParams{
		AccountID: "id", Body: cloudflare.AccessKeyUpdateRequest{KeyRotationIntervalDays: 30},
	})
	fmt.Println(keys, err)
}
