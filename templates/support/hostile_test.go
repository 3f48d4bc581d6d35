package support

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestErrorsAreShort holds that what a server sends does not make the text of
// an error long, however it is wrong.
func TestErrorsAreShort(t *testing.T) {
	long := strings.Repeat("a", 1<<16)
	typed := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", long)
		_, _ = io.WriteString(w, "{}")
	}
	malformed := func(w http.ResponseWriter, _ *http.Request) {
		conn, out, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		_, _ = out.WriteString("HTTP/1.1 200 OK\r\n" + long + "\r\n\r\n")
		_ = out.Flush()
	}
	for name, handler := range map[string]http.HandlerFunc{
		"media type":        typed,
		"header":            malformed,
		"depth of a value":  reply(200, `{"unknown":`+strings.Repeat("[", 900)+"}"),
		"body of a failure": reply(500, long),
		"redirect to nowhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://[::1]/%zz"+long, http.StatusFound)
		},
	} {
		c := newTestClient(t, newRecorder(t, handler).URL, WithRetry(RetryPolicy{}))
		_, err := c.call(context.Background(), testOperation("GET"), nil)
		if err == nil || len(err.Error()) > 1000 {
			t.Errorf("%s: %.2000v", name, err)
		}
	}
}

// TestNameCutOff decodes an object with a name that is no string, which the
// reader of names must not look at.
func TestNameCutOff(t *testing.T) {
	for _, text := range []string{"{\"\n:a\x16\x01\x01????????b", `{"a\`, "{\"\x00\":1}", `{"\u12":1}`, `{"`} {
		var e *DecodeError
		if err := unmarshal([]byte(text), new(thing)); !errors.As(err, &e) || string(e.Body) != text {
			t.Errorf("%q: %v", text, err)
		}
	}
}
