package support

import "slices"

// decodeSeveral decodes a value that may be of several variants: into the one that
// matches it best, and into others that have properties which that lacks.
func decodeSeveral[V any](d *decoder, shapes []shape, read func(variant int) V) (value V, also []V) {
	u, chosen := d.union(shapes), -1
	for u.next(value) {
		value, chosen = read(u.variant), u.variant
	}
	if chosen < 0 || len(u.order) < 2 || d.err != nil || d.data[d.pos-1] != '}' || d.exhausted() {
		return value, nil
	}
	end := d.mark()
	d.rewind(u.start)
	object := d.properties()
	lacking := shapes[chosen].lacks(object)
	for _, i := range u.order {
		s := &shapes[i]
		rest := s.lacks(lacking)
		if sc, _ := s.score(object); sc.missing > 0 || len(rest) == len(lacking) { // it fits, else union had dropped it
			continue
		}
		d.rewind(u.start)
		limits := func(v Violation) bool { return v.Keyword != "enum" } // of which there may be more one day
		if v := read(i); d.err == nil && !u.objected() && !slices.ContainsFunc(u.broken(v), limits) {
			also, lacking = append(also, v), rest
		}
		d.err, d.path = nil, d.path[:0]
	}
	d.rewind(end)
	return value, also
}

// lacks returns the properties for which a variant has no place.
func (s *shape) lacks(object []property) []property {
	if s.open {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(object), func(p property) bool {
		_, ok := slices.BinarySearch(s.known, p.name)
		return ok
	})
}

// encodeSeveral writes a value of several variants; of equal properties the first
// one counts.
func encodeSeveral[V any](e *encoder, value V, also []V) {
	if len(also) == 0 || e.err != nil {
		e.variant(value)
		return
	}
	e.open('{')
	seen := map[string]bool{}
	for _, v := range slices.Insert(slices.Clone(also), 0, value) {
		data, err := encodeJSON(func(x *encoder) {
			x.depth = e.depth
			x.variant(v)
		}, e.request)
		d := &decoder{data: data, err: err}
		for name := range d.members {
			if raw := d.raw(); !seen[name] {
				seen[name] = true
				e.name(name)
				e.raw(string(raw))
			}
		}
		if d.err != nil {
			e.fail(d.err)
			break // what contains itself would fail again all the way down
		}
	}
	e.close('}')
}

// checkSeveral checks the other variants of a request. Those of a response were
// found to match.
func checkSeveral[V any](c *checker, also []V) {
	for _, v := range also {
		if !c.lenient {
			c.variant(v)
		}
	}
}
