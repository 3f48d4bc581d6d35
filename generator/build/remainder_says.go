package build

import "github.com/seed-a7989e22/apigen/generator/ir"

// sayings are what a schema says, in the form that claims are held against.
// The parts of an allOf are held against every type that they are a part of,
// so this is made once.
type sayings struct {
	// values are type, enum, const and format, sizes the limits.
	values, sizes []ir.Keyword
	// properties are in the order of the document, parts are those of allOf.
	properties []describedProperty
	parts      []place
}

// describedProperty is a property and the place of its schema.
type describedProperty struct {
	name string
	at   place
}

// says returns what a schema says.
func (r *remainders) says(n node) *sayings {
	if known := r.said[n.ptr]; known != nil {
		return known
	}
	values, sizes := &ir.Schema{}, &ir.Schema{}
	r.valueKeywords(values, n)
	r.sizeKeywords(sizes, n)
	out := &sayings{values: values.Keywords, sizes: sizes.Keywords}
	if len(n.schema.Properties) > 0 {
		ptr := join(n.ptr, "properties")
		for _, name := range ordered(r.builder, ptr, n.schema.Properties) {
			out.properties = append(out.properties, describedProperty{name, place{n.schema.Properties[name], join(ptr, name)}})
		}
	}
	if len(n.schema.AllOf) > 0 {
		ptr := join(n.ptr, "allOf")
		passed := map[string]bool{n.ptr: true} // the same part twice says no more
		for i, ref := range n.schema.AllOf {
			part := place{ref, index(ptr, i)}
			if target := r.follow(part).ptr; !passed[target] {
				passed[target] = true
				out.parts = append(out.parts, part)
			}
		}
	}
	r.said[n.ptr] = out
	return out
}
