package support

import "strconv"

// sizeCheck checks the number of elements or properties.
type sizeCheck struct {
	c    *checker
	at   string
	n    int
	unit string // Items or Properties
}

// items checks the length of a list.
func (c *checker) items(at string, n int) sizeCheck { return sizeCheck{c, at, n, "Items"} }

// properties checks the size of a map.
func (c *checker) properties(at string, n int) sizeCheck { return sizeCheck{c, at, n, "Properties"} }

// unless checks nothing where what is counted is absent.
func (s sizeCheck) unless(absent bool) sizeCheck {
	if absent {
		s.c = nil
	}
	return s
}

func (s sizeCheck) min(limit int) sizeCheck {
	if s.c != nil && s.n < limit {
		s.c.add(s.at, "min"+s.unit, strconv.Itoa(limit))
	}
	return s
}

func (s sizeCheck) max(limit int) sizeCheck {
	if s.c != nil && s.n > limit {
		s.c.add(s.at, "max"+s.unit, strconv.Itoa(limit))
	}
	return s
}

// countProperties counts the properties that an object has in JSON.
func countProperties(encode func(*encoder)) int {
	data, err := marshal(encode)
	if err != nil {
		return 0
	}
	n := 0
	for obj := (&decoder{data: data}).object(); obj.next(); n++ {
		obj.skip()
	}
	return n
}

// checkUnique reports a list with two elements that are equal in JSON.
func checkUnique[T any](c *checker, at string, list []T, write func(*T, *encoder)) {
	seen := make(map[string]bool, len(list))
	for i := range list {
		data, err := marshal(func(e *encoder) { write(&list[i], e) })
		if err != nil {
			return
		}
		if seen[string(data)] {
			c.add(at, "uniqueItems", "")
			return
		}
		seen[string(data)] = true
	}
}

// checkValues reports a value that is none of the allowed ones, which are in
// the JSON spelling that write gives them.
func checkValues[T any](c *checker, at string, v *T, write func(*T, *encoder), allowed ...string) {
	data, err := marshal(func(e *encoder) { write(v, e) })
	if err != nil {
		return
	}
	for _, text := range allowed {
		if text == string(data) {
			return
		}
	}
	c.add(at, "enum", "")
}
