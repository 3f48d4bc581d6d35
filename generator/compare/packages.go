package compare

import (
	"fmt"
	"strings"

	"golang.org/x/exp/apidiff"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/typecheck"
)

// packages adds what the change does to Go code that uses the package.
func (c *comparison) packages(checker *typecheck.Checker, old, new Side) error {
	before, err := checker.Check(new.API.Package, old.Files)
	if err != nil {
		return err
	}
	after, err := checker.Check(new.API.Package, new.Files)
	if err != nil {
		return err
	}
	pairTypes(before, after)
	for _, change := range apidiff.Changes(before, after).Changes {
		if added(change.Message) {
			continue
		}
		symbol, what, _ := strings.Cut(change.Message, ": ")
		effect := Breaking
		if change.Compatible || OnlyGrown(change.Message, before, after) {
			effect = Additive
		}
		c.addGo(symbol, Change{Effect: effect, Subject: InGo, Text: code(symbol) + ": " + described(what)})
	}
	return nil
}

// described puts the types in what apidiff says between backticks.
func described(what string) string {
	for _, prefix := range []string{"changed from ", "value changed from "} {
		if rest, ok := strings.CutPrefix(what, prefix); ok {
			// The types themselves have no " to " in them.
			if from, to, ok := strings.Cut(rest, " to "); ok {
				if from == to {
					// The old type has become several, which share its name.
					return "no longer the type of everything that had it"
				}
				return fmt.Sprintf("%s%s to %s", prefix, code(from), code(to))
			}
		}
	}
	if rest, ok := strings.CutPrefix(what, "no longer implements "); ok {
		return "no longer implements " + code(rest)
	}
	return printable(what)
}

// addGo adds a change of a symbol, such as Pet.Name or (*PetsService).GetPet,
// to the group of its operation or type.
func (c *comparison) addGo(symbol string, change Change) {
	symbol, _, _ = strings.Cut(symbol, ",")
	symbol = strings.NewReplacer("(*", "", ")", "").Replace(symbol)
	root, member, _ := strings.Cut(symbol, ".")
	root, _, _ = strings.Cut(root, "[")
	if op := c.subjects.operations[root+"."+member]; op != "" {
		c.add(Group{Kind: Operation, Operations: []string{op}}, change)
	} else if op := c.subjects.operations[root]; op != "" {
		c.add(Group{Kind: Operation, Operations: []string{op}}, change)
	} else if name := c.subjects.types[root]; name != "" {
		c.add(Group{Kind: Type, Type: name, Schema: c.subjects.schemas[name]}, change)
	} else {
		c.add(Group{Kind: General}, change)
	}
}

// subjects finds what a Go name is about.
type subjects struct {
	// operations has method and path of the operation that a params struct or a
	// method belongs to.
	operations map[string]string
	// methods has the Go method of an operation.
	methods map[string]string
	// types has the type that a type, a constant or a variant belongs to.
	types map[string]string
	// schemas has the pointer of the schema of a type.
	schemas map[string]string
}

// subjectsOf reads the names of both versions; those of the later one win.
func subjectsOf(apis ...*ir.API) *subjects {
	s := &subjects{operations: map[string]string{}, methods: map[string]string{}, types: map[string]string{}, schemas: map[string]string{}}
	for _, api := range apis {
		for _, service := range api.Services {
			s.service(service, "")
		}
		for _, t := range api.Types {
			s.declared(t)
		}
	}
	return s
}

func (s *subjects) service(service *ir.Service, path string) {
	if service.FieldName != "" {
		path += service.FieldName + "."
	}
	for _, op := range service.Operations {
		key := printable(op.Method + " " + op.Path)
		s.operations[op.ParamsName] = key
		for _, name := range []string{op.GoName, op.AllName} {
			if name != "" {
				s.operations[service.GoName+"."+name] = key
			}
		}
		if op.Of == nil {
			s.methods[key] = path + op.GoName
		}
	}
	for _, child := range service.Children {
		s.service(child, path)
	}
}

func (s *subjects) declared(t ir.Named) {
	d := t.Declaration()
	s.types[d.GoName] = d.GoName
	s.schemas[d.GoName] = printable(d.Pos.Pointer)
	switch t := t.(type) {
	case *ir.Enum:
		for _, v := range t.Values {
			s.types[v.GoName] = d.GoName
		}
	case *ir.Union:
		s.types[t.UnknownName], s.types[t.InterfaceName] = d.GoName, d.GoName
		for _, v := range t.Variants {
			if v.WrapperName != "" {
				s.types[v.WrapperName] = d.GoName
			}
		}
	}
}
