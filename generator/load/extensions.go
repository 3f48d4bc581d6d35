package load

import (
	"slices"
	"strconv"
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
	// item tells what an element of the list, or the member of the object with
	// a key, has to be; empty where it is that.
	item func(key string, v *node) string
}

// newExtensions returns the table of our own extensions, which docs/extensions.md
// explains.
func newExtensions() map[string]extension {
	text := func(on ...objKind) extension {
		return extension{on: on, want: "a string that is not blank", fits: isText}
	}
	return map[string]extension{
		"x-go-name":           text(objSchema, objParameter, objOperation, objSecurityScheme, objServer, objServerVariable),
		"x-go-service":        text(objOperation),
		"x-go-method":         text(objOperation),
		"x-go-result":         text(objOperation),
		"x-go-sse-terminator": text(objMediaType),
		"x-go-type": {on: []objKind{objSchema}, want: "a string that is not blank, or an object with one as its type", fits: func(v *node) bool {
			return isText(v) || v.get("type") != nil && isText(v.get("type"))
		}},
		"x-go-type-import": {on: []objKind{objSchema}, want: "an import path, or an object with one as its path", fits: func(v *node) bool {
			return isText(v) || v.get("path") != nil && isText(v.get("path"))
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
		}, item: wantWords},
		"x-enum-descriptions": {on: []objKind{objSchema, objServerVariable}, want: "a list, or an object by value", fits: func(v *node) bool {
			return v.kind == kindArray || v.kind == kindObject
		}, item: wantWords},
		"x-go-pagination": {on: []objKind{objOperation, objDocument}, want: "an object with style, or false", fits: func(v *node) bool {
			return v.kind == kindObject || v.kind == kindBool && v.text == "false"
		}, keys: []string{"style", "page", "offset", "cursor", "size", "first", "items", "next", "last", "total-pages", "total-count", "more"}, item: wantPages},
	}
}

// wantWords is the item of names and comments of values. Null is the value
// null's.
func wantWords(_ string, v *node) string {
	if v.kind == kindArray || v.kind == kindObject {
		return "a string"
	}
	return ""
}

// wantPages is the item of x-go-pagination.
func wantPages(key string, v *node) string {
	_, err := strconv.ParseUint(v.text, 10, 32)
	switch {
	case key == "first" && (v.kind != kindNumber || err != nil):
		return "a whole number"
	case key != "first" && !isText(v):
		return "a string that is not blank"
	}
	return ""
}

func isText(v *node) bool { return v.kind == kindString && strings.TrimSpace(v.text) != "" }

// isBasic reports whether a security scheme asks for user name and password.
func isBasic(n *node) bool {
	kind, _ := n.str("type")
	scheme, _ := n.str("scheme")
	return kind == "http" && strings.EqualFold(scheme, "basic")
}

// isMutualTLS reports whether a security scheme asks for a certificate.
func isMutualTLS(n *node) bool {
	kind, _ := n.str("type")
	return kind == "mutualTLS"
}

// extension reports an extension of our own that has no effect where it is.
func (r *repairer) extension(n *node, m member) {
	ext, own := r.extensions[m.key]
	switch {
	case !own:
	case !slices.Contains(ext.on, n.def):
		r.warn(m.val, "extension", "%s has no effect on %s", m.key, r.grammar[n.def].name)
	case m.key == "x-go-pagination" && n.def == objDocument && m.val.kind == kindArray: // rules, of which the first that fits counts
		for _, rule := range m.val.kids {
			r.extension(n, member{key: m.key, val: rule.val})
		}
	case !ext.fits(m.val):
		r.warn(m.val, "extension", "%s must be %s, not %s; it is ignored", m.key, ext.want, describe(m.val))
		m.val.hidden = true
	case m.key == "x-go-env" && m.val.kind == kindArray && !isBasic(n):
		r.warn(m.val, "extension", "%s must be the name of one environment variable, not a list, which is for basic; it is ignored", m.key)
		m.val.hidden = true
	case m.key == "x-go-env" && isMutualTLS(n):
		r.warn(m.val, "extension", "%s has no effect on mutualTLS: the certificate is that of the HTTP client", m.key)
	case m.key == "x-enum-varnames" && n.get("enum") == nil:
		r.warn(m.val, "extension", "%s has no effect without enum", m.key)
	case m.key == "x-enum-varnames" && n.get("enum").kind == kindArray && len(n.get("enum").kids) != len(m.val.kids):
		r.warn(m.val, "extension", "%s needs a name for each of the %d values of enum, not %d; it is ignored", m.key, len(n.get("enum").kids), len(m.val.kids))
	default:
		r.items(ext, m)
	}
}

// items reports what is in an extension of our own and has no effect.
func (r *repairer) items(ext extension, m member) {
	for i, kid := range m.val.kids {
		if ext.keys != nil && !slices.Contains(ext.keys, kid.key) {
			r.warn(kid.val, "extension", "%s has no key %q; it is ignored", m.key, shorten(kid.key))
			continue
		}
		if ext.item == nil {
			continue
		}
		if want := ext.item(kid.key, kid.val); want != "" {
			name := strconv.Quote(shorten(kid.key))
			if m.val.kind == kindArray {
				name = "element " + strconv.Itoa(i+1)
			}
			r.warn(kid.val, "extension", "%s of %s must be %s, not %s; it is ignored", name, m.key, want, describe(kid.val))
			kid.val.hidden = m.val.kind == kindObject // a list keeps its order
		}
	}
}
