package build

import "github.com/seed-a7989e22/apigen/generator/ir"

// sayings are what a schema says, in the form that claims are held against.
// The parts of an allOf are held against every type that they are a part of,
// so this is made once.
type sayings struct {
	// values are type, enum, const and format, sizes the limits.
	values, sizes []ir.Keyword
	// parts are those of allOf.
	parts []place
	// unevaluated tells that something, here or in a part, depends on all
	// properties or items that others know.
	unevaluated bool
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
	out.unevaluated = matters(n.schema.UnevaluatedProperties) || matters(n.schema.UnevaluatedItems)
	r.said[n.ptr] = out // before its parts, of which it may be one
	parts := r.outlineOf(n).parts
	if len(parts) == 0 {
		return out
	}
	passed := map[string]bool{n.ptr: true} // the same part twice says no more
	for _, part := range parts {
		if !passed[part.node.ptr] {
			passed[part.node.ptr] = true
			out.parts = append(out.parts, part.place)
			out.unevaluated = out.unevaluated || r.says(part.node).unevaluated
		}
	}
	return out
}
