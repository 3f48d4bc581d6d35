package support

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// ErrNoCredentials is why a call is not sent without usable credentials.
var ErrNoCredentials = errors.New("no usable credentials")

// ResponseError is a response with a status other than 2xx.
type ResponseError struct {
	Operation   string // the operationId
	Method, URL string // of the request, without credentials and secrets
	StatusCode  int
	Header      http.Header
	Body        []byte // at most the first MiB
	Err         error  // why Body is incomplete or not what the document says
}

// Error tells the request, the status and the start of the body.
func (e *ResponseError) Error() string {
	text := fmt.Sprintf("%s: %s %s: %d %s", e.Operation, e.Method, e.URL, e.StatusCode, http.StatusText(e.StatusCode))
	if len(e.Body) > 0 {
		text += fmt.Sprintf(": %.300q", e.Body)
	}
	return text
}

// Unwrap returns Err.
func (e *ResponseError) Unwrap() error { return e.Err }

// Error is an error response that the document describes, with its content.
type Error[T any] struct {
	*ResponseError
	Body T
}

// Unwrap returns the ResponseError.
func (e *Error[T]) Unwrap() error { return e.ResponseError }

// BodyLimitError is a response larger than WithResponseLimit allows.
type BodyLimitError int64

// Error tells the limit.
func (e BodyLimitError) Error() string { return fmt.Sprintf("the response is larger than %d bytes", e) }

// errorCases are the documented errors of an operation.
type errorCases []errorCase

// errorCase is a documented error response.
type errorCase struct {
	statuses string                     // such as "400 4XX default"
	decode   func(*ResponseError) error // returns the *Error[T], or nil if it is something else
}

// failure makes the error of a response.
func (r *request) failure(req *http.Request, err error) error {
	e := &ResponseError{r.op.ID, req.Method, r.show(req.URL), r.resp.StatusCode, r.resp.Header, r.data, err}
	if r.op.errors != nil && err == nil {
		if typed := r.op.errors.typed(e); typed != nil {
			return typed
		}
	}
	return e
}

// typed returns the *Error[T] of the case that describes the status best; nil if the response is
// something else.
func (cases errorCases) typed(e *ResponseError) error {
	best, rank := errorCase{}, 0
	for _, c := range cases {
		if n := statusRank(c.statuses, e.StatusCode); n > rank {
			best, rank = c, n
		}
	}
	if rank == 0 {
		return nil
	}
	return best.decode(e)
}

// statusRank tells how closely a list of statuses describes code: as itself (3), by its range (2),
// by default (1) or not at all.
func statusRank(statuses string, code int) int {
	text := strconv.Itoa(code)
	switch {
	case strings.Contains(statuses, text):
		return 3
	case strings.Contains(statuses, text[:1]+"XX"):
		return 2
	case strings.Contains(statuses, "default"):
		return 1
	}
	return 0
}

// emptyCases are the success statuses of an operation without content, and those with.
type emptyCases struct{ without, with string }

// emptyAt reports whether the case that describes the status best is one without content.
func (cases emptyCases) emptyAt(status int32) bool {
	return statusRank(cases.without, int(status)) > statusRank(cases.with, int(status))
}

// errorJSON makes the *Error[T] of a response. It is a value of
// errorCase.decode.
func errorJSON[T any](e *ResponseError) error {
	typed := &Error[T]{ResponseError: e}
	if len(e.Body) == 0 || e.Body[0] != '{' && e.Body[0] != '[' { // else it shows, whatever the header says
		e.Err = wantJSON(e.Header, e.Body)
	}
	if e.Err == nil {
		e.Err = unmarshal(bytes.TrimPrefix(e.Body, []byte("\ufeff")), &typed.Body) // a copy of it: the caller may change both
	}
	if e.Err != nil {
		return nil
	}
	return typed
}
