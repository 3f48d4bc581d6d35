package build

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// operations builds every operation of the document, in its order.
func (b *builder) operations() {
	if b.doc.Paths == nil {
		return
	}
	services := newServices(b)
	for _, path := range ordered(b, "/paths", b.doc.Paths.Map()) {
		item := b.doc.Paths.Value(path)
		itemPtr := join("/paths", path)
		for _, m := range b.methods(item, itemPtr) {
			o := &opBuilder{builder: b, item: item, itemPtr: itemPtr, op: m.op, ptr: m.ptr, method: m.name, path: path}
			o.build(services)
		}
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
	// name is the Go name of the operation, the stem of all its types.
	name string
	// renamed says that the configuration gives the name; the method has it too.
	renamed bool
	out     *ir.Operation
	// siblings are success responses in other media types than the preferred.
	siblings []sibling
}

// build makes the operation and adds it to its service.
func (o *opBuilder) build(services *services) {
	op := o.op
	o.out = &ir.Operation{
		Summary: op.Summary, Doc: op.Description, Pos: pos(o.ptr),
		Deprecated: deprecation(op.Deprecated, op.Extensions),
		Method:     o.method, Path: o.path,
	}
	o.identify()
	svc := services.of(o)
	o.out.GoName = svc.methodName(o)
	o.out.ParamsName = o.claimOr(o.ptr, ir.PartParams, false, o.name+"Params", o.name+"CallParams")
	o.out.DescriptorName = o.scope.Claim("op" + o.name)
	o.inputs()
	o.bodies()
	o.responses()
	o.out.Security = o.requirements(op.Security, o.ptr)
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
		if o.paginate(out) {
			out.AllName = o.take(&svc.scope, ir.Origin{Pointer: o.ptr, Part: ir.PartIterator}, out.GoName+"All")
		}
	})
}

// identify finds the operation's id and Go name. Without an operationId, or
// with one used before, they are made of method and path.
func (o *opBuilder) identify() {
	id := strings.TrimSpace(o.op.OperationID)
	if id != "" && o.opIDs[id] {
		o.warnf(join(o.ptr, "operationId"), "duplicate-operation-id", "operationId %.60q is used before; the name is made of method and path", id)
		id = ""
	}
	o.name = o.names.Exported(id)
	if id == "" || len(naming.Words(id)) == 0 {
		o.name = o.pathName()
		if id == "" {
			id = o.name
		}
	}
	if name := o.goName(o.op.Extensions, o.ptr); name != "" {
		o.name, o.renamed = name, o.rename(o.ptr) != ""
	} else if stem := o.stem(); stem != "" {
		o.name = stem
	}
	o.opIDs[id] = true
	o.out.ID = id
	base := o.name
	for i := max(2, o.opNumbers[base]); o.opNames[o.name] || o.stem() != o.name && o.scope.Held(o.name+"Params"); i++ {
		o.name, o.opNumbers[base] = base+strconv.Itoa(i), i
	}
	o.opNames[o.name] = true
	if o.name != base {
		o.warnf(o.ptr, "name-taken", "the Go name %s is that of another operation; %s is used instead"+chooseName, base, o.name)
	}
}

// stem returns the name that the types of the operation began with when the
// package was generated last; "" for a new operation.
func (o *opBuilder) stem() string {
	stem, ok := strings.CutSuffix(o.opts.Names[ir.Origin{Pointer: o.ptr, Part: ir.PartParams}], "Params")
	if call, isCall := strings.CutSuffix(stem, "Call"); isCall {
		if number, found := strings.CutPrefix(call, o.name); found && strings.Trim(number, "0123456789") == "" {
			stem = call // see ParamsName
		}
	}
	if !ok || o.opNames[stem] {
		return ""
	}
	return stem
}

// pathName makes a name of method and path: GET /users/{id}/posts is
// GetUsersByIDPosts.
func (o *opBuilder) pathName() string {
	words := naming.Words(strings.ToLower(o.method))
	for _, segment := range strings.Split(o.path, "/") {
		if strings.HasPrefix(segment, "{") {
			words = append(words, "by")
		}
		words = append(words, naming.Words(strings.Trim(segment, "{}"))...)
	}
	return o.names.Join(words)
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
