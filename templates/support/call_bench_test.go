package support

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"
)

// BenchmarkCall measures what a call costs beside the network.
func BenchmarkCall(b *testing.B) {
	content := []byte(`{"id":7,"name":"seven"}`)
	transport := roundTripper(func(req *http.Request) (*http.Response, error) {
		_, _ = io.Copy(io.Discard, req.Body)
		return &http.Response{
			StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, ContentLength: int64(len(content)),
			Body: io.NopCloser(bytes.NewReader(content)), Request: req,
		}, nil
	})
	c := newCore("https://api.example.com/v1", "test/1", []Option{WithHTTPClient(&http.Client{Transport: transport}), withKey(&testKey, "k"), withKey(&testSecond, "s")})
	c.authorize = authorize
	if err := c.connect(); err != nil {
		b.Fatal(err)
	}
	op := testOperation("PUT", requirement{&testKey, &testSecond})
	send := &thing{1, "one"}
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (testClient{c}).call(ctx, op, send); err != nil {
			b.Fatal(err)
		}
	}
}
