package build

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// isSensitive reports whether a schema says that its values are secret.
func isSensitive(sch *openapi3.Schema) bool {
	return sch.WriteOnly || sch.Format == "password" || extBool(sch.Extensions, "x-sensitive")
}

// secrets finds the schemas whose values may hold a secret anywhere. Each is looked at once, so it
// keeps what schemas are part of: they hold what is found in there later.
type secrets struct {
	seen, holds map[*openapi3.Schema]bool
	within      map[*openapi3.Schema][]*openapi3.Schema
}

// found notes that values of a schema hold a secret, and those of all that it is part of.
func (s *secrets) found(sch *openapi3.Schema) {
	if !s.holds[sch] {
		s.holds[sch] = true
		for _, outer := range s.within[sch] {
			s.found(outer)
		}
	}
}

func newSecrets() secrets {
	return secrets{
		seen: map[*openapi3.Schema]bool{}, holds: map[*openapi3.Schema]bool{}, within: map[*openapi3.Schema][]*openapi3.Schema{},
	}
}

// holdsSecret reports whether a value may hold a secret anywhere.
func (b *builder) holdsSecret(p place) bool {
	n, s := b.follow(p), &b.secrets
	if s.seen[n.schema] {
		return s.holds[n.schema]
	}
	s.seen[n.schema] = true
	if isSensitive(n.schema) {
		s.found(n.schema)
	}
	parts := partsOf(n.schema)
	for _, heir := range b.inherits[n.ptr] {
		parts = append(parts, b.doc.Components.Schemas[diag.LastToken(heir)])
	}
	for _, ref := range parts {
		if ref == nil || ref.Value == nil {
			continue
		}
		s.within[ref.Value] = append(s.within[ref.Value], n.schema)
		if b.holdsSecret(place{ref, ""}) {
			s.found(n.schema)
		}
	}
	return s.holds[n.schema]
}

// partsOf lists the schemas for a value, and for what it holds, that a schema consists of.
func partsOf(sch *openapi3.Schema) openapi3.SchemaRefs {
	parts := slices.Concat(sch.AllOf, sch.AnyOf, sch.OneOf, sch.PrefixItems)
	for _, members := range []openapi3.Schemas{sch.Properties, sch.PatternProperties, sch.DependentSchemas} {
		for _, ref := range members {
			parts = append(parts, ref)
		}
	}
	return append(parts, sch.Items, sch.Contains, sch.PropertyNames, sch.If, sch.Then, sch.Else,
		sch.AdditionalProperties.Schema, sch.UnevaluatedProperties.Schema, sch.UnevaluatedItems.Schema)
}
