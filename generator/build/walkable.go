package build

import (
	"slices"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// pageless says why the result of an operation is no page; empty when it may
// be one.
func pageless(out *ir.Operation) string {
	switch t, isStruct := structOf(out.Result.Type); {
	case isStruct && t.Envelope:
		return "the operation has several results"
	case isStream(out):
		return "the result is a stream"
	}
	return ""
}

// unwalkable says why the next page cannot be asked for as the document says;
// empty when it can.
func unwalkable(p *ir.Pagination) string {
	input, name := (*ir.Field)(nil), ""
	switch {
	case p.Param != nil:
		input = &p.Param.Field
		name = "parameter " + input.WireName
	case len(p.Body) > 0:
		input = p.Body[len(p.Body)-1]
		name = "property " + input.WireName + " of the body"
	}
	next := ir.PrimKind("")
	if path := slices.Concat(p.Next, p.Last); len(path) > 0 { // one of the two
		next = scalarKind(path[len(path)-1].Type)
	}
	switch p.Style {
	case ir.PageNumber, ir.PageOffset:
		if !countable(scalarKind(input.Type)) {
			return name + " is not a number"
		}
	case ir.PageCursor:
		kind := scalarKind(input.Type)
		if p.NextHeader != "" {
			next = kind // which the header is read as
		}
		if (kind != ir.String || next != ir.String) && !(countable(kind) && countable(next)) {
			return name + " and the cursor of the next page are not both strings or both numbers"
		}
	case ir.PageURL:
		if next != ir.String && p.NextHeader == "" {
			return "the URL of the next page is not a string"
		}
	}
	return ""
}

// isStream reports whether the result of an operation is a stream of items.
func isStream(out *ir.Operation) bool {
	for _, c := range out.Result.Cases {
		if c.Type != nil {
			return c.Codec == ir.CodecEventStream || c.Codec == ir.CodecJSONLines
		}
	}
	return false
}

// scalarKind is the kind of a scalar, also of an enum; empty for other types.
func scalarKind(t ir.Type) ir.PrimKind {
	switch x := t.(type) {
	case *ir.Prim:
		return x.Kind
	case *ir.Enum:
		return x.Base
	case *ir.Alias:
		return scalarKind(x.Target)
	}
	return ""
}

// countable reports whether values of a kind can be counted up.
func countable(kind ir.PrimKind) bool {
	switch kind {
	case ir.Int64, ir.Int32, ir.Uint64, ir.Float64, ir.Float32:
		return true
	}
	return false
}
