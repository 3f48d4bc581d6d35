package build

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// collectConditional notes the schemas that hold for some values only.
func (b *builder) collectConditional(s *shape, n node) {
	sch := n.schema
	if sch.If == nil && len(sch.DependentSchemas)+len(sch.DependentRequired) == 0 {
		return
	}
	add := func(refs ...place) {
		refs = slices.DeleteFunc(refs, func(p place) bool { return p.ref == nil })
		s.conditional = append(s.conditional, condition{places: refs, always: len(refs) == 2})
	}
	if sch.If != nil {
		add(place{sch.Then, join(n.ptr, "then")}, place{sch.Else, join(n.ptr, "else")})
		add(place{sch.If, join(n.ptr, "if")})
	}
	ptr := join(n.ptr, "dependentSchemas")
	for _, name := range ordered(b, ptr, sch.DependentSchemas) {
		add(place{sch.DependentSchemas[name], join(ptr, name)})
	}
	ptr = join(n.ptr, "dependentRequired")
	for _, name := range ordered(b, ptr, sch.DependentRequired) {
		add(place{&openapi3.SchemaRef{Value: &openapi3.Schema{Required: sch.DependentRequired[name]}}, join(ptr, name)})
	}
}

// condition is the schemas that hold for some values only; always means that
// one of two holds for every value.
type condition struct {
	places []place
	always bool
}

// types returns the properties that a condition describes in the same way for
// all values.
func (b *builder) types(c condition) map[string]bool {
	same := map[string]bool{}
	if !c.always {
		return same
	}
	then, els := b.shapeOf(b.follow(c.places[0])), b.shapeOf(b.follow(c.places[1]))
	for _, p := range then.props {
		if q := els.propIndex[p.name]; q != nil && b.sameType(p.places, q.places) {
			same[p.name] = true
		}
	}
	return same
}

// addConditional adds the properties that are described only for some values, so
// that no value loses them. Their limits are up to the schema, and so is their
// type where some values may have them in another one, which is any then. It
// returns the names that some values have to have.
func (b *builder) addConditional(s *shape, from *shape, seen map[*shape]bool) (asked []string) {
	for _, c := range from.conditional {
		var same map[string]bool
		if from == s {
			same = b.types(c)
		}
		for _, p := range c.places {
			part := b.shapeOf(b.follow(p))
			if seen[part] || s.closedItself {
				continue
			}
			seen[part] = true
			for _, prop := range part.props {
				have := s.propIndex[prop.name]
				if have == nil {
					have = &property{name: prop.name, places: prop.places, conditional: true, free: !same[prop.name]}
					set(&s.propIndex, prop.name, have)
					s.props = append(s.props, have)
				} else if have.free && same[prop.name] {
					have.places, have.free = prop.places, false
				}
			}
			asked = append(append(asked, part.required...), b.addConditional(s, part, seen)...)
		}
	}
	return asked
}

// addUndeclared adds the properties that are required, always or as asked for
// some values, and described nowhere: what has none could not be sent.
func (b *builder) addUndeclared(s *shape, asked []string) {
	var always, sometimes []string // that nothing describes
	for i, name := range append(slices.Clip(s.required), asked...) {
		if s.propIndex[name] != nil {
			continue
		}
		at := place{nil, join(s.ptr, "properties", name)}
		switch {
		case s.additional != nil:
			at = *s.additional
		case i < len(s.required):
			always = append(always, name)
		default:
			sometimes = append(sometimes, name)
		}
		p := &property{name: name, places: []place{at}}
		set(&s.propIndex, name, p)
		s.props = append(s.props, p)
	}
	b.reportUndeclared(s, always, "")
	b.reportUndeclared(s, sometimes, " for some values")
}

// reportUndeclared reports properties that a schema requires and nothing describes.
func (b *builder) reportUndeclared(s *shape, names []string, when string) {
	switch len(names) {
	case 0:
	case 1:
		b.warnf(s.ptr, "required-undeclared", "property %.60q is required%s but not described; it is generated as any", names[0], when)
	default:
		var list strings.Builder
		for i, name := range names {
			fmt.Fprintf(&list, "%s%.60q", pick(i > 0, ", ", ""), name)
		}
		b.warnf(s.ptr, "required-undeclared", "properties %s are required%s but not described; they are generated as any", &list, when)
	}
}

// sameType reports whether two descriptions of a property come down to the same
// schema, or scalar of any value.
func (b *builder) sameType(x, y []place) bool {
	if len(x) != 1 || x[0].ref == nil || len(y) != 1 {
		return false
	}
	p, q := b.follow(x[0]), b.follow(y[0])
	v, w := b.shapeOf(p), b.shapeOf(q)
	return p.ptr == q.ptr || v.scalar() && w.scalar() && v.kinds == w.kinds && v.format == w.format
}
