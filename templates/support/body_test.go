package support

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBinaryBody(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file.bin")
	if err := os.WriteFile(name, []byte("0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Seek(2, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		in     io.Reader
		body   string
		length int64
		replay bool
	}{
		{"file from where it is", file, "23456789", 8, true},
		{"bytes", bytes.NewReader([]byte("abc")), "abc", 3, true},
		{"buffer", bytes.NewBufferString("abc"), "abc", 3, true},
		{"stream", io.MultiReader(strings.NewReader("abc")), "abc", -1, false},
		{"empty", strings.NewReader(""), "", 0, true},
		{"empty stream", io.MultiReader(), "", -1, false},
	} {
		var length int64
		rec := newRecorder(t, func(_ http.ResponseWriter, req *http.Request) { length = req.ContentLength })
		r := newTestClient(t, rec.URL).newRequest(context.Background(), testOperation("PUT"), nil)
		r.variable("id", "1")
		binaryBody(r, "image/png", tt.in)
		if _, err := doNone(r); err != nil {
			t.Fatal(err)
		}
		if got := rec.all()[0]; got.body != tt.body || length != tt.length || (r.http.GetBody != nil) != tt.replay || got.header.Get("Content-Type") != "image/png" {
			t.Errorf("%s: sent %+v, length %d", tt.name, got, length)
		}
	}
	if _, err := file.Stat(); err != nil {
		t.Errorf("the file of the caller is closed: %v", err)
	}
	r := newTestClient(t, "http://127.0.0.1:1").newRequest(context.Background(), testOperation("PUT"), nil)
	binaryBody(r, "image/png", nil)
	if _, err := doNone(r); !errors.As(err, new(*ValidationError)) {
		t.Errorf("nil reader: %v", err)
	}
}

func TestBinaryResponse(t *testing.T) {
	rec := newRecorder(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("x", 1000)) }, reply(404, `{"detail":"gone"}`))
	c := newTestClient(t, rec.URL, WithResponseLimit(10))
	r := c.newRequest(context.Background(), testOperation("GET"), nil)
	r.variable("id", "1")
	body, err := doBinary(r)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if data, err := io.ReadAll(body); err != nil || len(data) != 1000 {
		t.Errorf("got %d bytes, %v", len(data), err)
	}
	r = c.newRequest(context.Background(), testOperation("GET"), nil)
	r.variable("id", "1")
	if _, err := doBinary(r); !errors.As(err, new(*ResponseError)) {
		t.Errorf("got %v", err)
	}
}

func TestContentUnsaid(t *testing.T) {
	for _, want := range []string{"", `{"id":1}`} {
		rec := newRecorder(t, reply(200, want))
		r := newTestClient(t, rec.URL).newRequest(context.Background(), testOperation("GET"), nil)
		r.variable("id", "1")
		if resp, err := doNone(r); err != nil || resp.StatusCode != 200 || string(resp.Body) != want {
			t.Errorf("got %+v (%v), want %q", resp, err, want)
		}
	}
}

func TestMultipart(t *testing.T) {
	type part struct{ Name, File, Type, Content string }
	name := filepath.Join(t.TempDir(), "photo.png")
	if err := os.WriteFile(name, []byte("png"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, once := range []bool{false, true} {
		rec := newRecorder(t, reply(503, ""), func(http.ResponseWriter, *http.Request) {})
		r := newTestClient(t, rec.URL).newRequest(context.Background(), testOperation("PUT"), nil)
		r.variable("id", "1")
		m := newMultipart()
		m.add("na\"me\r\n", "", "va\r\nlue")
		m.add("meta", "application/json", `{"a":1}`)
		m.file("photo", "image/png", file)
		m.file("scan", "", FilePart{file, "", "image/x-scan"})
		m.file("none", "", nil)
		m.file("doc", "", FilePart{strings.NewReader("text"), "a\"b\r\n.txt", "text/plain"})
		m.file("page", "", FilePart{strings.NewReader("<p>"), "page.html", ""})
		m.file("own", "image/png", &FilePart{strings.NewReader("own"), "", "text/own"})
		if once {
			m.file("stream", "application/octet-stream", io.MultiReader(strings.NewReader("stream")))
		}
		r.multipart("multipart/form-data", m)
		if _, err := doNone(r); (err != nil) != once {
			t.Errorf("got %v", err)
		}
		all := rec.all()
		if once != (len(all) == 1) || all[0].body != all[len(all)-1].body {
			t.Errorf("%d attempts", len(all))
		}
		_, params, err := mime.ParseMediaType(all[0].header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		body, length := all[0].body, all[0].header.Get("Content-Length")
		if !strings.HasPrefix(body, "--"+params["boundary"]) || once != (length == "") || !once && length != strconv.Itoa(len(body)) ||
			strings.Contains(body, `filename=""`) || strings.Contains(body, "Content-Type: \r\n") {
			t.Errorf("%s bytes: %s", length, body)
		}
		var got []part
		for in := multipart.NewReader(strings.NewReader(all[0].body), params["boundary"]); ; {
			p, err := in.NextRawPart()
			if err != nil {
				break
			}
			content, _ := io.ReadAll(p)
			got = append(got, part{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), string(content)})
		}
		want := []part{
			{"na%22me%0D%0A", "", "", "va\r\nlue"},
			{"meta", "", "application/json", `{"a":1}`},
			{"photo", "photo.png", "image/png", "png"},
			{"scan", "photo.png", "image/x-scan", "png"},
			{"doc", "a%22b%0D%0A.txt", "text/plain", "text"},
			{"page", "page.html", "text/html; charset=utf-8", "<p>"},
			{"own", "own", "text/own", "own"},
		}
		if once {
			want = append(want, part{"stream", "stream", "application/octet-stream", "stream"})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// TestMultipartWithoutReader is an error of the call and not a panic of the
// transport, which nothing could recover from.
func TestMultipartWithoutReader(t *testing.T) {
	for _, in := range []io.Reader{FilePart{Name: "x"}, &FilePart{Name: "x"}, (*FilePart)(nil), (*os.File)(nil)} {
		r := newTestClient(t, newRecorder(t, okReply).URL).newRequest(t.Context(), testOperation("POST"), nil)
		r.variable("id", "1")
		m := newMultipart()
		m.add("name", "", "value")
		m.file("file", "", in)
		r.multipart("multipart/form-data", m)
		if _, err := doNone(r); (err == nil) != (in == (*FilePart)(nil)) {
			t.Errorf("%+v: %v", in, err)
		}
	}
}

func TestSeveralSuccesses(t *testing.T) {
	page := func(status int, mediaType, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mediaType)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	type result struct {
		OK     *thing
		Many   []thing
		Text   *string
		Count  *int64
		XML    *xmlThing
		Binary string
		failed string // the content of a DecodeError
	}
	for _, tt := range []struct {
		handler http.HandlerFunc
		want    result
	}{
		{page(200, "application/json", `{"id":1}`), result{OK: &thing{ID: 1}}},
		{page(201, "application/json", `[{"id":1},{"id":2}]`), result{Many: []thing{{ID: 1}, {ID: 2}}}},
		{page(202, "text/plain", "later"), result{Text: ptr("later")}},
		{page(203, "text/plain", " 7"), result{Count: ptr(int64(7))}},
		{page(203, "text/plain", ""), result{}},
		{page(226, "text/xml", "<x><id>7</id></x>"), result{XML: &xmlThing{7}}},
		{page(226, "text/xml", ""), result{}},
		{page(206, "video/mp4", "frames"), result{Binary: "frames"}},
		{page(204, "", ""), result{}},
		{page(299, "application/json", `{"id":1}`), result{OK: &thing{ID: 1}}},
		{page(299, "text/plain", "what"), result{failed: "what"}},
	} {
		r := newTestClient(t, newRecorder(t, tt.handler).URL).newRequest(context.Background(), testOperation("GET"), nil)
		r.variable("id", "1")
		var got result
		var binary io.ReadCloser
		r.stream = true
		err := doCases(r,
			successCase{"200", caseJSON(&got.OK)},
			successCase{"201", caseJSON(&got.Many)},
			successCase{"202", caseText(&got.Text)},
			successCase{"203", caseScalar(&got.Count)},
			successCase{"226", caseXML("", &got.XML)},
			successCase{"206", caseBinary(&binary)},
			successCase{"204", nil},
		)
		var bad *DecodeError
		if errors.As(err, &bad) {
			got.failed = string(bad.Body)
		} else if err != nil {
			t.Fatal(err)
		}
		if binary != nil {
			data, _ := io.ReadAll(binary)
			got.Binary = string(data)
			_ = binary.Close()
		}
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(result{})); diff != "" {
			t.Error(diff)
		}
	}
}

type xmlThing struct {
	ID int64 `xml:"id"`
}

func ptr[T any](v T) *T { return &v }

func TestWebhook(t *testing.T) {
	post := func(contentType, body string) *http.Request {
		req, err := http.NewRequest("POST", "/", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", contentType)
		return req
	}
	got, err := parseWebhook(post("application/json", `{"id":1,"name":"x"}`), new(thing))
	if err != nil || *got != (thing{1, "x"}) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := parseWebhook(post("application/json", `{"id":1}`+strings.Repeat(" ", 25<<20)), new(thing)); err != nil {
		t.Errorf("got %v", err)
	}
	for _, req := range []*http.Request{{}, post("application/json", `{`), post("application/json", strings.Repeat(" ", 33<<20))} {
		if got, err := parseWebhook(req, new(thing)); err == nil || got != nil {
			t.Errorf("got %v", got)
		}
	}
}

func TestFormOfAnything(t *testing.T) {
	value := any(map[string]any{
		"n": 1.5, "s": "a&b", "list": []any{"x", nil, int64(2)}, "none": nil, "deep": map[string]any{"a": true},
		"styled": map[string]any{"k": map[string]any{"x": int64(1)}}, "csv": []any{"a", "b"},
	})
	r := newTestClient(t, "http://example.com").newRequest(context.Background(), testOperation("PUT"), nil)
	styledForm(r, "application/x-www-form-urlencoded", &value,
		encoding{property: "styled", style: "deepObject"}, encoding{property: "csv", style: "form"}, encoding{property: "s", mediaType: "text/plain"})
	body, err := sent(r)
	if err != nil || r.err != nil {
		t.Fatal(err, r.err)
	}
	got, err := url.ParseQuery(string(body))
	want := url.Values{"n": {"1.5"}, "s": {"a&b"}, "list": {"x", "2"}, "deep": {`{"a":true}`}, "styled[k][x]": {"1"}, "csv": {"a,b"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	plain := any(map[string]any{"a": "x y", "b": []any{int64(1), int64(2)}})
	formBody(r, "application/x-www-form-urlencoded", &plain)
	if body, err := sent(r); err != nil || string(body) != "a=x%20y&b=1&b=2" {
		t.Errorf("got %s, %v", body, err)
	}
	m := newMultipart()
	addParts(r, m, &value, encoding{property: "s", mediaType: "text/x"})
	r.multipart("multipart/form-data", m)
	body, err = sent(r)
	if err != nil || strings.Count(string(body), "Content-Type: application/json") != 2 || !strings.Contains(string(body), "Content-Type: text/x\r\n\r\na&b") || len(m.parts) != 2*8 {
		t.Errorf("%v, %d parts: %s", err, len(m.parts), body)
	}
	text := any("no object")
	if formBody(r, "", &text); r.err == nil {
		t.Error("a form of a string")
	}
}

// note is a struct as generated for XML.
type note struct {
	ID   int64  `xml:"id,attr"`
	Text string `xml:"text"`
}

// ownXML is a type that writes itself.
type ownXML struct{}

func (*ownXML) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return e.EncodeElement("its own", start)
}

// TestXMLOwnForms holds that types of callers are written as encoding/xml does.
func TestXMLOwnForms(t *testing.T) {
	for _, tt := range []struct {
		value any
		want  string
	}{
		{big.NewInt(12), "<v>12</v>"},
		{&ownXML{}, "<v>its own</v>"},
		{new(int8), "<v>0</v>"},
		{&struct {
			Amount big.Int `xml:"amount,attr"`
			Own    ownXML  `xml:"own"`
			IP     net.IP  `xml:"ip"`
			None   *int64  `xml:"none"`
		}{IP: net.IPv4bcast}, `<v amount="0"><own>its own</own><ip>255.255.255.255</ip></v>`},
		{&map[string]int{}, ""},
	} {
		var b bytes.Buffer
		w := xmlEncoder{Encoder: xml.NewEncoder(&b)}
		w.element(xmlStart("v"), reflect.ValueOf(tt.value))
		if err := errors.Join(w.err, w.Flush()); (err == nil) != (tt.want != "") || err == nil && b.String() != tt.want {
			t.Errorf("%T: %s, %v; want %s", tt.value, b.String(), err, tt.want)
		}
	}
}

func TestXML(t *testing.T) {
	for _, tt := range []struct{ root, want string }{
		{"memo", `<memo id="1"><text>a &amp; b</text></memo>`},
		{"urn:x memo", `<memo xmlns="urn:x" id="1"><text>a &amp; b</text></memo>`},
	} {
		r := newTestClient(t, "http://example.com").newRequest(context.Background(), testOperation("PUT"), nil)
		xmlBody(r, "application/xml", tt.root, &note{1, "a & b"})
		body, err := sent(r)
		if want := `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + tt.want; err != nil || r.err != nil || string(body) != want {
			t.Errorf("got %s, %v, %v; want %s", body, err, r.err, want)
		}
	}
	for _, tt := range []struct {
		contentType, body string
		want              *note
	}{
		{"application/xml", `<memo id="2"><other/><text>t</text></memo>`, &note{2, "t"}},
		{"application/vnd.note+xml; charset=utf-8", `<memo id="2"/>`, &note{2, ""}},
		{"application/xml", "", &note{}},
		{"application/xml", `<memo id="2">`, nil},
		{"application/xml", `<memo id="x"/>`, nil},
		{"text/html", `<html></html>`, nil},
	} {
		rec := newRecorder(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", tt.contentType)
			_, _ = io.WriteString(w, tt.body)
		})
		r := newTestClient(t, rec.URL).newRequest(context.Background(), testOperation("GET"), nil)
		got, err := doXML(r, "", new(note))
		var bad *DecodeError
		if diff := cmp.Diff(tt.want, got); diff != "" || errors.As(err, &bad) != (tt.want == nil) || bad != nil && string(bad.Body) != tt.body {
			t.Errorf("%s %s: %v %s", tt.contentType, tt.body, err, diff)
		}
	}
}
