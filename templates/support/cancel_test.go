package support

import (
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"
)

// zeros is a file without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestCancel has servers that hang, and calls that end with their context: at
// once, and without leaving anything behind, however many there are.
func TestCancel(t *testing.T) {
	hang := func(_ http.ResponseWriter, req *http.Request) {
		_, _ = io.Copy(io.Discard, req.Body) // else the server does not see the client go
		<-req.Context().Done()
	}
	// begin sends the beginning of a response and hangs.
	begin := func(contentType, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("Content-Type", contentType)
			_, _ = io.WriteString(w, text)
			_ = http.NewResponseController(w).Flush()
			hang(w, req)
		}
	}
	slow := func(_ http.ResponseWriter, req *http.Request) {
		for buf := make([]byte, 1000); ; time.Sleep(time.Millisecond) {
			if _, err := io.ReadFull(req.Body, buf); err != nil {
				return
			}
		}
	}
	call := func(ctx context.Context, c testClient) error {
		_, err := c.call(ctx, testOperation("PUT"), &thing{1, "one"})
		return err
	}
	endless := make(chan struct{})
	defer close(endless)
	source := tokenFunc(func() (*oauth2.Token, error) { <-endless; return nil, errNoToken })
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		opts    []Option
		do      func(context.Context, testClient) error
	}{
		{"before the header", hang, nil, call},
		{"in the content", begin("application/json", `{"id":`), nil, call},
		{"in the content of an error", func(w http.ResponseWriter, req *http.Request) {
			w.WriteHeader(http.StatusNotFound)
			begin("application/json", `{"detail":`)(w, req)
		}, nil, call},
		{"before a retry", reply(503, "{}"), []Option{WithRetry(RetryPolicy{Max: 1000, BaseDelay: time.Hour})}, call},
		{"in a stream of events", begin("text/event-stream", "data: {\"id\":1}\n\ndata: {\"id\""), nil, func(ctx context.Context, c testClient) error {
			return lastError(events[thing](func() *request { return c.newRequest(ctx, testOperation("GET"), nil) }, ""))
		}},
		{"in a stream of lines", begin("application/jsonl", "{\"id\":1}\n{\"id\""), nil, func(ctx context.Context, c testClient) error {
			return lastError(jsonLines[thing](func() *request { return c.newRequest(ctx, testOperation("GET"), nil) }))
		}},
		{"in a file", begin("application/octet-stream", "abc"), nil, func(ctx context.Context, c testClient) error {
			file, err := doBinary(c.newRequest(ctx, testOperation("GET"), nil))
			if err != nil {
				return err
			}
			defer file.Close()
			_, err = io.ReadAll(file)
			return err
		}},
		{"in a multipart body", slow, nil, func(ctx context.Context, c testClient) error {
			r := c.newRequest(ctx, testOperation("POST"), nil)
			m := newMultipart()
			m.add("name", "", "value")
			m.file("file", "", zeros{})
			r.multipart("multipart/form-data", m)
			_, err := doNone(r)
			return err
		}},
		{"in a binary body", slow, nil, func(ctx context.Context, c testClient) error {
			r := c.newRequest(ctx, testOperation("POST"), nil)
			binaryBody(r, "application/octet-stream", zeros{})
			_, err := doNone(r)
			return err
		}},
		{"before the token", hang, []Option{withTokenSource(&testToken, source)}, func(ctx context.Context, c testClient) error {
			_, err := c.call(ctx, testOperation("GET", requirement{&testToken}), nil)
			return err
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := newPlainServer(t, tt.handler)
			transport := &http.Transport{}
			c := newTestClient(t, server.URL, append(tt.opts, WithHTTPClient(&http.Client{Transport: transport}))...)
			before := runtime.NumGoroutine()
			cancelCalls(t, func(ctx context.Context) error { return tt.do(ctx, c) })
			transport.CloseIdleConnections()
			server.CloseClientConnections()
			const slack = 3 // the server's own, and a token source that is still asked
			deadline := time.Now().Add(20 * time.Second)
			for runtime.NumGoroutine() > before+slack && time.Now().Before(deadline) {
				time.Sleep(10 * time.Millisecond)
			}
			if after := runtime.NumGoroutine(); after > before+slack {
				stacks := make([]byte, 1<<16)
				t.Errorf("%d goroutines, %d before\n%s", after, before, stacks[:runtime.Stack(stacks, true)])
			}
		})
	}
}

// cancelCalls cancels 1,000 calls after a few milliseconds each.
func cancelCalls(t *testing.T, do func(context.Context) error) {
	t.Helper()
	const workers, each = 50, 20
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for range each {
				ctx, cancel := context.WithCancel(context.Background())
				timer := time.AfterFunc(3*time.Millisecond, cancel)
				start := time.Now()
				err := do(ctx)
				timer.Stop()
				cancel()
				answered := errors.As(err, new(*ResponseError)) // just before it was cancelled
				if !errors.Is(err, context.Canceled) && !answered || time.Since(start) > 10*time.Second {
					t.Errorf("got %v after %v", err, time.Since(start))
				}
			}
		})
	}
	all.Wait()
}

// lastError walks a stream to its end.
func lastError[T any](stream func(func(T, error) bool)) (err error) {
	stream(func(_ T, e error) bool {
		err = e
		return true
	})
	return err
}
