package config

import (
	"bytes"
	"encoding/json"
)

// SchemaFile is the customary name of a local copy of the JSON schema, for
// editors.
const SchemaFile = "gen.schema.json"

// Schema returns the JSON schema of a configuration, indented, in draft 7,
// which is the draft that editors know best. What it refuses, Parse refuses
// too; Parse knows some rules that JSON schema cannot express.
func Schema() ([]byte, error) {
	root := objectSchema(rootKeys(&Config{}))
	root.Draft = "http://json-schema.org/draft-07/schema#"
	root.Title = "gen.yaml"
	root.Description = "The clients that gen makes from OpenAPI documents."
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(root)
	return out.Bytes(), err
}

// schema is as much of a JSON schema as a configuration needs.
type schema struct {
	Draft       string     `json:"$schema,omitempty"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Type        string     `json:"type,omitempty"`
	Enum        []string   `json:"enum,omitempty"`
	Default     any        `json:"default,omitempty"`
	Pattern     string     `json:"pattern,omitempty"`
	Items       *schema    `json:"items,omitempty"`
	MinItems    int        `json:"minItems,omitempty"`
	Properties  properties `json:"properties,omitempty"`
	Required    []string   `json:"required,omitempty"`
	MinKeys     int        `json:"minProperties,omitempty"`
	// Values describes the values of a mapping with keys of any name.
	Values *schema `json:"-"`
	// Closed says that a mapping has no other keys than Properties.
	Closed bool `json:"-"`
}

// property is a key of a mapping and what it holds.
type property struct {
	name   string
	schema schema
}

// properties are in the order in which they are listed and explained.
type properties []property

// MarshalJSON implements json.Marshaler.
func (s schema) MarshalJSON() ([]byte, error) {
	type plain schema
	out := struct {
		plain
		Additional any `json:"additionalProperties,omitempty"`
	}{plain: plain(s)}
	switch {
	case s.Closed:
		out.Additional = false
	case s.Values != nil:
		out.Additional = s.Values
	}
	return json.Marshal(out)
}

// MarshalJSON implements json.Marshaler.
func (p properties) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	for i, prop := range p {
		name, err := json.Marshal(prop.name)
		if err != nil {
			return nil, err
		}
		data, err := json.Marshal(prop.schema)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(name)
		out.WriteByte(':')
		out.Write(data)
	}
	return append(append([]byte{'{'}, out.Bytes()...), '}'), nil
}
