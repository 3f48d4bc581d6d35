package support

import "encoding/json"

// Nullable is a property that may be absent, null or a value. The zero
// Nullable is absent: it is not sent.
type Nullable[T any] struct {
	value *T // so that a type can have itself as a property
	state nullState
}

type nullState uint8

const (
	isAbsent nullState = iota
	isNull
	isValue
)

// NullableOf returns a property with a value.
func NullableOf[T any](value T) Nullable[T] { return Nullable[T]{&value, isValue} }

// Null returns a property that is null.
func Null[T any]() Nullable[T] { return Nullable[T]{state: isNull} }

// Get returns the value; false when the property is null or absent.
func (n Nullable[T]) Get() (v T, ok bool) {
	if n.state == isValue {
		v = *n.value
	}
	return v, n.state == isValue
}

// IsNull reports whether the property is null.
func (n Nullable[T]) IsNull() bool { return n.state == isNull }

// IsAbsent reports whether the property is not there at all.
func (n Nullable[T]) IsAbsent() bool { return n.state == isAbsent }

// MarshalJSON implements json.Marshaler. An absent value is null there.
func (n Nullable[T]) MarshalJSON() ([]byte, error) { return json.Marshal(n.value) }

// UnmarshalJSON implements json.Unmarshaler.
func (n *Nullable[T]) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*n = Null[T]()
		return nil
	}
	n.value, n.state = new(T), isValue
	return json.Unmarshal(b, n.value)
}
