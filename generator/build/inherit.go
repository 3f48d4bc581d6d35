package build

import (
	"cmp"
	"slices"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// findInheritance finds the base schemas with a discriminator and no oneOf of
// their own, and the schemas that extend them by allOf. Where such a base is
// used, any of those may come.
func (b *builder) findInheritance() {
	if b.doc.Components == nil {
		return
	}
	bases := map[string]bool{}
	for key, ref := range b.doc.Components.Schemas {
		if ref.Ref == "" && ref.Value.Discriminator != nil && ref.Value.Discriminator.PropertyName != "" &&
			len(ref.Value.OneOf)+len(ref.Value.AnyOf) == 0 {
			bases[join("/components/schemas", key)] = true
		}
	}
	if len(bases) == 0 {
		return
	}
	keys := ordered(b, "/components/schemas", b.doc.Components.Schemas)
	for _, key := range keys {
		ptr := join("/components/schemas", key)
		if bases[ptr] {
			b.mappedBases(ptr, bases)
		}
		for base := range b.ancestors(ptr, map[string]bool{}) {
			if bases[base] && base != ptr {
				b.inherits[base] = append(b.inherits[base], ptr)
				b.heirs[ptr] = true
			}
		}
	}
	for base := range bases {
		b.mappedChildren(base)
	}
}

// mappedBases notes what the discriminator of base has for those it maps to that are bases, too.
func (b *builder) mappedBases(base string, bases map[string]bool) {
	d := b.doc.Components.Schemas[diag.LastToken(base)].Value.Discriminator
	for _, value := range ordered(b, join(base, "discriminator", "mapping"), d.Mapping) {
		at := mappedBase{mappingTarget(d.Mapping[value].Ref), d.PropertyName}
		if _, ok := b.mapped[at]; !ok && bases[at.ptr] {
			b.mapped[at] = value
		}
	}
}

// mappedBase is a base with a discriminator, in those of others with the same property.
type mappedBase struct{ ptr, property string }

// baseValue returns the value of the discriminator of the base s that stands for the base itself;
// "" for none.
func (b *builder) baseValue(s *shape) string {
	name, _ := componentSchema(s.ptr)
	return cmp.Or(b.mapped[mappedBase{s.ptr, s.discrim.PropertyName}], nameOf(name, s))
}

// mappedChildren adds what the discriminator of base maps to, in front.
func (b *builder) mappedChildren(base string) {
	d := b.doc.Components.Schemas[diag.LastToken(base)].Value.Discriminator
	var mapped []string
	for _, value := range ordered(b, join(base, "discriminator", "mapping"), d.Mapping) {
		ptr := mappingTarget(d.Mapping[value].Ref)
		name, ok := componentSchema(ptr)
		if ok && b.doc.Components.Schemas[name] != nil && !slices.Contains(mapped, ptr) {
			mapped = append(mapped, ptr)
		}
	}
	for _, child := range b.inherits[base] {
		if !slices.Contains(mapped, child) {
			mapped = append(mapped, child)
		}
	}
	if len(mapped) > 0 && !(len(mapped) == 1 && mapped[0] == base) {
		b.inherits[base] = mapped
	}
}

// ancestors returns the components that the schema at ptr includes by allOf,
// directly or not.
func (b *builder) ancestors(ptr string, seen map[string]bool) map[string]bool {
	name, ok := componentSchema(ptr)
	ref := b.doc.Components.Schemas[name]
	if !ok || ref == nil || seen[ptr] || ref.Ref != "" {
		return seen
	}
	seen[ptr] = true
	for _, part := range ref.Value.AllOf {
		if part.Ref != "" {
			b.ancestors(refPointer(part.Ref), seen)
		}
	}
	return seen
}

// inheritanceUnion makes the union of the schemas that extend a base. The base
// itself is a variant, too, unless its values leave no place for it.
func (b *builder) inheritanceUnion(u *use, n node, children []string, l label) {
	s := b.shapeOf(n)
	u.nullable = s.null == nullAllowed
	var variants []variant
	if b.concrete(s, children) {
		children = append(slices.Clone(children), n.ptr)
	}
	for _, child := range children {
		p := place{b.doc.Components.Schemas[diag.LastToken(child)], child}
		v := variant{at: p, ptr: child, shape: b.shapeOf(b.follow(p))}
		v.merged = child == n.ptr // the base as a struct of its own
		variants = append(variants, v)
	}
	b.declareUnion(u, s, variants, l, true)
}

// concrete reports whether the base s can come as itself: its discriminator may
// have its own name, and nothing else is mapped to that.
func (b *builder) concrete(s *shape, children []string) bool {
	name := b.baseValue(s)
	if _, mapped := s.discrim.Mapping[name]; name == "" || mapped || slices.Contains(children, s.ptr) {
		return false
	}
	values := b.closedValues(s.propIndex[s.discrim.PropertyName])
	return len(values) == 0 || slices.ContainsFunc(values, func(v value) bool { return v.lit.Text == name })
}
