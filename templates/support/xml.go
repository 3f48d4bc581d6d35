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

// doXML sends the request and decodes the XML of a success response into v.
func doXML[P any](r *request, v P) (P, error) {
	err := r.do()
	if err == nil && len(r.data) > 0 {
		if err = xml.Unmarshal(r.data, v); err != nil {
			err = fmt.Errorf("%s: %w", r.op.ID, &DecodeError{Body: r.data, Err: err})
		}
	}
	if err != nil {
		var none P
		return none, err
	}
	return v, nil
}
