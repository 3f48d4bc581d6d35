package load

import (
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/filter"
)

// needs is what the repairer collects to find out which components of a
// filtered document something needs.
type needs struct {
	// on is set when components are kept only if something needs them.
	on bool
	// schemes are the names of the security schemes that operations require;
	// inherited tells that one requires what the document says for all.
	schemes   map[string]bool
	inherited bool
	// kinds are those of the components by the sections that they stand in.
	kinds map[*node]objKind
	// dropped are the operationIds of operations that are left out.
	dropped map[string]bool
}

// choose hides the operations that the filter leaves out, and all components:
// what is hidden is not repaired, and a reference to it brings it back.
func (r *repairer) choose(f filter.Filter) {
	r.needs = needs{on: true, schemes: map[string]bool{}, kinds: map[*node]objKind{}, dropped: map[string]bool{}}
	c := f.Chooser()
	root := r.ctx.main.root
	r.expand(root.get("paths"), objPaths)
	items := r.pathItems(root.get("paths"))
	webhooks := r.pathItems(root.get("webhooks"))
	// All references between path items are resolved by now, so that none is
	// replaced by something hidden.
	for _, item := range items {
		path := "/" + strings.TrimPrefix(strings.TrimSpace(item.key), "/")
		r.chooseOperations(c, item.val, filter.Operation{Path: path})
	}
	for _, item := range webhooks {
		r.chooseOperations(c, item.val, filter.Operation{Webhook: item.key})
	}
	for _, section := range root.get("components").members() {
		for _, m := range section.val.members() {
			m.val.hidden = section.key != "schemas" || !c.KeepSchema(m.key)
			r.needs.kinds[m.val] = r.grammar[objComponents].fields[section.key].kind
		}
	}
	c.Unused(r.ctx.diags)
}

// members returns the members of an object, and none of anything else.
func (n *node) members() []member {
	if n == nil || n.kind != kindObject {
		return nil
	}
	return n.kids
}

// pathItems returns the path items of paths or webhooks, with their own
// references and those of their operations replaced by what they refer to.
func (r *repairer) pathItems(n *node) []member {
	items := slices.DeleteFunc(slices.Clone(n.members()), func(m member) bool {
		return strings.HasPrefix(m.key, "x-") || m.val.kind != kindObject
	})
	for _, item := range items {
		r.expand(item.val, objPathItem)
		for _, op := range operationsOf(item.val) {
			r.expand(op.val, objOperation)
		}
	}
	return items
}

// expand replaces the reference that n is, if it is one, by its target.
func (r *repairer) expand(n *node, k objKind) {
	if ref := n.get("$ref"); ref != nil && ref.kind == kindString {
		r.inline(n, ref, k, n.source.res)
	}
}

// operationsOf returns the operations of a path item by method.
func operationsOf(item *node) []member {
	var out []member
	for _, m := range item.members() {
		switch {
		case slices.Contains(methods(), strings.ToLower(m.key)):
			out = append(out, m)
		case m.key == "additionalOperations":
			out = append(out, m.val.members()...)
		}
	}
	return out
}

// chooseOperations hides the operations of a path item that are left out, and
// the path item when nothing remains. What op says applies to all of them.
func (r *repairer) chooseOperations(c *filter.Chooser, item *node, op filter.Operation) {
	left := 0
	operations := operationsOf(item)
	for _, m := range operations {
		op.Method, op.ID, op.Tags = m.key, "", nil
		if id := m.val.get("operationId"); id != nil {
			op.ID = strings.TrimSpace(id.text)
		}
		if tags := m.val.get("tags"); tags != nil && tags.kind == kindArray {
			op.Tags = tags.stringList()
		} else if tags != nil {
			op.Tags = []string{tags.text}
		}
		if m.val.hidden = !c.Keep(op); !m.val.hidden {
			left++
		} else if op.ID != "" {
			r.needs.dropped[op.ID] = true
		}
	}
	item.hidden = left == 0 && len(operations) > 0
}

// require notes which security schemes an operation needs.
func (r *repairer) require(operation *node) {
	if !r.needs.on {
		return
	}
	own := operation.get("security")
	if own == nil {
		r.needs.inherited = true
		return
	}
	r.needs.require(own)
}

// require notes the security schemes of a list of requirements.
func (n *needs) require(requirements *node) {
	for _, alternative := range requirements.kids {
		for _, m := range alternative.val.members() {
			n.schemes[diag.SchemeName(m.key)] = true
		}
	}
}

// link hides a link to an operation that is left out.
func (r *repairer) link(n *node) {
	if !r.needs.on {
		return
	}
	id, _ := n.str("operationId")
	n.hidden = r.needs.dropped[id]
	if ref, _ := n.str("operationRef"); strings.HasPrefix(ref, "#/") {
		at := n.source.root
		for _, token := range splitPointer(unescapeFragment(ref[1:])) {
			if at = r.finder.step(at, token); at == nil {
				return
			}
		}
		n.hidden = at.hidden
	}
}

// reach resolves all references, and in a filtered document those of the
// components that are needed by other means than a reference.
func (r *repairer) reach() {
	r.resolveAll()
	for r.needs.on && !r.ctx.cancelled() {
		root := r.ctx.main.root
		if global := root.get("security"); global != nil && r.needs.inherited {
			r.needs.require(global)
		}
		components := root.get("components")
		found := r.reveal(components.get("securitySchemes"), objSecurityScheme, func(m member) bool { return r.needs.schemes[m.key] })
		bases := map[*node]bool{}
		if r.reveal(components.get("schemas"), objSchema, func(m member) bool { return r.extends(m.val, bases) }) {
			found = true
		}
		if !found {
			return
		}
		r.resolveAll()
	}
}

// reveal repairs the hidden components of a section that are needed after all,
// and tells whether there are any.
func (r *repairer) reveal(section *node, k objKind, needed func(member) bool) bool {
	found := false
	for _, m := range section.members() {
		if m.val.hidden && needed(m) {
			m.val.hidden = false
			r.object(m.key, m.val, k, r.ctx.main.res)
			found = true
		}
	}
	return found
}

// extends tells whether a schema includes, by allOf, one that is needed and
// that tells its extensions apart by a discriminator: any of them may come in
// its place. What was found out about a schema is kept in known.
func (r *repairer) extends(n *node, known map[*node]bool) bool {
	found, seen := known[n]
	if seen {
		return found
	}
	known[n] = false // where a schema includes itself
	all := n.get("allOf")
	if all == nil || all.kind != kindArray {
		return false
	}
	for _, part := range all.kids {
		ref, ok := part.val.str("$ref")
		if !ok {
			continue
		}
		base, p := r.resolve(ref, objSchema, part.val.source.res, 0)
		if p != nil || base == n {
			continue
		}
		_, tells := base.get("discriminator").str("propertyName")
		if tells && base.def == objSchema && !base.hidden || r.extends(base, known) {
			known[n] = true
			return true
		}
	}
	return false
}
