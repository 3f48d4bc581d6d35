package emit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// service adds what there is to write of a service and those below it, each to
// its file: types, methods and the inputs of methods. The path is that of the
// fields which lead to the service.
func service(s *ir.Service, path string, add func(file string, write func(*emitter))) {
	if s.FieldName != "" {
		add(s.File, func(e *emitter) { e.serviceType(s, path) })
	}
	for _, op := range s.Operations {
		add(cmp.Or(op.File, s.File), func(e *emitter) { e.operation(s, op, path) })
	}
	for _, child := range s.Children {
		service(child, path+"."+child.FieldName, add)
	}
}

// serviceType declares the type of a service.
func (e *emitter) serviceType(s *ir.Service, path string) {
	e.gap()
	about := s.GoName + " has the operations of Client." + path + "."
	e.add(e.doc(typeLines, about, s.Doc))
	e.add(jen.Type().Id(s.GoName).StructFunc(func(g *jen.Group) {
		for _, child := range s.Children {
			g.Add(e.doc(fieldLines, child.Doc))
			g.Id(child.FieldName).Op("*").Id(child.GoName)
		}
		if len(s.Operations) > 0 {
			if len(s.Children) > 0 {
				g.Line()
			}
			g.Id("core").Op("*").Add(e.use("core"))
		}
	}))
}

// operation writes the inputs, the methods and the descriptor of an operation.
func (e *emitter) operation(s *ir.Service, op *ir.Operation, path string) {
	o := &opWriter{emitter: e, service: s, op: op, receiver: "s"}
	if s.FieldName == "" {
		o.receiver = "c"
	}
	o.checks = o.paramsChecks()
	if op.Of == nil {
		o.paramsType()
		if len(o.checks) > 0 {
			o.paramsCheck()
		}
	}
	o.method()
	if o.pages() {
		o.iterator()
	}
	o.descriptor(path)
}

// opWriter writes one operation.
type opWriter struct {
	*emitter
	service  *ir.Service
	op       *ir.Operation
	receiver string
	checks   []jen.Code // of the inputs
}

// signature begins a method of the operation's service: its receiver, name
// and inputs.
func (o *opWriter) signature(name string, more ...jen.Code) *jen.Statement {
	params := []jen.Code{jen.Id("ctx").Qual("context", "Context"), jen.Id("params").Id(o.op.ParamsName)}
	params = append(params, more...)
	return method(o.receiver, "*"+o.service.GoName, name).Params(params...)
}

// options is the last parameter of a method.
func (o *opWriter) options() jen.Code { return jen.Id("opts").Op("...").Add(o.use("RequestOption")) }

// method writes the method of the operation. One that walks pages by what its
// result does not return shares an inner method with its iterator.
func (o *opWriter) method() {
	o.gap()
	o.add(o.doc(methodLines, o.about()...))
	name := o.op.GoName
	switch {
	case o.op.Result.Streams():
		o.add(o.signature(name, o.options()).Add(o.returns()).Block(o.stream()...))
	case o.shared():
		call := jen.Id(o.receiver).Dot(o.fetchName()).Call(o.fetchArgs(jen.Id("params"), jen.Nil(), jen.Id("opts"))...)
		o.add(o.signature(name, o.options()).Params(o.returns(), jen.Error()).Block(o.unwrap(call)...))
		o.gap()
		o.add(o.doc(typeLines, o.fetchName()+" gets a page for "+name+" and "+o.op.AllName+"."))
		more := []jen.Code{jen.Id("opts").Index().Add(o.use("RequestOption"))}
		if o.addressed() {
			more = append([]jen.Code{jen.Id("next").Op("*").String()}, more...)
		}
		o.add(o.signature(o.fetchName(), more...).Params(o.receives(), jen.Error()).Block(append(o.request(), o.send()...)...))
	case o.op.Result.Unwrap != nil:
		o.add(o.signature(name, o.options()).Params(o.returns(), jen.Error()).Block(append(o.request(), o.unwrap(o.exec())...)...))
	default:
		o.add(o.signature(name, o.options()).Params(o.returns(), jen.Error()).Block(append(o.request(), o.send()...)...))
	}
}

// request returns the statements that build the request, as r.
func (o *opWriter) request() []jen.Code {
	body := []jen.Code{
		jen.Id("r").Op(":=").Id(o.receiver).Dot("core").Dot(o.name("core.newRequest")).
			Call(jen.Id("ctx"), jen.Op("&").Id(o.op.DescriptorName), jen.Id("opts")),
	}
	if len(o.op.Servers) > 0 {
		body = append(body, o.on("at", o.ownServer(o.op.Servers[0])...))
	}
	body = append(append(body, o.switches()...), o.filled()...)
	if len(o.checks) > 0 {
		body = append(body, jen.Id("params").Dot("validate").Call(jen.Op("&").Id("r").Dot("check")))
	}
	body = append(append(body, o.inputs()...), o.bodies()...)
	if o.addressed() && o.pages() {
		body = append(body, o.on("continueAt", jen.Id("next")))
	}
	return body
}

// on is a method call on the request.
func (o *opWriter) on(method string, args ...jen.Code) *jen.Statement {
	return o.emitter.call("r", "request."+method, args...)
}

// descriptor declares the static descriptor of the operation.
func (o *opWriter) descriptor(service string) {
	op := o.op
	path, _ := o.template()
	head := []jen.Code{jen.Id("ID").Op(":").Lit(op.ID)}
	if service != "" {
		head = append(head, jen.Id("Service").Op(":").Lit(service))
	}
	head = append(head, jen.Id("Method").Op(":").Lit(op.Method), jen.Id("Path").Op(":").Lit(path))
	fields := []jen.Code{jen.Id("Operation").Op(":").Add(o.use("Operation")).Values(head...)}
	if accept := o.accept(); accept != "" {
		fields = append(fields, jen.Id("accept").Op(":").Lit(accept))
	}
	if without, with := o.mayBeEmpty(); len(without) > 0 {
		lists := []jen.Code{jen.Lit(strings.Join(without, " ")), jen.Lit(strings.Join(with, " "))}
		fields = append(fields, jen.Id("empty").Op(":").Add(o.use("emptyCases")).Values(lists...))
	}
	if op.Result.Redirects {
		fields = append(fields, jen.Id("redirects").Op(":").True())
	}
	if security := o.security(op); security != nil {
		fields = append(fields, jen.Id("security").Op(":").Add(security))
	}
	if cases := o.errorCases(); cases != nil {
		fields = append(fields, jen.Id("errors").Op(":").Add(cases))
	}
	o.gap()
	o.add(jen.Var().Id(op.DescriptorName).Op("=").Add(o.use("operation")).Add(tall(fields)))
}

// tall writes the fields of a composite literal, each on a line.
func tall(fields []jen.Code) *jen.Statement {
	s := jen.Op("{")
	for _, f := range fields {
		s.Line().Add(f).Op(",")
	}
	return s.Line().Op("}")
}

// accepted lists the media types of the success responses, or of errors when
// these have no content, and those that are as good if need be.
func (o *opWriter) accepted() (wanted, also []string) {
	for _, c := range o.op.Result.Cases {
		wanted, also = append(wanted, c.MediaType), append(also, c.Also...)
	}
	if wanted = headerValues(wanted); len(wanted) == 0 {
		for _, c := range o.op.Errors {
			wanted = append(wanted, c.MediaType)
		}
		wanted = headerValues(wanted)
	}
	return wanted, headerValues(also)
}

// headerValues are those of values that a header can have, each once.
func headerValues(values []string) (list []string) {
	for _, v := range values {
		if v != "" && !slices.Contains(list, v) && !strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r > '~' }) {
			list = append(list, v)
		}
	}
	return list
}

// accept is the header that asks for what is accepted.
func (o *opWriter) accept() string {
	wanted, also := o.accepted()
	for _, mediaType := range also {
		wanted = append(wanted, mediaType+";q=0.9")
	}
	return strings.Join(wanted, ", ")
}

// errorCases is the list of documented errors; nil when there are none.
func (o *opWriter) errorCases() *jen.Statement {
	var cases []jen.Code
	for _, c := range o.op.Errors {
		if decode := o.errorDecoder(c); decode != nil {
			cases = append(cases, jen.Values(jen.Lit(strings.Join(c.Statuses, " ")), decode))
		}
	}
	if cases == nil {
		return nil
	}
	list := o.use("errorCases")
	if len(cases) == 1 {
		return list.Values(cases...)
	}
	return list.Add(tall(cases))
}

// errorDecoder is the function that makes the error of a case; nil when the
// ResponseError has to do.
func (o *opWriter) errorDecoder(c *ir.ErrorCase) *jen.Statement {
	switch {
	case c.Codec == ir.CodecText && ir.IsText(c.Type):
		return o.use("errorText").Types(o.goType(c.Type))
	case c.Codec == ir.CodecXML && !isList(c.Type):
		return o.use("errorXML").Types(o.goType(c.Type))
	case c.Codec != ir.CodecJSON:
		return nil
	}
	return o.use("errorJSON").Types(o.goType(c.Type))
}
