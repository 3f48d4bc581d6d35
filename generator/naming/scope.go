package naming

import "strconv"

// Scope holds the names taken in one Go scope: the package, a struct's fields,
// a service's methods. The zero value is an empty scope.
type Scope struct {
	taken map[string]bool
	// held names wait for those who had them before.
	held map[string]bool
	// next is, for each name that was numbered, a number below which all
	// are taken: none is ever given back.
	next map[string]int
}

// Reserve takes names without asking.
func (s *Scope) Reserve(names ...string) {
	if s.taken == nil {
		s.taken = map[string]bool{}
	}
	for _, name := range names {
		s.taken[name] = true
	}
}

// ReserveStandard takes the names of methods to which Go's tools and libraries give
// a meaning: go vet refuses those with other parameters or results.
func (s *Scope) ReserveStandard() {
	s.Reserve("GobDecode", "GobEncode", "MarshalJSON", "MarshalXML", "ReadByte", "ReadRune",
		"UnmarshalJSON", "UnmarshalXML", "UnreadByte", "UnreadRune", "WriteByte")
}

// Hold keeps names out of reach of Claim until Take or Release.
func (s *Scope) Hold(names ...string) {
	if s.held == nil {
		s.held = map[string]bool{}
	}
	for _, name := range names {
		s.held[name] = true
	}
}

// Held reports whether name is held and not taken.
func (s *Scope) Held(name string) bool { return s.held[name] && !s.taken[name] }

// Release ends holding a name.
func (s *Scope) Release(name string) { delete(s.held, name) }

// Take takes a name, held or not. It reports false when the name is taken.
func (s *Scope) Take(name string) bool {
	if s.taken[name] {
		return false
	}
	s.Reserve(name)
	return true
}

// Has reports whether name is taken or held.
func (s *Scope) Has(name string) bool { return s.taken[name] || s.held[name] }

// Claim takes the first free one of the wanted names, or else the last one
// with the smallest free number from 2 on. It returns the name taken.
func (s *Scope) Claim(wanted ...string) string {
	for _, name := range wanted {
		if !s.Has(name) {
			s.Reserve(name)
			return name
		}
	}
	base := wanted[len(wanted)-1]
	if base[len(base)-1] >= '0' && base[len(base)-1] <= '9' {
		base += "_"
	}
	return s.Number(base)
}

// Number takes the name that consists of base and the smallest free number
// from 2 on.
func (s *Scope) Number(base string) string {
	if s.next == nil {
		s.next = map[string]int{}
	}
	i := max(2, s.next[base])
	for s.taken[base+strconv.Itoa(i)] {
		i++
	}
	s.next[base] = i // and not beyond: what is held may become free
	for s.Has(base + strconv.Itoa(i)) {
		i++
	}
	name := base + strconv.Itoa(i)
	s.Reserve(name)
	return name
}
