package support

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// xmlBody sends v as XML. The root element is called root, which may begin with
// a namespace and a space.
func xmlBody(r *request, mediaType, root string, v any) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	r.fail(xml.NewEncoder(&b).EncodeElement(v, xmlStart(root)))
	r.content(mediaType, b.Bytes())
}

// xmlStart begins an element with a name that may have a namespace in front.
func xmlStart(name string) (start xml.StartElement) {
	space, local, ok := strings.Cut(name, " ")
	if !ok {
		space, local = "", name
	}
	start.Name = xml.Name{Space: space, Local: local}
	return start
}

// xmlList is a list as what an element holds. Its items are called item when
// they are written; they are read whatever they are called.
type xmlList[T any] struct {
	item string
	list *[]T
}

// MarshalXML implements xml.Marshaler.
func (l *xmlList[T]) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	err := e.EncodeToken(start)
	for i := 0; i < len(*l.list) && err == nil; i++ {
		err = e.EncodeElement(&(*l.list)[i], xmlStart(l.item))
	}
	if err == nil {
		err = e.EncodeToken(start.End())
	}
	return err
}

// UnmarshalXML implements xml.Unmarshaler.
func (l *xmlList[T]) UnmarshalXML(d *xml.Decoder, _ xml.StartElement) error {
	*l.list = []T{}
	for {
		token, err := d.Token()
		switch token := token.(type) {
		case xml.StartElement:
			var item T
			if err := d.DecodeElement(&item, &token); err != nil {
				return err
			}
			*l.list = append(*l.list, item)
		case xml.EndElement, nil:
			return err
		}
	}
}

// parseXML decodes XML; errors do not quote it.
func parseXML(data []byte, v any) error {
	err := xml.Unmarshal(data, v)
	if syntax := (*xml.SyntaxError)(nil); errors.As(err, &syntax) {
		return fmt.Errorf("XML syntax error on line %d", syntax.Line)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("the XML does not fit %T", v)
	}
	return err
}

// readXML decodes the XML of a response into v.
func readXML(header http.Header, body []byte, v any) (err error) {
	if t := header.Get("Content-Type"); t != "" && !strings.Contains(strings.ToLower(t), "xml") {
		err = fmt.Errorf("the response is %.100q", t)
	} else {
		err = parseXML(body, v)
	}
	if err != nil {
		return &DecodeError{Body: body, Err: err}
	}
	return nil
}

// xml decodes the XML of a success response into v. Without content v stays as it is.
func (r *request) xml(v any) error {
	if len(r.data) == 0 {
		return nil
	}
	if err := readXML(r.resp.Header, r.data, v); err != nil {
		return fmt.Errorf("%s: %w", r.op.ID, err)
	}
	return nil
}

// doXML sends the request and decodes the XML of a success response into v.
func doXML[P any](r *request, v P) (out P, err error) {
	if err = r.do(); err == nil {
		if err = r.xml(v); err == nil {
			out = v
		}
	}
	return out, err
}

// errorXML is errorJSON for XML.
func errorXML[T any](e *ResponseError) error {
	typed := &Error[T]{ResponseError: e}
	if e.Err = readXML(e.Header, e.Body, &typed.Body); e.Err != nil {
		return nil
	}
	return typed
}
