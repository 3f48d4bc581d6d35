// Command oapi makes one call with the client that oapi-codegen generates.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/oapi-codegen/github"
)

func main() {
	client, err := github.NewClientWithResponses("https://api.github.com")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	issue, err := client.IssuesgetWithResponse(context.Background(), "golang", "go", 1)
	fmt.Println(issue, err)
}
