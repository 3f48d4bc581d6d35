// Command oapi makes one call with the client that oapi-codegen generates.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/datadogv1"
)

func main() {
	client, err := datadogv1.NewClientWithResponses("https://api.datadoghq.com")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	valid, err := client.ValidateWithResponse(context.Background())
	fmt.Println(valid, err)
}
