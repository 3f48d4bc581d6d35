// Package build turns an OpenAPI document into the generator's intermediate
// representation. It declares every named schema first and then resolves what
// they contain, so that documents may be recursive in any way.
package build

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// Source answers what kin-openapi's structures forget: positions, the order of
// keys and the digits of numbers. Nodes are named by their JSON pointer.
type Source interface {
	// Pos returns the position of the node at ptr.
	Pos(ptr string) diag.Pos
	// Keys returns the keys of the object at ptr in the document's order.
	Keys(ptr string) []string
	// Home returns the pointer at which the component at ptr was written, where
	// that is not ptr; else it is empty.
	Home(ptr string) string
	// Raw returns the source text of the scalar at ptr.
	Raw(ptr string) (string, bool)
	// JSON returns the value at ptr as JSON.
	JSON(ptr string) (string, bool)
}

// Options are the choices of the configuration that shape the client.
type Options struct {
	// Package is the Go package name, Document the name in the header line.
	Package, Document string
	// Reserved are the identifiers that support code takes in every package.
	Reserved []string
	// Files are the files that packages may have whatever the document describes.
	Files []string
	// Initialisms are words to write in capitals beside Go's usual ones.
	Initialisms []string
	// TrustGoTypes honours x-go-type and x-go-type-import.
	TrustGoTypes bool
	// KeepUnknown gives every struct that is not closed a place for properties
	// that the document does not describe.
	KeepUnknown bool
	// Names are those of the package that was generated last; nil for none.
	// What is still in the document keeps them.
	Names ir.Names
	// Renames and Types are chosen for single things of the document.
	Renames []Rename
	Types   []Retype
	// Enums says what requests may contain where the document lists values.
	Enums EnumMode
	// ExactTypes takes a schema without a type for what JSON Schema says: any
	// value, of which properties limit the objects. Without it, the type is
	// inferred from the other keywords: a schema with properties is an object.
	ExactTypes bool
	// IgnoreFormats makes formats that have no Go type annotations only.
	IgnoreFormats bool
}

// Build makes the representation of doc, which is as package load leaves it: no
// reference without a value, and no list or map with nil in it. Problems go to
// diags; the result is complete only if they have no error.
func Build(doc *openapi3.T, src Source, opts Options, diags *diag.List) *ir.API {
	first := &diag.List{}
	b := newBuilder(doc, src, opts, first)
	api := b.build()
	names, inTheWay := b.remaining()
	if !inTheWay {
		diags.Append(first)
		return api
	}
	// What vanished from the document makes room for what is new in it.
	opts.Names = names
	return newBuilder(doc, src, opts, diags).build()
}

func newBuilder(doc *openapi3.T, src Source, opts Options, diags *diag.List) *builder {
	return &builder{
		doc: doc, src: src, opts: opts, diags: diags,
		api:        &ir.API{Package: opts.Package, Document: opts.Document, Names: ir.Names{}},
		names:      naming.New(opts.Initialisms...),
		uses:       map[string]*use{},
		shapes:     map[string]*shape{},
		outlines:   map[string]outline{},
		listed:     map[string]map[string]bool{},
		inherits:   map[string][]string{},
		heirs:      map[string]bool{},
		mapped:     map[mappedBase]string{},
		declared:   map[string]string{},
		components: map[string]bool{},
		opIDs:      map[string]bool{},
		opNames:    map[string]bool{},
		opNumbers:  map[string]int{},
		opWants:    map[string]int{},
		goMethods:  map[string]string{},
		called:     map[string]bool{},
		variables:  map[string]*ir.ServerVariable{},
		secrets:    newSecrets(),
		wrapping:   map[string]bool{},
		patterns:   map[string]bool{},
		xmlForms:   map[*ir.Field]*xmlForm{},
		origins:    map[ir.Named][]source{},
		members:    map[*ir.Union][]member{},
		nests:      map[ir.Type]nest{},
		warned:     map[string]bool{},
		headers:    map[string]*sentHeader{},
		implied:    map[*ir.Field]*ir.Literal{},
		missed:     map[string]bool{},
		items:      map[string][]string{},
		sums:       map[string]string{},
		known:      knownPointers(opts.Names),
		choices:    newChoices(opts),
		targets:    map[string]node{},
		pageRules:  newPageRules(doc.Extensions),
	}
}

// build makes the representation of the document.
func (b *builder) build() *ir.API {
	b.scope.Reserve(b.opts.Reserved...)
	b.scope.Reserve("Client", "NewClient")
	b.holdNames()
	doc := b.doc
	if doc.Info != nil {
		b.api.Title, b.api.Version, b.api.Doc = doc.Info.Title, doc.Info.Version, withReading(doc.Info.Description, doc.ExternalDocs)
	}
	b.findInheritance()
	b.declareComponents()
	b.security()
	b.api.Servers = b.servers(doc.Servers, "/servers", "Server")
	b.operations()
	b.webhooks()
	b.drain()
	for _, f := range b.last {
		f()
	}
	b.unusedPageRules()
	b.drain()
	b.settleHeaders()
	b.settleBinaries()
	b.defineRecursiveAliases()
	b.settleSchemas()
	b.settleXML()
	b.breakValueCycles()
	b.markCircularAliases()
	b.boundLists()
	b.assignFiles()
	b.noteSums()
	b.reportChoices()
	return b.api
}

// builder holds the state of one Build.
type builder struct {
	doc   *openapi3.T
	src   Source
	opts  Options
	diags *diag.List
	names *naming.Namer
	api   *ir.API
	// scope holds the package-level identifiers.
	scope naming.Scope
	// uses are the resolved schemas by pointer.
	uses map[string]*use
	// shapes are the collected schemas by pointer.
	shapes map[string]*shape
	// outlines list the parts of schemas by pointer.
	outlines map[string]outline
	// listed are the pointers that alternatives refer to, by the list's pointer.
	listed map[string]map[string]bool
	// inherits lists, for a base schema with a discriminator, the pointers of
	// the schemas that include it by allOf.
	inherits map[string][]string
	// heirs are the pointers of the schemas that extend such a base by allOf.
	heirs map[string]bool
	// examples is what they show; nil until it is asked for.
	examples *witness
	// mapped are the values that such schemas have in the discriminators of others.
	mapped map[mappedBase]string
	// declared are the Go names claimed for components, by pointer.
	declared map[string]string
	// components are the Go names of components.
	components map[string]bool
	// later are the definitions still to be filled in.
	later []func()
	opIDs map[string]bool
	// opNames are the Go names of operations so far, opNumbers what the numbers
	// behind those of one name have come to.
	opNames   map[string]bool
	opNumbers map[string]int
	// opWants are the names that operations would have, and how many would have them.
	opWants map[string]int
	// goMethods are the methods of operations by operationId and "#pointer".
	goMethods map[string]string
	// called are the component callbacks built already.
	called map[string]bool
	// variables are the server variables by name.
	variables map[string]*ir.ServerVariable
	// secrets are the schemas whose values may hold one.
	secrets secrets
	// headers are the response headers by canonical name.
	headers map[string]*sentHeader
	// implied are the discriminator values that a variant's type stands for.
	implied map[*ir.Field]*ir.Literal
	// last runs when every type is complete.
	last []func()
	// patterns tells which of the document's patterns Go can match.
	patterns map[string]bool
	// xml tells that some content is XML; xmlForms are the forms of fields in it.
	xml      bool
	xmlForms map[*ir.Field]*xmlForm
	// origins are the schemas that types were made of, members those of the
	// variants of unions; roots are the places where operations use schemas.
	origins map[ir.Named][]source
	members map[*ir.Union][]member
	roots   []root
	// nests are the lists and maps of lists and maps without a name.
	nests map[ir.Type]nest
	// wrapping are the schemas of which it is being found out whether they are
	// another one with annotations, warned what was reported once already.
	wrapping, warned map[string]bool
	// missed are names that something new would have liked, but which others
	// had before.
	missed map[string]bool
	// items are what tells the items of lists apart, by the list's pointer;
	// known are the pointers of the lock with the properties they have.
	items map[string][]string
	known map[string]map[string]bool
	// sums are hashes of what items say of values, by their pointers.
	sums map[string]string
	// knownIn lists the last tokens of known pointers by what is in front of
	// them; made when first needed.
	knownIn map[string][]string
	choices
	// targets are what components that are references lead to in the end.
	targets map[string]node
	// pageRules are those of the document.
	pageRules []*pageRule
}

// place is a schema as it stands in the document: a schema or a reference,
// and where it stands.
type place struct {
	ref *openapi3.SchemaRef
	ptr string
}

// node is a schema and its pointer, with references followed.
type node struct {
	schema *openapi3.Schema
	ptr    string
}

// follow goes through the reference of a place, one step, to the schema that
// it means.
func (b *builder) follow(p place) node {
	if p.ref == nil {
		return node{schema: &openapi3.Schema{}, ptr: p.ptr}
	}
	n := node{schema: p.ref.Value, ptr: p.ptr}
	if p.ref.Ref != "" {
		n.ptr = refPointer(p.ref.Ref)
	}
	return n
}

// at returns the node as it stands at ptr, for a component that is a reference.
func (n node) at(ptr string) node { return node{schema: n.schema, ptr: ptr} }

// componentRef returns the reference that the component schema at ptr
// consists of, if it does.
func (b *builder) componentRef(ptr string) (place, bool) {
	name, ok := componentSchema(ptr)
	if !ok || b.doc.Components == nil {
		return place{}, false
	}
	ref := b.doc.Components.Schemas[name]
	if ref == nil || ref.Ref == "" {
		return place{}, false
	}
	return place{ref: ref, ptr: ptr}, true
}

// target returns what a component that is a reference leads to in the end,
// which is looked up once for all on the way; n if it is not a reference.
func (b *builder) target(n node) node {
	var way []string
	passed := map[string]bool{}
	for at := n; ; {
		known, isKnown := b.targets[at.ptr]
		next, isRef := b.componentRef(at.ptr)
		switch {
		case isKnown:
			at = known
		case isRef && !passed[at.ptr]:
			way, passed[at.ptr] = append(way, at.ptr), true
			at = b.follow(next)
			continue
		}
		for _, ptr := range way {
			b.targets[ptr] = at
		}
		return at
	}
}

// pos returns the position of a pointer; lines are looked up when printed.
func pos(ptr string) diag.Pos { return diag.Pos{Pointer: ptr} }

// warnf reports what was generated in a nearest form.
func (b *builder) warnf(ptr, code, format string, args ...any) {
	b.diags.Warnf(pos(ptr), code, format, args...)
}

// drain runs what was deferred, including what that defers in turn.
func (b *builder) drain() {
	for len(b.later) > 0 {
		next := b.later
		b.later = nil
		for _, f := range next {
			f()
		}
	}
}

// ordered returns the keys of m in the order of the document, which the
// object at ptr has; keys it does not know come last, sorted.
func ordered[V any](b *builder, ptr string, m map[string]V) []string {
	if len(m) < 2 {
		return slices.Collect(maps.Keys(m))
	}
	keys := make([]string, 0, len(m))
	seen := make(map[string]bool, len(m))
	for _, key := range b.src.Keys(ptr) {
		if _, ok := m[key]; ok && !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	if len(keys) < len(m) {
		var rest []string
		for key := range m {
			if !seen[key] {
				rest = append(rest, key)
			}
		}
		slices.Sort(rest)
		keys = append(keys, rest...)
	}
	return keys
}
