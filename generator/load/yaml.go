package load

import (
	"errors"
	"io"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/syntax"
)

// limits bounds what a single input may cost.
type limits struct {
	maxBytes int64
	maxDepth int
	maxNodes int
	maxWait  time.Duration
}

// yamlConverter turns yaml.v3's nodes into ours.
type yamlConverter struct {
	src *source
	limits
	diags *diag.List
	nodes int
	depth int
	// expanding holds the anchors being expanded, to find cycles.
	expanding map[*yaml.Node]bool
	failed    bool
	slab      []node
}

// parseYAML reads the file as a single YAML document.
func (s *source) parseYAML(lim limits, diags *diag.List) {
	// The end of the file never matters in a document, and looking through a
	// long run of blanks costs the scanner more than it is worth.
	text := strings.TrimRight(s.text, " \t\r\n") + "\n"
	if most := lim.maxNodes / 2; strings.Count(text, "\n") > most || strings.Count(text, ",") > most {
		// The parser would take many seconds to find out.
		diags.Errorf(diag.Pos{File: s.name, Line: 1, Col: 1}, "too-large", "the document has more than %d lines or elements", most)
		return
	}
	dec := yaml.NewDecoder(strings.NewReader(text))
	var doc, next yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			diags.Errorf(diag.Pos{File: s.name, Line: 1, Col: 1}, "syntax", "the document is empty")
			return
		}
		diags.Add(s.yamlError(err))
		return
	}
	if err := dec.Decode(&next); err == nil {
		diags.Errorf(s.position(int32(next.Line), int32(max(next.Column, 1))), "syntax",
			"the file holds a second YAML document from here on; keep one document in it")
		return
	} else if !errors.Is(err, io.EOF) {
		diags.Add(s.yamlError(err))
		return
	}
	if len(doc.Content) != 1 {
		diags.Errorf(diag.Pos{File: s.name, Line: 1, Col: 1}, "syntax", "the document is empty")
		return
	}
	c := &yamlConverter{src: s, limits: lim, diags: diags, expanding: map[*yaml.Node]bool{}}
	if root := c.convert(doc.Content[0], doc.Content[0]); !c.failed {
		s.root = root
	}
}

// yamlError makes a diagnostic of an error of yaml.v3.
func (s *source) yamlError(err error) diag.Diagnostic {
	pos := diag.Pos{File: s.name}
	var text string
	pos.Line, pos.Col, text = syntax.Explain(s.text, err)
	code := "syntax"
	if strings.Contains(text, "exceeded max depth") {
		code = "too-deep"
	}
	if pos.Line == 0 {
		pos = s.controlCharacter(pos)
	}
	return diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: code, Message: "the document is not valid YAML: " + text}
}

// controlCharacter looks for what yaml.v3 refuses without telling where.
func (s *source) controlCharacter(pos diag.Pos) diag.Pos {
	i := strings.IndexFunc(s.text, func(r rune) bool {
		return r != '\t' && r != '\n' && r != '\r' && r != 0x85 && unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF
	})
	if i < 0 {
		pos.Line, pos.Col = 1, 1
		return pos
	}
	return s.offsetPosition(i)
}

// fail reports an error at y and stops the conversion.
func (c *yamlConverter) fail(y *yaml.Node, code, format string, args ...any) *node {
	if !c.failed {
		c.diags.Errorf(c.src.position(int32(y.Line), int32(y.Column)), code, format, args...)
		c.failed = true
	}
	return c.node(kindNull, y)
}

func (c *yamlConverter) node(k kind, place *yaml.Node) *node {
	if len(c.slab) == 0 {
		c.slab = make([]node, 512)
	}
	n := &c.slab[0]
	c.slab = c.slab[1:]
	n.kind, n.source, n.a, n.b = k, c.src, int32(place.Line), int32(place.Column)
	return n
}

// convert returns the tree of y; place is where it was written, which is the
// key for a member of a mapping.
func (c *yamlConverter) convert(y, place *yaml.Node) *node {
	if c.failed {
		return c.node(kindNull, place)
	}
	if c.nodes++; c.nodes > c.maxNodes {
		return c.fail(y, "too-large", "the document has more than %d values, aliases expanded", c.maxNodes)
	}
	if c.depth++; c.depth > c.maxDepth {
		return c.fail(y, "too-deep", "the document is nested more than %d levels deep", c.maxDepth)
	}
	defer func() { c.depth-- }()
	switch y.Kind {
	case yaml.AliasNode:
		target := y.Alias
		if c.expanding[target] {
			return c.fail(y, "alias-cycle", "the alias *%s contains itself", shorten(y.Value))
		}
		c.expanding[target] = true
		n := c.convert(target, place)
		delete(c.expanding, target)
		return n
	case yaml.MappingNode:
		return c.mapping(y, place)
	case yaml.SequenceNode:
		n := c.node(kindArray, place)
		n.kids = make([]member, len(y.Content))
		for i, item := range y.Content {
			n.kids[i].val = c.convert(item, item)
		}
		return n
	}
	return c.scalar(y, place)
}

func (c *yamlConverter) mapping(y, place *yaml.Node) *node {
	n := c.node(kindObject, place)
	n.kids = make([]member, 0, len(y.Content)/2)
	var merged []member
	for i := 0; i+1 < len(y.Content) && !c.failed; i += 2 {
		key, val := y.Content[i], y.Content[i+1]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.Kind != yaml.ScalarNode {
			c.diags.Warnf(c.src.position(int32(key.Line), int32(key.Column)), "wrong-kind",
				"a key must be a string; this one is ignored with its value")
			continue
		}
		if key.Value == "<<" && key.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 && isMergeable(val) {
			merged = c.merge(merged, val)
			continue
		}
		n.kids = append(n.kids, member{key.Value, c.convert(val, y.Content[i])})
	}
	n.kids = dropDuplicates(n.kids, c.diags)
	if len(merged) > 0 {
		n.addMissing(merged)
	}
	return n
}

// addMissing appends the members whose keys n does not have.
func (n *node) addMissing(members []member) {
	have := n.keys()
	for _, m := range members {
		if !have[m.key] {
			have[m.key] = true
			n.kids = append(n.kids, m)
		}
	}
}

// isMergeable tells whether the value of a << key makes it a merge key.
func isMergeable(y *yaml.Node) bool {
	if y.Kind == yaml.AliasNode {
		y = y.Alias
	}
	return y.Kind == yaml.MappingNode || y.Kind == yaml.SequenceNode
}

// merge appends the members that a merge key brings in.
func (c *yamlConverter) merge(members []member, y *yaml.Node) []member {
	n := c.convert(y, y)
	switch n.kind {
	case kindObject:
		members = append(members, n.kids...)
	case kindArray:
		for _, item := range n.kids {
			if item.val.kind == kindObject {
				members = append(members, item.val.kids...)
			}
		}
	}
	return members
}

// scalar resolves a scalar by YAML 1.2's core schema, as OpenAPI wants it:
// yes, no, on, off and dates are strings.
func (c *yamlConverter) scalar(y, place *yaml.Node) *node {
	n := c.node(kindString, place)
	n.text = y.Value
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	if y.Style&yaml.TaggedStyle != 0 {
		switch y.Tag {
		case "!!int", "!!float", "!!bool", "!!null":
		default:
			return n
		}
	} else if y.Style&quoted != 0 {
		return n
	}
	switch y.Value {
	case "", "~", "null", "Null", "NULL":
		n.kind, n.text = kindNull, "null"
	case "true", "True", "TRUE":
		n.kind, n.text = kindBool, "true"
	case "false", "False", "FALSE":
		n.kind, n.text = kindBool, "false"
	default:
		if isCoreNumber(y.Value) {
			n.kind = kindNumber
		}
	}
	return n
}
