package support

import (
	"slices"
	"strings"
)

// track completes the pointers of what was found in the property just read
// and notes that it came.
func (o *object) track() {
	if o.at > 0 {
		o.d.strict.within(o.mark, pointerToken(o.name()))
		o.seen = append(o.seen, o.name())
	}
	o.mark = len(o.d.strict.list)
}

// track completes the pointers of what was found in the element just read.
func (a *array) track() {
	if a.index >= 0 {
		a.d.strict.within(a.mark, indexToken(a.index))
	}
	a.mark = len(a.d.strict.list)
}

// complete reports required properties that did not come.
func (o *object) complete() {
	slices.Sort(o.seen)
	for name := range strings.FieldsSeq(o.required) {
		name = string(o.d.unescape([]byte(`"` + name + `"`)))
		if _, ok := slices.BinarySearch(o.seen, name); !ok {
			o.d.strict.add(pointerToken(name), "required", "")
		}
	}
}

// refuse notes a property that the document does not allow.
func (o *object) refuse() {
	if o.d.strict != nil {
		o.d.strict.add("", "additionalProperties", "")
	}
}

// decodeStrictly decodes data and reports whatever the document does not
// allow: what is missing, null, not listed or beyond its limits.
func decodeStrictly(d *decoder, decode func(*decoder), check func(*checker)) error {
	d.strict = &violations{}
	if err := d.run(decode); err != nil {
		return err
	}
	c := &checker{violations: *d.strict, lenient: true, text: d.data}
	if check != nil {
		check(c)
	}
	return c.err()
}
