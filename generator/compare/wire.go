package compare

import (
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// wire adds the inputs that are there before and after, and are written in
// another form: the checks of oasdiff leave these out, and Go does not show
// them.
func (c *comparison) wire(old, new *ir.API) {
	before := operationsOf(old)
	for key, op := range operationsOf(new) {
		was := before[key]
		if was == nil {
			continue
		}
		for _, in := range op.Inputs {
			for _, other := range was.Inputs {
				if in.In == other.In && in.WireName == other.WireName && formOf(in) != formOf(other) {
					c.rewritten(key, "the "+code(string(in.In))+" request parameter "+code(in.WireName))
				}
			}
		}
		for _, body := range op.Bodies {
			for _, other := range was.Bodies {
				if body.MediaType == other.MediaType {
					c.properties(key, body, other)
				}
			}
		}
	}
}

// rewritten adds what an operation sends in another form.
func (c *comparison) rewritten(operation, what string) {
	c.add(Group{Kind: Operation, Operations: []string{operation}},
		Change{Effect: Breaking, Subject: InDocument, Text: what + " is written in another form (style, explode, allowReserved, content)"})
}

// properties adds the properties of a form that have another encoding.
func (c *comparison) properties(operation string, body, other *ir.Body) {
	before, after := propertiesOf(other), propertiesOf(body)
	for name, form := range after {
		if was, ok := before[name]; ok && was != form {
			c.rewritten(operation, "the property "+code(name)+" of the "+code(body.MediaType)+" request body")
		}
	}
}

// form is how a value is written.
type form struct {
	style                  string
	explode, allowReserved bool
	content                string
}

// formOf returns the form of a parameter.
func formOf(p *ir.Param) form {
	return form{p.Style, p.Explode && !scalar(p.Type), p.AllowReserved, p.Content}
}

// propertiesOf returns the forms of the properties of a body by name. What a
// part is called makes no difference to the value.
func propertiesOf(body *ir.Body) map[string]form {
	list := map[string]form{}
	s, ok := body.Type.(*ir.Struct)
	if !ok || body.Codec != ir.CodecForm && body.Codec != ir.CodecMultipart {
		return list
	}
	for _, field := range s.Fields {
		f := form{}
		if body.Codec == ir.CodecForm {
			f.style, f.explode = "form", !scalar(field.Type)
		}
		for _, e := range body.Encodings {
			if e.Property == field.WireName && e.Style != "" {
				f = form{style: e.Style, explode: e.Explode && !scalar(field.Type), allowReserved: e.AllowReserved}
			}
		}
		list[field.WireName] = f
	}
	return list
}

// scalar tells whether a value of a type is written as one, so that explode
// makes no difference.
func scalar(t ir.Type) bool {
	switch t.(type) {
	case *ir.Prim, *ir.Enum:
		return true
	}
	return false
}

// operationsOf returns the operations of an API by method and path.
func operationsOf(api *ir.API) map[string]*ir.Operation {
	list := map[string]*ir.Operation{}
	var visit func(services []*ir.Service)
	visit = func(services []*ir.Service) {
		for _, s := range services {
			for _, op := range s.Operations {
				if op.Of == nil {
					list[printable(op.Method+" "+op.Path)] = op
				}
			}
			visit(s.Children)
		}
	}
	visit(api.Services)
	return list
}
