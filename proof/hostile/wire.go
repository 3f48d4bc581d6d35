package hostile

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// raw answers with bytes instead of HTTP, and closes the connection.
func raw(text string) http.HandlerFunc {
	return hijacked(func(out *bufio.Writer, _ net.Conn) { _, _ = out.WriteString(text) })
}

func hijacked(write func(out *bufio.Writer, conn net.Conn)) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, buffer, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		write(buffer.Writer, conn)
		_ = buffer.Flush()
	}
}

// transport are answers that are bad as HTTP.
func transport(call Call) []attack {
	ok := "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	full := fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(call.Sample), call.Sample)
	var list []attack
	for name, text := range map[string]string{
		"nothing at all":             "",
		"no HTTP":                    "SSH-2.0-OpenSSH_9.0\r\n",
		"a TLS alert":                "\x15\x03\x01\x00\x02\x02\x28",
		"HTTP/0.9":                   call.Sample,
		"a bad status":               "HTTP/1.1 2x0 OK\r\n\r\n",
		"a negative status":          "HTTP/1.1 -200 OK\r\n\r\n",
		"a header without colon":     ok + "oops\r\n" + full,
		"a header with NUL":          ok + "X-A: a\x00b\r\n" + full,
		"a negative length":          ok + "Content-Length: -1\r\n\r\n",
		"a length that is no number": ok + "Content-Length: ten\r\n\r\n",
		"a length beyond int64":      ok + "Content-Length: 99999999999999999999\r\n\r\n",
		"two lengths":                ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
		"more length than body":      ok + "Content-Length: 1000000\r\n\r\n{",
		"a bad chunk size":           ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
		"a huge chunk size":          ok + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
		"a chunk that is cut off":    ok + "Transfer-Encoding: chunked\r\n\r\n10\r\n{}",
		"an unknown encoding":        ok + "Transfer-Encoding: chunked, rot13\r\n\r\n",
		"chunk extensions":           ok + "Transfer-Encoding: chunked\r\n\r\n2;" + strings.Repeat("a", 1<<20) + "\r\n{}\r\n0\r\n\r\n",
		"oversized headers":          ok + "X-A: " + strings.Repeat("a", 11<<20) + "\r\n" + full,
		"too many headers":           ok + strings.Repeat("X-A: "+strings.Repeat("a", 100)+"\r\n", 110_000) + full,
		"only interim responses":     strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 10_000),
	} {
		list = append(list, attack{name: "HTTP: " + name, want: fails, answer: raw(text)})
	}
	for name, text := range map[string]string{
		"interim responses":        strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n", 10_000) + ok + full,
		"a space before the colon": ok + "X-A : b\r\n" + full,
		"HTTP/9.9":                 "HTTP/9.9 200 OK\r\n\r\n",
		"line breaks in headers":   ok + "X-A: a\r\n b\r\nX-B: a\nX-C: Authorization: " + Secret + "\n" + full,
		"length and chunks":        ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
		"a second response":        ok + full + ok + full,
		"a thousand cookies":       ok + strings.Repeat("Set-Cookie: a=b; Domain=.com; Path=/\r\n", 1000) + full,
		"a long media type":        "HTTP/1.1 200 OK\r\nContent-Type: " + strings.Repeat("a", 1<<20) + "\r\n" + full,
		"no media type":            "HTTP/1.1 200 OK\r\n" + full,
		"control characters":       "HTTP/1.1 200 O\x1b[2JK\r\nContent-Type: text/\x1b[31m\r\n" + full,
		"a trailer":                ok + "Trailer: X\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: " + strings.Repeat("a", 100_000) + "\r\n\r\n",
		"switching protocols":      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n{}",
		"no content with content":  "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}",
		"status 999":               "HTTP/1.1 999 What\r\n\r\n{}",
		"status 199":               "HTTP/1.1 199 What\r\n\r\n{}",
		"status 304":               "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
		"status 401":               "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"\x01" + strings.Repeat("a", 10_000) + "\"\r\n\r\n",
		"status 429":               "HTTP/1.1 429 Slow Down\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n",
	} {
		list = append(list, attack{name: "HTTP: " + name, answer: raw(text)})
	}
	return append(list, errorBodies()...)
}

// errorBodies are error responses with bodies of all sorts.
func errorBodies() []attack {
	var list []attack
	for _, status := range []int{400, 404, 500, 503} {
		for name, text := range map[string]string{
			"nested":        strings.Repeat("[", 500_000),
			"large":         `{"detail":"` + strings.Repeat("x", 3<<20) + `"}`,
			"invalid UTF-8": "{\"detail\":\"\xff\"}",
			"of a kind":     `[]`,
			"terminal":      "\x1b]0;owned\a\x1b[2J\r\n\u202e",
		} {
			sent := []byte(text)
			list = append(list, attack{name: fmt.Sprintf("status %d: %s", status, name), want: fails, sent: sent[:min(len(sent), Limit)],
				answer: func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", "application/json")
					w.WriteHeader(status)
					_, _ = w.Write(sent)
				}})
		}
	}
	return list
}

// floods are answers that do not end, or are much larger than they look.
func floods() []attack {
	zeros := bomb()
	endless := func(start, part string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, err := io.WriteString(w, start)
			for block := strings.Repeat(part, 1+4096/len(part)); err == nil; {
				_, err = io.WriteString(w, block)
			}
		}
	}
	drip := func(before string) http.HandlerFunc {
		return hijacked(func(out *bufio.Writer, _ net.Conn) {
			_, _ = out.WriteString(before)
			for start := time.Now(); out.Flush() == nil && time.Since(start) < longest; {
				time.Sleep(Timeout / 20)
				_, _ = out.WriteString(" ")
			}
		})
	}
	compressed := func(encoding string, data []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", encoding)
			_, _ = w.Write(data)
		}
	}
	head := "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	return []attack{
		{name: "flood: spaces", want: fails, answer: endless("", " ")},
		{name: "flood: a string", want: fails, answer: endless(`{"a":"`, "x")},
		{name: "flood: a list", want: fails, answer: endless(`[`, "{},")},
		{name: "flood: lines", slow: true, answer: endless("", "\n")},
		{name: "flood: members", want: fails, answer: endless("{", `"a":1,`)},
		{name: "flood: an error", want: fails, answer: func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(500)
			endless("", "x")(w, r)
		}},
		{name: "gzip: a bomb", want: fails, answer: compressed("gzip", zeros)},
		{name: "gzip: a bomb in a bomb", want: fails, answer: compressed("gzip", zipped(bytes.NewReader(zeros)))},
		{name: "gzip: cut off", want: fails, answer: compressed("gzip", zeros[:len(zeros)/2])},
		{name: "gzip: not compressed", want: fails, answer: compressed("gzip", []byte("{}"))},
		{name: "an encoding that was not asked for", answer: compressed("br", []byte("\x0b\x02\x80{}\x03"))},
		{name: "drip: the body", want: fails, slow: true, answer: drip(head + "Content-Length: 1000000\r\n\r\n")},
		{name: "drip: the headers", want: fails, slow: true, answer: drip(head + "X-A: ")},
		{name: "drip: the status", want: fails, slow: true, answer: drip("HTTP/1.1 2")},
		{name: "silence", want: fails, slow: true, answer: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }},
	}
}

// bomb is what becomes 64 MiB of spaces.
var bomb = sync.OnceValue(func() []byte { return zipped(strings.NewReader(strings.Repeat(" ", 64<<20))) })

func zipped(in io.Reader) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.Copy(z, in)
	if err != nil || z.Close() != nil {
		panic(err) // nothing can go wrong in memory
	}
	return b.Bytes()
}

// redirects lead in circles, elsewhere, or nowhere.
func redirects(elsewhere string) []attack {
	var list []attack
	for name, location := range map[string]string{
		"to itself":           "",
		"elsewhere":           elsewhere + "/landing",
		"with credentials":    "http://user:password@" + strings.TrimPrefix(elsewhere, "http://") + "/landing",
		"without scheme":      strings.TrimPrefix(elsewhere, "http:") + "/landing",
		"to a file":           "file:///etc/passwd",
		"to a script":         "javascript:alert(1)",
		"to no host":          "http:///",
		"to nonsense":         "http://[::1%25]:99999/%zz",
		"with a line break":   elsewhere + "/\tx",
		"with a long address": elsewhere + "/" + strings.Repeat("a", 1<<20),
		"to a closed port":    "http://127.0.0.1:1/",
	} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			want := fails
			if strings.Contains(location, strings.TrimPrefix(elsewhere, "http://")) {
				want = either // a GET may be answered there
			}
			list = append(list, attack{name: fmt.Sprintf("redirect %d: %s", status, name), want: want,
				answer: func(w http.ResponseWriter, r *http.Request) {
					target := location
					if target == "" {
						target = r.URL.String()
					}
					w.Header()["Location"] = []string{target}
					w.Header().Set("Set-Cookie", "session=stolen; Domain=localhost")
					w.WriteHeader(status)
				}})
		}
	}
	return list
}
