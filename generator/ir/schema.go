package ir

// Schema is a JSON Schema for the generated package to interpret: its keywords
// in order. The nil schema accepts everything.
type Schema struct {
	// Never is the schema false.
	Never    bool
	Keywords []Keyword
}

// Keyword is a keyword of a schema with its value: exactly one of JSON, Schema,
// Schemas, Members and Ref.
type Keyword struct {
	Name string
	// JSON is the value of a keyword that holds no schemas: JSON text.
	JSON string
	// Schema, Schemas and Members are those of keywords that hold one schema,
	// a list of them, or schemas by name.
	Schema  *Schema
	Schemas []*Schema
	Members []SchemaMember
	// Ref is the value of $ref.
	Ref *NamedSchema
}

// SchemaMember is a schema under a name.
type SchemaMember struct {
	Name   string
	Schema *Schema
}

// NamedSchema is a schema that others refer to.
type NamedSchema struct {
	// Name is unique in the API.
	Name   string
	Schema *Schema
}
