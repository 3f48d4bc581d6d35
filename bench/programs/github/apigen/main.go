// Command apigen makes one call with the client of this project.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/github"
)

func main() {
	client, err := github.NewClient()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	issue, err := client.Issues.Get(context.Background(), github.IssuesGetParams{Owner: "golang", Repo: "go", IssueNumber: 1})
	fmt.Println(issue, err)
}
