package load

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/plaintext"
)

// source is one input file.
type source struct {
	// name is what diagnostics call the file.
	name string
	// key identifies the file among the inputs: its path relative to the main
	// document's folder, or its URL.
	key    string
	remote bool
	sum    [sha256.Size]byte // of the file
	text   string            // the file in UTF-8, what offsets refer to
	root   *node
	lines  []int32 // offsets of the line starts, made on first use
	marks  []int32 // bytes within characters up to each mark, likewise
	// res is the resource that references in the file are relative to.
	res *resource
}

// address is the key as generated files may have it: without what may be secret
// in a URL.
func (s *source) address() string {
	if s.remote {
		return PublicURL(s.key)
	}
	return s.key
}

// position returns where a node was written. YAML nodes carry line and column,
// JSON nodes their byte offset as ^offset, because only few are ever asked for.
func (s *source) position(a, b int32) diag.Pos {
	if a >= 0 {
		return diag.Pos{File: s.name, Line: int(a), Col: int(b)}
	}
	return s.offsetPosition(int(^a))
}

// offsetPosition returns the line and column of a byte offset.
func (s *source) offsetPosition(offset int) diag.Pos {
	if s.lines == nil {
		s.index()
	}
	offset = min(offset, len(s.text))
	line, found := slices.BinarySearch(s.lines, int32(offset))
	if !found {
		line--
	}
	start := int(s.lines[line])
	col := offset - start - s.continuations(offset) + s.continuations(start)
	return diag.Pos{File: s.name, Line: line + 1, Col: col + 1}
}

// markEvery is the distance of the marks in bytes.
const markEvery = 1024

// index finds the starts of the lines and counts the bytes that do not begin a
// character, because a document may well be a single line of many megabytes.
func (s *source) index() {
	s.lines = []int32{0}
	count := int32(0)
	for i := range len(s.text) {
		if i%markEvery == 0 {
			s.marks = append(s.marks, count)
		}
		if c := s.text[i]; c == '\n' {
			s.lines = append(s.lines, int32(i+1))
		} else if !utf8.RuneStart(c) {
			count++
		}
	}
	s.marks = append(s.marks, count)
}

// continuations returns the number of bytes before offset that do not begin a
// character.
func (s *source) continuations(offset int) int {
	mark := offset / markEvery
	count := int(s.marks[min(mark, len(s.marks)-1)])
	for i := mark * markEvery; i < offset; i++ {
		if !utf8.RuneStart(s.text[i]) {
			count++
		}
	}
	return count
}

// position returns where n was written.
func (n *node) position() diag.Pos {
	if n.source == nil {
		return diag.Pos{}
	}
	return n.source.position(n.a, n.b)
}

// parse turns the file into a tree. Problems go into diags; root stays nil when
// there is no tree.
func (s *source) parse(data []byte, lim limits, diags *diag.List) {
	var ok bool
	if s.text, ok = s.decode(data, diags); !ok {
		return
	}
	trimmed := strings.TrimLeft(s.text, " \t\r\n")
	if trimmed == "" {
		diags.Errorf(diag.Pos{File: s.name, Line: 1, Col: 1}, "syntax", "the document is empty")
		return
	}
	if what := otherText(trimmed); what != "" {
		diags.Errorf(diag.Pos{File: s.name, Line: 1, Col: 1}, "not-openapi", "this is %s", what)
		return
	}
	if c := trimmed[0]; c != '{' && c != '[' {
		s.parseYAML(lim, diags)
		return
	}
	var jsonDiags diag.List
	var final bool
	if s.root, final = parseJSON(s, lim, &jsonDiags); s.root == nil && !final {
		// Trailing commas, comments with # and unquoted keys are fine in YAML.
		var yamlDiags diag.List
		if s.parseYAML(lim, &yamlDiags); s.root != nil {
			jsonDiags = yamlDiags
		}
	}
	for _, d := range jsonDiags.Sorted() {
		diags.Add(d)
	}
}

// decode returns the file as UTF-8 without a byte order mark.
func (s *source) decode(data []byte, diags *diag.List) (string, bool) {
	if plaintext.UTF32(data) {
		diags.Errorf(diag.Pos{File: s.name, Line: 1, Col: 1}, "encoding", "the document is UTF-32; save it as UTF-8")
		return "", false
	}
	if bytes.HasPrefix(data, []byte{0x1F, 0x8B}) {
		diags.Errorf(diag.Pos{File: s.name, Line: 1, Col: 1}, "encoding", "the document is compressed; unpack it with gunzip")
		return "", false
	}
	data = plaintext.Decode(data)
	if i := bytes.IndexByte(data, 0); i >= 0 {
		s.text = string(data[:i])
		diags.Errorf(s.offsetPosition(i), "encoding", "the document is not text: it has a NUL byte here")
		s.lines, s.marks = nil, nil
		return "", false
	}
	if i := plaintext.Invalid(data); i >= 0 {
		s.text = string(data[:i])
		diags.Warnf(s.offsetPosition(i), "encoding", "the document is not UTF-8 from here on; what is invalid is replaced by U+FFFD")
		s.lines, s.marks = nil, nil
		data = bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return string(data), true
}
