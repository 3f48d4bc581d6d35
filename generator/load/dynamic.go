package load

import (
	"strconv"
	"strings"
)

// dynamics are the references that depend on how a schema was reached, and what
// they may lead to.
type dynamics struct {
	refs []*node // the values of $dynamicRef
	// anchors are the places of the schemas that declare a $dynamicAnchor, by its
	// name. A schema may be there several times, as a copy.
	anchors map[string]map[where]bool
}

// where tells in which place of which file something was written.
type where struct {
	source *source
	a, b   int32
}

// declare notes a $dynamicAnchor of n.
func (d *dynamics) declare(name string, n *node) {
	if d.anchors == nil {
		d.anchors = map[string]map[where]bool{}
	}
	if d.anchors[name] == nil {
		d.anchors[name] = map[where]bool{}
	}
	d.anchors[name][where{n.source, n.a, n.b}] = true
}

// reportDynamic reports the references that may lead elsewhere than they are
// taken to: $dynamicRef is taken for $ref, which is the same as long as there
// is just one schema with the anchor.
func (r *repairer) reportDynamic() {
	said := map[where]bool{}
	for _, ref := range r.dynamics.refs {
		_, name, _ := strings.Cut(ref.text, "#")
		if at := (where{ref.source, ref.a, ref.b}); len(r.dynamics.anchors[name]) > 1 && !said[at] {
			said[at] = true
			r.warn(ref, "dynamic-ref", "$dynamicRef %q is taken for $ref: it leads to the same schema wherever it is used, though %d have this $dynamicAnchor",
				shorten(ref.text), len(r.dynamics.anchors[name]))
		}
	}
}

// recursion takes the $recursiveRef of a schema, which JSON Schema had before
// $dynamicRef, for a reference to the closest schema around it that has a
// $recursiveAnchor. The function that it returns ends what v itself is around.
func (r *repairer) recursion(v *node, scope *resource) func() {
	switch i := v.index("$recursiveRef"); {
	case i < 0 || v.get("$ref") != nil:
	case len(r.recursive) == 0:
		r.warn(v.kids[i].val, "dynamic-ref", "no schema around this $recursiveRef has a $recursiveAnchor; it is ignored")
	default:
		name := "recursive" + strconv.Itoa(len(r.anchors)+1)
		r.anchors[r.scopeOf(v, scope).base+"#"+name] = r.recursive[len(r.recursive)-1]
		v.kids[i].key, v.kids[i].val.text = "$ref", "#"+name
	}
	anchor := v.get("$recursiveAnchor")
	if anchor == nil || anchor.kind != kindBool || anchor.text != "true" {
		return func() {}
	}
	r.recursive = append(r.recursive, v)
	return func() { r.recursive = r.recursive[:len(r.recursive)-1] }
}
