package load

import (
	"slices"
	"strings"
)

// extension is what the grammar says about an extension of our own.
type extension struct {
	// on are the objects on which it has an effect.
	on []objKind
	// want is what its value has to be, for messages; fits tells whether it is.
	want string
	fits func(v *node) bool
	// keys are those that an object may have, if they are known.
	keys []string
}

// newExtensions returns the table of our own extensions, which docs/extensions.md
// explains.
func newExtensions() map[string]extension {
	text := func(on ...objKind) extension { return extension{on: on, want: "a string", fits: isText} }
	return map[string]extension{
		"x-go-name":           text(objSchema, objParameter, objOperation, objSecurityScheme, objServer, objServerVariable),
		"x-go-service":        text(objOperation),
		"x-go-method":         text(objOperation),
		"x-go-result":         text(objOperation),
		"x-go-type":           text(objSchema),
		"x-go-sse-terminator": text(objMediaType),
		"x-go-type-import": {on: []objKind{objSchema}, want: "an import path, or an object with path", fits: func(v *node) bool {
			return isText(v) || v.kind == kindObject
		}},
		"x-sensitive": {on: []objKind{objSchema, objParameter}, want: "true or false", fits: func(v *node) bool {
			return v.kind == kindBool
		}},
		"x-go-env": {on: []objKind{objSecurityScheme, objServerVariable}, want: "the name of an environment variable, or a list of two for basic",
			fits: func(v *node) bool {
				return isText(v) || v.kind == kindArray && len(v.kids) == 2 && isText(v.kids[0].val) && isText(v.kids[1].val)
			}},
		"x-enum-varnames": {on: []objKind{objSchema, objServerVariable}, want: "a list", fits: func(v *node) bool {
			return v.kind == kindArray
		}},
		"x-enum-descriptions": {on: []objKind{objSchema, objServerVariable}, want: "a list, or an object by value", fits: func(v *node) bool {
			return v.kind == kindArray || v.kind == kindObject
		}},
		"x-go-pagination": {on: []objKind{objOperation}, want: "an object with style", fits: func(v *node) bool {
			return v.kind == kindObject
		}, keys: []string{"style", "page", "offset", "cursor", "size", "first", "items", "next", "total-pages", "total-count", "more"}},
	}
}

func isText(v *node) bool { return v.kind == kindString && strings.TrimSpace(v.text) != "" }

// extension reports an extension of our own that has no effect where it is.
func (r *repairer) extension(n *node, m member) {
	ext, own := r.extensions[m.key]
	switch {
	case !own:
	case !slices.Contains(ext.on, n.def):
		r.warn(m.val, "extension", "%s has no effect on %s", m.key, r.grammar[n.def].name)
	case !ext.fits(m.val):
		r.warn(m.val, "extension", "%s must be %s, not %s; it is ignored", m.key, ext.want, describe(m.val))
	case m.key == "x-enum-varnames":
		if values := n.get("enum"); values == nil {
			r.warn(m.val, "extension", "%s has no effect without enum", m.key)
		} else if values.kind == kindArray && len(values.kids) != len(m.val.kids) {
			r.warn(m.val, "extension", "%s needs a name for each of the %d values of enum, not %d; it is ignored", m.key, len(values.kids), len(m.val.kids))
		}
	case ext.keys != nil:
		for _, key := range m.val.kids {
			if !slices.Contains(ext.keys, key.key) {
				r.warn(key.val, "extension", "%s has no key %q; it is ignored", m.key, shorten(key.key))
			}
		}
	}
}
