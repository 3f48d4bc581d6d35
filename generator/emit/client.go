package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// publicSupport lists the support declarations that every generated package
// offers its users, whether its own code refers to them or not.
var publicSupport = [...]string{
	"WithHTTPClient", "WithMiddleware", "WithBaseURL", "WithUserAgent", "WithLogger", "WithHeader", "WithRetry",
	"WithTimeout", "WithHeaderTimeout", "WithResponseLimit", "WithStrictResponses", "WithResponse", "OperationFromContext",
}

// client writes client.go: the Client, its constructor, what its options need
// of the document, and the servers.
func (e *emitter) client() {
	for _, name := range publicSupport {
		e.use(name)
	}
	e.clientType()
	e.newClient()
	e.schemes()
	e.serverOptions()
	e.servers()
}

// clientType declares the Client.
func (e *emitter) clientType() {
	e.gap()
	about := "Client is a client"
	if title := oneLine(e.api.Title); title != "" {
		about += " of " + strings.TrimSuffix(title, ".")
	}
	for _, line := range docLines(1, "Package "+e.api.Package+" is"+strings.TrimPrefix(about, "Client is")+".") {
		e.file.PackageComment("// " + line)
	}
	e.add(e.doc(typeLines, about+".", e.api.Doc))
	e.add(jen.Type().Id("Client").StructFunc(func(g *jen.Group) {
		for _, s := range e.api.Services {
			if s.FieldName == "" {
				continue
			}
			g.Add(e.doc(fieldLines, s.Doc))
			g.Id(s.FieldName).Op("*").Id(s.GoName)
		}
		if e.hasOwnOperations() {
			g.Id("core").Op("*").Add(e.use("core"))
		}
	}))
}

// hasOwnOperations reports whether the Client has methods of its own.
func (e *emitter) hasOwnOperations() bool {
	return slices.ContainsFunc(e.api.Services, func(s *ir.Service) bool { return s.FieldName == "" })
}

// newClient declares the constructor.
func (e *emitter) newClient() {
	c := jen.Id("c")
	body := []jen.Code{
		c.Clone().Op(":=").Add(e.use("newCore")).Call(jen.Lit(e.address()), jen.Lit(userAgent(e.api)), jen.Id("opts")),
	}
	for _, v := range e.serverVariables() {
		body = append(body, e.call("c", "core.serverVariable", jen.Lit(v.Name), jen.Lit(v.Env), e.variableDefault(v)))
	}
	if slices.ContainsFunc(e.api.Schemes, func(s *ir.SecurityScheme) bool { return s.Kind != ir.MutualTLS }) {
		body = append(body, c.Clone().Dot("authorize").Op("=").Add(e.use("authorize")))
	}
	if len(e.facts.checked) > 0 {
		body = append(body, c.Clone().Dot("inspect").Op("=").Parens(jen.Op("*").Add(e.use("checker"))).Dot(e.name("checker.check")))
	}
	var fromEnv []jen.Code
	for _, s := range e.api.Schemes {
		if len(s.Env) > 0 && s.Kind != ir.MutualTLS {
			fromEnv = append(fromEnv, jen.Op("&").Id(s.ConstName))
		}
	}
	if len(fromEnv) > 0 {
		body = append(body, e.call("c", "core.environment", fromEnv...))
	}
	body = append(body,
		jen.If(jen.Err().Op(":=").Add(c.Clone().Dot("connect").Call()), jen.Err().Op("!=").Nil()).Block(
			jen.Return(jen.Nil(), jen.Err()),
		),
		jen.Return(jen.Op("&").Id("Client").Values(e.serviceFields(e.api.Services, e.hasOwnOperations())), jen.Nil()),
	)
	e.gap()
	e.add(e.doc(typeLines, "NewClient returns a client that the options configure."+e.defaults()))
	e.add(jen.Func().Id("NewClient").Params(jen.Id("opts").Op("...").Add(e.use("Option"))).
		Params(jen.Op("*").Id("Client"), jen.Error()).Block(body...))
}

// defaults says where what no option sets comes from.
func (e *emitter) defaults() string {
	var env []string
	for _, v := range e.serverVariables() {
		if v.Env != "" {
			env = append(env, v.Env)
		}
	}
	for _, s := range e.api.Schemes {
		if s.Kind != ir.MutualTLS {
			env = append(env, s.Env...)
		}
	}
	about := ""
	if !absolute(e.address()) {
		about = " WithBaseURL is required."
	}
	for _, s := range e.api.Schemes {
		if s.Kind == ir.MutualTLS {
			about += " Certificates, where the API asks for them, are those of the HTTP client: see WithHTTPClient."
			break
		}
	}
	switch len(env) {
	case 0:
		return about
	case 1:
		return about + " The environment variable " + env[0] + " stands in for its option when that is not given."
	}
	return about + " The environment variables " + enumerate(env) + " stand in for options that are not given."
}

// serviceFields fills in the fields of a Client or service.
func (e *emitter) serviceFields(services []*ir.Service, core bool) *jen.Statement {
	s := jen.Null()
	if len(services) == 1 && !core && len(services[0].Children) == 0 && len(services[0].Operations) > 0 && services[0].FieldName != "" {
		svc := services[0]
		return s.Id(svc.FieldName).Op(":").Op("&").Id(svc.GoName).Values(jen.Id("core").Op(":").Id("c"))
	}
	for _, svc := range services {
		if svc.FieldName == "" {
			continue
		}
		s.Line().Id(svc.FieldName).Op(":").Op("&").Id(svc.GoName).Values(e.serviceFields(svc.Children, len(svc.Operations) > 0)).Op(",")
	}
	switch {
	case core && len(services) == 0:
		s.Id("core").Op(":").Id("c")
	case core:
		s.Line().Id("core").Op(":").Id("c").Op(",").Line()
	case len(services) > 0:
		s.Line()
	}
	return s
}

// userAgent names the package and the version of the document.
func userAgent(api *ir.API) string {
	version := strings.Map(func(r rune) rune {
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune(".-_", r)) {
			return r
		}
		return -1
	}, api.Version)
	if version == "" {
		return api.Package
	}
	return api.Package + "/" + version[:min(len(version), 40)]
}

// enumerate writes a list: a, b and c.
func enumerate(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}
