package support

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func streamReply(mediaType string, chunks ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		for _, chunk := range chunks {
			_, _ = io.WriteString(w, chunk)
			w.(http.Flusher).Flush()
		}
	}
}

// drain collects what an iteration yields before its error.
func drain[T any](seq iter.Seq2[T, error]) (all []T, err error) {
	for v, e := range seq {
		if e != nil {
			if err != nil {
				return all, errors.New("two errors")
			}
			err = e
			continue
		}
		all = append(all, v)
	}
	return all, err
}

func TestEvents(t *testing.T) {
	for _, tt := range []struct {
		name   string
		chunks []string
		want   []string
	}{
		{"line endings", []string{"data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\n\r\n"}, []string{"a", "b", "c", "d"}},
		{"mixed line endings", []string{"data: a\r\n\ndata: b\n\r\ndata: c\r\n\n\n"}, []string{"a", "b", "c"}},
		{"byte by byte", strings.Split("\ufeffdata: a\r\ndata: b\r\n\r\n", ""), []string{"a\nb"}},
		{"several lines", []string{"data: a\ndata:b\ndata:  c\n\n"}, []string{"a\nb\n c"}},
		{"other fields", []string{": comment\nid: 1\nevent: x\nretry: 5\ndata: a\nnonsense\n\n"}, []string{"a"}},
		{"no data", []string{"event: ping\n\ndata: a\n\n"}, []string{"a"}},
		{"empty data", []string{"data\n\ndata:\n\n"}, []string{"", ""}},
		{"half an event", []string{"data: a\n\ndata: lost\n"}, []string{"a"}},
		{"terminator", []string{"data: a\n\ndata: [DONE]\n\ndata: b\n\n"}, []string{"a"}},
	} {
		c := newTestClient(t, newRecorder(t, streamReply("text/event-stream; charset=utf-8", tt.chunks...)).URL)
		start := func() *request {
			r := c.newRequest(context.Background(), testOperation("GET"), nil)
			r.variable("id", "1")
			return r
		}
		seq := textEvents[string](start, "[DONE]")
		for range 2 { // an iteration can be repeated
			got, err := drain(seq)
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%s: %v\n%s", tt.name, err, diff)
			}
		}
	}
}

// TestEmptyEvents has a server that keeps the connection open with events without content.
func TestEmptyEvents(t *testing.T) {
	c := newTestClient(t, newRecorder(t, streamReply("text/event-stream", "event: ping\ndata:\n\ndata: {\"id\":1}\n\ndata\n\ndata: {\"id\":2}\n\ndata: \n\n")).URL)
	got, err := drain(events[thing](func() *request {
		r := c.newRequest(t.Context(), testOperation("GET"), nil)
		r.variable("id", "1")
		return r
	}, "[DONE]"))
	if diff := cmp.Diff([]thing{{ID: 1}, {ID: 2}}, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

// TestWholeEvents reads events with their fields.
func TestWholeEvents(t *testing.T) {
	type event struct {
		Event *string `json:"event,omitzero"`
		ID    *string `json:"id,omitzero"`
		Retry *int64  `json:"retry,omitzero"`
		Data  any     `json:"data"`
	}
	for _, tt := range []struct {
		name, body, done string
		json             bool
		want             string
		fails            bool
	}{
		{"text", "\ufeff: hello\nevent: a\rid:1\r\ndata: x\n:\ndata:  \"y\"\nother: z\n\n", "", false, `{"event":"a","id":"1","data":"x\n \"y\""}`, false},
		{"without data", "event: a\nid: 1\n\ndata\n\nevent: b\n\n", "", false, `{"id":"1","data":""}`, false},
		{"twice", "event: a\nevent: b\ndata: 1\n\n", "", false, `{"event":"b","data":"1"}`, false},
		{"retry", "retry: 010\ndata: 1\n\nretry: 000\ndata: 2\n\nretry: -1\ndata: 3\n\nretry:\ndata: 4\n\nretry: 99999999999999999999\ndata: 5\n\n", "", true, `{"retry":10,"data":1}{"retry":0,"data":2}{"data":3}{"data":4}{"data":5}`, false},
		{"id with NUL", "id: a\nid: b\x00\ndata: 1\n\n", "", true, `{"id":"a","data":1}`, false},
		{"no text", "event: \xff\"\ndata: \xff\n\n", "", false, "{\"event\":\"\ufffd\\\"\",\"data\":\"\ufffd\"}", false},
		{"json", "event: a\ndata: {\"n\":\ndata: 1}\n\ndata:\n\n", "", true, `{"event":"a","data":{"n":1}}{"data":null}`, false},
		{"no json", "data: {\n\ndata: 1\n\n", "", true, "", true},
		{"more than one value", "data: 1},{\n\n", "", true, "", true},
		{"done", "data: 1\n\ndata: [DONE]\n\ndata: 2\n\n", "[DONE]", true, `{"data":1}`, false},
		{"cut off", "event: a\ndata: 1\n", "", true, "", false},
		{"too long", "event: " + strings.Repeat("x", 2000), "", true, "", true},
	} {
		c := newTestClient(t, newRecorder(t, streamReply("text/event-stream", tt.body)).URL, WithResponseLimit(1000))
		items, err := drain(wholeEvents[event](func() *request {
			r := c.newRequest(t.Context(), testOperation("GET"), nil)
			r.variable("id", "1")
			return r
		}, tt.done, tt.json))
		got := ""
		for _, item := range items {
			text, err := json.Marshal(item)
			if err != nil {
				t.Fatal(err)
			}
			got += string(text)
		}
		if got != tt.want || (err != nil) != tt.fails {
			t.Errorf("%s: got %s (%v)", tt.name, got, err)
		}
	}
}

// TestStrictStream holds the items of a stream to what the document allows.
func TestStrictStream(t *testing.T) {
	for limited, inspect := range []func(*checker, any){uninspected, (*checker).check} {
		c := newTestClient(t, newRecorder(t, streamReply("text/event-stream", "data: {\"id\":1,\"name\":\"\"}\n\ndata: {\"id\":0,\"name\":null}\n\n")).URL)
		c.inspect = inspect
		for strict, opts := range [][]RequestOption{nil, {WithStrictResponses()}} {
			got, err := drain(events[thing](func() *request {
				r := c.newRequest(t.Context(), testOperation("GET"), opts)
				r.variable("id", "1")
				return r
			}, ""))
			var e *ValidationError
			if errors.As(err, &e) != (strict == 1) || len(got) != 2-strict {
				t.Errorf("strict %d: %v, %v", strict, got, err)
			}
			if e != nil && len(e.Violations) != 1+limited {
				t.Errorf("with limits %d: %v", limited, err)
			}
		}
	}
}

func TestStreamedJSON(t *testing.T) {
	for _, tt := range []struct {
		name, mediaType, body string
		want                  []thing
		fails                 bool
	}{
		{"lines", "application/x-ndjson", "\ufeff{\"id\":1}\n\n{\"id\":2}\r\n \x1e{\"id\":3}", []thing{{ID: 1}, {ID: 2}, {ID: 3}}, false},
		{"bad line", "application/jsonl", "{\"id\":1}\n{\n{\"id\":2}", []thing{{ID: 1}}, true},
		{"sequence", "application/json-seq", "\x1e{\n \"id\": 1,\r\n\n\"name\": \"{\\\"[\"\n}\n\x1e\x1e{\"id\":2}\n\x1e{\"id\":3\n}", []thing{{1, "{\"["}, {ID: 2}, {ID: 3}}, false},
		{"sequence cut short", "application/json-seq", "\x1e{\"id\":1}\n\x1e{\n\x1e{\"id\":2}\n", []thing{{ID: 1}}, true},
		{"sequence that ends", "application/json-seq", "\x1e{\"id\":1}\n\x1e{\"id\":\n", []thing{{ID: 1}}, true},
		{"value too long", "application/json-seq", "\x1e{" + strings.Repeat("\n", 2000), nil, true},
		{"wrong media type", "text/html", "<html>", nil, true},
		{"objects that are called text", "text/plain; charset=utf-8", "{\"id\":1}\n{\"id\":2}\n", []thing{{ID: 1}, {ID: 2}}, false},
		{"line too long", "application/jsonl", `{"id":1, "name":"` + strings.Repeat("x", 2000), nil, true},
	} {
		c := newTestClient(t, newRecorder(t, streamReply(tt.mediaType, tt.body)).URL, WithResponseLimit(1000))
		got, err := drain(jsonLines[thing](func() *request {
			r := c.newRequest(context.Background(), testOperation("GET"), nil)
			r.variable("id", "1")
			return r
		}))
		if diff := cmp.Diff(tt.want, got); diff != "" || (err != nil) != tt.fails {
			t.Errorf("%s: %v\n%s", tt.name, err, diff)
		}
	}
}

// TestStreamWithoutContent has a server that names a media type where there is nothing.
func TestStreamWithoutContent(t *testing.T) {
	c := newTestClient(t, newRecorder(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNoContent)
	}).URL)
	got, err := drain(textEvents[string](func() *request {
		r := c.newRequest(context.Background(), testOperation("GET"), nil)
		r.variable("id", "1")
		return r
	}, ""))
	if len(got) > 0 || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestStreamEnds(t *testing.T) {
	gone := make(chan struct{}, 2)
	endless := func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = io.WriteString(w, "data: {\"id\":1}\n\n")
		w.(http.Flusher).Flush()
		<-req.Context().Done()
		gone <- struct{}{}
	}
	c := newTestClient(t, newRecorder(t, endless).URL, WithTimeout(time.Minute))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	seq := events[thing](func() *request {
		r := c.newRequest(ctx, testOperation("GET"), nil)
		r.variable("id", "1")
		return r
	}, "")
	left := func() {
		t.Helper()
		select {
		case <-gone:
		case <-time.After(5 * time.Second):
			t.Fatal("the connection stays open")
		}
	}
	for range seq {
		break
	}
	left()
	n := 0
	for _, err := range seq {
		if n++; n == 1 {
			cancel()
		} else if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	if n != 2 {
		t.Errorf("%d iterations", n)
	}
	left()
}

// TestStreamOfAnotherKind gets what is no stream of events, and one that does not say that it is.
func TestStreamOfAnotherKind(t *testing.T) {
	for _, tt := range []struct {
		mediaType, body, want string
		wrong                 bool
	}{
		{"text/html; charset=utf-8", "<html>", "", true},
		{"application/json", "data: x\n\n", "", true},
		{"TEXT/Event-Stream", "data: x\n\n", "x", false},
		{"", "data: x\n\n", "x", false},
	} {
		c := newTestClient(t, newRecorder(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = []string{tt.mediaType}
			_, _ = io.WriteString(w, tt.body)
		}).URL)
		got, err := drain(textEvents[string](func() *request {
			r := c.newRequest(t.Context(), testOperation("GET"), nil)
			r.variable("id", "1")
			return r
		}, ""))
		var e *DecodeError
		if errors.As(err, &e) != tt.wrong || strings.Join(got, "|") != tt.want {
			t.Errorf("%q: got %q, %v", tt.mediaType, got, err)
		}
		if tt.wrong && (string(e.Body) != tt.body || !strings.Contains(err.Error(), tt.mediaType)) {
			t.Errorf("%q: got %v with %q", tt.mediaType, err, e.Body)
		}
	}
}

// TestLargeEvent has lines within the limit that are beyond it together.
func TestLargeEvent(t *testing.T) {
	body := strings.Repeat("data: "+strings.Repeat("x", 100)+"\n", 12) + "\n"
	for limit, want := range map[int64]bool{1000: false, 2000: true} {
		c := newTestClient(t, newRecorder(t, streamReply("text/event-stream", body)).URL, WithResponseLimit(limit))
		_, err := drain(textEvents[string](func() *request {
			r := c.newRequest(t.Context(), testOperation("GET"), nil)
			r.variable("id", "1")
			return r
		}, ""))
		if errors.Is(err, BodyLimitError(limit)) == want || (err == nil) != want {
			t.Errorf("limit %d: %v", limit, err)
		}
	}
}

func TestPaginate(t *testing.T) {
	type params struct {
		Page   *int64
		Cursor *string
	}
	fail := errors.New("page 3")
	calls := 0
	pages := func(p *params) ([]int64, bool, error) {
		calls++
		n := advance(&p.Page, 1, 1) - 1
		if n == 3 {
			return nil, false, fail
		}
		return []int64{10 * n, 10*n + 1}, true, nil
	}
	seq := paginate(params{}, pages)
	for range 2 {
		got, err := drain(seq)
		if diff := cmp.Diff([]int64{10, 11, 20, 21}, got); diff != "" || err != fail {
			t.Errorf("%v\n%s", err, diff)
		}
	}
	calls = 0
	for v := range seq {
		if v == 11 {
			break
		}
	}
	if calls != 1 {
		t.Errorf("%d pages were fetched for one", calls)
	}
	cursors := []string{"a", "b", "b", "c"}
	got, err := drain(paginateBy(params{}, func(p *params, seen *trail) ([]string, bool, error) {
		c := cursors[0]
		cursors = cursors[1:]
		return []string{c}, follow(&p.Cursor, c, seen), nil
	}))
	if diff := cmp.Diff([]string{"a", "b", "b"}, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

// TestRepeatedPages lets a server lead back to an earlier page.
func TestRepeatedPages(t *testing.T) {
	for _, tt := range []struct{ before, cycle, most int }{{0, 2, 5}, {1, 2, 6}, {7, 3, 20}, {0, 100, 400}, {50, 64, 300}} {
		calls := 0
		seq := paginateBy("", func(next *string, seen *trail) ([]int, bool, error) {
			if calls++; calls > tt.most {
				t.Fatalf("%+v: not noticed", tt)
			}
			place := calls
			if place > tt.before {
				place = tt.before + 1 + (calls-tt.before)%tt.cycle
			}
			return []int{place}, followValue(next, strconv.Itoa(place), seen), nil
		})
		for range 2 {
			calls = 0
			if got, err := drain(seq); err == nil || len(got) != calls || calls < tt.before+tt.cycle {
				t.Errorf("%+v: %d items of %d pages, %v", tt, len(got), calls, err)
			}
		}
	}
	calls := 0
	_, err := drain(paginateBy(int64(0), func(at *int64, seen *trail) ([]int, bool, error) {
		calls++
		return nil, followValue(at, int64(calls%1000), seen), nil
	}))
	if err != nil || calls != 1000 {
		t.Errorf("%d pages: %v", calls, err)
	}
}

func TestNextLink(t *testing.T) {
	for _, tt := range []struct {
		headers []string
		want    string
	}{
		{nil, ""},
		{[]string{`<https://x/?page=2>; rel="next", <https://x/?page=9>; rel="last"`}, "https://x/?page=2"},
		{[]string{`<https://x/?page=1>; rel="prev"; title="a,b", <https://x/?a=1,2;3>; title="x"; rel=next`}, "https://x/?a=1,2;3"},
		{[]string{`<a>; rel=prev`, `<b>; REL="first NEXT"`}, "b"},
		{[]string{`<a>; title="<b>; rel=next, <c>; rel=next"; rel=next`}, "a"},
		{[]string{`<a>; title="\"; rel=next"`, `<b>; title="x;y" ; rel = "next"`}, "b"},
		{[]string{`<a>; title="open; rel=next`}, ""},
		{[]string{`<a>; title=next`, `<b>; rel=next`}, "b"},
		{[]string{`<a>; rel=prev; rel=next`, `<b>; rel=next; rel=prev`}, "b"},
		{[]string{`<a>; rel=nextish`, `<b>`, `<unclosed`, `;;,,`}, ""},
	} {
		if got := nextLink(http.Header{"Link": tt.headers}); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.headers, got, tt.want)
		}
	}
}

// TestContinueWithKey holds that a key which the address of the next page has is sent once, and hidden.
func TestContinueWithKey(t *testing.T) {
	rec := newRecorder(t, reply(400, ""))
	c := newTestClient(t, rec.URL, withKey(&testQuery, "S K/1"))
	for next, want := range map[string]string{
		"/url?api_key=S+K%2f1&p=2": "/url?p=2&api_key=S%20K%2F1",
		"/url?api%5Fkey=x":         "/url?api_key=S%20K%2F1",
		"/url?other=S+K%2f1":       "/url?other=S+K%2f1&api_key=S%20K%2F1",
	} {
		r := c.newRequest(context.Background(), testOperation("GET", requirement{&testQuery}), nil)
		r.variable("id", "1")
		r.continueAt(&next)
		_, err := doNone(r)
		if all := rec.all(); all[len(all)-1].uri != want || err == nil || strings.Contains(err.Error(), "S+K") || strings.Contains(err.Error(), "S%20K") {
			t.Errorf("%s: sent %s, %v", next, all[len(all)-1].uri, err)
		}
	}
}

// TestFollowAddress has addresses relative to the page before, or to none.
func TestFollowAddress(t *testing.T) {
	for _, tt := range []struct{ at, next, want string }{
		{"http://a/b%2Fc/d", "?x=%2F", "http://a/b%2Fc/d?x=%2F"},
		{"http://a/b%2Fc/d?y", "e/f", "http://a/b%2Fc/e/f"},
		{"http://a/b", "http://c/d", "http://c/d"},
		{"http://a/b", "%zz", "%zz"}, // continueAt refuses it
		{"http://a/b", "", ""},
		{"http://a/b", "b", "http://a/b"},
	} {
		at := tt.at
		more := followAddress(&at, tt.next, new(trail))
		if at != tt.want || more != (at != "" && at != tt.at) {
			t.Errorf("%s from %s: %s, %v", tt.next, tt.at, at, more)
		}
	}
}

// TestHostOf knows a host with the port that its scheme has anyway.
func TestHostOf(t *testing.T) {
	for address, want := range map[string]string{
		"http://A.example:80/": "a.example", "https://a.example:443": "a.example", "http://a.example:443": "a.example:443", "http://[::1]:80/x": "[::1]", "//a": "a",
	} {
		if u, err := url.Parse(address); err != nil || hostOf(u) != want {
			t.Errorf("%s: %v, %v", address, u, err)
		}
	}
}

func TestContinueAt(t *testing.T) {
	rec := newRecorder(t, okReply)
	c := newTestClient(t, rec.URL+"/v1")
	host, err := url.Parse(rec.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ next, want string }{
		{"", "/v1/things/1/x?a=1"},
		{"?page=2", "/v1/things/1/x?page=2"},
		{"/v2/things?page=a%2Fb", "/v2/things?page=a%2Fb"},
		{rec.URL + "/things%20x", "/things%20x"},
		{"https://" + host.Host + "/", "/"}, // as the server sees itself, behind a proxy
		{"?q=a b", "/v1/things/1/x?q=a%20b"},
		{"http://elsewhere.example.com/", ""},
		{"//elsewhere.example.com/", ""},
		{"http://a b", ""},
	} {
		before := len(rec.all())
		r := c.newRequest(context.Background(), testOperation("GET"), nil)
		r.variable("id", "1")
		r.query.add("a", "1")
		r.continueAt(&tt.next)
		_, err := doNone(r)
		sent := slices.Clone(rec.all()[before:])
		if tt.want == "" && (err == nil || len(sent) > 0) || tt.want != "" && (err != nil || sent[0].uri != tt.want) {
			t.Errorf("%q: %v, sent %v", tt.next, err, sent)
		}
	}
}
