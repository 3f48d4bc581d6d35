package support

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
)

// parseWebhook reads the JSON of a request that the API sends. It is at most
// a MiB long. The signature of the request, if any, is for the caller to
// check.
func parseWebhook[P any](req *http.Request, v P) (P, error) {
	body := cmp.Or[io.ReadCloser](req.Body, http.NoBody)
	data, err := readBody(&http.Response{Body: body, ContentLength: req.ContentLength}, 1<<20)
	if err == nil {
		err = (&decoder{data: data}).decode(v)
	}
	if err != nil {
		var none P
		return none, fmt.Errorf("webhook: %w", err)
	}
	return v, nil
}
