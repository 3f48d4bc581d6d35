package support

import (
	"reflect"
	"strconv"
	"strings"
	"unsafe"
)

// sizeCheck checks the number of elements or properties.
type sizeCheck struct {
	c    *checker
	at   string
	n    int
	unit string // Items or Properties
}

// items checks the length of a list.
//
//go:noinline
func (c *checker) items(at string, n int) sizeCheck { return sizeCheck{c, at, n, "Items"} }

// properties checks the size of a map.
//
//go:noinline
func (c *checker) properties(at string, n int) sizeCheck { return sizeCheck{c, at, n, "Properties"} }

// unless checks nothing where what is counted is absent.
//
//go:noinline
func (s sizeCheck) unless(absent bool) sizeCheck {
	if absent {
		s.c = nil
	}
	return s
}

//go:noinline
func (s sizeCheck) min(limit int) sizeCheck {
	if s.c != nil && s.n < limit {
		s.c.add(s.at, "min"+s.unit, strconv.Itoa(limit))
	}
	return s
}

//go:noinline
func (s sizeCheck) max(limit int) sizeCheck {
	if s.c != nil && s.n > limit {
		s.c.add(s.at, "max"+s.unit, strconv.Itoa(limit))
	}
	return s
}

// countProperties counts the properties that a struct, by pointer, has in JSON.
func countProperties(v any) int {
	p, at := planOf(reflect.TypeOf(v).Elem(), ""), *pointerIn(&v)
	if !p.ready.Load() {
		p.complete()
	}
	n := 0
	for i := range p.fields {
		if f := &p.fields[i]; !f.omit || !f.absent(unsafe.Add(at, f.offset)) {
			n++
		}
	}
	if p.extra != nil {
		n += reflect.NewAt(p.extra.typ, unsafe.Add(at, p.extra.offset)).Elem().Len()
	}
	return n
}

// unique reports a list with two elements that are equal in JSON. Lists in lists
// are written again for each around them: deep down, the time for that is bounded.
func unique[T any](c *checker, at string, list []T) {
	seen := make(map[string]bool, len(list))
	for i := range list {
		if c.spent > checkTime {
			c.add(at, "uniqueItems", strings.TrimSpace(undecided))
			return
		}
		data, err := marshal(&list[i])
		if err != nil {
			return
		}
		if c.depth > 20 {
			c.spent += 4 * int64(len(data))
		}
		if seen[string(data)] {
			c.add(at, "uniqueItems", "")
			return
		}
		seen[string(data)] = true
	}
}
