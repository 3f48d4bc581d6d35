package support

import (
	"cmp"
	"crypto/rand"
	"io"
	"mime"
	"path/filepath"
	"strings"
)

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
	if part, ok := in.(*FilePart); in == nil || ok && part == nil {
		return
	}
	file := filePart(in)
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
