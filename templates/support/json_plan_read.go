package support

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"
	"unsafe"

	"github.com/oapi-codegen/runtime/types"
)

// into decodes the next value into what v points to.
func (d *decoder) into(v any) {
	planOf(reflect.TypeOf(v).Elem(), "").decode(d, reflect.ValueOf(v).UnsafePointer())
}

// decode reads the next value into what at points to.
func (p *plan) decode(d *decoder, at unsafe.Pointer) {
	if !p.ready.Load() {
		p.complete()
	}
	p.read(d, at, p)
}

// The functions below are values of plan.read.

func readString(d *decoder, at unsafe.Pointer, _ *plan) { *(*string)(at) = d.string() }

func readBool(d *decoder, at unsafe.Pointer, _ *plan) { *(*bool)(at) = d.bool() }

func readInt64(d *decoder, at unsafe.Pointer, _ *plan) { *(*int64)(at) = d.int64() }

func readInt32(d *decoder, at unsafe.Pointer, _ *plan) { *(*int32)(at) = d.int32() }

func readFloat64(d *decoder, at unsafe.Pointer, _ *plan) { *(*float64)(at) = d.float64() }

func readFloat32(d *decoder, at unsafe.Pointer, _ *plan) { *(*float32)(at) = d.float32() }

func readTime(d *decoder, at unsafe.Pointer, _ *plan) { *(*time.Time)(at) = d.time() }

func readDate(d *decoder, at unsafe.Pointer, _ *plan) { *(*types.Date)(at) = d.date() }

func readUUID(d *decoder, at unsafe.Pointer, _ *plan) { *(*types.UUID)(at) = d.uuid() }

func readBytes(d *decoder, at unsafe.Pointer, _ *plan) { *(*[]byte)(at) = d.bytes() }

func readAny(d *decoder, at unsafe.Pointer, _ *plan) { *(*any)(at) = d.any() }

// readWelcome reads a value that may be null, which strict decoding then has nothing against.
func readWelcome(d *decoder, at unsafe.Pointer, p *plan) {
	if d.peek() != 'n' {
		p.elem.decode(d, at)
		return
	}
	strict := d.strict
	d.strict = nil
	p.elem.decode(d, at)
	d.strict = strict
}

// readCodec reads a type with methods of its own: a union.
func readCodec(d *decoder, at unsafe.Pointer, p *plan) { p.at(at).(codec).decode(d) }

// readForeign reads a type as encoding/json does.
func readForeign(d *decoder, at unsafe.Pointer, p *plan) {
	v := reflect.New(p.typ)
	if data := d.raw(); d.err == nil && json.Unmarshal(data, v.Interface()) != nil {
		d.fail(fmt.Errorf("value does not fit %s", p.typ)) // without quoting it
	}
	reflect.NewAt(p.typ, at).Elem().Set(v.Elem())
}

func readPointer(d *decoder, at unsafe.Pointer, p *plan) {
	var v unsafe.Pointer
	if d.peek() == 'n' {
		d.unexpected("value")
	} else {
		v = d.place(p.elem)
		p.elem.decode(d, v)
	}
	*(*unsafe.Pointer)(at) = v
}

// place returns room for a value. Optional scalars cost less than one allocation each.
func (d *decoder) place(p *plan) unsafe.Pointer {
	switch {
	case p.kind == reflect.String:
		return unsafe.Pointer(d.strings.next())
	case reflect.Bool <= p.kind && p.kind <= reflect.Float64: // at most a word
		return unsafe.Pointer(d.words.next())
	}
	return reflect.New(p.typ).UnsafePointer()
}

// nullableForm is a Nullable of any type.
type nullableForm struct {
	value unsafe.Pointer
	state nullState
}

func readNullable(d *decoder, at unsafe.Pointer, p *plan) {
	n := (*nullableForm)(at)
	if d.null() {
		n.value, n.state = nil, isNull
		return
	}
	n.state = isValue
	p.elem.decode(d, at)
}

// readStrings is readList for the most common list.
func readStrings(d *decoder, at unsafe.Pointer, _ *plan) {
	*(*[]string)(at) = listOf(d, (*decoder).string)
}

func readList(d *decoder, at unsafe.Pointer, p *plan) {
	list := (*listForm)(at)
	*list = listForm{}
	a := d.array()
	if a.done {
		return
	}
	size, start := int(p.elem.typ.Size()), d.pos
	for a.next() {
		if n := list.len; n == list.cap {
			more := max(min(1+255/max(size, 1), 8, int(p.usual.Load())), 1)
			if n > 0 {
				more = d.more(n, d.pos-start, size)
			}
			reflect.NewAt(p.typ, at).Elem().Grow(more)
		}
		list.len++
		p.elem.decodeElem(d, unsafe.Add(list.data, (list.len-1)*size))
	}
	if p.usual.Load() != int32(list.len) {
		p.usual.Store(int32(list.len))
	}
	if list.len == 0 && d.err == nil {
		list.data = unsafe.Pointer(&struct{}{}) // empty, which is not nil
	}
}

// decodeElem decodes an element, which may be null if it is a pointer.
func (p *plan) decodeElem(d *decoder, at unsafe.Pointer) {
	if p.kind != reflect.Pointer || !d.null() {
		p.decode(d, at)
	}
}

func readMap(d *decoder, at unsafe.Pointer, p *plan) {
	m := reflect.NewAt(p.typ, at).Elem()
	m.SetZero()
	obj := d.object(nil)
	if obj.null {
		return
	}
	m.Set(reflect.MakeMap(p.typ))
	for obj.next() {
		p.entry(d, obj.name, m)
	}
}

// entry adds a property to a map.
func (p *plan) entry(d *decoder, name string, m reflect.Value) {
	v := reflect.New(p.elem.typ)
	name = d.keep(name)
	p.elem.decodeElem(d, v.UnsafePointer())
	m.SetMapIndex(reflect.ValueOf(name), v.Elem())
}

func readStruct(d *decoder, at unsafe.Pointer, p *plan) {
	obj, told, last := d.object(p.required), uint64(0), len(p.fields)
	for obj.more() {
		i, known := p.foresee(&obj, last)
		if !known {
			if !obj.key() {
				return
			}
			if i, known = p.index[obj.name]; known {
				p.after[last].Store(int32(i))
			}
		}
		if !known {
			if p.other != nil {
				p.other(d, obj.name, at, p)
			}
		} else if f := &p.fields[i]; told&f.once == 0 {
			f.decode(d, unsafe.Add(at, f.offset))
			last, told = i, told|f.once
		}
	}
}

// foresee moves on to the value of the next property if it is one of those that are likely to come
// after the last: servers have an order of their own, and leave some out.
func (p *plan) foresee(o *object, last int) (i int, ok bool) {
	for range min(len(p.fields), 4) {
		i = int(p.after[last].Load())
		if end := o.d.pos + len(p.fields[i].key); end <= len(o.d.data) && string(o.d.data[o.d.pos:end]) == p.fields[i].key {
			o.name, o.at, o.d.pos = p.fields[i].name, end, end
			return i, true
		}
		last = i
	}
	return 0, false
}

// readExtra puts a property that has no field into the map of these.
func readExtra(d *decoder, name string, at unsafe.Pointer, p *plan) {
	m := reflect.NewAt(p.extra.typ, unsafe.Add(at, p.extra.offset)).Elem()
	if m.IsNil() {
		m.Set(reflect.MakeMap(p.extra.typ))
	}
	p.extra.entry(d, name, m)
}

// refuseOther notes a property that has no field and should not have come.
func refuseOther(d *decoder, _ string, _ unsafe.Pointer, _ *plan) {
	if d.strict != nil {
		d.strict.add("", "additionalProperties", "")
	}
}
