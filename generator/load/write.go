package load

import (
	"unicode/utf8"
)

// appendJSON appends the tree as JSON and prunes what is hidden.
func appendJSON(b []byte, n *node) []byte {
	switch n.kind {
	case kindNull:
		return append(b, "null"...)
	case kindBool:
		return append(b, n.text...)
	case kindNumber:
		return append(b, clampNumber(n.text)...)
	case kindString:
		return appendString(b, n.text)
	}
	n.prune()
	if n.kind == kindArray {
		b = append(b, '[')
		for i, m := range n.kids {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, m.val)
		}
		return append(b, ']')
	}
	b = append(b, '{')
	for i, m := range n.kids {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, m.key)
		b = append(b, ':')
		b = appendJSON(b, m.val)
	}
	return append(b, '}')
}

// prune removes the hidden members of n.
func (n *node) prune() {
	for i := range n.kids {
		if !n.kids[i].val.hidden {
			continue
		}
		kept := n.kids[:i]
		for _, m := range n.kids[i:] {
			if !m.val.hidden {
				kept = append(kept, m)
			}
		}
		clear(n.kids[len(kept):])
		n.kids = kept
		return
	}
}

// appendString appends s as a JSON string.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\t':
			b = append(b, '\\', 't')
		case '\r':
			b = append(b, '\\', 'r')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		start = i
	}
	return append(append(b, s[start:]...), '"')
}
