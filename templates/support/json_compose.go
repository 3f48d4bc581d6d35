package support

import "unsafe"

// A reader is a function func(*T, *decoder) that decodes a T: a method such as
// (*Pet).decode, one of the functions below, or what they make of others.

// decodePointer decodes what may be null.
func decodePointer[T any](v **T, d *decoder, read func(*T, *decoder)) {
	if d.null() {
		*v = nil
		return
	}
	p := new(T)
	read(p, d)
	*v = p
}

func decodeNullable[T any](v *Nullable[T], d *decoder, read func(*T, *decoder)) {
	if d.null() {
		*v = Null[T]()
		return
	}
	v.state = isValue
	read(&v.value, d)
}

func decodeList[T any](v *[]T, d *decoder, read func(*T, *decoder)) {
	a := d.array()
	if a.done {
		return
	}
	list := make([]T, 0, listRoom[T]())
	for a.next() {
		var zero T
		list = append(list, zero)
		read(&list[len(list)-1], d)
	}
	*v = list
}

// listRoom is a first capacity: some elements when they are small.
func listRoom[T any]() int {
	var v T
	return 1 + 128/int(unsafe.Sizeof(v)+1)
}

func decodeMap[T any](v *map[string]T, d *decoder, read func(*T, *decoder)) {
	obj := d.object()
	if obj.null {
		return
	}
	m := map[string]T{}
	for obj.next() {
		decodeEntry(m, &obj, read)
	}
	*v = m
}

// decodeExtra decodes the current property into a map beside the fields.
func decodeExtra[T any](v *map[string]T, obj *object, read func(*T, *decoder)) {
	if *v == nil {
		*v = map[string]T{}
	}
	decodeEntry(*v, obj, read)
}

func decodeEntry[T any](m map[string]T, obj *object, read func(*T, *decoder)) {
	var value T
	read(&value, obj.d)
	m[string(obj.key)] = value
}

// Enums are decoded as what they are made of; unknown values are kept.

func decodeEnum[T ~string](v *T, d *decoder)         { decodeString((*string)(unsafe.Pointer(v)), d) }
func decodeBoolEnum[T ~bool](v *T, d *decoder)       { decodeBool((*bool)(unsafe.Pointer(v)), d) }
func decodeInt64Enum[T ~int64](v *T, d *decoder)     { decodeInt64((*int64)(unsafe.Pointer(v)), d) }
func decodeInt32Enum[T ~int32](v *T, d *decoder)     { decodeInt32((*int32)(unsafe.Pointer(v)), d) }
func decodeFloat64Enum[T ~float64](v *T, d *decoder) { decodeFloat64((*float64)(unsafe.Pointer(v)), d) }
func decodeFloat32Enum[T ~float32](v *T, d *decoder) { decodeFloat32((*float32)(unsafe.Pointer(v)), d) }

// decodeOptional decodes what may be absent but not null.
func decodeOptional[T any](v **T, d *decoder, read func(*T, *decoder)) {
	if *v = nil; d.present() {
		*v = new(T)
		read(*v, d)
	}
}

func decodeOptString(v **string, d *decoder) {
	if *v = nil; d.present() {
		*v = d.strings.next()
		decodeString(*v, d)
	}
}

func decodeOptEnum[T ~string](v **T, d *decoder) { decodeOptString((**string)(unsafe.Pointer(v)), d) }

func decodeOptInt64(v **int64, d *decoder) {
	if *v = nil; d.present() {
		*v = d.ints.next()
		decodeInt64(*v, d)
	}
}

func decodeOptFloat64(v **float64, d *decoder) {
	if *v = nil; d.present() {
		*v = d.floats.next()
		decodeFloat64(*v, d)
	}
}

func decodeOptBool(v **bool, d *decoder) {
	if *v = nil; d.present() {
		*v = d.bools.next()
		decodeBool(*v, d)
	}
}

// present consumes a null, which strict decoding objects to, and reports
// whether there is something else.
func (d *decoder) present() bool {
	if d.peek() != 'n' {
		return true
	}
	d.unexpected("value")
	return false
}

// decodeOrNull decodes a list, map or the like that may be null.
func decodeOrNull[T any](v *T, d *decoder, read func(*T, *decoder)) {
	if !d.null() {
		read(v, d)
	}
}

// listOf, mapOf, pointerTo and orNull make readers of readers.

func listOf[T any](read func(*T, *decoder)) func(*[]T, *decoder) {
	return func(v *[]T, d *decoder) { decodeList(v, d, read) }
}

func mapOf[T any](read func(*T, *decoder)) func(*map[string]T, *decoder) {
	return func(v *map[string]T, d *decoder) { decodeMap(v, d, read) }
}

func pointerTo[T any](read func(*T, *decoder)) func(**T, *decoder) {
	return func(v **T, d *decoder) { decodePointer(v, d, read) }
}

func orNull[T any](read func(*T, *decoder)) func(*T, *decoder) {
	return func(v *T, d *decoder) { decodeOrNull(v, d, read) }
}
