package support

import (
	"reflect"
	"sync/atomic"
	"unsafe"
)

// check checks what v points to, and what that contains.
func (c *checker) check(v any) {
	planOf(reflect.TypeOf(v).Elem(), "").inspect(c, *pointerIn(&v))
}

// checkedBody is jsonBody for what has limits.
func checkedBody(r *request, mediaType string, v any) {
	data, err := encodeJSON(func(e *encoder) {
		e.planOf(v).inspect(&r.check, *pointerIn(&v))
		e.value(v)
	}, true)
	r.fail(err)
	r.content(mediaType, data)
}

// in is check for a part of something.
func (c *checker) in(at string, v any) {
	from := len(c.list)
	if c.enter() {
		c.check(v)
		c.within(from, at)
		c.depth--
	}
}

// limited reports whether there is anything to check in values of a type: the
// types of the document where that is so have a method Validate.
func limited(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		if t.Name() == "" {
			return limited(t.Elem())
		}
	case reflect.Struct:
		if elem := nullableOf(t); elem != nil {
			return limited(elem)
		}
	}
	return reflect.PointerTo(t).Implements(reflect.TypeFor[interface{ Validate() error }]())
}

// judgement is what inspect has to know of a plan.
type judgement struct {
	own   bool  // the value has limits of its own
	parts bool  // so have its parts
	among []int // the fields of a struct that have parts with limits
}

func (p *plan) judge() *judgement {
	if j := (*judgement)(atomic.LoadPointer(&p.judgement)); j != nil {
		return j
	}
	if !p.ready.Load() {
		p.complete()
	}
	j := &judgement{parts: p.check != nil && limited(p.typ)}
	_, j.own = p.at(nil).(checkable)
	for i := range p.fields {
		if limited(p.fields[i].typ) {
			j.among = append(j.among, i)
		}
	}
	atomic.StorePointer(&p.judgement, unsafe.Pointer(j))
	return j
}

// inspect checks what at points to: first the limits of the value itself, then
// its parts. A schema that covers a value covers its parts.
func (p *plan) inspect(c *checker, at unsafe.Pointer) {
	j := p.judge()
	if at == nil || !j.own && !j.parts {
		return
	}
	covered := c.conforming
	if j.own {
		p.at(at).(checkable).validate(c)
	}
	if j.parts && c.enter() {
		p.check(c, at, p)
		c.depth--
	}
	c.conforming = covered
}

// part checks a part of a value.
func (p *plan) part(c *checker, at unsafe.Pointer, token func() string) {
	from := len(c.list)
	if p.inspect(c, at); len(c.list) > from {
		c.within(from, token())
	}
}

// The functions below are values of plan.check.

func checkWelcome(c *checker, at unsafe.Pointer, p *plan) { p.elem.inspect(c, at) }

func checkPointer(c *checker, at unsafe.Pointer, p *plan) { p.elem.inspect(c, *(*unsafe.Pointer)(at)) }

func checkNullable(c *checker, at unsafe.Pointer, p *plan) { p.elem.inspect(c, at) } // nil but for a value

func checkList(c *checker, at unsafe.Pointer, p *plan) {
	list := (*listForm)(at)
	for i := range list.len {
		p.elem.part(c, unsafe.Add(list.data, uintptr(i)*p.elem.typ.Size()), func() string { return indexToken(i) })
	}
}

func checkMap(c *checker, at unsafe.Pointer, p *plan) {
	m, v := reflect.NewAt(p.typ, at).Elem(), reflect.New(p.elem.typ)
	for _, key := range sortedKeys(m) {
		v.Elem().Set(m.MapIndex(reflect.ValueOf(key)))
		p.elem.part(c, v.UnsafePointer(), func() string { return pointerToken(key) })
	}
}

func checkStruct(c *checker, at unsafe.Pointer, p *plan) {
	for _, i := range p.judge().among {
		f := &p.fields[i]
		if !c.lenient && f.api == "readonly" || c.lenient && f.api == "writeonly" && !f.omit {
			continue // not sent, or not sent back
		}
		f.part(c, unsafe.Add(at, f.offset), func() string { return pointerToken(f.name) })
	}
}

// checkOpen is checkStruct for structs with a map of other properties.
func checkOpen(c *checker, at unsafe.Pointer, p *plan) {
	checkStruct(c, at, p)
	if limited(p.extra.typ) {
		p.extra.inspect(c, unsafe.Add(at, p.extra.offset))
	}
}
