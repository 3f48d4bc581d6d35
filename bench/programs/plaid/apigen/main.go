// Command apigen makes one call with the client of this project.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/plaid"
)

func main() {
	client, err := plaid.NewClient()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	item, err := client.Plaid.ItemGet(context.Background(), plaid.ItemGetParams{Body: plaid.ItemGetRequest{AccessToken: "token"}})
	fmt.Println(item, err)
}
