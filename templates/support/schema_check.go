package support

import (
	"slices"
	"strconv"
	"unicode/utf8"
)

// conform checks what is left to a schema of the set, unless the schema of
// something around the value covers it. It covers the parts of the value as
// well, until they are checked.
func (c *checker) conform(set *schemaSet, name string, v any) {
	if c.conforming || len(c.list) == maxViolations {
		return
	}
	c.conforming = true
	text, err := []byte(nil), error(nil)
	if c.text != nil && c.depth == 0 {
		text = *c.text
	} else {
		text, err = encodeJSON(func(e *encoder) { e.value(v) }, true)
	}
	if set.schema(name); err == nil && len(text) > 0 { // else sending it reports what cannot be written
		in := &inspection{checker: c, set: set, verdicts: map[question]*verdict{}}
		found, known := &violations{}, c.list
		in.check(&schema{ref: name}, (&decoder{data: text}).instance(), found, nil)
		if in.undecided != "" {
			c.add("", "pattern", in.undecided+undecided)
		}
		for _, v := range found.list {
			if !slices.ContainsFunc(known, v.repeats) {
				c.add(v.Pointer, v.Keyword, v.Limit)
			}
		}
	}
}

// repeats reports whether a violation says the same as another one. Decoding
// says oneOf of every union, the schema maybe anyOf.
func (v Violation) repeats(other Violation) bool {
	return v.Pointer == other.Pointer && (v.Keyword == other.Keyword || v.Keyword == "anyOf" && other.Keyword == "oneOf")
}

// covered checks a part of a request that a schema of its own describes.
func (c *checker) covered(at string, set *schemaSet, name string, v any, check func()) {
	from := len(c.list)
	covered := c.conforming
	c.conform(set, name, v)
	c.within(from, at)
	check()
	c.conforming = covered
}

// chosen checks the variant that a request chooses. In a response, decoding has
// chosen it where a schema decides what matches.
func (c *checker) chosen(v any) {
	if !c.lenient {
		c.variant(v)
	}
}

// inspection checks a value against schemas of a set.
type inspection struct {
	checker *checker
	set     *schemaSet
	// verdicts are those of named schemas: asking only once makes the time
	// linear in the size of the value, and ends schemas that refer to
	// themselves.
	verdicts map[question]*verdict
	ids      identities
	// undecided is a pattern for which there was no time. Whether the value
	// meets the schema is not known then, as a pattern may be in a not.
	undecided string
}

type question struct {
	schema *schema
	value  *instance
}

type verdict struct {
	ok       bool
	reported bool // what is wrong was noted
	seen     evaluated
}

// evaluated are the properties and elements that schemas have spoken of.
type evaluated struct {
	names map[string]bool
	items map[int]bool
}

func (e *evaluated) name(name string) {
	if e != nil {
		if e.names == nil {
			e.names = map[string]bool{}
		}
		e.names[name] = true
	}
}

func (e *evaluated) item(i int) {
	if e != nil {
		if e.items == nil {
			e.items = map[int]bool{}
		}
		e.items[i] = true
	}
}

func (e *evaluated) add(more *evaluated) {
	if e != nil && more != nil {
		for name := range more.names {
			e.name(name)
		}
		for i := range more.items {
			e.item(i)
		}
	}
}

// like returns a place for what an alternative evaluates, if anybody asks.
func (e *evaluated) like() *evaluated {
	if e == nil {
		return nil
	}
	return &evaluated{}
}

// trial is a value on its way through the keywords of a schema.
type trial struct {
	*inspection
	schema *schema
	value  *instance
	found  *violations // nil when it only matters whether the value fits
	seen   *evaluated  // nil when nobody asks
}

// check reports whether v meets s. It notes what is wrong in found, and what
// was evaluated in seen, unless these are nil.
func (in *inspection) check(s *schema, v *instance, found *violations, seen *evaluated) bool {
	if s == nil || s.nullable && v.kind == "null" {
		return true
	}
	t := &trial{in, s, v, found, seen}
	if s.never {
		return t.fail("false", "")
	}
	if s.unevaluatedItems != nil || s.unevaluatedProperties != nil {
		t.seen = &evaluated{} // what stands around the schema is none of its business
	}
	ok := true
	for _, step := range [...]func(*trial) bool{
		(*trial).reference, (*trial).kind, (*trial).number, (*trial).string, (*trial).object, (*trial).array,
		(*trial).combined, (*trial).conditions, (*trial).rest,
	} {
		if !step(t) {
			ok = false
			if found == nil {
				break
			}
		}
	}
	if t.seen != seen {
		seen.add(t.seen)
	}
	return ok
}

// fits is check without a report.
func (in *inspection) fits(s *schema, v *instance, seen *evaluated) bool {
	return in.check(s, v, nil, seen)
}

// fail notes a violation.
func (t *trial) fail(keyword, limit string) bool { return t.failAt("", keyword, limit) }

func (t *trial) failAt(at, keyword, limit string) bool {
	if t.found != nil {
		t.found.add(at, keyword, limit)
	}
	return false
}

// same checks the value itself against another schema.
func (t *trial) same(s *schema) bool { return t.check(s, t.value, t.found, t.seen) }

// part checks element i or the value of property i.
func (t *trial) part(s *schema, i int) bool {
	v := t.value.items[i]
	if t.found == nil {
		return t.fits(s, v, nil)
	}
	from := len(t.found.list)
	ok := t.check(s, v, t.found, nil)
	if !ok {
		at := indexToken(i)
		if t.value.names != nil {
			at = pointerToken(t.value.names[i])
		}
		t.found.within(from, at)
	}
	return ok
}

func (t *trial) reference() bool {
	if t.schema.ref == "" {
		return true
	}
	q := question{t.set.schemas[t.schema.ref], t.value}
	v := t.verdicts[q]
	if v == nil || t.found != nil && !v.reported {
		v = &verdict{ok: true, reported: t.found != nil}
		t.verdicts[q] = v
		v.ok = t.check(q.schema, t.value, t.found, &v.seen)
	}
	t.seen.add(&v.seen)
	return v.ok
}

// kind checks type, enum and const.
func (t *trial) kind() bool {
	s := t.schema
	ok := s.types == nil
	for _, kind := range s.types {
		ok = ok || t.value.is(kind)
	}
	if !ok {
		return t.fail("type", "")
	}
	if s.listed == "" {
		return true
	}
	for _, v := range s.values {
		if v.equal(t.value) {
			return true
		}
	}
	return t.fail(s.listed, "")
}

func (t *trial) number() bool {
	if t.value.kind != "number" {
		return true
	}
	ok := true
	for _, l := range t.schema.numbers {
		meets := false
		switch order := compareNumbers(t.value.text, l.text); l.keyword {
		case "minimum":
			meets = order >= 0
		case "maximum":
			meets = order <= 0
		case "exclusiveMinimum":
			meets = order > 0
		case "exclusiveMaximum":
			meets = order < 0
		default:
			meets = isMultipleOf(t.value.text, l.text)
		}
		ok = (meets || t.fail(l.keyword, l.text)) && ok
	}
	return ok
}

// counts checks the keywords about a size of the value.
func (t *trial) counts(n int, least, most string) bool {
	ok := true
	for _, l := range t.schema.counts {
		if l.keyword == least && n < l.n || l.keyword == most && n > l.n {
			ok = t.fail(l.keyword, l.text)
		}
	}
	return ok
}

func (t *trial) string() bool {
	s, text := t.schema, t.value.text
	if t.value.kind != "string" {
		return true
	}
	ok := len(s.counts) == 0 || t.counts(utf8.RuneCountInString(text), "minLength", "maxLength")
	if !t.matches(s.expression, s.source, text) {
		ok = t.fail("pattern", s.source)
	}
	if s.format != nil && !s.format.ok(text) {
		ok = t.fail("format", s.format.name)
	}
	return ok
}

// matches reports whether a regular expression matches; one that no engine has
// always does.
func (in *inspection) matches(expression matcher, source, text string) bool {
	if expression == nil {
		return true
	}
	ok, decided := expression(in.checker, text)
	if !decided {
		in.undecided = source
	}
	return ok
}

func (t *trial) object() bool {
	s, v := t.schema, t.value
	if v.kind != "object" {
		return true
	}
	ok := t.counts(len(v.names), "minProperties", "maxProperties")
	for _, name := range s.required {
		if v.property(name) == nil {
			ok = t.failAt(pointerToken(name), "required", "")
		}
	}
	if s.properties == nil && s.patterns == nil && s.additional == nil && s.names == nil {
		return ok
	}
	for i, name := range v.names {
		if s.names != nil && !t.fits(s.names, &instance{kind: "string", text: name}, nil) {
			ok = t.failAt(pointerToken(name), "propertyNames", "")
		}
		ok = t.property(name, i) && ok
	}
	return ok
}

// property checks a property against the schemas that speak of it.
func (t *trial) property(name string, i int) bool {
	s, ok := t.schema, true
	own, known := s.properties[name]
	if known {
		ok = t.part(own, i)
	}
	for _, p := range s.patterns {
		if p.name != nil && t.matches(p.name, p.source, name) {
			known = true
			ok = t.part(p.schema, i) && ok
		}
	}
	switch {
	case known:
	case s.additional == nil:
		return ok
	case s.additional.never:
		ok = t.failAt(pointerToken(name), "additionalProperties", "")
	default:
		ok = t.part(s.additional, i)
	}
	t.seen.name(name)
	return ok
}

func (t *trial) array() bool {
	s, v := t.schema, t.value
	if v.kind != "array" {
		return true
	}
	ok := t.counts(len(v.items), "minItems", "maxItems")
	for i := range v.items {
		switch {
		case i < len(s.prefix):
			ok = t.part(s.prefix[i], i) && ok
		case s.items != nil:
			ok = t.part(s.items, i) && ok
		default:
			continue
		}
		t.seen.item(i)
	}
	if s.unique && !t.unique() {
		ok = t.fail("uniqueItems", "")
	}
	if s.contains == nil {
		return ok
	}
	n := 0
	for i, item := range v.items {
		if t.fits(s.contains, item, nil) {
			t.seen.item(i)
			n++
		}
	}
	switch {
	case n < s.minContains && s.minContains == 1:
		ok = t.fail("contains", "")
	case n < s.minContains:
		ok = t.fail("minContains", strconv.Itoa(s.minContains))
	case s.maxContains >= 0 && n > s.maxContains:
		ok = t.fail("maxContains", strconv.Itoa(s.maxContains))
	}
	return ok
}

func (t *trial) unique() bool {
	if t.ids.of == nil {
		t.ids = identities{map[*instance]int{}, map[string]int{}}
	}
	have := map[int]bool{}
	for _, item := range t.value.items {
		n := t.ids.number(item)
		if have[n] {
			return false
		}
		have[n] = true
	}
	return true
}

// combined checks allOf, anyOf, oneOf and not.
func (t *trial) combined() bool {
	s, ok := t.schema, true
	for _, part := range s.allOf {
		ok = t.same(part) && ok
	}
	if s.anyOf != nil && t.meets(s.anyOf, 1) == 0 {
		ok = t.fail("anyOf", "")
	}
	if s.oneOf != nil && t.meets(s.oneOf, 2) != 1 {
		ok = t.fail("oneOf", "")
	}
	if s.not != nil && t.fits(s.not, t.value, nil) {
		ok = t.fail("not", "")
	}
	return ok
}

// meets counts the alternatives that the value meets. There is no need to
// go on from enough, unless somebody wants to know what they evaluate.
func (t *trial) meets(alternatives []*schema, enough int) int {
	n := 0
	for _, s := range alternatives {
		seen := t.seen.like()
		if t.fits(s, t.value, seen) {
			t.seen.add(seen)
			if n++; n == enough && t.seen == nil {
				break
			}
		}
	}
	return n
}

// conditions checks if, dependentRequired and dependentSchemas.
func (t *trial) conditions() bool {
	s, ok := t.schema, true
	if s.test != nil {
		seen := t.seen.like()
		if t.fits(s.test, t.value, seen) {
			t.seen.add(seen)
			ok = t.same(s.then)
		} else {
			ok = t.same(s.els)
		}
	}
	for _, d := range s.dependent {
		if t.value.property(d.property) == nil {
			continue
		}
		for _, name := range d.required {
			if t.value.property(name) == nil {
				ok = t.failAt(pointerToken(name), "dependentRequired", d.property)
			}
		}
		ok = t.same(d.schema) && ok
	}
	return ok
}

// rest checks what no other keyword has evaluated.
func (t *trial) rest() bool {
	s, v, ok := t.schema, t.value, true
	switch {
	case v.kind == "object" && s.unevaluatedProperties != nil:
		for i, name := range v.names {
			if t.seen.names[name] {
				continue
			}
			if s.unevaluatedProperties.never {
				ok = t.failAt(pointerToken(name), "unevaluatedProperties", "")
			} else {
				ok = t.part(s.unevaluatedProperties, i) && ok
			}
			t.seen.name(name)
		}
	case v.kind == "array" && s.unevaluatedItems != nil:
		for i := range v.items {
			if t.seen.items[i] {
				continue
			}
			if s.unevaluatedItems.never {
				ok = t.failAt(indexToken(i), "unevaluatedItems", "")
			} else {
				ok = t.part(s.unevaluatedItems, i) && ok
			}
			t.seen.item(i)
		}
	}
	return ok
}
