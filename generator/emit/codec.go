package emit

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// How values of a type are read and written is left to plans, which the support
// code makes of Go types and of the tags of their fields. Unions, for which
// that does not do, have methods of their own.

// operand is the expression x as something to index or select from: *v needs
// parentheses there.
func operand(x *jen.Statement) *jen.Statement {
	if star := jen.Op("*"); len(*x) > 0 && (*x)[0] == (*star)[0] {
		return jen.Parens(x)
	}
	return jen.Add(x)
}

// structCodec writes the exported methods of a struct and its validation.
func (e *emitter) structCodec(t *ir.Struct) {
	if t.Envelope {
		return
	}
	e.needKinds(t, false)
	if t.Additional != nil {
		e.needKinds(&ir.Map{Elem: *t.Additional}, false)
	}
	e.gap()
	e.codecMethods(t.GoName, e.writesItself(t), e.readsItself(t), e.isChecked(t))
	if t.Closed && t.Additional == nil {
		e.add(emptyMethod("*"+t.GoName, "closed"))
	}
	if e.isChecked(t) {
		if body := e.validateBody(t); len(body) > 0 {
			e.codecMethod("validate", t.GoName, e.checkerParam(), body...)
		}
	}
}

// writesItself reports whether a struct needs MarshalJSON: requests contain it and something has to
// be filled in, or encoding/json does not understand its tags. Nothing that a document adds takes
// the method away again.
func (e *emitter) writesItself(t *ir.Struct) bool {
	return e.isPeculiar(t) || e.facts.sent[t] && slices.ContainsFunc(t.Fields, func(f *ir.Field) bool {
		return f.Listed && f.Form() == ir.FormValue || !omits(f) && !f.Nullable && ir.HoldsNil(f.Type) || nestsNil(f.Type)
	})
}

// nestsNil reports whether values of t have elements that encoding/json would write as null.
func nestsNil(t ir.Type) bool {
	for {
		el, ok := elements(ir.Underlying(t))
		switch {
		case !ok:
			return false
		case !el.Nullable && !isAny(el.Type) && ir.HoldsNil(el.Type):
			return true
		}
		t = el.Type
	}
}

// readsItself reports whether a struct needs UnmarshalJSON: responses contain it, encoding/json
// does not understand its tags, or would read numbers of a free-form value inexactly.
func (e *emitter) readsItself(t *ir.Struct) bool {
	return e.facts.received[t] || e.isPeculiar(t) ||
		slices.ContainsFunc(t.Fields, func(f *ir.Field) bool { return holdsAny(f.Type) })
}

// isPeculiar reports whether the tags of a struct say something that encoding/json does not know.
func (e *emitter) isPeculiar(t *ir.Struct) bool {
	return t.Additional != nil || slices.ContainsFunc(t.Fields, func(f *ir.Field) bool {
		return !plainName(f.WireName) || strings.ContainsAny(e.notes(ir.Elem{Type: f.Type}), peculiarNotes)
	})
}

// holdsAny reports whether values of t are or contain free-form values, outside other structs.
func holdsAny(t ir.Type) bool {
	for {
		el, ok := elements(ir.Resolved(t))
		if !ok {
			return isAny(t)
		}
		t = el.Type
	}
}

// aliasCodec writes the methods of an alias that is a type of its own.
func (e *emitter) aliasCodec(t *ir.Alias) {
	e.needKinds(t, false)
	e.gap()
	e.codecMethods(t.GoName, true, true, e.isChecked(t))
	if e.isChecked(t) {
		e.codecMethod("validate", t.GoName, e.checkerParam(), e.validateBody(t)...)
	}
}

// jsonTag tells plans how a field is written in JSON; see type field of the
// support package.
func (e *emitter) jsonTag(f *ir.Field) (tags []tag) {
	if ir.IsFile(f.Type) {
		return []tag{{"json", "-"}}
	}
	add := func(key, value string) { tags = append(tags, tag{key, value}) }
	name := f.WireName
	if !plainName(name) {
		add("name", name)
		if spelt := jsonSpelling(name); spelt != name {
			add("key", spelt)
		}
		name = ""
	}
	if omits(f) {
		name += ",omitzero"
	}
	add("json", name)
	switch {
	case f.ReadOnly:
		add("api", "readonly")
	case f.WriteOnly:
		add("api", "writeonly")
	}
	value := ir.Elem{Type: f.Type, Nullable: f.Nullable}
	if f.Form() == ir.FormNullable { // its value is a part of it
		value = ir.Elem{Type: &ir.List{Elem: ir.Elem{Type: f.Type}}}
	}
	if notes := e.notes(value); notes != "" {
		add("null", notes)
	}
	if e.facts.telling[f] > 0 {
		add("once", "true")
	}
	if f.Const != nil && f.Form() == ir.FormValue {
		if kind := constKind(f.Type); kind != "" {
			if _, ok := basicLit(kind, *f.Const); ok {
				add("const", f.Const.Text)
			}
		}
	}
	return tags
}

// jsonSpelling is text as in a JSON string.
func jsonSpelling(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(text) != nil {
		return text // never: it is a string
	}
	return b.String()[1 : b.Len()-2] // without quotes and the line's end
}

// plainName reports whether the json tag can hold a name as encoding/json
// understands it.
func plainName(name string) bool {
	return name != "" && name != "-" && !strings.ContainsFunc(name, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("`\"'\\,", r)
	})
}

// omits reports whether a property is absent when its field is zero.
func omits(f *ir.Field) bool {
	switch f.Form() {
	case ir.FormNullable:
		return true
	case ir.FormPointer:
		return !f.Nullable && !f.Required
	}
	return ir.HoldsNil(f.Type) && !f.Required
}

// peculiarNotes are the notes that leave a value or a part of it to encoding/json,
// and those of numbers that may be quoted.
const peculiarNotes = "abcdefghij" + "ABCDEFGHIJ"

// notes are those of a plan of the support package for a value.
func (e *emitter) notes(el ir.Elem) string {
	notes := ""
	for depth := range rune(10) {
		if el.Nullable && !isAny(el.Type) && (depth == 0 || ir.HoldsNil(el.Type)) {
			notes += string('0' + depth)
			e.planned["forWelcome"] = true
		}
		inner, ok := elements(ir.Underlying(el.Type))
		if !ok {
			switch {
			case primKind(el.Type) == ir.Custom:
				notes += string('a' + depth)
			case isQuoted(el.Type):
				notes += string('A' + depth)
				e.planned["forQuoted"] = true
			}
			return notes
		}
		el = inner
	}
	return notes
}

// isQuoted reports whether values of t are numbers that may come as strings.
func isQuoted(t ir.Type) bool {
	p, ok := ir.Underlying(t).(*ir.Prim)
	return ok && p.Quoted
}

// constKind is the kind of a scalar or enum.
func constKind(t ir.Type) ir.PrimKind {
	switch t := ir.Resolved(t).(type) {
	case *ir.Enum:
		return t.Base
	case *ir.Prim:
		if t.Kind != ir.Custom {
			return t.Kind
		}
	}
	return ""
}
