package support

import (
	"slices"
	"strconv"
	"strings"
)

// place is a step from a JSON value to one inside it.
type place struct {
	key   string
	index int // of an element, when key is not set
	named bool
}

// pointer formats places as a JSON pointer.
func pointer(places []place) string {
	var b strings.Builder
	for _, p := range places {
		if p.named {
			b.WriteString(pointerToken(p.key))
		} else {
			b.WriteString("/" + strconv.Itoa(p.index))
		}
	}
	return b.String()
}

// pointerToken is a key as part of a JSON pointer.
func pointerToken(key string) string {
	return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}

// strictReport collects what strict decoding objects to.
type strictReport struct {
	places     []place
	violations []Violation
}

func (s *strictReport) add(keyword, limit string) {
	s.violations = append(s.violations, Violation{pointer(s.places), keyword, limit})
}

func (s *strictReport) push()        { s.places = append(s.places, place{}) }
func (s *strictReport) pop()         { s.places = s.places[:len(s.places)-1] }
func (s *strictReport) move(p place) { s.places[len(s.places)-1] = p }

// track notes the current property.
func (o *object) track() {
	key := string(o.key)
	o.seen = append(o.seen, key)
	o.d.strict.move(place{key: key, named: true})
}

// require reports properties that did not come, when decoding strictly.
func (o *object) require(names ...string) {
	if o.d.strict == nil || o.d.err != nil || o.null {
		return
	}
	slices.Sort(o.seen)
	for _, name := range names {
		if _, ok := slices.BinarySearch(o.seen, name); !ok {
			o.d.strict.push()
			o.d.strict.move(place{key: name, named: true})
			o.d.strict.add("required", "")
			o.d.strict.pop()
		}
	}
}

// refuse passes over a property that the object must not have.
func (o *object) refuse() {
	if o.d.strict != nil {
		o.d.strict.add("additionalProperties", "")
	}
	o.skip()
}
