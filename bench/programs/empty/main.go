// Command empty makes a request with net/http and nothing else. What other
// programs are larger by is what their clients add.
package main

import (
	"fmt"
	"net/http"
	"os"
)

func main() {
	resp, err := http.Get("https://api.example.com/")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(resp.Status)
	if err := resp.Body.Close(); err != nil {
		os.Exit(1)
	}
}
