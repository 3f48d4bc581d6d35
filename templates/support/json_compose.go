package support

import (
	"strings"
	"unsafe"
)

// pointerTo is a pointer to one of the document's own types.
type pointerTo[T any] interface {
	*T
	codec
}

// Functions for values of the document's own types take pointers to them,
// which have one form in the compiled code whatever their type is.

// decodeOptional decodes into v and returns it, or nil for a null, which
// strict decoding objects to.
func decodeOptional[P codec](d *decoder, v P) P {
	if !d.present() {
		var none P
		return none
	}
	v.decode(d)
	return v
}

// decodePointer decodes into v and returns it, or nil for null.
func decodePointer[P codec](d *decoder, v P) P {
	if d.null() {
		var none P
		return none
	}
	v.decode(d)
	return v
}

// decodeVariant decodes into v and returns it.
func decodeVariant[P codec](d *decoder, v P) P {
	v.decode(d)
	return v
}

// decodeValue decodes a T.
func decodeValue[T any, P pointerTo[T]](d *decoder) (v T) {
	P(&v).decode(d)
	return v
}

// listRoom is a first capacity: a few elements if they are small.
func listRoom[T any]() int {
	var v T
	return 1 + min(255/int(max(unsafe.Sizeof(v), 1)), 7)
}

// decodeList decodes a list of the document's own types.
func decodeList[T any, P pointerTo[T]](d *decoder) []T {
	a := d.array()
	if a.done {
		return nil
	}
	list := make([]T, 0, listRoom[T]())
	start := d.pos
	for a.next() {
		if len(list) == cap(list) {
			list = append(make([]T, 0, len(list)+d.more(len(list), d.pos-start, int(unsafe.Sizeof(list[0])))), list...)
		}
		var zero T
		list = append(list, zero)
		P(&list[len(list)-1]).decode(d)
	}
	return list
}

// more says by how many elements a list of n grows, which has taken length
// bytes so far. What follows an outer list is most likely more of it. Without
// looking at the text, a list of large elements would be copied again and again.
// What is guessed in one decoding stays within four times its text, so that no
// text makes the guesses themselves expensive.
func (d *decoder) more(n, length, size int) int {
	if d.depth > 2 {
		return n
	}
	size = max(size, 1)
	rest := len(d.data) - d.pos
	likely := min(rest/(length/n+1)*5/4+1, (4*len(d.data)-d.guessed)/size)
	d.guessed += likely * size
	return max(n/4+1, likely)
}

// optional is decodeOptional for other types, which have a reader.
func optional[T any](d *decoder, read func(*decoder) T) *T {
	if !d.present() {
		return nil
	}
	v := read(d)
	return &v
}

// orNil decodes a value that may be null.
func orNil[T any](d *decoder, read func(*decoder) T) *T {
	if d.null() {
		return nil
	}
	v := read(d)
	return &v
}

// orZero decodes a list, map or the like that may be null.
func orNull[T any](d *decoder, read func(*decoder) T) (v T) {
	if d.null() {
		return v
	}
	return read(d)
}

// nullable decodes a value that may be null or absent.
func nullable[T any](d *decoder, read func(*decoder) T) Nullable[T] {
	if d.null() {
		return Null[T]()
	}
	return NullableOf(read(d))
}

// listOf decodes a list.
func listOf[T any](d *decoder, read func(*decoder) T) []T {
	a := d.array()
	if a.done {
		return nil
	}
	list := make([]T, 0, listRoom[T]())
	for a.next() {
		list = append(list, read(d))
	}
	return list
}

// mapOf decodes an object of arbitrary properties.
func mapOf[T any](d *decoder, read func(*decoder) T) map[string]T {
	obj := d.object("")
	if obj.null {
		return nil
	}
	m := map[string]T{}
	for obj.next() {
		m[obj.keep()] = read(d)
	}
	return m
}

// keep returns the name of the current property for the decoded value to keep.
func (o *object) keep() string {
	if o.d.copyStrings {
		return strings.Clone(o.name())
	}
	return o.name()
}

// decodeExtra decodes the current property into a map beside the fields.
func decodeExtra[T any](m map[string]T, obj *object, read func(*decoder) T) map[string]T {
	if m == nil {
		m = map[string]T{}
	}
	m[obj.keep()] = read(obj.d)
	return m
}

// decodeEnum decodes a string enum; unknown values are kept.
func decodeEnum[T ~string](d *decoder) T { return T(d.string()) }

// only decodes an object with a single property.
func (d *decoder) only(name, required string, v codec) {
	for obj := d.object(required); obj.next(); {
		if obj.name() == name {
			v.decode(d)
		}
	}
}

// decodeOnly decodes an object with a single property that may be absent. It
// decodes into fresh and makes v point there.
func decodeOnly[P codec](d *decoder, name string, v *P, fresh P) {
	for obj := d.object(""); obj.next(); {
		if obj.name() == name {
			*v = decodeOptional(d, fresh)
		}
	}
}
