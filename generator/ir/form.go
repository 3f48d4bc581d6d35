package ir

// Form is how a struct field holds its value.
type Form int

// The forms of fields.
const (
	FormValue    Form = iota // T
	FormPointer              // *T; nil is absent, or null when required
	FormNullable             // Nullable[T]
)

// Form chooses the form of a field. Types that can be nil tell absence by
// themselves.
func (f *Field) Form() Form {
	switch {
	case IsBinary(f.Type):
		return FormValue
	case f.Nullable && !f.Required:
		return FormNullable
	case HoldsNil(f.Type):
		return FormValue
	case f.Nullable || !f.Required || f.Indirect:
		return FormPointer
	}
	return FormValue
}

// Pointer reports whether the element is a pointer: it may be null, and its type
// has no nil that says so.
func (el Elem) Pointer() bool { return el.Nullable && !HoldsNil(el.Type) }

// HoldsNil reports whether the Go type of t has a nil that can stand for
// absence: lists, maps, []byte, readers and any.
func HoldsNil(t Type) bool {
	switch t := Underlying(t).(type) {
	case *List, *Map, *Any:
		return true
	case *Prim:
		return t.Kind == Bytes || t.Kind == Binary
	}
	return false
}

// ByPointer reports whether values of t are passed around as *T.
func ByPointer(t Type) bool {
	switch Underlying(t).(type) {
	case *Struct, *Union:
		return true
	}
	return false
}

// Codec is that of the success responses; empty when none has content.
func (r Result) Codec() Codec {
	for _, c := range r.Cases {
		if c.Type != nil {
			return c.Codec
		}
	}
	return ""
}

// Several reports whether the result has a field for each type of response.
func (r Result) Several() bool {
	t, ok := r.Type.(*Struct)
	return ok && t.Envelope
}

// Streams reports whether the method iterates over what the response holds.
func (r Result) Streams() bool {
	c := r.Codec()
	return !r.Several() && (c == CodecEventStream || c == CodecJSONLines)
}
