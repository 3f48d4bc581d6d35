package load

import "strings"

// noteIdentity notes a schema whose $id is a pointer into the document, which is where TypeBox says
// what it is a copy of: it is no name that a reference could mean, as that means the place itself.
func (r *repairer) noteIdentity(n *node, id string) bool {
	if !strings.HasPrefix(id, "#/") {
		return false
	}
	r.identities = append(r.identities, n)
	return true
}

// settleIdentities makes references of the schemas that have the same $id as what is at the place that
// it names: they are one and the same. It reports whether there are references to resolve.
func (r *repairer) settleIdentities() bool {
	var same []*reference
	for _, n := range r.identities {
		id, _ := n.str("$id")
		ref := &reference{node: n, kind: objSchema, text: id, scope: n.source.res}
		target, p := r.resolve(id, objSchema, ref.scope, 0)
		if p != nil || target == n {
			continue
		}
		if own, _ := target.str("$id"); own == id && r.acceptTarget(ref, target) == nil {
			same = append(same, ref)
		}
	}
	r.identities = nil
	for _, ref := range same {
		ref.node.kids = []member{{"$ref", ref.node.get("$id")}}
		r.refs = append(r.refs, ref)
	}
	return r.resolved < len(r.refs)
}
