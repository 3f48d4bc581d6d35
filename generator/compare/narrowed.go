package compare

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/checker/schemawalk"
	"github.com/oasdiff/oasdiff/diff"
)

// narrowed returns what the checks of oasdiff leave out about the schemas of
// requests: keywords that allow less than before, or more.
func narrowed(report *diff.Diff) []found {
	if report == nil || report.PathsDiff == nil {
		return nil
	}
	var list []found
	for path, item := range report.PathsDiff.Modified {
		if item.OperationsDiff == nil {
			continue
		}
		for method, op := range item.OperationsDiff.Modified {
			n := narrowing{operation: method + " " + printable(path)}
			n.parameters(op.ParametersDiff)
			if op.RequestBodyDiff != nil {
				n.content(op.RequestBodyDiff.ContentDiff, "request body")
			}
			list = append(list, n.list...)
		}
	}
	return list
}

// narrowing collects the changes of one operation.
type narrowing struct {
	operation string
	list      []found
}

// parameters looks at the parameters that are there before and after.
func (n *narrowing) parameters(d *diff.ParametersDiffByLocation) {
	if d == nil {
		return
	}
	for in, params := range d.Modified {
		for name, param := range params {
			what := code(in) + " request parameter " + code(name)
			n.schema(param.SchemaDiff, what)
			n.content(param.ContentDiff, what)
		}
	}
}

// content looks at the media types that are there before and after.
func (n *narrowing) content(d *diff.ContentDiff, what string) {
	if d == nil {
		return
	}
	for _, media := range d.MediaTypeModified {
		n.schema(media.SchemaDiff, what)
		n.schema(media.ItemSchemaDiff, what)
	}
}

// schema looks at a schema, which is that of what, and all below it.
func (n *narrowing) schema(root *diff.SchemaDiff, what string) {
	if root == nil {
		return
	}
	n.keywords(root, what)
	// Less in a schema that values must not meet is more, and what is read only
	// is not sent.
	ignored := map[*diff.SchemaDiff]bool{}
	schemawalk.Walker{Enter: func(path, name string, d, parent *diff.SchemaDiff, _ bool) {
		readOnly := d.Base != nil && d.Base.ReadOnly && d.Revision != nil && d.Revision.ReadOnly
		ignored[d] = ignored[parent] || d == parent.NotDiff || d == parent.IfDiff || readOnly
		if !ignored[d] {
			if name != "" {
				path = schemawalk.PropertyFullName(path, name)
			}
			n.keywords(d, "property "+code(strings.TrimPrefix(path, "/"))+" of the "+what)
		}
	}}.Walk(root)
}

// keywords looks at one schema.
func (n *narrowing) keywords(d *diff.SchemaDiff, what string) {
	if d.Base == nil || d.Revision == nil {
		return
	}
	old, new := d.Base.AdditionalProperties, d.Revision.AdditionalProperties
	switch before, after := freedom(old), freedom(new); {
	case before > after && after == nothing:
		n.add(Breaking, "the "+what+" no longer allows additional properties")
	case before > after:
		n.add(Breaking, "the "+what+" no longer allows additional properties of all kinds")
	case before < after && before == nothing:
		n.add(Additive, "the "+what+" allows additional properties")
	case before < after:
		n.add(Additive, "the "+what+" allows additional properties of all kinds")
	}
	switch before, after := d.Base.Not, d.Revision.Not; {
	case before == nil && after != nil:
		n.add(Breaking, "added the keyword `not` to the "+what)
	case before != nil && after == nil:
		n.add(Additive, "removed the keyword `not` from the "+what)
	}
}

func (n *narrowing) add(effect Effect, text string) {
	n.list = append(n.list, found{Change{Effect: effect, Subject: InDocument, Text: text}, n.operation})
}

// What additionalProperties allows, from the least to the most.
const (
	nothing = iota
	something
	anything
)

// freedom tells how much additionalProperties allows.
func freedom(a openapi3.BoolSchema) int {
	switch {
	case a.Has != nil && !*a.Has:
		return nothing
	case a.Schema == nil || a.Schema.Value == nil || a.Schema.Value.IsEmpty():
		return anything
	}
	return something
}
