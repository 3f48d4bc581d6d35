package config

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// key is a key that a mapping may have. A mapping is described by a list of
// keys, and everything known about a key is said there once: the reader and
// the JSON schema both follow that list.
type key struct {
	name string
	// doc is what an editor shows for the key.
	doc      string
	required bool
	// standard is what leaving the key out means, if that is a value.
	standard any
	value    value
}

// value is what a key may hold.
type value struct {
	// schema says what the value looks like, as far as JSON schema can.
	schema schema
	// read stores the value; what is the name of the value in messages.
	read func(r *reader, n *yaml.Node, what string)
}

// boolean is true or false.
func boolean(dst *bool) value {
	return value{schema{Type: "boolean"}, func(r *reader, n *yaml.Node, what string) {
		*dst = r.boolean(n, what)
	}}
}

// unless is a boolean that is stored as its opposite.
func unless(dst *bool) value {
	v := boolean(dst)
	return value{v.schema, func(r *reader, n *yaml.Node, what string) { *dst = !r.boolean(n, what) }}
}

// either is one of two words, of which the second stands for true.
func either(dst *bool, no, yes string) value {
	return value{schema{Enum: []string{no, yes}}, func(r *reader, n *yaml.Node, what string) {
		*dst = r.choice(n, what, no, yes) == yes
	}}
}

// text is a string that is not blank. The pattern is for editors; check says
// what exactly is right, and how a wrong text is reported: it gets the text and
// returns what to store.
func text(dst *string, pattern string, check func(r *reader, n *yaml.Node, s string) string) value {
	if pattern == "" {
		pattern = `\S`
	}
	return value{schema{Type: "string", Pattern: pattern}, func(r *reader, n *yaml.Node, what string) {
		if s, ok := r.text(n, what); ok {
			*dst = check(r, resolve(n), s)
		}
	}}
}

// list is a sequence. An item, called item in messages, is read by the value
// that of makes for its place; one that has been reported is left out.
func list[T any](dst *[]T, item string, of func(*T) value) value {
	items := of(new(T)).schema
	return value{schema{Type: "array", Items: &items}, func(r *reader, n *yaml.Node, what string) {
		for _, element := range r.sequence(n, what) {
			before := r.diags.Len()
			var t T
			of(&t).read(r, element, item)
			if r.diags.Len() == before {
				*dst = append(*dst, t)
			}
		}
	}}
}

// dict is a mapping with keys of any name. An entry is made from its key, of
// which of reports what is wrong, and read by the value that of returns.
func dict[T any](dst *[]T, of func(r *reader, name *yaml.Node, entry *T) value) value {
	var none T
	values := of(&reader{diags: &diag.List{}}, &yaml.Node{}, &none).schema
	return value{schema{Type: "object", Values: &values}, func(r *reader, n *yaml.Node, what string) {
		r.entries(n, what, func(name, content *yaml.Node) {
			before := r.diags.Len()
			var t T
			of(r, name, &t).read(r, content, what+"."+resolve(name).Value)
			if r.diags.Len() == before {
				*dst = append(*dst, t)
			}
		})
	}}
}

// atLeastOne is a list that is not empty.
func atLeastOne(v value) value {
	v.schema.MinItems = 1
	read := v.read
	v.read = func(r *reader, n *yaml.Node, what string) {
		if list := resolve(n); list.Kind == yaml.SequenceNode && len(list.Content) == 0 {
			r.errorf(n, "config-value", "%s is empty; give it at least one value or leave it out", what)
			return
		}
		read(r, n, what)
	}
	return v
}

// object is a mapping with known keys.
func object(keys []key) value {
	return value{objectSchema(keys), func(r *reader, n *yaml.Node, what string) { r.mapping(n, what, keys) }}
}

// choice is one of several words, each of which stands for something.
func choice[T any](dst *T, words []string, meaning map[string]T) value {
	return value{schema{Enum: words}, func(r *reader, n *yaml.Node, what string) {
		*dst = meaning[r.choice(n, what, words...)]
	}}
}

// objectSchema describes a mapping with known keys.
func objectSchema(keys []key) schema {
	s := schema{Type: "object", Closed: true}
	for _, k := range keys {
		described := k.value.schema
		described.Description, described.Default = k.doc, k.standard
		s.Properties = append(s.Properties, property{k.name, described})
		if k.required {
			s.Required = append(s.Required, k.name)
		}
	}
	return s
}

// mapping reads n, called what in messages, as a mapping with the given keys.
func (r *reader) mapping(n *yaml.Node, what string, keys []key) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		r.errorf(n, "config-type", "%s must be a mapping with the keys %s, not %s", what, strings.Join(names(keys), ", "), kindOf(n))
		return
	}
	seen := map[string]bool{}
	r.entries(n, what, func(at, content *yaml.Node) {
		name := resolve(at).Value
		seen[name] = true
		i := slices.IndexFunc(keys, func(k key) bool { return k.name == name })
		if i < 0 {
			meant := naming.Nearest(name, names(keys))
			seen[meant] = true // and not missing as well
			r.errorf(at, "config-key", "%s has no key %q%s", what, name, advice(meant, names(keys)))
			return
		}
		keys[i].value.read(r, content, name)
	})
	for _, k := range keys {
		if k.required && !seen[k.name] {
			r.errorf(n, "config-key", "%s needs the key %s", what, k.name)
		}
	}
}

// entries calls f for each entry of the mapping n, which is called what in
// messages; a key that comes again is reported.
func (r *reader) entries(n *yaml.Node, what string, f func(name, content *yaml.Node)) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		r.errorf(n, "config-type", "%s must be a mapping, not %s", what, kindOf(n))
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		at := n.Content[i]
		name := resolve(at)
		if line, ok := seen[name.Value]; ok {
			r.errorf(at, "config-key", "the key %s is already set at line %d", name.Value, line)
			continue
		}
		seen[name.Value] = name.Line
		if name.Value == "" {
			r.errorf(at, "config-value", "%s has an empty key", what)
			continue
		}
		f(at, n.Content[i+1])
	}
}

func names(keys []key) []string {
	var all []string
	for _, k := range keys {
		all = append(all, k.name)
	}
	return all
}
