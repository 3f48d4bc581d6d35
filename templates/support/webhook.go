package support

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
)

// parseWebhook reads the JSON of a request that the API sends, up to the 32 MiB
// that are enough for the largest known. The signature of the request, if any,
// is for the caller to check.
func parseWebhook[P any](req *http.Request, v P) (P, error) {
	body := cmp.Or[io.ReadCloser](req.Body, http.NoBody)
	data, err := readBody(&http.Response{Body: body, ContentLength: req.ContentLength}, 32<<20)
	if err == nil {
		err = (&decoder{data: data}).decode(v)
	}
	if err != nil {
		var none P
		return none, fmt.Errorf("webhook: %w", err)
	}
	return v, nil
}
