package build

import "github.com/getkin/kin-openapi/openapi3"

// outline lists what a schema says of properties and the parts of its allOf,
// with their places. A part is merged into all that include it and held against
// the types of all of them, so this is made once.
type outline struct {
	properties []describedProperty // in the order of the document
	parts      []part
}

// describedProperty is a property and the place of its schema.
type describedProperty struct {
	name string
	at   place
}

// part is a part of an allOf and the schema that it means.
type part struct {
	place
	node node
}

// outlineOf returns the outline of a schema.
func (b *builder) outlineOf(n node) outline {
	if len(n.schema.Properties) == 0 && len(n.schema.AllOf) == 0 {
		return outline{}
	}
	if known, ok := b.outlines[n.ptr]; ok {
		return known
	}
	var out outline
	if len(n.schema.Properties) > 0 {
		ptr := join(n.ptr, "properties")
		out.properties = make([]describedProperty, 0, len(n.schema.Properties))
		for _, name := range ordered(b, ptr, n.schema.Properties) {
			out.properties = append(out.properties, describedProperty{name, place{n.schema.Properties[name], join(ptr, name)}})
		}
	}
	if len(n.schema.AllOf) > 0 {
		ptr := join(n.ptr, "allOf")
		for i, ref := range n.schema.AllOf {
			p := place{ref, index(ptr, i)}
			out.parts = append(out.parts, part{p, b.follow(p)})
		}
	}
	b.outlines[n.ptr] = out
	return out
}

// listedBy returns the pointers that the alternatives at ptr refer to. A base may
// list all that extend it, and each of these looks for itself there.
func (b *builder) listedBy(ptr string, refs openapi3.SchemaRefs) map[string]bool {
	known, ok := b.listed[ptr]
	if !ok {
		known = map[string]bool{}
		for _, ref := range refs {
			if ref.Ref != "" {
				known[refPointer(ref.Ref)] = true
			}
		}
		b.listed[ptr] = known
	}
	return known
}
