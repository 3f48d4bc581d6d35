package compare

import (
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// wire adds what is there before and after, and is sent elsewhere or written in
// another form: the checks of oasdiff leave that out, and Go does not show it.
func (c *comparison) wire(old, new *ir.API) {
	c.moved(Group{Kind: General}, "the default server", old.Servers, new.Servers)
	c.elements(old, new)
	before := operationsOf(old)
	for key, op := range operationsOf(new) {
		was := before[key]
		if was == nil {
			continue
		}
		c.moved(Group{Kind: Operation, Operations: []string{key}}, "the server of the operation", was.Servers, op.Servers)
		inputs := inputsOf(was)
		for _, in := range op.Inputs {
			if other := inputs[input{in.In, in.WireName}]; other != nil && formOf(in) != formOf(other) {
				c.rewritten(key, "the "+code(string(in.In))+" request parameter "+code(in.WireName))
			}
		}
		for _, body := range op.Bodies {
			for _, other := range was.Bodies {
				if body.MediaType != other.MediaType {
					continue
				}
				c.properties(key, body, other)
				if body.Codec == ir.CodecXML && (body.Root != other.Root || body.Item != other.Item) {
					c.rewritten(key, "the element of the "+code(body.MediaType)+" request body")
				}
			}
		}
	}
}

// input is what tells the inputs of an operation apart.
type input struct {
	in   ir.ParamIn
	name string
}

// inputsOf returns the inputs of an operation.
func inputsOf(op *ir.Operation) map[input]*ir.Param {
	list := map[input]*ir.Param{}
	for _, in := range op.Inputs {
		list[input{in.In, in.WireName}] = in
	}
	return list
}

// moved adds that the first of several servers, to which requests go unless a
// caller says otherwise, is another one.
func (c *comparison) moved(g Group, what string, old, new []*ir.Server) {
	if len(old) == 0 || len(new) == 0 {
		return
	}
	if before, after := address(old[0]), address(new[0]); before != after {
		c.add(g, Change{Effect: Breaking, Subject: InDocument, Text: what + " changed from " + code(before) + " to " + code(after)})
	}
}

// address returns the URL of a server with the defaults of its variables.
func address(s *ir.Server) string {
	url := s.URL
	for _, v := range s.Variables {
		url = strings.ReplaceAll(url, "{"+v.Name+"}", v.Default)
	}
	return url
}

// elements adds the properties of structs that have another form in XML.
func (c *comparison) elements(old, new *ir.API) {
	before := map[string]*ir.XML{}
	eachField(old, func(s *ir.Struct, f *ir.Field) { before[s.GoName+"\n"+f.WireName] = f.XML })
	eachField(new, func(s *ir.Struct, f *ir.Field) {
		if was := before[s.GoName+"\n"+f.WireName]; was != nil && f.XML != nil && *was != *f.XML {
			c.add(Group{Kind: Type, Type: s.GoName, Schema: c.subjects.schemas[s.GoName]},
				Change{Effect: Breaking, Subject: InDocument, Text: "the property " + code(f.WireName) + " is written in another form in XML"})
		}
	})
}

// eachField calls f for the fields of all structs.
func eachField(api *ir.API, f func(*ir.Struct, *ir.Field)) {
	for _, t := range api.Types {
		if s, ok := t.(*ir.Struct); ok {
			for _, field := range s.Fields {
				f(s, field)
			}
		}
	}
}

// rewritten adds what an operation sends in another form.
func (c *comparison) rewritten(operation, what string) {
	c.add(Group{Kind: Operation, Operations: []string{operation}},
		Change{Effect: Breaking, Subject: InDocument, Text: what + " is written in another form"})
}

// properties adds the properties of a form that have another encoding.
func (c *comparison) properties(operation string, body, other *ir.Body) {
	before, after := propertiesOf(other), propertiesOf(body)
	for name, form := range after {
		was, ok := before[name]
		if was.content == "" || form.content == "" {
			form.content = was.content // what is new is mostly what it was by default
		}
		if ok && was != form {
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

// propertiesOf returns the forms of the properties of a body by name.
func propertiesOf(body *ir.Body) map[string]form {
	list := map[string]form{}
	s, ok := body.Type.(*ir.Struct)
	if !ok || body.Codec != ir.CodecForm && body.Codec != ir.CodecMultipart {
		return list
	}
	encodings := map[string]*ir.Encoding{}
	for _, e := range body.Encodings {
		encodings[e.Property] = e
	}
	for _, field := range s.Fields {
		f, e := form{}, encodings[field.WireName]
		switch {
		case e != nil && e.Style != "":
			f = form{style: e.Style, explode: e.Explode && !scalar(field.Type), allowReserved: e.AllowReserved}
		case body.Codec == ir.CodecForm:
			f.style, f.explode = "form", !scalar(field.Type)
		}
		if e != nil && e.Style == "" {
			f.content = e.ContentType
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
	for op := range api.Operations() {
		if op.Of == nil {
			list[printable(op.Method+" "+op.Path)] = op
		}
	}
	return list
}
