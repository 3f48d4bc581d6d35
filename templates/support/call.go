package support

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// doScalar sends the request and reads a scalar from plain text.
func doScalar(r *request, v any, check ...func(*checker)) error {
	if err := r.do(); err != nil {
		return err
	}
	return r.scalar(v, check...)
}

// scalar reads a scalar from plain text into what v points to.
func (r *request) scalar(v any, check ...func(*checker)) error {
	text := bytes.TrimSpace(r.data)
	if r.data = text; len(text) == 0 {
		return r.decode(v) // which knows whether that is right
	}
	read := func(data []byte) error {
		d := &decoder{data: data}
		if !r.strict {
			return d.decode(v)
		}
		return decodeStrictly(d, v, func(*checker, any) {}, check...)
	}
	err := read(text)
	if bad := (*DecodeError)(nil); errors.As(err, &bad) { // what JSON has in quotes
		err = read(strconv.AppendQuote(nil, string(text)))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", r.op.ID, err)
	}
	return r.holdText()
}

// hold holds content that is not JSON to the document, in strict mode.
func (r *request) hold(check ...func(*checker)) error {
	if !r.strict {
		return nil
	}
	c := &checker{lenient: true}
	for _, f := range check {
		f(c)
	}
	if err := c.err(); err != nil {
		return fmt.Errorf("%s: %w", r.op.ID, err)
	}
	return nil
}

// missing is the error of a response without the content that it should have.
func (r *request) missing() error {
	if r.mayBeEmpty() {
		return nil
	}
	return fmt.Errorf("%s: %w", r.op.ID, &DecodeError{Err: errors.New("the response has no content")})
}

// holdText is hold for text, of which it also checks the media type. Text may be empty where the
// header says that it is text.
func (r *request) holdText(check ...func(*checker)) error {
	name := r.resp.Header.Get("Content-Type")
	t, _, _ := strings.Cut(strings.ToLower(name), ";")
	t = strings.TrimSpace(t[strings.LastIndexAny(t, "/+")+1:]) // of text/xml and application/xml the same
	accept := strings.ToLower(r.op.accept)
	switch {
	case len(r.data) == 0 && (name == "" || r.mayBeEmpty()):
		return r.missing()
	case r.strict && t != "" && !strings.Contains(accept, "*") && !strings.Contains(accept, t):
		return fmt.Errorf("%s: %w", r.op.ID, &DecodeError{Body: r.data, Err: fmt.Errorf("the response is %.100q", name)})
	}
	return r.hold(check...)
}

// orNew is v, or a zero value where there is none.
func orNew[T any](v *T) *T {
	if v == nil {
		return new(T)
	}
	return v
}

// orZero is what v points to, or a zero value.
func orZero[T any](v *T) T { return *orNew(v) }

// doNone sends the request; what comes all the same where the document has no
// content is left to the caller.
func doNone(r *request) (*Response, error) {
	if err := r.do(); err != nil {
		return nil, err
	}
	return &Response{r.resp.StatusCode, r.resp.Header, r.data}, nil
}

// doText sends the request and returns the content of a success response.
func doText[T ~string](r *request, check ...func(*checker, T)) (T, error) {
	if err := r.do(); err != nil {
		return "", err
	}
	return T(r.data), r.holdText(func(c *checker) {
		for _, f := range check {
			f(c, T(r.data))
		}
	})
}

// doString is doInto for a string, which may come as what it says: many servers send the string that
// a handler returns as plain text, whatever the document has for it.
func doString[T ~string](r *request, out *T, check ...func(*checker)) error {
	if err := r.do(); err != nil {
		return err
	}
	t, _, _ := strings.Cut(strings.ToLower(r.resp.Header.Get("Content-Type")), ";")
	if t = strings.TrimSpace(t); r.strict || t != "text/plain" && t != "text/html" {
		return r.decode(out, check...)
	}
	if !bytes.HasPrefix(r.data, []byte(`"`)) || (&decoder{data: r.data}).decode(out) != nil {
		*out = T(r.data)
	}
	return nil
}

// errorText is errorJSON for plain text.
func errorText[T ~string](e *ResponseError) error {
	return &Error[T]{ResponseError: e, Body: T(e.Body)}
}
