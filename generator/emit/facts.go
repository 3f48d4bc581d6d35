package emit

import (
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// facts is what the emitter needs to know about types before it writes them.
type facts struct {
	// checked are the types with a validate method.
	checked map[ir.Named]bool
	// sent are the types that requests can contain, and answers to webhooks;
	// received those of responses and webhooks.
	sent, received map[ir.Named]bool
	// variants are the enums that are variants of a union.
	variants map[*ir.Enum]bool
	// telling are the fields by which unions choose the struct, numbered from 1
	// in each.
	telling map[*ir.Field]int
}

func newFacts(api *ir.API) *facts {
	f := &facts{
		checked:  map[ir.Named]bool{},
		sent:     map[ir.Named]bool{},
		received: map[ir.Named]bool{},
		variants: map[*ir.Enum]bool{},
		telling:  map[*ir.Field]int{},
	}
	for _, t := range api.Types {
		if u, ok := t.(*ir.Union); ok {
			f.findTelling(u)
			for _, v := range u.Variants {
				if enum, ok := ir.Resolved(v.Type).(*ir.Enum); ok && v.WrapperName == "" {
					f.variants[enum] = true
				}
			}
		}
	}
	for op := range api.Operations() {
		f.exchangedBy(op)
	}
	for _, w := range api.Webhooks {
		spread(f.received, w.Body.Type)
		for _, t := range w.Answers {
			spread(f.sent, t)
		}
	}
	return f
}

// findTelling finds the fields that hold the discriminator of a union, in the
// unions among its variants too.
func (f *facts) findTelling(u *ir.Union) {
	if u.Discriminator == nil {
		return
	}
	seen := map[*ir.Union]bool{u: true}
	for unions := []*ir.Union{u}; len(unions) > 0; {
		from := unions[len(unions)-1]
		unions = unions[:len(unions)-1]
		for _, v := range from.Variants {
			switch t := ir.Resolved(v.Type).(type) {
			case *ir.Union:
				if !seen[t] {
					seen[t], unions = true, append(unions, t)
				}
			case *ir.Struct:
				f.tells(t, u.Discriminator.Property)
			}
		}
	}
}

// tells notes that a property of a struct is a discriminator.
func (f *facts) tells(t *ir.Struct, property string) {
	number := 1
	var found *ir.Field
	for _, field := range t.Fields {
		if f.telling[field] > 0 {
			number++
		}
		if field.WireName == property && f.telling[field] == 0 {
			found = field
		}
	}
	if found != nil {
		f.telling[found] = number
	}
}

// exchangedBy marks the types that the requests and responses of an operation
// contain.
func (f *facts) exchangedBy(op *ir.Operation) {
	spread(f.received, op.Result.Type)
	for x := range op.Exchanges() {
		if x.Sent {
			spread(f.sent, x.Type)
		} else {
			spread(f.received, x.Type)
		}
	}
}

// spread marks what values of t contain; without recursion, so that no document
// is too deep.
func spread(marked map[ir.Named]bool, t ir.Type) {
	for stack := []ir.Type{t}; len(stack) > 0; {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if n, ok := t.(ir.Named); ok {
			if marked[n] {
				continue
			}
			marked[n] = true
		}
		stack = append(stack, ir.Contents(t)...)
	}
}

// findChecked finds out which types have something to check: those whose own
// statements do, and those that contain one of these.
func (s *shared) findChecked() {
	users := map[ir.Named][]ir.Named{}
	var queue []ir.Named
	e := newEmitter(s) // whose file nobody wants
	e.depends = map[ir.Named]bool{}
	for _, t := range s.api.Types {
		clear(e.depends)
		if len(e.validateBody(t)) > 0 {
			s.facts.checked[t] = true
			queue = append(queue, t)
		}
		for used := range e.depends {
			users[used] = append(users[used], t)
		}
	}
	for len(queue) > 0 {
		t := queue[0]
		queue = queue[1:]
		for _, user := range users[t] {
			if !s.facts.checked[user] {
				s.facts.checked[user] = true
				queue = append(queue, user)
			}
		}
	}
}

// isChecked reports whether a type with a codec has a validate method. While
// that is being found out it notes the question and says no.
func (e *emitter) isChecked(t ir.Named) bool {
	if e.depends != nil {
		e.depends[t] = true
		return false
	}
	return e.facts.checked[t]
}
