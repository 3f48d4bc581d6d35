package load

// objKind names an object of the OpenAPI specification.
type objKind uint8

const (
	objNone objKind = iota
	objDocument
	objInfo
	objContact
	objLicense
	objServer
	objServerVariable
	objComponents
	objPaths
	objPathItem
	objOperation
	objExternalDocs
	objParameter
	objRequestBody
	objMediaType
	objEncoding
	objResponses
	objResponse
	objCallback
	objExample
	objLink
	objHeader
	objTag
	objSchema
	objDiscriminator
	objXML
	objSecurityScheme
	objOAuthFlows
	objOAuthFlow
	objGroup // anything else that is known, such as an object of strings
)

// form is what a keyword's value looks like.
type form uint8

const (
	formAny         form = iota // free-form, never looked into
	formString                  // a string
	formNumber                  // a number
	formCount                   // a whole number from 0
	formBool                    // a boolean
	formStrings                 // a list of strings
	formAnyList                 // a list of free-form values
	formAnyMap                  // an object of free-form values
	formStringMap               // an object of strings
	formStringsMap              // an object of lists of strings
	formObject                  // an object of the field's kind
	formList                    // a list of objects of the field's kind
	formMap                     // an object of objects of the field's kind
	formBoolOr                  // a boolean or an object of the field's kind
	formBound                   // exclusiveMinimum and exclusiveMaximum
	formType                    // a schema's type
	formMapping                 // a discriminator's mapping
	formRequirement             // a list of security requirements
)

// field is what the grammar says about a keyword.
type field struct {
	form form
	kind objKind
	// hidden keywords are understood, because references may lead through them,
	// but kin-openapi has no place for them.
	hidden bool
}

// object is what the grammar says about a kind of object.
type object struct {
	// name is used in messages, with its article.
	name   string
	fields map[string]field
	// other describes the members that fields does not list, when they are not
	// extensions; nil when there should be none.
	other *field
	// section is the field of the components object that holds objects of this
	// kind; a reference to a kind without one is replaced by its target.
	section string
	// keep retains unknown keywords, which are annotations in a schema.
	keep bool
	// before runs when the object is reached, after when its members are done.
	before, after func(r *repairer, n *node)
}

// grammar is the table of all kinds of objects.
type grammar [objGroup + 1]object

func one(k objKind) field  { return field{form: formObject, kind: k} }
func list(k objKind) field { return field{form: formList, kind: k} }
func dict(k objKind) field { return field{form: formMap, kind: k} }
func plain(f form) field   { return field{form: f} }

// newGrammar returns the grammar of OpenAPI 3.0 to 3.2.
func newGrammar() *grammar {
	g := &grammar{}
	g.describeDocument()
	g.describePaths()
	g.describeComponents()
	g.describeSecurity()
	g[objSchema] = schemaObject()
	g[objGroup] = object{name: "something else"}
	return g
}

func (g *grammar) describeDocument() {
	g[objDocument] = object{name: "the document", fields: map[string]field{
		"openapi": plain(formString), "swagger": {form: formAny, hidden: true},
		"info": one(objInfo), "servers": list(objServer), "paths": one(objPaths),
		"webhooks": dict(objPathItem), "components": one(objComponents),
		"security": plain(formRequirement), "tags": list(objTag),
		"externalDocs": one(objExternalDocs), "jsonSchemaDialect": plain(formString),
		"$self": {form: formString, hidden: true},
	}, after: (*repairer).document}
	g[objInfo] = object{name: "an info object", fields: map[string]field{
		"title": plain(formString), "summary": plain(formString), "description": plain(formString),
		"termsOfService": plain(formString), "contact": one(objContact), "license": one(objLicense),
		"version": plain(formString),
	}, after: (*repairer).info}
	g[objContact] = object{name: "a contact", fields: map[string]field{
		"name": plain(formString), "url": plain(formString), "email": plain(formString),
	}}
	g[objLicense] = object{name: "a license", fields: map[string]field{
		"name": plain(formString), "url": plain(formString), "identifier": plain(formString),
	}}
	g[objServer] = object{name: "a server", fields: map[string]field{
		"url": plain(formString), "description": plain(formString), "name": {form: formString, hidden: true},
		"variables": dict(objServerVariable),
	}, after: (*repairer).server}
	g[objServerVariable] = object{name: "a server variable", fields: map[string]field{
		"enum": plain(formStrings), "default": plain(formString), "description": plain(formString),
	}, after: (*repairer).serverVariable}
	g[objTag] = object{name: "a tag", fields: map[string]field{
		"name": plain(formString), "description": plain(formString), "externalDocs": one(objExternalDocs),
		"summary": {form: formString, hidden: true}, "parent": {form: formString, hidden: true},
		"kind": {form: formString, hidden: true},
	}}
	g[objExternalDocs] = object{name: "an external documentation object", fields: map[string]field{
		"url": plain(formString), "description": plain(formString),
	}}
}

func (g *grammar) describePaths() {
	items, operations := one(objPathItem), one(objOperation)
	g[objPaths] = object{name: "a paths object", other: &items, before: (*repairer).paths}
	fields := map[string]field{
		"summary": plain(formString), "description": plain(formString), "servers": list(objServer),
		"parameters": list(objParameter), "additionalOperations": dict(objOperation),
	}
	for _, method := range methods() {
		fields[method] = operations
	}
	g[objPathItem] = object{name: "a path item", fields: fields, after: (*repairer).pathItem}
	g[objOperation] = object{name: "an operation", fields: map[string]field{
		"tags": plain(formStrings), "summary": plain(formString), "description": plain(formString),
		"externalDocs": one(objExternalDocs), "operationId": plain(formString), "parameters": list(objParameter),
		"requestBody": one(objRequestBody), "responses": one(objResponses), "callbacks": dict(objCallback),
		"deprecated": plain(formBool), "security": plain(formRequirement), "servers": list(objServer),
	}, after: (*repairer).operation}
	responses := one(objResponse)
	g[objResponses] = object{name: "a responses object", other: &responses, before: (*repairer).responses}
	g[objCallback] = object{name: "a callback", other: &items, section: "callbacks"}
}

func (g *grammar) describeComponents() {
	g[objComponents] = object{name: "a components object", fields: map[string]field{
		"schemas": dict(objSchema), "responses": dict(objResponse), "parameters": dict(objParameter),
		"examples": dict(objExample), "requestBodies": dict(objRequestBody), "headers": dict(objHeader),
		"securitySchemes": dict(objSecurityScheme), "links": dict(objLink), "callbacks": dict(objCallback),
		"pathItems":  {form: formMap, kind: objPathItem, hidden: true},
		"mediaTypes": {form: formMap, kind: objMediaType, hidden: true},
	}}
	parameter := func() map[string]field {
		return map[string]field{
			"name": plain(formString), "in": plain(formString), "description": plain(formString),
			"required": plain(formBool), "deprecated": plain(formBool), "allowEmptyValue": plain(formBool),
			"style": plain(formString), "explode": plain(formBool), "allowReserved": plain(formBool),
			"schema": one(objSchema), "example": plain(formAny), "examples": dict(objExample),
			"content": dict(objMediaType),
		}
	}
	g[objParameter] = object{name: "a parameter", section: "parameters", fields: parameter(),
		before: (*repairer).looseSchema, after: (*repairer).parameter}
	g[objHeader] = object{name: "a header", section: "headers", fields: parameter(),
		before: (*repairer).looseSchema, after: (*repairer).header}
	g[objRequestBody] = object{name: "a request body", section: "requestBodies", fields: map[string]field{
		"description": plain(formString), "content": dict(objMediaType), "required": plain(formBool),
	}, after: (*repairer).requestBody}
	g[objMediaType] = object{name: "a media type", fields: map[string]field{
		"schema": one(objSchema), "itemSchema": one(objSchema), "example": plain(formAny),
		"examples": dict(objExample), "encoding": dict(objEncoding),
		"prefixEncoding": {form: formList, kind: objEncoding, hidden: true},
		"itemEncoding":   {form: formObject, kind: objEncoding, hidden: true},
	}}
	g[objEncoding] = object{name: "an encoding", fields: map[string]field{
		"contentType": plain(formString), "headers": dict(objHeader), "style": plain(formString),
		"explode": plain(formBool), "allowReserved": plain(formBool),
	}}
	g[objResponse] = object{name: "a response", section: "responses", fields: map[string]field{
		"description": plain(formString), "headers": dict(objHeader), "content": dict(objMediaType),
		"links": dict(objLink), "summary": {form: formString, hidden: true},
	}, before: (*repairer).looseResponse, after: (*repairer).response}
	g[objExample] = object{name: "an example", section: "examples", fields: map[string]field{
		"summary": plain(formString), "description": plain(formString), "value": plain(formAny),
		"externalValue": plain(formString),
		"dataValue":     {form: formAny, hidden: true}, "serializedValue": {form: formString, hidden: true},
	}}
	g[objLink] = object{name: "a link", section: "links", fields: map[string]field{
		"operationRef": plain(formString), "operationId": plain(formString), "parameters": plain(formAnyMap),
		"requestBody": plain(formAny), "description": plain(formString), "server": one(objServer),
	}, after: (*repairer).link}
}

func (g *grammar) describeSecurity() {
	g[objSecurityScheme] = object{name: "a security scheme", section: "securitySchemes", fields: map[string]field{
		"type": plain(formString), "description": plain(formString), "name": plain(formString),
		"in": plain(formString), "scheme": plain(formString), "bearerFormat": plain(formString),
		"flows": one(objOAuthFlows), "openIdConnectUrl": plain(formString),
		"oauth2MetadataUrl": {form: formString, hidden: true}, "deprecated": {form: formBool, hidden: true},
	}}
	flow := one(objOAuthFlow)
	g[objOAuthFlows] = object{name: "an OAuth flows object", fields: map[string]field{
		"implicit": flow, "password": flow, "clientCredentials": flow, "authorizationCode": flow,
		"deviceAuthorization": {form: formObject, kind: objOAuthFlow, hidden: true},
	}}
	g[objOAuthFlow] = object{name: "an OAuth flow", fields: map[string]field{
		"authorizationUrl": plain(formString), "tokenUrl": plain(formString), "refreshUrl": plain(formString),
		"scopes": plain(formStringMap),
	}, after: (*repairer).oauthFlow}
	g[objXML] = object{name: "an XML object", fields: map[string]field{
		"name": plain(formString), "namespace": plain(formString), "prefix": plain(formString),
		"attribute": plain(formBool), "wrapped": plain(formBool), "nodeType": plain(formString),
	}}
	g[objDiscriminator] = object{name: "a discriminator", fields: map[string]field{
		"propertyName": plain(formString), "mapping": plain(formMapping),
		"defaultMapping": plain(formString),
	}}
}

// schemaObject returns the grammar of a schema: JSON Schema 2020-12 with the
// keywords that OpenAPI 3.0 has of its own.
func schemaObject() object {
	schema := one(objSchema)
	fields := map[string]field{
		"type": plain(formType), "properties": dict(objSchema), "required": plain(formStrings),
		"additionalProperties": {form: formBoolOr, kind: objSchema}, "discriminator": one(objDiscriminator),
		"exclusiveMinimum": plain(formBound), "exclusiveMaximum": plain(formBound),
		"enum": plain(formAnyList), "default": plain(formAny), "example": plain(formAny),
		"const": plain(formAny), "examples": plain(formAnyList),
		"externalDocs": one(objExternalDocs), "xml": one(objXML),
		"dependentRequired":     plain(formStringsMap),
		"unevaluatedItems":      {form: formBoolOr, kind: objSchema},
		"unevaluatedProperties": {form: formBoolOr, kind: objSchema},
		"definitions":           {form: formMap, kind: objSchema, hidden: true},
	}
	for f, keywords := range map[form][]string{
		formString: {"title", "format", "description", "pattern", "$schema", "$comment", "$id", "$anchor",
			"$dynamicAnchor", "$dynamicRef", "contentMediaType", "contentEncoding"},
		formNumber: {"minimum", "maximum", "multipleOf"},
		formCount: {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
			"minContains", "maxContains"},
		formBool: {"nullable", "readOnly", "writeOnly", "deprecated", "uniqueItems", "allowEmptyValue"},
	} {
		for _, keyword := range keywords {
			fields[keyword] = plain(f)
		}
	}
	for _, keyword := range []string{"not", "items", "contains", "propertyNames", "if", "then", "else", "contentSchema"} {
		fields[keyword] = schema
	}
	for _, keyword := range []string{"allOf", "oneOf", "anyOf", "prefixItems"} {
		fields[keyword] = list(objSchema)
	}
	for _, keyword := range []string{"patternProperties", "dependentSchemas", "$defs"} {
		fields[keyword] = dict(objSchema)
	}
	return object{name: "a schema", section: "schemas", fields: fields, keep: true, before: (*repairer).schema, after: (*repairer).liftDiscriminator}
}

// methods returns the keys of a path item that are operations.
func methods() []string {
	return []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "connect", "query"}
}
