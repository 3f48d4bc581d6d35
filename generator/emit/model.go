package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// models writes the declarations of types.
func models(types []ir.Named) func(*emitter) {
	return func(e *emitter) {
		for _, t := range types {
			_ = t
		}
	}
}

// codecs writes the JSON codecs of types.
func codecs(types []ir.Named) func(*emitter) {
	return func(e *emitter) {
		for _, t := range types {
			_ = t
		}
	}
}

// reader is a function that decodes a T: func(*T, *decoder).
func (e *emitter) reader(t ir.Type) *jen.Statement { return jen.Null() }

// elemReader is a function that decodes a list element or map value.
func (e *emitter) elemReader(el ir.Elem) *jen.Statement { return jen.Null() }

// writer is a function that encodes a T: func(*T, *encoder).
func (e *emitter) writer(t ir.Type) *jen.Statement { return jen.Null() }

// elemWriter is a function that encodes a list element or map value.
func (e *emitter) elemWriter(el ir.Elem) *jen.Statement { return jen.Null() }

// check returns the statements that check a field held in the expression x
// against its limits, reporting violations under the pointer; none when there
// is nothing to check. They refer to the checker as c.
func (e *emitter) check(f *ir.Field, x *jen.Statement, pointer string) []jen.Code { return nil }
