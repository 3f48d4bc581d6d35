package support

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"reflect"
	"slices"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/oapi-codegen/runtime/types"
)

// into decodes the next value into what v points to.
func (d *decoder) into(v any) {
	planOf(reflect.TypeOf(v).Elem(), "").decode(d, *pointerIn(&v))
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

func readUint64(d *decoder, at unsafe.Pointer, _ *plan) { *(*uint64)(at) = d.uint64() }

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
	strict, lost := d.strict, d.lost
	d.strict = nil
	p.elem.decode(d, at)
	d.strict, d.lost = strict, lost
}

// readQuoted reads a number that may be in quotes.
func readQuoted(d *decoder, at unsafe.Pointer, p *plan) {
	if d.peek() != '"' {
		p.elem.decode(d, at)
		return
	}
	text := &decoder{data: []byte(d.text())}
	if p.elem.decode(text, at); text.end() != nil || text.data[0] > '9' {
		d.fail(errors.New("string does not hold a number of the type"))
	}
}

// readCodec reads a type with methods of its own: a union.
func readCodec(d *decoder, at unsafe.Pointer, p *plan) { p.at(at).(codec).decode(d) }

// readForeign reads a type as encoding/json does.
func readForeign(d *decoder, at unsafe.Pointer, p *plan) {
	v := reflect.New(p.typ)
	if json.Unmarshal(d.raw(), v.Interface()) != nil {
		d.fail(fmt.Errorf("value does not fit %s", p.typ)) // without quoting it
	}
	reflect.NewAt(p.typ, at).Elem().Set(v.Elem())
}

func readPointer(d *decoder, at unsafe.Pointer, p *plan) {
	var v unsafe.Pointer
	if d.peek() == 'n' {
		d.unexpected("value")
	} else {
		if v = d.place(p.elem); !p.elem.ready.Load() {
			p.elem.complete()
		}
		p.elem.read(d, v, p.elem)
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

// readStrings is readList for the most common list. Short ones share an allocation.
func readStrings(d *decoder, at unsafe.Pointer, _ *plan) {
	list, chunk := []string(nil), &d.strings.chunk
	if d.peek() == '[' {
		list = []string{}
	}
	for a := d.array(); a.more; a = d.advance(a) {
		if a.index == 0 {
			if list = (*chunk)[len(*chunk):]; cap(list) == 0 {
				list = make([]string, 0, 8)
			}
		}
		list = d.texts(list)
		a.index = len(list) - 1
	}
	d.strings.used += len(list)
	if *(*[]string)(at) = slices.Clip(list); len(list) > 0 {
		*chunk = list
	}
}

// texts appends the string that is next, and those after it as long as they are written alike.
func (d *decoder) texts(list []string) []string {
	data, i := d.data, d.pos
	if uint(i) >= uint(len(data)) || data[i] != '"' {
		return append(list, d.string())
	}
	for {
		s, end := d.textAt(i)
		list, d.pos = append(list, s), end
		if i = end + 1; uint(i+9) >= uint(len(data)) || data[end] != ',' || d.err != nil {
			return list
		}
		if data[i] == '\n' { // indented
			i += 1 + bits.TrailingZeros64(binary.LittleEndian.Uint64(data[i+1:])^ones*' ')/8
		}
		if data[i] != '"' {
			return list
		}
	}
}

func readList(d *decoder, at unsafe.Pointer, p *plan) {
	list := (*listForm)(at)
	*list = listForm{}
	if d.peek() != '[' {
		d.unexpected("array")
		return
	}
	list.data = unsafe.Pointer(&struct{}{}) // empty, which is not nil
	size, start := int(p.elem.typ.Size()), d.pos
	for a := d.array(); a.more; a = d.advance(a) {
		if a.index == list.cap {
			more := max(min(1+255/max(size, 1), 8, int(p.usual.Load())), 1)
			if a.index > 0 {
				more = d.more(a.index, d.pos-start, size)
			}
			if a.index+more == 1 { // spares what Grow does for longer lists
				list.data, list.cap = reflect.New(p.elem.typ).UnsafePointer(), 1
			} else {
				reflect.NewAt(p.typ, at).Elem().Grow(more)
			}
		}
		list.len++
		p.elem.decodeElem(d, unsafe.Add(list.data, a.index*size))
	}
	if p.usual.Load() != int32(list.len) {
		p.usual.Store(int32(list.len))
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
	if d.peek() == '{' {
		m.Set(reflect.MakeMap(p.typ))
	}
	d.object(p, at, func(name string) bool { // the plan has no fields
		p.entry(d, name, m)
		return true
	})
}

// entry adds a property to a map.
func (p *plan) entry(d *decoder, name string, m reflect.Value) {
	v := reflect.New(p.elem.typ)
	p.elem.decodeElem(d, v.UnsafePointer())
	m.SetMapIndex(reflect.ValueOf(name), v.Elem())
}

func readStruct(d *decoder, at unsafe.Pointer, p *plan) { d.object(p, at, nil) }

// readOpen is readStruct with a map for properties without a field.
func readOpen(d *decoder, at unsafe.Pointer, p *plan) {
	d.object(p, at, func(name string) bool {
		m := reflect.NewAt(p.extra.typ, unsafe.Add(at, p.extra.offset)).Elem()
		if m.IsNil() {
			m.Set(reflect.MakeMap(p.extra.typ))
		}
		p.extra.entry(d, name, m)
		return true
	})
}

// readClosed is readStruct for structs that should not have other properties.
func readClosed(d *decoder, at unsafe.Pointer, p *plan) {
	d.object(p, at, func(string) bool {
		if d.strict != nil {
			d.strict.add("", "additionalProperties", "")
		}
		return true
	})
}

// follows reports whether the property at i is that of the field.
func (f *field) follows(data []byte, i int) bool {
	next := data[i:]
	return len(next) >= 16 && (binary.LittleEndian.Uint64(next)^f.head[0])&f.mask[0]|
		(binary.LittleEndian.Uint64(next[8:])^f.head[1])&f.mask[1] == 0 &&
		(len(f.key) <= 16 || len(f.key) <= len(next) && string(next[16:len(f.key)]) == f.key[16:])
}

// search finds the next property, at i, when it is not the one guessed: maybe one of those after
// that, as servers have an order of their own and leave some out. The value begins at end.
func (p *plan) search(d *decoder, i int, guess *unsafe.Pointer) (f *field, end int) {
	likely := (*field)(atomic.LoadPointer(guess))
	for n := 0; n < 3 && likely != nil; n++ {
		if likely = (*field)(atomic.LoadPointer(&likely.next)); likely != nil && likely.follows(d.data, i) {
			return likely, i + len(likely.key)
		}
	}
	d.pos = i
	d.called = d.key()
	if known, ok := p.index[d.called]; ok {
		f = &p.fields[known]
		atomic.StorePointer(guess, unsafe.Pointer(f))
	}
	return f, d.pos
}
