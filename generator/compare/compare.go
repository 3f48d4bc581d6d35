// Package compare tells what a change of an OpenAPI document means: what is
// different on the wire, by the checks of oasdiff, and what that does to the
// callers of the generated package, by those of apidiff.
package compare

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/output"
	"github.com/seed-a7989e22/apigen/generator/typecheck"
)

// Side is one of the two versions.
type Side struct {
	Document *openapi3.T
	API      *ir.API
	Files    []output.File
}

// Effect is what a change does to those who call the API.
type Effect string

// The effects, from the least to the most.
const (
	// Documentation changes neither what is sent nor what compiles.
	Documentation Effect = "documentation"
	// Additive leaves calling code and what it sends as they were.
	Additive Effect = "additive"
	// Breaking makes calling code fail to compile or to work.
	Breaking Effect = "breaking"
)

// Effects returns all effects, the most serious first.
func Effects() []Effect { return []Effect{Breaking, Additive, Documentation} }

// Step is the part of a semantic version to increase.
func (e Effect) Step() string {
	switch e {
	case Breaking:
		return "major"
	case Additive:
		return "minor"
	case Documentation:
		return "patch"
	}
	return "none"
}

// Subject tells whether a change is described in terms of the document or of
// Go.
type Subject string

// The subjects.
const (
	InDocument Subject = "document"
	InGo       Subject = "go"
)

// Change is one difference.
type Change struct {
	Effect  Effect  `json:"effect"`
	Subject Subject `json:"in"`
	// Rule is the name of the check of oasdiff that has found a change of the
	// document.
	Rule string `json:"rule,omitempty"`
	// Text describes the change; names and values of the document are between
	// backticks, and nothing else is.
	Text string `json:"text"`
}

// Kind tells what a group of changes is about.
type Kind string

// The kinds of groups, in their order.
const (
	General   Kind = "general"
	Operation Kind = "operation"
	Type      Kind = "type"
)

// Group is what has changed about the same thing.
type Group struct {
	Kind Kind `json:"kind"`
	// Operations are method and path of the operations that have the changes in
	// common; empty unless Kind is Operation.
	Operations []string `json:"operations,omitempty"`
	// Methods are the Go methods of Operations, from the client on.
	Methods []string `json:"methods,omitempty"`
	// Type is the Go name of a type; empty unless Kind is Type.
	Type string `json:"type,omitempty"`
	// Schema is the JSON pointer of the schema of Type.
	Schema  string   `json:"schema,omitempty"`
	Changes []Change `json:"changes"`
}

// Report is all that has changed.
type Report struct {
	// Step is the part of the version of the Go package to increase: major,
	// minor, patch or none.
	Step          string  `json:"step"`
	Breaking      int     `json:"breaking"`
	Additive      int     `json:"additive"`
	Documentation int     `json:"documentation"`
	Groups        []Group `json:"groups"`
}

// Count returns the number of changes with an effect.
func (r *Report) Count(e Effect) int {
	switch e {
	case Breaking:
		return r.Breaking
	case Additive:
		return r.Additive
	default:
		return r.Documentation
	}
}

// Compare compares two versions of a document and of the package that was
// generated from it.
func Compare(old, new Side) (*Report, error) {
	c := &comparison{subjects: subjectsOf(old.API, new.API), groups: map[string]*Group{}}
	if err := c.documents(old.Document, new.Document); err != nil {
		return nil, err
	}
	c.wire(old.API, new.API)
	if slices.EqualFunc(old.Files, new.Files, sameFile) {
		return c.report(), nil
	}
	if err := c.packages(typecheck.New(typecheck.WithoutSeals()), old, new); err != nil {
		return nil, err
	}
	if err := c.variants(old.Files, new.Files); err != nil {
		return nil, err
	}
	if err := c.comments(old.Files, new.Files); err != nil {
		return nil, err
	}
	return c.report(), nil
}

func sameFile(a, b output.File) bool { return a.Name == b.Name && bytes.Equal(a.Content, b.Content) }

// comparison collects changes by what they are about.
type comparison struct {
	subjects *subjects
	groups   map[string]*Group
}

// add files a change under a group like g.
func (c *comparison) add(g Group, change Change) {
	key := string(g.Kind) + "\n" + g.Type + "\n" + strings.Join(g.Operations, "\n")
	if c.groups[key] == nil {
		c.groups[key] = &g
	}
	c.groups[key].Changes = append(c.groups[key].Changes, change)
}

// report sorts the groups and counts the changes.
func (c *comparison) report() *Report {
	r := &Report{Groups: []Group{}}
	worst := Effect("")
	for _, g := range c.groups {
		for _, op := range g.Operations {
			if method := c.subjects.methods[op]; method != "" {
				g.Methods = append(g.Methods, method)
			}
		}
		slices.SortFunc(g.Changes, func(a, b Change) int {
			return cmp.Or(rank(a.Effect)-rank(b.Effect), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Text, b.Text))
		})
		g.Changes = slices.Compact(g.Changes)
		for _, change := range g.Changes {
			switch change.Effect {
			case Breaking:
				r.Breaking++
			case Additive:
				r.Additive++
			case Documentation:
				r.Documentation++
			}
		}
		if first := g.Changes[0].Effect; worst == "" || rank(first) < rank(worst) {
			worst = first
		}
		r.Groups = append(r.Groups, *g)
	}
	slices.SortFunc(r.Groups, func(a, b Group) int {
		return cmp.Or(kindRank(a.Kind)-kindRank(b.Kind), slices.Compare(byPath(a.Operations), byPath(b.Operations)), cmp.Compare(a.Type, b.Type))
	})
	r.Step = worst.Step()
	return r
}

// rank orders effects, the most serious first.
func rank(e Effect) int { return slices.Index(Effects(), e) }

func kindRank(k Kind) int { return slices.Index([]Kind{General, Operation, Type}, k) }

// byPath returns keys that sort operations by path before method.
func byPath(operations []string) []string {
	var keys []string
	for _, op := range operations {
		method, path, _ := strings.Cut(op, " ")
		keys = append(keys, path+" "+method)
	}
	return keys
}

// New is the report about a client that was not there before.
func New() *Report {
	change := Change{Effect: Additive, Subject: InDocument, Text: "the document is new"}
	return &Report{Step: Additive.Step(), Additive: 1, Groups: []Group{{Kind: General, Changes: []Change{change}}}}
}
