package build

import (
	"slices"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// sibling is a success response in another media type than the preferred one.
type sibling struct {
	*ir.Response
	// origin is that of the method that asks for it.
	origin ir.Origin
}

// addSibling notes a success response that gets a method of its own.
func (o *opBuilder) addSibling(status string, r *ir.Response) {
	o.siblings = append(o.siblings, sibling{r, o.siblingOrigin(status, r.MediaType)})
}

// siblingOrigin is the origin of the method that asks for a success response in a media type.
func (o *opBuilder) siblingOrigin(status, mediaType string) ir.Origin {
	return ir.Origin{Pointer: o.ptr, Part: ir.PartMethod, Key: status + " " + mediaType}
}

// addSiblings adds the methods that ask for a response in another media type.
// What has had its method before keeps it; the others share it where they are
// read alike, and else get one that tells their status.
func (o *opBuilder) addSiblings(svc *service) {
	known := func(s sibling) int {
		if o.opts.Names[s.origin] != "" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(o.siblings, func(a, b sibling) int { return known(a) - known(b) })
	var all []*ir.Operation
	for _, s := range o.siblings {
		if known(s) == 1 && slices.ContainsFunc(all, s.joins) {
			continue
		}
		all = append(all, o.sibling(svc, s))
	}
}

// joins reports whether op reads what s is; it then reads s as well.
func (s sibling) joins(op *ir.Operation) bool {
	have := op.Result.Cases[0]
	if have.Codec != s.Codec || !sameType(have.Type, s.Type) || s.Codec == ir.CodecText && baseType(have.MediaType) != baseType(s.MediaType) {
		return false
	}
	if s.Codec != ir.CodecBinary {
		op.Result.Cases = append(op.Result.Cases, s.Response)
		return true
	}
	for _, status := range s.Statuses {
		if !slices.Contains(have.Statuses, status) {
			have.Statuses = append(have.Statuses, status)
		}
	}
	if s.MediaType != have.MediaType && !slices.Contains(have.Also, s.MediaType) {
		have.Also = append(have.Also, s.MediaType)
	}
	return true
}

// sibling adds the method that asks for s.
func (o *opBuilder) sibling(svc *service, s sibling) *ir.Operation {
	word := o.siblingWord(s.Codec, s.MediaType)
	if s.Codec == ir.CodecEventStream || s.Codec == ir.CodecJSONLines {
		word = "Stream"
	}
	op := *o.out
	op.Of = o.out
	op.GoName = o.take(&svc.scope, s.origin, o.out.GoName+word, o.out.GoName+statusWord(s.Statuses[0])+word)
	op.DescriptorName = o.scope.Claim(o.out.DescriptorName + word)
	op.Result = ir.Result{Type: s.Type, Cases: []*ir.Response{s.Response}}
	svc.add(&op)
	if word == "Stream" {
		o.last = append(o.last, func() { op.Switches = switches(&op) })
	}
	return &op
}

// sameType reports whether two types are the same in Go.
func sameType(a, b ir.Type) bool {
	switch a := a.(type) {
	case *ir.Prim:
		b, ok := b.(*ir.Prim)
		return ok && a.Kind == b.Kind && a.Kind != ir.Custom
	case *ir.List:
		b, ok := b.(*ir.List)
		return ok && a.Elem.Nullable == b.Elem.Nullable && sameType(a.Elem.Type, b.Elem.Type)
	case *ir.Map:
		b, ok := b.(*ir.Map)
		return ok && a.Elem.Nullable == b.Elem.Nullable && sameType(a.Elem.Type, b.Elem.Type)
	case *ir.Any:
		_, ok := b.(*ir.Any)
		return ok
	}
	return a == b
}

// switches finds the optional booleans called stream among the inputs of an
// operation: APIs that offer a response whole or as a stream are asked for the
// stream by them.
func switches(op *ir.Operation) []ir.StreamSwitch {
	var out []ir.StreamSwitch
	for _, p := range op.Inputs {
		if p.In == ir.InQuery && p.Content == "" && isSwitch(&p.Field) {
			out = append(out, ir.StreamSwitch{Field: &p.Field})
		}
	}
	for _, b := range op.Bodies {
		if t, ok := structOf(b.Type); ok && !b.Nullable {
			for _, f := range t.Fields {
				if isSwitch(f) {
					out = append(out, ir.StreamSwitch{Body: b, Field: f})
				}
			}
		}
	}
	return out
}

// isSwitch reports whether a field is an optional boolean called stream.
func isSwitch(f *ir.Field) bool {
	p, ok := f.Type.(*ir.Prim)
	return ok && p.Kind == ir.Bool && f.WireName == "stream" && !f.Required
}
