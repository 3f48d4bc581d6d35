package config

import (
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// Parse checks the configuration data, which was read from file. Findings go
// to diags; the result is usable only when there is no error among them.
func Parse(file string, data []byte, diags *diag.List) *Config {
	r := &reader{file: file, diags: diags}
	cfg := &Config{}
	root := r.document(data)
	if root == nil {
		return cfg
	}
	seen := map[string]diag.Pos{}
	r.mapping(root, "the configuration", []key{
		{name: "clients", required: true, read: func(n *yaml.Node) {
			items := r.sequence(n, "clients")
			if items != nil && len(items) == 0 {
				r.errorf(n, "config-value", "clients is empty; list at least one client with spec and out")
			}
			for _, item := range items {
				c, ok := r.client(item)
				if c.Out != "" {
					r.unique(seen, c)
				}
				if ok {
					cfg.Clients = append(cfg.Clients, c)
				}
			}
		}},
	})
	return cfg
}

// client reads one entry of clients. It is not ok when the entry cannot be
// used; the reason has been reported then.
func (r *reader) client(n *yaml.Node) (Client, bool) {
	before := r.diags.Len()
	c := Client{Pos: r.pos(n), Root: filepath.Dir(r.file)}
	var out *yaml.Node
	r.mapping(n, "a client", []key{
		{name: "spec", required: true, read: func(n *yaml.Node) { c.Spec = r.spec(n) }},
		{name: "out", required: true, read: func(n *yaml.Node) { out = n; c.Out = r.out(n) }},
		{name: "package", read: func(n *yaml.Node) { c.Package = r.packageName(n) }},
		{name: "trust-go-types", read: func(n *yaml.Node) { c.TrustGoTypes = r.boolean(n, "trust-go-types") }},
		{name: "unknown-properties", read: func(n *yaml.Node) { c.KeepUnknown = r.choice(n, "unknown-properties", "drop", "keep") == "keep" }},
		{name: "initialisms", read: func(n *yaml.Node) { c.Initialisms = r.initialisms(n) }},
	})
	if r.diags.Len() > before {
		return c, false
	}
	if c.Package == "" {
		name, err := packageFor(c.Dir())
		if err != nil {
			r.errorf(out, "config-package", "%v; name the package with the key package", err)
			return c, false
		}
		c.Package = name
	}
	return c, true
}

// unique reports a client that would write into the folder of another. Case
// is ignored because some file systems do.
func (r *reader) unique(seen map[string]diag.Pos, c Client) {
	folder := strings.ToLower(filepath.ToSlash(c.Out))
	if first, ok := seen[folder]; ok {
		r.diags.Errorf(c.Pos, "config-out",
			"the client at line %d has the same out, %s; each client needs a folder of its own", first.Line, filepath.ToSlash(c.Out))
		return
	}
	seen[folder] = c.Pos
}

const urlAdvice = "a document on the network is not read; save it beside the configuration and name the file"

func isURL(s string) bool {
	scheme, _, ok := strings.Cut(s, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// spec reads the path of a document.
func (r *reader) spec(n *yaml.Node) string {
	s, ok := r.text(n, "spec")
	switch {
	case !ok:
		return ""
	case isURL(s):
		r.errorf(n, "config-spec", "%s", urlAdvice)
		return ""
	}
	p := filepath.FromSlash(s)
	if filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(filepath.Dir(r.file), p)
}

// out reads an output folder; the result is relative to the configuration's.
func (r *reader) out(n *yaml.Node) string {
	s, ok := r.text(n, "out")
	if !ok {
		return ""
	}
	p := filepath.Clean(filepath.FromSlash(s))
	if filepath.IsAbs(p) {
		p = r.relative(p)
	}
	if !filepath.IsLocal(p) {
		r.errorf(n, "config-out", "out must be a folder inside that of the configuration, not %s", s)
		return ""
	}
	return p
}

// relative returns the absolute path p relative to the configuration's
// folder, or p itself when there is no such path.
func (r *reader) relative(p string) string {
	base, err := filepath.Abs(filepath.Dir(r.file))
	if err != nil {
		return p
	}
	rel, err := filepath.Rel(base, p)
	if err != nil {
		return p
	}
	return rel
}

// packageName reads a package name.
func (r *reader) packageName(n *yaml.Node) string {
	s, ok := r.text(n, "package")
	if !ok {
		return ""
	}
	if err := checkPackage(s); err != nil {
		r.errorf(n, "config-package", "%v", err)
		return ""
	}
	return s
}

// initialisms reads a list of words.
func (r *reader) initialisms(n *yaml.Node) []string {
	var words []string
	for _, item := range r.sequence(n, "initialisms") {
		s, ok := r.text(item, "an initialism")
		if !ok {
			continue
		}
		if !isWord(s) {
			r.errorf(item, "config-value", "an initialism consists of letters and digits and starts with a letter, unlike %q", s)
			continue
		}
		words = append(words, s)
	}
	return words
}

// isWord reports whether s is made of ASCII letters and digits, a letter first.
func isWord(s string) bool {
	for i, c := range []byte(s) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
