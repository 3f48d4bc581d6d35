package build

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// security builds the security schemes of the document.
func (b *builder) security() {
	if b.doc.Components == nil {
		return
	}
	const ptr = "/components/securitySchemes"
	for _, id := range ordered(b, ptr, b.doc.Components.SecuritySchemes) {
		ref := b.doc.Components.SecuritySchemes[id]
		at := join(ptr, id)
		s := &ir.SecurityScheme{ID: id, Name: ref.Value.Name, Doc: ref.Value.Description, Pos: pos(at)}
		if !b.schemeKind(s, ref.Value, at) {
			continue
		}
		name := b.goName(ref.Value.Extensions, at)
		ordered := name != ""
		if !ordered {
			name = b.names.Exported(id)
		}
		s.OptionName = b.claim(at, ir.PartOption, ordered, "With"+name)
		if slices.ContainsFunc(s.Flows, func(f *ir.Flow) bool { return f.Kind == ir.FlowClientCredentials }) {
			o := ir.Origin{Pointer: b.origin(at), Part: ir.PartOption, Key: string(ir.FlowClientCredentials)}
			s.ClientOption = b.claimAt(at, o, ordered, "With"+name+"ClientCredentials", "With"+name+"ClientCredentialsModel")
		}
		s.ConstName = b.scope.Claim("scheme" + name)
		switch env := ref.Value.Extensions["x-go-env"].(type) {
		case string:
			s.Env = []string{env}
		case []any:
			s.Env = extStrings(ref.Value.Extensions, "x-go-env")
		}
		b.api.Schemes = append(b.api.Schemes, s)
	}
}

// schemeKind sets the kind of a scheme; it reports what it does not know.
func (b *builder) schemeKind(s *ir.SecurityScheme, v *openapi3.SecurityScheme, ptr string) bool {
	switch v.Type {
	case "apiKey":
		switch v.In {
		case "query":
			s.Kind = ir.APIKeyQuery
		case "cookie":
			s.Kind = ir.APIKeyCookie
		default:
			s.Kind = ir.APIKeyHeader
		}
		return true
	case "http":
		switch strings.ToLower(v.Scheme) {
		case "basic":
			s.Kind = ir.Basic
		case "bearer", "":
			s.Kind = ir.Bearer
		default:
			// Digest, HOBA and the like: the caller gives the whole header.
			s.Kind, s.Name = ir.APIKeyHeader, "Authorization"
			b.warnf(ptr, "http-scheme", "HTTP authentication scheme %.40q has no support of its own; the option takes the value of the Authorization header", v.Scheme)
		}
		return true
	case "oauth2", "openIdConnect":
		s.Kind = ir.OAuth2
		s.Flows = b.flows(v.Flows, join(ptr, "flows"))
		return true
	case "mutualTLS":
		s.Kind = ir.MutualTLS
		return true
	}
	b.warnf(ptr, "security-type", "security scheme type %.40q is not known; it is ignored", v.Type)
	return false
}

// flows builds the flows of an OAuth 2 scheme; one without the address that it
// begins at is of no use.
func (b *builder) flows(all *openapi3.OAuthFlows, ptr string) []*ir.Flow {
	if all == nil {
		return nil
	}
	byKind := map[string]*openapi3.OAuthFlow{
		string(ir.FlowImplicit): all.Implicit, string(ir.FlowPassword): all.Password,
		string(ir.FlowClientCredentials): all.ClientCredentials, string(ir.FlowAuthorizationCode): all.AuthorizationCode,
	}
	maps.DeleteFunc(byKind, func(_ string, f *openapi3.OAuthFlow) bool { return f == nil })
	var out []*ir.Flow
	for _, kind := range ordered(b, ptr, byKind) {
		f, at := byKind[kind], join(ptr, kind)
		if f.TokenURL == "" && f.AuthorizationURL == "" {
			b.warnf(at, "flow-address", "the %s flow says neither tokenUrl nor authorizationUrl; it is ignored", kind)
			continue
		}
		out = append(out, &ir.Flow{
			Kind: ir.FlowKind(kind), AuthorizationURL: f.AuthorizationURL, TokenURL: f.TokenURL,
			Scopes: ordered(b, join(at, "scopes"), f.Scopes),
		})
	}
	return out
}

// requirements resolves the security of an operation: its own, or the
// document's.
func (b *builder) requirements(own *openapi3.SecurityRequirements, ptr string) []ir.Requirement {
	list, at := b.doc.Security, "/security"
	if own != nil {
		list, at = *own, join(ptr, "security")
	}
	var out []ir.Requirement
	for i, alternative := range list {
		req, ok := ir.Requirement{}, true
		for _, id := range ordered(b, index(at, i), alternative) {
			scheme := b.scheme(diag.SchemeName(id))
			if scheme == nil {
				b.warnf(join(index(at, i), id), "unknown-scheme", "security scheme %.60q is not described; the alternative is ignored", id)
				ok = false
				continue
			}
			req.Schemes = append(req.Schemes, ir.SchemeUse{Scheme: scheme, Scopes: alternative[id]})
		}
		if ok {
			out = append(out, apart(req)...)
		}
	}
	return out
}

// apart returns a requirement as alternatives if several of its schemes want the
// header Authorization, which a request has once.
func apart(req ir.Requirement) []ir.Requirement {
	var header, others []ir.SchemeUse
	for _, use := range req.Schemes {
		if isAt(use.Scheme, "header", "Authorization") {
			header = append(header, use)
		} else {
			others = append(others, use)
		}
	}
	if len(header) < 2 {
		return []ir.Requirement{req}
	}
	var out []ir.Requirement
	for _, use := range header {
		out = append(out, ir.Requirement{Schemes: append(slices.Clone(others), use)})
	}
	return out
}

func (b *builder) scheme(id string) *ir.SecurityScheme {
	for _, s := range b.api.Schemes {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// isAt reports whether a scheme's credential is sent in a place, under a name.
func isAt(s *ir.SecurityScheme, in, name string) bool {
	switch s.Kind {
	case ir.APIKeyQuery:
		return in == "query" && name == s.Name
	case ir.APIKeyCookie:
		return in == "cookie" && name == s.Name
	case ir.APIKeyHeader:
		return in == "header" && strings.EqualFold(name, s.Name)
	}
	return in == "header" && strings.EqualFold(name, "Authorization") && s.Kind != ir.MutualTLS
}
