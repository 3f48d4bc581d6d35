// Command apigen makes one call with the client of this project.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/seed-a7989e22/apigen/bench/clients/apigen/datadogv1"
)

func main() {
	client, err := datadogv1.NewClient()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	valid, err := client.Authentication.Validate(context.Background(), datadogv1.ValidateParams{})
	fmt.Println(valid, err)
}
