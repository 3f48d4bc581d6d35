package examples

import "github.com/getkin/kin-openapi/openapi3"

// subject is a document and what has to be known about all of it.
type subject struct {
	doc *openapi3.T
	// writeOnly are the names of the properties that only requests have.
	writeOnly map[string]bool
	// discriminators are the names of properties that tell schemas apart.
	discriminators map[string]bool
	// extensions are the components that extend one with a discriminator.
	extensions map[*openapi3.Schema]map[string]*openapi3.SchemaRef
}

// newSubject makes objects of the schemas that have properties and no type, as
// the generator does.
func newSubject(doc *openapi3.T) *subject {
	d := &subject{
		doc: doc, writeOnly: map[string]bool{}, discriminators: map[string]bool{},
		extensions: map[*openapi3.Schema]map[string]*openapi3.SchemaRef{},
	}
	seen := map[*openapi3.Schema]bool{}
	var walk func(ref *openapi3.SchemaRef)
	walk = func(ref *openapi3.SchemaRef) {
		if ref == nil || ref.Value == nil || seen[ref.Value] {
			return
		}
		s := ref.Value
		seen[s] = true
		if s.Type == nil && len(s.Properties) > 0 {
			s.Type = &openapi3.Types{openapi3.TypeObject}
		}
		if s.Discriminator != nil {
			d.discriminators[s.Discriminator.PropertyName] = true
		}
		for name, property := range s.Properties {
			d.writeOnly[name] = d.writeOnly[name] || property.Value != nil && property.Value.WriteOnly
			walk(property)
		}
		for _, list := range []openapi3.SchemaRefs{s.AllOf, s.OneOf, s.AnyOf, {s.Items, s.AdditionalProperties.Schema}} {
			for _, part := range list {
				walk(part)
			}
		}
	}
	if doc.Components != nil {
		for name, ref := range doc.Components.Schemas {
			walk(ref)
			d.extends(name, ref)
		}
	}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			if op.RequestBody != nil && op.RequestBody.Value != nil {
				walkContent(op.RequestBody.Value.Content, walk)
			}
			for _, response := range op.Responses.Map() {
				if response.Value != nil {
					walkContent(response.Value.Content, walk)
				}
			}
		}
	}
	return d
}

func walkContent(content openapi3.Content, walk func(*openapi3.SchemaRef)) {
	for _, media := range content {
		walk(media.Schema)
	}
}

// extends notes which bases a component extends.
func (d *subject) extends(name string, ref *openapi3.SchemaRef) {
	if ref.Value == nil {
		return
	}
	if value, is := ref.Value.Extensions["x-ms-discriminator-value"].(string); is {
		name = value
	}
	for _, base := range ref.Value.AllOf {
		if base.Ref == "" || base.Value == nil || base.Value.Discriminator == nil {
			continue
		}
		if d.extensions[base.Value] == nil {
			d.extensions[base.Value] = map[string]*openapi3.SchemaRef{}
		}
		d.extensions[base.Value][name] = ref
	}
}
