package build

import (
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// operations builds every operation of the document, in its order.
func (b *builder) operations() {
	if b.doc.Paths == nil {
		return
	}
	var all []*opBuilder
	for _, path := range ordered(b, "/paths", b.doc.Paths.Map()) {
		item := b.doc.Paths.Value(path)
		itemPtr := join("/paths", path)
		for _, m := range b.methods(item, itemPtr) {
			o := &opBuilder{builder: b, item: item, itemPtr: itemPtr, op: m.op, ptr: m.ptr, method: m.name, path: path}
			all = append(all, o)
		}
	}
	b.spell(all)
	services := newServices(b)
	for _, o := range all {
		o.build(services)
	}
	b.api.Services = services.finish()
}

// methodOp is an operation of a path item.
type methodOp struct {
	name string
	op   *openapi3.Operation
	ptr  string
}

// methods returns the operations of a path item in the document's order.
func (b *builder) methods(item *openapi3.PathItem, ptr string) []methodOp {
	all := map[string]*openapi3.Operation{
		"get": item.Get, "put": item.Put, "post": item.Post, "delete": item.Delete, "options": item.Options,
		"head": item.Head, "patch": item.Patch, "trace": item.Trace, "connect": item.Connect, "query": item.Query,
	}
	for key, op := range all {
		if op == nil {
			delete(all, key)
		}
	}
	var out []methodOp
	for _, key := range ordered(b, ptr, all) {
		out = append(out, methodOp{strings.ToUpper(key), all[key], join(ptr, key)})
	}
	extra := join(ptr, "additionalOperations")
	for _, key := range ordered(b, extra, item.AdditionalOperations) {
		out = append(out, methodOp{key, item.AdditionalOperations[key], join(extra, key)})
	}
	return out
}

// opBuilder builds one operation.
type opBuilder struct {
	*builder
	item    *openapi3.PathItem
	itemPtr string
	op      *openapi3.Operation
	ptr     string
	method  string
	path    string
	// spelt is what the name can be made of, said what it is made of: the operationId or the best
	// part of it.
	spelt []string
	said  string
	// name is the Go name of the operation, the stem of all its types.
	name string
	// given is the name that the configuration or x-go-name gives; the method has it too.
	given string
	out   *ir.Operation
	// siblings are success responses in other media types than the preferred.
	siblings []sibling
}

// build makes the operation and adds it to its service.
func (o *opBuilder) build(services *services) {
	op := o.op
	o.out = &ir.Operation{
		Summary: op.Summary, Doc: op.Description, Remarks: remarks(op), Pos: pos(o.ptr),
		Deprecated: deprecation(op.Deprecated, op.Extensions),
		Method:     o.method, Path: o.path,
	}
	o.identify()
	svc := services.of(o)
	o.out.GoName = svc.methodName(o)
	o.out.ParamsName = o.claimOr(o.ptr, ir.PartParams, o.given != "", o.name+"Params", o.name+"CallParams")
	o.out.DescriptorName = o.scope.Claim("op" + o.name)
	o.out.Security = o.requirements(op.Security, o.ptr)
	o.inputs()
	o.bodies()
	o.responses()
	switch {
	case op.Servers != nil && len(*op.Servers) > 0:
		o.out.Servers = o.servers(*op.Servers, join(o.ptr, "servers"), o.name+"Server")
	case len(o.item.Servers) > 0:
		o.out.Servers = o.servers(o.item.Servers, join(o.itemPtr, "servers"), o.name+"Server")
	}
	svc.add(o.out)
	o.goMethods[o.out.ID], o.goMethods["#"+o.ptr] = o.out.GoName, o.out.GoName
	o.addSiblings(svc)
	o.callbacks()
	out := o.out
	o.last = append(o.last, func() {
		o.unwrap(out)
		if o.paginate(out); out.Pagination != nil {
			out.AllName = o.take(&svc.scope, ir.Origin{Pointer: o.ptr, Part: ir.PartIterator}, out.GoName+"All")
			if out.Pagination.Found {
				o.api.Names[ir.Origin{Pointer: o.ptr, Part: ir.PartItems}] = out.Pagination.Items[0].WireName
			}
		}
	})
}

// unwrap finds the envelope property of x-go-result.
func (o *opBuilder) unwrap(out *ir.Operation) {
	name := extString(o.op.Extensions, "x-go-result")
	if name == "" {
		return
	}
	at := join(o.ptr, "x-go-result")
	st, ok := structOf(out.Result.Type)
	if !ok {
		o.warnf(at, "bad-result", "x-go-result names property %.60q, but the result is not an object; it is ignored", name)
		return
	}
	for _, f := range st.Fields {
		if f.WireName == name {
			out.Result.Unwrap = f
			return
		}
	}
	o.warnf(at, "bad-result", "x-go-result names property %.60q, which the result does not have; it is ignored", name)
}

// structOf returns the struct that t is, aliases followed.
func structOf(t ir.Type) (*ir.Struct, bool) {
	st, ok := ir.Underlying(t).(*ir.Struct)
	return st, ok
}

// statusWord returns the Go name of a response status: "OK", "NotFound",
// "Default", "Status4XX".
func statusWord(status string) string {
	if status == "default" {
		return "Default"
	}
	code := 0
	for _, c := range status {
		if c < '0' || c > '9' {
			return "Status" + strings.ToUpper(status)
		}
		code = code*10 + int(c-'0')
	}
	text := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\'' {
			return -1
		}
		return r
	}, http.StatusText(code))
	if text == "" {
		return "Status" + status
	}
	return text
}
