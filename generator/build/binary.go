package build

import "github.com/seed-a7989e22/apigen/generator/ir"

// settleBinaries keeps streams where a value can be one: in the parts of a
// multipart body. "format: binary" anywhere in JSON is just a string.
func (b *builder) settleBinaries() {
	parts := b.settleForms()
	for _, t := range b.api.Types {
		if a, ok := t.(*ir.Alias); ok {
			a.Target = noStream(a.Target)
		}
	}
	for op := range b.api.Operations() {
		noStreams(op)
	}
	for _, hook := range b.api.Webhooks {
		hook.Body.Type = streamless(hook.Body.Codec, hook.Body.Type)
	}
	for _, t := range b.api.Types {
		switch x := t.(type) {
		case *ir.Struct:
			if !parts[x] && !x.Envelope {
				for _, f := range x.Fields {
					f.Type = noStream(f.Type)
				}
			}
			if x.Additional != nil {
				x.Additional.Type = noStream(x.Additional.Type)
			}
		case *ir.Union:
			for _, v := range x.Variants {
				if v.WrapperName != "" {
					v.Type = noStream(v.Type)
				}
			}
		}
	}
}

// noStreams makes strings of the streams in the inputs and outputs of an operation
// that cannot be streams.
func noStreams(op *ir.Operation) {
	for _, p := range op.Inputs {
		p.Type = noStream(p.Type)
	}
	for _, body := range op.Bodies {
		body.Type = streamless(body.Codec, body.Type)
	}
	several, _ := op.Result.Type.(*ir.Struct)
	for _, c := range op.Result.Cases {
		c.Type = streamless(c.Codec, c.Type)
		if c.Field != nil {
			c.Field.Type = c.Type
		}
		if c.Type != nil && (several == nil || !several.Envelope) {
			op.Result.Type = c.Type
		}
	}
	for _, c := range op.Errors {
		c.Type = streamless(c.Codec, c.Type)
	}
	if op.Pagination != nil {
		op.Pagination.Item.Type = noStream(op.Pagination.Item.Type)
	}
}

// streamless is noStream for content that is not made of bytes or parts.
func streamless(codec ir.Codec, t ir.Type) ir.Type {
	if t == nil || codec == ir.CodecBinary || codec == ir.CodecMultipart {
		return t
	}
	return noStream(t)
}

// noStream returns t with a string instead of a stream, in lists and maps too.
// Aliases are settled by themselves.
func noStream(t ir.Type) ir.Type {
	switch x := t.(type) {
	case *ir.Prim:
		if x.Kind == ir.Binary {
			return &ir.Prim{Kind: ir.String, Format: x.Format}
		}
	case *ir.List:
		x.Elem.Type = noStream(x.Elem.Type)
	case *ir.Map:
		x.Elem.Type = noStream(x.Elem.Type)
	}
	return t
}
