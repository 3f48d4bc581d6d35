package support

import (
	"bytes"
	"io"
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
		if err1 == nil && err2 == nil && err3 == nil && end > start {
			return payload{func() io.Reader { return io.NewSectionReader(f, start, end-start) }, end - start, true}
		}
	}
	return payload{func() io.Reader { return in }, -1, false}
}

// doBinary sends the request and returns the content of a success response as
// a stream, which the caller closes.
func doBinary(r *request) (io.ReadCloser, error) {
	r.stream = true
	if err := r.do(); err != nil {
		return nil, err
	}
	return r.resp.Body, nil
}
