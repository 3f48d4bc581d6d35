package proof_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/seed-a7989e22/apigen/proof/pages"
)

// server records requests, judges them by a document of specs/ and answers as
// it is told.
type server struct {
	// url is the base URL, base its path.
	url, base string
	clients   *pages.Clients

	mu       sync.Mutex
	requests []request
	faults   []error
	status   int
	body     []byte
	header   http.Header
}

// request is what came over the wire.
type request struct {
	method, path, query string
	header              http.Header
	body                []byte
}

// newServer serves the document until the test ends, which fails when a
// request violated it.
func newServer(t *testing.T, document string) *server {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("../specs/" + document)
	if err != nil {
		t.Fatal(err)
	}
	documented, err := url.Parse(doc.Servers[0].URL)
	if err != nil {
		documented = &url.URL{} // a template without a path
	}
	ts := httptest.NewUnstartedServer(nil)
	s := &server{base: documented.Path}
	s.url = "http://" + ts.Listener.Addr().String() + s.base
	doc.Servers = openapi3.Servers{{URL: s.url}}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	ts.Config.Handler = s.handler(router)
	ts.Start()
	t.Cleanup(func() {
		ts.Close()
		for _, fault := range s.faults {
			t.Error(fault)
		}
	})
	if s.clients, err = pages.NewClients(s.url, s.url, ts.Client()); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *server) handler(router routers.Router) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if err := s.record(r); err != nil {
			s.faults = append(s.faults, err)
		}
		if err := judge(router, r); err != nil {
			s.faults = append(s.faults, fmt.Errorf("%s %s: %w", r.Method, r.URL, err))
		}
		for name, values := range s.header {
			w.Header()[name] = values
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(s.status)
		_, _ = w.Write(s.body)
	})
}

// record keeps the request and makes its body readable again.
func (s *server) record(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.requests = append(s.requests, request{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, r.Header.Clone(), body})
	return nil
}

// judge validates the request by the document.
func judge(router routers.Router, r *http.Request) error {
	r.URL.Scheme, r.URL.Host = "http", r.Host
	route, params, err := router.FindRoute(r)
	if err != nil {
		return err
	}
	return openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
		Request: r, Route: route, PathParams: params,
		Options: &openapi3filter.Options{
			MultiError:          true,
			SkipSettingDefaults: true,
			AuthenticationFunc:  authenticate,
		},
	})
}

// authenticate accepts the credentials of package pages.
func authenticate(_ context.Context, input *openapi3filter.AuthenticationInput) error {
	header, name := input.RequestValidationInput.Request.Header, "Authorization"
	if input.SecurityScheme.Type == "apiKey" {
		name = input.SecurityScheme.Name
	}
	if header.Get(name) == "" {
		return errors.New("no header " + name)
	}
	return nil
}

// reply sets the answer to the next requests.
func (s *server) reply(status int, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status, s.body = status, body
}

// onlyRequest returns the one request that was made.
func (s *server) onlyRequest(t *testing.T) request {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.requests) != 1 {
		t.Fatalf("%d requests were sent, want 1", len(s.requests))
	}
	return s.requests[0]
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// jsonResponse is an answer for a client without a server.
func jsonResponse(r *http.Request, status int, body []byte) *http.Response {
	return &http.Response{
		StatusCode: status,
		Status:     http.StatusText(status),
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        http.Header{"Content-Type": {"application/json"}},
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       r,
	}
}
