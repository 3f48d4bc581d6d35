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
// a namespace and a space, or like the type of v if that is empty.
func xmlBody(r *request, mediaType, root string, v any) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if root == "" {
		r.fail(xml.NewEncoder(&b).Encode(v))
	} else {
		space, name, ok := strings.Cut(root, " ")
		if !ok {
			space, name = "", root
		}
		r.fail(xml.NewEncoder(&b).EncodeElement(v, xml.StartElement{Name: xml.Name{Space: space, Local: name}}))
	}
	r.content(mediaType, b.Bytes())
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
