package support

import (
	"encoding/base64"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/oapi-codegen/runtime/types"
)

// Whatever can contain itself stops at the first error: a value that goes
// round in a circle is nested too deeply at some point.

// isNil reports whether the pointer in v is nil.
func isNil(v any) bool { return reflect.ValueOf(v).IsNil() }

// The methods below write a property. They are not to be inlined: generated
// code calls them everywhere, and compiling it takes long enough.

//go:noinline
func (e *encoder) string(name, v string) { e.key(name).quoted(v) }

//go:noinline
func (e *encoder) bool(name string, v bool) { e.key(name).boolean(v) }

//go:noinline
func (e *encoder) int64(name string, v int64) { e.key(name).integer(v) }

//go:noinline
func (e *encoder) float64(name string, v float64) { e.key(name).number(v, 64) }

//go:noinline
func (e *encoder) optString(name string, v *string) {
	if v != nil {
		e.key(name).quoted(*v)
	}
}

//go:noinline
func (e *encoder) optBool(name string, v *bool) {
	if v != nil {
		e.key(name).boolean(*v)
	}
}

//go:noinline
func (e *encoder) optInt64(name string, v *int64) {
	if v != nil {
		e.key(name).integer(*v)
	}
}

//go:noinline
func (e *encoder) optFloat64(name string, v *float64) {
	if v != nil {
		e.key(name).number(*v, 64)
	}
}

// optional writes a property unless the pointer in v is nil.
func (e *encoder) optional(name string, v codec) {
	if !isNil(v) && e.err == nil {
		v.encode(e.key(name))
	}
}

// only writes an object with a single property, or none if that is nil.
func (e *encoder) only(name string, v codec) {
	e.objectStart()
	e.optional(name, v)
	e.objectEnd()
}

// orNull writes what the pointer v points to.
func (e *encoder) orNull(v codec) {
	if isNil(v) || e.err != nil {
		e.null()
		return
	}
	v.encode(e)
}

// optKey is key for a property that may be absent; it returns nil then. What
// follows it must be a method that accepts a nil encoder: one of those below.
//
//go:noinline
func (e *encoder) optKey(name string, present bool) *encoder {
	if !present {
		return nil
	}
	return e.key(name)
}

// elems writes a list of n elements.
func (e *encoder) elems(n int, write func(i int)) {
	if e == nil {
		return
	}
	e.arrayStart()
	for i := range n {
		if e.err == nil {
			write(i)
		}
	}
	e.arrayEnd()
}

func (e *encoder) strings(list []string) {
	if e == nil {
		return
	}
	e.arrayStart()
	for _, v := range list {
		e.quoted(v)
	}
	e.arrayEnd()
}

func (e *encoder) bytes(v []byte) {
	if e == nil {
		return
	}
	b := e.room(base64.StdEncoding.EncodedLen(len(v)) + 3)
	b = base64.StdEncoding.AppendEncode(append(b[:0], '"'), v)
	e.n += len(append(b, '"', ','))
}

// encodeMap writes an object of arbitrary properties.
func encodeMap[T any](e *encoder, m map[string]T, write func(T)) {
	if e == nil {
		return
	}
	e.objectStart()
	encodeExtra(e, m, write)
	e.objectEnd()
}

// encodeExtra writes the properties of a map beside those of fields, in the
// order of their names.
func encodeExtra[T any](e *encoder, m map[string]T, write func(T)) {
	if len(m) == 0 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		e.quoted(name)
		e.buf[e.n-1] = ':'
		if e.err == nil {
			write(m[name])
		}
	}
}

// encodeOptional writes a property unless it is nil.
func encodeOptional[T any](e *encoder, name string, v *T, write func(*encoder, T)) {
	if v != nil {
		write(e.key(name), *v)
	}
}

// encodePointer writes what v points to, or null.
func encodePointer[T any](e *encoder, v *T, write func(*encoder, T)) {
	if v == nil {
		e.null()
		return
	}
	write(e, *v)
}

// encodeNullable writes a property unless it is absent.
func encodeNullable[T any](e *encoder, name string, v Nullable[T], write func(*encoder, T)) {
	switch v.state {
	case isNull:
		e.key(name).null()
	case isValue:
		write(e.key(name), *v.value)
	}
}

// encodeEnum writes a string enum.
func encodeEnum[T ~string](e *encoder, v T) { e.quoted(string(v)) }

// encodeValue writes a value of one of the document's own types.
func encodeValue[T any, P pointerTo[T]](e *encoder, v T) {
	P(&v).encode(e)
}

func (e *encoder) time(v time.Time) {
	b := v.AppendFormat(append(e.room(64)[:0], '"'), time.RFC3339Nano)
	e.n += len(append(b, '"', ','))
}

func (e *encoder) date(v types.Date) {
	b := v.AppendFormat(append(e.room(64)[:0], '"'), time.DateOnly)
	e.n += len(append(b, '"', ','))
}

func (e *encoder) uuid(v types.UUID) { e.quoted(v.String()) }

func (e *encoder) int32(v int32) { e.integer(int64(v)) }

func (e *encoder) float32(v float32) { e.number(float64(v), 32) }

func (e *encoder) double(v float64) { e.number(v, 64) }
