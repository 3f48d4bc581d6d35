package support

import "strings"

// pieces is segment for escaped text with slashes that stay. Each piece between
// two of them is held to what the whole is held to.
func (r *request) pieces(name, text string) {
	for piece := range strings.SplitSeq(text, "/") {
		if piece != text && (piece == "" || piece == "." || piece == "..") {
			r.check.add("path/"+name, "not", `empty, "." or ".." between slashes, which lead to another path`)
			break
		}
	}
	r.segment(name, text)
}
