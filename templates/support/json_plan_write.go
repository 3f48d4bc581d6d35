package support

import (
	"encoding/binary"
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
func (e *encoder) value(v any) { e.to = e.planOf(v).encode(e, e.to, *pointerIn(&v)) }

// planOf returns the plan of what v points to.
func (e *encoder) planOf(v any) *plan {
	if t := reflect.TypeOf(v).Elem(); e.plan == nil || e.plan.typ != t {
		e.plan = planOf(t, "")
	}
	return e.plan
}

// encode writes what at points to at to, which has slack after it, and returns where that ends.
func (p *plan) encode(e *encoder, to, at unsafe.Pointer) unsafe.Pointer {
	if !p.ready.Load() {
		p.complete()
	}
	return p.write(e, to, at, p)
}

// The functions below are values of plan.write.

func writeString(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.fields(to, at, &e.quote[0])
}

func writeBool(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putBool(to, *(*bool)(at))
}

func writeInt64(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putInteger(to, *(*int64)(at))
}

func writeInt32(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putInteger(to, int64(*(*int32)(at)))
}

func writeUint64(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putUnsigned(to, *(*uint64)(at))
}

func writeFloat64(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putNumber(to, *(*float64)(at), 64)
}

func writeFloat32(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putNumber(to, float64(*(*float32)(at)), 32)
}

func writeTime(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putTime(to, *(*time.Time)(at))
}

func writeDate(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putDate(to, *(*types.Date)(at))
}

func writeUUID(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putQuoted(to, (*(*types.UUID)(at)).String())
}

func writeAny(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	e.to = to
	e.any(*(*any)(at))
	return e.to
}

func writeBytes(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putBytes(to, *(*[]byte)(at))
}

func writeStrings(e *encoder, to, at unsafe.Pointer, _ *plan) unsafe.Pointer {
	return e.putStrings(to, *(*[]string)(at))
}

// writeWelcome writes a value that may be null, as it is when nil.
func writeWelcome(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer {
	switch p.kind {
	case reflect.Slice, reflect.Map:
		if *(*unsafe.Pointer)(at) == nil { // the first word of both
			return e.putNull(to)
		}
	}
	return p.elem.encode(e, to, at)
}

func writeCodec(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer {
	if e.err != nil {
		return e.putNull(to)
	}
	e.to = to
	p.at(at).(codec).encode(e)
	return e.to
}

// writeForeign writes a value as encoding/json does.
func writeForeign(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer {
	data, err := json.Marshal(p.at(at)) // by pointer, whatever its methods want
	if err != nil {
		e.fail(err)
		return to
	}
	e.to = to
	e.raw(string(data))
	return e.to
}

func writePointer(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer {
	v := *(*unsafe.Pointer)(at)
	if v == nil || e.err != nil {
		return e.putNull(to)
	}
	return p.elem.encode(e, to, v)
}

func writeNullable(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer {
	return p.elem.encode(e, to, at) // nil but for a value
}

// listForm is a list of any type.
type listForm struct {
	data     unsafe.Pointer
	len, cap int
}

func writeList(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer {
	list := (*listForm)(at)
	if e.err != nil {
		return e.putNull(to)
	}
	size := p.elem.typ.Size()
	to = e.putOpen(to, '[')
	for i := range list.len {
		if e.err == nil {
			to = p.elem.encode(e, to, unsafe.Add(list.data, uintptr(i)*size))
		}
	}
	return e.putClose(to, ']')
}

func writeMap(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer {
	m := reflect.NewAt(p.typ, at).Elem()
	if e.err != nil {
		return e.putNull(to)
	}
	return e.putClose(p.entries(e, e.putOpen(to, '{'), m, nil), '}')
}

// entries writes the properties of a map in the order of their names, which are
// none of the fields beside it.
func (p *plan) entries(e *encoder, to unsafe.Pointer, m reflect.Value, fields map[string]int) unsafe.Pointer {
	if m.Len() == 0 {
		return to
	}
	e.to = to
	v := reflect.New(p.elem.typ)
	for _, name := range sortedKeys(m) {
		if _, ok := fields[name]; ok {
			e.fail(errors.New("encode JSON: AdditionalProperties has " + strconv.Quote(name) + ", which is a field"))
		}
		e.name(name)
		v.Elem().Set(m.MapIndex(reflect.ValueOf(name)))
		e.to = p.elem.encode(e, e.to, v.UnsafePointer())
	}
	return e.to
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

func writeStruct(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer {
	if e.err != nil {
		return e.putNull(to)
	}
	return e.putClose(p.properties(e, e.putOpen(to, '{'), at), '}')
}

// writeOpen is writeStruct for structs with a map of other properties.
func writeOpen(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer {
	if e.err != nil {
		return e.putNull(to)
	}
	to = p.properties(e, e.putOpen(to, '{'), at)
	more := reflect.NewAt(p.extra.typ, unsafe.Add(at, p.extra.offset)).Elem()
	return e.putClose(p.extra.entries(e, to, more, p.index), '}')
}

// line is a field as it is most often written, so that fields has to look at nothing else.
type line struct {
	key    [32]byte // the name in JSON, up to the value; that of text up to its first character
	size   uint8    // of the key
	form   uint8
	offset uint32
	value  *plan
	field  *field
}

// What form says of a field.
const (
	isString   = 1 << iota // the value is a string
	isSpecial              // there is more to the field
	isOmitted              // absent when nil
	isNullable             // a Nullable
	isThrough              // the value is behind the pointer in the field
	isEnd      = isString | isSpecial
)

// layout makes the lines of a struct and returns the first.
func (p *plan) layout() *line {
	lines := make([]line, len(p.fields)+1)
	lines[len(p.fields)].form = isEnd
	for i := range p.fields {
		f, l := &p.fields[i], &lines[i]
		l.offset, l.value, l.field = uint32(f.offset), f.plan, f
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
func (p *plan) properties(e *encoder, to, at unsafe.Pointer) unsafe.Pointer {
	l := (*line)(atomic.LoadPointer(&p.lines))
	if l == nil {
		l = p.layout()
	}
	return e.fields(to, at, l)
}

// fields writes the fields of a struct, of which l is the first. It copies plain ASCII by words, of
// which the last may overlap with the one before; in line, as a call takes as long as a short text.
func (e *encoder) fields(to, at unsafe.Pointer, l *line) unsafe.Pointer {
	for ; ; l = (*line)(unsafe.Add(unsafe.Pointer(l), unsafe.Sizeof(*l))) {
		v := unsafe.Add(at, l.offset)
		if l.form&isOmitted != 0 {
			first := *(*unsafe.Pointer)(v) // nil for all that is absent, and for null
			if first == nil {
				if l.form&isNullable != 0 && (*nullableForm)(v).state == isNull {
					*(*[len(l.key)]byte)(to) = l.key
					to = e.putNull(unsafe.Add(to, l.size-l.form&isString)) // without the quote that begins a text
				}
				continue
			}
			if l.form&isThrough != 0 {
				v = first
			}
		}
		switch l.form & isEnd {
		case isString:
			s := *(*string)(v)
			n := len(s)
			to = e.reserve(to, n+slack)
			*(*[len(l.key)]byte)(to) = l.key
			to = unsafe.Add(to, l.size)
			from, found := unsafe.Pointer(unsafe.StringData(s)), uint64(0)
			switch {
			case n > 1<<7: // more often with escapes than not
				found = tops
			case n >= 16:
				for i := 0; i < n-16; i += 16 {
					found |= copyTwo(unsafe.Add(to, i), unsafe.Add(from, i))
				}
				found |= copyTwo(unsafe.Add(to, n-16), unsafe.Add(from, n-16))
			case n >= 8:
				found = copyWord(to, from) | copyWord(unsafe.Add(to, n-8), unsafe.Add(from, n-8))
			case n >= 4:
				x, y := (*[4]byte)(from), (*[4]byte)(unsafe.Add(from, n-4))
				found = special(uint64(binary.LittleEndian.Uint32(x[:])) | uint64(binary.LittleEndian.Uint32(y[:]))<<32)
				*(*[4]byte)(to), *(*[4]byte)(unsafe.Add(to, n-4)) = *x, *y
			case n > 0:
				x, y, z := *(*byte)(from), *(*byte)(unsafe.Add(from, n/2)), *(*byte)(unsafe.Add(from, n-1))
				*(*byte)(to), *(*byte)(unsafe.Add(to, n/2)), *(*byte)(unsafe.Add(to, n-1)) = x, y, z
				found = special(uint64(x) | uint64(y)<<8 | uint64(z)<<16 | ones*'0'&^0xffffff)
			}
			if found&tops != 0 {
				to = e.putEscaped(to, s)
				continue
			}
			*(*[2]byte)(unsafe.Add(to, n)) = [2]byte{'"', ','}
			to = unsafe.Add(to, n+2)
		case isSpecial:
			e.to = to
			l.field.property(e, v)
			to = e.to
		case isEnd:
			return to
		default:
			*(*[len(l.key)]byte)(to) = l.key
			to = l.value.write(e, unsafe.Add(to, l.size), v, l.value)
		}
	}
}

// property writes a field, whatever it is like.
func (f *field) property(e *encoder, at unsafe.Pointer) {
	if f.omit && f.absent(at) || e.request && f.api == "readonly" {
		return
	}
	e.literal(f.key)
	if f.filled == "" || !f.fill(e, at) {
		e.to = f.encode(e, e.to, at)
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
