package load

import (
	"cmp"
	"net/url"
	"path"
	"strings"
)

// problem is why a reference leads nowhere.
type problem struct {
	code    string
	message string
	// fatal problems are errors: something that must not be read was asked for.
	fatal bool
	// reported problems have their diagnostic already.
	reported bool
}

func dangling(message string) *problem { return &problem{code: "dangling-ref", message: message} }

// hint is how a node was first reached by a reference; it gives the node a name
// when it becomes a component.
type hint struct {
	source *source
	tokens []string
}

// addReference notes the reference v of the kind k and repairs what stands
// beside its $ref.
func (r *repairer) addReference(v, ref *node, k objKind, scope *resource) *node {
	v.def = k
	if scope = r.scopeOf(v, scope); k == objSchema && len(v.kids) > 1 {
		scope = r.schemaScope(v, scope)
	}
	r.refs = append(r.refs, &reference{node: v, kind: k, text: ref.text, scope: scope})
	if len(v.kids) == 1 {
		return v
	}
	if k == objSchema {
		r.grammar[k].before(r, v)
		r.members(v, &r.grammar[k], scope)
		return v
	}
	kept := v.kids[:0]
	for _, m := range v.kids {
		if m.key == "$ref" || strings.HasPrefix(m.key, "x-") {
			kept = append(kept, m)
		}
	}
	v.kids = kept
	return v
}

// mapping repairs a discriminator's mapping, whose values are references or
// names of schemas.
func (r *repairer) mapping(name string, v *node, scope *resource) *node {
	if v = r.stringMap(name, v); v == nil {
		return nil
	}
	for _, m := range v.kids {
		if strings.HasPrefix(m.key, "x-") && !strings.Contains(m.val.text, "/") {
			continue
		}
		r.refs = append(r.refs, &reference{node: m.val, kind: objSchema, text: m.val.text, scope: r.scopeOf(v, scope), mapping: true})
	}
	return v
}

// scopeOf returns what references in n are relative to: scope, unless n was
// copied there from another file.
func (r *repairer) scopeOf(n *node, scope *resource) *resource {
	if n.source != scope.source {
		return n.source.res
	}
	return scope
}

// schemaScope returns what references in the schema n are relative to, and
// notes what its $id and anchors declare.
func (r *repairer) schemaScope(n *node, scope *resource) *resource {
	scope = r.scopeOf(n, scope)
	if id, ok := n.str("$id"); ok && id != "" && !r.noteIdentity(n, id) {
		if name, isAnchor := strings.CutPrefix(id, "#"); isAnchor {
			r.anchors[scope.base+"#"+name] = n
		} else {
			scope = &resource{source: n.source, base: joinURI(scope.base, id), root: n}
			if _, taken := r.ids[scope.base]; !taken {
				r.ids[scope.base] = scope
			}
		}
	}
	for _, keyword := range []string{"$anchor", "$dynamicAnchor"} {
		name, ok := n.str(keyword)
		if ok && keyword == "$dynamicAnchor" {
			r.dynamics.declare(name, n)
		}
		if _, taken := r.anchors[scope.base+"#"+name]; ok && !taken {
			r.anchors[scope.base+"#"+name] = n
		}
	}
	return scope
}

// named gives the document the URI that $self says, for references to it and for what has a URI in it.
// Other files are looked for where the document is.
func (r *repairer) named() {
	self, res := r.ctx.main.root.get("$self"), r.ctx.main.res
	if r.minor < 2 || self == nil || self.kind != kindString || self.text == "" {
		return
	}
	res.base = joinURI(res.base, self.text)
	r.ids[res.base] = res
}

// joinURI resolves a URI reference, without its fragment, against base.
func joinURI(base, ref string) string {
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	u, err := b.Parse(ref)
	if err != nil {
		return ref
	}
	u.Fragment = ""
	return strings.TrimSuffix(u.String(), "#")
}

// resolve finds what text, written in scope, refers to.
func (r *repairer) resolve(text string, k objKind, scope *resource, hops int) (*node, *problem) {
	if hops == 0 {
		r.follows = 0
	}
	if hops > 64 || r.follows > 500 {
		return nil, &problem{code: "ref-cycle", message: "the chain of references is endless"}
	}
	text = strings.TrimSpace(text)
	uri, fragment, _ := strings.Cut(text, "#")
	res := scope
	if uri != "" {
		if n := r.byName(text, k, scope); n != nil {
			return n, nil
		}
		if known := r.ids[joinURI(scope.base, uri)]; known != nil {
			res = known
		} else {
			src, p := r.ctx.open(uri, scope.source)
			if p != nil {
				return nil, p
			}
			res = src.res
		}
	}
	from := []*resource{res, res.source.res}
	if from[0] == from[1] {
		from = from[:1]
	}
	for _, from := range from {
		if n := r.inResource(from, fragment, k, hops); n != nil {
			if c := r.copies[n]; c != nil {
				n = c // part of the document by now
			}
			r.addHint(n, from, fragment)
			return n, nil
		}
	}
	return nil, dangling("there is nothing there")
}

// addHint notes how n was reached, if it is the first time.
func (r *repairer) addHint(n *node, from *resource, fragment string) {
	if _, seen := r.hints[n]; seen {
		return
	}
	tokens := splitPointer(unescapeFragment(fragment))
	if len(tokens) == 0 && from.root != from.source.root {
		tokens = []string{path.Base(from.base)} // a schema known by its $id
	}
	r.hints[n] = hint{from.source, tokens}
}

// byName deals with references that forgot their "#/": a pointer from the root
// or the bare name of a component.
func (r *repairer) byName(text string, k objKind, scope *resource) *node {
	if strings.Contains(text, "#") {
		return nil
	}
	root := scope.source.root
	if strings.HasPrefix(text, "/") {
		return r.lookup(root, splitPointer(text), 0)
	}
	if strings.Contains(text, "/") {
		return nil
	}
	if section := r.ctx.main.root.get("components").get(r.grammar[k].section); section != nil {
		return r.finder.step(section, text)
	}
	return nil
}

// unescapeFragment undoes percent encoding, where there is any.
func unescapeFragment(fragment string) string {
	if decoded, err := url.PathUnescape(fragment); err == nil {
		return decoded
	}
	return fragment
}

// inResource finds the target of a fragment in a resource, or nil.
func (r *repairer) inResource(res *resource, fragment string, k objKind, hops int) *node {
	spellings := []string{unescapeFragment(fragment), fragment}
	if spellings[0] == fragment {
		spellings = spellings[:1]
	}
	for _, f := range spellings {
		if f == "" {
			return res.root
		}
		if n := r.anchor(res, f); n != nil {
			return n
		}
		tokens := splitPointer(f)
		if n := r.lookup(res.root, tokens, hops); n != nil {
			return n
		}
		if n := r.lookup(res.root, modernTokens(tokens, k), hops); n != nil {
			return n
		}
	}
	return nil
}

// anchor finds the schema with an anchor in a resource. In other files, what no
// reference has reached yet has not been looked at; that is made up for once.
func (r *repairer) anchor(res *resource, name string) *node {
	if n := r.anchors[res.base+"#"+name]; n != nil || strings.HasPrefix(name, "/") || r.searched[res.root] {
		return n
	}
	r.searched[res.root] = true
	todo := []*node{res.root}
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if _, other := n.str("$id"); other && n != res.root {
			continue
		}
		for _, keyword := range []string{"$anchor", "$dynamicAnchor"} {
			if own, ok := n.str(keyword); ok && r.anchors[res.base+"#"+own] == nil {
				r.anchors[res.base+"#"+own] = n
			}
		}
		for _, m := range n.kids {
			todo = append(todo, m.val)
		}
	}
	return r.anchors[res.base+"#"+name]
}

// modernTokens translates a pointer into a Swagger 2.0 document.
func modernTokens(tokens []string, k objKind) []string {
	if len(tokens) < 2 {
		return nil
	}
	section := map[string]string{
		"definitions": "schemas", "responses": "responses", "parameters": "parameters", "securityDefinitions": "securitySchemes",
	}[tokens[0]]
	if section == "" {
		return nil
	}
	if section == "parameters" && k == objRequestBody {
		section = "requestBodies"
	}
	return append([]string{"components", section}, tokens[1:]...)
}

// lookup walks down from root, through references where it must; nil when the
// tokens lead nowhere.
func (r *repairer) lookup(root *node, tokens []string, hops int) *node {
	if len(tokens) == 0 {
		return nil
	}
	n := root
	for _, token := range tokens {
		next := r.finder.step(n, token)
		for i := 0; next == nil && i < 64; i++ {
			ref, ok := n.str("$ref")
			if !ok {
				break
			}
			r.follows++
			target, p := r.resolve(ref, n.def, r.scopeOf(n, n.source.res), hops+1)
			if p != nil || target == n {
				return nil
			}
			n, next = target, r.finder.step(target, token)
		}
		if next == nil {
			next = r.finder.stepFold(n, token)
		}
		if next == nil {
			return nil
		}
		n = next
	}
	return n
}

// inline replaces a reference from a place that kin-openapi cannot resolve by a
// copy of its target; what stands beside the $ref wins.
func (r *repairer) inline(v, ref *node, k objKind, scope *resource) *node {
	var last *node
	scope = r.scopeOf(v, scope)
	for range 32 {
		v.remove("$ref")
		target, p := r.resolve(ref.text, k, scope, 0)
		if p == nil && target.kind != kindObject {
			p = dangling("there is " + target.kind.String())
		}
		if p == nil && k != objNone && target.def != objNone && target.def != k {
			p = dangling("there is " + r.grammar[target.def].name)
		}
		if p == nil && (target == v || r.isInlining(target)) {
			p = &problem{code: "ref-cycle", message: "it contains itself"}
		}
		if p != nil {
			r.reportRef(ref, ref.text, p)
			return last
		}
		copied, ok := target.copyTree(&r.ctx.budget, r.copies)
		if !ok {
			r.errorf(ref, "too-large", "the document grows by more than %d values when its references are resolved", r.ctx.limits.maxNodes/5)
			return last
		}
		if r.copies[target] == copied {
			delete(r.copies, target) // its members went to v
		}
		v.addMissing(copied.kids)
		last = target
		next := v.get("$ref")
		if next == nil || next.kind != kindString {
			return last
		}
		ref, scope = next, next.source.res
	}
	r.reportRef(ref, ref.text, &problem{code: "ref-cycle", message: "the chain of references is endless"})
	v.remove("$ref")
	return last
}

func (r *repairer) isInlining(target *node) bool {
	for _, n := range r.inlining {
		if n == target {
			return true
		}
	}
	return len(r.inlining) > 32
}

// reportRef reports a reference that leads nowhere.
func (r *repairer) reportRef(place *node, text string, p *problem) {
	switch {
	case p.reported:
	case p.fatal:
		r.errorf(place, p.code, "the reference %q is refused: %s", shorten(text), p.message)
	case p.code == "ref-cycle":
		r.warn(place, p.code, "the reference %q leads back to itself; any value is taken in its place", shorten(text))
	default:
		r.warn(place, p.code, "the reference %q leads nowhere: %s; it is replaced by what says nothing", shorten(text), p.message)
	}
}

// resolveAll resolves the references that are new and repairs the targets that the walk
// over the main document has not reached, with the references in them.
func (r *repairer) resolveAll() {
	type key struct {
		text  string
		kind  objKind
		scope *resource
	}
	resolved := map[key]*node{} // most targets are referred to many times
	for ; r.resolved < len(r.refs) || r.settleIdentities(); r.resolved++ {
		ref := r.refs[r.resolved]
		if r.ctx.cancelled() {
			return
		}
		k := key{ref.text, ref.kind, ref.scope}
		if ref.target = resolved[k]; ref.target != nil {
			continue
		}
		target, p := r.resolve(ref.text, ref.kind, ref.scope, 0)
		if p == nil {
			p = r.acceptTarget(ref, target)
		}
		if p != nil {
			ref.broken = true
			place := ref.node
			if at := ref.node.get("$ref"); at != nil {
				place = at
			}
			r.reportRef(place, ref.text, p)
			continue
		}
		ref.target, resolved[k] = target, target
	}
}

// acceptTarget checks that target is what the reference needs.
func (r *repairer) acceptTarget(ref *reference, target *node) *problem {
	if target.kind == kindBool && ref.kind == objSchema && (target.def == objSchema || target.def == objNone) {
		target.def, target.hidden = objSchema, false
		return nil
	}
	if target.kind != kindObject {
		return dangling("there is " + target.kind.String())
	}
	// What nothing has reached yet is what the place says, or else the reference.
	if k := cmp.Or(target.def, r.needs.kinds[target], ref.kind); k != ref.kind {
		return dangling("it must be " + r.grammar[ref.kind].name + ", not " + r.grammar[k].name)
	}
	if target.def == objNone {
		target.hidden = false
		r.object(path.Base(ref.text), target, ref.kind, target.source.res)
	}
	if target.hidden {
		return &problem{reported: true} // a link to an operation that is left out goes with it
	}
	return nil
}
