package support

import (
	"context"
	"encoding/binary"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const awkward = "a/b ?c#d%e&f=g+h,i;j\"k'l\\m~ü日😀"

func TestQuery(t *testing.T) {
	var p pairs
	number, none := int64(-5), (*string)(nil)
	p.add("q x", awkward)
	addOptional(&p, "n", &number, formatInt)
	addOptional(&p, "none", none, formatString)
	addList(&p, "tag[]", []string{"a,b", "c"}, formatString)
	addList(&p, "none", nil, formatString[string])
	addJoined(&p, "csv", []string{"a,b", "c"}, ",", formatString)
	addJoined(&p, "ssv", []int32{1, 2}, "%20", formatInt)
	addJoined(&p, "none", nil, ",", formatInt[int64])
	got, err := url.ParseQuery(string(p.text))
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{"q x": {awkward}, "n": {"-5"}, "tag[]": {"a,b", "c"}, "csv": {"a,b,c"}, "ssv": {"1 2"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(string(p.text), "csv=a%2Cb,c") || strings.Contains(string(p.text), "%25e%25") {
		t.Errorf("got %s", p.text)
	}
	p = pairs{keep: len(reserved)}
	p.add("path", "/a/b?x:y@z [1] 100%&+#;")
	if got, want := string(p.text), "path=/a/b?x:y@z%20[1]%20100%25%26%2B%23%3B"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestFormats(t *testing.T) {
	type word string
	if got, want := escapedList([]string{"a,b", "c/d"}, formatString), "a%2Cb,c%2Fd"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for got, want := range map[string]string{
		formatString(word("x")): "x", formatInt(int32(-3)): "-3", formatFloat(0.1): "0.1", formatFloat32(float32(0.1)): "0.1",
		formatFloat(1e21): "1000000000000000000000", formatBool(true): "true", formatBytes([]byte{0xfb, 0xff}): "+/8=",
		formatTime(time.Date(2024, 1, 2, 3, 4, 5, 6000, time.UTC)): "2024-01-02T03:04:05.000006Z",
		joined([]int64{1, 2}, formatInt):                           "1,2",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestCookies(t *testing.T) {
	r := newTestClient(t, "http://example.com").newRequest(context.Background(), testOperation("GET"), nil)
	r.cookie("a", "plain==")
	r.cookie("b", "x; y\r\nz%")
	r.cookie("c", joined([]string{"1", "2"}, formatString))
	got := (&http.Request{Header: r.http.Header}).Cookies()
	var text []string
	for _, c := range got {
		text = append(text, c.Name+"="+c.Value)
	}
	if diff := cmp.Diff([]string{"a=plain==", "b=x%3B%20y%0D%0Az%25", "c=1,2"}, text); diff != "" {
		t.Error(diff)
	}
}

func TestHeaderLineBreak(t *testing.T) {
	rec := newRecorder(t, okReply)
	r := newTestClient(t, rec.URL).newRequest(context.Background(), testOperation("GET"), nil)
	r.variable("id", "1")
	r.set("X-Note", "a\r\nX-Evil: 1")
	if _, err := doNone(r); err == nil || len(rec.all()) > 0 || strings.Contains(err.Error(), "Evil") {
		t.Errorf("got %v, sent %v", err, rec.all())
	}
	if _, err := newTestClient(t, rec.URL, WithRetry(RetryPolicy{})).call(context.Background(), testOperation("GET"), nil, WithHeader("X-Note", "a\nb")); err == nil {
		t.Error("a custom header with a line break is sent")
	}
}

func TestManyHeaders(t *testing.T) {
	r := newTestClient(t, "http://example.com").newRequest(context.Background(), testOperation("GET"), nil)
	for i := range 20 {
		r.set("X-"+formatInt(int64(i)), formatInt(int64(i)))
		r.set("X-Same", formatInt(int64(i)))
	}
	for i := range 20 {
		if n := formatInt(int64(i)); r.http.Header.Get("X-"+n) != n {
			t.Errorf("X-%s is %q", n, r.http.Header.Get("X-"+n))
		}
	}
	if r.http.Header.Get("X-Same") != "19" || r.http.Header.Get("Accept") != "application/json" {
		t.Errorf("got %v", r.http.Header)
	}
}

func TestStyled(t *testing.T) {
	object := any(map[string]any{"a&": "x y", "b": int64(2), "none": nil, "list": []any{int64(1), "z"}})
	list := any([]any{"a b", int64(2), true})
	scalar, empty := any("a/b"), any([]any{})
	var nothing any
	for _, tt := range []struct {
		style   string
		explode bool
		value   *any
		want    string
	}{
		{"form", true, &object, "a%26=x%20y&b=2&list=%5B1%2C%22z%22%5D"},
		{"form", false, &object, "p=a%26,x%20y,b,2,list,%5B1%2C%22z%22%5D"},
		{"form", false, &nothing, ""},
		{"form", false, &empty, ""},
		{"deepObject", true, &object, "p%5Ba%26%5D=x%20y&p%5Bb%5D=2&p%5Blist%5D%5B0%5D=1&p%5Blist%5D%5B1%5D=z"},
		{"deepObject", false, &object, "p%5Ba%26%5D=x%20y&p%5Bb%5D=2&p%5Blist%5D%5B0%5D=1&p%5Blist%5D%5B1%5D=z"},
		{"deepObject", false, &list, "p%5B0%5D=a%20b&p%5B1%5D=2&p%5B2%5D=true"},
		{"deepObject", false, &scalar, "p=a%2Fb"},
		{"pipeDelimited", false, &list, "p=a%20b%7C2%7Ctrue"},
		{"spaceDelimited", false, &list, "p=a%20b%202%20true"},
		{"spaceDelimited", true, &list, "p=a%20b&p=2&p=true"},
		{"simple", false, &list, "a%20b,2,true"},
		{"label", false, &list, ".a%20b,2,true"},
		{"label", true, &list, ".a%20b.2.true"},
		{"matrix", false, &list, ";p=a%20b,2,true"},
		{"matrix", true, &list, ";p=a%20b;p=2;p=true"},
		{"matrix", false, &scalar, ";p=a%2Fb"},
		{"label", false, &scalar, ".a%2Fb"},
		{"header", true, &object, "a&=x y,b=2,list=[1,\"z\"]"},
		{"cookie", true, &object, "a&=x%20y,b=2,list=[1%2C%22z%22]"},
	} {
		r := newTestClient(t, "http://example.com").newRequest(context.Background(), testOperation("GET"), nil)
		if got := styled(r, "p", tt.style, tt.explode, tt.value); got != tt.want || r.err != nil {
			t.Errorf("%s, explode %v: got %s, %v; want %s", tt.style, tt.explode, got, r.err, tt.want)
		}
	}
	for _, text := range []string{"", ".", "..", ".a"} {
		r := newTestClient(t, "http://example.com").newRequest(context.Background(), testOperation("GET"), nil)
		r.segment("id", text)
		if err := r.build(); (err == nil) != (text == ".a") {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

func TestPathPieces(t *testing.T) {
	const pieces = `path/id: not empty, "." or ".." between slashes, which lead to another path`
	for _, tt := range []struct{ value, want, violation string }{
		{"users/1", "/things/users/1/x", ""},
		{"users/a b?c#d%2F..%2F", "/things/users/a%20b%3Fc%23d%252F..%252F/x", ""},
		{`users/..\..`, "/things/users/..%5C../x", ""},
		{"users/.../%2e%2e", "/things/users/.../%252e%252e/x", ""},
		{"users", "/things/users/x", ""},
		{"", "", "path/id: required"},
		{"..", "", `path/id: not "." or "..", which lead to another path`},
		{"users/../keys", "", pieces},
		{"users/..", "", pieces},
		{"./users", "", pieces},
		{"users/", "", pieces},
		{"users//1", "", pieces},
		{"/users/1", "", pieces},
		{"/", "", pieces},
	} {
		rec := newRecorder(t, okReply)
		r := newTestClient(t, rec.URL).newRequest(context.Background(), testOperation("GET"), nil)
		r.pieces("id", escaped(tt.value, "/"))
		_, err := doNone(r)
		var invalid *ValidationError
		switch {
		case tt.want != "" && (err != nil || rec.all()[0].uri != tt.want):
			t.Errorf("%q: got %v, %v; want %s", tt.value, rec.all(), err, tt.want)
		case tt.want == "" && (!errors.As(err, &invalid) || len(invalid.Violations) != 1 || invalid.Violations[0].String() != tt.violation || len(rec.all()) > 0):
			t.Errorf("%q: got %v, sent %v", tt.value, err, rec.all())
		}
	}
}

// TestAlphanumeric tries every byte in every place of a word.
func TestAlphanumeric(t *testing.T) {
	for place := range 8 {
		for c := range 256 {
			word := []byte("a0Zz9AmM")
			word[place] = byte(c)
			want := '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
			if got := alphanumeric(binary.LittleEndian.Uint64(word)); got != want {
				t.Errorf("%q: got %v", word, got)
			}
		}
	}
}
