package support

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// FilePart is a file with a name or media type of its own, as a body or part of
// one. Other readers are sent under the name of the property, an *os.File under
// its own, and all with the media type that the document has for them, or else
// the one that the name suggests.
type FilePart struct {
	io.Reader
	Name, ContentType string
}

// filePart is a reader as a file with what is known of it.
func filePart(in io.Reader) (file FilePart) {
	switch f := in.(type) {
	case FilePart:
		file = f
	case *FilePart:
		if f != nil {
			file = *f
		}
	default:
		file.Reader = in
	}
	if f, ok := file.Reader.(*os.File); ok && f != nil && file.Name == "" {
		file.Name = filepath.Base(f.Name())
	}
	return file
}

// binaryBody sends what in holds, without reading it into memory or closing
// it. It can be sent again if in can be read again: a file, a *bytes.Reader,
// a *bytes.Buffer, a *strings.Reader.
func binaryBody(r *request, mediaType string, in io.Reader) {
	file := filePart(in)
	if file.Reader == nil {
		r.check.add("", "required", "")
	}
	r.set("Content-Type", cmp.Or(file.ContentType, mediaType))
	r.send(fromReader(file.Reader))
}

// rangeBody is binaryBody for a range of media types, such as image/*: which one
// it is says the caller, the name of the file or how its content begins.
func rangeBody(r *request, mediaRange string, in io.Reader) {
	file, kind := filePart(in), strings.TrimSuffix(mediaRange, "*")
	if file.ContentType == "" && file.Reader != nil {
		file.ContentType = mime.TypeByExtension(filepath.Ext(file.Name))
		if p := fromReader(file.Reader); p.replay && !strings.HasPrefix(file.ContentType, kind) {
			head := make([]byte, 512)
			n, _ := io.ReadFull(p.open(), head)
			file.ContentType = http.DetectContentType(head[:n])
		}
		if !strings.HasPrefix(file.ContentType, kind) {
			r.fail(fmt.Errorf("the body has to be %s: say which one with FilePart{Reader: ..., ContentType: ...}", mediaRange))
		}
	}
	binaryBody(r, mediaRange, file)
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
