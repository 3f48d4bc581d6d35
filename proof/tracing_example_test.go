package proof_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/seed-a7989e22/apigen/generated/cloudflare"
)

// spanName names the span of a request. It fits
// otelhttp.WithSpanNameFormatter as it is.
func spanName(_ string, r *http.Request) string {
	if op, ok := cloudflare.OperationFromContext(r.Context()); ok {
		return op.Service + "." + op.ID + " " + op.Method + " " + op.Path
	}
	return r.Method // a request that is not a call, such as one for a token
}

// tracing is middleware that does what otelhttp.NewTransport does, but prints
// its spans.
func tracing(name func(string, *http.Request) string) func(http.RoundTripper) http.RoundTripper {
	return func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) {
			resp, err := next.RoundTrip(r)
			if err == nil {
				fmt.Println(name("", r), resp.StatusCode)
			}
			return resp, err
		})
	}
}

// Example_tracing names spans by operation. Each attempt of a call has its own.
func Example_tracing() {
	attempts := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if attempts++; attempts == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		data, err := os.ReadFile("../specs/testdata/AccountList/response.200.json")
		if err != nil {
			panic(err) // the test data is part of the repository
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(data)
	}))
	defer server.Close()

	client, err := cloudflare.NewClient(
		cloudflare.WithBaseURL(server.URL),
		cloudflare.WithAPIEmail("email"),
		cloudflare.WithAPIKey("key"),
		cloudflare.WithRetry(cloudflare.RetryPolicy{Max: 1, BaseDelay: time.Millisecond}),
		cloudflare.WithMiddleware(tracing(spanName)),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	list, err := client.Accounts.List(context.Background(), cloudflare.AccountListParams{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(list.Result), "accounts")

	// Output:
	// Accounts.AccountList GET /accounts 503
	// Accounts.AccountList GET /accounts 200
	// 2 accounts
}
