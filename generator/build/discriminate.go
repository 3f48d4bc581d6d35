package build

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// discriminate finds the property that tells the variants of un apart: the
// discriminator of the document, or one that is constant in every variant.
func (b *builder) discriminate(un *ir.Union, s *shape, at map[string]int, shapes []*shape) {
	d := &ir.Discriminator{}
	if s.discrim != nil {
		d.Property = s.discrim.PropertyName
		b.explicitMapping(d, s, at)
		b.defaultMapping(un, d, s, at)
	} else if d.Property = b.commonConstant(shapes); d.Property == "" {
		return
	}
	mapped := map[int]bool{}
	values := map[string]bool{}
	for _, m := range d.Mapping {
		mapped[m.Variant] = true
		values[m.Value] = true
	}
	add := func(m ir.DiscriminatorValue) {
		if !values[m.Value] {
			values[m.Value] = true
			d.Mapping = append(d.Mapping, m)
		}
	}
	names, shared := componentNames(at), b.sharedValues(shapes, d.Property)
	for i, part := range shapes {
		name := nameOf(names[i], part)
		if value := cmp.Or(shared[name], shared[strings.ToLower(name)]); value != "" && !mapped[i] && !values[value] {
			add(ir.DiscriminatorValue{Value: value, Variant: i})
			mapped[i] = true
		}
	}
	for i, part := range shapes {
		own, name := b.closedValues(part.propIndex[d.Property]), nameOf(names[i], part)
		if s.discrim != nil && part.ptr == s.ptr {
			name, d.Base = b.baseValue(s), un.Variants[i]
		}
		if mapped[i] && len(own) == 0 {
			continue
		}
		for _, v := range own {
			d.Number = d.Number || v.lit.Kind == ir.LitNumber
			if text := v.lit.Text; !mapped[i] || shared[text] != text {
				add(ir.DiscriminatorValue{Value: text, Variant: i})
			}
		}
		if name != "" && len(own) == 0 {
			add(ir.DiscriminatorValue{Value: name, Variant: i, Implicit: true})
		}
	}
	if len(d.Mapping) > 0 {
		un.Discriminator = d
		b.last = append(b.last, func() { b.imply(un) })
	}
}

// sharedValues returns the values of a property that several variants list, as
// all do that extend a base with a list of its own: they do not tell whose a
// value is. They are found by their text, and in lower case.
func (b *builder) sharedValues(shapes []*shape, property string) map[string]string {
	shared, seen := map[string]string{}, map[string]bool{}
	for _, s := range shapes {
		for _, v := range b.closedValues(s.propIndex[property]) {
			text := v.lit.Text
			if seen[text] && shared[text] != text {
				lower := strings.ToLower(text)
				shared[lower] = cmp.Or(shared[lower], text)
				shared[text] = text
			}
			seen[text] = true
		}
	}
	return shared
}

// nameOf returns what stands for a variant where nothing else says it: the name
// of its component, or what an extension has in its place; "" for no component.
func nameOf(component string, s *shape) string {
	if component == "" {
		return ""
	}
	return cmp.Or(extString(s.schema.Extensions, "x-ms-discriminator-value"), component)
}

// imply lets the encoder fill in the discriminator of every variant with one
// value: the type says what it is. A struct that is a variant under different
// values is left alone.
func (b *builder) imply(un *ir.Union) {
	values := map[int][]string{}
	for _, m := range un.Discriminator.Mapping {
		values[m.Variant] = append(values[m.Variant], m.Value)
	}
	for i, v := range un.Variants {
		st, ok := v.Type.(*ir.Struct)
		if !ok || len(values[i]) == 0 || v == un.Discriminator.Default {
			continue
		}
		for _, f := range st.Fields {
			if f.WireName == un.Discriminator.Property {
				f.ReadOnly = false // without it nobody could read what is sent
			}
			if f.WireName != un.Discriminator.Property || !f.Required || f.Nullable || !ir.IsText(f.Type) {
				continue
			}
			f.Listed = true
			only := ir.Literal{Kind: ir.LitString, Text: values[i][0]}
			switch {
			case b.implied[f] == nil && f.Const == nil && len(values[i]) == 1:
				f.Const = &only
				b.implied[f] = f.Const
			case b.implied[f] != nil && (len(values[i]) > 1 || *b.implied[f] != only):
				f.Const = nil
			}
		}
	}
}

// defaultMapping finds the variant for values that nothing is mapped to
// (OpenAPI 3.2).
func (b *builder) defaultMapping(un *ir.Union, d *ir.Discriminator, s *shape, at map[string]int) {
	ptr := join(s.discrimPtr, "defaultMapping")
	target, ok := b.src.Raw(ptr)
	if !ok {
		return
	}
	i, ok := at[mappingTarget(target)]
	if !ok {
		b.warnf(ptr, "mapping-target", "the default mapping is %.80q, which is not among the alternatives; it is ignored", target)
		return
	}
	d.Default = un.Variants[i]
}

// mappingTarget is the pointer of the schema that a mapping names by its key
// or by a reference.
func mappingTarget(target string) string {
	if strings.Contains(target, "#") {
		return refPointer(target)
	}
	return join("/components/schemas", target)
}

// explicitMapping adds the document's mapping, in its order.
func (b *builder) explicitMapping(d *ir.Discriminator, s *shape, at map[string]int) {
	mappingPtr := join(s.discrimPtr, "mapping")
	for _, value := range ordered(b, mappingPtr, s.discrim.Mapping) {
		target := s.discrim.Mapping[value].Ref
		i, ok := at[mappingTarget(target)]
		if !ok {
			b.warnf(join(mappingPtr, value), "mapping-target", "the discriminator maps %.60q to %.80q, which is not among the alternatives; the entry is ignored", value, target)
			continue
		}
		d.Mapping = append(d.Mapping, ir.DiscriminatorValue{Value: value, Variant: i})
	}
}

// componentNames returns the names of the components that variants are. Of
// several that mean the same variant, the first in order counts.
func componentNames(at map[string]int) map[int]string {
	names := map[int]string{}
	for ptr, i := range at {
		if name, ok := componentSchema(ptr); ok && (names[i] == "" || name < names[i]) {
			names[i] = name
		}
	}
	return names
}

// commonConstant returns a property with constants, texts or integers, that
// differ from variant to variant, or "".
func (b *builder) commonConstant(shapes []*shape) string {
	if len(shapes) < 2 {
		return ""
	}
	for _, p := range shapes[0].props {
		seen := map[string]bool{}
		kind := ir.LitString
		if first := b.closedValues(p); len(first) > 0 && first[0].lit.Kind == ir.LitNumber {
			kind = ir.LitNumber
		}
		if !slices.ContainsFunc(shapes, func(s *shape) bool {
			values := b.closedValues(s.propIndex[p.name])
			for _, v := range values {
				if seen[v.lit.Text] || v.lit.Kind != kind || kind == ir.LitNumber && strings.ContainsAny(v.lit.Text, ".eE") {
					return true
				}
				seen[v.lit.Text] = true
			}
			return len(values) == 0 || !s.requires[p.name]
		}) {
			return p.name
		}
	}
	return ""
}

// closedValues returns the closed list of values of a property, if it has one.
func (b *builder) closedValues(p *property) []value {
	if p == nil {
		return nil
	}
	values, _ := b.valuesAndNull(p)
	return values
}

// valuesAndNull is closedValues, and tells whether null is allowed besides.
func (b *builder) valuesAndNull(p *property) (values []value, nullable bool) {
	if s := b.shapeOfAll(p.places); s.hasValues { // alternatives beside them allow no others
		return s.values, s.null == nullAllowed
	}
	return nil, false
}

// matchOf tells how to recognise a shape in JSON.
func (b *builder) matchOf(s *shape) ir.Match {
	accepted := b.allKinds(s)
	if s.quoted {
		accepted |= kindString
	}
	m := ir.Match{Kinds: accepted.names()}
	described := s
	if s.kinds == kindArray && len(s.items) > 0 {
		described = b.shapeOfAll(s.items) // lists are told apart by their items
	}
	m.Required = described.required
	if len(described.groups) > 0 && len(described.props) == 0 {
		names := map[string]bool{}
		b.groupNames(described, names, map[*shape]bool{})
		m.Known = slices.Sorted(maps.Keys(names))
	}
	for _, p := range described.props {
		m.Known = append(m.Known, p.name)
		if values, nullable := b.valuesAndNull(p); len(values) > 0 {
			m.Consts = append(m.Consts, ir.ConstProperty{Name: p.name, Values: literals(values), Nullable: nullable})
		}
	}
	for _, p := range described.props { // after those of the object itself
		m.Consts = append(m.Consts, b.innerConsts(p)...)
	}
	if s.hasValues {
		m.Values = literals(s.values)
	}
	return m
}

// innerConsts returns the properties of a property, or of the items of its
// list, that have closed lists of values.
func (b *builder) innerConsts(p *property) (all []ir.ConstProperty) {
	s := b.shapeOfAll(p.places)
	if s.kinds == kindArray && len(s.items) > 0 {
		s = b.shapeOfAll(s.items)
	}
	if s.kinds != kindObject {
		return nil
	}
	for _, q := range s.props {
		if values, nullable := b.valuesAndNull(q); len(values) > 0 {
			all = append(all, ir.ConstProperty{Name: p.name, Inner: q.name, Values: literals(values), Nullable: nullable})
		}
	}
	return all
}

// allKinds returns the kinds that a shape allows, those of its alternatives
// included; 0 when nothing tells them.
func (b *builder) allKinds(s *shape) kinds {
	if s.kinds != 0 || len(s.groups) == 0 {
		return s.kinds
	}
	if all := b.possibleKinds(s, map[*shape]kinds{}); all != kindAny {
		return all
	}
	return 0
}

// scalarUnion handles alternatives that are all scalars of one kind: constants
// become an enum, an enum beside a free string an open enum, and strings that
// differ only in format a string. It reports whether it did.
func (b *builder) scalarUnion(u *use, s *shape, variants []variant, l label) bool {
	var all kinds
	var values []value
	listed, formats := 0, map[string]bool{}
	for _, v := range variants {
		if len(v.shape.groups) > 0 || v.shape.kinds == 0 || v.shape.goType != nil || v.shape.conflict != "" {
			return false
		}
		all |= v.shape.kinds
		formats[v.shape.format] = true
		if v.shape.hasValues {
			listed++
			values = append(values, titled(v)...)
		}
	}
	if all.only(kindInt | kindNumber) {
		all &^= kindInt
		if all == 0 {
			all = kindInt
		}
	}
	if all != kindString && all != kindInt && all != kindNumber && all != kindBool {
		return false
	}
	c := newShape(s.node)
	c.kinds, c.null = all, s.null
	if len(formats) == 1 {
		c.format = variants[0].shape.format
	}
	switch {
	case listed == len(variants):
		c.values, c.hasValues = unique(values), true
		b.enum(u, c, l)
		return true
	case listed > 0 && all != kindBool:
		base := ir.String
		if all != kindString {
			base = b.primOf(c).Kind
		}
		u.typ = b.declareEnum(s.node, unique(values), base, b.opts.Enums.open(true), l, u.note)
		return true
	}
	u.typ = b.primOf(c)
	if l.claimed {
		b.alias(u, s.node, l)
	}
	return true
}

// titled returns the values of an alternative, named by its title where it is
// a single constant.
func titled(v variant) []value {
	if len(v.shape.values) != 1 {
		return v.shape.values
	}
	only := v.shape.values[0]
	sch := v.shape.schema
	if words := naming.Words(sch.Title); only.name == "" && sch.Title != "" && len(words) < 6 {
		only.name = sch.Title
	}
	if only.doc == "" && (sch.Description != "" || only.name != sch.Title) {
		only.doc = docOf(sch)
	}
	return []value{only}
}

// unique leaves out values listed before.
func unique(values []value) []value {
	seen := map[ir.Literal]bool{}
	return slices.DeleteFunc(slices.Clone(values), func(v value) bool {
		was := seen[v.lit]
		seen[v.lit] = true
		return was
	})
}
