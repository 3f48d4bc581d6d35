package build

import (
	"slices"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// variant is an alternative of a union before it has a Go type.
type variant struct {
	// at is the schema as the document lists it; ptr the one it refers to.
	at  place
	ptr string
	// shape is what the alternative amounts to, with what stands beside the
	// oneOf merged in.
	shape *shape
	// merged means that the shape is more than what at says.
	merged bool
}

// simplify settles what the oneOf and anyOf of a shape come down to: null
// becomes nullable, a single alternative is merged in, alternatives that only
// limit are left to validation.
func (b *builder) simplify(s *shape) {
	if s.kinds == 0 {
		s.kinds = b.impliedKinds(s)
	}
	for again := true; again; {
		again = false
		groups := s.groups
		s.groups = nil
		for _, g := range groups {
			again = b.simplifyGroup(s, g) || again
		}
	}
}

// simplifyGroup puts g back into s.groups if it stays; it reports whether
// something was merged that may have brought groups of its own.
func (b *builder) simplifyGroup(s *shape, g group) bool {
	b.groupNull(s, g)
	var kept []place
	seen := map[string]bool{}
	limiting, impossible, anything := 0, 0, false
	vague := kinds(0) // of the alternatives that are nothing but a type
	for _, p := range g.places {
		n := b.follow(p)
		switch {
		case b.isNull(n):
			continue
		case seen[n.ptr] || n.ptr == s.ptr:
			continue
		case s.kinds != 0 && !b.possible(s, n):
			impossible++ // with what stands beside
			continue
		case !structural(n.schema):
			anything = true
		case b.onlyLimits(s, n):
			limiting++
		case n.schema.Type != nil && !structuralBeside(n.schema) && len(n.schema.AllOf)+len(n.schema.OneOf)+len(n.schema.AnyOf) == 0:
			vague |= typeKinds(n.schema)
			if k := typeKinds(n.schema) &^ kindNull; s.kinds == k {
				anything = true // what stands beside says it already
			}
		}
		seen[n.ptr] = true
		kept = append(kept, p)
	}
	switch {
	case len(kept) == 0:
		if impossible > 0 {
			s.conflict, s.conflictPtr = "type", g.ptr
		}
		if s.kinds == 0 {
			s.kinds = kindNull
		}
	case anything:
	case limiting == len(kept): // for the schema to check
		s.conditional = append(s.conditional, condition{places: kept})
	case vague != 0 && onlyTypes(b, kept):
		before := s.kinds
		s.kinds, s.exclusive = b.meetKinds(s, node{ptr: g.ptr}, vague&^kindNull), g.exclusive
		for _, p := range kept {
			set(&s.listed, typeKinds(b.follow(p).schema), p.ptr)
		}
		return s.kinds != before && len(s.groups) > 0 // alternatives of other groups may be impossible now
	case len(kept) == 1 && !g.growing:
		nullable := s.null
		only := b.follow(kept[0])
		b.collect(s, only, &schemaSet{})
		if len(s.values) == 1 && only.schema.Const != nil {
			s.values = titled(variant{shape: &shape{node: only, values: s.values}}) // as one of several is
		}
		if nullable == nullAllowed {
			s.null = nullAllowed
		}
		return true
	default:
		g.places = kept
		s.groups = append(s.groups, g)
	}
	return false
}

// possible reports whether an alternative can hold for a value of the kinds of s.
func (b *builder) possible(s *shape, n node) bool {
	k := b.shapeOf(n).kinds
	return k == 0 || wide(k)&wide(s.kinds) != 0
}

// onlyTypes reports whether every alternative is nothing but a type without
// limits, several of which are a list of types.
func onlyTypes(b *builder, places []place) bool {
	for _, p := range places {
		s := b.follow(p).schema
		if p.ref.Ref != "" || s.Type == nil || structuralBeside(s) || len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) > 0 {
			return false
		}
	}
	return true
}

// onlyLimits reports whether an alternative adds no form of its own to s, as
// in oneOf: [{required: [a]}, {required: [b]}].
func (b *builder) onlyLimits(s *shape, n node) bool {
	sch := n.schema
	if len(sch.Properties) > 0 || len(sch.AllOf)+len(sch.OneOf)+len(sch.AnyOf) > 0 || sch.Items != nil ||
		sch.Format != "" || len(sch.Enum) > 0 || sch.Const != nil || sch.AdditionalProperties.Schema != nil || len(sch.PatternProperties) > 0 {
		return false
	}
	k := typeKinds(sch) &^ kindNull
	if k == 0 {
		return len(sch.Required) > 0 || sch.Pattern != "" || sch.MinLength > 0 || sch.MaxLength != nil ||
			sch.MinProps > 0 || sch.MaxProps != nil || sch.MinItems > 0 || sch.MaxItems != nil || sch.Min != nil || sch.Max != nil
	}
	return k == s.kinds && (len(s.props) > 0 || k != kindObject)
}

// groupVariants returns the alternatives of a shape. Of several groups only
// the product would be exact; it is left to the caller by flattening.
func (b *builder) groupVariants(s *shape) []variant {
	base := s.withoutGroups()
	var out []variant
	for _, p := range s.groups[0].places {
		n := b.follow(p)
		v := variant{at: p, ptr: n.ptr, shape: b.shapeOf(n)}
		if base != nil && !b.within(base, v.shape) {
			v.shape, v.merged = b.extend(base, p), true
		}
		out = append(out, v)
	}
	return out
}

// withoutGroups returns what stands beside the groups of a shape, or nil when
// that is nothing.
func (s *shape) withoutGroups() *shape {
	if len(s.props) == 0 && len(s.required) == 0 && s.additional == nil && !s.varied && len(s.patterns) == 0 &&
		len(s.items) == 0 && limitsFor(s.limits, s.kinds) == nil {
		return nil
	}
	c := *s
	c.groups, c.discrim, c.closing = nil, nil, nil
	c.sources = nil
	for _, src := range s.sources {
		c.sources = append(c.sources, source{src.node, true})
	}
	c.props = nil
	c.propIndex = map[string]*property{}
	for _, p := range s.props {
		q := &property{name: p.name, places: append([]place(nil), p.places...)}
		c.props = append(c.props, q)
		c.propIndex[p.name] = q
	}
	c.required = append([]string(nil), s.required...)
	c.requires = map[string]bool{}
	for _, name := range s.required {
		c.requires[name] = true
	}
	return &c
}

// within reports whether v says already all that s says: an annotation of a
// property says nothing about its type.
func (b *builder) within(s, v *shape) bool {
	annotated := func(at place) bool { return !structural(b.follow(at).schema) }
	for _, p := range s.props {
		own := v.propIndex[p.name]
		if own == nil || !slices.ContainsFunc(p.places, annotated) && slices.ContainsFunc(own.places, annotated) {
			return false
		}
	}
	for _, name := range s.required {
		if !v.requires[name] {
			return false
		}
	}
	return s.additional == nil && !s.varied && len(s.patterns) == 0 && len(s.items) == 0
}

// extend merges an alternative into a copy of what stands beside it.
func (b *builder) extend(base *shape, p place) *shape {
	c := base.withoutGroups()
	n, closed := b.follow(p), c.closed
	c.node = n
	c.null = nullUnsaid
	c.sources = append(c.sources, source{node: n})
	b.collect(c, n, &schemaSet{})
	b.simplify(c)
	c.closed, c.closing = closed, nil // the schema checks what an alternative forbids
	b.finish(c)
	return c
}

// kindVariants returns the alternatives of a list of types.
func kindVariants(s *shape) []variant {
	var out []variant
	for _, k := range []kinds{kindObject, kindArray, kindString, kindInt, kindNumber, kindBool} {
		if s.kinds&k == 0 || (k == kindInt && s.kinds&kindNumber != 0) {
			continue
		}
		c := *s
		c.kinds, c.groups, c.null = k, nil, nullRefused
		if k != kindString {
			c.format = ""
		}
		at := s.ptr
		if ptr := s.listed[k]; ptr != "" {
			at = ptr // it may become more than a type
		}
		out = append(out, variant{at: place{ptr: at}, shape: &c, merged: true})
	}
	return out
}

// union makes the type of one of several alternatives: a scalar where all of
// them are alike, else a sealed union.
func (b *builder) union(u *use, s *shape, variants []variant, l label) {
	if len(s.groups) > 1 {
		b.flatten(u, s, l)
		return
	}
	if b.scalarUnion(u, s, variants, l) {
		return
	}
	b.declareUnion(u, s, variants, l, s.exclusive || len(s.groups) > 0 && s.groups[0].exclusive)
}

// declareUnion declares a union, to be filled in later.
func (b *builder) declareUnion(u *use, s *shape, variants []variant, l label, exclusive bool) {
	un := &ir.Union{Decl: b.decl(s.node, l, u.note), Exclusive: exclusive, Nullable: s.null == nullAllowed}
	un.InterfaceName = b.take(&b.scope, ir.Origin{Pointer: un.Origin, Part: ir.PartInterface}, un.GoName+"Variant")
	un.UnknownName = b.take(&b.scope, ir.Origin{Pointer: un.Origin, Part: ir.PartUnknown}, un.GoName+"Unknown")
	b.api.Types = append(b.api.Types, un)
	b.origins[un] = s.sources
	u.typ = un
	b.defer_(func() { b.variants(un, s, variants) })
}

// member is the schemas that a variant of a union was made of.
type member struct {
	variant int // index in Union.Variants
	shape   *shape
	sources []source
	merged  bool // what stands beside the alternatives is among them
}

// variants fills in a union.
func (b *builder) variants(un *ir.Union, s *shape, variants []variant) {
	at := map[string]int{} // alternative's pointer -> index in un.Variants
	var shapes []*shape
	words := b.variantWords(variants)
	for i, v := range variants {
		name := un.GoName + words[i]
		if v.ptr == s.ptr && v.merged && len(b.inherits[s.ptr]) > 0 {
			name = un.GoName + "Base"
		}
		origin := b.variantOrigin(un, v, i)
		u := b.variantUse(v, label{name: name, origin: origin})
		if u == nil {
			continue
		}
		out := &ir.Variant{Type: u.typ, Doc: u.doc, Pos: pos(v.at.ptr), Constraint: u.limits}
		direct := directVariant(u.typ)
		if direct == ir.Type(un) {
			continue // a union that lists itself adds nothing
		}
		if direct != nil {
			out.Type = direct
			if j, ok := sameVariant(un, direct); ok {
				at[v.ptr] = j
				continue
			}
		} else {
			out.WrapperName = b.take(&b.scope, ir.Origin{Pointer: origin, Part: ir.PartVariant}, shorten(name))
		}
		out.Match = b.matchOf(v.shape)
		at[v.ptr] = len(un.Variants)
		b.members[un] = append(b.members[un], member{len(un.Variants), v.shape, v.shape.sources, v.merged})
		un.Variants = append(un.Variants, out)
		shapes = append(shapes, v.shape)
	}
	b.discriminate(un, s, at, shapes)
	b.last = append(b.last, func() { b.several(un) })
}

// variantUse resolves the type of an alternative.
func (b *builder) variantUse(v variant, l label) *use {
	if !v.merged {
		return b.useOf(v.at, l.name)
	}
	u := &use{note: b.noteOf(v.shape.node)}
	b.define(u, v.shape, l)
	return u
}

// directVariant returns the declared type that a variant can be without a
// wrapper, or nil.
func directVariant(t ir.Type) ir.Type {
	for {
		switch x := t.(type) {
		case *ir.Struct, *ir.Union, *ir.Enum:
			return t
		case *ir.Alias:
			t = x.Target
		default:
			return nil
		}
	}
}

func sameVariant(un *ir.Union, t ir.Type) (int, bool) {
	for i, v := range un.Variants {
		if v.Type == t && v.WrapperName == "" {
			return i, true
		}
	}
	return 0, false
}
