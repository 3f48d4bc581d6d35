package examples

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// answer is a response.
type answer struct {
	status    int
	mediaType string
	content   []byte
	schema    *openapi3.SchemaRef
	field     string // of the result, where it has several
	failure   bool
	// inXML is the type of the content if it is XML, and json what it is made of.
	inXML ir.Type
	json  []byte
}

// answer makes one of the documented responses with JSON, or an empty one.
func (o *caller) answer() answer {
	var all []answer
	for _, r := range o.op.Result.Cases {
		a := answer{}
		if r.Field != nil {
			a.field = r.Field.GoName
		}
		all = o.answers(all, a, r.Statuses, r.MediaType, r.Codec, r.Type)
	}
	for _, e := range o.op.Errors {
		all = o.answers(all, answer{failure: true}, e.Statuses, e.MediaType, e.Codec, e.Type)
	}
	if len(all) == 0 {
		return answer{status: 200}
	}
	a := all[0] // mostly a success
	if o.rand.IntN(3) == 0 {
		a = all[o.rand.IntN(len(all))]
	}
	if a.json = o.made(&maker{subject: o.subject, rand: o.rand}, a.schema); a.json == nil || string(a.json) == "null" {
		return answer{status: 200}
	}
	if a.content = a.json; a.inXML != nil {
		v, _ := parse(a.json)
		v = inXML(v, a.inXML)
		a.json, _ = json.Marshal(v)
		var err error
		if a.content, err = xmlText(rootElement(a.schema, v, a.inXML)); err != nil {
			return answer{status: 200} // its names are none
		}
	}
	return a
}

// answers adds the responses that have some statuses.
func (o *caller) answers(all []answer, a answer, statuses []string, mediaType string, codec ir.Codec, t ir.Type) []answer {
	for _, status := range statuses {
		ref := o.source.Responses.Value(status)
		if t == nil || codec != ir.CodecJSON && codec != ir.CodecXML || ref == nil || ref.Value == nil {
			continue
		}
		media := ref.Value.Content[mediaType]
		if media == nil || media.Schema == nil || media.Schema.Value == nil {
			continue
		}
		code := o.code(status, a.failure)
		if code == 0 {
			continue
		}
		if codec == ir.CodecXML {
			a.inXML = t
		}
		a.status, a.schema, a.mediaType = code, media.Schema, strings.Replace(mediaType, "*/*", "application/json", 1)
		all = append(all, a)
	}
	return all
}

// code is a status that a documented one stands for; 0 when that has a response
// of its own, or is a redirect.
func (o *caller) code(status string, failure bool) int {
	code, err := strconv.Atoi(status)
	switch {
	case err == nil && code/100 == 3:
		return 0
	case err == nil:
		return code
	case strings.HasSuffix(strings.ToUpper(status), "XX"):
		code, _ = strconv.Atoi(status[:1] + "18")
	case failure:
		code = 418
	default:
		code = 200
	}
	if o.source.Responses.Value(strconv.Itoa(code)) != nil {
		return 0
	}
	return code
}

// compare compares what the method returns with the response.
func (o *caller) compare(a answer, result any, err error) {
	body := reflect.ValueOf(result)
	switch {
	case a.failure:
		if err == nil || !strings.Contains(reflect.TypeOf(err).String(), ".Error[") {
			o.found("%d: no typed error, but %T %v: %s", a.status, err, err, a.content)
			return
		}
		body = reflect.ValueOf(err).Elem().FieldByName("Body")
	case err != nil:
		o.found("%d: a valid response is an error: %v: %s", a.status, err, a.content)
		return
	case a.field != "":
		body = body.Elem().FieldByName(a.field)
	case result == nil: // a stream
		return
	}
	text, err := json.Marshal(body.Interface())
	if v, _ := parse(text); a.inXML != nil {
		text, _ = json.Marshal(inXML(v, a.inXML))
	}
	if err != nil {
		o.found("%d: the result does not encode: %v", a.status, err)
	} else if d := Difference(a.json, text); d != "" && !o.sentOnly(d) {
		o.found("%d: the response comes back otherwise: %s: %s", a.status, d, a.content)
	}
}

// sentOnly reports whether a difference is a property that is writeOnly, which
// whoever encodes a response as a request has to send.
func (c *calls) sentOnly(difference string) bool {
	path, added := strings.CutSuffix(difference, ": added")
	return added && c.writeOnly[path[strings.LastIndexByte(path, '/')+1:]]
}

// made makes JSON that the validator accepts; nil when it accepts nothing that
// is made.
func (c *calls) made(m *maker, schema *openapi3.SchemaRef) []byte {
	for range 12 {
		v, ok := m.value(schema, 0)
		if !ok {
			continue
		}
		if text, err := json.Marshal(v); err == nil && validate(c.doc, schema.Value, text, m.direction()) == nil {
			return text
		}
	}
	return nil
}
