package load

import "slices"

// absence is an anyOf of a reference and of {type: object, nullable: true}, as the converters of
// OData's metadata write "the target or null".
type absence struct {
	ref  *node
	null *node
}

// eitherWay returns the two schemas that a keyword lists, in both orders; nothing if there are not two.
func (n *node) eitherWay(keyword string) [][2]*node {
	list := n.get(keyword)
	if list == nil || list.kind != kindArray || len(list.kids) != 2 {
		return nil
	}
	one, other := list.kids[0].val, list.kids[1].val
	return [][2]*node{{one, other}, {other, one}}
}

// noteAbsence notes the anyOf of a schema if it may be an absence.
func (r *repairer) noteAbsence(n *node) {
	if r.minor != 0 {
		return
	}
	for _, pair := range n.eitherWay("anyOf") {
		ref, null := pair[0], pair[1]
		if kind, _ := null.str("type"); ref.get("$ref") != nil && kind == "object" && null.onlyNullable() {
			r.absences = append(r.absences, absence{ref, null})
		}
	}
}

// liftNull moves the null of an allOf to the allOf itself, where one part is a reference and the
// other says nothing but that null is allowed: in 3.0 {nullable: true}, in 3.1 the type of what is
// referred to, or null. Taken literally, no such part allows anything, so it can only be meant so.
func (n *node) liftNull() {
	if n.get("type") != nil || n.get("nullable") != nil {
		return
	}
	for _, pair := range n.eitherWay("allOf") {
		ref, null := pair[0], pair[1]
		if ref.get("$ref") == nil || !null.onlyNullable() {
			continue
		}
		null.remove("type")
		null.remove("nullable")
		may := null.at(kindBool)
		may.text = "true"
		n.set("nullable", may)
		return
	}
}

// onlyNullable reports whether a schema has nothing but annotations and the permission to be null.
func (n *node) onlyNullable() bool {
	if n.kind != kindObject {
		return false
	}
	may := n.get("nullable")
	null := may != nil && asBool(may) == "true"
	for _, m := range n.kids {
		switch {
		case m.key == "type":
			types := n.texts("type")
			null = null || len(types) == 2 && slices.Contains(types, "null")
			if len(types) > 2 {
				return false
			}
		case !isAnnotation(m.key):
			return false
		}
	}
	return null
}

// settleAbsences makes null of what is beside a reference to an object, which any other object
// would be as well, or to an enum of strings, which an object cannot be meant to be.
func (b *bundler) settleAbsences() {
	for _, a := range b.absences {
		ref := b.byNode[a.ref]
		if ref == nil || ref.broken || ref.final == nil {
			continue
		}
		kind, typed := ref.final.str("type")
		switch {
		case typed && kind == "string" && ref.final.get("enum") != nil:
			b.warn(a.null, "repaired", "an object that may be null, beside strings, is taken as null alone")
		case typed && kind != "object", !typed && ref.final.get("properties") == nil && ref.final.get("allOf") == nil:
			continue
		}
		null := a.null.at(kindArray)
		null.kids = []member{{val: a.null.at(kindNull)}}
		a.null.remove("type")
		a.null.set("enum", null)
	}
}
