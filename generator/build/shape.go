package build

import (
	"cmp"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// kinds is a set of JSON kinds.
type kinds uint8

const (
	kindNull kinds = 1 << iota
	kindBool
	kindInt
	kindNumber // numbers that need not be integers; includes kindInt when set alone
	kindString
	kindArray
	kindObject
	kindScalar = kindBool | kindInt | kindNumber | kindString
	kindAny    = kindScalar | kindArray | kindObject // but null
)

// only reports whether k has members, all of them in of.
func (k kinds) only(of kinds) bool { return k != 0 && k&^of == 0 }

// nullness tells whether a schema speaks of null.
type nullness uint8

const (
	nullUnsaid  nullness = iota // no type: says nothing
	nullRefused                 // a type without null
	nullAllowed                 // nullable, type null, or null among the values
)

// property is a property of a shape. allOf may define it several times.
type property struct {
	name   string
	places []place
	// conditional properties are described for some values only.
	conditional bool
	// free properties may be anything: the value tells what describes them.
	free bool
	// alternative properties are described by alternatives, of which one holds.
	alternative bool
}

// group is a oneOf or anyOf.
type group struct {
	places    []place
	exclusive bool
	// growing says that it stays a group with a single alternative.
	growing bool
	ptr     string
}

// shape is a schema with its allOf parts merged in: what it says, one level
// deep, free of how it was put together.
type shape struct {
	node
	// sources are the schemas that were merged, those in allOf aside.
	sources    []source
	kinds      kinds // 0 when no type is given
	quoted     bool  // of a number, which may also be a string that holds one
	null       nullness
	nullMet    bool // null is settled for several schemas side by side
	format     string
	values     []value // enum or const, without null
	hasValues  bool
	extensible bool // values may be others than those listed (x-extensible-enum)
	props      []*property
	propIndex  map[string]*property
	required   []string
	requires   map[string]bool
	closed     bool // there are no properties that no part describes
	// closing are the parts with additionalProperties: false, of which the schema itself may be one.
	closing      []node
	closedItself bool
	additional   *place // schema of other properties
	open         bool   // other properties were allowed explicitly
	varied       bool   // they are described, but only the value tells which they are
	patterns     []place
	items        []place
	prefix       []place
	groups       []group
	// listed are the pointers of alternatives that are nothing but a type; exclusive means that
	// these are of oneOf.
	listed    map[kinds]string
	exclusive bool
	// conditional are the schemas that hold for some values only.
	conditional []condition
	grouped     map[string]bool // groups that have been in groups, by pointer
	limits      ir.Constraint
	discrim     *openapi3.Discriminator
	discrimPtr  string
	goType      *ir.GoType
	// conflict is what allOf parts disagree about, if they do, and where.
	conflict, conflictPtr string
	parts                 int // schemas merged
	misfits               int // values left out because of their kind
}

// shapeOf returns the shape of a node, collecting it once.
func (b *builder) shapeOf(n node) *shape {
	if s := b.shapes[n.ptr]; s != nil {
		return s
	}
	s := newShape(n)
	b.shapes[n.ptr] = s // before collecting: a cycle sees what there is so far
	s.sources = []source{{node: n}}
	b.collect(s, n, &schemaSet{})
	b.simplify(s)
	b.finish(s)
	b.reportContradiction(s, s.ptr)
	return s
}

// shapeOfAll merges several places, as allOf does.
func (b *builder) shapeOfAll(places []place) *shape {
	if len(places) == 1 {
		return b.shapeOf(b.follow(places[0]))
	}
	first := b.follow(places[0])
	s := newShape(node{schema: first.schema, ptr: places[0].ptr})
	seen := &schemaSet{}
	for _, p := range places {
		s.sources = append(s.sources, source{node: b.follow(p)})
		b.collect(s, b.follow(p), seen)
	}
	b.simplify(s)
	b.finish(s)
	b.meetNull(s, places)
	return s
}

func newShape(n node) *shape {
	return &shape{node: n}
}

// set sets the value of a key in a map, which is made when it is first needed:
// there are very many shapes, most of them of scalars.
func set[K comparable, V any](m *map[K]V, key K, value V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = value
}

// schemaSet holds schemas that have been merged. All references to a schema
// share it.
type schemaSet struct {
	first  *openapi3.Schema
	others map[*openapi3.Schema]bool
}

// add adds a schema; false if it is in the set already.
func (s *schemaSet) add(sch *openapi3.Schema) bool {
	switch {
	case s.first == nil:
		s.first = sch
	case s.first == sch || s.others[sch]:
		return false
	default:
		set(&s.others, sch, true)
	}
	return true
}

// collect merges the schema n and, recursively, its allOf parts into s.
func (b *builder) collect(s *shape, n node, seen *schemaSet) {
	if target := b.target(n); target.ptr != n.ptr {
		s.parts++ // a component that is a reference wraps another
		n = target
	}
	if !seen.add(n.schema) {
		return
	}
	s.parts++
	b.reportUnchecked(n)
	b.collectScalars(s, n)
	b.collectObject(s, n)
	sch := n.schema
	if sch.Items != nil {
		s.items = append(s.items, place{sch.Items, join(n.ptr, "items")})
	}
	for i, ref := range sch.PrefixItems {
		if i >= len(s.prefix) {
			s.prefix = append(s.prefix, place{ref, index(join(n.ptr, "prefixItems"), i)})
		}
	}
	b.collectConditional(s, n)
	b.collectGroup(s, n, "oneOf", sch.OneOf)
	b.collectGroup(s, n, "anyOf", sch.AnyOf)
	for _, part := range b.outlineOf(n).parts {
		if part.node.ptr == s.ptr {
			b.warnOnce(part.ptr, "cyclic-schema", "allOf includes the schema that it is a part of; this part is ignored")
		}
		b.collect(s, part.node, seen)
	}
}

// collectGroup adds the alternatives of a keyword. Like its callers, it makes
// no pointer for what is not there: a chain of allOf comes by here very often.
func (b *builder) collectGroup(s *shape, n node, keyword string, refs openapi3.SchemaRefs) {
	if len(refs) == 0 {
		return
	}
	ptr := join(n.ptr, keyword)
	if s.grouped[ptr] {
		return // included twice, or by itself
	}
	// A base that lists the schemas which extend it is not a union for those
	// themselves.
	if s.parts > 1 && b.listedBy(ptr, refs)[s.ptr] {
		return
	}
	g := group{exclusive: keyword == "oneOf", growing: b.growing(n), ptr: ptr}
	for i, ref := range refs {
		g.places = append(g.places, place{ref, index(ptr, i)})
	}
	s.groups = append(s.groups, g)
	set(&s.grouped, ptr, true)
}

// collectScalars merges types, null, format, values and limits.
func (b *builder) collectScalars(s *shape, n node) {
	sch := n.schema
	own := typeKinds(sch)
	ownNull := nullUnsaid
	switch {
	case sch.Nullable || own&kindNull != 0:
		ownNull = nullAllowed
	case own != 0:
		ownNull = nullRefused
	}
	own &^= kindNull
	if own != 0 {
		s.kinds = b.meetKinds(s, n, own)
	}
	b.collectValues(s, n, &ownNull)
	// The outermost word on null counts: a wrapper that allows null around a
	// schema that does not is how OpenAPI 3.0 writes a nullable reference.
	if ownNull == nullAllowed && s.parts == 1 {
		s.null = nullAllowed
	} else if s.null != nullAllowed || s.parts == 1 {
		switch {
		case ownNull == nullRefused:
			s.null = nullRefused
		case ownNull == nullAllowed && s.null == nullUnsaid:
			s.null = nullAllowed
		}
	}
	switch {
	case s.format == "":
		s.format = sch.Format
	case sch.Format != "" && sch.Format != s.format:
		b.warnOnce(join(n.ptr, "format"), "allof-conflict", "the parts of allOf disagree about the format: %.40q here, %.40q elsewhere", sch.Format, s.format)
	}
	if s.discrim == nil && sch.Discriminator != nil && sch.Discriminator.PropertyName != "" {
		s.discrim, s.discrimPtr = sch.Discriminator, join(n.ptr, "discriminator")
	}
	if s.parts == 1 {
		s.goType = b.goType(sch, n.ptr)
	}
	b.collectLimits(&s.limits, n)
}

// meetKinds intersects the kinds of s with those of n; an empty meeting is a
// conflict.
func (b *builder) meetKinds(s *shape, n node, own kinds) kinds {
	if s.kinds == 0 {
		return own
	}
	met := wide(s.kinds) & wide(own)
	if met == kindNumber|kindInt {
		met = kindNumber
	}
	if met == 0 {
		// The later part is the one that was written with this place in mind.
		s.conflict, s.conflictPtr = "type", n.ptr
		return own
	}
	return met
}

// typeKinds returns the kinds that the type keyword lists.
func typeKinds(sch *openapi3.Schema) kinds {
	if sch.Type == nil {
		return 0
	}
	var k kinds
	for _, name := range *sch.Type {
		switch name {
		case "null":
			k |= kindNull
		case "boolean":
			k |= kindBool
		case "integer":
			k |= kindInt
		case "number":
			k |= kindNumber
		case "string":
			k |= kindString
		case "array":
			k |= kindArray
		case "object":
			k |= kindObject
		}
	}
	return k
}

// collectObject merges properties, required names and additional properties.
func (b *builder) collectObject(s *shape, n node) {
	sch := n.schema
	for _, own := range b.outlineOf(n).properties {
		if p := s.propIndex[own.name]; p != nil {
			p.places = append(p.places, own.at)
			continue
		}
		p := &property{name: own.name, places: []place{own.at}}
		set(&s.propIndex, own.name, p)
		s.props = append(s.props, p)
	}
	for _, name := range sch.Required {
		if !s.requires[name] {
			set(&s.requires, name, true)
			s.required = append(s.required, name)
		}
	}
	ap := sch.AdditionalProperties
	switch {
	case ap.Schema != nil && s.additional == nil:
		s.additional = &place{ap.Schema, join(n.ptr, "additionalProperties")}
	case ap.Has != nil && *ap.Has:
		s.open = true
	case ap.Has != nil:
		s.closed, s.closedItself = true, s.closedItself || s.parts == 1
		s.closing = append(s.closing, n)
	}
	if u := sch.UnevaluatedProperties; given(u) && !given(ap) && s.additional == nil {
		b.collectUnevaluated(s, n, s.parts == 1 && b.plainObject(n))
	}
	if len(sch.PatternProperties) > 0 {
		ptr := join(n.ptr, "patternProperties")
		for _, name := range ordered(b, ptr, sch.PatternProperties) {
			s.patterns = append(s.patterns, place{sch.PatternProperties[name], join(ptr, name)})
		}
	}
}

// collectUnevaluated merges what holds for properties that nothing else speaks
// of. Where only the value tells which these are, those without a field may be
// anything.
func (b *builder) collectUnevaluated(s *shape, n node, plain bool) {
	u := n.schema.UnevaluatedProperties
	switch {
	case u.Schema == nil:
		s.closedItself = s.closedItself || plain && u.Has != nil && !*u.Has
		s.closed = s.closed || s.closedItself
	case plain:
		s.additional = &place{u.Schema, join(n.ptr, "unevaluatedProperties")}
	default:
		s.open, s.varied = true, true
	}
}

// finish draws what the keywords imply once everything is merged.
func (b *builder) finish(s *shape) {
	s.closed = s.closed && !s.open && s.additional == nil
	b.reportClosing(s)
	if s.kinds == 0 {
		s.kinds = b.impliedKinds(s)
	} else if s.hasValues {
		all := len(s.values)
		s.values = fitValues(s.values, s.kinds)
		if s.misfits = all - len(s.values); len(s.values) == 0 {
			b.warnOnce(s.ptr, "enum-type", "no value of the enum has the declared type; the enum is ignored")
			s.hasValues = false
		}
	}
	s.values = distinct(s.values)
	number := s.kinds &^ kindString
	if numberFormat(s.format) != 0 && number != s.kinds && number.only(kindInt|kindNumber) && !s.hasValues && len(s.groups) == 0 {
		s.kinds, s.quoted = cmp.Or(number&kindNumber, number), true
	}
}

// reportClosing reports additionalProperties: false beside which other parts
// describe properties: that it forbids these as well is hardly meant.
func (b *builder) reportClosing(s *shape) {
	for _, n := range s.closing {
		i := slices.IndexFunc(s.props, func(p *property) bool { return n.schema.Properties[p.name] == nil })
		switch {
		case s.open || s.additional != nil:
			b.warnOnce(join(n.ptr, "additionalProperties"), "closed-part", "another part of the schema allows other properties; so does the whole")
		case i >= 0 && len(n.schema.PatternProperties) == 0:
			b.warnOnce(join(n.ptr, "additionalProperties"), "closed-part",
				"false forbids %.60q, which another part of the schema describes; it is taken to forbid what no part describes", s.props[i].name)
		}
	}
}

// numberFormat returns the kind of the numbers that have a format; 0 for formats of other values.
func numberFormat(format string) kinds {
	switch format {
	case "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64":
		return kindInt
	case "float", "double":
		return kindNumber
	}
	return 0
}

// impliedKinds returns the kinds that keywords other than type speak of. Strictly,
// only a list of values leaves no other.
func (b *builder) impliedKinds(s *shape) kinds {
	l := &s.limits
	switch {
	case s.hasValues:
		var k kinds
		for _, v := range s.values {
			k |= v.kind
		}
		if k&kindNumber != 0 {
			k &^= kindInt
		}
		return k
	case b.opts.ExactTypes || s.parts == 1 && b.alternativeTypes(s):
		return 0
	case len(s.props) > 0 || s.additional != nil || s.closed || s.open || len(s.patterns) > 0 ||
		l.MinProperties != nil || l.MaxProperties != nil || (len(s.required) > 0 && len(s.groups) == 0):
		return kindObject
	case (len(s.items) > 0 || len(s.prefix) > 0 || l.MinItems != nil || l.MaxItems != nil || l.UniqueItems) && !b.noList(s):
		return kindArray
	case len(s.groups) > 0:
		return 0
	case l.Pattern != "" && numberFormat(s.format) != 0: // as ASP.NET writes such a number
		return numberFormat(s.format) | kindString
	case l.Pattern != "" || l.MinLength != nil || l.MaxLength != nil || stringFormat(s.format) ||
		s.schema.ContentMediaType != "" || s.schema.ContentEncoding != "":
		return kindString
	case numberFormat(s.format) != 0:
		return numberFormat(s.format)
	case l.Minimum != "" || l.Maximum != "" || l.MultipleOf != "":
		return kindNumber
	}
	return 0
}

// alternativeTypes reports whether the alternatives of s say their types, and
// these are several, so that other keywords of s speak of some of them only.
// What another part of allOf says is meant to narrow them down.
func (b *builder) alternativeTypes(s *shape) bool {
	var all kinds
	for _, g := range s.groups {
		for _, p := range g.places {
			own := typeKinds(b.follow(p).schema) &^ kindNull
			if own == 0 {
				return false
			}
			all |= own
		}
	}
	return all&(all-1) != 0
}

// stringFormat reports whether a format without a type means a string.
func stringFormat(format string) bool {
	switch format {
	case "date-time", "date", "time", "uuid", "uri", "email", "byte", "binary", "hostname", "ipv4", "ipv6", "password", "url":
		return true
	}
	return false
}
