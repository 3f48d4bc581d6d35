package load

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// jsonParser reads JSON into nodes that remember their byte offsets.
type jsonParser struct {
	src   *source
	text  string
	pos   int
	depth int
	limits
	nodes int
	diags *diag.List
	slab  []node
	kids  []member // stack of the members of the objects being read
	// final tells that what is wrong would be no better as YAML.
	final bool
}

// parseJSON returns the tree of a JSON file, or nil after an error; final tells
// that it is no use to try YAML.
func parseJSON(s *source, lim limits, diags *diag.List) (root *node, final bool) {
	p := &jsonParser{src: s, text: s.text, limits: lim, diags: diags}
	p.space()
	if root = p.value(p.pos); root == nil {
		return nil, p.final
	}
	p.space()
	if p.pos < len(p.text) {
		return p.fail("there is something after the end of the document: %s", p.found()), true
	}
	return root, true
}

// fail reports a syntax error at the current position.
func (p *jsonParser) fail(format string, args ...any) *node {
	p.diags.Errorf(p.src.offsetPosition(p.pos), "syntax", format, args...)
	return nil
}

// found describes what stands at the current position.
func (p *jsonParser) found() string {
	if p.pos >= len(p.text) {
		return "the end of the file"
	}
	if strings.HasPrefix(p.text[p.pos:], "//") || strings.HasPrefix(p.text[p.pos:], "/*") {
		p.final = true
		return "a comment, which JSON does not have"
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	return strconv.QuoteRune(r)
}

func (p *jsonParser) space() {
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

// node takes a node from the slab; offset is where it was written.
func (p *jsonParser) node(k kind, offset int) *node {
	if len(p.slab) == 0 {
		p.slab = make([]node, 512)
	}
	n := &p.slab[0]
	p.slab = p.slab[1:]
	n.kind, n.source, n.a = k, p.src, ^int32(offset)
	return n
}

// value reads the value at the current position. A member of an object stands
// where its key does, so the caller says where that is.
func (p *jsonParser) value(offset int) *node {
	if p.nodes++; p.nodes > p.maxNodes {
		p.diags.Errorf(p.src.offsetPosition(p.pos), "too-large", "the document has more than %d values", p.maxNodes)
		p.final = true
		return nil
	}
	if p.pos >= len(p.text) {
		return p.fail("the document is cut off: a value is missing at the end of the file")
	}
	switch c := p.text[p.pos]; {
	case c == '{':
		return p.object(offset)
	case c == '[':
		return p.array(offset)
	case c == '"':
		n := p.node(kindString, offset)
		var ok bool
		if n.text, ok = p.string(); !ok {
			return nil
		}
		return n
	case c == '-' || c >= '0' && c <= '9':
		return p.number(offset)
	}
	for _, word := range [...]struct {
		text string
		kind kind
	}{{"true", kindBool}, {"false", kindBool}, {"null", kindNull}} {
		if strings.HasPrefix(p.text[p.pos:], word.text) {
			n := p.node(word.kind, offset)
			n.text = p.text[p.pos : p.pos+len(word.text)]
			p.pos += len(word.text)
			return n
		}
	}
	return p.fail("a value is expected, not %s", p.found())
}

// enter counts a level of nesting.
func (p *jsonParser) enter() bool {
	if p.depth++; p.depth > p.maxDepth {
		p.diags.Errorf(p.src.offsetPosition(p.pos), "too-deep", "the document is nested more than %d levels deep", p.maxDepth)
		p.final = true
		return false
	}
	return true
}

// finish gives n the members read since mark.
func (p *jsonParser) finish(n *node, mark int) *node {
	p.depth--
	if len(p.kids) > mark {
		n.kids = append(make([]member, 0, len(p.kids)-mark), p.kids[mark:]...)
		p.kids = p.kids[:mark]
	}
	return n
}

func (p *jsonParser) object(offset int) *node {
	if !p.enter() {
		return nil
	}
	n, mark := p.node(kindObject, offset), len(p.kids)
	p.pos++
	for p.space(); ; p.space() {
		if p.pos < len(p.text) && p.text[p.pos] == '}' && len(p.kids) == mark {
			break
		}
		if p.pos >= len(p.text) || p.text[p.pos] != '"' {
			return p.fail("a key in double quotes is expected, not %s", p.found())
		}
		keyOffset := p.pos
		key, ok := p.string()
		if !ok {
			return nil
		}
		p.space()
		if p.pos >= len(p.text) || p.text[p.pos] != ':' {
			return p.fail("a colon is expected after the key %q, not %s", shorten(key), p.found())
		}
		p.pos++
		p.space()
		val := p.value(keyOffset)
		if val == nil {
			return nil
		}
		p.kids = append(p.kids, member{key, val})
		p.space()
		if p.pos < len(p.text) && p.text[p.pos] == ',' {
			p.pos++
			continue
		}
		if p.pos < len(p.text) && p.text[p.pos] == '}' {
			break
		}
		return p.fail("a comma or a closing brace is expected, not %s", p.found())
	}
	p.pos++
	p.finish(n, mark)
	n.kids = dropDuplicates(n.kids, p.diags)
	return n
}

func (p *jsonParser) array(offset int) *node {
	if !p.enter() {
		return nil
	}
	n, mark := p.node(kindArray, offset), len(p.kids)
	p.pos++
	for p.space(); ; p.space() {
		if p.pos < len(p.text) && p.text[p.pos] == ']' && len(p.kids) == mark {
			break
		}
		val := p.value(p.pos)
		if val == nil {
			return nil
		}
		p.kids = append(p.kids, member{val: val})
		p.space()
		if p.pos < len(p.text) && p.text[p.pos] == ',' {
			p.pos++
			continue
		}
		if p.pos < len(p.text) && p.text[p.pos] == ']' {
			break
		}
		return p.fail("a comma or a closing bracket is expected, not %s", p.found())
	}
	p.pos++
	return p.finish(n, mark)
}

func (p *jsonParser) number(offset int) *node {
	start := p.pos
	for p.pos < len(p.text) && strings.IndexByte("+-.eE0123456789", p.text[p.pos]) >= 0 {
		p.pos++
	}
	n := p.node(kindNumber, offset)
	n.text = p.text[start:p.pos]
	if !isJSONNumber(n.text) {
		p.pos = start
		return p.fail("%q is not a number", shorten(n.text))
	}
	return n
}

// string reads the string at the current position.
func (p *jsonParser) string() (string, bool) {
	start := p.pos + 1
	for i := start; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case c == '"':
			p.pos = i + 1
			return p.text[start:i], true
		case c == '\\':
			return p.escapedString(start, i)
		}
		// Control characters are not allowed here, but nothing is ambiguous
		// about them, so they are taken as they are.
	}
	p.pos = start - 1
	p.fail("the string that starts here has no end")
	return "", false
}

// escapedString reads a string that has its first escape at i.
func (p *jsonParser) escapedString(start, i int) (string, bool) {
	buf := append(make([]byte, 0, 2*(i-start)+32), p.text[start:i]...)
	for i < len(p.text) {
		switch c := p.text[i]; c {
		case '"':
			p.pos = i + 1
			return string(buf), true
		case '\\':
			r, size := unescape(p.text[i:])
			if size == 0 {
				p.pos = i
				p.fail("this is not a valid escape sequence")
				return "", false
			}
			buf = utf8.AppendRune(buf, r)
			i += size
		default:
			buf = append(buf, c)
			i++
		}
	}
	p.pos = start - 1
	p.fail("the string that starts here has no end")
	return "", false
}

// unescape decodes the escape sequence at the start of s; size is 0 when there
// is none.
func unescape(s string) (r rune, size int) {
	if len(s) < 2 {
		return 0, 0
	}
	if i := strings.IndexByte(`"\/bfnrt`, s[1]); i >= 0 {
		return rune("\"\\/\b\f\n\r\t"[i]), 2
	}
	if r, ok := hexRune(s); ok {
		if !utf16.IsSurrogate(r) {
			return r, 6
		}
		if low, ok := hexRune(s[6:]); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, 12
			}
		}
		return utf8.RuneError, 6
	}
	return 0, 0
}

// hexRune reads \uXXXX.
func hexRune(s string) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	v, err := strconv.ParseUint(s[2:6], 16, 32)
	return rune(v), err == nil
}

// shorten cuts text from the document down to what fits into a message.
func shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}

// dropDuplicates removes all but the last of the members with the same key,
// each of which takes the place of the first.
func dropDuplicates(kids []member, diags *diag.List) []member {
	if len(kids) <= 8 {
		for i := 1; i < len(kids); i++ {
			for j := range i {
				if kids[i].key == kids[j].key {
					return mergeDuplicates(kids, diags)
				}
			}
		}
		return kids
	}
	seen := make(map[string]struct{}, len(kids))
	for i := range kids {
		seen[kids[i].key] = struct{}{}
	}
	if len(seen) == len(kids) {
		return kids
	}
	return mergeDuplicates(kids, diags)
}

func mergeDuplicates(kids []member, diags *diag.List) []member {
	first := make(map[string]int, len(kids))
	out := kids[:0]
	for _, m := range kids {
		i, dup := first[m.key]
		if !dup {
			first[m.key] = len(out)
			out = append(out, m)
			continue
		}
		diags.Warnf(m.val.position(), "duplicate-key", "the key %q was given before at %s; this one wins",
			shorten(m.key), lineCol(out[i].val.position()))
		out[i].val = m.val
	}
	return out
}

func lineCol(p diag.Pos) string { return strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Col) }
