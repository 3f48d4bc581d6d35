package support

import (
	"fmt"
	"net/http"
)

// parseWebhook reads the JSON of a request that the API sends. It is at most
// a MiB long. The signature of the request, if any, is for the caller to
// check.
func parseWebhook[T any](req *http.Request, read func(*T, *decoder)) (*T, error) {
	data, err := readBody(&http.Response{Body: req.Body, ContentLength: req.ContentLength}, 1<<20)
	if err != nil {
		return nil, fmt.Errorf("webhook: %w", err)
	}
	v := new(T)
	if err := (&decoder{data: data}).run(func(d *decoder) { read(v, d) }); err != nil {
		return nil, fmt.Errorf("webhook: %w", err)
	}
	return v, nil
}

// parseWebhookValue is parseWebhook for types that are not passed by pointer.
func parseWebhookValue[T any](req *http.Request, read func(*T, *decoder)) (T, error) {
	v, err := parseWebhook(req, read)
	return orZero(v), err
}
