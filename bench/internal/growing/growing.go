// Package growing makes OpenAPI documents of any size, to see how the cost of
// generating grows.
package growing

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Shape is a kind of document that grows in one direction.
type Shape struct {
	Name     string // of what it has n
	Most     int    // the n that has to be reached
	Document func(n int) ([]byte, error)
}

// Shapes lists all shapes.
func Shapes() []Shape {
	return []Shape{
		{"operations and schemas", 2000, operations},
		{"enum values", 100_000, enum},
		{"properties", 10_000, properties},
		{"links of an allOf chain", 504, chain},
		{"parts of an allOf", 504, parts},
		{"nested allOf", 120, nested}, // documents are at most 250 levels deep
		{"variants by key", 200, variants},
		{"variants by discriminator", 200, discriminated},
		{"extensions of a base", 800, extensions},
		{"extensions that a base lists", 800, listed},
		{"schemas in circles", 4000, circles},
		{"operations with inline schemas", 1000, inline},
		{"names that collide", 8000, colliding},
	}
}

type object = map[string]any

func ref(name string) object { return object{"$ref": "#/components/schemas/" + name} }

func stringType() object { return object{"type": "string"} }

// document wraps schemas and paths.
func document(paths, schemas object) ([]byte, error) {
	return json.Marshal(object{
		"openapi": "3.0.3", "info": object{"title": "growing", "version": "1"},
		"servers": []any{object{"url": "https://example.com"}},
		"paths":   paths, "components": object{"schemas": schemas},
	})
}

// get is a path with one operation that returns a schema.
func get(id string, schema object) object {
	return object{"get": object{
		"operationId": id, "tags": []string{"things"},
		"responses": object{"200": object{"description": "ok", "content": object{"application/json": object{"schema": schema}}}},
	}}
}

func single(schemas object, root string) ([]byte, error) {
	return document(object{"/thing": get("getThing", ref(root))}, schemas)
}

func operations(n int) ([]byte, error) {
	paths, schemas := object{}, object{}
	for i := range n {
		name := fmt.Sprintf("Thing%d", i)
		schemas[name] = object{
			"type": "object", "description": "A thing of kind " + name + ".", "required": []string{"id"},
			"properties": object{
				"id": object{"type": "integer", "format": "int64"}, "name": object{"type": "string", "maxLength": 40},
				"state": object{"type": "string", "enum": []string{"open", "closed"}},
				"tags":  object{"type": "array", "items": stringType()},
				"next":  ref(fmt.Sprintf("Thing%d", (i+1)%n)),
			},
		}
		item := get("get"+name, ref(name))
		item["parameters"] = []any{object{"name": "id", "in": "path", "required": true, "schema": stringType()}}
		item["get"].(object)["tags"] = []string{fmt.Sprintf("group %d", i/20)}
		paths[fmt.Sprintf("/things/%d/{id}", i)] = item
	}
	return document(paths, schemas)
}

func enum(n int) ([]byte, error) {
	values := make([]string, n)
	for i := range values {
		values[i] = fmt.Sprintf("value-%d", i)
	}
	return single(object{"Thing": object{"type": "object", "properties": object{
		"kind": object{"type": "string", "enum": values},
	}}}, "Thing")
}

func properties(n int) ([]byte, error) {
	all := object{}
	for i := range n {
		all[fmt.Sprintf("property_%d", i)] = stringType()
	}
	return single(object{"Thing": object{"type": "object", "properties": all}}, "Thing")
}

// chain has schemas that each extend the one before. They refine what the first
// has: with a property more in each, what is to be written would itself grow
// with the square of n.
func chain(n int) ([]byte, error) {
	first := object{}
	for i := range 8 {
		first[fmt.Sprintf("property_%d", i)] = stringType()
	}
	schemas := object{"Thing0": object{"type": "object", "properties": first}}
	for i := 1; i < n; i++ {
		refined := fmt.Sprintf("property_%d", i%8)
		schemas[fmt.Sprintf("Thing%d", i)] = object{"allOf": []any{
			ref(fmt.Sprintf("Thing%d", i-1)),
			object{"required": []string{refined}, "properties": object{refined: object{"type": "string", "maxLength": 10_000 - i}}},
		}}
	}
	return single(schemas, fmt.Sprintf("Thing%d", n-1))
}

// parts has one schema that is made of n others.
func parts(n int) ([]byte, error) {
	schemas := object{}
	var list []any
	for i := range n {
		name := fmt.Sprintf("Part%d", i)
		schemas[name] = link(i)
		list = append(list, ref(name))
	}
	schemas["Thing"] = object{"allOf": list}
	return single(schemas, "Thing")
}

func link(i int) object {
	return object{"type": "object", "properties": object{fmt.Sprintf("property_%d", i): stringType()}}
}

// nested has a chain in one schema.
func nested(n int) ([]byte, error) {
	schema := link(0)
	for i := 1; i < n; i++ {
		schema = object{"allOf": []any{schema, link(i)}}
	}
	return single(object{"Thing": schema}, "Thing")
}

// variants has a union of schemas that are told apart by a key of their own.
func variants(n int) ([]byte, error) {
	schemas := object{}
	var list []any
	for i := range n {
		name := fmt.Sprintf("Variant%d", i)
		key := fmt.Sprintf("key_%d", i)
		schemas[name] = object{"type": "object", "required": []string{key}, "properties": object{
			"id": stringType(), "name": stringType(), key: stringType(),
		}}
		list = append(list, ref(name))
	}
	schemas["Thing"] = object{"oneOf": list}
	return single(schemas, "Thing")
}

func discriminated(n int) ([]byte, error) {
	schemas, mapping := object{}, object{}
	var list []any
	for i := range n {
		name := fmt.Sprintf("Variant%d", i)
		schemas[name] = object{"type": "object", "required": []string{"kind"}, "properties": object{
			"id": stringType(), "kind": stringType(),
		}}
		list = append(list, ref(name))
		mapping[fmt.Sprintf("kind-%d", i)] = "#/components/schemas/" + name
	}
	schemas["Thing"] = object{"oneOf": list, "discriminator": object{"propertyName": "kind", "mapping": mapping}}
	return single(schemas, "Thing")
}

// extensions has a base with a discriminator and n schemas that extend it.
func extensions(n int) ([]byte, error) {
	schemas, mapping := object{}, object{}
	for i := range n {
		name := fmt.Sprintf("Extension%d", i)
		schemas[name] = object{"allOf": []any{ref("Thing"), link(i)}}
		mapping[fmt.Sprintf("kind-%d", i)] = "#/components/schemas/" + name
	}
	schemas["Thing"] = object{
		"type": "object", "required": []string{"kind"}, "properties": object{"kind": stringType(), "id": stringType()},
		"discriminator": object{"propertyName": "kind", "mapping": mapping},
	}
	return single(schemas, "Thing")
}

// listed has a base that is also the union of the n schemas that extend it.
func listed(n int) ([]byte, error) {
	schemas := object{}
	var list []any
	for i := range n {
		name := fmt.Sprintf("Extension%d", i)
		schemas[name] = object{"allOf": []any{ref("Thing"), link(i)}}
		list = append(list, ref(name))
	}
	schemas["Thing"] = object{
		"type": "object", "required": []string{"kind"}, "properties": object{"kind": stringType(), "id": stringType()},
		"discriminator": object{"propertyName": "kind"}, "oneOf": list,
	}
	return single(schemas, "Thing")
}

// circles has schemas that all contain each other by way of others.
func circles(n int) ([]byte, error) {
	schemas := object{}
	for i := range n {
		schemas[fmt.Sprintf("Thing%d", i)] = object{
			"type": "object", "required": []string{"next"}, "not": object{"required": []string{"previous"}},
			"properties": object{"next": ref(fmt.Sprintf("Thing%d", (i+1)%n)), "other": ref(fmt.Sprintf("Thing%d", (7*i+3)%n))},
		}
	}
	return single(schemas, "Thing0")
}

// inline has operations whose schemas have no names.
func inline(n int) ([]byte, error) {
	paths := object{}
	for i := range n {
		item := object{"type": "object", "properties": object{"id": stringType(), "size": object{"type": "integer", "minimum": 1}}}
		paths[fmt.Sprintf("/things/%d", i)] = get(fmt.Sprintf("getThing%d", i), object{"type": "object", "properties": object{
			"items": object{"type": "array", "items": item}, "next": object{"type": "object", "properties": object{"cursor": stringType()}},
		}})
	}
	return document(paths, object{})
}

// colliding has an enum whose values all ask for the same Go name.
func colliding(n int) ([]byte, error) {
	values := make([]string, n)
	for i := range values {
		separators := strings.NewReplacer("0", "-", "1", "_").Replace(fmt.Sprintf("%014b", i))
		values[i] = "value" + separators + "x"
	}
	return single(object{"Thing": object{"type": "string", "enum": values}}, "Thing")
}
