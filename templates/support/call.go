package support

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// The functions below take and return pointers to what is exchanged, as P: the
// compiler makes one function for all pointers, but one for each other type.

// doJSON sends the request and decodes the JSON of a success response into v.
// Without content v stays as it is.
func doJSON[P any](r *request, v P, read func(P, *decoder), check ...func(P, *checker)) (P, error) {
	if err := doInto(r, v, read, check...); err != nil {
		var none P
		return none, err
	}
	return v, nil
}

// doInto is doJSON for results that are not returned by pointer.
func doInto[P any](r *request, v P, read func(P, *decoder), check ...func(P, *checker)) error {
	if err := r.do(); err != nil {
		return err
	}
	return r.decode(func(d *decoder) { read(v, d) }, func(c *checker) {
		for _, f := range check {
			f(v, c)
		}
	})
}

// decode decodes the JSON of a success response and, in strict mode, checks it.
func (r *request) decode(read func(*decoder), check func(*checker)) error {
	err := wantJSON(r.resp.Header, r.data)
	switch d := (&decoder{data: r.data}); {
	case len(r.data) == 0 && !r.strict:
		return nil
	case err == nil && r.strict:
		err = decodeStrictly(d, read, check)
	case err == nil:
		err = d.run(read)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", r.op.ID, err)
	}
	return nil
}

// wantJSON reports content that the header says is something else than JSON.
func wantJSON(header http.Header, body []byte) error {
	contentType := header.Get("Content-Type")
	t, _, _ := strings.Cut(contentType, ";")
	t = strings.ToLower(strings.TrimSpace(t))
	if t == "" || t == "application/json" || t == "text/json" || strings.HasSuffix(t, "+json") {
		return nil
	}
	return &DecodeError{Body: body, Err: fmt.Errorf("the response is %s", contentType)}
}

// jsonBody sends v as JSON.
func jsonBody[P any](r *request, mediaType string, v P, write func(P, *encoder)) {
	data, err := encodeJSON(func(e *encoder) { write(v, e) }, true)
	r.fail(err)
	r.content(mediaType, data)
}

// doScalar sends the request and reads a scalar from plain text.
func doScalar[P any](r *request, v P, read func(P, *decoder)) error {
	if err := r.do(); err != nil {
		return err
	}
	text := bytes.TrimSpace(r.data)
	err := (&decoder{data: text}).run(func(d *decoder) { read(v, d) })
	if err != nil { // what JSON has in quotes
		err = (&decoder{data: strconv.AppendQuote(nil, string(text))}).run(func(d *decoder) { read(v, d) })
	}
	if err != nil {
		return fmt.Errorf("%s: %w", r.op.ID, err)
	}
	return nil
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

// doNone sends the request; the content of a success response is of no
// interest.
func doNone(r *request) (*Response, error) {
	if err := r.do(); err != nil {
		return nil, err
	}
	return &Response{r.resp.StatusCode, r.resp.Header}, nil
}

// doText sends the request and returns the content of a success response.
func doText[T ~string](r *request) (T, error) {
	if err := r.do(); err != nil {
		return "", err
	}
	return T(r.data), nil
}

// errorJSON makes the *Error[T] of a response. It is a value of
// errorCase.decode.
func errorJSON[T any, P interface {
	*T
	decode(*decoder)
}](e *ResponseError) error {
	return errorOf(e, func(v *T, d *decoder) { P(v).decode(d) })
}

// errorOf is errorJSON for types without a decode method.
func errorOf[T any](e *ResponseError, read func(*T, *decoder)) error {
	typed := &Error[T]{ResponseError: e}
	if e.Err = wantJSON(e.Header, e.Body); e.Err == nil {
		e.Err = (&decoder{data: e.Body}).run(func(d *decoder) { read(&typed.Body, d) })
	}
	if e.Err != nil {
		return nil
	}
	return typed
}

// errorText is errorJSON for plain text.
func errorText[T ~string](e *ResponseError) error {
	return &Error[T]{ResponseError: e, Body: T(e.Body)}
}
