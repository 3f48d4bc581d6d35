package build

import (
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// object makes a struct, or a map when no property is known.
func (b *builder) object(u *use, s *shape, l label) {
	if len(s.props) == 0 && !s.closed && len(s.required) == 0 {
		b.mapping(u, s, l)
		return
	}
	st := &ir.Struct{Decl: b.decl(s.node, l, u.note), Closed: s.closed, Constraint: limitsFor(s.limits, kindObject)}
	b.api.Types = append(b.api.Types, st)
	b.origins[st] = s.sources
	u.typ = st
	b.defer_(func() { b.fields(st, s) })
}

// mapping makes a map of what the schema allows as other properties.
func (b *builder) mapping(u *use, s *shape, l label) {
	m := &ir.Map{Elem: ir.Elem{Type: &ir.Any{}}}
	u.typ, u.limits = m, limitsFor(s.limits, kindObject)
	if p := s.rest(); p != nil {
		b.defer_(func() { b.fill(nest{m, &m.Elem, u, s, l}, b.useOf(*p, l.name+"Value")) })
	}
	b.reportMixed(s)
	if l.claimed {
		b.alias(u, s.node, l)
	}
}

// rest returns the one schema that all properties without a field share; nil
// when there is none or when they differ. A map of one pattern is meant to have
// such properties alone; beside properties that have fields, others may come.
func (s *shape) rest() *place {
	switch {
	case s.additional != nil && len(s.patterns) == 0:
		return s.additional
	case s.additional == nil && len(s.patterns) == 1 && !s.open && (len(s.props) == 0 || s.matched()):
		return &s.patterns[0]
	}
	return nil
}

// matched reports whether all properties without a field match the one pattern.
func (s *shape) matched() bool {
	switch strings.TrimSuffix(strings.TrimPrefix(diag.LastToken(s.patterns[0].ptr), "^"), "$") {
	case "", ".*", ".+", "(.*)": // the last one is TypeBox's
		return true
	}
	return s.closed
}

// reportMixed reports properties whose type depends on their name.
func (b *builder) reportMixed(s *shape) {
	switch {
	case len(s.patterns) == 0:
	case s.rest() == nil:
		b.warnOnce(s.ptr, "mixed-properties", "the type of properties without a field depends on their name; they are of type any")
	case !s.matched():
		b.warnOnce(s.ptr, "mixed-properties", "the document does not say what properties are that do not match the pattern; they are taken for the same type")
	}
}

// fields fills in a struct.
func (b *builder) fields(st *ir.Struct, s *shape) {
	var scope naming.Scope
	scope.Reserve("MarshalJSON", "UnmarshalJSON", "Validate")
	b.reportMixed(s)
	if p := s.rest(); p != nil {
		e := b.elem(b.useOf(*p, st.GoName+"Value"))
		st.Additional = &e
	} else if s.open || s.additional != nil || len(s.patterns) > 0 {
		st.Additional = &ir.Elem{Type: &ir.Any{}}
	} else if b.opts.KeepUnknown && !s.closed {
		st.Additional = &ir.Elem{Type: &ir.Any{}}
	}
	if st.Additional != nil {
		scope.Reserve("AdditionalProperties")
	}
	asked := b.addConditional(s, s, map[*shape]bool{s: true})
	switch {
	case st.Additional == nil:
		b.addUndeclared(s, asked)
	case s.additional != nil:
		b.addUndeclared(s, nil) // the others are among the rest
	}
	for _, p := range s.props {
		b.hold(&scope, fieldOrigin(st, p))
	}
	for _, p := range s.props {
		st.Fields = append(st.Fields, b.field(st, s, p, &scope))
	}
}

func fieldOrigin(st *ir.Struct, p *property) ir.Origin {
	return ir.Origin{Pointer: st.Origin, Part: ir.PartField, Key: p.name}
}

// field makes the field of a property.
func (b *builder) field(st *ir.Struct, s *shape, p *property, scope *naming.Scope) *ir.Field {
	at := p.places[0]
	want := ""
	for _, place := range p.places {
		if place.ref != nil && want == "" {
			want = b.goName(extensionsAt(place), place.ptr)
		}
	}
	ordered := want != ""
	if !ordered {
		want = b.names.Exported(p.name)
	}
	u := b.useOfProperty(p, st.GoName+want, join(st.Origin, "properties", p.name))
	o := fieldOrigin(st, p)
	name := b.takeFor(scope, o, ordered, want, want+"Field")
	if name != want && !b.settled(o, name, ordered) {
		b.warnf(at.ptr, "name-taken", "the field name %s is taken in %s; %s is used instead"+chooseName, want, st.GoName, name)
	}
	f := &ir.Field{
		GoName: name, WireName: p.name, Doc: u.doc, Deprecated: u.deprecated, Pos: pos(at.ptr),
		Type: u.typ, Required: s.requires[p.name] && (at.ref != nil || len(p.places) > 1), Nullable: u.nullable,
		ReadOnly: u.readOnly, WriteOnly: u.writeOnly, Sensitive: u.sensitive,
		Default: u.deflt, Constraint: u.limits,
	}
	if p.conditional || p.alternative { // the schemas decide
		f.Constraint, u.konst = nil, nil
	}
	if f.Required && !f.Nullable {
		f.Const, f.Listed = u.konst, u.listed
	}
	if b.xml && at.ref != nil && !p.free {
		b.xmlForms[f] = b.xmlForm(p)
	}
	return f
}

// extensionsAt returns the extensions written at a place itself: those of an
// inline schema, not those of what a reference means.
func extensionsAt(p place) map[string]any {
	if p.ref.Ref != "" {
		return p.ref.Extensions
	}
	return p.ref.Value.Extensions
}
