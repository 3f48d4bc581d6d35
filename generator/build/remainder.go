package build

import (
	"encoding/json"
	"slices"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// claim is what the generated code holds of a value by itself: its Go type,
// which the decoder insists on, and the limits checked by code of their own.
type claim struct {
	typ      ir.Type
	limits   []*ir.Constraint
	nullable bool
	// chosen is set for an alternative, which may well not hold. Elsewhere a
	// schema that contradicts the type is a mistake of the document: it has
	// been reported, and the type is what counts.
	chosen bool
}

// source is a schema that a type was made of; beside leaves out its oneOf and
// anyOf, of which the type is an alternative.
type source struct {
	node   node
	beside bool
}

// remainders finds what remains of schemas to be interpreted once the Go types
// and the code that checks limits have had their say. A claim is held against
// the keywords of a schema one by one: those that it covers disappear.
type remainders struct {
	*builder
	// known tells for which schemas something remains, as far as a former
	// round has found out; a schema that contains itself asks for it. supposed
	// are those of which nothing was supposed to remain.
	known, supposed map[restKey]bool
	// wholes are components with all their keywords, rests what remains of a
	// schema for values of a type.
	wholes map[string]*ir.NamedSchema
	rests  map[restKey]*rest
	names  naming.Scope
	// said is what schemas say, by pointer.
	said map[string]*sayings
	// overlapping are the unions of which a schema decides what matches.
	overlapping map[*ir.Union]bool
	// unlimited are types found to have no limits, compared counts the pairs of
	// alternatives looked at for a union.
	unlimited map[ir.Type]bool
	compared  int
	// answers are what remains of a schema in the light of a claim, shared those
	// that roots have.
	answers map[answerKey]*ir.Schema
	shared  map[answerKey]*ir.NamedSchema
	// values are the texts of the values of enums, fields those of structs by
	// the names of their properties.
	values map[*ir.Enum]map[string]bool
	fields map[*ir.Struct]map[string]*ir.Field
	// assumed is set when the rounds have come to their end: something remains
	// then of every schema that contains itself.
	assumed bool
}

// restKey is a schema and the type of the values that it is held against; for
// a type with a codec of its own the type alone.
type restKey struct {
	ptr string
	typ ir.Type
}

// rest is what remains of a schema.
type rest struct {
	named *ir.NamedSchema
	open  bool // being found out
	inner bool // it contains itself
}

// maxRounds bounds how often the schemas are gone through.
const maxRounds = 10

// settleSchemas gives types, and inputs and outputs of operations, the schemas
// that remain to be interpreted. It goes on until what is assumed of schemas
// that contain themselves is what comes out; two or three rounds do.
func (b *builder) settleSchemas() {
	known, said := map[restKey]bool{}, map[string]*sayings{}
	for round := 1; ; round++ {
		r := &remainders{
			builder: b, known: known, supposed: map[restKey]bool{}, wholes: map[string]*ir.NamedSchema{}, rests: map[restKey]*rest{},
			said: said, overlapping: map[*ir.Union]bool{}, unlimited: map[ir.Type]bool{}, assumed: round == maxRounds,
			answers: map[answerKey]*ir.Schema{}, shared: map[answerKey]*ir.NamedSchema{}, values: map[*ir.Enum]map[string]bool{}, fields: map[*ir.Struct]map[string]*ir.Field{},
		}
		b.api.Schemas = nil
		for _, t := range b.api.Types {
			t.Declaration().Schema = r.ofType(t)
		}
		for _, root := range b.roots {
			*root.schema = r.ofRoot(root)
		}
		if !r.learned() || r.assumed {
			for u := range r.overlapping {
				u.Overlapping = u.Schema != nil
			}
			return
		}
	}
}

// learned adds to what is known what was supposed wrongly, and reports whether
// there was any.
func (r *remainders) learned() bool {
	more := false
	for key := range r.supposed {
		if x := r.rests[key]; x != nil && x.named.Schema != nil {
			r.known[key], more = true, true
		}
	}
	return more
}

// root is a place outside of types that a schema describes.
type root struct {
	name   string
	at     place
	claim  claim
	schema **ir.NamedSchema
}

// rooted notes a root.
func (b *builder) rooted(name string, at place, u *use, schema **ir.NamedSchema) {
	if at.ref != nil {
		b.roots = append(b.roots, root{name, at, claim{typ: u.typ, limits: limitsOf(u.limits), nullable: u.nullable}, schema})
	}
}

// declare adds a schema under a free name.
func (r *remainders) declare(want string, s *ir.NamedSchema) *ir.NamedSchema {
	s.Name = want
	if !r.names.Take(want) {
		s.Name = r.names.Number(want + " ")
	}
	r.api.Schemas = append(r.api.Schemas, s)
	return s
}

// ofType returns what remains for values of a declared type with a codec; nil
// when nothing does.
func (r *remainders) ofType(t ir.Named) *ir.NamedSchema {
	if st, ok := t.(*ir.Struct); ok && st.Envelope {
		return nil
	}
	if u, ok := t.(*ir.Union); ok && hasFiles(u) {
		return nil // what tells its alternatives apart may be a file
	}
	if own, ok := declares(t); !ok || own != t {
		return nil
	}
	key := restKey{typ: t}
	x := r.rests[key]
	switch {
	case x == nil:
		x = &rest{named: &ir.NamedSchema{}, open: true}
		r.rests[key] = x
		var parts []*ir.Schema
		for _, src := range r.origins[t] {
			parts = append(parts, r.ofSource(src, claim{typ: t}))
		}
		x.named.Schema, x.open = allOf(parts), false
		if x.named.Schema != nil {
			r.declare(t.Declaration().GoName, x.named)
		}
	case x.open && (r.known[key] || r.assumed):
		return x.named
	case x.open:
		r.supposed[key] = true
	}
	if x.open || x.named.Schema == nil {
		return nil
	}
	return x.named
}

// ofSource returns what remains of a schema that a type was made of.
func (r *remainders) ofSource(src source, c claim) *ir.Schema {
	if src.beside {
		return r.beside(src.node, c)
	}
	if next, ok := r.componentRef(src.node.ptr); ok {
		return r.at(next, c)
	}
	return r.keywords(src.node, c)
}

// ofRoot returns what remains for the value of a root; nil when its type knows.
func (r *remainders) ofRoot(root root) *ir.NamedSchema {
	if t, ok := declares(root.claim.typ); ok && r.ofType(t) != nil {
		return nil
	}
	// A parameter that several operations share is checked by the same schema.
	key, comparable := answerKeyOf(r.follow(root.at), root.claim)
	if s := r.shared[key]; s != nil && comparable {
		return s
	}
	s := r.at(root.at, root.claim)
	if s == nil {
		return nil
	}
	r.shared[key] = r.declare(root.name, &ir.NamedSchema{Schema: s})
	return r.shared[key]
}

// declares returns the type with a codec of its own that t is.
func declares(t ir.Type) (ir.Named, bool) {
	for {
		switch x := t.(type) {
		case *ir.Struct:
			return x, true
		case *ir.Union:
			return x, true
		case *ir.Alias:
			if x.Defined {
				return x, true
			}
			t = x.Target
		default:
			return nil, false
		}
	}
}

// allOf combines what remains of several schemas for the same value.
func allOf(parts []*ir.Schema) *ir.Schema {
	if slices.ContainsFunc(parts, never) {
		return &ir.Schema{Never: true}
	}
	parts = slices.DeleteFunc(parts, func(s *ir.Schema) bool { return some(s) == nil })
	switch len(parts) {
	case 0:
		return nil
	case 1:
		return parts[0]
	}
	return &ir.Schema{Keywords: []ir.Keyword{{Name: "allOf", Schemas: parts}}}
}

// never reports whether a schema accepts nothing.
func never(s *ir.Schema) bool { return s != nil && s.Never }

// at returns what remains of the schema at a place.
func (r *remainders) at(p place, c claim) *ir.Schema {
	n := r.follow(p)
	if t, ok := declares(c.typ); ok && r.madeOf(t, n) {
		if s := r.ofType(t); s != nil {
			return r.orNull(n, reference(s), c)
		}
		return nil
	}
	return r.orNull(n, r.node(n, c), c)
}

// madeOf reports whether a type was made of a schema and nothing else.
func (r *remainders) madeOf(t ir.Named, n node) bool {
	only, ok := r.only(t)
	return ok && only.ptr == n.ptr
}

// only returns the schema that a type was made of, if there is just one.
func (r *remainders) only(t ir.Named) (node, bool) {
	own := r.origins[t]
	if len(own) != 1 || own[0].beside {
		return node{}, false
	}
	return own[0].node, true
}

// node returns what remains of a schema. One that contains itself gets a name.
func (r *remainders) node(n node, c claim) *ir.Schema {
	if next, ok := r.componentRef(n.ptr); ok {
		return r.at(next, c)
	}
	if simple(n, c) {
		return r.keywords(n, c)
	}
	key := restKey{n.ptr, c.typ}
	if x := r.rests[key]; x != nil && x.open {
		x.inner = true
		if r.known[key] || r.assumed {
			return reference(x.named)
		}
		r.supposed[key] = true
		return nil
	}
	same, comparable := answerKeyOf(n, c)
	if s, ok := r.answers[same]; ok && comparable {
		return r.again(n, s)
	}
	x := &rest{named: &ir.NamedSchema{}, open: true}
	r.rests[key] = x
	s := r.keywords(n, c)
	x.open = false
	if !x.inner || s == nil {
		delete(r.rests, key)
	} else {
		x.named.Schema = s
		s = reference(r.declare(diag.LastToken(n.ptr), x.named))
	}
	if comparable {
		r.answers[same] = s
	}
	return s
}

// simple reports whether a schema is held against a scalar, and has neither
// schemas in it that could be nor a list of values: to note the answer takes
// longer than to find it again.
func simple(n node, c claim) bool {
	_, scalar := ir.Underlying(c.typ).(*ir.Prim)
	s := n.schema
	return scalar && len(s.AllOf)+len(s.OneOf)+len(s.AnyOf)+len(s.DependentSchemas)+len(s.Enum) == 0 && s.Not == nil && s.If == nil
}

// opaque reports whether values of a type are not for us to look at.
func (r *remainders) opaque(t ir.Type) bool {
	p, ok := ir.Underlying(t).(*ir.Prim)
	return ok && (p.Kind == ir.Custom || p.Kind == ir.Binary)
}

// keywords returns what remains of the keywords of a schema.
func (r *remainders) keywords(n node, c claim) *ir.Schema {
	switch t := ir.Underlying(c.typ).(type) {
	case *ir.Any:
		return r.free(n)
	case *ir.Union:
		return r.union(n, t, c)
	}
	if r.opaque(c.typ) {
		return nil
	}
	if r.entangled(n, c) {
		return r.wholeNode(n)
	}
	rest := r.beside(n, c)
	if len(n.schema.AnyOf)+len(n.schema.OneOf) == 0 {
		return rest
	}
	return allOf([]*ir.Schema{rest, r.groups(n, c)})
}

// free returns the schema of a free-form value, of which the types say nothing.
func (r *remainders) free(n node) *ir.Schema {
	s := r.wholeNode(n)
	if s == nil {
		return nil
	}
	if _, ok := componentSchema(n.ptr); ok {
		return reference(r.wholeNamed(n))
	}
	return s
}

// limits are those of a claim: of its place, and of the aliases that name its
// type.
func (r *remainders) limits(c claim) []*ir.Constraint {
	all := slices.DeleteFunc(slices.Clone(c.limits), func(l *ir.Constraint) bool { return l == nil })
	t := c.typ
	for {
		a, ok := t.(*ir.Alias)
		if !ok {
			return all
		}
		if a.Constraint != nil {
			all = append(all, a.Constraint)
		}
		t = a.Target
	}
}

// json returns the JSON at a pointer as it was written, or else what was
// decoded from it.
func (r *remainders) json(ptr string, decoded any) string {
	if text, ok := r.src.JSON(ptr); ok {
		return text
	}
	text, err := json.Marshal(decoded)
	if err != nil { // can't be: it came from JSON
		return "null"
	}
	return string(text)
}

// quote writes a string as JSON, and texts a list of them.
func quote(s string) string {
	text, _ := json.Marshal(s) // a string can be
	return string(text)
}

// unquote is the string that is written in JSON.
func unquote(text string) (s string) {
	if json.Unmarshal([]byte(text), &s) != nil {
		return ""
	}
	return s
}

func texts(list []string) string {
	text, _ := json.Marshal(list)
	return string(text)
}
