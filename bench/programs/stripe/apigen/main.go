// Command apigen makes one call with the client of this project.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/stripe"
)

func main() {
	client, err := stripe.NewClient()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	account, err := client.GetAccount(context.Background(), stripe.GetAccountParams{})
	fmt.Println(account, err)
}
