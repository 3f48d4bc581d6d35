package load

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

func (c *constructor) info(n *node) *openapi3.Info {
	v := &openapi3.Info{}
	v.Extensions = fill(c, v, n, c.tables.info)
	return v
}

func (c *constructor) externalDocs(n *node) *openapi3.ExternalDocs {
	v := &openapi3.ExternalDocs{}
	v.Extensions = fill(c, v, n, c.tables.docs)
	return v
}

func (c *constructor) tag(n *node) *openapi3.Tag {
	v := &openapi3.Tag{}
	v.Extensions = fill(c, v, n, c.tables.tag)
	return v
}

func (c *constructor) xml(n *node) *openapi3.XML {
	v := &openapi3.XML{}
	v.Extensions = fill(c, v, n, c.tables.xml)
	return v
}

func (c *constructor) discriminator(n *node) *openapi3.Discriminator {
	v := &openapi3.Discriminator{}
	v.Extensions = fill(c, v, n, c.tables.discriminator)
	return v
}

func (c *constructor) flow(n *node) *openapi3.OAuthFlow {
	v := &openapi3.OAuthFlow{}
	v.Extensions = fill(c, v, n, c.tables.flow)
	return v
}

func (c *constructor) server(n *node) *openapi3.Server {
	v := &openapi3.Server{}
	v.Extensions = fill(c, v, n, c.tables.server)
	return v
}

func (c *constructor) servers(n *node) openapi3.Servers { return listOf(n, c.server) }

func (c *constructor) components(n *node) *openapi3.Components {
	v := &openapi3.Components{}
	v.Extensions = fill(c, v, n, c.tables.components)
	return v
}

func (c *constructor) operation(n *node) *openapi3.Operation {
	v := &openapi3.Operation{}
	v.Extensions = fill(c, v, n, c.tables.operation)
	return v
}

func (c *constructor) item(n *node) *openapi3.PathItem {
	v := &openapi3.PathItem{}
	v.Extensions = fill(c, v, n, c.tables.item)
	return v
}

func (c *constructor) media(n *node) *openapi3.MediaType {
	v := &openapi3.MediaType{}
	v.Extensions = fill(c, v, n, c.tables.media)
	return v
}

func requirements(n *node) openapi3.SecurityRequirements {
	return listOf(n, func(n *node) openapi3.SecurityRequirement { return n.stringsDict() })
}

// keyed builds an object whose members have free names, calling set for each of
// them and returning the extensions.
func keyed(n *node, set func(key string, v *node)) map[string]any {
	n.prune()
	extensions := map[string]any{}
	for _, m := range n.kids {
		if strings.HasPrefix(m.key, "x-") {
			extensions[m.key] = m.val.any()
		} else {
			set(m.key, m.val)
		}
	}
	return extensions
}

func (c *constructor) paths(n *node) *openapi3.Paths {
	v := openapi3.NewPathsWithCapacity(len(n.kids))
	v.Extensions = keyed(n, func(key string, n *node) { v.Set(key, c.item(n)) })
	return v
}

func (c *constructor) responses(n *node) *openapi3.Responses {
	v := openapi3.NewResponsesWithCapacity(len(n.kids))
	v.Extensions = keyed(n, func(key string, n *node) { v.Set(key, c.response(n)) })
	return v
}

// later notes that a reference gets its value once all components are built.
func (c *constructor) later(link func(components *openapi3.Components)) {
	c.links = append(c.links, func() { link(c.doc.Components) })
}

func (c *constructor) parameter(n *node) *openapi3.ParameterRef {
	if ref, extensions, ok := n.refParts(); ok {
		r := &openapi3.ParameterRef{Ref: ref, Extensions: extensions}
		c.later(func(all *openapi3.Components) { r.Value = all.Parameters[diag.LastToken(ref)].Value })
		return r
	}
	v := &openapi3.Parameter{}
	v.Extensions = fill(c, v, n, c.tables.parameter)
	return &openapi3.ParameterRef{Value: v}
}

func (c *constructor) header(n *node) *openapi3.HeaderRef {
	if ref, extensions, ok := n.refParts(); ok {
		r := &openapi3.HeaderRef{Ref: ref, Extensions: extensions}
		c.later(func(all *openapi3.Components) { r.Value = all.Headers[diag.LastToken(ref)].Value })
		return r
	}
	v := &openapi3.Header{}
	v.Extensions = fill(c, &v.Parameter, n, c.tables.parameter)
	return &openapi3.HeaderRef{Value: v}
}

func (c *constructor) body(n *node) *openapi3.RequestBodyRef {
	if ref, extensions, ok := n.refParts(); ok {
		r := &openapi3.RequestBodyRef{Ref: ref, Extensions: extensions}
		c.later(func(all *openapi3.Components) { r.Value = all.RequestBodies[diag.LastToken(ref)].Value })
		return r
	}
	v := &openapi3.RequestBody{}
	v.Extensions = fill(c, v, n, c.tables.body)
	return &openapi3.RequestBodyRef{Value: v}
}

func (c *constructor) response(n *node) *openapi3.ResponseRef {
	if ref, extensions, ok := n.refParts(); ok {
		r := &openapi3.ResponseRef{Ref: ref, Extensions: extensions}
		c.later(func(all *openapi3.Components) { r.Value = all.Responses[diag.LastToken(ref)].Value })
		return r
	}
	v := &openapi3.Response{}
	v.Extensions = fill(c, v, n, c.tables.response)
	return &openapi3.ResponseRef{Value: v}
}

func (c *constructor) scheme(n *node) *openapi3.SecuritySchemeRef {
	if ref, extensions, ok := n.refParts(); ok {
		r := &openapi3.SecuritySchemeRef{Ref: ref, Extensions: extensions}
		c.later(func(all *openapi3.Components) { r.Value = all.SecuritySchemes[diag.LastToken(ref)].Value })
		return r
	}
	v := &openapi3.SecurityScheme{}
	v.Extensions = fill(c, v, n, c.tables.scheme)
	return &openapi3.SecuritySchemeRef{Value: v}
}

func (c *constructor) example(n *node) *openapi3.ExampleRef {
	if ref, extensions, ok := n.refParts(); ok {
		r := &openapi3.ExampleRef{Ref: ref, Extensions: extensions}
		c.later(func(all *openapi3.Components) { r.Value = all.Examples[diag.LastToken(ref)].Value })
		return r
	}
	v := &openapi3.Example{}
	v.Extensions = fill(c, v, n, c.tables.example)
	return &openapi3.ExampleRef{Value: v}
}

func (c *constructor) link(n *node) *openapi3.LinkRef {
	if ref, extensions, ok := n.refParts(); ok {
		r := &openapi3.LinkRef{Ref: ref, Extensions: extensions}
		c.later(func(all *openapi3.Components) { r.Value = all.Links[diag.LastToken(ref)].Value })
		return r
	}
	v := &openapi3.Link{}
	v.Extensions = fill(c, v, n, c.tables.link)
	return &openapi3.LinkRef{Value: v}
}

func (c *constructor) callback(n *node) *openapi3.CallbackRef {
	if ref, extensions, ok := n.refParts(); ok {
		r := &openapi3.CallbackRef{Ref: ref, Extensions: extensions}
		c.later(func(all *openapi3.Components) { r.Value = all.Callbacks[diag.LastToken(ref)].Value })
		return r
	}
	v := openapi3.NewCallbackWithCapacity(len(n.kids))
	v.Extensions = keyed(n, func(key string, n *node) { v.Set(key, c.item(n)) })
	return &openapi3.CallbackRef{Value: v}
}
