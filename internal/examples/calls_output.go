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
	schema    *openapi3.Schema
	field     string // of the result, where it has several
	failure   bool
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
	if a.content = o.made(&maker{subject: o.subject, rand: o.rand}, a.schema.NewRef()); a.content == nil || string(a.content) == "null" {
		return answer{status: 200}
	}
	return a
}

// answers adds the responses that have some statuses.
func (o *caller) answers(all []answer, a answer, statuses []string, mediaType string, codec ir.Codec, t ir.Type) []answer {
	for _, status := range statuses {
		ref := o.source.Responses.Value(status)
		if t == nil || codec != ir.CodecJSON || ref == nil || ref.Value == nil {
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
		a.status, a.schema, a.mediaType = code, media.Schema.Value, strings.Replace(mediaType, "*/*", "application/json", 1)
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
	if err != nil {
		o.found("%d: the result does not encode: %v", a.status, err)
	} else if d := Difference(a.content, text); d != "" && !o.sentOnly(d) {
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
