package ir

import (
	"iter"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// Exchange is a value that an operation sends or receives.
type Exchange struct {
	// Type is nil for a response without content.
	Type Type
	// Codec is that of content, empty for other inputs.
	Codec Codec
	// Sent is true for inputs, false for responses.
	Sent bool
	// Pos is that of the input, or of the operation for a response.
	Pos diag.Pos
	// Body is the body that it is; nil for all else.
	Body *Body
}

// Exchanges lists what the operation sends and receives: inputs, bodies,
// success responses and errors.
func (o *Operation) Exchanges() iter.Seq[Exchange] {
	return func(yield func(Exchange) bool) {
		for _, p := range o.Inputs {
			if !yield(Exchange{Type: p.Type, Sent: true, Pos: p.Pos}) {
				return
			}
		}
		for _, b := range o.Bodies {
			if !yield(Exchange{b.Type, b.Codec, true, b.Pos, b}) {
				return
			}
		}
		for _, c := range o.Result.Cases {
			if !yield(Exchange{Type: c.Type, Codec: c.Codec, Pos: o.Pos}) {
				return
			}
		}
		for _, c := range o.Errors {
			if !yield(Exchange{Type: c.Type, Codec: c.Codec, Pos: o.Pos}) {
				return
			}
		}
	}
}
