package support

// encoding is how a property of a form is written, where the document says.
type encoding struct {
	property, mediaType, style string
	explode                    bool
}

// eachProperty calls add for the properties of the object that write makes of
// v: for the items of a list one by one, unless add takes lists as they are.
func eachProperty[P any](r *request, v P, write func(P, *encoder), encodings []encoding, add func(name string, value any, enc encoding)) {
	d := &decoder{data: []byte(jsonText(r, v, write))}
	r.fail(d.run(func(d *decoder) {
		for obj := d.object(""); obj.next(); {
			var value any
			name := obj.name()
			decodeAny(&value, d)
			enc := encoding{explode: true}
			for _, e := range encodings {
				if e.property == name {
					enc = e
				}
			}
			items, isList := value.([]any)
			if !isList || enc.style != "" {
				items = []any{value}
			}
			for _, item := range items {
				if item != nil {
					add(name, item, enc)
				}
			}
		}
	}))
}

// formBody sends the properties of v as a form. Objects are JSON, and lists
// are repeated.
func formBody[P any](r *request, mediaType string, v P, write func(P, *encoder)) {
	var form pairs
	eachProperty(r, v, write, nil, func(name string, value any, _ encoding) {
		text, _ := itemText(value)
		form.add(name, text)
	})
	r.content(mediaType, form.text)
}

// styledForm is formBody with properties that have a style.
func styledForm[P any](r *request, mediaType string, v P, write func(P, *encoder), encodings ...encoding) {
	var form pairs
	eachProperty(r, v, write, encodings, func(name string, value any, enc encoding) {
		if enc.style != "" {
			form.addStyled(styling{name, enc.style, enc.explode, ""}.text(value))
			return
		}
		text, _ := itemText(value)
		form.add(name, text)
	})
	r.content(mediaType, form.text)
}

// addParts adds the properties of v to a multipart form. Objects are JSON, and
// lists are repeated.
func addParts[P any](r *request, m *multipartForm, v P, write func(P, *encoder), encodings ...encoding) {
	eachProperty(r, v, write, encodings, func(name string, value any, enc encoding) {
		text, mediaType := itemText(value)
		if enc.mediaType != "" {
			mediaType = enc.mediaType
		}
		m.add(name, mediaType, text)
	})
}
