package support

import (
	"reflect"
	"slices"
	"strings"
	"time"
	"unsafe"

	"github.com/oapi-codegen/runtime/types"
)

// planKind is how values of some types are read, written and checked.
type planKind struct {
	of      reflect.Kind // the kind of the types, where that says it all
	is      func(*plan) bool
	prepare func(*plan) // nil when there is nothing to prepare
	read    func(*decoder, unsafe.Pointer, *plan)
	write   func(e *encoder, to, at unsafe.Pointer, p *plan) unsafe.Pointer
	check   func(*checker, unsafe.Pointer, *plan) // of the parts; nil when there are none
}

// planKinds are all kinds, special ones first. A generated package has its own
// list, of those that it needs.
func planKinds() []planKind {
	return []planKind{
		{0, forWelcome, (*plan).welcome, readWelcome, writeWelcome, checkWelcome},
		{0, forQuoted, (*plan).welcome, readQuoted, writeWelcome, checkWelcome},
		{0, forCodec, nil, readCodec, writeCodec, nil},
		{0, forForeign, nil, readForeign, writeForeign, nil},
		{0, forTime, nil, readTime, writeTime, nil},
		{0, forDate, nil, readDate, writeDate, nil},
		{0, forUUID, nil, readUUID, writeUUID, nil},
		{0, forBytes, nil, readBytes, writeBytes, nil},
		{0, forStrings, nil, readStrings, writeStrings, nil},
		{reflect.Interface, nil, nil, readAny, writeAny, nil},
		{reflect.String, nil, nil, readString, writeString, nil},
		{reflect.Bool, nil, nil, readBool, writeBool, nil},
		{reflect.Int64, nil, nil, readInt64, writeInt64, nil},
		{reflect.Int32, nil, nil, readInt32, writeInt32, nil},
		{reflect.Uint64, nil, nil, readUint64, writeUint64, nil},
		{reflect.Float64, nil, nil, readFloat64, writeFloat64, nil},
		{reflect.Float32, nil, nil, readFloat32, writeFloat32, nil},
		{reflect.Pointer, nil, (*plan).element, readPointer, writePointer, checkPointer},
		{reflect.Slice, nil, (*plan).element, readList, writeList, checkList},
		{reflect.Map, nil, (*plan).element, readMap, writeMap, checkMap},
		{0, forNullable, (*plan).pointer, readNullable, writeNullable, checkNullable},
		{0, forClosed, (*plan).structure, readClosed, writeStruct, checkStruct},
		{0, forExtra, (*plan).openStructure, readOpen, writeOpen, checkOpen},
		{reflect.Struct, nil, (*plan).structure, readStruct, writeStruct, checkStruct},
	}
}

// Types that the document's own ones are made of are known by that.

func forTime(p *plan) bool { return p.typ.ConvertibleTo(reflect.TypeFor[time.Time]()) }

func forDate(p *plan) bool { return p.typ.ConvertibleTo(reflect.TypeFor[types.Date]()) }

func forUUID(p *plan) bool {
	return p.kind == reflect.Array && p.typ.ConvertibleTo(reflect.TypeFor[types.UUID]())
}

func forBytes(p *plan) bool {
	return p.kind == reflect.Slice && p.typ.Elem().Kind() == reflect.Uint8
}

func forStrings(p *plan) bool { return p.typ == reflect.TypeFor[[]string]() }

// forCodec reports whether values have methods of their own: those of unions.
func forCodec(p *plan) bool {
	return reflect.PointerTo(p.typ).Implements(reflect.TypeFor[codec]())
}

// forForeign reports whether a type belongs to another package, so that it is left to
// encoding/json.
func forForeign(p *plan) bool {
	path := p.typ.PkgPath()
	known := []string{"time.Time", "github.com/oapi-codegen/runtime/types.Date", "github.com/google/uuid.UUID"} // not imported for that
	return strings.Contains(p.notes, "a") || path != "" && path != reflect.TypeFor[plan]().PkgPath() &&
		!slices.Contains(known, path+"."+p.typ.Name())
}

// forWelcome is for all types where null is welcome and the type does not say so.
func forWelcome(p *plan) bool { return strings.HasPrefix(p.notes, "0") }

// forQuoted is for all numbers that may be in quotes.
func forQuoted(p *plan) bool { return strings.HasPrefix(p.notes, "A") }

// noted is a value, by pointer, with the notes of its plan.
type noted struct {
	v     any
	notes string
}

// nullWelcome is a value, by pointer, for which null is welcome.
func nullWelcome(v any) *noted { return &noted{v, "0"} }

func (n *noted) decode(d *decoder) {
	planOf(reflect.TypeOf(n.v).Elem(), n.notes).decode(d, *pointerIn(&n.v))
}

func (n *noted) encode(e *encoder) {
	e.to = planOf(reflect.TypeOf(n.v).Elem(), n.notes).encode(e, e.to, *pointerIn(&n.v))
}

func (n *noted) validate(c *checker) { c.check(n.v) }

func (p *plan) welcome() { p.elem = planOf(p.typ, p.notes[1:]) }

// forClosed is for structs that should not have other properties.
func forClosed(p *plan) bool {
	_, closed := p.at(nil).(interface{ closed() })
	return closed
}

// forExtra is for structs with a map of other properties.
func forExtra(p *plan) bool {
	if p.kind != reflect.Struct || p.typ.NumField() == 0 {
		return false
	}
	return p.typ.Field(p.typ.NumField()-1).Tag.Get("api") == "extra"
}

func (p *plan) openStructure() {
	p.structure()
	p.extra.complete() // here, not for each property; a map's plan needs none but its own
}

// at is a pointer as one to a value of the type, for which it has its methods.
func (p *plan) at(v unsafe.Pointer) any {
	x := p.blank
	*pointerIn(&x) = v
	return x
}

// pointerIn is the pointer in v, which comes after its type.
func pointerIn(v *any) *unsafe.Pointer { return &(*[2]unsafe.Pointer)(unsafe.Pointer(v))[1] }

// element prepares for what is in a pointer, list or map.
func (p *plan) element() {
	notes := strings.Map(func(note rune) rune {
		if note == '0' || note == 'a' || note == 'A' {
			return -1
		}
		return note - 1
	}, p.notes)
	p.elem = planOf(p.typ.Elem(), notes)
}

// pointer prepares for the pointer that is in a Nullable.
func (p *plan) pointer() { p.elem = planOf(p.typ.Field(0).Type, p.notes) }

func forNullable(p *plan) bool { return nullableOf(p.typ) != nil }

// nullableOf is T if t is Nullable[T], else nil.
func nullableOf(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Struct && t.NumField() == 2 && t.Field(1).Type == reflect.TypeFor[nullState]() {
		return t.Field(0).Type.Elem()
	}
	return nil
}
