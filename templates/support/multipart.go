package support

import (
	"cmp"
	"crypto/rand"
	"io"
	"mime"
	"os"
	"path/filepath"
	"strings"
)

// FilePart is a file of a multipart body with a name or media type of its own.
// Other readers are sent under the name of the property, an *os.File under its
// own, and all with the media type that the document has for them, or else the
// one that the name suggests.
type FilePart struct {
	io.Reader
	Name, ContentType string
}

// multipartForm is a multipart body in the making. Files are read while they
// are sent, never held in memory.
type multipartForm struct {
	boundary string
	parts    []payload
}

func newMultipart() *multipartForm { return &multipartForm{boundary: rand.Text()} }

// add adds a value.
func (m *multipartForm) add(name, mediaType, value string) {
	m.part(name, "", mediaType, textPayload(value))
}

// file adds a file, unless it is nil.
func (m *multipartForm) file(name, mediaType string, in io.Reader) {
	var file FilePart
	switch f := in.(type) {
	case nil:
		return
	case *os.File:
		file = FilePart{f, filepath.Base(f.Name()), ""}
	case FilePart:
		file = f
	case *FilePart:
		if f == nil {
			return
		}
		file = *f
	default:
		file.Reader = in
	}
	file.Name = cmp.Or(file.Name, name)
	mediaType = cmp.Or(file.ContentType, mediaType, mime.TypeByExtension(filepath.Ext(file.Name)), "application/octet-stream")
	m.part(name, file.Name, mediaType, fromReader(file.Reader))
}

// part adds a part. Names cannot break out of its header.
func (m *multipartForm) part(name, file, mediaType string, content payload) {
	escape := strings.NewReplacer("\r", "%0D", "\n", "%0A", `"`, "%22")
	head := "\r\n--" + m.boundary + "\r\nContent-Disposition: form-data; name=\"" + escape.Replace(name) + `"`
	if len(m.parts) == 0 {
		head = head[2:]
	}
	if file != "" {
		head += `; filename="` + escape.Replace(file) + `"`
	}
	if mediaType != "" {
		head += "\r\nContent-Type: " + escape.Replace(mediaType)
	}
	m.parts = append(m.parts, textPayload(head+"\r\n\r\n"), content)
}

// multipart sends the form.
func (r *request) multipart(mediaType string, m *multipartForm) {
	parts := append(m.parts, textPayload("\r\n--"+m.boundary+"--\r\n"))
	p := payload{replay: true, open: func() io.Reader {
		var readers []io.Reader
		for _, part := range parts {
			readers = append(readers, part.open())
		}
		return io.MultiReader(readers...)
	}}
	for _, part := range parts {
		p.replay = p.replay && part.replay
		if p.size >= 0 && part.size >= 0 {
			p.size += part.size
		} else {
			p.size = -1
		}
	}
	r.set("Content-Type", mediaType+"; boundary="+m.boundary)
	r.send(p)
}

// textPayload is text to send.
func textPayload(text string) payload {
	return payload{func() io.Reader { return strings.NewReader(text) }, int64(len(text)), true}
}
