// Command oapi makes one call with the client that oapi-codegen generates.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/plaid"
)

func main() {
	client, err := plaid.NewClientWithResponses("https://production.plaid.com")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	item, err := client.ItemGetWithResponse(context.Background(), plaid.ItemGetRequest{AccessToken: "token"})
	fmt.Println(item, err)
}
