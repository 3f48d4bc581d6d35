package emitted

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/oapi-codegen/runtime/types"
)

// serve starts a server and returns a client of it.
func serve(t *testing.T, handler http.HandlerFunc, opts ...Option) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	client, err := NewClient(append([]Option{WithBaseURL(server.URL), WithRetry(RetryPolicy{})}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func reply(w http.ResponseWriter, status int, mediaType, body string) {
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func ptr[T any](v T) *T { return &v }

func getParams() GetThingParams {
	return GetThingParams{ID: "a/b", Version: 2, Color: ColorRed, List: []string{"x,y", "z"}, Styled: []int64{1, 2}, Uuid: types.UUID{15: 1}}
}

func TestParameters(t *testing.T) {
	var got *http.Request
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		reply(w, 200, "application/json", `{"id":5,"name":"five"}`)
	}, WithKey("k"), WithQueryKey("q&q"))
	params := getParams()
	when := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	params.When, params.Explode, params.Csv, params.Pipes = &when, []string{"a b", "c"}, []int64{1, 2}, []string{"a|b", "c"}
	params.Deep, params.Null = &Filter{Name: ptr("n&m"), Ids: []int64{7}}, NullableOf("v")
	params.Json, params.Open, params.Secret = &Filter{Name: ptr("j")}, ptr("/a?b"), ptr("hush")
	params.XOne, params.XList, params.XObject = ptr(int64(1)), []string{"a", "b"}, &Filter{Name: ptr("h")}
	params.Session, params.Colors = ptr("s"), []Color{ColorRed, ColorBlue}
	thing, err := client.Things.GetThing(context.Background(), params)
	if err != nil || thing.ID != 5 || *thing.Name != "five" {
		t.Fatalf("got %v, %v", thing, err)
	}
	if want := "/things/a%2Fb/v2.red/x%2Cy,z/.1,2"; got.URL.EscapedPath() != want {
		t.Errorf("path %s, want %s", got.URL.EscapedPath(), want)
	}
	query := got.URL.Query()
	for name, want := range map[string]string{
		"when": "2024-01-02T03:04:05Z", "uuid": "00000000-0000-0000-0000-000000000001", "explode": "a b+c", "csv": "1,2", "pipes": "a|b|c",
		"deep[name]": "n&m", "deep[ids][0]": "7", "null": "v", "json": `{"name":"j"}`, "open": "/a?b", "secret": "hush", "api key": "q&q",
	} {
		if have := strings.Join(query[name], "+"); have != want {
			t.Errorf("%s is %q, want %q", name, have, want)
		}
	}
	if !strings.Contains(got.URL.RawQuery, "open=/a?b") {
		t.Errorf("reserved characters are escaped: %s", got.URL.RawQuery)
	}
	for name, want := range map[string]string{"X-One": "1", "X-List": "a,b", "X-Object": "name,h", "X-Key": "k", "Cookie": "session=s; colors=red,blue"} {
		if have := got.Header.Get(name); have != want {
			t.Errorf("%s is %q, want %q", name, have, want)
		}
	}
}

func TestErrors(t *testing.T) {
	status, mediaType, body := 0, "", ""
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) { reply(w, status, mediaType, body) }, WithLogin("u", "p"))
	call := func(s int, m, b string) error {
		status, mediaType, body = s, m, b
		params := getParams()
		params.Secret = ptr("hush")
		_, err := client.Things.GetThing(context.Background(), params)
		if err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%d: %v", s, err)
		}
		return err
	}
	var problem *Error[Problem]
	if err := call(409, "application/json", `{"detail":"no"}`); !errors.As(err, &problem) || problem.Body.Detail != "no" {
		t.Errorf("409: %v", err)
	}
	var list *Error[[]string]
	if err := call(503, "application/json", `["a","b"]`); !errors.As(err, &list) || len(list.Body) != 2 {
		t.Errorf("503: %v", err)
	}
	var text *Error[string]
	if err := call(418, "text/plain", "teapot"); !errors.As(err, &text) || text.Body != "teapot" || text.Operation != "GetThing" {
		t.Errorf("418: %v", err)
	}
	client = serve(t, func(http.ResponseWriter, *http.Request) { t.Error("sent") })
	if _, err := client.Things.GetThing(context.Background(), getParams()); !errors.Is(err, ErrNoCredentials) ||
		!strings.Contains(err.Error(), "WithKey (or EMITTED_KEY) and WithQueryKey; or WithLogin (or EMITTED_USER, EMITTED_PASSWORD); or WithTokens") {
		t.Errorf("no credentials: %v", err)
	}
	params := getParams()
	params.ID, params.Color = "..", "green"
	var invalid *ValidationError
	if _, err := client.Things.GetThing(context.Background(), params); !errors.As(err, &invalid) || len(invalid.Violations) != 2 {
		t.Errorf("invalid: %v", err)
	}
}

func TestBodies(t *testing.T) {
	var got *http.Request
	var content string
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		got, content = r, string(data)
		reply(w, 200, "application/json", `[{"id":1},{"id":2}]`)
	})
	filter := &Filter{Name: ptr("a b"), Ids: []int64{1, 2}}
	for _, tt := range []struct {
		params          SearchParams
		mediaType, body string
	}{
		{SearchParams{Body: filter}, "application/vnd.x+json", `{"name":"a b","ids":[1,2]}`},
		{SearchParams{BodyForm: filter}, "application/x-www-form-urlencoded", "name=a%20b&ids=1&ids=2"},
		{SearchParams{BodyText: ptr("plain")}, "text/plain", "plain"},
		{SearchParams{}, "", ""},
	} {
		list, err := client.Things.Search(context.Background(), tt.params)
		if err != nil || len(list) != 2 || got.Header.Get("Content-Type") != tt.mediaType || content != tt.body {
			t.Errorf("%v, %v, sent %s %s", list, err, got.Header.Get("Content-Type"), content)
		}
		if q := got.URL.Query(); got.URL.Path != "/search" || q.Get("kind") != "a b" || !q.Has("flag") {
			t.Errorf("sent %s", got.URL)
		}
	}
}

func TestFiles(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/raw") {
			data, _ := io.ReadAll(r.Body)
			reply(w, 200, "application/octet-stream", strings.ToUpper(string(data)))
			return
		}
		in, err := r.MultipartReader()
		if err != nil {
			reply(w, 400, "text/plain", err.Error())
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		for {
			p, err := in.NextPart()
			if err != nil {
				return
			}
			data, _ := io.ReadAll(p)
			mediaType, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
			fmt.Fprintf(w, "%s|%s|%s|%s\n", p.FormName(), p.FileName(), mediaType, data)
		}
	})
	text, err := client.Things.Upload(context.Background(), UploadParams{Body: Upload{
		Purpose: "p", Tags: []string{"a", "b"}, Meta: &Filter{Name: ptr("m")}, File: strings.NewReader("png"),
		More: []io.Reader{FilePart{Reader: strings.NewReader("one"), Name: "1.txt", ContentType: "text/plain"}, strings.NewReader("two")},
	}})
	want := "purpose||text/x-purpose|p\ntags|||a\ntags|||b\nmeta||application/json|{\"name\":\"m\"}\n" +
		"file|file|image/png|png\nmore|1.txt|text/plain|one\nmore|more|application/octet-stream|two\n"
	if err != nil || text != want {
		t.Errorf("got %s, %v", text, err)
	}
	if _, err := client.Things.Upload(context.Background(), UploadParams{Body: Upload{Purpose: "p"}}); !errors.As(err, new(*ValidationError)) {
		t.Errorf("no file: %v", err)
	}
	body, err := client.Things.SendRaw(context.Background(), SendRawParams{Body: strings.NewReader("raw")})
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if data, err := io.ReadAll(body); err != nil || string(data) != "RAW" {
		t.Errorf("got %s, %v", data, err)
	}
	if _, err := client.Things.SendRaw(context.Background(), SendRawParams{}); !errors.As(err, new(*ValidationError)) {
		t.Errorf("no body: %v", err)
	}
}

func TestResults(t *testing.T) {
	status, mediaType, body := 0, "", ""
	client := serve(t, func(w http.ResponseWriter, r *http.Request) { reply(w, status, mediaType, body) })
	ctx := context.Background()
	status, mediaType, body = 201, "application/json", `{"id":1}`
	if out, err := client.Things.Either(ctx, EitherParams{Body: []Thing{}}); err != nil || out.Ok == nil || out.Ok.ID != 1 || out.Partial != nil {
		t.Errorf("201: %v, %v", out, err)
	}
	status, mediaType, body = 202, "text/plain", "later"
	if out, err := client.Things.Either(ctx, EitherParams{Body: []Thing{}}); err != nil || *out.Accepted != "later" {
		t.Errorf("202: %v, %v", out, err)
	}
	status, mediaType, body = 206, "application/json", `[{"id":1}]`
	if out, err := client.Things.Either(ctx, EitherParams{Body: []Thing{}}); err != nil || len(out.Partial) != 1 {
		t.Errorf("206: %v, %v", out, err)
	}
	status, mediaType, body = 204, "", ""
	if resp, err := client.Ping(ctx, PingParams{}); err != nil || resp.StatusCode != 204 {
		t.Errorf("ping: %v, %v", resp, err)
	}
	status, mediaType, body = 200, "text/plain", " 42\n"
	if n, err := client.Count(ctx, CountParams{}); err != nil || n != 42 {
		t.Errorf("count: %v, %v", n, err)
	}
	status, mediaType, body = 200, "text/event-stream", "data: {\"id\":1}\n\ndata: {\"id\":2}\n\ndata: [DONE]\n\n"
	var ids []int64
	for thing, err := range client.Things.Watch(ctx, WatchParams{}) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, thing.ID)
	}
	if !slices.Equal(ids, []int64{1, 2}) {
		t.Errorf("events: %v", ids)
	}
}

func TestPages(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		body := ""
		switch r.URL.Path + "?" + r.URL.RawQuery {
		case "/offset?", "/cursor?", "/url/7?", "/link?":
			body = `"items":[{"id":1},{"id":2}],"total":3,"next":"?page=2","more":true`
		case "/offset?offset=2", "/cursor?after=c2", "/url/7?page=2", "/link?page=2":
			body = `"items":[{"id":3}],"total":3,"next":null`
		default:
			t.Errorf("unexpected request for %s %v", r.URL, q)
		}
		switch r.URL.Path {
		case "/cursor":
			body = `{"data":{` + body + `},"cursor":"c2"}`
		case "/link":
			if q.Get("page") == "" {
				w.Header().Set("Link", `</link?page=2>; rel="next"`)
			}
			list, _, _ := strings.Cut(strings.TrimPrefix(body, `"items":`), `,"total"`)
			body = list
		default:
			body = "{" + body + "}"
		}
		reply(w, 200, "application/json", body)
	})
	ctx := context.Background()
	service := client.Things.Pages
	for name, seq := range map[string]func(func(Thing, error) bool){
		"offset": service.ByOffsetAll(ctx, ByOffsetParams{}), "cursor": service.ByCursorAll(ctx, ByCursorParams{}),
		"url": service.ByURLAll(ctx, ByURLParams{ID: "7"}), "link": service.ByLinkAll(ctx, ByLinkParams{}),
	} {
		var ids []int64
		for thing, err := range seq {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			ids = append(ids, thing.ID)
		}
		if !slices.Equal(ids, []int64{1, 2, 3}) {
			t.Errorf("%s: %v", name, ids)
		}
	}
	if page, err := service.ByCursor(ctx, ByCursorParams{}); err != nil || len(page.Items) != 2 {
		t.Errorf("unwrapped: %v, %v", page, err)
	}
	canceled, cancel := context.WithCancel(ctx)
	defer cancel()
	n := 0
	for _, err := range service.ByOffsetAll(canceled, ByOffsetParams{}) {
		if n++; n == 2 {
			cancel()
		}
		if n == 3 && !errors.Is(err, context.Canceled) {
			t.Errorf("after cancel: %v", err)
		}
	}
	if n != 3 {
		t.Errorf("%d iterations", n)
	}
}

func TestServersAndEnvironment(t *testing.T) {
	var hosts []string
	transport := http.Client{Transport: transportFunc(func(r *http.Request) (*http.Response, error) {
		hosts = append(hosts, r.URL.Scheme+"://"+r.URL.Host+r.URL.Path+" "+r.Header.Get("Authorization")+" "+r.UserAgent())
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{}`))}, nil
	})}
	t.Setenv("EMITTED_REGION", "blue")
	t.Setenv("EMITTED_USER", "u")
	for _, opts := range [][]Option{nil, {WithRegion("green"), WithType("v9")}, {WithBaseURL(ServerTest)}, {WithBaseURL(ServerOther("a", ColorRed))}} {
		client, err := NewClient(append(opts, WithHTTPClient(&transport))...)
		if err != nil {
			t.Fatal(err)
		}
		params := getParams()
		params.ID = "1"
		if _, err := client.Things.GetThing(context.Background(), params); err != nil {
			t.Error(err)
		}
	}
	const rest = "/things/1/v2.red/x,y,z/.1,2 Basic dTo= emitted/1.0beta"
	want := []string{"https://blue.example.com/v1" + rest, "https://green.example.com/v9" + rest, "https://test.example.com" + rest, "https://a.example.org/red" + rest}
	if !slices.Equal(hosts, want) {
		t.Errorf("got %q", hosts)
	}
	client, err := NewClient(WithHTTPClient(&transport))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Things.SendRaw(context.Background(), SendRawParams{Body: strings.NewReader("x")})
	if last := hosts[len(hosts)-1]; err != nil || !strings.HasPrefix(last, "https://blue.example.com/blue/files/") {
		t.Errorf("a relative server of an operation: %s, %v", last, err)
	}
}

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestWebhooks(t *testing.T) {
	post := func(body string) *http.Request {
		return &http.Request{Method: "POST", URL: &url.URL{}, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
	}
	if thing, err := ParseThingMade(post(`{"id":3}`)); err != nil || thing.ID != 3 {
		t.Errorf("got %v, %v", thing, err)
	}
	if names, err := ParseNames(post(`["a"]`)); err != nil || len(names) != 1 {
		t.Errorf("got %v, %v", names, err)
	}
	if _, err := ParseNames(post(`{`)); err == nil {
		t.Error("no error")
	}
}
