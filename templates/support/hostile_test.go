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
		_, _ = io.WriteString(w, "<>")
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

// TestErrorsOfXML holds the same for XML, whose decoder quotes what it gets.
func TestErrorsOfXML(t *testing.T) {
	long := strings.Repeat("Secret", 1<<14)
	type item struct {
		XMLName struct{} `xml:"item"`
		ID      int      `xml:"id"`
	}
	for name, handler := range map[string]http.HandlerFunc{
		"media type": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", long)
			_, _ = io.WriteString(w, "{}")
		},
		"name":   reply(200, "<"+long+"/>"),
		"value":  reply(200, "<item><id>"+long+"</id></item>"),
		"end":    reply(200, "<item><id></"+long+"></item>"),
		"entity": reply(200, "<item>&"+long+";</item>"),
		"depth":  reply(200, "<item>"+strings.Repeat("<id>", 200_000)),
	} {
		if name != "media type" {
			inner := handler
			handler = func(w http.ResponseWriter, r *http.Request) { inner(xmlWriter{w}, r) }
		}
		c := newTestClient(t, newRecorder(t, handler).URL, WithRetry(RetryPolicy{}))
		_, err := doXML(c.newRequest(context.Background(), &operation{Operation: Operation{ID: "Test", Method: "GET"}}, nil), "", new(item))
		if err == nil || len(err.Error()) > 1000 || name != "media type" && strings.Contains(err.Error(), "Secret") {
			t.Errorf("%s: %.2000v", name, err)
		}
	}
}

// xmlWriter sends XML whatever the handler says.
type xmlWriter struct{ http.ResponseWriter }

func (w xmlWriter) WriteHeader(status int) {
	w.Header().Set("Content-Type", "application/xml")
	w.ResponseWriter.WriteHeader(status)
}

// TestErrorsKeepToThemselves holds that the raw body of an error and what was
// decoded from it have no memory in common: a caller may change the one.
func TestErrorsKeepToThemselves(t *testing.T) {
	c := newTestClient(t, newRecorder(t, reply(404, `{"detail":"all of it"}`)).URL)
	_, err := c.call(context.Background(), testOperation("GET"), nil)
	var e *Error[problem]
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	clear(e.ResponseError.Body)
	if e.Body.Detail != "all of it" {
		t.Errorf("the detail is now %q", e.Body.Detail)
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

// TestDepth holds that nesting is bounded wherever it is: what is deeper must
// not be read at all, for a stack that overflows ends the program.
func TestDepth(t *testing.T) {
	type node struct {
		Next *node            `json:"next"`
		List []node           `json:"list"`
		Map  map[string]*node `json:"map"`
		Any  any              `json:"any"`
	}
	for begin, end := range map[string]string{
		`[`: "]", `{"next":`: "}", `{"list":[`: "]}", `{"map":{"a":`: "}}", `{"any":[`: "]}", `{"other":{"a":[`: "]}}",
	} {
		targets := []any{new(node), new(any)}
		if begin == "[" {
			targets = targets[1:]
		}
		for _, target := range targets {
			// From the first value on, the order of the properties is expected.
			_ = unmarshal([]byte(strings.Repeat(begin, 100)+strings.Repeat(end, 100)), target)
			for _, strict := range []*violations{nil, {}} {
				d := &decoder{data: []byte(strings.Repeat(begin, 1_000_000)), strict: strict}
				if err := d.decode(target); err == nil || !strings.Contains(err.Error(), "nested too deeply") {
					t.Errorf("%s into %T: got %.200v", begin, target, err)
				}
			}
		}
	}
}

// TestViolationsFarDown holds that nesting does not multiply the cost of
// violations: a pointer that is long is not written again at every level.
func TestViolationsFarDown(t *testing.T) {
	type node struct {
		Next *node    `json:"next,omitzero"`
		List []string `json:"list,omitzero"`
	}
	text := strings.Repeat(`{"next":`, 900) + `{"list":[` + strings.Repeat("null,", maxViolations) + "null]}" + strings.Repeat("}", 900)
	var err error
	allocs := testing.AllocsPerRun(1, func() { err = decodeStrictly(&decoder{data: []byte(text)}, new(node), uninspected) })
	var e *ValidationError
	if !errors.As(err, &e) || len(e.Violations) != maxViolations {
		t.Fatalf("got %.1000v", err)
	}
	pointer := e.Violations[7].Pointer
	if !strings.HasPrefix(pointer, "…/next/next/") || !strings.HasSuffix(pointer, "/next/list/7") || len(pointer) > maxText+10 {
		t.Errorf("the pointer is %s", pointer)
	}
	if most := float64(maxViolations * maxText / len("/next") * 3 / 2); allocs > most {
		t.Errorf("%v allocations, want at most %v", allocs, most)
	}
}
