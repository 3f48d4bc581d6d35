package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/plaintext"
	"github.com/seed-a7989e22/apigen/generator/syntax"
)

// reader turns YAML nodes into values and reports what does not fit.
type reader struct {
	file  string
	diags *diag.List
}

func (r *reader) pos(n *yaml.Node) diag.Pos {
	return diag.Pos{File: r.file, Line: n.Line, Col: n.Column}
}

func (r *reader) errorf(n *yaml.Node, code, format string, args ...any) {
	r.diags.Errorf(r.pos(n), code, format, args...)
}

// document parses data as the one YAML document that it must be; the result is
// nil when it is not.
func (r *reader) document(data []byte) *yaml.Node {
	data = plaintext.Decode(data)
	if i := plaintext.Invalid(data); i >= 0 {
		line, col := syntax.After(string(data[:i]))
		r.diags.Errorf(diag.Pos{File: r.file, Line: line, Col: col}, "config-syntax", "this is not UTF-8; save the configuration as UTF-8")
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) {
		r.diags.Errorf(diag.Pos{File: r.file}, "config-value", "the configuration is empty; it needs the key clients")
		return nil
	}
	if err == nil {
		switch err = dec.Decode(&second); {
		case errors.Is(err, io.EOF):
			return doc.Content[0]
		case err == nil:
			r.errorf(&second, "config-value", "the configuration is one YAML document, and a second one starts here")
			return nil
		}
	}
	pos := diag.Pos{File: r.file}
	var message string
	pos.Line, pos.Col, message = syntax.Explain(string(data), err)
	r.diags.Errorf(pos, "config-syntax", "this is not YAML: %s", message)
	return nil
}

// advice names the key that was probably meant, or else all of them.
func advice(meant string, known []string) string {
	if meant != "" {
		return fmt.Sprintf("; did you mean %q?", meant)
	}
	return "; it has " + strings.Join(known, ", ")
}

// sequence returns the items of n; nil when n, which has been reported then,
// is no sequence.
func (r *reader) sequence(n *yaml.Node, what string) []*yaml.Node {
	n = resolve(n)
	if n.Kind != yaml.SequenceNode {
		r.errorf(n, "config-type", "%s must be a list, not %s", what, kindOf(n))
		return nil
	}
	return append([]*yaml.Node{}, n.Content...)
}

// text returns the string n, which must not be empty.
func (r *reader) text(n *yaml.Node, what string) (string, bool) {
	n = resolve(n)
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" {
		r.errorf(n, "config-type", "%s must be a string, not %s", what, kindOf(n))
		return "", false
	}
	if strings.TrimSpace(n.Value) == "" {
		r.errorf(n, "config-value", "%s is empty", what)
		return "", false
	}
	return n.Value, true
}

// boolean returns the boolean n.
func (r *reader) boolean(n *yaml.Node, what string) bool {
	n = resolve(n)
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool" {
		return strings.EqualFold(n.Value, "true")
	}
	r.errorf(n, "config-type", "%s must be true or false, not %s", what, kindOf(n))
	return false
}

// choice returns the string n, which must be one of several.
func (r *reader) choice(n *yaml.Node, what string, allowed ...string) string {
	n = resolve(n)
	if n.Kind == yaml.ScalarNode && slices.Contains(allowed, n.Value) {
		return n.Value
	}
	r.errorf(n, "config-value", "%s must be %s, not %s", what, strings.Join(allowed, " or "), kindOf(n))
	return ""
}

// resolve follows an alias to its anchor.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// kindOf names what n is, for messages.
func kindOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.ShortTag() == "!!null":
		return "null"
	case n.ShortTag() == "!!str":
		return fmt.Sprintf("%q", n.Value)
	}
	return n.Value
}

// member returns the value of a mapping's key.
func member(n *yaml.Node, name string) *yaml.Node {
	if v := valueOf(n, name); v != nil {
		return v
	}
	return resolve(n)
}

// hasMember reports whether the mapping n has a key, whatever its value.
func hasMember(n *yaml.Node, name string) bool { return valueOf(n, name) != nil }

// valueOf returns the value of the key of n with a name; nil without one.
func valueOf(n *yaml.Node, name string) *yaml.Node {
	n = resolve(n)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if resolve(n.Content[i]).Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}
