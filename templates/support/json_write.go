package support

import (
	"encoding/base64"
	"maps"
	"slices"
	"time"

	"github.com/oapi-codegen/runtime/types"
)

// A writer is a function func(*T, *encoder) that encodes a T: a method such as
// (*Pet).encode, one of the functions below, or what they make of others.

func encodeString(v *string, e *encoder)   { e.quoted(*v) }
func encodeBool(v *bool, e *encoder)       { e.boolean(*v) }
func encodeInt64(v *int64, e *encoder)     { e.integer(*v) }
func encodeInt32(v *int32, e *encoder)     { e.integer(int64(*v)) }
func encodeFloat64(v *float64, e *encoder) { e.number(*v, 64) }
func encodeFloat32(v *float32, e *encoder) { e.number(float64(*v), 32) }

func encodeTime(v *time.Time, e *encoder) {
	b := v.AppendFormat(append(e.room(64)[:0], '"'), time.RFC3339Nano)
	e.n += len(append(b, '"', ','))
}

func encodeDate(v *types.Date, e *encoder) {
	b := v.AppendFormat(append(e.room(64)[:0], '"'), time.DateOnly)
	e.n += len(append(b, '"', ','))
}

func encodeUUID(v *types.UUID, e *encoder) { e.quoted(v.String()) }

func encodeBytes(v *[]byte, e *encoder) {
	b := e.room(base64.StdEncoding.EncodedLen(len(*v)) + 3)
	b = base64.StdEncoding.AppendEncode(append(b[:0], '"'), *v)
	e.n += len(append(b, '"', ','))
}

func encodeEnum[T ~string](v *T, e *encoder) { e.quoted(string(*v)) }

// encodePointer encodes what may be null.
func encodePointer[T any](v **T, e *encoder, write func(*T, *encoder)) {
	if *v == nil {
		e.null()
		return
	}
	write(*v, e)
}

func encodeList[T any](v *[]T, e *encoder, write func(*T, *encoder)) {
	e.arrayStart()
	for i := range *v {
		write(&(*v)[i], e)
	}
	e.arrayEnd()
}

func encodeMap[T any](v *map[string]T, e *encoder, write func(*T, *encoder)) {
	e.objectStart()
	encodeExtra(*v, e, write)
	e.objectEnd()
}

// encodeExtra encodes the properties of a map beside those of fields, in the
// order of their names.
func encodeExtra[T any](m map[string]T, e *encoder, write func(*T, *encoder)) {
	if len(m) == 0 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		value := m[name]
		e.quoted(name)
		e.buf[e.n-1] = ':'
		write(&value, e)
	}
}

// encodeOptional encodes a property unless it is nil.
func encodeOptional[T any](e *encoder, name string, v *T, write func(*T, *encoder)) {
	if v != nil {
		write(v, e.key(name))
	}
}

// encodeOptList encodes a property unless it is nil.
func encodeOptList[T any](e *encoder, name string, v []T, write func(*T, *encoder)) {
	if v != nil {
		encodeList(&v, e.key(name), write)
	}
}

// encodeOptMap encodes a property unless it is nil.
func encodeOptMap[T any](e *encoder, name string, v map[string]T, write func(*T, *encoder)) {
	if v != nil {
		encodeMap(&v, e.key(name), write)
	}
}

// encodeIf encodes a property if it is present.
func encodeIf[T any](present bool, e *encoder, name string, v *T, write func(*T, *encoder)) {
	if present {
		write(v, e.key(name))
	}
}

// encodeOrNull encodes a value, or null in its place.
func encodeOrNull[T any](null bool, v *T, e *encoder, write func(*T, *encoder)) {
	if null {
		e.null()
		return
	}
	write(v, e)
}

// listWriter, mapWriter and pointerWriter make writers of writers.

func listWriter[T any](write func(*T, *encoder)) func(*[]T, *encoder) {
	return func(v *[]T, e *encoder) { encodeList(v, e, write) }
}

func mapWriter[T any](write func(*T, *encoder)) func(*map[string]T, *encoder) {
	return func(v *map[string]T, e *encoder) { encodeMap(v, e, write) }
}

func pointerWriter[T any](write func(*T, *encoder)) func(**T, *encoder) {
	return func(v **T, e *encoder) { encodePointer(v, e, write) }
}

// encodeNullable encodes a property unless it is absent.
func encodeNullable[T any](e *encoder, name string, v *Nullable[T], write func(*T, *encoder)) {
	switch v.state {
	case isNull:
		e.key(name).null()
	case isValue:
		write(&v.value, e.key(name))
	}
}

func (e *encoder) string(name, v string)          { e.key(name).quoted(v) }
func (e *encoder) int64(name string, v int64)     { e.key(name).integer(v) }
func (e *encoder) bool(name string, v bool)       { e.key(name).boolean(v) }
func (e *encoder) float64(name string, v float64) { e.key(name).number(v, 64) }

func (e *encoder) optString(name string, v *string) {
	if v != nil {
		e.string(name, *v)
	}
}

func (e *encoder) optInt64(name string, v *int64) {
	if v != nil {
		e.int64(name, *v)
	}
}

func (e *encoder) optBool(name string, v *bool) {
	if v != nil {
		e.bool(name, *v)
	}
}

func (e *encoder) optFloat64(name string, v *float64) {
	if v != nil {
		e.float64(name, *v)
	}
}
