package support

import (
	"encoding/xml"
	"fmt"
)

// xmlBody sends v as XML.
func xmlBody(r *request, mediaType string, v any) {
	data, err := xml.Marshal(v)
	r.fail(err)
	r.content(mediaType, append([]byte(xml.Header), data...))
}

// doXML sends the request and decodes the XML of a success response.
func doXML[T any](r *request) (*T, error) {
	v := new(T)
	if err := r.do(); err != nil {
		return nil, err
	}
	if len(r.data) == 0 {
		return v, nil
	}
	if err := xml.Unmarshal(r.data, v); err != nil {
		return nil, fmt.Errorf("%s: %w", r.op.ID, &DecodeError{Body: r.data, Err: err})
	}
	return v, nil
}

// doXMLValue is doXML for results that are not passed by pointer.
func doXMLValue[T any](r *request) (T, error) {
	v, err := doXML[T](r)
	return orZero(v), err
}
