package emit

import (
	"net/http"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// The import paths of access tokens, only for packages of documents that have
// them.
const (
	oauth2Path            = "golang.org/x/oauth2"
	clientCredentialsPath = oauth2Path + "/clientcredentials"
)

// schemes declares the security schemes and their client options.
func (e *emitter) schemes() {
	for _, s := range e.api.Schemes {
		if s.Kind != ir.MutualTLS { // that is set up in the HTTP client
			e.scheme(s)
		}
	}
	if len(e.api.Schemes) > 0 {
		e.need("WithoutCredentials")
		e.need("ErrNoCredentials")
	}
}

// schemeForm is how a kind of scheme is spelled in Go.
type schemeForm struct {
	apply string // support function
	what  string // what the option sets, for its comment
	param *jen.Statement
	value []jen.Code // of the credential
}

func (e *emitter) schemeForm(s *ir.SecurityScheme) schemeForm {
	set := func(field, name string) jen.Code { return jen.Id(field).Op(":").Id(name) }
	key := func(name string) (*jen.Statement, []jen.Code) {
		return jen.Id(name).String(), []jen.Code{set("key", name)}
	}
	form := schemeForm{}
	switch s.Kind {
	case ir.APIKeyHeader:
		form.apply, form.what = "headerKey", "the key sent in header "+s.Name
		form.param, form.value = key("key")
	case ir.APIKeyQuery:
		form.apply, form.what = "queryKey", "the key sent in query parameter "+s.Name
		form.param, form.value = key("key")
	case ir.APIKeyCookie:
		form.apply, form.what = "cookieKey", "the key sent in cookie "+s.Name
		form.param, form.value = key("key")
	case ir.Basic:
		form.apply, form.what = "basicAuth", "user name and password"
		form.param = jen.List(jen.Id("user"), jen.Id("password")).String()
		form.value = []jen.Code{set("key", "user"), set("password", "password")}
	case ir.Bearer:
		form.apply, form.what = "bearerAuth", "the bearer token"
		form.param, form.value = key("token")
	default: // OAuth2, OpenID Connect
		form.apply = "tokenAuth"
	}
	return form
}

// scheme declares a security scheme and its options.
func (e *emitter) scheme(s *ir.SecurityScheme) {
	form := e.schemeForm(s)
	env := ""
	if len(s.Env) > 0 {
		env = "; " + enumerate(s.Env) + " in the environment by default"
	}
	if s.Kind == ir.Basic && len(s.Env) == 1 {
		env += ", as the user name of an empty password"
	}
	if s.Kind == ir.OAuth2 {
		e.tokenOptions(s, env)
	} else {
		e.gap()
		e.add(e.doc(typeLines, s.OptionName+" sets "+form.what+env+".", s.Doc))
		e.add(oneLiner(jen.Func().Id(s.OptionName).Params(form.param).Add(e.use("Option")),
			jen.Return(e.use("withCredential").Call(jen.Op("&").Id(s.ConstName), e.use("credential").Values(form.value...)))))
	}
	fields := []jen.Code{jen.Id("option").Op(":").Lit(s.OptionName)}
	if len(s.Env) > 0 {
		var env []jen.Code
		for _, name := range s.Env {
			env = append(env, jen.Lit(name))
		}
		fields = append(fields, jen.Id("env").Op(":").Index().String().Values(env...))
	}
	switch s.Kind {
	case ir.APIKeyHeader:
		fields = append(fields, jen.Id("name").Op(":").Lit(headerName(s.Name)))
	case ir.APIKeyQuery, ir.APIKeyCookie:
		fields = append(fields, jen.Id("name").Op(":").Lit(s.Name))
	}
	fields = append(fields, jen.Id("apply").Op(":").Add(e.use(form.apply)))
	e.gap()
	e.add(jen.Var().Id(s.ConstName).Op("=").Add(e.use("scheme")).Values(fields...))
}

// tokenOptions declares the options of a scheme with access tokens.
func (e *emitter) tokenOptions(s *ir.SecurityScheme, env string) {
	scheme := jen.Op("&").Id(s.ConstName)
	about := s.OptionName + " sets the source of access tokens, which every call asks" + env + ". See oauth2.Config and oauth2.StaticTokenSource."
	e.gap()
	e.add(e.doc(typeLines, about, s.Doc, flowsDoc(s.Flows)))
	e.add(oneLiner(jen.Func().Id(s.OptionName).Params(jen.Id("source").Qual(oauth2Path, "TokenSource")).Add(e.use("Option")),
		jen.Return(e.use("withTokenSource").Call(scheme, jen.Id("source")))))
	for _, f := range s.Flows {
		if f.Kind != ir.FlowClientCredentials {
			continue
		}
		args := []jen.Code{scheme, jen.Id("config"), jen.Lit(f.TokenURL)}
		for _, scope := range f.Scopes {
			args = append(args, jen.Lit(scope))
		}
		about := s.ClientOption + " is " + s.OptionName + " with tokens that the client gets for itself, by the client credentials flow. " +
			"TokenURL and Scopes, where config leaves them empty, are those of the document: " + flowDoc(f) + "."
		e.gap()
		e.add(e.doc(typeLines, about))
		e.add(jen.Func().Id(s.ClientOption).Params(jen.Id("config").Qual(clientCredentialsPath, "Config")).Add(e.use("Option")).
			Block(jen.Return(e.use("withClientCredentials").Call(args...))))
	}
}

// flowsDoc says how access tokens are had; empty when the document does not.
func flowsDoc(flows []*ir.Flow) string {
	var parts []string
	for _, f := range flows {
		parts = append(parts, string(f.Kind)+": "+flowDoc(f))
	}
	if parts == nil {
		return ""
	}
	return "Flows: " + strings.Join(parts, "; ") + "."
}

// flowDoc lists the addresses and scopes of a flow.
func flowDoc(f *ir.Flow) string {
	var parts []string
	if f.AuthorizationURL != "" {
		parts = append(parts, "authorization at "+oneLine(f.AuthorizationURL))
	}
	if f.TokenURL != "" {
		parts = append(parts, "tokens from "+oneLine(f.TokenURL))
	}
	if len(f.Scopes) > 0 {
		parts = append(parts, "scopes "+oneLine(strings.Join(f.Scopes, " ")))
	}
	return strings.Join(parts, ", ")
}

// headerName is the canonical form of a header's name.
func headerName(name string) string { return http.CanonicalHeaderKey(name) }

// security is the list of alternatives of an operation; nil when it needs no
// credentials.
func (e *emitter) security(op *ir.Operation) *jen.Statement {
	if len(op.Security) == 0 {
		return nil
	}
	var alternatives []jen.Code
	written := map[string]bool{} // some differ in their scopes alone
	for _, q := range op.Security {
		var all []jen.Code
		key := ""
		for _, use := range q.Schemes {
			if use.Scheme.Kind != ir.MutualTLS {
				all = append(all, jen.Op("&").Id(use.Scheme.ConstName))
				key += " " + use.Scheme.ConstName
			}
		}
		if !written[key] {
			alternatives = append(alternatives, jen.Values(all...))
		}
		written[key] = true
	}
	return jen.Index().Add(e.use("requirement")).Values(alternatives...)
}
