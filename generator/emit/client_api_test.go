package emit_test

import (
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// The types that the representations of these tests are made of.
var (
	str       = &ir.Prim{Kind: ir.String}
	integer64 = &ir.Prim{Kind: ir.Int64}
	dateTime  = &ir.Prim{Kind: ir.DateTime}
	uuid      = &ir.Prim{Kind: ir.UUID}
	boolean   = &ir.Prim{Kind: ir.Bool}
	binary    = &ir.Prim{Kind: ir.Binary}
)

func listOf(t ir.Type) *ir.List { return &ir.List{Elem: ir.Elem{Type: t}} }

func required(f *ir.Field) { f.Required = true }
func nullable(f *ir.Field) { f.Nullable = true }

func goName(wire string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(wire, func(r rune) bool { return r == '_' || r == '-' || r == '[' || r == ']' }) {
		if word == "id" || word == "url" {
			word = strings.ToUpper(word)
		}
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

func field(wire string, t ir.Type, more ...func(*ir.Field)) *ir.Field {
	f := &ir.Field{GoName: goName(wire), WireName: wire, Type: t}
	for _, change := range more {
		change(f)
	}
	return f
}

// param is a parameter in the default style of its place.
func param(wire string, in ir.ParamIn, t ir.Type, more ...func(*ir.Field)) *ir.Param {
	p := &ir.Param{Field: *field(wire, t, more...), In: in, Style: "simple"}
	if in == ir.InQuery || in == ir.InCookie {
		p.Style, p.Explode = "form", true
	}
	p.Secret = p.Sensitive
	return p
}

// styledParam is a parameter in another style.
func styledParam(style string, explode bool, p *ir.Param) *ir.Param {
	p.Style, p.Explode = style, explode
	return p
}

func structOf(name string, fields ...*ir.Field) *ir.Struct {
	return &ir.Struct{Decl: ir.Decl{GoName: name}, Fields: fields}
}

// resultOf is a result in JSON.
func resultOf(t ir.Type) ir.Result {
	return ir.Result{Type: t, Cases: []*ir.Response{{Statuses: []string{"200"}, MediaType: "application/json", Codec: ir.CodecJSON, Type: t}}}
}

// resultIn is a result in another media type.
func resultIn(codec ir.Codec, mediaType string, t ir.Type) ir.Result {
	r := resultOf(t)
	r.Cases[0].Codec, r.Cases[0].MediaType = codec, mediaType
	return r
}

func bodyIn(codec ir.Codec, mediaType string, t ir.Type) *ir.Body {
	return &ir.Body{FieldName: "Body", MediaType: mediaType, Codec: codec, Type: t, Required: true}
}

func operationOf(name, method, path string, change func(*ir.Operation)) *ir.Operation {
	op := &ir.Operation{ID: name, GoName: name, DescriptorName: "op" + name, ParamsName: name + "Params", Method: method, Path: path}
	change(op)
	return op
}

// testAPI has something of everything that the client half emits.
func testAPI() *ir.API {
	thing := structOf("Thing", field("id", integer64, required), field("name", str))
	problem := structOf("Problem", field("detail", str, required))
	filter := structOf("Filter", field("name", str), field("ids", listOf(integer64)))
	color := &ir.Enum{Decl: ir.Decl{GoName: "Color"}, Base: ir.String, Values: []*ir.EnumValue{
		{GoName: "ColorRed", Value: ir.Literal{Kind: ir.LitString, Text: "red"}}, {GoName: "ColorBlue", Value: ir.Literal{Kind: ir.LitString, Text: "blue"}},
	}}
	upload := structOf("Upload", field("purpose", str, required), field("tags", listOf(str)), field("meta", filter), field("file", binary, required), field("more", listOf(binary)))
	either := structOf("EitherResult", field("ok", thing), field("accepted", str), field("partial", listOf(thing)))
	either.Envelope = true
	number := field("total", integer64)
	nextURL := field("next", str, nullable)
	page := structOf("Page", field("items", listOf(thing), required), number, nextURL, field("more", boolean))
	envelope := structOf("PageEnvelope", field("data", page), field("cursor", str))

	key := &ir.SecurityScheme{ID: "key", OptionName: "WithKey", ConstName: "schemeKey", Kind: ir.APIKeyHeader, Name: "X-KEY", Env: []string{"EMITTED_KEY"}}
	query := &ir.SecurityScheme{ID: "query", OptionName: "WithQueryKey", ConstName: "schemeQueryKey", Kind: ir.APIKeyQuery, Name: "api key"}
	basic := &ir.SecurityScheme{ID: "basic", OptionName: "WithLogin", ConstName: "schemeLogin", Kind: ir.Basic, Env: []string{"EMITTED_USER", "EMITTED_PASSWORD"}}
	oauth := &ir.SecurityScheme{ID: "oauth", OptionName: "WithTokens", ConstName: "schemeTokens", Kind: ir.OAuth2}
	tls := &ir.SecurityScheme{ID: "tls", OptionName: "WithTLS", ConstName: "schemeTLS", Kind: ir.MutualTLS}
	all := func(schemes ...*ir.SecurityScheme) ir.Requirement {
		var q ir.Requirement
		for _, s := range schemes {
			q.Schemes = append(q.Schemes, ir.SchemeUse{Scheme: s})
		}
		return q
	}
	region := &ir.ServerVariable{Name: "region", OptionName: "WithRegion", Enum: color, Default: "red", Env: "EMITTED_REGION"}
	version := &ir.ServerVariable{Name: "type", OptionName: "WithType", Default: "v1"}

	things := &ir.Service{FieldName: "Things", GoName: "ThingsService", File: "things", Doc: "Things and more.", Operations: []*ir.Operation{
		operationOf("GetThing", "GET", "things/{id}/v{version}.{color}/{list}/{styled}#fragment", func(op *ir.Operation) {
			op.Summary, op.Doc, op.Deprecated = "Get a thing", "It is got.", "Use something else."
			op.Inputs = []*ir.Param{
				param("styled", ir.InPath, listOf(integer64), required), param("id", ir.InPath, str, required), param("version", ir.InPath, integer64, required),
				param("color", ir.InPath, color, required), param("list", ir.InPath, listOf(str), required),
				param("when", ir.InQuery, dateTime), param("uuid", ir.InQuery, uuid, required), param("explode", ir.InQuery, listOf(str)),
				styledParam("form", false, param("csv", ir.InQuery, listOf(integer64))), styledParam("pipeDelimited", false, param("pipes", ir.InQuery, listOf(str))),
				styledParam("deepObject", true, param("deep", ir.InQuery, filter)), param("null", ir.InQuery, str, nullable),
				{Field: *field("json", filter), In: ir.InQuery, Content: "application/json"}, {Field: *field("open", str), In: ir.InQuery, Style: "form", AllowReserved: true},
				param("secret", ir.InQuery, str, func(f *ir.Field) { f.Sensitive = true }),
				param("x-one", ir.InHeader, integer64), param("x-list", ir.InHeader, listOf(str)), param("x-object", ir.InHeader, filter),
				param("session", ir.InCookie, str), param("colors", ir.InCookie, listOf(color)),
			}
			op.Inputs[0].Style = "label"
			op.Security = []ir.Requirement{all(key, query), all(basic), all(oauth)}
			op.Result = resultOf(thing)
			op.Errors = []*ir.ErrorCase{
				{Statuses: []string{"404", "409"}, MediaType: "application/json", Codec: ir.CodecJSON, Type: problem},
				{Statuses: []string{"5XX"}, MediaType: "application/json", Codec: ir.CodecJSON, Type: listOf(str)},
				{Statuses: []string{"default"}, MediaType: "text/plain", Codec: ir.CodecText, Type: str},
			}
		}),
		operationOf("Search", "POST", "/search?kind=a%20b&flag", func(op *ir.Operation) {
			op.Bodies = []*ir.Body{
				{FieldName: "Body", MediaType: "application/vnd.x+json", Codec: ir.CodecJSON, Type: filter},
				{FieldName: "BodyForm", MediaType: "application/x-www-form-urlencoded", Codec: ir.CodecForm, Type: filter},
				{FieldName: "BodyText", MediaType: "text/plain", Codec: ir.CodecText, Type: str},
			}
			op.Result = resultOf(listOf(thing))
		}),
		operationOf("Upload", "PUT", "/upload", func(op *ir.Operation) {
			op.Bodies = []*ir.Body{bodyIn(ir.CodecMultipart, "multipart/form-data", upload)}
			op.Bodies[0].Encodings = []*ir.Encoding{{Property: "file", ContentType: "image/png"}, {Property: "purpose", ContentType: "text/x-purpose"}}
			op.Result = resultIn(ir.CodecText, "text/plain", str)
			op.Security = []ir.Requirement{all(tls)}
		}),
		operationOf("SendRaw", "PUT", "/raw", func(op *ir.Operation) {
			op.Bodies = []*ir.Body{bodyIn(ir.CodecBinary, "application/octet-stream", binary)}
			op.Result = resultIn(ir.CodecBinary, "application/octet-stream", binary)
			op.Servers = []*ir.Server{{URL: "{region}/files"}}
		}),
		operationOf("Either", "POST", "/either", func(op *ir.Operation) {
			op.Bodies = []*ir.Body{bodyIn(ir.CodecJSON, "application/json", listOf(thing))}
			op.Result = ir.Result{Type: either, Cases: []*ir.Response{
				{Statuses: []string{"200", "201"}, MediaType: "application/json", Codec: ir.CodecJSON, Type: thing, Field: either.Fields[0]},
				{Statuses: []string{"202"}, MediaType: "text/plain", Codec: ir.CodecText, Type: str, Field: either.Fields[1]},
				{Statuses: []string{"206"}, MediaType: "application/json", Codec: ir.CodecJSON, Type: listOf(thing), Field: either.Fields[2]},
				{Statuses: []string{"204"}},
			}}
		}),
		operationOf("Watch", "GET", "/watch", func(op *ir.Operation) {
			op.Result = resultIn(ir.CodecEventStream, "text/event-stream", thing)
			op.Result.Cases[0].Terminator = "[DONE]"
		}),
	}}
	pages := &ir.Service{FieldName: "Pages", GoName: "ThingsPagesService", File: "things", Operations: []*ir.Operation{
		operationOf("ByOffset", "GET", "/offset", func(op *ir.Operation) {
			op.Inputs = []*ir.Param{param("offset", ir.InQuery, integer64)}
			op.Result, op.AllName = resultOf(page), "ByOffsetAll"
			op.Pagination = &ir.Pagination{Style: ir.PageOffset, Param: op.Inputs[0], Items: page.Fields[:1], Item: ir.Elem{Type: thing}, TotalCount: []*ir.Field{number}}
		}),
		operationOf("ByCursor", "GET", "/cursor", func(op *ir.Operation) {
			op.Inputs = []*ir.Param{param("after", ir.InQuery, str)}
			op.Result, op.AllName = resultOf(envelope), "ByCursorAll"
			op.Result.Unwrap = envelope.Fields[0]
			op.Pagination = &ir.Pagination{Style: ir.PageCursor, Param: op.Inputs[0], Items: []*ir.Field{envelope.Fields[0], page.Fields[0]},
				Item: ir.Elem{Type: thing}, Next: envelope.Fields[1:], More: []*ir.Field{envelope.Fields[0], page.Fields[3]}}
		}),
		operationOf("ByURL", "GET", "/url/{id}", func(op *ir.Operation) {
			op.Inputs = []*ir.Param{param("id", ir.InPath, str, required)}
			op.Result, op.AllName = resultOf(page), "ByURLAll"
			op.Pagination = &ir.Pagination{Style: ir.PageURL, Items: page.Fields[:1], Item: ir.Elem{Type: thing}, Next: []*ir.Field{nextURL}}
		}),
		operationOf("ByLink", "GET", "/link", func(op *ir.Operation) {
			op.Result, op.AllName = resultOf(listOf(thing)), "ByLinkAll"
			op.Pagination = &ir.Pagination{Style: ir.PageLink, Item: ir.Elem{Type: thing}}
		}),
	}}
	things.Children = []*ir.Service{pages}
	root := &ir.Service{GoName: "Client", File: "operations", Operations: []*ir.Operation{
		operationOf("Ping", "HEAD", "/", func(*ir.Operation) {}),
		operationOf("Count", "GET", "/count", func(op *ir.Operation) { op.Result = resultIn(ir.CodecText, "text/plain", integer64) }),
	}}
	return &ir.API{
		Package: "emitted", Document: "test", Title: "Test API.", Version: "1.0 \"beta\"",
		Services: []*ir.Service{root, things},
		Types:    []ir.Named{thing, problem, filter, color, upload, either, page, envelope},
		Schemes:  []*ir.SecurityScheme{key, query, basic, oauth, tls},
		Servers: []*ir.Server{
			{GoName: "ServerMain", URL: "https://{region}.example.com/{type}", Variables: []*ir.ServerVariable{region, version}},
			{GoName: "ServerTest", URL: "https://test.example.com", Doc: "The server for tests."},
			{GoName: "ServerOther", URL: "https://{type}.example.org/{region}", Variables: []*ir.ServerVariable{version, region}},
		},
		Webhooks: []*ir.Webhook{
			{GoName: "ParseThingMade", ID: "thingMade", Method: "POST", Doc: "A thing was made.", Body: bodyIn(ir.CodecJSON, "application/json", thing)},
			{GoName: "ParseNames", ID: "names", Method: "POST", Body: bodyIn(ir.CodecJSON, "application/json", listOf(str))},
		},
	}
}
