package evolve

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// subject is what a message of apidiff is about.
type subject struct {
	// origin tells it apart in all versions of a document; ptr is where it
	// stands in one of them.
	origin, ptr string
	// parent and name are set for properties and inputs.
	parent, name string
	// item is set for values and servers: what the list has.
	item string
	// operation is set for methods, input for parameters.
	operation, input bool
	// target is set for other names of a type: the name that it has as well.
	target string
}

// subjects returns what the names of a package stand for, by the names that
// apidiff uses.
func subjects(api *ir.API) map[string]subject {
	all := map[string]subject{}
	for _, t := range api.Types {
		d := t.Declaration()
		all[d.GoName] = subject{origin: d.Origin, ptr: d.Pos.Pointer}
		switch t := t.(type) {
		case *ir.Alias:
			if named, ok := t.Target.(ir.Named); ok {
				all[d.GoName] = subject{origin: d.Origin, ptr: d.Pos.Pointer, target: named.Declaration().GoName}
			}
		case *ir.Struct:
			for _, f := range t.Fields {
				all[d.GoName+"."+f.GoName] = subject{origin: d.Origin + "#" + f.WireName, ptr: f.Pos.Pointer, parent: d.Pos.Pointer, name: f.WireName}
			}
		case *ir.Enum:
			for _, v := range t.Values {
				all[v.GoName] = subject{origin: d.Origin + "#" + v.Value.Text, ptr: d.Pos.Pointer + "/enum", item: v.Value.Text}
			}
		case *ir.Union:
			all[t.InterfaceName], all[t.UnknownName] = all[d.GoName], all[d.GoName]
			for _, v := range t.Variants {
				if v.WrapperName != "" {
					all[v.WrapperName] = subject{origin: d.Origin + "#" + v.Pos.Pointer, ptr: v.Pos.Pointer}
				}
			}
		}
	}
	for _, s := range api.Services {
		serviceSubjects(all, s)
	}
	for _, s := range api.Servers {
		all[s.GoName] = subject{origin: "server " + s.URL, ptr: "/servers", item: s.URL}
	}
	return all
}

func serviceSubjects(all map[string]subject, s *ir.Service) {
	for _, op := range s.Operations {
		ptr := op.Pos.Pointer
		own := subject{origin: ptr, ptr: ptr, operation: true}
		all["(*"+s.GoName+")."+op.GoName], all[op.ParamsName] = own, own
		for _, p := range op.Inputs {
			all[op.ParamsName+"."+p.GoName] = subject{origin: ptr + "#" + string(p.In) + p.WireName, ptr: p.Pos.Pointer, input: true}
		}
		for _, b := range op.Bodies {
			all[op.ParamsName+"."+b.FieldName] = subject{origin: ptr + "#" + b.FieldName, ptr: b.Pos.Pointer + "/schema"}
		}
		for _, server := range op.Servers {
			all[server.GoName] = subject{origin: ptr + "#" + server.URL, ptr: ptr + "/servers", item: server.URL}
		}
	}
	for _, child := range s.Children {
		serviceSubjects(all, child)
	}
}

// Attribution finds the reasons for what has become of a package in what has
// become of its document.
type Attribution struct {
	before, after *Document
	// old are the subjects by name, now those of the new package by origin.
	old, now map[string]subject
}

// NewAttribution returns the Attribution of two documents and their packages.
func NewAttribution(before, after *Document, old, changed *ir.API) *Attribution {
	a := &Attribution{before: before, after: after, old: subjects(old), now: map[string]subject{}}
	for _, s := range subjects(changed) {
		a.now[s.origin] = s
	}
	return a
}

// Reason returns what in the change of the document is the reason for a
// message of apidiff about the packages; "" when there is none.
func (a *Attribution) Reason(message string) string {
	name, _, _ := strings.Cut(message, ": ")
	if reason := a.named(name); reason != "" {
		return reason
	}
	for _, word := range regexp.MustCompile(`\w+`).FindAllString(message, -1) {
		if s, ok := a.old[word]; ok { // a type that something else takes the place of
			if reason := a.comparison().uses(s.ptr, "", a.before.root); reason != "" {
				return reason
			}
		}
	}
	return ""
}

// named returns what breaks the subject of a name, or of what it is part of.
func (a *Attribution) named(name string) string {
	owner := strings.Trim(name[:max(0, strings.LastIndexByte(name, '.'))], "(*)")
	if s, ok := a.old[name]; ok {
		if reason := a.reason(s); reason != "" {
			return reason
		}
	}
	if owner == "" {
		owner = name
	}
	if s, ok := a.old[owner]; ok {
		if reason := a.reason(s); reason != "" {
			return reason
		}
	}
	for _, alias := range slices.Sorted(maps.Keys(a.old)) {
		if other := a.old[alias]; other.target == owner {
			if reason := a.reason(other); reason != "" {
				return reason
			}
		}
	}
	return ""
}

func (a *Attribution) comparison() *comparison {
	return &comparison{before: a.before, after: a.after, seen: map[*yaml.Node]bool{}}
}

// reason returns what breaks a subject.
func (a *Attribution) reason(s subject) string {
	c := a.comparison()
	if s.item != "" {
		return c.item(s)
	}
	now, ok := a.now[s.origin]
	if !ok {
		now = s
	}
	if s.parent != "" {
		if reason := c.required(s, now); reason != "" {
			return reason
		}
	}
	if s.operation {
		return c.operations(s.ptr, now.ptr)
	}
	if s.input {
		return c.inputs(s.ptr, now.ptr)
	}
	return c.schemas(s.ptr, a.before.at(s.ptr), a.after.at(now.ptr))
}

// inputs compares two versions of a parameter.
func (c *comparison) inputs(ptr, now string) string {
	from, to := c.before.at(ptr), c.after.at(now)
	if to == nil {
		return ptr + " is gone"
	}
	if was, is := str(from, "required") == "true", str(to, "required") == "true"; was != is {
		return ptr + " is required now, or not any longer"
	}
	return c.schemas(ptr+"/schema", get(from, "schema"), get(to, "schema"))
}

// item tells that a list has an item no longer.
func (c *comparison) item(s subject) string {
	list := c.after.at(s.ptr)
	if list != nil {
		for _, n := range list.Content {
			if n.Value == s.item || str(n, "url") == s.item {
				return ""
			}
		}
	}
	return s.ptr + ": " + s.item + " is gone"
}

// required tells that a property is required now, or not any longer.
func (c *comparison) required(s, now subject) string {
	is := func(d *Document, ptr string) bool {
		if list := get(d.at(ptr), "required"); list != nil {
			for _, n := range list.Content {
				if n.Value == s.name {
					return true
				}
			}
		}
		return false
	}
	switch was, will := is(c.before, s.parent), is(c.after, now.parent); {
	case c.after.at(now.ptr) == nil:
		return s.ptr + " is gone"
	case will && !was:
		return s.ptr + " is required now"
	case was && !will:
		return s.ptr + " is not required any longer"
	}
	return ""
}

// operations compares what two versions of an operation return.
func (c *comparison) operations(ptr, now string) string {
	from, to := c.before.at(ptr), c.after.at(now)
	if to == nil {
		return ptr + " is gone"
	}
	for _, status := range keys(get(from, "responses")) {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		at := ptr + "/responses/" + status
		old, changed := c.before.deref(c.before.at(at)), c.after.deref(c.after.at(now+"/responses/"+status))
		for _, media := range keys(get(old, "content")) {
			reason := c.schemas(at+"/content/"+media+"/schema", get(old, "content", media, "schema"), get(changed, "content", media, "schema"))
			if reason != "" {
				return reason
			}
		}
	}
	return ""
}
