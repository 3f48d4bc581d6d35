package support

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// ValidationError reports every way in which a value breaks the limits of the document, not the value.
type ValidationError struct{ Violations []Violation }

// Violation is one way in which a value breaks the limits of the document.
type Violation struct {
	Pointer string // the JSON pointer (RFC 6901) of the part at fault, after query/limit and the like for a parameter; begins with "…" if the rest was too long
	Keyword string // the limit in the words of JSON Schema, such as "maxLength"
	Limit   string // what the document asks for, such as "32"; empty where the keyword says it all
}

// Error lists the violations; very many are cut short.
func (e *ValidationError) Error() string {
	text := "validation failed: "
	for i, v := range e.Violations {
		if i == 20 {
			return text + "and " + strconv.Itoa(len(e.Violations)-i) + " more"
		}
		text += v.String() + "; "
	}
	return strings.TrimSuffix(text, "; ")
}

// String formats the violation as "/name: maxLength 32".
func (v Violation) String() string {
	return strings.TrimPrefix(v.Pointer+": "+v.Keyword, ": ") + strings.TrimRight(" "+v.Limit, " ")
}

// violations collects what is wrong with a value. Pointers are completed on the way out.
type violations struct{ list []Violation }

// Bounds of what is kept: how many violations, and how many bytes of a text.
const maxViolations, maxText = 1000, 500

//go:noinline
func (c *violations) add(at, keyword, limit string) {
	if len(c.list) < maxViolations {
		c.list = append(c.list, Violation{at, keyword, limit})
	}
}

// within puts a part before the pointers of violations, but long ones: levels must not cost more each.
//
//go:noinline
func (c *violations) within(from int, at string) {
	for i := from; i < len(c.list); i++ {
		if p := &c.list[i].Pointer; len(*p) < maxText {
			*p = at + *p
		} else if (*p)[0] == '/' && at != "" {
			*p = "…" + *p
		}
	}
}

// err returns the violations as an error.
func (c *violations) err() error {
	if len(c.list) == 0 {
		return nil
	}
	return &ValidationError{c.list}
}

// pointerToken is a key as a part of a JSON pointer.
func pointerToken(key string) string {
	return shortened("/" + strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1"))
}

// shortened cuts a long text, such as a pointer: how long it is is up to whoever sent the value.
func shortened(text string) string {
	if len(text) > maxText {
		text = strings.TrimRight(text[:maxText], "\uFFFD") + "…" // part of one
	}
	return text
}

// indexToken is an index as a part of a JSON pointer.
func indexToken(i int) string { return "/" + strconv.Itoa(i) }

// checker looks for violations. Parts of a value are named as in a JSON pointer: "/name", or "".
type checker struct {
	violations
	depth      int32
	lenient    bool    // empty values of required properties did come; in a request they were forgotten
	conforming bool    // a schema covers the value
	text       *[]byte // the JSON of what is checked, where it came as such
	spent      int64   // about how many nanoseconds, on checks that may take long
}

// checkTime bounds, in the check of one value, what may take longer than in
// proportion to its size, in nanoseconds; undecided is said of the rest.
const checkTime, undecided = int64(2e9), " (not decided, it takes too long)"

// checkable is implemented by pointers to the types of the document that have
// limits of their own, beside those of their parts.
type checkable interface{ validate(*checker) }

// validate returns what is wrong with v as one *ValidationError.
//
//go:noinline
func validate(v any) error {
	c := &checker{}
	c.check(v)
	return c.err()
}

// required reports a property that has to be set and is not.
//
//go:noinline
func (c *checker) required(at string, present bool) {
	if !present && !c.lenient {
		c.add(at, "required", "")
	}
}

// enum reports a required property that is not a listed value of its enum.
//
//go:noinline
func (c *checker) enum(at string, present, listed bool) {
	switch {
	case listed:
	case !present && !c.lenient:
		c.add(at, "required", "")
	default:
		c.add(at, "enum", "")
	}
}

// listed reports a value that is not in the list of its enum.
//
//go:noinline
func (c *checker) listed(at string, ok bool) {
	if !ok {
		c.add(at, "enum", "")
	}
}

// constant reports a value that is not the only one allowed.
//
//go:noinline
func (c *checker) constant(at string, ok bool) {
	if !ok {
		c.add(at, "const", "")
	}
}

// written is v, or what the encoder writes for it when it is zero.
func written[T comparable](c *checker, v, only T) T {
	if c.lenient {
		return v
	}
	return cmp.Or(v, only)
}

// noFile reports a file in a body that has no place for it.
//
//go:noinline
func (c *checker) noFile(at string, absent bool) {
	if !absent {
		c.add(at, "file", "in multipart bodies only")
	}
}

// enter steps into a part, unless that is nested too deeply: a value may contain itself, even more
// than once, and so nothing is looked at after that. Go takes up to four steps for one of JSON.
func (c *checker) enter() bool {
	if c.depth++; c.depth == 4*maxDepth {
		c.add("", "depth", strconv.Itoa(maxDepth))
		c.depth = 1 << 30
	}
	return c.depth < 4*maxDepth
}

// each checks the n elements of a list.
//
//go:noinline
func (c *checker) each(at string, n int, check func(i int)) {
	if n == 0 || !c.enter() {
		return
	}
	for i := range n {
		from := len(c.list)
		if check(i); len(c.list) > from {
			c.within(from, at+indexToken(i))
		}
	}
	c.depth--
}

// checkEntries checks the values of a map.
func checkEntries[T any](c *checker, at string, m map[string]T, check func(T)) {
	if len(m) == 0 || !c.enter() {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		from := len(c.list)
		if check(m[name]); len(c.list) > from {
			c.within(from, at+pointerToken(name))
		}
	}
	c.depth--
}

// checkValue checks a value that may be null or absent.
func checkValue[T any](n Nullable[T], check func(T)) {
	if v, ok := n.Get(); ok {
		check(v)
	}
}
