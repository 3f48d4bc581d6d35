package support

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRetries(t *testing.T) {
	drop := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_ = conn.Close()
		}
	}
	dropInBody := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, `{"id":`)
	}
	for _, tt := range []struct {
		name     string
		method   string
		first    http.HandlerFunc
		opts     []RequestOption
		attempts int
	}{
		{"503 of POST", "POST", reply(503, ""), nil, 1},
		{"503 of PATCH", "PATCH", reply(503, ""), nil, 1},
		{"503 of PUT", "PUT", reply(503, ""), nil, 2},
		{"503 of QUERY", "QUERY", reply(503, ""), nil, 2},
		{"503 of GET", "GET", reply(503, ""), nil, 2},
		{"503 of DELETE", "DELETE", reply(503, ""), nil, 2},
		{"503 of POST with a key", "POST", reply(503, ""), []RequestOption{WithHeader("Idempotency-Key", "k")}, 2},
		{"500 of PUT", "PUT", reply(500, ""), nil, 2},
		{"502 of HEAD", "HEAD", reply(502, ""), nil, 2},
		{"504 of OPTIONS", "OPTIONS", reply(504, ""), nil, 2},
		{"500 of TRACE", "TRACE", reply(500, ""), nil, 2},
		{"501 of PUT", "PUT", reply(501, ""), nil, 1},
		{"408 of PUT", "PUT", reply(408, ""), nil, 2},
		{"400 of PUT", "PUT", reply(400, ""), nil, 1},
		{"429 of POST", "POST", reply(429, ""), nil, 2},
		{"dropped PUT", "PUT", drop, nil, 2},
		{"dropped POST", "POST", drop, nil, 1},
		{"content dropped of GET", "GET", dropInBody, nil, 2},
		{"content dropped of POST", "POST", dropInBody, nil, 1},
		{"off", "PUT", reply(503, ""), []RequestOption{WithRetry(RetryPolicy{})}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rec := newRecorder(t, tt.first, okReply)
			c := newTestClient(t, rec.URL)
			send := &thing{1, "one"}
			if tt.method == "GET" {
				send = nil
			}
			_, err := c.call(context.Background(), testOperation(tt.method), send, tt.opts...)
			all := rec.all()
			if len(all) != tt.attempts || (err == nil) != (tt.attempts == 2) {
				t.Fatalf("%d attempts, %v", len(all), err)
			}
			if last := all[len(all)-1]; last.body != all[0].body || cmp.Diff(all[0].header, last.header) != "" {
				t.Errorf("attempts differ: %+v", all)
			}
		})
	}
}

func TestRetriesEnd(t *testing.T) {
	rec := newRecorder(t, reply(503, "busy"))
	var hook []int
	c := newTestClient(t, rec.URL, WithRetry(RetryPolicy{Max: 3, BaseDelay: time.Millisecond, OnRetry: func(_ context.Context, n int, _ time.Duration, err error) {
		var e *ResponseError
		if !errors.As(err, &e) || e.StatusCode != 503 {
			t.Errorf("hook got %v", err)
		}
		hook = append(hook, n)
	}}))
	_, err := c.call(context.Background(), testOperation("PUT"), &thing{1, "one"})
	var e *ResponseError
	if !errors.As(err, &e) || e.StatusCode != 503 || len(rec.all()) != 4 {
		t.Errorf("got %v after %d attempts", err, len(rec.all()))
	}
	if diff := cmp.Diff([]int{1, 2, 3}, hook); diff != "" {
		t.Error(diff)
	}
}

func TestRetryWaitsForContext(t *testing.T) {
	wait := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(429)
	}
	rec := newRecorder(t, wait)
	c := newTestClient(t, rec.URL)
	start := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	_, err := c.call(ctx, testOperation("GET"), nil)
	var e *ResponseError
	if !errors.As(err, &e) || time.Since(start) > 5*time.Second || len(rec.all()) != 1 {
		t.Errorf("a wait beyond the deadline: %v after %v and %d requests", err, time.Since(start), len(rec.all()))
	}
	ctx, cancel = context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err = c.call(ctx, testOperation("GET"), nil)
	if !errors.As(err, &e) || !errors.Is(err, context.Canceled) || time.Since(start) > 5*time.Second {
		t.Errorf("canceled wait: %v after %v", err, time.Since(start))
	}
}

// TestRetryNeedsReplay sends a body that can be read only once.
func TestRetryNeedsReplay(t *testing.T) {
	for _, tt := range []struct {
		name     string
		body     io.Reader
		attempts int
		want     string // length and content
	}{
		{"stream", io.MultiReader(strings.NewReader("content")), 1, " content"},
		{"reader at", strings.NewReader("content"), 2, "7 content"},
		{"nothing", strings.NewReader(""), 2, "0 "},
	} {
		rec := newRecorder(t, reply(503, ""), okReply)
		r := newTestClient(t, rec.URL).newRequest(context.Background(), testOperation("PUT"), nil)
		r.variable("id", "1")
		binaryBody(r, "application/octet-stream", tt.body)
		_, err := doNone(r)
		all := rec.all()
		last := all[len(all)-1]
		if len(all) != tt.attempts || (err == nil) != (tt.attempts == 2) || last.header.Get("Content-Length")+" "+last.body != tt.want {
			t.Errorf("%s: %v, %v", tt.name, all, err)
		}
	}
}

func TestRetryDelay(t *testing.T) {
	response := func(status int, header ...string) *http.Response {
		resp := &http.Response{StatusCode: status, Header: http.Header{}}
		for i := 0; i < len(header); i += 2 {
			resp.Header.Set(header[i], header[i+1])
		}
		return resp
	}
	now := time.Now()
	second := func(n int64) string { return strconv.FormatInt(now.Unix()+n, 10) }
	for _, tt := range []struct {
		name     string
		resp     *http.Response
		from, to time.Duration
	}{
		{"none", nil, 0, 100 * time.Millisecond},
		{"seconds", response(503, "Retry-After", "3"), 3 * time.Second, 3 * time.Second},
		{"fraction", response(429, "Retry-After", "0.5"), time.Second / 2, time.Second / 2},
		{"date", response(429, "Retry-After", now.Add(5*time.Second).UTC().Format(http.TimeFormat)), 3 * time.Second, 5 * time.Second},
		{"past date", response(429, "Retry-After", "Mon, 02 Jan 2006 15:04:05 GMT"), 0, 0},
		{"huge", response(429, "Retry-After", "999999999"), 9 * time.Second, 9 * time.Second},
		{"no number of seconds", response(429, "Retry-After", "1e300"), 0, 100 * time.Millisecond},
		{"more digits than int64", response(429, "Retry-After", strings.Repeat("9", 400)), 0, 9 * time.Second},
		{"negative", response(429, "Retry-After", "-5"), 0, 100 * time.Millisecond},
		{"NaN", response(429, "Retry-After", "NaN"), 0, 100 * time.Millisecond},
		{"nonsense", response(429, "Retry-After", "soon"), 0, 100 * time.Millisecond},
		{"reset in seconds", response(429, "X-RateLimit-Reset", "4"), 4 * time.Second, 4 * time.Second},
		{"reset at a time", response(429, "X-RateLimit-Reset", second(6)), 4 * time.Second, 6 * time.Second},
		{"reset in the past", response(429, "X-RateLimit-Reset", second(-6)), 0, 100 * time.Millisecond},
		{"reset of another status", response(503, "X-RateLimit-Reset", "4"), 0, 100 * time.Millisecond},
	} {
		p := RetryPolicy{BaseDelay: 100 * time.Millisecond, MaxDelay: 9 * time.Second}
		if d := p.delay(1, tt.resp); d < tt.from || d > tt.to {
			t.Errorf("%s: got %v", tt.name, d)
		}
	}
}

// TestRetryBackoff draws many waits: the longest tells the bound.
func TestRetryBackoff(t *testing.T) {
	own := RetryPolicy{BaseDelay: time.Second, MaxDelay: 3 * time.Second}
	for _, tt := range []struct {
		policy  RetryPolicy
		attempt int
		bound   time.Duration
	}{
		{RetryPolicy{}, 1, time.Second / 2}, {RetryPolicy{}, 2, time.Second}, {RetryPolicy{}, 4, 4 * time.Second},
		{RetryPolicy{}, 8, time.Minute}, {RetryPolicy{}, 200, time.Minute},
		{own, 1, time.Second}, {own, 2, 2 * time.Second}, {own, 3, 3 * time.Second},
		{RetryPolicy{BaseDelay: -1, MaxDelay: -1}, 1, time.Second / 2}, {RetryPolicy{BaseDelay: time.Hour}, 1, time.Minute},
	} {
		least, most := time.Hour, time.Duration(0)
		for range 1000 {
			d := tt.policy.delay(tt.attempt, nil)
			least, most = min(least, d), max(most, d)
		}
		if least < 0 || least > tt.bound/4 || most < tt.bound*3/4 || most > tt.bound {
			t.Errorf("%+v, attempt %d: waits from %v to %v, want up to %v", tt.policy, tt.attempt, least, most, tt.bound)
		}
	}
}

// TestRetriesByDefault counts the attempts of a client without WithRetry.
func TestRetriesByDefault(t *testing.T) {
	rec := newRecorder(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(503)
	})
	c := newCore(rec.URL, "", nil)
	if err := c.connect(); err != nil {
		t.Fatal(err)
	}
	if _, err := (testClient{c}).call(t.Context(), testOperation("GET"), nil); err == nil || len(rec.all()) != 3 {
		t.Errorf("got %v after %d attempts", err, len(rec.all()))
	}
}

// TestRedirects follows redirects from one server to another, or on the same.
func TestRedirects(t *testing.T) {
	for _, tt := range []struct {
		name     string
		method   string
		status   int
		away     bool // to another host
		followed bool
		arrives  string // method and body of the second request
	}{
		{"GET stays", "GET", http.StatusFound, false, true, "GET "},
		{"GET leaves", "GET", http.StatusFound, true, true, "GET "},
		{"PUT 307 stays", "PUT", 307, false, true, `PUT {"id":1,"name":"one"}`},
		{"PUT 308 stays", "PUT", 308, false, true, `PUT {"id":1,"name":"one"}`},
		{"PUT 307 leaves", "PUT", 307, true, false, ""},
		{"PUT 308 leaves", "PUT", 308, true, false, ""},
		{"POST 303 stays", "POST", 303, false, true, "GET "},
		{"POST 303 leaves", "POST", 303, true, true, "GET "},
		{"POST 301 would be a GET", "POST", 301, false, false, ""},
		{"DELETE http.StatusFound would be a GET", "DELETE", http.StatusFound, true, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			target := newRecorder(t, okReply)
			location := target.URL + "/landing?from=there"
			redirect := func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Location", location)
				w.WriteHeader(tt.status)
			}
			origin := newRecorder(t, redirect, okReply)
			if !tt.away {
				location = "/landing"
			}
			keys := []Option{withKey(&testKey, "secret"), withKey(&testQuery, "secret"), withKey(&testCookie, "secret"), withKey(&testBearer, "secret"), WithHeader("X-Custom", "secret")}
			c := newTestClient(t, origin.URL, keys...)
			var send *thing
			if tt.method != "GET" {
				send = &thing{1, "one"}
			}
			_, err := c.call(context.Background(), testOperation(tt.method, requirement{&testKey, &testQuery, &testCookie, &testBearer}), send)
			second := target.all()
			if !tt.away {
				second = origin.all()[1:]
			}
			var e *ResponseError
			if !tt.followed {
				if !errors.As(err, &e) || e.StatusCode != tt.status || len(second) != 0 {
					t.Errorf("got %v, sent %v", err, second)
				}
				return
			}
			if err != nil || len(second) != 1 || second[0].method+" "+second[0].body != tt.arrives {
				t.Fatalf("got %v, sent %v", err, second)
			}
			leaked := strings.Contains(second[0].uri, "secret")
			for _, values := range second[0].header {
				leaked = leaked || strings.Contains(strings.Join(values, " "), "secret")
			}
			if leaked != !tt.away {
				t.Errorf("sent %+v", second[0])
			}
		})
	}
}

// TestLeaves holds that the same host counts as left when its encryption is.
func TestLeaves(t *testing.T) {
	for _, tt := range []struct {
		first, then string
		want        bool
	}{
		{"https://a.com/x", "https://A.com/y", false},
		{"http://a.com/x", "https://a.com/x", false},
		{"http://a.com/x", "http://a.com/y", false},
		{"https://a.com/x", "http://a.com/x", true},
		{"https://a.com/x", "https://a.com:8443/x", true},
		{"https://a.com/x", "https://b.a.com/x", true},
	} {
		if got := leaves(httptest.NewRequest("GET", tt.first, nil), httptest.NewRequest("GET", tt.then, nil)); got != tt.want {
			t.Errorf("%s to %s: %v", tt.first, tt.then, got)
		}
	}
}

// TestRedirectAsResult gets the redirect itself, where the document has nothing else.
func TestRedirectAsResult(t *testing.T) {
	rec := newRecorder(t, reply(503, ""), func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, "/elsewhere", http.StatusFound)
	})
	for name, opts := range map[string][]Option{
		"directly":      nil,
		"by middleware": {WithMiddleware(func(next http.RoundTripper) http.RoundTripper { return next })},
	} {
		for _, method := range []string{"GET", "PUT"} {
			op := testOperation(method)
			op.redirects = true
			r := newTestClient(t, rec.URL, opts...).newRequest(t.Context(), op, nil)
			r.variable("id", "1")
			resp, err := doNone(r)
			if err != nil || resp.StatusCode != http.StatusFound || resp.Header.Get("Location") != "/elsewhere" {
				t.Errorf("%s %s: %+v, %v", method, name, resp, err)
			}
		}
	}
	if n := len(rec.all()); n != 5 {
		t.Errorf("%d requests", n)
	}
}

// TestRedirectsBack leaves the host and comes back: the credentials do not.
func TestRedirectsBack(t *testing.T) {
	var away *recorder
	origin := newRecorder(t,
		func(w http.ResponseWriter, req *http.Request) { http.Redirect(w, req, away.URL, http.StatusFound) },
		okReply)
	away = newRecorder(t, func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, origin.URL+"/admin", http.StatusFound)
	})
	c := newTestClient(t, origin.URL, withKey(&testKey, "secret"), WithHeader("Accept-Language", "de"), WithHeader("Range", "bytes=1-"))
	if _, err := c.call(context.Background(), testOperation("GET", requirement{&testKey}), nil); err != nil {
		t.Fatal(err)
	}
	last := origin.all()[1]
	if last.header.Get("X-Key") != "" {
		t.Errorf("sent %+v", last)
	}
	for _, key := range []string{"Accept", "Accept-Language", "Range", "User-Agent"} {
		if want := origin.all()[0].header.Get(key); want == "" || last.header.Get(key) != want {
			t.Errorf("%s: %q, first %q", key, last.header.Get(key), want)
		}
	}
}

func TestRedirectToPlainHTTP(t *testing.T) {
	plain := newRecorder(t, okReply)
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		http.Redirect(w, req, plain.URL, http.StatusTemporaryRedirect)
	}))
	t.Cleanup(secure.Close)
	c := newTestClient(t, secure.URL, WithHTTPClient(secure.Client()), withKey(&testKey, "secret"))
	if _, err := c.call(context.Background(), testOperation("PUT", requirement{&testKey}), &thing{1, "one"}); err == nil || len(plain.all()) > 0 {
		t.Errorf("got %v, sent %v", err, plain.all())
	}
	_, err := c.call(context.Background(), testOperation("GET", requirement{&testKey}), nil)
	if sent := plain.all(); err != nil || len(sent) != 1 || sent[0].header.Get("X-Key") != "" || sent[0].header.Get("Referer") != "" {
		t.Errorf("got %v, sent %v", err, sent)
	}
}

func TestRedirectLoop(t *testing.T) {
	rec := newRecorder(t, func(w http.ResponseWriter, req *http.Request) { http.Redirect(w, req, "/again", http.StatusFound) })
	c := newTestClient(t, rec.URL)
	if _, err := c.call(context.Background(), testOperation("GET"), nil); err == nil || len(rec.all()) != 10 {
		t.Errorf("got %v after %d requests", err, len(rec.all()))
	}
	own := errors.New("no redirects")
	c = newTestClient(t, rec.URL, WithHTTPClient(&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return own }}))
	if _, err := c.call(context.Background(), testOperation("GET"), nil); !errors.Is(err, own) {
		t.Errorf("got %v", err)
	}
	if http.DefaultClient.CheckRedirect != nil {
		t.Error("the default HTTP client was changed")
	}
}
