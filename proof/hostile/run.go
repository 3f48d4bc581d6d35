package hostile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Figures are counted over all calls.
type Figures struct {
	Calls     int64 `json:"calls"`
	Responses int64 `json:"responses"` // that were tried
	Survived  int64 `json:"survived"`  // without breaking a rule
	Errors    int64 `json:"errors"`    // that calls returned, the others succeeded
}

// Run tries all attacks on all calls and checks in the end that nothing is
// left of them.
func Run(t *testing.T, calls []Call) Figures {
	before := runtime.NumGoroutine()
	figures := Figures{Calls: int64(len(calls))}
	t.Run("calls", func(t *testing.T) {
		for _, call := range calls {
			t.Run(call.Name, func(t *testing.T) {
				t.Parallel()
				newStage(t, call).run(t, &figures)
			})
		}
	})
	for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			buf := make([]byte, 1<<16)
			t.Errorf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(), buf[:runtime.Stack(buf, true)])
			break
		}
	}
	return figures
}

// stage is a server with a client and a place to send it to.
type stage struct {
	call      Call
	client    *http.Client
	server    *httptest.Server
	elsewhere *httptest.Server
	answer    atomic.Pointer[http.HandlerFunc]
	active    atomic.Int64 // handlers that are still answering

	mu sync.Mutex
	// open are the connections of the server.
	open map[net.Conn]bool
	// leaks are requests that arrived elsewhere with a credential.
	leaks []string
}

func newStage(t *testing.T, call Call) *stage {
	s := &stage{call: call, open: map[net.Conn]bool{}, client: &http.Client{Transport: &http.Transport{}}}
	s.elsewhere = httptest.NewServer(http.HandlerFunc(s.watch))
	s.server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if cookies := r.Header.Get("Cookie"); strings.Contains(cookies, "stolen") || strings.Contains(cookies, "a=b") {
			s.leak("a cookie came back: " + cookies)
		}
		s.active.Add(1)
		defer s.active.Add(-1)
		_, _ = io.Copy(io.Discard, r.Body) // else the server does not see that the client leaves
		(*s.answer.Load())(w, r)
	}))
	s.server.Config.ConnState = s.count
	s.server.Start()
	t.Cleanup(func() {
		s.client.CloseIdleConnections()
		s.settle(t)
		s.server.Close()
		s.elsewhere.Close()
	})
	return s
}

// watch answers for the other server, which must not see the credential.
func (s *stage) watch(w http.ResponseWriter, r *http.Request) {
	if sent := fmt.Sprint(r.URL, r.Header); strings.Contains(sent, Secret) {
		s.leak(fmt.Sprintf("the credential went elsewhere: %.300s", sent))
	}
	if r.ContentLength != 0 {
		s.leak("a body went elsewhere")
	}
	body(`{}`)(w, r)
}

func (s *stage) leak(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leaks = append(s.leaks, what)
}

func (s *stage) count(conn net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch state {
	case http.StateNew:
		s.open[conn] = true
	case http.StateClosed, http.StateHijacked: // those close themselves
		delete(s.open, conn)
	}
}

// settle waits until the client has closed its connections.
func (s *stage) settle(t *testing.T) {
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		s.mu.Lock()
		open := len(s.open)
		s.mu.Unlock()
		active := s.active.Load()
		if open == 0 && active == 0 {
			return
		}
		if time.Now().After(end) {
			t.Errorf("%d connections are still open, %d handlers still answer", open, active)
			return
		}
	}
}

func (s *stage) run(t *testing.T, figures *Figures) {
	for _, a := range attacks(s.call, s.elsewhere.URL) {
		s.client.CloseIdleConnections() // the last answer may have broken them, which is noticed too late for a POST
		s.answer.Store(&a.answer)
		problems, err := s.try(a)
		for end := time.Now().Add(longest); s.active.Load() > 0; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				problems = append(problems, "the connection stays open")
				break
			}
		}
		s.mu.Lock()
		problems, s.leaks = append(problems, s.leaks...), nil
		s.mu.Unlock()
		for _, problem := range problems {
			t.Errorf("%s: %s", a.name, problem)
		}
		atomic.AddInt64(&figures.Responses, 1)
		if len(problems) == 0 {
			atomic.AddInt64(&figures.Survived, 1)
		}
		if err != nil {
			atomic.AddInt64(&figures.Errors, 1)
		}
	}
}

// longest is how long a call may take that has to wait for nothing; tests of
// other packages may be running on the same processors.
const longest = 20 * time.Second

// try makes the call and returns the rules that were broken, and its error.
func (s *stage) try(a attack) (problems []string, err error) {
	defer func() {
		if r := recover(); r != nil {
			problems = append(problems, fmt.Sprintf("panic: %v", r))
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	if a.slow {
		ctx, cancel = context.WithTimeout(context.Background(), Timeout)
	}
	defer cancel()
	start := time.Now()
	err = s.call.Do(ctx, s.server.URL, s.client)
	switch took := time.Since(start); {
	case took > longest*3/4:
		problems = append(problems, fmt.Sprintf("it took %s", took))
	case err == nil && a.want == fails:
		problems = append(problems, "no error")
	case err != nil && a.want == succeeds:
		problems = append(problems, fmt.Sprintf("error: %v", err))
	}
	if err != nil {
		problems = append(problems, s.judge(a, err)...)
	}
	return problems, err
}

// judge checks an error: its text is short and has nothing secret, its body is
// what was sent, within the limit.
func (s *stage) judge(a attack, err error) (problems []string) {
	text := err.Error()
	if len(text) > 5000 {
		problems = append(problems, fmt.Sprintf("an error with %d bytes: %.200s", len(text), text))
	}
	if strings.Contains(text, Secret) {
		problems = append(problems, "the credential is in the error: "+text)
	}
	for _, r := range text {
		if r < ' ' && r != '\n' && r != '\t' || r == '\u202e' || r == '\u009b' {
			problems = append(problems, fmt.Sprintf("the character %U is in the error: %.200q", r, text))
			break
		}
	}
	kept, ok := bodyOf(err)
	if len(kept) > Limit {
		problems = append(problems, fmt.Sprintf("%d bytes of the body are kept", len(kept)))
	}
	if a.sent != nil && s.call.Sample != "" && (!ok || !bytes.Equal(kept, a.sent)) {
		problems = append(problems, fmt.Sprintf("the error has no body, or another one (%d bytes, not %d): %.200s", len(kept), len(a.sent), text))
	}
	return problems
}

// bodyOf returns the field Body of the first error in the chain that has bytes
// there, as the errors of generated clients do.
func bodyOf(err error) ([]byte, bool) {
	for ; err != nil; err = errors.Unwrap(err) {
		v := reflect.Indirect(reflect.ValueOf(err))
		if v.Kind() != reflect.Struct {
			continue
		}
		if f := v.FieldByName("Body"); f.IsValid() && f.Type() == reflect.TypeFor[[]byte]() {
			return f.Bytes(), true
		}
	}
	return nil, false
}
