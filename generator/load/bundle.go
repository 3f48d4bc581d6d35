package load

import (
	"path"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// danglingKey marks a schema that stands for a reference that leads nowhere;
// its value is the reference.
const danglingKey = "x-apigen-dangling"

// bundler rewrites all references to point to components of the main document,
// moving there what is elsewhere.
type bundler struct {
	*repairer
	byNode map[*node]*reference
	// entries are the components of the main document, by node.
	entries map[*node]string
	// lifted are the nodes that become components, in order.
	lifted []lift
	names  map[*node]string
	taken  map[string]*naming.Scope // the names of components by section
}

// lift is a node on its way to becoming a component; home is the component that
// was nothing but a reference to it, if there is one.
type lift struct {
	target *node
	home   *node
	kind   objKind
	name   string
}

// bundle finishes the references that resolveAll has resolved.
func (r *repairer) bundle() {
	b := &bundler{repairer: r, byNode: map[*node]*reference{}, entries: map[*node]string{},
		names: map[*node]string{}, taken: map[string]*naming.Scope{}}
	for _, ref := range r.refs {
		if !ref.mapping {
			b.byNode[ref.node] = ref
		}
	}
	b.collectEntries()
	b.dropSiblings()
	b.settle()
	b.settleAbsences()
	b.nameTargets()
	for _, ref := range r.refs {
		b.rewrite(ref)
	}
	b.move()
}

// collectEntries finds the components of the main document.
func (b *bundler) collectEntries() {
	for k := range b.grammar {
		section := b.grammar[k].section
		if section == "" {
			continue
		}
		b.taken[section] = &naming.Scope{}
		group := b.ctx.main.root.get("components").get(section)
		if group == nil {
			continue
		}
		for _, m := range group.kids {
			b.taken[section].Reserve(m.key)
			b.entries[m.val] = "#/components/" + diag.EscapeToken(section) + "/" + diag.EscapeToken(m.key)
		}
	}
}

// next returns the reference that the target of ref is itself.
func (b *bundler) next(ref *reference) *reference {
	if ref.broken || ref.target == nil {
		return nil
	}
	return b.byNode[ref.target]
}

// settle finds the final target of every reference and breaks the cycles.
func (b *bundler) settle() {
	const visiting, done = 1, 2
	for _, start := range b.refs {
		var chain []*reference
		cur := start
		for ; cur != nil && cur.state == 0; cur = b.next(cur) {
			cur.state = visiting
			chain = append(chain, cur)
		}
		if cur != nil && cur.state == visiting {
			cur.broken = true
			b.reportRef(cur.node, cur.text, &problem{code: "ref-cycle"})
		}
		for i := len(chain) - 1; i >= 0; i-- {
			b.finish(chain[i])
			chain[i].state = done
		}
	}
}

// finish sets the final target of ref, whose successor is finished.
func (b *bundler) finish(ref *reference) {
	if ref.broken {
		return
	}
	next := b.next(ref)
	switch {
	case next == nil:
		ref.final = ref.target
	case ref.kind == objSchema && (next.broken || b.entries[next.node] != "" || len(next.node.kids) > 1):
		ref.final = ref.target // a name of its own, or more than a reference
	case next.broken:
		ref.broken = true
	default:
		ref.final = next.final
	}
}

// nameTargets decides which nodes become components and under which names. A
// component that only refers to one of them gives it its name.
func (b *bundler) nameTargets() {
	for _, ref := range b.refs {
		if ref.mapping || ref.broken || b.entries[ref.node] == "" || len(ref.node.kids) > 1 || b.known(ref.final) {
			continue
		}
		name := b.entries[ref.node]
		b.names[ref.final] = name
		b.lifted = append(b.lifted, lift{target: ref.final, home: ref.node, kind: ref.kind})
	}
	for _, ref := range b.refs {
		if ref.broken || b.known(ref.final) {
			continue
		}
		section := b.grammar[ref.kind].section
		name := b.freeName(section, b.hints[ref.final])
		pointer := "/components/" + section + "/" + diag.EscapeToken(name)
		b.names[ref.final] = "#" + pointer
		b.ctx.homes[pointer] = b.hints[ref.final].home(b.ctx.main)
		b.lifted = append(b.lifted, lift{target: ref.final, kind: ref.kind, name: name})
	}
}

// known tells whether a node is a component already.
func (b *bundler) known(n *node) bool { return b.entries[n] != "" || b.names[n] != "" }

// freeName returns a name for a new component.
func (b *bundler) freeName(section string, h hint) string {
	taken := b.taken[section]
	short, long := liftedNames(h, b.ctx.main)
	switch {
	case taken.Take(short):
		return short
	case taken.Take(long):
		return long
	}
	return taken.Number(long)
}

// liftedNames returns a short and a long name for what a reference points to,
// made of the words of its path.
func liftedNames(h hint, main *source) (short, long string) {
	file := ""
	if h.source != nil && h.source != main {
		file = path.Base(h.source.address())
		file = cleanName(strings.TrimSuffix(file, path.Ext(file)))
	}
	var words []string
	named := len(h.tokens) == 1
	for i, token := range h.tokens {
		last := i == len(h.tokens)-1
		switch {
		case !last && isContainer(token):
			named = i == len(h.tokens)-2 && token != "properties"
		case token == "schema" || token == "content" || strings.Contains(token, "/") && i > 0 && h.tokens[i-1] == "content":
		case token == "items":
			words = append(words, "item")
		case token == "additionalProperties":
			words = append(words, "value")
		case token == "requestBody":
			words = append(words, "request")
		case digits(token) == len(token) && i > 0 && h.tokens[i-1] == "responses":
			words = append(words, "response"+token)
		default:
			words = append(words, cleanName(token))
		}
	}
	long = joinWords(words)
	switch {
	case long == "" && file == "":
		return "component", "component"
	case long == "":
		return file, file
	case named:
		return cleanName(words[len(words)-1]), joinWords(append([]string{file}, words...))
	}
	return long, joinWords(append([]string{file}, words...))
}

// home returns the pointer of what a reference points to as it was written;
// the file goes in front of it where that is not the main one.
func (h hint) home(main *source) string {
	var out strings.Builder
	if h.source != nil && h.source != main {
		out.WriteString("/" + diag.EscapeToken(h.source.address()))
	}
	for _, token := range h.tokens {
		out.WriteString("/" + diag.EscapeToken(token))
	}
	return out.String()
}

// isContainer tells whether a token of a path is no more than a shelf.
func isContainer(token string) bool {
	switch token {
	case "components", "schemas", "definitions", "$defs", "defs", "properties", "paths", "content", "responses", "parameters",
		"requestBodies", "headers", "examples", "links", "callbacks", "securitySchemes", "patternProperties":
		return true
	}
	return false
}

// cleanName keeps what may be in the name of a component.
func cleanName(s string) string {
	words := strings.FieldsFunc(s, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-' && c != '.'
	})
	return shorten(joinWords(words))
}

// joinWords joins words, each but the first with an upper-case initial.
func joinWords(words []string) string {
	var out strings.Builder
	for _, word := range words {
		if out.Len() > 0 && word != "" {
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		out.WriteString(word)
	}
	return out.String()
}

// rewrite makes ref point to its component.
func (b *bundler) rewrite(ref *reference) {
	if ref.broken {
		b.neutralise(ref)
		return
	}
	pointer := b.entries[ref.final]
	if pointer == "" {
		pointer = b.names[ref.final]
	}
	if ref.mapping {
		ref.node.text = pointer
		return
	}
	if pointer == b.entries[ref.node] {
		return // the home of its own target, which move fills
	}
	at := ref.node.get("$ref")
	if ref.kind != objSchema || len(ref.node.kids) == 1 {
		at.text = pointer
		return
	}
	wrapSiblings(ref.node, at, pointer)
}

// dropSiblings removes what stands beside a schema's $ref and does not count:
// what only served to find targets, and in OpenAPI 3.0 and Swagger 2.0, which
// ignore it all, everything but the annotations, which are meant all the same.
func (b *bundler) dropSiblings() {
	version := "OpenAPI 3.0"
	if b.swagger != nil {
		version = "Swagger 2.0"
	}
	for _, ref := range b.refs {
		if ref.mapping || ref.kind != objSchema || len(ref.node.kids) == 1 {
			continue
		}
		kept := ref.node.kids[:0]
		var ignored []string
		for _, m := range ref.node.kids {
			switch m.key {
			case "$id", "$anchor", "$dynamicAnchor", "$schema", "$comment", "$defs", "definitions":
				continue
			}
			if b.minor == 0 && !isAnnotation(m.key) && m.key != "$ref" {
				if !ref.repeats(m) {
					ignored = append(ignored, shorten(m.key))
				}
				continue
			}
			kept = append(kept, m)
		}
		ref.node.kids = kept
		if len(ignored) > 0 {
			b.warn(ref.node, "ref-sibling", "%s ignores what stands beside $ref, and so is it here: %s",
				version, shorten(strings.Join(ignored, ", ")))
		}
	}
}

// repeats tells whether what stands beside a $ref is the type that its target
// has as well, as protoc-gen-openapiv2 writes it in every list of messages.
func (ref *reference) repeats(m member) bool {
	if m.key != "type" || m.val.kind != kindString || ref.target == nil {
		return false
	}
	same, ok := ref.target.str("type")
	return ok && same == m.val.text && ref.target.get("$ref") == nil
}

// wrapSiblings rewrites a $ref that is not alone to an allOf, so that what
// stands beside it counts.
func wrapSiblings(n, at *node, pointer string) {
	target := at.at(kindObject)
	target.def = objSchema
	target.kids = []member{{"$ref", at.stringAt(pointer)}}
	if all := n.get("allOf"); all != nil && all.kind == kindArray {
		n.remove("$ref")
		all.kids = append([]member{{val: target}}, all.kids...)
		return
	}
	all := at.at(kindArray)
	all.kids = []member{{val: target}}
	n.kids[n.index("$ref")] = member{"allOf", all}
}

// isAnnotation tells whether a keyword beside $ref is meant in OpenAPI 3.0 too.
func isAnnotation(key string) bool {
	switch key {
	case "title", "description", "nullable", "readOnly", "writeOnly", "deprecated", "default", "example", "examples",
		"externalDocs", "xml":
		return true
	}
	return strings.HasPrefix(key, "x-")
}

// neutralise replaces a reference that leads nowhere by what says nothing.
func (b *bundler) neutralise(ref *reference) {
	n := ref.node
	switch {
	case ref.mapping:
		n.hidden = true
	case ref.kind == objSchema:
		at := n.get("$ref")
		n.remove("$ref")
		n.set(danglingKey, at.stringAt(ref.text))
	case ref.kind == objResponse:
		at := n.get("$ref")
		n.clear(kindObject)
		n.kids = []member{{"description", at.stringAt("")}, {danglingKey, at.stringAt(ref.text)}}
	default:
		n.hidden = true
	}
}

// move turns the lifted nodes into components, leaving a reference where they
// were.
func (b *bundler) move() {
	for _, l := range b.lifted {
		pointer := b.names[l.target]
		body := *l.target
		body.hidden = false
		l.target.clear(kindObject)
		l.target.kids = []member{{"$ref", l.target.stringAt(pointer)}}
		if l.home != nil {
			*l.home = body
			continue
		}
		group := b.section(b.grammar[l.kind].section)
		group.kids = append(group.kids, member{l.name, &body})
	}
}

// section returns a section of the main document's components.
func (b *bundler) section(name string) *node {
	root := b.ctx.main.root
	components := root.get("components")
	if components == nil || components.kind != kindObject {
		components = root.at(kindObject)
		root.set("components", components)
	}
	group := components.get(name)
	if group == nil || group.kind != kindObject {
		group = components.at(kindObject)
		components.set(name, group)
	}
	return group
}
