package build

import "slices"

// meetNull settles whether null is a value of all places that s was made of, of
// which none is around the others. It does not where they contradict each other,
// as the null of an error's result does what a success has there.
func (b *builder) meetNull(s *shape, places []place) {
	met := nullUnsaid
	for _, p := range places {
		n := b.follow(p)
		if own := b.shapeOf(n).null; own == nullRefused || met == nullUnsaid {
			met = own
		}
		if b.isNull(n) {
			return
		}
	}
	if s.conflict == "" {
		s.null, s.nullMet = met, true
	}
}

// someNull tells whether null is a value of one of the places.
func (b *builder) someNull(places []place) bool {
	return slices.ContainsFunc(places, func(p place) bool { return b.shapeOf(b.follow(p)).null == nullAllowed })
}

// groupNull settles whether null is a value of s by what its alternatives say,
// however deep they do.
func (b *builder) groupNull(s *shape, g group) {
	refused := s.null == nullUnsaid
	for _, p := range g.places {
		n := b.follow(p)
		if n.ptr == s.ptr {
			continue
		}
		own := b.shapeOf(n).null
		if b.isNull(n) || n.schema.Nullable || own == nullAllowed && s.null != nullRefused {
			s.null = nullAllowed
		}
		refused = refused && own == nullRefused
	}
	if refused {
		s.null = nullRefused
	}
}
