package support

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// answer is what a transport comes to.
type answer struct {
	resp http.Response
	body string
	err  error
	none bool // no response
}

// script answers requests in turn and notes them.
type script struct {
	answers  []answer
	requests []string
}

// RoundTrip implements http.RoundTripper.
func (s *script) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		body, _ = io.ReadAll(req.Body)
	}
	_, limited := req.Context().Deadline()
	line := []string{req.Method, req.URL.String(), string(body)}
	for _, key := range []string{"Authorization", "Cookie", "Referer", "X-Key"} {
		line = append(line, req.Header.Get(key))
	}
	if limited {
		line = append(line, "with a deadline")
	}
	s.requests = append(s.requests, strings.Join(line, "|"))
	a := s.answers[min(len(s.requests), len(s.answers))-1]
	if a.none {
		return nil, a.err
	}
	resp := a.resp
	resp.Request = req
	if a.body != "" {
		resp.Body = io.NopCloser(strings.NewReader(a.body))
	}
	return &resp, a.err
}

// TestRoundTripIsDo compares every way in which a request can end with what
// an http.Client makes of it.
func TestRoundTripIsDo(t *testing.T) {
	log.SetOutput(io.Discard) // net/http objects to an error with a response
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	to := func(status int, location string) answer {
		return answer{resp: http.Response{StatusCode: status, Header: http.Header{"Location": {location}}}, body: "moved"}
	}
	ok := answer{resp: http.Response{StatusCode: 200, Header: http.Header{"Set-Cookie": {"a=b"}}}, body: "fine"}
	for _, tt := range []struct {
		name    string
		client  http.Client
		answers []answer
	}{
		{"success", http.Client{}, []answer{ok}},
		{"failure", http.Client{}, []answer{{resp: http.Response{StatusCode: 404}, body: "none"}}},
		{"error", http.Client{}, []answer{{err: errors.New("broken"), none: true}}},
		{"error and response", http.Client{}, []answer{{resp: http.Response{StatusCode: 200}, body: "fine", err: errors.New("broken")}}},
		{"neither", http.Client{}, []answer{{none: true}}},
		{"no TLS", http.Client{}, []answer{{err: tls.RecordHeaderError{RecordHeader: [5]byte([]byte("HTTP/"))}, none: true}}},
		{"no body", http.Client{}, []answer{{resp: http.Response{StatusCode: 204}}}},
		{"body missing", http.Client{}, []answer{{resp: http.Response{StatusCode: 200, ContentLength: 4}}}},
		{"302", http.Client{}, []answer{to(302, "/next"), ok}},
		{"303 and 307", http.Client{}, []answer{to(303, "/next"), to(307, "/last"), ok}},
		{"307 with body", http.Client{}, []answer{to(307, "/next"), to(308, "https://other.example/last"), ok}},
		{"loop", http.Client{}, []answer{to(307, "/next")}},
		{"redirect to nowhere", http.Client{}, []answer{to(302, "")}},
		{"redirect to nonsense", http.Client{}, []answer{to(302, ":")}},
		{"error after redirect", http.Client{}, []answer{to(307, "/next"), {err: errors.New("broken"), none: true}}},
		{"304", http.Client{}, []answer{{resp: http.Response{StatusCode: 304}, body: "same"}}},
		{"own policy", http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("stop") }}, []answer{to(302, "/next")}},
		{"timeout", http.Client{Timeout: time.Hour}, []answer{to(302, "/next"), ok}},
	} {
		for _, address := range []string{"https://api.example.com", "https://user:secret@api.example.com"} {
			for _, jar := range []bool{false, true} {
				run := func(do func(*http.Client, *http.Request) (*http.Response, error)) (outcome []string) {
					s := &script{answers: tt.answers}
					client := tt.client
					client.Transport = s
					if jar {
						client.Jar, _ = cookiejar.New(nil)
					}
					for range 2 {
						req, err := http.NewRequest("PUT", address+"/x", strings.NewReader("content"))
						if err != nil {
							t.Fatal(err)
						}
						req.Header.Set("X-Key", "k")
						resp, err := do(&client, req)
						if err != nil {
							// A message about a transport names its type.
							outcome = append(outcome, strings.ReplaceAll(err.Error(), "(support.roundTripper)", "(*support.script)"))
						}
						if resp != nil {
							body, err := io.ReadAll(resp.Body)
							outcome = append(outcome, resp.Request.URL.String(), resp.Status, string(body))
							if err != nil {
								outcome = append(outcome, err.Error())
							}
						}
					}
					return append(outcome, s.requests...)
				}
				want := run((*http.Client).Do)
				got := run(directly)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s, %s, jar %v: %s", tt.name, address, jar, diff)
				}
			}
		}
	}
}

// countingConn counts what is written to a connection.
type countingConn struct {
	net.Conn
	writes *atomic.Int32
}

func (c countingConn) Write(b []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(b)
}

// TestOneWrite sends header and body of a small request together.
func TestOneWrite(t *testing.T) {
	var writes atomic.Int32
	var dialer net.Dialer
	transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		return countingConn{conn, &writes}, err
	}}
	t.Cleanup(transport.CloseIdleConnections)
	rec := newRecorder(t, okReply)
	c := newTestClient(t, rec.URL, WithHTTPClient(&http.Client{Transport: transport}))
	if _, err := c.call(context.Background(), testOperation("PUT"), &thing{1, "one"}); err != nil {
		t.Fatal(err)
	}
	if n := writes.Load(); n != 1 {
		t.Errorf("%d writes", n)
	}
}

// TestReadBody reads bodies of all sizes, whatever the header says of them.
func TestReadBody(t *testing.T) {
	for _, size := range []int{0, 1, 511, 512, 513, 5000} {
		for _, said := range []int64{-1, 0, 1, 512, int64(size), 1 << 40} {
			for _, limit := range []int64{-1, 0, 511, int64(size), 1 << 20, 1<<63 - 1} {
				body := strings.Repeat("x", size)
				closed := false
				resp := &http.Response{ContentLength: said, Body: closer{strings.NewReader(body), &closed}}
				data, err := readBody(resp, limit)
				want := body[:min(int64(size), max(limit, 0))]
				if string(data) != want || errors.As(err, new(BodyLimitError)) != (int64(size) > limit) || !closed {
					t.Errorf("%d bytes, %d said, limit %d: %d, %v", size, said, limit, len(data), err)
				}
			}
		}
	}
}

type closer struct {
	io.Reader
	closed *bool
}

func (c closer) Close() error {
	*c.closed = true
	return nil
}

// TestAddressOfCall replaces the address for one call only.
func TestAddressOfCall(t *testing.T) {
	first, second := newRecorder(t, okReply), newRecorder(t, okReply)
	c := newTestClient(t, first.URL)
	for _, opts := range [][]RequestOption{{WithBaseURL(second.URL)}, nil} {
		if _, err := c.call(context.Background(), testOperation("GET"), nil, opts...); err != nil {
			t.Fatal(err)
		}
	}
	if len(first.all()) != 1 || len(second.all()) != 1 {
		t.Errorf("got %d and %d requests", len(first.all()), len(second.all()))
	}
	var e *url.Error
	if _, err := c.call(context.Background(), testOperation("GET"), nil, WithBaseURL("://")); err == nil || errors.As(err, &e) {
		t.Errorf("got %v", err)
	}
}

// TestContextOfAttempts asks the context of an attempt for what the caller's
// has, and for the operation.
func TestContextOfAttempts(t *testing.T) {
	type key struct{}
	var seen []string
	transport := roundTripper(func(req *http.Request) (*http.Response, error) {
		op, ok := OperationFromContext(req.Context())
		_, limited := req.Context().Deadline()
		seen = append(seen, fmt.Sprintln(op.ID, ok, req.Context().Value(key{}), limited))
		<-req.Context().Done()
		return nil, context.Cause(req.Context())
	})
	c := newTestClient(t, "https://api.example.com", WithHTTPClient(&http.Client{Transport: transport}))
	ctx, cancel := context.WithCancelCause(context.WithValue(context.Background(), key{}, "value"))
	cause := errors.New("enough")
	time.AfterFunc(10*time.Millisecond, func() { cancel(cause) })
	if _, err := c.call(ctx, testOperation("GET"), nil); !errors.Is(err, cause) || !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	_, err := c.call(context.WithoutCancel(ctx), testOperation("POST"), nil, WithTimeout(time.Millisecond))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("timeout: %v", err)
	}
	if diff := cmp.Diff([]string{"Test true value false\n", "Test true value true\n"}, seen); diff != "" {
		t.Error(diff)
	}
}

// TestDecodersAreReused makes calls whose responses are all kinds of wrong
// between others: a decoder keeps nothing of the last response.
func TestDecodersAreReused(t *testing.T) {
	bodies := []string{`{"id":7,"name":"seven"}`, `{"id":"x"}`, `{"id":`, ``, `{"id":0}`, `[{}]`, `{"name":"n\u0061me"}`, "{\"name\":\"\xff\"}", `null`}
	content := ""
	transport := roundTripper(func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(content))}, nil
	})
	c := newTestClient(t, "https://api.example.com", WithHTTPClient(&http.Client{Transport: transport}))
	outcome := func(body string, strict bool) string {
		content = body
		v, err := c.call(context.Background(), testOperation("GET"), nil, setting(func(c *core) { c.strict = strict }))
		return fmt.Sprint(v, err)
	}
	first := map[string]string{}
	for range 3 {
		for _, body := range bodies {
			for _, strict := range []bool{false, true} {
				for _, before := range bodies {
					outcome(before, !strict)
					got := outcome(body, strict)
					id := fmt.Sprint(body, strict)
					if want, ok := first[id]; ok && got != want {
						t.Errorf("%s, strict %v, after %s: got %s, want %s", body, strict, before, got, want)
					}
					first[id] = got
				}
			}
		}
	}
	if got := outcome(bodies[0], true); got != "&{7 seven} <nil>" {
		t.Errorf("got %s", got)
	}
}
