package build

import (
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// links collects the links of a response, which the comment of the method
// shows: what they say is for people to read.
func (o *opBuilder) links(links openapi3.Links, ptr string) {
	for _, name := range ordered(o.builder, ptr, links) {
		ref := links[name]
		if slices.ContainsFunc(o.out.Links, func(l *ir.Link) bool { return l.Name == name }) {
			continue
		}
		at := join(ptr, name)
		if ref.Ref != "" {
			at = refPointer(ref.Ref)
		}
		link := &ir.Link{Name: name, Doc: ref.Value.Description, Target: ref.Value.OperationID}
		target := ref.Value.OperationID
		if target == "" {
			link.Target = ref.Value.OperationRef
			target = "#" + refPointer(ref.Value.OperationRef)
		}
		for _, input := range ordered(o.builder, join(at, "parameters"), ref.Value.Parameters) {
			link.Inputs = append(link.Inputs, [2]string{input, o.literal(ref.Value.Parameters[input], join(at, "parameters", input)).Text})
		}
		if ref.Value.RequestBody != nil {
			link.Inputs = append(link.Inputs, [2]string{"the body", o.literal(ref.Value.RequestBody, join(at, "requestBody")).Text})
		}
		o.out.Links = append(o.out.Links, link)
		o.last = append(o.last, func() {
			if method := o.goMethods[target]; method != "" {
				link.Target = method
			} else {
				o.warnOnce(at, "dangling-link", "link %.60q leads to no operation of the document", name)
			}
		})
	}
}
