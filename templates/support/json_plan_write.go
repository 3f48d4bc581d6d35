package support

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/oapi-codegen/runtime/types"
)

// value encodes what v points to.
func (e *encoder) value(v any) { e.planOf(v).encode(e, *pointerIn(&v)) }

// planOf returns the plan of what v points to.
func (e *encoder) planOf(v any) *plan {
	if t := reflect.TypeOf(v).Elem(); e.plan == nil || e.plan.typ != t {
		e.plan = planOf(t, "")
	}
	return e.plan
}

// encode writes what at points to.
func (p *plan) encode(e *encoder, at unsafe.Pointer) {
	if !p.ready.Load() {
		p.complete()
	}
	p.write(e, at, p)
}

// The functions below are values of plan.write.

func writeString(e *encoder, at unsafe.Pointer, _ *plan) { e.quoted(*(*string)(at)) }

func writeBool(e *encoder, at unsafe.Pointer, _ *plan) { e.boolean(*(*bool)(at)) }

func writeInt64(e *encoder, at unsafe.Pointer, _ *plan) { e.integer(*(*int64)(at)) }

func writeInt32(e *encoder, at unsafe.Pointer, _ *plan) { e.integer(int64(*(*int32)(at))) }

func writeUint64(e *encoder, at unsafe.Pointer, _ *plan) { e.unsigned(*(*uint64)(at)) }

func writeFloat64(e *encoder, at unsafe.Pointer, _ *plan) { e.number(*(*float64)(at), 64) }

func writeFloat32(e *encoder, at unsafe.Pointer, _ *plan) { e.number(float64(*(*float32)(at)), 32) }

func writeTime(e *encoder, at unsafe.Pointer, _ *plan) { e.time(*(*time.Time)(at)) }

func writeDate(e *encoder, at unsafe.Pointer, _ *plan) { e.date(*(*types.Date)(at)) }

func writeUUID(e *encoder, at unsafe.Pointer, _ *plan) { e.uuid(*(*types.UUID)(at)) }

func writeAny(e *encoder, at unsafe.Pointer, _ *plan) { e.any(*(*any)(at)) }

func writeBytes(e *encoder, at unsafe.Pointer, _ *plan) { e.bytes(*(*[]byte)(at)) }

func writeStrings(e *encoder, at unsafe.Pointer, _ *plan) { e.strings(*(*[]string)(at)) }

// writeWelcome writes a value that may be null, as it is when nil.
func writeWelcome(e *encoder, at unsafe.Pointer, p *plan) {
	switch p.kind {
	case reflect.Slice, reflect.Map:
		if *(*unsafe.Pointer)(at) == nil { // the first word of both
			e.null()
			return
		}
	}
	p.elem.encode(e, at)
}

func writeCodec(e *encoder, at unsafe.Pointer, p *plan) {
	if e.err != nil {
		e.null()
		return
	}
	p.at(at).(codec).encode(e)
}

// writeForeign writes a value as encoding/json does.
func writeForeign(e *encoder, at unsafe.Pointer, p *plan) {
	data, err := json.Marshal(p.at(at)) // by pointer, whatever its methods want
	if err != nil {
		e.fail(err)
		return
	}
	e.raw(string(data))
}

func writePointer(e *encoder, at unsafe.Pointer, p *plan) {
	v := *(*unsafe.Pointer)(at)
	if v == nil || e.err != nil {
		e.null()
		return
	}
	p.elem.encode(e, v)
}

func writeNullable(e *encoder, at unsafe.Pointer, p *plan) { p.elem.encode(e, at) } // nil but for a value

// listForm is a list of any type.
type listForm struct {
	data     unsafe.Pointer
	len, cap int
}

func writeList(e *encoder, at unsafe.Pointer, p *plan) {
	list := (*listForm)(at)
	if e.err != nil {
		e.null()
		return
	}
	size := p.elem.typ.Size()
	e.open('[')
	for i := range list.len {
		if e.err == nil {
			p.elem.encode(e, unsafe.Add(list.data, uintptr(i)*size))
		}
	}
	e.close(']')
}

func writeMap(e *encoder, at unsafe.Pointer, p *plan) {
	m := reflect.NewAt(p.typ, at).Elem()
	if e.err != nil {
		e.null()
		return
	}
	e.open('{')
	p.entries(e, m, nil)
	e.close('}')
}

// entries writes the properties of a map in the order of their names, which are
// none of the fields beside it.
func (p *plan) entries(e *encoder, m reflect.Value, fields map[string]int) {
	if m.Len() == 0 {
		return
	}
	v := reflect.New(p.elem.typ)
	for _, name := range sortedKeys(m) {
		if _, ok := fields[name]; ok {
			e.fail(errors.New("encode JSON: AdditionalProperties has " + strconv.Quote(name) + ", which is a field"))
		}
		e.quoted(name)
		e.buf[e.n-1] = ':'
		v.Elem().Set(m.MapIndex(reflect.ValueOf(name)))
		p.elem.encode(e, v.UnsafePointer())
	}
}

// sortedKeys returns the keys of a map in order.
func sortedKeys(m reflect.Value) []string {
	keys := make([]string, 0, m.Len())
	for entries := m.MapRange(); entries.Next(); {
		keys = append(keys, entries.Key().String())
	}
	slices.Sort(keys)
	return keys
}

func writeStruct(e *encoder, at unsafe.Pointer, p *plan) {
	if e.err != nil {
		e.null()
		return
	}
	e.open('{')
	p.properties(e, at)
	e.close('}')
}

// writeOpen is writeStruct for structs with a map of other properties.
func writeOpen(e *encoder, at unsafe.Pointer, p *plan) {
	if e.err != nil {
		e.null()
		return
	}
	e.open('{')
	p.properties(e, at)
	p.extra.entries(e, reflect.NewAt(p.extra.typ, unsafe.Add(at, p.extra.offset)).Elem(), p.index)
	e.close('}')
}

// line is a field as it is most often written, so that properties has to look at nothing else. It
// is as large as a line of a processor's cache.
type line struct {
	key    [32]byte // the name in JSON, up to the value; that of text up to its first character
	size   uint8    // of the key
	form   uint8
	offset uint32
	value  *plan
	field  *field
	next   *line // the last one, which has none, is no field
}

// What form says of a field.
const (
	isString   = 1 << iota // the value is a string
	isSpecial              // there is more to the field
	isOmitted              // absent when nil
	isNullable             // a Nullable
	isThrough              // the value is behind the pointer in the field
)

// layout makes the lines of a struct and returns the first.
func (p *plan) layout() *line {
	lines := make([]line, len(p.fields)+1)
	for i := range p.fields {
		f, l := &p.fields[i], &lines[i]
		l.offset, l.value, l.field, l.next = uint32(f.offset), f.plan, f, &lines[i+1]
		l.value.complete()
		if f.omit {
			l.form |= isOmitted
		}
		if f.kind == reflect.Struct {
			l.form |= isNullable
		}
		if f.omit && f.kind == reflect.Struct && f.notes == "" && f.elem != nil {
			l.value = l.value.elem // the pointer in it
			l.value.complete()
		}
		if f.omit && l.value.kind == reflect.Pointer && f.notes == "" {
			l.value, l.form = l.value.elem, l.form|isThrough
			l.value.complete()
		}
		key := f.key
		if l.value.notes == "" && isText(l.value.typ) {
			l.form |= isString
			key += `"`
		}
		if f.api == "readonly" || f.filled != "" || len(key) > len(l.key) {
			l.form = isSpecial
		}
		l.size = uint8(copy(l.key[:], key))
	}
	atomic.StorePointer(&p.lines, unsafe.Pointer(&lines[0]))
	return &lines[0]
}

// properties writes the fields of a struct.
func (p *plan) properties(e *encoder, at unsafe.Pointer) {
	l := (*line)(atomic.LoadPointer(&p.lines))
	if l == nil {
		l = p.layout()
	}
	for ; l.next != nil; l = l.next {
		v := unsafe.Add(at, l.offset)
		if l.form&isOmitted != 0 {
			first := *(*unsafe.Pointer)(v) // nil for all that is absent, and for null
			if first == nil {
				if l.form&isNullable != 0 && (*nullableForm)(v).state == isNull {
					e.key(l)
					e.n -= int(l.form & isString) // the quote that begins a text
					e.null()
				}
				continue
			}
			if l.form&isThrough != 0 {
				v = first
			}
		}
		switch l.form & (isString | isSpecial) {
		case isString:
			e.text(l, *(*string)(v))
		case isSpecial:
			l.field.property(e, v)
		default:
			e.key(l)
			l.value.write(e, v, l.value)
		}
	}
}

// key writes the key of a property.
func (e *encoder) key(l *line) {
	*(*[len(l.key)]byte)(e.end()) = l.key
	e.n += int(l.size)
}

// property writes a field, whatever it is like.
func (f *field) property(e *encoder, at unsafe.Pointer) {
	if f.omit && f.absent(at) || e.request && f.api == "readonly" {
		return
	}
	e.literal(f.key)
	if f.filled == "" || !f.fill(e, at) {
		f.encode(e, at)
	}
}

// fill writes the only value allowed in place of a zero value.
func (f *field) fill(e *encoder, at unsafe.Pointer) bool {
	if f.kind == reflect.String && *(*string)(at) == "" {
		e.quoted(f.filled)
		return true
	}
	for _, b := range unsafe.Slice((*byte)(at), f.typ.Size()) {
		if b != 0 {
			return false
		}
	}
	e.raw(f.filled)
	return true
}

// absent reports whether an optional field is nil, or a Nullable absent.
func (f *field) absent(at unsafe.Pointer) bool {
	if *(*unsafe.Pointer)(at) != nil {
		return false // the first word of all of them
	}
	return f.kind != reflect.Struct || (*nullableForm)(at).state == isAbsent
}

// literal writes text that is in its JSON spelling.
func (e *encoder) literal(text string) { e.n += copy(e.room(len(text)), text) }
