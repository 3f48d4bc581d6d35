package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"

	"github.com/seed-a7989e22/apigen/bench/internal/same"
)

// transport answers every request with the same response, out of memory. It
// reads the request to its end, as a connection would.
type transport struct {
	response []byte
	header   http.Header
	buffer   []byte // of the request's content

	keep    bool // remember what comes
	request *http.Request
	content []byte
}

func newTransport(response []byte) *transport {
	return &transport{
		response: response,
		header:   http.Header{"Content-Type": {"application/json"}},
		buffer:   make([]byte, 64<<10),
	}
}

// answer is a response and its body in one allocation.
type answer struct {
	http.Response
	body body
}

type body struct{ bytes.Reader }

func (*body) Close() error { return nil }

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	n := 0
	if req.Body != nil {
		for {
			m, err := req.Body.Read(t.buffer[n:])
			n += m
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, err
			}
		}
		if err := req.Body.Close(); err != nil {
			return nil, err
		}
	}
	if t.keep {
		t.request, t.content = req.Clone(req.Context()), bytes.Clone(t.buffer[:n])
	}
	a := &answer{Response: http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: t.header, ContentLength: int64(len(t.response)), Request: req,
	}}
	a.body.Reset(t.response)
	a.Body = &a.body
	return &a.Response, nil
}

// wanted is what the request of a call has to be.
type wanted struct {
	method, url string
	content     []byte
	header      http.Header
	result      []byte
}

// check runs a call once and compares its request and its result.
func (w wanted) check(t *transport, c caller) error {
	t.keep = true
	defer func() { t.keep = false }()
	result, err := c.call()
	if err != nil {
		return err
	}
	if t.request.Method != w.method || t.request.URL.String() != w.url {
		return fmt.Errorf("requests %s %s, want %s %s", t.request.Method, t.request.URL, w.method, w.url)
	}
	for name := range w.header {
		if got := t.request.Header[name]; !reflect.DeepEqual(got, w.header[name]) {
			return fmt.Errorf("header %s is %q, want %q", name, got, w.header[name])
		}
	}
	if err := same.JSON(w.content, t.content); err != nil {
		return fmt.Errorf("content: %w", err)
	}
	if c.plain != nil {
		result = c.plain(result)
	}
	if err := sameValue(w.result, result); err != nil {
		return fmt.Errorf("result: %w", err)
	}
	return nil
}
