package load

import "strings"

// otherText tells what a text is that is saved in the place of a document by
// mistake; empty when it may be one.
func otherText(text string) string {
	start := strings.ToLower(text[:min(len(text), 64)])
	for _, sign := range []string{"<!doctype", "<html", "<?xml"} {
		if strings.HasPrefix(start, sign) {
			return "HTML or XML and no OpenAPI document; perhaps a page was saved in its place"
		}
	}
	if strings.HasPrefix(start, "version https://git-lfs.") {
		return "a pointer of Git LFS; git lfs pull brings the document"
	}
	return ""
}

// otherDocument tells what to do about a document that does not say which
// version of OpenAPI it follows.
func otherDocument(root *node) string {
	switch info := root.get("info"); {
	case root.get("overlay") != nil:
		return "it is an overlay; name it under overlays of the document that it changes, in gen.yaml"
	case root.get("asyncapi") != nil:
		return "it follows AsyncAPI, which is not supported"
	case info.get("_postman_id") != nil, root.get("item") != nil && info.get("schema") != nil:
		return "it is a collection of Postman; export it as OpenAPI"
	}
	return "add its version"
}
