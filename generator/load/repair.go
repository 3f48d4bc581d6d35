package load

import (
	"fmt"
	"slices"
	"strings"
)

// repairer walks trees by the grammar: it repairs what has the wrong shape and
// collects the references. Its result is a tree that kin-openapi accepts.
type repairer struct {
	ctx     *loading
	grammar *grammar
	// extensions are those of our own.
	extensions map[string]extension
	// minor is the minor version of OpenAPI 3 that the document follows.
	minor int
	// swagger is set for a Swagger 2.0 document.
	swagger *swagger
	// refs are the references found, in the order of the document; resolved
	// counts those that have been resolved.
	refs     []*reference
	resolved int
	// ids and anchors are what $id, $anchor and $dynamicAnchor declare.
	ids     map[string]*resource
	anchors map[string]*node
	finder  finder
	// searched are the roots of resources that were searched for all anchors.
	searched map[*node]bool
	dynamics dynamics
	// recursive are the schemas with $recursiveAnchor around the one at hand.
	recursive []*node
	// identities are the schemas that a pointer identifies, beside their own.
	identities []*node
	// hints are how the targets of references were reached.
	hints map[*node]hint
	// copies are the first copies of the nodes that inline has copied.
	copies map[*node]*node
	// unknowns are the keywords that the grammar does not have.
	unknowns []unknown
	// follows counts the references followed to resolve one.
	follows int
	// absences are the pairs of a reference and an object that may mean null.
	absences []absence
	// needs tells what a filtered document needs of its components.
	needs needs
	// inlining holds the targets being copied into the tree, to find cycles.
	inlining []*node
}

// resource is what a reference is relative to: a file or a schema with an $id.
type resource struct {
	source *source
	base   string // URI without fragment
	root   *node
}

// reference is a $ref, or an entry of a discriminator's mapping.
type reference struct {
	node    *node
	kind    objKind
	text    string
	scope   *resource
	mapping bool
	target  *node
	// final is the target after following references that only pass it on.
	final *node
	// broken tells that the reference leads nowhere and has been reported.
	broken bool
	state  uint8
}

// warn reports a repair at n.
func (r *repairer) warn(n *node, code, format string, args ...any) {
	r.ctx.warn(n, code, format, args...)
}

// errorf reports at n what cannot be repaired.
func (r *repairer) errorf(n *node, code, format string, args ...any) {
	r.ctx.diags.Errorf(n.position(), code, format, args...)
}

// value repairs the value of the member called name; nil removes the member.
func (r *repairer) value(name string, v *node, f field, scope *resource) *node {
	switch f.form {
	case formAny:
		return v
	case formObject:
		return r.object(name, v, f.kind, scope)
	case formBoolOr:
		if v.kind == kindBool || v.kind == kindString && asBool(v) != "" {
			v.def = f.kind
			return r.boolean(name, v)
		}
		return r.object(name, v, f.kind, scope)
	case formList:
		return r.objectList(name, v, f.kind, scope)
	case formMap:
		return r.objectMap(name, v, f.kind, scope)
	case formMapping:
		return r.mapping(name, v, scope)
	}
	return r.simple(name, v, f.form)
}

// wrongKind reports a value that is of no use.
func (r *repairer) wrongKind(name, want string, v *node) *node {
	if v.kind == kindNull {
		r.warn(v, "wrong-kind", "%s must be %s, not null; it is ignored", quoteName(name), want)
		return nil
	}
	r.warn(v, "wrong-kind", "%s must be %s, not %s; it is ignored", quoteName(name), want, describe(v))
	return nil
}

// object repairs a value that must be an object of the kind k.
func (r *repairer) object(name string, v *node, k objKind, scope *resource) *node {
	def := &r.grammar[k]
	if k == objSchema && v.kind == kindBool {
		v.def = objSchema
		return v
	}
	if v.kind != kindObject {
		if v = r.fromShorthand(name, v, k); v == nil {
			return nil
		}
	}
	if v.def != objNone {
		return v // reached before, through a reference
	}
	if i := v.index("$dynamicRef"); i >= 0 && k == objSchema && v.get("$ref") == nil {
		v.kids[i].key = "$ref" // what it refers to statically is the best there is
		r.dynamics.refs = append(r.dynamics.refs, v.kids[i].val)
	}
	if k == objSchema {
		defer r.recursion(v, scope)()
	}
	r.caseOfRef(v, def)
	if ref := v.get("$ref"); ref != nil {
		if ref.kind != kindString || strings.TrimSpace(ref.text) == "" {
			r.warn(ref, "bad-ref", "$ref must be a string that names its target; it is ignored")
			v.remove("$ref")
		} else if def.section != "" {
			return r.addReference(v, ref, k, scope)
		} else if target := r.inline(v, ref, k, scope); target != nil {
			r.inlining = append(r.inlining, target)
			defer func() { r.inlining = r.inlining[:len(r.inlining)-1] }()
		}
	}
	v.def = k
	scope = r.scopeOf(v, scope)
	if k == objSchema {
		scope = r.schemaScope(v, scope)
	}
	if def.before != nil {
		def.before(r, v)
	}
	r.members(v, def, scope)
	if def.after != nil {
		def.after(r, v)
	}
	return v
}

// caseOfRef puts a $ref in the wrong case right, as unknown does for keywords.
func (r *repairer) caseOfRef(n *node, def *object) {
	for i, m := range n.kids {
		if strings.HasPrefix(m.key, "$") && strings.EqualFold(m.key, "$ref") && n.get("$ref") == nil {
			r.warn(m.val, "unknown-keyword", "%s has no keyword %q; it is taken as \"$ref\"", def.name, m.key)
			n.kids[i].key = "$ref"
		}
	}
}

// members repairs the members of n by the grammar.
func (r *repairer) members(n *node, def *object, scope *resource) {
	kept := n.kids[:0]
	for _, m := range n.kids {
		f, known := def.fields[m.key]
		switch {
		case m.key == "$ref", m.val.hidden:
		case known && f.hidden:
			m.val.hidden = true
		case known:
			m.val = r.value(m.key, m.val, f, scope)
		case strings.HasPrefix(m.key, "x-"):
			r.extension(n, m)
		case def.other != nil:
			if m.val = r.value(m.key, m.val, *def.other, scope); m.val == nil && def.other.form == formObject {
				continue
			}
		default:
			m = r.unknown(n, m, def, scope)
		}
		if m.val != nil {
			kept = append(kept, m)
		}
	}
	clear(n.kids[len(kept):])
	n.kids = kept
}

// unknown deals with a keyword that the grammar does not have. Go's JSON
// decoder does not care for case, so a keyword in the wrong case is put right.
func (r *repairer) unknown(n *node, m member, def *object, scope *resource) member {
	for keyword, f := range def.fields {
		if !strings.EqualFold(keyword, m.key) || f.hidden {
			continue
		}
		if n.index(keyword) >= 0 {
			r.warn(m.val, "unknown-keyword", "%s has no keyword %q besides %q; it is ignored", def.name, m.key, keyword)
			return member{}
		}
		r.warn(m.val, "unknown-keyword", "%s has no keyword %q; it is taken as %q", def.name, m.key, keyword)
		return member{keyword, r.value(keyword, m.val, f, scope)}
	}
	if !def.keep {
		if r.swagger == nil || !slices.Contains(swaggerKeywords(n.def), m.key) {
			r.unknowns = append(r.unknowns, unknown{m.key, m.val, def.name})
		}
		m.val.hidden = true
	}
	return m
}

// unknown is a keyword that the grammar does not have, in an object of a kind.
type unknown struct {
	key  string
	val  *node
	kind string
}

// reportUnknown reports the keywords that nothing makes use of. It runs when
// all references are resolved, because these may lead through such keywords.
func (r *repairer) reportUnknown() {
	for _, u := range r.unknowns {
		switch {
		case u.val.get("responses") != nil:
			r.warn(u.val, "unknown-keyword", "%s has no keyword %q; the operation there is ignored", u.kind, shorten(u.key))
		case !reached(u.val):
			r.warn(u.val, "unknown-keyword", "%s has no keyword %q; it is ignored", u.kind, shorten(u.key))
		}
	}
}

// reached reports whether n, or something in it, was found to be an object of
// OpenAPI.
func reached(n *node) bool {
	return n.def != objNone || slices.ContainsFunc(n.kids, func(m member) bool { return reached(m.val) })
}

// objectList repairs a list of objects.
func (r *repairer) objectList(name string, v *node, k objKind, scope *resource) *node {
	if v.kind != kindArray {
		if v = r.listFrom(name, v, k); v == nil {
			return nil
		}
	}
	kept := v.kids[:0]
	for _, m := range v.kids {
		if m.val = r.object("an element of "+name, m.val, k, scope); m.val != nil {
			kept = append(kept, m)
		}
	}
	clear(v.kids[len(kept):])
	v.kids = kept
	return v
}

// listFrom makes a list of what stands in its place.
func (r *repairer) listFrom(name string, v *node, k objKind) *node {
	if v.kind == kindNull {
		return r.wrongKind(name, "a list", v)
	}
	out := v.at(kindArray)
	if v.kind == kindObject && k == objParameter && v.get("name") == nil && v.get("$ref") == nil {
		for _, m := range v.kids {
			if m.val.kind == kindObject && m.val.get("name") == nil && m.val.get("$ref") == nil {
				m.val.set("name", m.val.stringAt(m.key))
			}
			out.kids = append(out.kids, member{val: m.val})
		}
	} else {
		inner := *v
		out.kids = []member{{val: &inner}}
	}
	r.warn(v, "wrong-kind", "%s must be a list, not %s; it is taken as one", quoteName(name), describe(v))
	return out
}

// objectMap repairs an object whose members are objects of the kind k.
func (r *repairer) objectMap(name string, v *node, k objKind, scope *resource) *node {
	if v.kind == kindArray {
		v = r.mapFromList(name, v)
	}
	if v == nil || v.kind != kindObject {
		if v != nil {
			r.wrongKind(name, "an object", v)
		}
		return nil
	}
	if ref := v.get("$ref"); ref != nil && ref.kind == kindString {
		r.inline(v, ref, objNone, scope)
	}
	v.def = objGroup
	kept := v.kids[:0]
	for _, m := range v.kids {
		if m.val.hidden {
			kept = append(kept, m)
			continue
		}
		if strings.HasPrefix(m.key, "x-") && k != objSchema && k != objHeader && k != objExample && m.val.kind != kindObject {
			m.val.hidden = true
		} else if repaired := r.object(m.key, m.val, k, scope); repaired != nil {
			m.val = repaired
		} else if k == objSchema {
			// The name matters even where its schema says nothing.
			m.val.clear(kindObject)
			m.val.def = objSchema
		} else {
			continue
		}
		kept = append(kept, m)
	}
	clear(v.kids[len(kept):])
	v.kids = kept
	return v
}

// mapFromList merges a list of objects, as a stray dash before each key makes
// it, into one.
func (r *repairer) mapFromList(name string, v *node) *node {
	var merged []member
	for _, m := range v.kids {
		if m.val.kind != kindObject {
			return r.wrongKind(name, "an object", v)
		}
		merged = append(merged, m.val.kids...)
	}
	out := v.at(kindObject)
	out.addMissing(merged)
	if len(v.kids) > 0 {
		r.warn(v, "wrong-kind", "%s must be an object, not a list; the elements are merged into one", quoteName(name))
	}
	return out
}

// fromShorthand makes an object of the scalar that stands in its place, where
// there is only one thing that it can mean.
func (r *repairer) fromShorthand(name string, v *node, k objKind) *node {
	def := &r.grammar[k]
	key := map[objKind]string{
		objTag: "name", objServer: "url", objContact: "name", objLicense: "name", objExternalDocs: "url",
		objServerVariable: "default", objDiscriminator: "propertyName", objResponse: "description",
	}[k]
	switch {
	case key != "" && (v.kind == kindString || v.kind == kindNumber && k == objServerVariable):
		out := v.at(kindObject)
		out.kids = []member{{key, v}}
		r.warn(v, "wrong-kind", "%s must be %s; %q is taken as its %s", quoteName(name), def.name, shorten(v.text), key)
		return out
	case v.kind == kindNull && (k == objResponse || k == objPathItem || k == objMediaType || k == objPaths ||
		k == objCallback || k == objResponses || k == objComponents || k == objSchema):
		if k != objMediaType && k != objComponents {
			r.warn(v, "wrong-kind", "%s must be %s, not null; it is taken as an empty one", quoteName(name), def.name)
		}
		return v.at(kindObject)
	case v.kind == kindString && k == objSchema && knownType(v.text):
		out := v.at(kindObject)
		out.kids = []member{{"type", v}}
		r.warn(v, "wrong-kind", "%s must be a schema; %q is taken as its type", quoteName(name), shorten(v.text))
		return out
	}
	return r.wrongKind(name, def.name, v)
}

// quoteName words a member's name for a message.
func quoteName(name string) string {
	if strings.HasPrefix(name, "an element of ") {
		return name
	}
	return fmt.Sprintf("%q", shorten(name))
}

// describe words a value for a message.
func describe(v *node) string {
	switch v.kind {
	case kindString:
		return fmt.Sprintf("the string %q", shorten(v.text))
	case kindNumber:
		return "the number " + shorten(v.text)
	case kindBool:
		return "the boolean " + v.text
	}
	return v.kind.String()
}
