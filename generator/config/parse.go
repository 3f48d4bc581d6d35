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
	if root := r.document(data); root != nil {
		r.mapping(root, "the configuration", rootKeys(cfg))
	}
	return cfg
}

// rootKeys are the keys of a configuration.
func rootKeys(cfg *Config) []key {
	return []key{
		{name: "clients", required: true, value: clients(&cfg.Clients),
			doc: "The Go packages to generate, each from one OpenAPI document."},
	}
}

// clientKeys are the keys of a client, in the order in which they are
// explained. A new key is a line here; the reader, the messages and the JSON
// schema follow.
func clientKeys(c *Client) []key {
	return []key{
		{name: "spec", required: true, value: document(c),
			doc: "The OpenAPI document, YAML or JSON: a path relative to this file, or an http or https URL, which needs --allow-remote."},
		{name: "out", required: true, value: folder(&c.Out),
			doc: "The folder of the generated package, below that of this file."},
		{name: "package", value: packageName(&c.Package),
			doc: "The name of the generated package; by default, it is made from the last element of out."},
		{name: "overlays", value: atLeastOne(list(&c.Overlays, "an overlay", overlay)),
			doc: "OpenAPI Overlays to apply to the document, in order: paths relative to this file."},
		{name: "include", value: rules(&c.Filter.Include),
			doc: "Generate only the operations that one of these rules chooses, and what they need."},
		{name: "exclude", value: rules(&c.Filter.Exclude),
			doc: "Leave out the operations that one of these rules chooses, and what only they need."},
		{name: "keep-schemas", value: atLeastOne(list(&c.Filter.Schemas, "a name", pattern)),
			doc: "Component schemas to generate although no operation that is left needs them; * stands for any characters."},
		{name: "initialisms", value: list(&c.Initialisms, "an initialism", initialism),
			doc: "Words to write in capitals in Go names, beside Go's own (ID, URL, ...)."},
		{name: "names", value: dict(&c.Names, goName),
			doc: "Go names by component schema, or by JSON pointer (#/paths/...) for anything else."},
		{name: "types", value: object([]key{
			{name: "formats", value: dict(&c.Types, formatType), doc: "Go types by the format of a schema."},
			{name: "schemas", value: dict(&c.Types, schemaType), doc: "Go types by component schema."},
		}), doc: "Go types to use instead of generated ones, such as github.com/shopspring/decimal.Decimal."},
		{name: "enums", value: choice(&c.Enums, []string{"open", "closed"}, map[string]Enums{"open": EnumsOpen, "closed": EnumsClosed}),
			doc: "Whether requests may contain values that an enum does not list; by default, where the document says so."},
		{name: "unknown-properties", standard: "drop", value: either(&c.KeepUnknown, "drop", "keep"),
			doc: "Whether structs keep the properties that the document does not describe, in AdditionalProperties."},
		{name: "infer-types", standard: true, value: unless(&c.ExactTypes),
			doc: "Whether a schema with properties and no type is an object; otherwise it is what JSON Schema says, any value."},
		{name: "check-formats", standard: true, value: unless(&c.IgnoreFormats),
			doc: "Whether formats that have no Go type (email, uri, ipv4, ...) are limits."},
		{name: "trust-go-types", standard: false, value: boolean(&c.TrustGoTypes),
			doc: "Honour x-go-type and x-go-type-import of the document, which name Go code."},
	}
}

// clients reads the list of clients, of which each needs a folder of its own.
func clients(dst *[]Client) value {
	item := objectSchema(clientKeys(&Client{}))
	described := schema{Type: "array", MinItems: 1, Items: &item}
	return value{described, func(r *reader, n *yaml.Node, what string) {
		items := r.sequence(n, what)
		if items != nil && len(items) == 0 {
			r.errorf(n, "config-value", "%s is empty; list at least one client with spec and out", what)
		}
		seen := map[string]diag.Pos{}
		for _, item := range items {
			c, ok := r.client(item)
			if c.Out != "" {
				r.unique(seen, c.Out, r.pos(item))
			}
			if ok {
				*dst = append(*dst, c)
			}
		}
	}}
}

// client reads one entry of clients. It is not ok when the entry cannot be
// used; the reason has been reported then.
func (r *reader) client(n *yaml.Node) (Client, bool) {
	before := r.diags.Len()
	c := Client{Root: filepath.Dir(r.file)}
	r.mapping(n, "a client", clientKeys(&c))
	r.distinct(c.Names)
	if len(c.Filter.Schemas) > 0 && !hasMember(n, "include") && !hasMember(n, "exclude") {
		r.errorf(member(n, "keep-schemas"), "config-value",
			"keep-schemas goes with include or exclude; without them, all schemas are generated")
	}
	if r.diags.Len() > before {
		return c, false
	}
	if c.Package == "" {
		name, err := packageFor(c.Dir())
		if err != nil {
			r.errorf(member(n, "out"), "config-package", "%v; name the package with the key package", err)
			return c, false
		}
		c.Package = name
	}
	return c, true
}

// unique reports a client that would write into the folder of another. Case
// is ignored because some file systems do.
func (r *reader) unique(seen map[string]diag.Pos, out string, pos diag.Pos) {
	folder := strings.ToLower(filepath.ToSlash(out))
	if first, ok := seen[folder]; ok {
		r.diags.Errorf(pos, "config-out",
			"the client at line %d has the same out, %s; each client needs a folder of its own", first.Line, filepath.ToSlash(out))
		return
	}
	seen[folder] = pos
}

func isURL(s string) bool {
	scheme, _, ok := strings.Cut(s, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// document is the path or URL of the document of a client.
func document(c *Client) value {
	return text(&c.Spec, "", func(r *reader, n *yaml.Node, s string) string {
		c.Pos = r.pos(n)
		if isURL(s) {
			return s
		}
		if strings.Contains(s, "://") {
			r.errorf(n, "config-value", "a document is a file or an http or https URL, unlike %s", s)
		}
		return r.path(n, s)
	})
}

// overlay is the path of an overlay.
func overlay(dst *Overlay) value {
	return text(&dst.Path, "", func(r *reader, n *yaml.Node, s string) string {
		dst.Pos = r.pos(n)
		if isURL(s) {
			r.errorf(n, "config-value", "an overlay on the network is not read; save it beside the configuration and name the file")
		}
		return r.path(n, s)
	})
}

// slashes reports a path that is written as on Windows, where that means
// something else: elsewhere it would be the name of one file.
func (r *reader) slashes(n *yaml.Node, s string) {
	if strings.Contains(s, `\`) && filepath.Separator == '/' {
		r.errorf(n, "config-value", "paths are written with slashes, on Windows too: %s", strings.ReplaceAll(s, `\`, "/"))
	}
}

// path resolves a path that the configuration names.
func (r *reader) path(n *yaml.Node, s string) string {
	r.slashes(n, s)
	p := filepath.FromSlash(s)
	if filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(filepath.Dir(r.file), p)
}

// folder is an output folder, relative to the configuration's.
func folder(dst *string) value {
	return text(dst, "", func(r *reader, n *yaml.Node, s string) string {
		r.slashes(n, s)
		p := filepath.Clean(filepath.FromSlash(s))
		if filepath.IsAbs(p) {
			p = r.relative(p)
		}
		if !filepath.IsLocal(p) {
			r.errorf(n, "config-out", "out must be a folder inside that of the configuration, not %s", s)
			return ""
		}
		return p
	})
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

// packageName is the name of a Go package.
func packageName(dst *string) value {
	return text(dst, `^[A-Za-z][A-Za-z0-9_]*$`, func(r *reader, n *yaml.Node, s string) string {
		if err := checkPackage(s); err != nil {
			r.errorf(n, "config-package", "%v", err)
		}
		return s
	})
}

// initialism is a word to be written in capitals.
func initialism(dst *string) value {
	return text(dst, `^[A-Za-z][A-Za-z0-9]*$`, func(r *reader, n *yaml.Node, s string) string {
		if !isWord(s) {
			r.errorf(n, "config-value", "an initialism consists of letters and digits and starts with a letter, unlike %q", s)
		}
		return s
	})
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
