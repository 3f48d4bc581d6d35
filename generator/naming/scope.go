package naming

import "strconv"

// Scope holds the names taken in one Go scope: the package, a struct's fields,
// a service's methods. The zero value is an empty scope.
type Scope struct {
	taken map[string]bool
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

// Has reports whether name is taken.
func (s *Scope) Has(name string) bool { return s.taken[name] }

// Claim takes the first free one of the wanted names, or else the last one
// with the smallest free number from 2 on. It returns the name taken.
func (s *Scope) Claim(wanted ...string) string {
	for _, name := range wanted {
		if !s.taken[name] {
			s.Reserve(name)
			return name
		}
	}
	base := wanted[len(wanted)-1]
	if base[len(base)-1] >= '0' && base[len(base)-1] <= '9' {
		base += "_"
	}
	for i := 2; ; i++ {
		if name := base + strconv.Itoa(i); !s.taken[name] {
			s.Reserve(name)
			return name
		}
	}
}
