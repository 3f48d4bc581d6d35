package build

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// paramPlace is a parameter with references followed.
type paramPlace struct {
	param *openapi3.Parameter
	ptr   string
	// component is the key of a component parameter, or "".
	component string
}

// inputs builds the parameters of an operation: its own and those of the path
// item that it does not override.
func (o *opBuilder) inputs() {
	var scope naming.Scope
	scope.Reserve("Body")
	var all []paramPlace
	at := map[string]int{}
	add := func(params openapi3.Parameters, ptr string) {
		here := map[string]bool{}
		for i, ref := range params {
			p := paramPlace{param: ref.Value, ptr: index(ptr, i)}
			if ref.Ref != "" {
				p.ptr = refPointer(ref.Ref)
				p.component = diag.LastToken(p.ptr)
			}
			if p.param.Name == "" || o.ignoredHeader(p) || o.isCredential(p) {
				continue
			}
			key := p.param.In + "\x00" + p.param.Name
			if p.param.In == openapi3.ParameterInHeader {
				key = strings.ToLower(key) // as HTTP has it
			}
			if here[key] {
				o.warnf(index(ptr, i), "duplicate-parameter", "%s parameter %.60q is in this list twice; what stands here is used", p.param.In, p.param.Name)
			}
			here[key] = true
			if j, ok := at[key]; ok {
				all[j] = p
				continue
			}
			at[key] = len(all)
			all = append(all, p)
		}
	}
	add(o.item.Parameters, join(o.itemPtr, "parameters"))
	add(o.op.Parameters, join(o.ptr, "parameters"))
	all = o.matchPath(all)
	inPath := map[string]bool{} // the Go names of those that the path cannot do without
	for _, p := range all {
		o.hold(&scope, o.inputOrigin(p))
		if p.param.In == openapi3.ParameterInPath {
			inPath[o.names.Exported(p.param.Name)] = true
		}
	}
	o.holdBodies(&scope)
	for _, p := range all {
		o.out.Inputs = append(o.out.Inputs, o.input(p, &scope, inPath))
	}
}

// ignoredHeader reports whether a header parameter is none: OpenAPI says so of
// those that the media types of body and response decide about, and the HTTP
// client sends no others of those that frame the message than its own.
func (o *opBuilder) ignoredHeader(p paramPlace) bool {
	if p.param.In != "header" {
		return false
	}
	switch name := strings.ToLower(p.param.Name); name {
	case "accept", "content-type":
		if name == "accept" && !p.param.Required && p.param.Schema != nil && len(p.param.Schema.Value.Enum) == 0 {
			return true // it says nothing, as that which fuego gives every operation
		}
		o.warnf(p.ptr, "ignored-header", "header parameter %s is left out: the media types of the operation decide about it", p.param.Name)
		return true
	case "content-length", "transfer-encoding", "trailer":
		o.warnf(p.ptr, "ignored-header", "header parameter %s is not sent: the HTTP client decides about it", p.param.Name)
		return o.opts.Names[o.inputOrigin(p)] == "" // it may have been an input before
	}
	return false
}

// isCredential reports whether a parameter is where every way to authenticate puts its credential, as
// swag and goa list it: an option of the client sets that. It may have been an input before.
func (o *opBuilder) isCredential(p paramPlace) bool {
	here := func(use ir.SchemeUse) bool { return isAt(use.Scheme, p.param.In, p.param.Name) }
	without := func(r ir.Requirement) bool { return !slices.ContainsFunc(r.Schemes, here) }
	all := o.out.Security
	return len(all) > 0 && !slices.ContainsFunc(all, without) && o.opts.Names[o.inputOrigin(p)] == ""
}

// matchPath brings path parameters and the path template together: what the
// template lacks is left out, what it has beyond the parameters is a string.
func (o *opBuilder) matchPath(all []paramPlace) []paramPlace {
	variables, inPath := ir.VariablesIn(o.path), map[string]bool{}
	for _, name := range variables {
		inPath[name] = true
	}
	out := all[:0:0]
	for _, p := range all {
		if p.param.In == "path" {
			if !inPath[p.param.Name] {
				o.warnf(p.ptr, "path-parameter", "path parameter %.60q is not part of the path %.200s; it is left out", p.param.Name, o.path)
				continue
			}
			delete(inPath, p.param.Name)
		}
		out = append(out, p)
	}
	for _, name := range variables {
		if inPath[name] {
			o.warnf(o.ptr, "path-parameter", "the path has {%.60s}, which no parameter describes; it is generated as a string", name)
			out = append(out, paramPlace{
				param: &openapi3.Parameter{Name: name, In: "path", Required: true, Schema: openapi3.NewStringSchema().NewRef()},
				ptr:   o.ptr + "#" + name,
			})
		}
	}
	return out
}

func (o *opBuilder) inputOrigin(p paramPlace) ir.Origin {
	return ir.Origin{Pointer: o.ptr, Part: ir.PartInput, Key: p.param.In + ":" + p.param.Name}
}

// input builds one parameter. Of several that want one of the names inPath,
// that of the path has it.
func (o *opBuilder) input(p paramPlace, scope *naming.Scope, inPath map[string]bool) *ir.Param {
	want := o.goName(p.param.Extensions, p.ptr)
	ordered := want != ""
	if !ordered {
		want = o.names.Exported(p.param.Name)
	}
	origin := o.inputOrigin(p)
	wanted := []string{want, want + o.names.Exported(p.param.In)}
	if inPath[want] && p.param.In != openapi3.ParameterInPath && !ordered {
		wanted = wanted[1:]
	}
	name := o.takeFor(scope, origin, ordered, wanted...)
	if name != want && !o.settled(origin, name, ordered) {
		o.warnOnce(p.ptr, "name-taken", "the field name %s is taken in the parameters; %s is used instead"+chooseName, want, name)
	}
	out := &ir.Param{In: ir.ParamIn(p.param.In), Style: o.style(p), AllowReserved: p.param.AllowReserved}
	out.Explode = out.Style == "form" || out.Style == "cookie"
	if p.param.Explode != nil {
		out.Explode = *p.param.Explode
	}
	typeName := o.name + name
	if p.component != "" {
		typeName = o.names.Exported(p.component)
		if o.uses[join(p.ptr, "schema")] == nil && o.has(typeName) {
			typeName += "Param"
		}
	}
	u := o.paramUse(p, out, typeName)
	out.Field = ir.Field{
		GoName: name, WireName: p.param.Name, Pos: pos(p.ptr),
		Doc: p.param.Description, Deprecated: deprecation(p.param.Deprecated, p.param.Extensions),
		Type: u.typ, Required: p.param.Required || out.In == ir.InPath,
		Nullable:  u.nullable && p.param.Required && out.In != ir.InPath, // null is not sent: that of an optional one is its absence
		Sensitive: u.sensitive || extBool(p.param.Extensions, "x-sensitive"), Default: u.deflt, Constraint: u.limits,
	}
	out.Secret = out.Secret || out.Sensitive
	if out.Required && !out.Nullable {
		out.Const = u.konst
	}
	if p.param.Schema != nil {
		o.rooted(typeName, place{p.param.Schema, join(p.ptr, "schema")}, u, &out.Schema)
	}
	if out.Doc == "" {
		out.Doc = u.doc
	}
	if out.Deprecated == "" {
		out.Deprecated = u.deprecated
	}
	return out
}

// style returns the style of a parameter, which is one that its place can have.
// Other separators than a comma are in all places of Swagger 2.0.
func (o *opBuilder) style(p paramPlace) string {
	styles := []string{"simple", "spaceDelimited", "pipeDelimited", "tabDelimited"}
	switch p.param.In {
	case openapi3.ParameterInPath:
		styles = append(styles, "label", "matrix")
	case openapi3.ParameterInQuery:
		styles = []string{"form", "spaceDelimited", "pipeDelimited", "tabDelimited", "deepObject"}
	case openapi3.ParameterInCookie:
		styles = []string{"form", "cookie"}
	}
	if p.param.Style != "" && !slices.Contains(styles, p.param.Style) {
		o.warnOnce(join(p.ptr, "style"), "parameter-style", "a %s parameter has no style %.40q; it is sent in the style %q", p.param.In, p.param.Style, styles[0])
	} else if p.param.Style != "" {
		return p.param.Style
	}
	return styles[0]
}

// paramUse resolves the type of a parameter: of its schema, or of its content.
func (o *opBuilder) paramUse(p paramPlace, out *ir.Param, typeName string) *use {
	if p.param.Schema != nil {
		at := place{p.param.Schema, join(p.ptr, "schema")}
		out.Secret = o.holdsSecret(at)
		return o.useOf(at, typeName)
	}
	contentPtr := join(p.ptr, "content")
	medias := ordered(o.builder, contentPtr, p.param.Content)
	if len(medias) == 0 {
		return &use{typ: &ir.Prim{Kind: ir.String}}
	}
	out.Content = medias[0]
	for _, other := range medias[1:] {
		o.warnOnce(join(contentPtr, other), "media-type-unused", "a parameter has one media type: it is sent as %.60q, and %.60q is left out", out.Content, other)
	}
	mt, u := p.param.Content[out.Content], &use{typ: &ir.Any{}}
	if len(mt.Encoding) > 0 {
		o.warnOnce(join(contentPtr, out.Content, "encoding"), "encoding", "the encoding of single properties is not honoured in a parameter")
	}
	if mt.Schema != nil {
		at := place{mt.Schema, join(contentPtr, out.Content, "schema")}
		out.Secret, u = o.holdsSecret(at), o.useOf(at, typeName)
	}
	base := baseType(out.Content)
	isForm := p.param.In == "querystring" && base == "application/x-www-form-urlencoded"
	if !isJSON(base) && !isForm && !isScalar(u.typ) {
		o.warnOnce(join(contentPtr, out.Content), "media-type-unknown", "how to write such a value as %.60q is not known; it is sent as JSON", out.Content)
	}
	return u
}
