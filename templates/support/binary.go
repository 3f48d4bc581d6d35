package support

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"net/http"
)

// binaryBody sends what in holds, without reading it into memory or closing
// it. It can be sent again if in can be read again: a file, a *bytes.Reader,
// a *bytes.Buffer, a *strings.Reader.
func binaryBody(r *request, mediaType string, in io.Reader) {
	if in == nil {
		r.check.add("", "required", "")
	}
	r.set("Content-Type", mediaType)
	r.send(fromReader(in))
}

// fromReader finds out how much in holds and whether it can be read again.
func fromReader(in io.Reader) payload {
	if b, ok := in.(*bytes.Buffer); ok {
		in = bytes.NewReader(b.Bytes())
	}
	if f, ok := in.(interface {
		io.ReaderAt
		io.Seeker
	}); ok {
		start, err1 := f.Seek(0, io.SeekCurrent)
		end, err2 := f.Seek(0, io.SeekEnd)
		_, err3 := f.Seek(start, io.SeekStart)
		_, inMemory := in.(interface{ Len() int }) // and not a device or pipe, which seems to be empty
		if err1 == nil && err2 == nil && err3 == nil && (end > start || inMemory && end == start) {
			return payload{func() io.Reader { return io.NewSectionReader(f, start, end-start) }, end - start, true}
		}
	}
	return payload{func() io.Reader { return cmp.Or[io.Reader](in, noReader{}) }, -1, false}
}

// noReader stands in for a reader that is nil, which net/http would read all the same.
type noReader struct{}

// Read fails.
func (noReader) Read([]byte) (int, error) { return 0, errors.New("the file to send has no reader") }

// doBinary sends the request and returns the content of a success response as
// a stream, which the caller closes.
func doBinary(r *request) (io.ReadCloser, error) {
	r.stream = true
	if err := r.do(); err != nil {
		return nil, err
	}
	return r.resp.Body, nil
}

// payload is content that need not be in memory.
type payload struct {
	open   func() io.Reader
	size   int64 // -1 when unknown
	replay bool  // open may be called for every attempt
}

// send makes p the content of the request.
func (r *request) send(p payload) {
	open := func() (io.ReadCloser, error) { return io.NopCloser(p.open()), nil }
	if p.size == 0 {
		open = func() (io.ReadCloser, error) { return http.NoBody, nil }
	}
	r.http.Body, _ = open()
	if r.http.ContentLength = p.size; p.replay {
		r.http.GetBody = open
	}
}
