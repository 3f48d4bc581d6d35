package load

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// tables holds the setters of all kinds of objects.
type tables struct {
	document      setters[openapi3.T]
	info          setters[openapi3.Info]
	contact       setters[openapi3.Contact]
	license       setters[openapi3.License]
	server        setters[openapi3.Server]
	variable      setters[openapi3.ServerVariable]
	tag           setters[openapi3.Tag]
	docs          setters[openapi3.ExternalDocs]
	components    setters[openapi3.Components]
	item          setters[openapi3.PathItem]
	operation     setters[openapi3.Operation]
	parameter     setters[openapi3.Parameter]
	body          setters[openapi3.RequestBody]
	media         setters[openapi3.MediaType]
	encoding      setters[openapi3.Encoding]
	response      setters[openapi3.Response]
	example       setters[openapi3.Example]
	link          setters[openapi3.Link]
	scheme        setters[openapi3.SecurityScheme]
	flows         setters[openapi3.OAuthFlows]
	flow          setters[openapi3.OAuthFlow]
	schema        setters[openapi3.Schema]
	xml           setters[openapi3.XML]
	discriminator setters[openapi3.Discriminator]
}

// newTables returns the tables.
func newTables() *tables {
	t := &tables{schema: schemaSetters()}
	t.setDocument()
	t.setAbout()
	t.setServers()
	t.setOperations()
	t.setBodies()
	t.setDetails()
	t.setSecurity()
	return t
}

func (t *tables) setDocument() {
	type document = openapi3.T
	t.document = setters[document]{
		"openapi":           func(_ *constructor, d *document, n *node) { d.OpenAPI = n.text },
		"info":              func(c *constructor, d *document, n *node) { d.Info = c.info(n) },
		"servers":           func(c *constructor, d *document, n *node) { d.Servers = c.servers(n) },
		"paths":             func(c *constructor, d *document, n *node) { d.Paths = c.paths(n) },
		"webhooks":          func(c *constructor, d *document, n *node) { d.Webhooks = dictOf(n, c.item) },
		"components":        func(c *constructor, d *document, n *node) { d.Components = c.components(n) },
		"security":          func(_ *constructor, d *document, n *node) { d.Security = requirements(n) },
		"tags":              func(c *constructor, d *document, n *node) { d.Tags = listOf(n, c.tag) },
		"externalDocs":      func(c *constructor, d *document, n *node) { d.ExternalDocs = c.externalDocs(n) },
		"jsonSchemaDialect": func(_ *constructor, d *document, n *node) { d.JSONSchemaDialect = n.text },
	}
	type components = openapi3.Components
	t.components = setters[components]{
		"schemas":         func(c *constructor, v *components, n *node) { v.Schemas = c.schemaDict(n) },
		"parameters":      func(c *constructor, v *components, n *node) { v.Parameters = dictOf(n, c.parameter) },
		"headers":         func(c *constructor, v *components, n *node) { v.Headers = dictOf(n, c.header) },
		"requestBodies":   func(c *constructor, v *components, n *node) { v.RequestBodies = dictOf(n, c.body) },
		"responses":       func(c *constructor, v *components, n *node) { v.Responses = dictOf(n, c.response) },
		"securitySchemes": func(c *constructor, v *components, n *node) { v.SecuritySchemes = dictOf(n, c.scheme) },
		"examples":        func(c *constructor, v *components, n *node) { v.Examples = dictOf(n, c.example) },
		"links":           func(c *constructor, v *components, n *node) { v.Links = dictOf(n, c.link) },
		"callbacks":       func(c *constructor, v *components, n *node) { v.Callbacks = dictOf(n, c.callback) },
	}
}

func (t *tables) setAbout() {
	t.info = setters[openapi3.Info]{
		"title":          func(_ *constructor, v *openapi3.Info, n *node) { v.Title = n.text },
		"summary":        func(_ *constructor, v *openapi3.Info, n *node) { v.Summary = n.text },
		"description":    func(_ *constructor, v *openapi3.Info, n *node) { v.Description = n.text },
		"termsOfService": func(_ *constructor, v *openapi3.Info, n *node) { v.TermsOfService = n.text },
		"version":        func(_ *constructor, v *openapi3.Info, n *node) { v.Version = n.text },
		"contact": func(c *constructor, v *openapi3.Info, n *node) {
			v.Contact = &openapi3.Contact{}
			v.Contact.Extensions = fill(c, v.Contact, n, c.tables.contact)
		},
		"license": func(c *constructor, v *openapi3.Info, n *node) {
			v.License = &openapi3.License{}
			v.License.Extensions = fill(c, v.License, n, c.tables.license)
		},
	}
	t.contact = setters[openapi3.Contact]{
		"name":  func(_ *constructor, v *openapi3.Contact, n *node) { v.Name = n.text },
		"url":   func(_ *constructor, v *openapi3.Contact, n *node) { v.URL = n.text },
		"email": func(_ *constructor, v *openapi3.Contact, n *node) { v.Email = n.text },
	}
	t.license = setters[openapi3.License]{
		"name":       func(_ *constructor, v *openapi3.License, n *node) { v.Name = n.text },
		"url":        func(_ *constructor, v *openapi3.License, n *node) { v.URL = n.text },
		"identifier": func(_ *constructor, v *openapi3.License, n *node) { v.Identifier = n.text },
	}
	t.tag = setters[openapi3.Tag]{
		"name":         func(_ *constructor, v *openapi3.Tag, n *node) { v.Name = n.text },
		"description":  func(_ *constructor, v *openapi3.Tag, n *node) { v.Description = n.text },
		"externalDocs": func(c *constructor, v *openapi3.Tag, n *node) { v.ExternalDocs = c.externalDocs(n) },
	}
	t.docs = setters[openapi3.ExternalDocs]{
		"url":         func(_ *constructor, v *openapi3.ExternalDocs, n *node) { v.URL = n.text },
		"description": func(_ *constructor, v *openapi3.ExternalDocs, n *node) { v.Description = n.text },
	}
}

func (t *tables) setServers() {
	t.server = setters[openapi3.Server]{
		"url":         func(_ *constructor, v *openapi3.Server, n *node) { v.URL = n.text },
		"description": func(_ *constructor, v *openapi3.Server, n *node) { v.Description = n.text },
		"variables": func(c *constructor, v *openapi3.Server, n *node) {
			v.Variables = dictOf(n, func(n *node) *openapi3.ServerVariable {
				variable := &openapi3.ServerVariable{}
				variable.Extensions = fill(c, variable, n, c.tables.variable)
				return variable
			})
		},
	}
	t.variable = setters[openapi3.ServerVariable]{
		"enum":        func(_ *constructor, v *openapi3.ServerVariable, n *node) { v.Enum = n.stringList() },
		"default":     func(_ *constructor, v *openapi3.ServerVariable, n *node) { v.Default = n.text },
		"description": func(_ *constructor, v *openapi3.ServerVariable, n *node) { v.Description = n.text },
	}
}

func (t *tables) setOperations() {
	type item = openapi3.PathItem
	t.item = setters[item]{
		"summary":     func(_ *constructor, v *item, n *node) { v.Summary = n.text },
		"description": func(_ *constructor, v *item, n *node) { v.Description = n.text },
		"servers":     func(c *constructor, v *item, n *node) { v.Servers = c.servers(n) },
		"parameters":  func(c *constructor, v *item, n *node) { v.Parameters = listOf(n, c.parameter) },
		"additionalOperations": func(c *constructor, v *item, n *node) {
			v.AdditionalOperations = dictOf(n, c.operation)
		},
	}
	for _, method := range methods() {
		t.item[method] = func(c *constructor, v *item, n *node) {
			v.SetOperation(strings.ToUpper(method), c.operation(n))
		}
	}
	type operation = openapi3.Operation
	t.operation = setters[operation]{
		"tags":         func(_ *constructor, v *operation, n *node) { v.Tags = n.stringList() },
		"summary":      func(_ *constructor, v *operation, n *node) { v.Summary = n.text },
		"description":  func(_ *constructor, v *operation, n *node) { v.Description = n.text },
		"operationId":  func(_ *constructor, v *operation, n *node) { v.OperationID = n.text },
		"parameters":   func(c *constructor, v *operation, n *node) { v.Parameters = listOf(n, c.parameter) },
		"requestBody":  func(c *constructor, v *operation, n *node) { v.RequestBody = c.body(n) },
		"responses":    func(c *constructor, v *operation, n *node) { v.Responses = c.responses(n) },
		"callbacks":    func(c *constructor, v *operation, n *node) { v.Callbacks = dictOf(n, c.callback) },
		"deprecated":   func(_ *constructor, v *operation, n *node) { v.Deprecated = n.bool() },
		"externalDocs": func(c *constructor, v *operation, n *node) { v.ExternalDocs = c.externalDocs(n) },
		"security": func(_ *constructor, v *operation, n *node) {
			list := requirements(n)
			v.Security = &list
		},
		"servers": func(c *constructor, v *operation, n *node) {
			list := c.servers(n)
			v.Servers = &list
		},
	}
}

func (t *tables) setBodies() {
	type parameter = openapi3.Parameter
	t.parameter = setters[parameter]{
		"name":            func(_ *constructor, v *parameter, n *node) { v.Name = n.text },
		"in":              func(_ *constructor, v *parameter, n *node) { v.In = n.text },
		"description":     func(_ *constructor, v *parameter, n *node) { v.Description = n.text },
		"style":           func(_ *constructor, v *parameter, n *node) { v.Style = n.text },
		"explode":         func(_ *constructor, v *parameter, n *node) { v.Explode = n.boolPointer() },
		"allowEmptyValue": func(_ *constructor, v *parameter, n *node) { v.AllowEmptyValue = n.bool() },
		"allowReserved":   func(_ *constructor, v *parameter, n *node) { v.AllowReserved = n.bool() },
		"deprecated":      func(_ *constructor, v *parameter, n *node) { v.Deprecated = n.bool() },
		"required":        func(_ *constructor, v *parameter, n *node) { v.Required = n.bool() },
		"schema":          func(c *constructor, v *parameter, n *node) { v.Schema = c.schema(n) },
		"example":         func(_ *constructor, v *parameter, n *node) { v.Example = n.any() },
		"examples":        func(c *constructor, v *parameter, n *node) { v.Examples = dictOf(n, c.example) },
		"content":         func(c *constructor, v *parameter, n *node) { v.Content = dictOf(n, c.media) },
	}
	type body = openapi3.RequestBody
	t.body = setters[body]{
		"description": func(_ *constructor, v *body, n *node) { v.Description = n.text },
		"required":    func(_ *constructor, v *body, n *node) { v.Required = n.bool() },
		"content":     func(c *constructor, v *body, n *node) { v.Content = dictOf(n, c.media) },
	}
	type response = openapi3.Response
	t.response = setters[response]{
		"description": func(_ *constructor, v *response, n *node) { v.Description = &n.text },
		"headers":     func(c *constructor, v *response, n *node) { v.Headers = dictOf(n, c.header) },
		"content":     func(c *constructor, v *response, n *node) { v.Content = dictOf(n, c.media) },
		"links":       func(c *constructor, v *response, n *node) { v.Links = dictOf(n, c.link) },
	}
	type media = openapi3.MediaType
	t.media = setters[media]{
		"schema":     func(c *constructor, v *media, n *node) { v.Schema = c.schema(n) },
		"itemSchema": func(c *constructor, v *media, n *node) { v.ItemSchema = c.schema(n) },
		"example":    func(_ *constructor, v *media, n *node) { v.Example = n.any() },
		"examples":   func(c *constructor, v *media, n *node) { v.Examples = dictOf(n, c.example) },
		"encoding": func(c *constructor, v *media, n *node) {
			v.Encoding = dictOf(n, func(n *node) *openapi3.Encoding {
				encoding := &openapi3.Encoding{}
				encoding.Extensions = fill(c, encoding, n, c.tables.encoding)
				return encoding
			})
		},
	}
}

func (t *tables) setDetails() {
	t.encoding = setters[openapi3.Encoding]{
		"contentType":   func(_ *constructor, v *openapi3.Encoding, n *node) { v.ContentType = n.text },
		"headers":       func(c *constructor, v *openapi3.Encoding, n *node) { v.Headers = dictOf(n, c.header) },
		"style":         func(_ *constructor, v *openapi3.Encoding, n *node) { v.Style = n.text },
		"explode":       func(_ *constructor, v *openapi3.Encoding, n *node) { v.Explode = n.boolPointer() },
		"allowReserved": func(_ *constructor, v *openapi3.Encoding, n *node) { v.AllowReserved = n.bool() },
	}
	t.example = setters[openapi3.Example]{
		"summary":       func(_ *constructor, v *openapi3.Example, n *node) { v.Summary = n.text },
		"description":   func(_ *constructor, v *openapi3.Example, n *node) { v.Description = n.text },
		"value":         func(_ *constructor, v *openapi3.Example, n *node) { v.Value = n.any() },
		"externalValue": func(_ *constructor, v *openapi3.Example, n *node) { v.ExternalValue = n.text },
	}
	type link = openapi3.Link
	t.link = setters[link]{
		"operationRef": func(_ *constructor, v *link, n *node) { v.OperationRef = n.text },
		"operationId":  func(_ *constructor, v *link, n *node) { v.OperationID = n.text },
		"description":  func(_ *constructor, v *link, n *node) { v.Description = n.text },
		"parameters":   func(_ *constructor, v *link, n *node) { v.Parameters = dictOf(n, (*node).any) },
		"requestBody":  func(_ *constructor, v *link, n *node) { v.RequestBody = n.any() },
		"server":       func(c *constructor, v *link, n *node) { v.Server = c.server(n) },
	}
	t.xml = setters[openapi3.XML]{
		"name":      func(_ *constructor, v *openapi3.XML, n *node) { v.Name = n.text },
		"namespace": func(_ *constructor, v *openapi3.XML, n *node) { v.Namespace = n.text },
		"prefix":    func(_ *constructor, v *openapi3.XML, n *node) { v.Prefix = n.text },
		"attribute": func(_ *constructor, v *openapi3.XML, n *node) { v.Attribute = n.bool() },
		"wrapped":   func(_ *constructor, v *openapi3.XML, n *node) { v.Wrapped = n.bool() },
	}
	t.discriminator = setters[openapi3.Discriminator]{
		"propertyName": func(_ *constructor, v *openapi3.Discriminator, n *node) { v.PropertyName = n.text },
		"mapping": func(_ *constructor, v *openapi3.Discriminator, n *node) {
			v.Mapping = dictOf(n, func(n *node) openapi3.MappingRef { return openapi3.MappingRef{Ref: n.text} })
		},
	}
}

func (t *tables) setSecurity() {
	type scheme = openapi3.SecurityScheme
	t.scheme = setters[scheme]{
		"type":             func(_ *constructor, v *scheme, n *node) { v.Type = n.text },
		"description":      func(_ *constructor, v *scheme, n *node) { v.Description = n.text },
		"name":             func(_ *constructor, v *scheme, n *node) { v.Name = n.text },
		"in":               func(_ *constructor, v *scheme, n *node) { v.In = n.text },
		"scheme":           func(_ *constructor, v *scheme, n *node) { v.Scheme = n.text },
		"bearerFormat":     func(_ *constructor, v *scheme, n *node) { v.BearerFormat = n.text },
		"openIdConnectUrl": func(_ *constructor, v *scheme, n *node) { v.OpenIdConnectUrl = n.text },
		"flows": func(c *constructor, v *scheme, n *node) {
			v.Flows = &openapi3.OAuthFlows{}
			v.Flows.Extensions = fill(c, v.Flows, n, c.tables.flows)
		},
	}
	type flows = openapi3.OAuthFlows
	t.flows = setters[flows]{
		"implicit":          func(c *constructor, v *flows, n *node) { v.Implicit = c.flow(n) },
		"password":          func(c *constructor, v *flows, n *node) { v.Password = c.flow(n) },
		"clientCredentials": func(c *constructor, v *flows, n *node) { v.ClientCredentials = c.flow(n) },
		"authorizationCode": func(c *constructor, v *flows, n *node) { v.AuthorizationCode = c.flow(n) },
	}
	type flow = openapi3.OAuthFlow
	t.flow = setters[flow]{
		"authorizationUrl": func(_ *constructor, v *flow, n *node) { v.AuthorizationURL = n.text },
		"tokenUrl":         func(_ *constructor, v *flow, n *node) { v.TokenURL = n.text },
		"refreshUrl":       func(_ *constructor, v *flow, n *node) { v.RefreshURL = n.text },
		"scopes":           func(_ *constructor, v *flow, n *node) { v.Scopes = n.stringDict() },
	}
}
