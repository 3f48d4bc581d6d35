package load

import (
	"maps"

	"github.com/getkin/kin-openapi/openapi3"
)

// schema builds a schema or a reference to one.
func (c *constructor) schema(n *node) *openapi3.SchemaRef {
	if ref, extensions, ok := n.refParts(); ok {
		r := &openapi3.SchemaRef{Ref: ref, Extensions: extensions}
		c.schemas = append(c.schemas, r)
		return r
	}
	s := &openapi3.Schema{}
	if n.kind == kindBool {
		s.Always = n.boolPointer()
	} else {
		s.Extensions = fill(c, s, n, c.tables.schema)
	}
	return &openapi3.SchemaRef{Value: s}
}

func (c *constructor) schemaList(n *node) openapi3.SchemaRefs { return listOf(n, c.schema) }

func (c *constructor) schemaDict(n *node) openapi3.Schemas { return dictOf(n, c.schema) }

// boolOr builds the value of a keyword that takes a boolean or a schema.
func (c *constructor) boolOr(n *node) openapi3.BoolSchema {
	if n.kind == kindBool {
		return openapi3.BoolSchema{Has: n.boolPointer()}
	}
	return openapi3.BoolSchema{Schema: c.schema(n)}
}

// types builds the value of a schema's type.
func types(n *node) *openapi3.Types {
	if n.kind == kindString {
		return &openapi3.Types{n.text}
	}
	list := openapi3.Types(n.stringList())
	return &list
}

// schemaSetters is the table for schemas.
func schemaSetters() setters[openapi3.Schema] {
	table := setters[openapi3.Schema]{}
	maps.Copy(table, schemaAnnotations())
	maps.Copy(table, schemaLimits())
	maps.Copy(table, schemaApplicators())
	return table
}

func schemaAnnotations() setters[openapi3.Schema] {
	type schema = openapi3.Schema
	return setters[schema]{
		"type":             func(_ *constructor, s *schema, n *node) { s.Type = types(n) },
		"title":            func(_ *constructor, s *schema, n *node) { s.Title = n.text },
		"format":           func(_ *constructor, s *schema, n *node) { s.Format = n.text },
		"description":      func(_ *constructor, s *schema, n *node) { s.Description = n.text },
		"enum":             func(_ *constructor, s *schema, n *node) { s.Enum = n.anyList() },
		"const":            func(_ *constructor, s *schema, n *node) { s.Const = n.any() },
		"default":          func(_ *constructor, s *schema, n *node) { s.Default = n.any() },
		"example":          func(_ *constructor, s *schema, n *node) { s.Example = n.any() },
		"examples":         func(_ *constructor, s *schema, n *node) { s.Examples = n.anyList() },
		"externalDocs":     func(c *constructor, s *schema, n *node) { s.ExternalDocs = c.externalDocs(n) },
		"nullable":         func(_ *constructor, s *schema, n *node) { s.Nullable = n.bool() },
		"readOnly":         func(_ *constructor, s *schema, n *node) { s.ReadOnly = n.bool() },
		"writeOnly":        func(_ *constructor, s *schema, n *node) { s.WriteOnly = n.bool() },
		"allowEmptyValue":  func(_ *constructor, s *schema, n *node) { s.AllowEmptyValue = n.bool() },
		"deprecated":       func(_ *constructor, s *schema, n *node) { s.Deprecated = n.bool() },
		"xml":              func(c *constructor, s *schema, n *node) { s.XML = c.xml(n) },
		"discriminator":    func(c *constructor, s *schema, n *node) { s.Discriminator = c.discriminator(n) },
		"contentMediaType": func(_ *constructor, s *schema, n *node) { s.ContentMediaType = n.text },
		"contentEncoding":  func(_ *constructor, s *schema, n *node) { s.ContentEncoding = n.text },
		"$schema":          func(_ *constructor, s *schema, n *node) { s.SchemaDialect = n.text },
		"$comment":         func(_ *constructor, s *schema, n *node) { s.Comment = n.text },
		"$id":              func(_ *constructor, s *schema, n *node) { s.SchemaID = n.text },
		"$anchor":          func(_ *constructor, s *schema, n *node) { s.Anchor = n.text },
		"$dynamicRef":      func(_ *constructor, s *schema, n *node) { s.DynamicRef = n.text },
		"$dynamicAnchor":   func(_ *constructor, s *schema, n *node) { s.DynamicAnchor = n.text },
	}
}

func schemaLimits() setters[openapi3.Schema] {
	type schema = openapi3.Schema
	return setters[schema]{
		"minimum":       func(_ *constructor, s *schema, n *node) { s.Min = n.floatPointer() },
		"maximum":       func(_ *constructor, s *schema, n *node) { s.Max = n.floatPointer() },
		"multipleOf":    func(_ *constructor, s *schema, n *node) { s.MultipleOf = n.floatPointer() },
		"minLength":     func(_ *constructor, s *schema, n *node) { s.MinLength = n.count() },
		"maxLength":     func(_ *constructor, s *schema, n *node) { s.MaxLength = n.countPointer() },
		"pattern":       func(_ *constructor, s *schema, n *node) { s.Pattern = n.text },
		"minItems":      func(_ *constructor, s *schema, n *node) { s.MinItems = n.count() },
		"maxItems":      func(_ *constructor, s *schema, n *node) { s.MaxItems = n.countPointer() },
		"uniqueItems":   func(_ *constructor, s *schema, n *node) { s.UniqueItems = n.bool() },
		"minContains":   func(_ *constructor, s *schema, n *node) { s.MinContains = n.countPointer() },
		"maxContains":   func(_ *constructor, s *schema, n *node) { s.MaxContains = n.countPointer() },
		"minProperties": func(_ *constructor, s *schema, n *node) { s.MinProps = n.count() },
		"maxProperties": func(_ *constructor, s *schema, n *node) { s.MaxProps = n.countPointer() },
		"required":      func(_ *constructor, s *schema, n *node) { s.Required = n.stringList() },
		"dependentRequired": func(_ *constructor, s *schema, n *node) {
			s.DependentRequired = n.stringsDict()
		},
		"exclusiveMinimum": func(_ *constructor, s *schema, n *node) {
			s.ExclusiveMin = openapi3.ExclusiveBound{Value: n.floatPointer()}
		},
		"exclusiveMaximum": func(_ *constructor, s *schema, n *node) {
			s.ExclusiveMax = openapi3.ExclusiveBound{Value: n.floatPointer()}
		},
	}
}

func schemaApplicators() setters[openapi3.Schema] {
	type schema = openapi3.Schema
	return setters[schema]{
		"allOf":                 func(c *constructor, s *schema, n *node) { s.AllOf = c.schemaList(n) },
		"oneOf":                 func(c *constructor, s *schema, n *node) { s.OneOf = c.schemaList(n) },
		"anyOf":                 func(c *constructor, s *schema, n *node) { s.AnyOf = c.schemaList(n) },
		"not":                   func(c *constructor, s *schema, n *node) { s.Not = c.schema(n) },
		"if":                    func(c *constructor, s *schema, n *node) { s.If = c.schema(n) },
		"then":                  func(c *constructor, s *schema, n *node) { s.Then = c.schema(n) },
		"else":                  func(c *constructor, s *schema, n *node) { s.Else = c.schema(n) },
		"items":                 func(c *constructor, s *schema, n *node) { s.Items = c.schema(n) },
		"prefixItems":           func(c *constructor, s *schema, n *node) { s.PrefixItems = c.schemaList(n) },
		"contains":              func(c *constructor, s *schema, n *node) { s.Contains = c.schema(n) },
		"unevaluatedItems":      func(c *constructor, s *schema, n *node) { s.UnevaluatedItems = c.boolOr(n) },
		"properties":            func(c *constructor, s *schema, n *node) { s.Properties = c.schemaDict(n) },
		"patternProperties":     func(c *constructor, s *schema, n *node) { s.PatternProperties = c.schemaDict(n) },
		"additionalProperties":  func(c *constructor, s *schema, n *node) { s.AdditionalProperties = c.boolOr(n) },
		"unevaluatedProperties": func(c *constructor, s *schema, n *node) { s.UnevaluatedProperties = c.boolOr(n) },
		"propertyNames":         func(c *constructor, s *schema, n *node) { s.PropertyNames = c.schema(n) },
		"dependentSchemas":      func(c *constructor, s *schema, n *node) { s.DependentSchemas = c.schemaDict(n) },
		"contentSchema":         func(c *constructor, s *schema, n *node) { s.ContentSchema = c.schema(n) },
		"$defs":                 func(c *constructor, s *schema, n *node) { s.Defs = c.schemaDict(n) },
	}
}
