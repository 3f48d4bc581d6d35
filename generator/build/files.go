package build

import (
	"cmp"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// assignFiles puts every declaration into the file of the operations that use
// it, into that of the service if they are in several, and what several
// services use into models.go.
func (b *builder) assignFiles() {
	v := newVisitor()
	for _, svc := range b.api.Services {
		v.service(svc)
	}
	v.owner = shared
	for _, hook := range b.api.Webhooks {
		v.typ(hook.Body.Type)
	}
	for _, s := range b.api.Servers {
		for _, variable := range s.Variables {
			if variable.Enum != nil {
				v.typ(variable.Enum)
			}
		}
	}
	for _, t := range b.api.Types {
		if file := v.owners[t]; file != shared {
			t.Declaration().File = file
		}
	}
}

// shared is the owner of what several services use.
const shared = "\x00shared"

// visitor finds the declarations that something uses.
type visitor struct {
	owners map[ir.Named]string
	owner  string            // of what is visited next, unless it has another
	above  map[string]string // the owner of what several files of a service use, by each of them
	// multipart, if set, is called for multipart bodies, which are not visited.
	multipart func(*ir.Body)
}

func newVisitor() *visitor {
	return &visitor{owners: map[ir.Named]string{}, above: map[string]string{}}
}

// visit notes that t is used, and reports whether that is news for what t leads
// to. No declaration is news more than three times, however many owners there are.
func (v *visitor) visit(t ir.Named) bool {
	owner, seen := v.owners[t]
	switch {
	case !seen:
		v.owners[t] = v.owner
	case owner == v.owner:
	case v.above[owner] == v.above[v.owner]:
		v.owners[t] = v.above[owner]
	default:
		v.owners[t] = shared
	}
	return !seen || v.owners[t] != owner
}

// service visits what a top-level service uses.
func (v *visitor) service(svc *ir.Service) {
	above := svc.File
	if svc.FieldName == "" {
		above = shared // what several files of the client itself use is no operation's either
	}
	v.above[svc.File] = above
	for op := range svc.All() {
		v.owner = cmp.Or(op.File, svc.File)
		v.above[v.owner] = above
		for x := range op.Exchanges() {
			if x.Body != nil && x.Codec == ir.CodecMultipart && v.multipart != nil {
				v.multipart(x.Body)
			} else {
				v.typ(x.Type)
			}
		}
		v.typ(op.Result.Type)
		for _, s := range op.Servers {
			for _, variable := range s.Variables {
				if variable.Enum != nil {
					v.typ(variable.Enum)
				}
			}
		}
	}
}

// typ visits t and what it leads to, without recursion over declarations so
// that no document is too deep.
func (v *visitor) typ(t ir.Type) {
	stack := []ir.Type{t}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if named, ok := t.(ir.Named); ok && !v.visit(named) {
			continue
		}
		switch x := t.(type) {
		case *ir.Struct:
			for _, f := range x.Fields {
				stack = append(stack, f.Type)
			}
			if x.Additional != nil {
				stack = append(stack, x.Additional.Type)
			}
		case *ir.Union:
			for _, variant := range x.Variants {
				stack = append(stack, variant.Type)
			}
		case *ir.List:
			stack = append(stack, x.Elem.Type)
		case *ir.Map:
			stack = append(stack, x.Elem.Type)
		case *ir.Alias:
			stack = append(stack, x.Target)
		}
	}
}
