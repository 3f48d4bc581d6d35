// Command oapi makes one call with the client that oapi-codegen generates.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/stripe"
)

func main() {
	client, err := stripe.NewClientWithResponses("https://api.stripe.com")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	account, err := client.GetAccountWithFormdataBodyWithResponse(context.Background(), nil, stripe.GetAccountFormdataRequestBody{})
	fmt.Println(account, err)
}
