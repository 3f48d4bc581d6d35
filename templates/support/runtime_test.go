package support

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2/clientcredentials"

	"github.com/google/go-cmp/cmp"
)

func TestCallSendsAndDecodes(t *testing.T) {
	rec := newRecorder(t, okReply)
	c := newTestClient(t, rec.URL+"/base%20path/")
	var resp Response
	got, err := c.call(context.Background(), testOperation("PUT"), &thing{1, "one"}, WithHeader("x-extra", "1"), WithResponse(&resp))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&thing{7, "seven"}, got); diff != "" {
		t.Error(diff)
	}
	req := rec.all()[0]
	if req.method != "PUT" || req.uri != "/base%20path/things/a%20b/x" || req.body != `{"id":1,"name":"one"}` {
		t.Errorf("got %s %s %s", req.method, req.uri, req.body)
	}
	for key, want := range map[string]string{
		"Accept": "application/json", "Content-Type": "application/json", "User-Agent": "test/1", "X-Extra": "1", "Content-Length": "21",
	} {
		if got := req.header.Get(key); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") == "" {
		t.Errorf("got %+v", resp)
	}
}

func TestPathVariable(t *testing.T) {
	for _, tt := range []struct{ value, want, violation string }{
		{"plain-._~", "/things/plain-._~/x", ""},
		{"a/b?c#d%e&f", "/things/a%2Fb%3Fc%23d%25e%26f/x", ""},
		{"../..", "/things/..%2F../x", ""},
		{"日本", "/things/%E6%97%A5%E6%9C%AC/x", ""},
		{"%2e%2e", "/things/%252e%252e/x", ""},
		{"", "", "path/id: required"},
		{".", "", `path/id: not "." or "..", which lead to another path`},
		{"..", "", `path/id: not "." or "..", which lead to another path`},
	} {
		rec := newRecorder(t, okReply)
		c := newTestClient(t, rec.URL)
		r := c.newRequest(context.Background(), testOperation("GET"), nil)
		r.variable("id", tt.value)
		_, err := doNone(r)
		var invalid *ValidationError
		switch {
		case tt.want != "" && (err != nil || rec.all()[0].uri != tt.want):
			t.Errorf("%q: got %v, %v; want %s", tt.value, rec.all(), err, tt.want)
		case tt.want == "" && (!errors.As(err, &invalid) || invalid.Violations[0].String() != tt.violation || len(rec.all()) > 0):
			t.Errorf("%q: got %v, sent %v", tt.value, err, rec.all())
		}
	}
}

// asText answers without saying that it is JSON, as many servers do.
func asText(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestErrors(t *testing.T) {
	text := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(404)
		_, _ = io.WriteString(w, "<html>")
	}
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		status  int
		typed   any // the Body of the Error[T], nil for a plain ResponseError
		cause   bool
	}{
		{"by status", reply(404, `{"detail":"gone"}`), 404, problem{"gone"}, false},
		{"by range", reply(418, `teapot`), 418, "teapot", false},
		{"undocumented", reply(501, `{}`), 501, nil, false},
		{"other media type", text, 404, nil, true},
		{"JSON as text", asText(404, `{"detail":"gone"}`), 404, problem{"gone"}, false},
		{"byte order mark", reply(404, "\ufeff"+`{"detail":"gone"}`), 404, problem{"gone"}, false},
		{"not JSON", reply(409, `{"detail":`), 409, nil, true},
		{"empty", reply(409, ``), 409, nil, true},
		{"not modified", reply(304, ``), 304, nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newTestClient(t, newRecorder(t, tt.handler).URL)
			var resp Response
			got, err := c.call(context.Background(), testOperation("GET"), nil, WithResponse(&resp))
			var plain *ResponseError
			if got != nil || !errors.As(err, &plain) || plain.StatusCode != tt.status || resp.StatusCode != tt.status {
				t.Fatalf("got %v, %v, %v", got, err, resp)
			}
			if plain.Operation != "Test" || plain.Method != "GET" || !strings.HasSuffix(plain.URL, "/things/a%20b/x") {
				t.Errorf("got %+v", plain)
			}
			var typed any
			var p *Error[problem]
			var s *Error[string]
			if errors.As(err, &p) {
				typed = p.Body
			}
			if errors.As(err, &s) {
				typed = s.Body
			}
			if diff := cmp.Diff(tt.typed, typed); diff != "" {
				t.Error(diff)
			}
			if (plain.Err != nil) != tt.cause {
				t.Errorf("cause: %v", plain.Err)
			}
		})
	}
}

func TestErrorText(t *testing.T) {
	e := &ResponseError{Operation: "Op", Method: "GET", URL: "http://a/b", StatusCode: 404}
	for body, want := range map[string]string{
		"":                       "Op: GET http://a/b: 404 Not Found",
		"a\nb":                   `Op: GET http://a/b: 404 Not Found: "a\nb"`,
		strings.Repeat("x", 400): `Op: GET http://a/b: 404 Not Found: "` + strings.Repeat("x", 300) + `"`,
	} {
		if e.Body = []byte(body); e.Error() != want {
			t.Errorf("got %s", e)
		}
	}
}

func TestStatusRank(t *testing.T) {
	for _, tt := range []struct {
		statuses string
		code     int
		want     int
	}{{"400 404", 404, 3}, {"4XX", 404, 2}, {"default", 404, 1}, {"5XX 400", 404, 0}, {"4XX 404 default", 404, 3}, {"2XX", 204, 2}} {
		if got := statusRank(tt.statuses, tt.code); got != tt.want {
			t.Errorf("%s, %d: got %d", tt.statuses, tt.code, got)
		}
	}
}

func TestUnusableContent(t *testing.T) {
	page := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<html>down</html>")
	}
	text := asText(200, `{"id":7,"name":"seven"}`)
	problemJSON := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "Application/Vnd.Thing+JSON; v=1")
		_, _ = io.WriteString(w, `{"id":7,"name":"seven"}`)
	}
	c := newTestClient(t, newRecorder(t, page, problemJSON, text, text, reply(200, ""), reply(200, `{"id":"7"}`),
		reply(200, "\ufeff"+`{"id":7}`)).URL)
	ctx := context.Background()
	_, err := c.call(ctx, testOperation("GET"), nil)
	var bad *DecodeError
	if !errors.As(err, &bad) || string(bad.Body) != "<html>down</html>" || !strings.Contains(err.Error(), "text/html") {
		t.Errorf("wrong media type: %v", err)
	}
	if _, err := c.call(ctx, testOperation("GET"), nil); err != nil {
		t.Errorf("+json: %v", err)
	}
	for strict, opts := range [][]RequestOption{nil, {WithStrictResponses()}} {
		if _, err := c.call(ctx, testOperation("GET"), nil, opts...); errors.As(err, &bad) != (strict == 1) {
			t.Errorf("JSON as text, strict %d: %v", strict, err)
		}
	}
	if got, err := c.call(ctx, testOperation("GET"), nil); err != nil || *got != (thing{}) {
		t.Errorf("no content: %v, %v", got, err)
	}
	if _, err := c.call(ctx, testOperation("GET"), nil); !errors.As(err, &bad) || bad.Pointer != "/id" {
		t.Errorf("wrong kind: %v", err)
	}
	if got, err := c.call(ctx, testOperation("GET"), nil); err != nil || got.ID != 7 {
		t.Errorf("byte order mark: %v, %v", got, err)
	}
}

func TestWantJSON(t *testing.T) {
	for mediaType, want := range map[string]bool{
		"": true, "application/json": true, "text/json": true, "Application/JSON ; charset=utf-8": true, "application/problem+json": true,
		"text/plain": false, "text/html; q=+json": false, "application/jsonp": false, "application/x-ndjson": false,
	} {
		if err := wantJSON(http.Header{"Content-Type": {mediaType}}, nil); (err == nil) != want {
			t.Errorf("%q: %v", mediaType, err)
		}
	}
}

// TestHeaders lets options replace what a call sends by itself, each for its call alone.
func TestHeaders(t *testing.T) {
	rec := newRecorder(t, okReply)
	c := newTestClient(t, rec.URL, WithHeader("a", "1"), WithHeader("b", "1"), WithHeader("c", "1"), WithUserAgent("client"))
	op := testOperation("GET")
	one := c.newRequest(t.Context(), op, []RequestOption{WithHeader("accept", "one/*")})
	two := c.newRequest(t.Context(), op, []RequestOption{WithHeader("accept", "two/*"), WithHeader("A", "2"), WithUserAgent("call")})
	for _, r := range []*request{one, two, c.newRequest(t.Context(), op, nil)} {
		r.variable("id", "1")
		if _, err := doNone(r); err != nil {
			t.Error(err)
		}
	}
	var got []string
	for _, r := range rec.all() {
		got = append(got, fmt.Sprint(r.header["Accept"], r.header["User-Agent"], r.header["A"], r.header["B"]))
	}
	want := []string{"[one/*] [client] [1] [1]", "[two/*] [call] [2] [1]", "[application/json] [client] [1] [1]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, value := range []string{"a\nb", "a\rb", "a\x00b"} {
		c := newTestClient(t, rec.URL, withKey(&testKey, value))
		if _, err := c.call(t.Context(), testOperation("GET", requirement{&testKey}), nil); err == nil || !strings.HasSuffix(err.Error(), "header X-Key contains a line break") {
			t.Errorf("%q: %v", value, err)
		}
	}
}

func TestStrictResponses(t *testing.T) {
	rec := newRecorder(t, reply(200, `{"id":0}`))
	c := newTestClient(t, rec.URL)
	if _, err := c.call(context.Background(), testOperation("GET"), nil); err != nil {
		t.Errorf("lenient: %v", err)
	}
	_, err := c.call(context.Background(), testOperation("GET"), nil, WithStrictResponses())
	var invalid *ValidationError
	if !errors.As(err, &invalid) || len(invalid.Violations) != 2 {
		t.Errorf("strict: %v", err)
	}
}

func TestResponseLimit(t *testing.T) {
	bomb := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		zeros := make([]byte, 1<<20)
		for range 100 {
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
		_ = z.Close()
	}
	rec := newRecorder(t, bomb)
	c := newTestClient(t, rec.URL)
	_, err := c.call(context.Background(), testOperation("GET"), nil)
	var limit BodyLimitError
	if !errors.As(err, &limit) || limit != 64<<20 || len(rec.all()) != 1 {
		t.Errorf("got %v after %d requests", err, len(rec.all()))
	}
	_, err = newTestClient(t, newRecorder(t, okReply).URL).call(context.Background(), testOperation("GET"), nil, WithResponseLimit(10))
	if !errors.As(err, &limit) || limit != 10 {
		t.Errorf("got %v", err)
	}
	long := reply(418, strings.Repeat("x", 2<<20))
	var plain *ResponseError
	var typed *Error[string]
	_, err = newTestClient(t, newRecorder(t, long).URL).call(context.Background(), testOperation("POST"), nil)
	if !errors.As(err, &plain) || errors.As(err, &typed) || len(plain.Body) != 1<<20 || !errors.As(err, &limit) || len(err.Error()) > 1000 {
		t.Errorf("got %.200v", err)
	}
}

// TestUnsendable sends nothing of what cannot be written.
func TestUnsendable(t *testing.T) {
	rec := newRecorder(t, okReply)
	for _, body := range []func(r *request, mediaType string, v any){jsonBody, checkedBody} {
		r := newTestClient(t, rec.URL).newRequest(t.Context(), testOperation("PUT"), nil)
		r.variable("id", "1")
		body(r, "application/json", &struct{ N float64 }{math.NaN()})
		if _, err := doNone(r); err == nil || len(rec.all()) > 0 {
			t.Errorf("got %v, sent %v", err, rec.all())
		}
	}
}

func TestTimeouts(t *testing.T) {
	hang := func(w http.ResponseWriter, req *http.Request) { <-req.Context().Done() }
	rec := newRecorder(t, hang, okReply)
	c := newTestClient(t, rec.URL)
	if _, err := c.call(context.Background(), testOperation("PUT"), &thing{1, "one"}, WithTimeout(50*time.Millisecond)); err != nil {
		t.Errorf("the second attempt should succeed: %v", err)
	}
	c = newTestClient(t, newRecorder(t, hang).URL, WithHeaderTimeout(20*time.Millisecond))
	start := time.Now()
	if _, err := c.call(context.Background(), testOperation("POST"), nil); err == nil || time.Since(start) > 5*time.Second {
		t.Errorf("got %v after %v", err, time.Since(start))
	}
	if http.DefaultTransport.(*http.Transport).ResponseHeaderTimeout != 0 {
		t.Error("the default transport was changed")
	}
	own := &http.Client{Transport: roundTripper(http.DefaultTransport.RoundTrip)}
	if err := newCore("http://127.0.0.1:1", "", []Option{WithHTTPClient(own), WithHeaderTimeout(time.Second)}).connect(); err == nil {
		t.Error("a transport without that timeout is taken")
	}
	c = newTestClient(t, newRecorder(t, hang).URL, WithTimeout(20*time.Millisecond))
	if _, err := c.call(context.Background(), testOperation("POST"), nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestMiddlewareAndLogger(t *testing.T) {
	var order []string
	trace := func(name string) func(http.RoundTripper) http.RoundTripper {
		return func(next http.RoundTripper) http.RoundTripper {
			return roundTripper(func(req *http.Request) (*http.Response, error) {
				op, ok := OperationFromContext(req.Context())
				order = append(order, name+" "+op.Service+"."+op.ID+" "+op.Method+" "+op.Path)
				if !ok {
					t.Error("no operation")
				}
				return next.RoundTrip(req)
			})
		}
	}
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	rec := newRecorder(t, reply(503, ""), okReply)
	c := newTestClient(t, strings.Replace(rec.URL, "//", "//user:hunter2@", 1), WithMiddleware(trace("outer"), trace("inner")), WithLogger(logger),
		withKey(&testQuery, "hunter2"), withKey(&testKey, "hunter2"))
	if _, err := c.call(context.Background(), testOperation("PUT", requirement{&testQuery, &testKey}), &thing{1, "hunter2"}); err != nil {
		t.Fatal(err)
	}
	const op = " Things.Test PUT /things/{id}/x"
	if diff := cmp.Diff([]string{"outer" + op, "inner" + op, "outer" + op, "inner" + op}, order); diff != "" {
		t.Error(diff)
	}
	if text := log.String(); strings.Contains(text, "hunter2") || strings.Count(text, "operation=Test") != 2 || !strings.Contains(text, "status=503") {
		t.Errorf("log: %s", text)
	}
	for _, none := range []CallOption{WithLogger(nil), WithLogger((*slog.Logger)(nil))} {
		if _, err := c.call(context.Background(), testOperation("PUT"), &thing{1, "x"}, none); err != nil || strings.Count(log.String(), "operation=Test") != 2 {
			t.Errorf("without a logger: %v, log: %s", err, log.String())
		}
	}
	if _, ok := OperationFromContext(context.Background()); ok {
		t.Error("an operation out of nowhere")
	}
}

// TestSwitchingProtocols gets a connection instead of a response, which is neither read nor waited for.
func TestSwitchingProtocols(t *testing.T) {
	server := newPlainServer(t, func(w http.ResponseWriter, req *http.Request) {
		conn, out, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		t.Cleanup(func() { conn.Close() })
		_, _ = out.WriteString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")
		_ = out.Flush()
	})
	for name, opts := range map[string][]Option{
		"directly":       nil,
		"by middleware":  {WithMiddleware(func(next http.RoundTripper) http.RoundTripper { return next })},
		"from the token": {withClientCredentials(&testToken, clientcredentials.Config{ClientID: "id"}, "/token")},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		op, e := testOperation("GET"), new(ResponseError)
		if name == "from the token" {
			op.security = []requirement{{&testToken}}
		}
		_, err := newTestClient(t, server.URL, opts...).call(ctx, op, nil)
		if err == nil || ctx.Err() != nil || errors.As(err, &e) == (op.security != nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSecretsStayOutOfErrors(t *testing.T) {
	op := testOperation("GET", requirement{&testQuery})
	c := newTestClient(t, newRecorder(t, reply(500, "")).URL, withKey(&testQuery, "s3cr&t"), WithRetry(RetryPolicy{}))
	_, err := c.call(context.Background(), op, nil)
	if err == nil || strings.Contains(err.Error(), "s3cr") || !strings.Contains(err.Error(), "api_key=REDACTED") {
		t.Errorf("got %v", err)
	}
	r := c.newRequest(t.Context(), op, nil)
	r.variable("id", "1")
	r.query.keep = len(reserved)
	r.query.add("key", "s3cr/t")
	r.hide("s3cr/t")
	if err := r.do(); err == nil || strings.Contains(err.Error(), "s3cr") {
		t.Errorf("got %v", err)
	}
	if text := r.show(&url.URL{Host: "a", RawQuery: "key=s3cr%2Ft"}); strings.Contains(text, "s3cr") {
		t.Errorf("escaped in another way: %s", text)
	}
	r.hide("s3cr")
	r.hide("s3cr-tail")
	if text := r.show(&url.URL{Host: "a", RawQuery: "key=s3cr-tail"}); strings.Contains(text, "tail") {
		t.Errorf("a secret that begins with another: %s", text)
	}
	for _, text := range []string{"a=S3+C%2fR", "a=S3%20C/R", "a=s3+c%2FR", "a=S3%2520C%252fR", `"S3 C\"R\\"`} {
		r.hide("S3 C/R")
		r.hide("s3 c/R")
		r.hide(`S3 C"R\`)
		if got := r.redact(text); strings.Contains(got, "R\\") || strings.Contains(strings.ToLower(got), "s3") {
			t.Errorf("escaped in another way: %s", got)
		}
	}
	if got, want := r.redact("xs3cr-tails3cr &s3%"), "xREDACTEDREDACTED &s3%"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	away := newRecorder(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "http://%zz/?"+r.URL.RawQuery)
		w.WriteHeader(http.StatusFound)
	})
	c = newTestClient(t, away.URL, withKey(&testQuery, "s3cr&t"), WithRetry(RetryPolicy{}))
	if _, err = c.call(context.Background(), op, nil); err == nil || strings.Contains(err.Error(), "s3cr") || !strings.Contains(err.Error(), "Location") {
		t.Errorf("got %v", err)
	}
	c = newTestClient(t, "http://user:s3cr@127.0.0.1:1", withKey(&testQuery, "s3cr&t"), WithRetry(RetryPolicy{}))
	if _, err = c.call(context.Background(), op, nil); err == nil || strings.Contains(err.Error(), "s3cr") {
		t.Errorf("got %v", err)
	}
	c = newTestClient(t, "http://127.0.0.1:1", withKey(&testKey, "s3cr\n"))
	if _, err = c.call(context.Background(), testOperation("GET", requirement{&testKey}), nil); err == nil || strings.Contains(err.Error(), "s3cr") {
		t.Errorf("got %v", err)
	}
}

func TestServerAddress(t *testing.T) {
	for _, address := range []string{"", "/v1", "example.com", "ftp://example.com", "https://", "https://example.com?x=1", "https://example.com/#x", "https://{site}.com", "https://a b"} {
		c := newCore(address, "", nil)
		if err := c.connect(); err == nil {
			t.Errorf("%q is accepted", address)
		}
	}
	c := newCore("/v1", "", []Option{WithBaseURL("https://example.com/v2//"), WithHTTPClient(nil)})
	if err := c.connect(); err != nil || c.server.RawPath != "/v2" {
		t.Errorf("got %v, %v", c.server, err)
	}
}

func TestServerVariables(t *testing.T) {
	t.Setenv("TEST_REGION", "env")
	for _, tt := range []struct {
		opts []Option
		want string
	}{
		{nil, "https://env.example.com/v1"},
		{[]Option{withVariable("region", "a-b_c.d")}, "https://a-b_c.d.example.com/v1"},
		{[]Option{withVariable("version", "v1/x")}, "https://env.example.com/v1/x"},
		{[]Option{withVariable("region", "opt")}, "https://opt.example.com/v1"},
		{[]Option{withVariable("region", "opt"), WithBaseURL("http://localhost:1")}, "http://localhost:1"},
	} {
		c := newCore("https://{region}.example.com/{version}", "", tt.opts)
		c.serverVariable("region", "TEST_REGION", "default")
		c.serverVariable("version", "", "v1")
		if err := c.connect(); err != nil || c.server.String() != tt.want {
			t.Errorf("got %v, %v; want %s", c.server, err, tt.want)
		}
	}
	rec := newRecorder(t, okReply)
	c := newTestClient(t, "http://127.0.0.1:1")
	c.variables["host"] = strings.TrimPrefix(rec.URL, "http://")
	r := c.newRequest(context.Background(), testOperation("GET"), nil)
	r.at("http://{host}/upload")
	r.variable("id", "1")
	if _, err := doNone(r); err != nil || rec.all()[0].uri != "/upload/things/1/x" {
		t.Errorf("got %v, %v", rec.all(), err)
	}
}

// TestFilledAddress holds that a variable that is part of a host, or its port, leads to no other.
func TestFilledAddress(t *testing.T) {
	for _, template := range []string{
		"https://{x}.example.com", "https://{x}-a.example.com/v1", "https://{x}{y}.example.com", "https://{y}{x}.example.com",
		"https://a.{x}.example.com:8443", "https://{x}.{y}", "https://example.com:{x}/{y}", "https://example.com:4{x}", "https://{x}:p@example.com",
		"{x}://example.com", "http{x}://example.com",
	} {
		for _, value := range []string{"a@evil.com/", "evil.com/", `evil.com\`, "evil.com?", "evil.com#", "evil.com:80", "a:b@evil.com", "http://evil.com/", "443@evil.com", "443@evil.com/"} {
			address := filled(template, map[string]string{"x": value, "y": "example.com"})
			c := newCore(address, "", nil)
			if err := c.connect(); err == nil && !strings.HasSuffix(c.server.Hostname(), "example.com") {
				t.Errorf("%s: %q leads to %s", template, value, c.server)
			}
		}
	}
	for _, tt := range [][3]string{
		{"https://{x}/v1", "localhost:80", "https://localhost:80/v1"},
		{"https://{x}{y}", "localhost:80", "https://localhost:80/b"},
		{"{x}/v1", "http://localhost/a", "http://localhost/a/v1"},
		{"{x}://a", "http", "http://a"},
		{"https://a:{x}/", "80", "https://a:80/"},
		{"https://a/{x}/{y}", "c/d", "https://a/c/d//b"},
		{"https://[{x}]:1", "::1", "https://[::1]:1"},
		{"https://a.{x}", "example.com:80/c", "https://a.example.com:80/c"},
		{"/{x}", "/evil.com", "/evil.com"},
		{"/}{z{x}{z}", "1", "/}{z1{z}"},
	} {
		if got := filled(tt[0], map[string]string{"x": tt[1], "y": "/b"}); got != tt[2] {
			t.Errorf("%s: got %s, want %s", tt[0], got, tt[2])
		}
	}
}
