package support

import (
	"cmp"
	"encoding/binary"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"
)

// plan is how values of a Go type are read from JSON and written as JSON. It is made by reflection
// when the type is first met, so that the compiler has no more to do for a type than its
// declaration. Reflection also says where fields are and of which type, so that what is behind an
// unsafe.Pointer is always of the type of the plan.
type plan struct {
	typ   reflect.Type
	kind  reflect.Kind
	blank any        // a nil pointer to the type
	notes string     // 0: null is welcome; a: encoding/json does it all; A: a number, maybe quoted; 1, b, B: that of elements
	lock  sync.Mutex // while it is completed
	ready atomic.Bool
	planKind
	elem  *plan        // of a pointer, list, map or Nullable
	usual atomic.Int32 // length of the list read last
	texts atomic.Int32 // strings behind pointers and in lists, in the value read last
	// Of a struct:
	fields    []field
	index     map[string]int // fields by name
	first     unsafe.Pointer // to the field of the property that came first last
	extra     *field         // the map of those without a field
	judgement unsafe.Pointer // what there is to check
	lines     unsafe.Pointer // how the fields are written, the first
}

// field is a field of a struct that is a property in JSON, by its tags:
//
//	json:"name,omitzero"   the name, and that it may be absent; "-" when it is not in JSON
//	name:"na,me"           the name where the tag json cannot hold it
//	key:"na\\nme"           the name with the escapes that JSON asks for
//	const:"text"           the only value allowed
//	api:"readonly"         not sent; or "writeonly": not expected back; "extra": see plan
//	once:"true"            a union chose by it: of equal properties the first one counts
//	null:"0"               see notes of plan
type field struct {
	_ [0]func() // never compared, for which every program would carry 600 bytes more
	*plan
	offset                        uintptr
	name, key                     string         // the key is the name in JSON, up to the value
	head, mask                    [2]uint64      // the first bytes of the key, those that are there
	next                          unsafe.Pointer // to what came after it last; of atomic.Pointer, every program would carry 1 kB more
	text, through, omit, required bool           // it is a string; behind a pointer; absent when zero; it should come
	once                          uint64         // a bit of its own if only the first of equal properties counts
	api, filled                   string         // the tags of these names; const is written for a zero value
}

// plans are the plans made so far, by type, or by type and notes.
var plans sync.Map

// planOf returns the plan of a type.
func planOf(t reflect.Type, notes string) *plan {
	var key any = t
	if notes != "" {
		key = [2]any{t, notes}
	}
	if p, ok := plans.Load(key); ok {
		return p.(*plan)
	}
	p, _ := plans.LoadOrStore(key, &plan{typ: t, kind: t.Kind(), blank: reflect.NewAt(t, nil).Interface(), notes: notes})
	return p.(*plan)
}

// complete completes a plan; those of the parts when they are needed, as a type may contain itself.
func (p *plan) complete() {
	p.lock.Lock()
	defer p.lock.Unlock()
	for _, k := range planKinds() {
		if !p.ready.Load() && (k.of == p.kind || k.is != nil && k.is(p)) {
			if p.planKind = k; k.prepare != nil {
				k.prepare(p)
			}
			p.ready.Store(true)
		}
	}
}

// structure completes the plan of a struct.
func (p *plan) structure() {
	count := p.typ.NumField()
	p.index, p.fields = make(map[string]int, count), make([]field, 0, count)
	once := uint64(1)
	for i := range count {
		s := p.typ.Field(i)
		name, option, _ := strings.Cut(s.Tag.Get("json"), ",")
		api := s.Tag.Get("api")
		if name == "-" && api != "extra" {
			continue
		}
		p.fields = append(p.fields, field{plan: planOf(s.Type, s.Tag.Get("null")), offset: s.Offset, name: name + s.Tag.Get("name"),
			omit: option == "omitzero", api: api, filled: s.Tag.Get("const")})
		f := &p.fields[len(p.fields)-1]
		if api == "extra" { // the last one
			p.extra, p.fields = f, p.fields[:len(p.fields)-1]
			continue
		}
		f.required = !f.omit && api != "writeonly"
		if s.Tag.Get("once") != "" {
			once, f.once = once<<1, once
		}
		p.index[f.name] = len(p.fields) - 1
		f.key = `"` + cmp.Or(s.Tag.Get("key"), f.name) + `":`
		head := make([]byte, 16)
		n := copy(head, f.key)
		f.head = [2]uint64{binary.LittleEndian.Uint64(head), binary.LittleEndian.Uint64(head[8:])}
		f.mask = [2]uint64{1<<(8*min(n, 8)) - 1, 1<<(8*max(n-8, 0)) - 1}
		t := s.Type
		if f.through = f.kind == reflect.Pointer; f.through {
			t = t.Elem()
		}
		f.text = f.notes == "" && f.once == 0 && isText(t)
	}
}

// isText reports whether values are strings without methods for JSON.
func isText(t reflect.Type) bool {
	path := t.PkgPath() // types of other packages may have methods
	return t.Kind() == reflect.String && (path == "" || path == reflect.TypeFor[plan]().PkgPath())
}
