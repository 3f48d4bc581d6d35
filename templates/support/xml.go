package support

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
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

// doXML sends the request and decodes the XML of a success response into v.
func doXML[P any](r *request, v P) (P, error) {
	err := r.do()
	if err == nil && len(r.data) > 0 {
		if t := r.resp.Header.Get("Content-Type"); t != "" && !strings.Contains(strings.ToLower(t), "xml") {
			err = fmt.Errorf("the response is %.100q", t)
		} else {
			err = parseXML(r.data, v)
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", r.op.ID, &DecodeError{Body: r.data, Err: err})
		}
	}
	if err != nil {
		var none P
		return none, err
	}
	return v, nil
}
