package load

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/theory/jsonpath"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/plaintext"
)

// Overlay is an OpenAPI Overlay to apply to the document. Whoever names it is
// trusted, so the file may be anywhere; its content has the same bounds as
// that of the document.
type Overlay struct {
	Path string
	// Pos is where the overlay is named.
	Pos diag.Pos
}

// overlaid applies overlays to the tree of the main document.
type overlaid struct {
	*loading
	query *query
	// budget is the number of nodes that overlays may still add.
	budget int
	// file is the overlay being applied.
	file *source
}

// overlay applies the overlays in order. What they bring in is relative to the
// main document, as if it had been written there, but keeps its own position.
// False means that one of them is wrong.
func (c *loading) overlay() bool {
	o := &overlaid{loading: c, query: &query{ctx: c.ctx, root: c.main.root, finder: finder{}}, budget: c.limits.maxNodes / 5}
	for _, overlay := range c.opts.Overlays {
		if o.file = c.openOverlay(overlay); o.file == nil || !o.apply(o.file.root) {
			return false // what comes next may build on this
		}
	}
	return true
}

// openOverlay reads and parses an overlay; nil if that fails.
func (c *loading) openOverlay(overlay Overlay) *source {
	data, err := readFile(overlay.Path, c.limits.maxBytes)
	if err != nil {
		c.diags.Errorf(overlay.Pos, "unreadable", "the overlay %s cannot be read: %v", overlay.Path, diag.Cause(err))
		return nil
	}
	s := &source{name: overlay.Path, key: c.besideMain(overlay.Path)}
	if int64(len(data)) > c.limits.maxBytes {
		c.diags.Errorf(diag.Pos{File: s.name}, "too-large", "the overlay is larger than %d bytes", c.limits.maxBytes)
		return nil
	}
	s.sum, s.res = plaintext.Sum(data), c.main.res
	c.overlays = append(c.overlays, s)
	if s.parse(data, c.limits, c.diags); s.root == nil {
		return nil
	}
	return s
}

// besideMain returns the path of a file from the main document's folder, with
// slashes.
func (c *loading) besideMain(name string) string {
	if !c.main.remote {
		folder, err := filepath.Abs(c.folder)
		file, fileErr := filepath.Abs(name)
		if rel, relErr := filepath.Rel(folder, file); err == nil && fileErr == nil && relErr == nil {
			name = rel
		}
	}
	return filepath.ToSlash(name)
}

// overlayVersion is what the overlay keyword may say.
var overlayVersion = regexp.MustCompile(`^1\.[01](\.\d+)?$`)

// apply applies an overlay and tells whether it is one.
func (o *overlaid) apply(root *node) bool {
	version, ok := root.str("overlay")
	if v := root.get("overlay"); v != nil && v.kind == kindNumber {
		version, ok = v.text, true
	}
	switch {
	case !ok:
		o.diags.Errorf(root.position(), "overlay", `this is not an OpenAPI Overlay; it does not say "overlay: 1.0.0"`)
		return false
	case !overlayVersion.MatchString(version):
		o.diags.Errorf(root.get("overlay").position(), "overlay", "Overlay %s is not supported; 1.0 and 1.1 are", shorten(version))
		return false
	}
	o.reportKeys(root, "an overlay", "overlay", "info", "extends", "actions")
	actions := root.get("actions")
	if actions == nil || actions.kind != kindArray || len(actions.kids) == 0 {
		o.diags.Errorf(root.position(), "overlay", `the overlay has no list of "actions"`)
		return false
	}
	valid := true // what is wrong with any of them is reported before the first is carried out
	for _, m := range actions.kids {
		valid = o.check(m.val) && valid
	}
	for _, m := range actions.kids {
		if !valid || o.cancelled() || !o.action(m.val) {
			return false
		}
	}
	return true
}

// check reports whether an action can be understood.
func (o *overlaid) check(n *node) bool {
	o.reportKeys(n, "an action", "target", "description", "update", "remove", "copy")
	target, ok := n.str("target")
	if !ok {
		o.diags.Errorf(n.position(), "overlay", `an action needs a "target", which is a JSONPath`)
		return false
	}
	_, ok = o.parse(n.get("target"), target)
	return ok
}

// reportKeys warns of keys that an object of an overlay does not have.
func (o *overlaid) reportKeys(n *node, what string, known ...string) {
	for _, m := range n.members() {
		if !slices.Contains(known, m.key) && !strings.HasPrefix(m.key, "x-") {
			o.warn(m.val, "overlay", "%s has no key %q; it is ignored", what, shorten(m.key))
		}
	}
}

// action carries out an action; false means that there is no going on.
func (o *overlaid) action(n *node) bool {
	target, _ := n.str("target")
	update, ok := n.get("update"), true
	remove := n.get("remove") != nil && asBool(n.get("remove")) == "true"
	if from, isCopy := n.str("copy"); isCopy && update == nil && !remove {
		if update, ok = o.copySource(n.get("copy"), from); !ok {
			return false
		}
	}
	if !remove && update == nil {
		o.warn(n, "overlay", `the action has no "update", "copy" or "remove"; it does nothing`)
		return true
	}
	found, ok := o.find(n.get("target"), target)
	switch {
	case !ok:
		return false
	case len(found) == 0:
		o.warn(n, "overlay-unused", "the target %s matches nothing in the document", shorten(target))
		return true
	case remove:
		return o.remove(n, found)
	}
	return o.update(n, found, update)
}

// parse parses a JSONPath.
func (o *overlaid) parse(at *node, text string) (*jsonpath.Path, bool) {
	path, err := jsonpath.Parse(text)
	if err == nil {
		return path, true
	}
	hint := ""
	if strings.Contains(text, "-") {
		hint = "; a name with a hyphen is written in brackets and quotes, as in $['x-name']"
	}
	o.diags.Errorf(at.position(), "overlay", "%s is not a JSONPath of RFC 9535: %s%s", shorten(text),
		strings.TrimPrefix(err.Error(), "jsonpath: "), hint)
	return nil, false
}

// find returns what a JSONPath selects, in a fixed order.
func (o *overlaid) find(at *node, text string) ([]location, bool) {
	path, ok := o.parse(at, text)
	if !ok {
		return nil, false
	}
	found, err := o.query.find(path)
	if err != nil {
		o.diags.Errorf(at.position(), "overlay", "the target %s is not looked up: %v", shorten(text), err)
		return nil, false
	}
	return found, true
}

// copySource returns the one node that the copy of an action selects.
func (o *overlaid) copySource(at *node, text string) (*node, bool) {
	found, ok := o.find(at, text)
	if ok && len(found) != 1 {
		o.diags.Errorf(at.position(), "overlay", "copy must select one value, and %s selects %d", shorten(text), len(found))
		ok = false
	}
	if !ok {
		return nil, false
	}
	return o.duplicate(at, found[0].node)
}

// duplicate copies a tree within the budget.
func (o *overlaid) duplicate(at, n *node) (*node, bool) {
	c, ok := n.copyTree(&o.budget, nil)
	if !ok {
		o.diags.Errorf(at.position(), "too-large", "overlays add more than %d values to the document", o.limits.maxNodes/5)
	}
	return c, ok
}

// remove removes what was found.
func (o *overlaid) remove(action *node, found []location) bool {
	removed, first := map[*node]bool{}, map[*node]int{}
	for i, l := range found {
		if l.parent == nil {
			o.diags.Errorf(action.position(), "overlay", "the whole document cannot be removed")
			return false
		}
		removed[l.node] = true
		if _, seen := first[l.parent]; !seen {
			first[l.parent] = i
		}
	}
	// All members of a parent go at once, when the first of them is come to from the end: the places
	// before it stay where they are.
	for i, l := range slices.Backward(found) {
		if first[l.parent] == i {
			l.parent.kids = slices.Clip(slices.DeleteFunc(l.parent.kids, func(m member) bool { return removed[m.val] }))
			o.query.changed(l.path[:len(l.path)-1])
		}
	}
	return true
}

// update merges a value into what was found. A list takes it as a further
// item, or takes its items if it is a list itself.
func (o *overlaid) update(action *node, found []location, value *node) bool {
	depth := value.depth()
	for _, l := range found {
		if len(l.path)+depth > o.limits.maxDepth {
			o.diags.Errorf(action.position(), "too-deep", "the document becomes nested more than %d levels deep", o.limits.maxDepth)
			return false
		}
		c, ok := o.duplicate(action, value)
		if !ok {
			return false
		}
		if l.node.kind == kindArray && c.kind != kindArray {
			l.node.kids = append(l.node.kids, member{val: c})
		} else {
			l.node.merge(c)
		}
		o.query.changed(l.path)
	}
	return true
}

// merge merges an update into n: objects by key, lists one after the other;
// anything else takes the place of what was there.
func (n *node) merge(update *node) {
	switch {
	case n.kind == kindArray && update.kind == kindArray:
		n.kids = append(n.kids, update.kids...)
	case n.kind == kindObject && update.kind == kindObject:
		for _, m := range update.kids {
			if old := n.get(m.key); old != nil {
				old.merge(m.val)
			} else {
				n.kids = append(n.kids, m)
			}
		}
	default:
		*n = *update
	}
}

// depth returns the number of levels of n.
func (n *node) depth() int {
	deepest := 0
	for _, m := range n.kids {
		deepest = max(deepest, m.val.depth())
	}
	return deepest + 1
}
