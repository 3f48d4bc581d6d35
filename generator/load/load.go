// Package load reads an OpenAPI document as it is found in the wild: it bundles
// the files the document refers to, repairs what does not matter, reports what
// does, and keeps for every node where it was written.
package load

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/filter"
)

// Options says what to load and within which bounds. The zero value of a bound
// stands for its default.
type Options struct {
	// Path is the document: a file, or an http or https URL if AllowRemote.
	Path string
	// AllowRemote permits fetching the document from the network, and what it
	// refers to in its own folder there; AllowRemoteRefs permits fetching
	// whatever a document refers to.
	AllowRemote, AllowRemoteRefs bool
	// Overlays are applied to the document in order.
	Overlays []Overlay
	// Filter says which operations to leave out, with all that only they need.
	Filter filter.Filter
	// MaxBytes bounds the size of each file; 64 MiB by default.
	MaxBytes int64
	// MaxDepth bounds the nesting of each file; 250 by default.
	MaxDepth int
	// MaxNodes bounds the number of values, aliases and references expanded;
	// 5 million by default.
	MaxNodes int
	// MaxWait bounds the time to fetch a URL; 30 seconds by default.
	MaxWait time.Duration
}

// limits returns the bounds with their defaults.
func (o Options) limits() limits {
	l := limits{maxBytes: o.MaxBytes, maxDepth: o.MaxDepth, maxNodes: o.MaxNodes, maxWait: o.MaxWait}
	if l.maxBytes <= 0 {
		l.maxBytes = 64 << 20
	}
	if l.maxDepth <= 0 {
		l.maxDepth = 250
	}
	if l.maxNodes <= 0 {
		l.maxNodes = 5_000_000
	}
	if l.maxWait <= 0 {
		l.maxWait = 30 * time.Second
	}
	return l
}

// Load reads the document at opts.Path. What is wrong with the document goes
// into diags, and the document is nil when there is no going on. The error is
// for what has no place in a document, such as a file that does not exist.
func Load(ctx context.Context, opts Options, diags *diag.List) (doc *Document, err error) {
	c := &loading{ctx: ctx, opts: opts, limits: opts.limits(), diags: diags,
		sources: map[string]*source{}, refused: map[string]*problem{}, homes: map[string]string{}}
	c.budget = c.limits.maxNodes / 5
	defer func() {
		if c.root != nil {
			c.root.Close()
		}
		if p := recover(); p != nil {
			doc, err = nil, fmt.Errorf("this is a defect of gen and not of the document; please report it with the document: %v", p)
		}
	}()
	if err := c.openMain(); err != nil {
		return nil, err
	}
	if c.main.root == nil {
		return nil, nil
	}
	if !c.overlay() {
		return nil, ctx.Err()
	}
	minor, ok := c.version(c.main.root)
	if !ok {
		return nil, nil
	}
	r := &repairer{ctx: c, grammar: newGrammar(), extensions: newExtensions(), minor: minor, ids: map[string]*resource{},
		anchors: map[string]*node{}, finder: finder{}, searched: map[*node]bool{}, hints: map[*node]hint{}, copies: map[*node]*node{}}
	if minor == swaggerMinor {
		r.minor, r.grammar = 0, swaggerGrammar()
		r.fromSwagger(c.main.root)
	}
	if opts.Filter.Active() {
		r.choose(opts.Filter)
	}
	r.named()
	r.object("document", c.main.root, objDocument, c.main.res)
	r.reach()
	r.reportUnknown()
	r.reportDynamic()
	r.nameByTitle()
	r.bundle()
	if err := ctx.Err(); err != nil || !c.addressable() {
		return nil, err
	}
	return &Document{T: construct(c.main.root), Name: path.Base(PublicURL(c.main.key)), Inputs: c.inputs(), main: c.main,
		homes: c.homes, finder: finder{}}, nil
}

// swaggerMinor stands for Swagger 2.0 among the minor versions of OpenAPI 3.
const swaggerMinor = -1

// version finds out which OpenAPI version the document follows and returns its
// minor version.
func (c *loading) version(root *node) (minor int, ok bool) {
	if root.kind != kindObject {
		c.diags.Errorf(root.position(), "not-openapi", "the document must be an object, not %s", describe(root))
		return 0, false
	}
	if v := root.get("swagger"); v != nil && root.get("openapi") == nil {
		if !c.isVersion("swagger", v, "2.0") {
			return 0, false
		}
		if !strings.HasPrefix(v.text, "2") {
			c.diags.Errorf(v.position(), "unsupported-version", "Swagger %s is not supported; 2.0 and OpenAPI 3.0 to 3.2 are", shorten(v.text))
			return 0, false
		}
		return swaggerMinor, true
	}
	v := root.get("openapi")
	if v == nil {
		c.diags.Errorf(root.position(), "not-openapi", `the document does not say "openapi: 3.x.y" (or "swagger: 2.0"); %s`, otherDocument(root))
		return 0, false
	}
	if !c.isVersion("openapi", v, "3.1.0") {
		return 0, false
	}
	m := regexp.MustCompile(`^\s*v?3(?:\.(\d+))?(\.[^\s]*)?\s*$`).FindStringSubmatch(v.text)
	if m == nil {
		c.diags.Errorf(v.position(), "unsupported-version", "OpenAPI %s is not supported; 3.0 to 3.2 and Swagger 2.0 are", shorten(v.text))
		return 0, false
	}
	minor, _ = strconv.Atoi(m[1])
	if minor > 2 {
		c.diags.Warnf(v.position(), "unsupported-version", "OpenAPI %s is not known yet; the document is read as 3.2", shorten(v.text))
		minor = 2
	}
	// kin-openapi knows the published versions only.
	if patches := []int{4, 2, 1}; v.kind == kindString {
		for patch := range patches[minor] + 1 {
			if v.text == fmt.Sprintf("3.%d.%d", minor, patch) {
				return minor, true
			}
		}
	}
	v.kind, v.text = kindString, fmt.Sprintf("3.%d.0", minor)
	return minor, true
}

// isVersion reports a value that says no version at all.
func (c *loading) isVersion(key string, v *node, example string) bool {
	if v.kind == kindNumber || v.kind == kindString && strings.TrimSpace(v.text) != "" {
		return true
	}
	c.diags.Errorf(v.position(), "unsupported-version", "%q must be the version that the document follows, such as %q, not %s", key, example, describe(v))
	return false
}
