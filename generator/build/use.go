package build

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// use is what a schema means to the place that uses it.
type use struct {
	typ      ir.Type // nil while the schema is being resolved
	nullable bool
	limits   *ir.Constraint
	konst    *ir.Literal // the only value, if there is just one
	listed   bool        // the document lists the values
	note
}

// label is the Go name that a schema gets if it needs a declaration.
type label struct {
	name string
	// claimed names are taken already, as those of components are.
	claimed bool
	// origin is that of the declaration, where it is not the schema's own.
	origin string
}

// useOf resolves the schema at a place; inline schemas that need a
// declaration are called name.
func (b *builder) useOf(p place, name string) *use {
	return b.useNode(b.follow(p), p.ptr, name)
}

// useNode resolves a node that is used at a pointer.
func (b *builder) useNode(n node, from, name string) *use {
	if u := b.uses[n.ptr]; u != nil {
		if u.typ == nil {
			b.warnf(from, "cyclic-schema", "the schema consists of itself only; any value is accepted here")
			return &use{typ: &ir.Any{}}
		}
		return u
	}
	u := &use{}
	b.uses[n.ptr] = u
	if claimed, ok := b.declared[n.ptr]; ok {
		b.resolve(u, n, label{name: claimed, claimed: true})
	} else {
		b.resolve(u, n, label{name: name})
	}
	return u
}

// useOfAll resolves a property that several allOf parts define; what they
// amount to together has an origin of its own.
func (b *builder) useOfAll(places []place, name, origin string) *use {
	places = b.distinct(places)
	if len(places) == 1 {
		return b.useOf(places[0], name)
	}
	last := places[len(places)-1]
	s := b.shapeOfAll(places)
	b.reportConflict(s)
	for i, p := range slices.Backward(places) {
		// A later definition that only repeats or narrows keeps its named type, as a hand-written
		// override would; and what it narrows by else keeps the type of an enum.
		own, isLast := b.shapeOf(b.follow(p)), i == len(places)-1
		if isLast && s.conflict != "" || own.forms(s) && (isLast && (own.says(s) || !s.merges()) || s.hasValues) {
			u := b.narrowed(b.useOf(p, name), s, last.ptr)
			if s.nullMet {
				u = u.orNull(s.null == nullAllowed)
			}
			return u
		}
	}
	key := mergedKey(b, places)
	if u := b.uses[key]; u != nil && u.typ != nil {
		return u
	}
	b.reportContradiction(s, last.ptr)
	u := &use{note: b.noteOf(b.follow(last))}
	b.uses[key] = u
	b.define(u, s, label{name: name, origin: origin})
	return u
}

// orNull returns u with or without null.
func (u *use) orNull(nullable bool) *use {
	if u.nullable == nullable {
		return u
	}
	other := *u
	other.nullable = nullable
	return &other
}

// annotated returns u with what all places say of a value beside its type: that it
// goes one way only, is sensitive or deprecated holds if any of them says so, and
// the last description counts.
func (b *builder) annotated(u *use, places []place) *use {
	all := *u
	for _, p := range places {
		own := b.noteOf(b.follow(p))
		all.readOnly = all.readOnly || own.readOnly
		all.writeOnly = all.writeOnly || own.writeOnly
		all.sensitive = all.sensitive || own.sensitive
		all.deprecated = cmp.Or(own.deprecated, all.deprecated)
		all.doc = cmp.Or(own.doc, all.doc)
	}
	return &all
}

// narrowed returns u with the limits of all parts of s. A type with a name
// keeps its own.
func (b *builder) narrowed(u *use, s *shape, ptr string) *use {
	p, ok := u.typ.(*ir.Prim)
	if !ok || p.Kind == ir.Custom || s.conflict != "" || s.hasValues {
		return u
	}
	if contradiction(&s.limits) != "" {
		b.warnOnce(ptr, "allof-conflict", "the parts of allOf have limits that no value meets; what stands here is used")
		return u
	}
	both := *u
	both.limits = limitsFor(s.limits, s.kinds)
	if both.limits != nil && u.limits != nil {
		both.limits.Format = u.limits.Format
	}
	return &both
}

// reportConflict reports what the parts of a shape contradict each other about.
func (b *builder) reportConflict(s *shape) {
	if s.conflict != "" {
		b.warnOnce(s.conflictPtr, "allof-conflict", "the parts of allOf disagree about %s; what stands here is used", s.conflict)
	}
}

// reportContradiction reports limits of a shape that no value meets together.
func (b *builder) reportContradiction(s *shape, ptr string) {
	if limits := contradiction(&s.limits); limits != "" {
		b.warnOnce(ptr, "no-value", "no value meets both %s; what is sent is refused", limits)
	}
}

// mergedKey identifies what several places amount to together.
func mergedKey(b *builder, places []place) string {
	var key strings.Builder
	for _, p := range places {
		key.WriteString(b.follow(p).ptr)
		key.WriteByte('\n')
	}
	return key.String()
}

// says reports whether s alone says all that the merged shape does.
func (s *shape) says(merged *shape) bool {
	return len(s.groups) == 0 && len(merged.groups) == 0 && s.kinds == merged.kinds &&
		len(s.props) == len(merged.props) && len(s.required) == len(merged.required) && len(s.items) == len(merged.items)
}

// forms reports whether s alone has the Go form of the merged shape.
func (s *shape) forms(merged *shape) bool {
	return s.kinds == merged.kinds && (s.format != "" || merged.format == "") && len(s.items) == len(merged.items) &&
		len(s.prefix) == len(merged.prefix) && len(s.patterns) == len(merged.patterns) &&
		(s.additional == nil) == (merged.additional == nil) && s.hasValues == merged.hasValues && len(s.values) == len(merged.values)
}

// merges reports whether a shape made of several schemas has structure that
// none of them need have alone.
func (s *shape) merges() bool {
	return s.kinds&kindObject != 0 && len(s.props) > 0 || len(s.groups) > 0
}

// distinct leaves out places that mean the same schema as another, and those
// that only annotate.
func (b *builder) distinct(places []place) []place {
	seen := make(map[string]bool, len(places))
	out := make([]place, 0, len(places))
	for _, p := range places {
		n := b.follow(p)
		if seen[n.ptr] || (!structural(n.schema) && len(places) > 1) {
			continue
		}
		seen[n.ptr] = true
		out = append(out, p)
	}
	if len(out) == 0 {
		return places[:1]
	}
	return out
}

// resolve finds the type of a node and stores it in u.
func (b *builder) resolve(u *use, n node, l label) {
	u.note = b.noteOf(n)
	if t := b.modelType(n.ptr); t != nil {
		if s := b.shapeOf(n); b.suits(t, s) {
			s.goType = t
			b.define(u, s, l)
			return
		}
	}
	if p, ok := b.componentRef(n.ptr); ok {
		b.resolveWrapper(u, n, p, l)
		return
	}
	if dangling(n) {
		u.typ = &ir.Any{}
		if l.claimed {
			b.alias(u, n, l)
		}
		return
	}
	if children := b.inherits[n.ptr]; len(children) > 0 {
		b.inheritanceUnion(u, n, children, l)
		return
	}
	if p, ok := b.wrapped(n); ok {
		b.resolveWrapper(u, n, p, l)
		return
	}
	b.define(u, b.shapeOf(n), l)
}

// resolveWrapper resolves a schema that is another one with annotations.
func (b *builder) resolveWrapper(u *use, n node, inner place, l label) {
	base := b.useOf(inner, l.name)
	own := u.note
	*u = *base
	u.note = own
	if own.doc == "" && !l.claimed {
		u.doc = base.doc
	}
	if own.deflt == nil {
		u.deflt = base.deflt
	}
	u.readOnly = own.readOnly || base.readOnly
	u.writeOnly = own.writeOnly || base.writeOnly
	u.sensitive = own.sensitive || base.sensitive
	if s := b.shapeOf(n); s.null == nullAllowed {
		u.nullable = true
	}
	if l.claimed {
		b.alias(u, n, l)
	}
}

// alias declares a component that is not a struct, enum or union under its
// name; u holds what it stands for.
func (b *builder) alias(u *use, n node, l label) {
	a := &ir.Alias{Decl: b.decl(n, l, u.note), Target: u.typ, Constraint: u.limits, Nullable: u.nullable}
	u.typ, u.limits = a, nil
	b.api.Types = append(b.api.Types, a)
	b.origins[a] = []source{{node: n}}
}

// decl makes the declaration of a node, claiming its name if need be.
func (b *builder) decl(n node, l label, note note) ir.Decl {
	name, origin := l.name, b.originOf(n, l)
	if !l.claimed {
		o, given := ir.Origin{Pointer: origin, Part: ir.PartType}, ""
		if !isProperty(n.ptr) { // of which it names the field
			given = b.goName(n.schema.Extensions, n.ptr)
		}
		ordered := given != ""
		if ordered {
			l.name = given
		}
		name = b.takeFor(&b.scope, o, ordered, shorten(l.name)) // inline schemas of one name are numbered
		if name != l.name && b.components[l.name] && !b.settled(o, name, ordered) {
			b.warnf(n.ptr, "name-taken", "the Go name %s is that of a component; %s is used for the schema here", l.name, name)
		}
	}
	return ir.Decl{GoName: name, Doc: note.doc, Deprecated: note.deprecated, Pos: pos(n.ptr), Origin: origin}
}

// originOf returns the origin of the declaration of a node.
func (b *builder) originOf(n node, l label) string {
	if l.origin != "" {
		return l.origin
	}
	return b.origin(n.ptr)
}

// claim takes a package-level name for a part of the node at ptr and reports
// it when it could not be had as it is. One that is ordered comes before the
// name that the part had.
func (b *builder) claim(ptr string, part ir.Part, ordered bool, name string) string {
	return b.claimOr(ptr, part, ordered, name, name+"Model")
}

// claimOr is claim with another name for when the wanted one is taken.
func (b *builder) claimOr(ptr string, part ir.Part, ordered bool, name, other string) string {
	return b.claimAt(ptr, ir.Origin{Pointer: b.origin(ptr), Part: part}, ordered, name, other)
}

// claimAt takes a package-level name for o, which is described at ptr.
func (b *builder) claimAt(ptr string, o ir.Origin, ordered bool, wanted ...string) string {
	for i := range wanted {
		wanted[i] = shorten(wanted[i])
	}
	name := wanted[0]
	got := b.takeFor(&b.scope, o, ordered, wanted...)
	if got != name && !b.settled(o, got, ordered) {
		b.warnf(ptr, "name-taken", "the Go name %s is taken; %s is used instead"+chooseName, name, got)
	}
	return got
}

// shorten bounds a name made of many parts.
func shorten(name string) string {
	if len(name) > 200 {
		return strings.ToValidUTF8(name[:200], "")
	}
	return name
}

// define finds the type of a shape and stores it in u.
func (b *builder) define(u *use, s *shape, l label) {
	u.nullable = u.nullable || s.null == nullAllowed
	b.reportConflict(s)
	switch {
	case s.goType != nil && b.suits(s.goType, s):
		b.replace(u, s)
	case s.hasValues:
		b.enum(u, s, l)
	case len(s.groups) > 0 && b.opts.ExactTypes && b.allKinds(s) == 0:
		u.typ = &ir.Any{}
	case b.wasAnything(s, l):
		b.anything(u, s, l)
	case len(s.groups) > 0:
		b.union(u, s, b.groupVariants(s), l)
	case s.kinds == kindObject:
		b.object(u, s, l)
	case s.kinds == kindArray:
		b.list(u, s, l)
	case s.kinds.only(kindScalar) && s.kinds&(s.kinds-1) == 0:
		u.typ, u.limits = b.primOf(s), limitsFor(s.limits, s.kinds)
	case s.vague() && len(s.listed) > 0:
		b.anything(u, s, l)
	case s.kinds == 0 || s.kinds == kindNull || s.vague():
		u.typ, u.limits = &ir.Any{}, nil
	default:
		b.union(u, s, kindVariants(s), l)
	}
	if _, named := u.typ.(ir.Named); !named && l.claimed {
		b.alias(u, s.node, l)
	}
}

// vague reports whether one of several kinds is an object or array that is not
// described any further; a union would only stand in the way then.
func (s *shape) vague() bool {
	return (s.kinds&kindObject != 0 && len(s.props) == 0 && s.rest() == nil) || (s.kinds&kindArray != 0 && len(s.items) == 0)
}

// primOf returns the Go form of a scalar shape.
func (b *builder) primOf(s *shape) *ir.Prim {
	p := &ir.Prim{Format: s.format, Quoted: s.quoted}
	switch s.kinds {
	case kindBool:
		p.Kind = ir.Bool
	case kindInt:
		p.Kind = intKind(s)
	case kindNumber:
		p.Kind = ir.Float64
		switch s.format {
		case "float":
			p.Kind = ir.Float32
		case "int32":
			p.Kind = ir.Int32
		case "int64", "uint64":
			p.Kind = intKind(s)
		}
	default:
		p.Kind = stringKind(s)
	}
	if p.Kind == ir.String && !b.opts.IgnoreFormats {
		s.limits.Format = s.format
	}
	return p
}

// intKind returns the Go form of an integer by its format and limits.
func intKind(s *shape) ir.PrimKind {
	low := string(s.limits.Minimum)
	least, err := strconv.ParseFloat(low, 64)
	most, _ := strconv.ParseFloat(string(s.limits.Maximum), 64) // as JavaScript rounds int64, it is not above
	switch {
	case s.format == "uint64", err == nil && least >= 0 && most > math.MaxInt64, isUnsigned(low) && !isInteger(low), least > math.MaxInt64:
		return ir.Uint64
	case s.format == "int32":
		return ir.Int32
	}
	return ir.Int64
}

// stringKind returns the Go form of a string by its format or content encoding.
func stringKind(s *shape) ir.PrimKind {
	switch s.format {
	case "date-time":
		return ir.DateTime
	case "date":
		return ir.Date
	case "uuid":
		return ir.UUID
	case "byte":
		return ir.Bytes
	case "binary":
		return ir.Binary
	}
	switch {
	case s.schema.ContentEncoding == "base64":
		return ir.Bytes
	case s.schema.ContentEncoding == "" && isBinaryType(s.schema.ContentMediaType):
		return ir.Binary
	}
	return ir.String
}

// defer_ puts off a definition until everything that it may refer to has at
// least been declared.
func (b *builder) defer_(f func()) { b.later = append(b.later, f) }
