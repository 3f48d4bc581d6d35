package support

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// thing is what the operations of these tests exchange.
type thing struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

func (v *thing) validate(c *checker) {
	if v.ID < 1 {
		c.add("/id", "minimum", "1")
	}
}

// problem is the content of documented errors.
type problem struct {
	Detail string `json:"detail,omitzero"`
}

// testClient is what an emitted client comes down to.
type testClient struct{ *core }

// uninspected is how strict mode inspects values of types without limits.
func uninspected(*checker, any) {}

func newTestClient(t *testing.T, address string, opts ...Option) testClient {
	t.Helper()
	c := newCore(address, "test/1", append([]Option{WithRetry(RetryPolicy{Max: 2, BaseDelay: time.Millisecond})}, opts...))
	c.authorize, c.inspect = authorize, (*checker).check
	c.environment(&testKey, &testBasic)
	if err := c.connect(); err != nil {
		t.Fatal(err)
	}
	return testClient{c}
}

var (
	testKey    = scheme{option: "WithKey", env: []string{"TEST_KEY"}, name: "X-Key", apply: headerKey}
	testSecond = scheme{option: "WithSecond", name: "X-Second", apply: headerKey}
	testQuery  = scheme{option: "WithQuery", name: "api_key", apply: queryKey}
	testCookie = scheme{option: "WithCookie", name: "session", apply: cookieKey}
	testBasic  = scheme{option: "WithBasic", env: []string{"TEST_USER", "TEST_PASSWORD"}, apply: basicAuth}
	testBearer = scheme{option: "WithBearer", apply: bearerAuth}
	testToken  = scheme{option: "WithToken", apply: tokenAuth}
)

func withKey(s *scheme, key string) Option { return withCredential(s, credential{key: key}) }

// operation makes a descriptor whose errors are all documented.
func testOperation(method string, security ...requirement) *operation {
	return &operation{
		Operation: Operation{ID: "Test", Service: "Things", Method: method, Path: "/things/{id}/x"},
		accept:    "application/json",
		security:  security,
		errors:    errorCases{{"404 409", errorJSON[problem]}, {"4XX", errorText[string]}},
	}
}

// call sends a thing and expects one back.
func (c testClient) call(ctx context.Context, op *operation, send *thing, opts ...RequestOption) (*thing, error) {
	r := c.newRequest(ctx, op, opts)
	r.variable("id", "a b")
	if send != nil {
		jsonBody(r, "application/json", send)
	}
	return doJSON(r, new(thing))
}

// seen is a request that a recorder got.
type seen struct {
	method, uri, body string
	header            http.Header
}

// recorder is a server that notes requests and answers by a list of handlers,
// the last of which repeats.
type recorder struct {
	*httptest.Server
	mu       sync.Mutex
	requests []seen
}

func newRecorder(t *testing.T, handlers ...http.HandlerFunc) *recorder {
	t.Helper()
	rec := &recorder{}
	rec.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		rec.mu.Lock()
		n := len(rec.requests)
		rec.requests = append(rec.requests, seen{req.Method, req.RequestURI, string(body), req.Header.Clone()})
		rec.mu.Unlock()
		handlers[min(n, len(handlers)-1)](w, req)
	}))
	t.Cleanup(rec.Close)
	return rec
}

// newPlainServer is a server that reads and notes nothing.
func newPlainServer(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

func (rec *recorder) all() []seen {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	return append([]seen(nil), rec.requests...)
}

// reply answers with a status and JSON.
func reply(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

var okReply = reply(200, `{"id":7,"name":"seven"}`)

// sent reads the content of a request.
func sent(r *request) ([]byte, error) {
	return io.ReadAll(r.http.Body)
}

// run decodes the whole buffer with decode.
func (d *decoder) run(decode func(*decoder)) error {
	decode(d)
	return d.end()
}
