package main

import (
	"os"
	"strings"

	"go.yaml.in/yaml/v3"
)

// count returns the version that a document says and the number of its
// operations. It reads the source itself rather than trust what was loaded.
func count(path string) (version string, operations int, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", 0, err
	}
	var doc yaml.Node
	// A document that cannot be parsed has no operations; that it cannot be
	// is reported elsewhere.
	if err := yaml.Unmarshal(data, &doc); err != nil || len(doc.Content) == 0 {
		return "", 0, nil
	}
	root := doc.Content[0]
	for _, key := range []string{"openapi", "swagger"} {
		if v := get(root, key); v != nil {
			version = v.Value
		}
	}
	paths := get(root, "paths")
	if paths == nil {
		return version, 0, nil
	}
	for i := 1; i < len(paths.Content); i += 2 {
		if strings.HasPrefix(paths.Content[i-1].Value, "/") {
			operations += countItem(root, paths.Content[i])
		}
	}
	return version, operations, nil
}

// countItem counts the operations of a path item, which may be a reference
// into the same document.
func countItem(root, item *yaml.Node) int {
	if ref := get(item, "$ref"); ref != nil {
		if target, ok := strings.CutPrefix(ref.Value, "#/"); ok {
			item = root
			for token := range strings.SplitSeq(target, "/") {
				if item = get(item, strings.NewReplacer("~1", "/", "~0", "~").Replace(token)); item == nil {
					return 0
				}
			}
		}
	}
	n := 0
	for _, method := range []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"} {
		if op := get(item, method); op != nil && op.Kind == yaml.MappingNode {
			n++
		}
	}
	if more := get(item, "additionalOperations"); more != nil && more.Kind == yaml.MappingNode {
		n += len(more.Content) / 2
	}
	return n
}

// get returns the value of a key of a mapping, or nil.
func get(n *yaml.Node, key string) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			v := n.Content[i+1]
			if v.Kind == yaml.AliasNode {
				v = v.Alias
			}
			return v
		}
	}
	return nil
}
