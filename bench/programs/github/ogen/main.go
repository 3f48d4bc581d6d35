// Command ogen makes one call with the client that ogen generates.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/ogen/github"
)

func main() {
	client, err := github.NewClient("https://api.github.com")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	issue, err := client.IssuesGet(context.Background(), github.IssuesGetParams{Owner: "golang", Repo: "go", IssueNumber: 1})
	fmt.Println(issue, err)
}
