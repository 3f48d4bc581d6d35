package emit

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// models writes the declarations of types.
func models(types []ir.Named) func(*emitter) {
	return func(e *emitter) {
		for _, t := range types {
			e.gap()
			switch t := t.(type) {
			case *ir.Struct:
				e.structType(t)
			case *ir.Enum:
				e.enumType(t)
			case *ir.Union:
				e.unionType(t)
			case *ir.Alias:
				e.aliasType(t)
			}
		}
	}
}

// codecs writes what the types of a file need for JSON and validation.
func codecs(types []ir.Named) func(*emitter) {
	return func(e *emitter) {
		for _, t := range types {
			switch t := t.(type) {
			case *ir.Struct:
				e.structCodec(t)
			case *ir.Union:
				e.unionCodec(t)
			case *ir.Enum:
				e.enumCodec(t)
			case *ir.Alias:
				if t.Defined {
					e.aliasCodec(t)
				}
			}
		}
	}
}

// aliasType declares an alias, or a type of its own where it contains itself.
func (e *emitter) aliasType(t *ir.Alias) {
	e.add(e.declDoc(typeLines, &t.Decl))
	decl := jen.Type().Id(t.GoName)
	if !t.Defined {
		decl.Op("=")
	}
	e.add(decl.Add(e.goType(t.Target)))
}

// enumType declares an enum, its constants, and what lists them.
func (e *emitter) enumType(t *ir.Enum) {
	e.add(e.declDoc(typeLines, &t.Decl))
	e.add(jen.Type().Id(t.GoName).Id(string(t.Base)))
	e.gap()
	values := constants(t)
	define := func(v *ir.EnumValue) string {
		text, _ := basicText(t.Base, v.Value)
		return v.GoName + " " + t.GoName + " = " + text
	}
	switch len(values) {
	case 0: // a server variable of which the document has listed values before
	case 1:
		e.add(e.doc(fieldLines, named(values[0].GoName, cmp.Or(values[0].Doc, "The only value of "+t.GoName+"."))))
		e.add(jen.Const().Id(define(values[0])))
	default:
		e.add(jen.Comment("// The values of " + t.GoName + "."))
		e.add(jen.Const().DefsFunc(func(g *jen.Group) {
			var list []member
			for _, v := range values {
				width := len("\t\t\t\t  = ") + len(v.GoName) + len(t.GoName) + len(quoteJSON(v.Value.Text))
				list = append(list, member{text: define(v), lines: docLines(fieldLines, v.Doc), width: width})
			}
			members(g, list)
		}))
	}
	e.gap()
	e.enumMethods(t, values)
}

// constants returns the values of an enum that Go can write.
func constants(t *ir.Enum) []*ir.EnumValue {
	return slices.DeleteFunc(slices.Clone(t.Values), func(v *ir.EnumValue) bool {
		_, ok := basicText(t.Base, v.Value)
		return !ok
	})
}

// enumMethods writes Valid and Values. A few values are compared one by one, some more in a loop;
// for many there is a switch, which searches but costs the compiler most.
func (e *emitter) enumMethods(t *ir.Enum, values []*ir.EnumValue) {
	const few, some = 3, 64
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = v.GoName
	}
	list := nameList(names)
	valid := "false"
	switch n := len(values); {
	case n > few && n <= some:
		valid = e.name("isOneOf") + "(v, v.Values())"
	case n > 0:
		valid = "v == " + strings.Join(names, " || v == ")
	}
	e.add(jen.Comment("// Valid reports whether v is one of the values that the document lists."))
	if len(values) <= some {
		e.add(method("v", t.GoName, "Valid").Add(raw("() bool { return " + valid + " }")))
	} else {
		e.add(method("v", t.GoName, "Valid").Params().Bool().Block(
			jen.Switch(jen.Id("v")).Block(jen.Case(list).Block(jen.Return(jen.True()))),
			jen.Return(jen.False()),
		))
		e.gap()
	}
	e.add(jen.Comment("// Values returns the values that the document lists."))
	e.add(raw("func (" + t.GoName + ") Values() []" + t.GoName + " { return []" + t.GoName + "{").Add(list).Add(raw("} }")))
}

// enumCodec writes what an enum needs as a variant of unions.
func (e *emitter) enumCodec(t *ir.Enum) {
	if !e.facts.variants[t] {
		return
	}
	e.gap()
	if !t.Open {
		e.add(checkMethod(t.GoName, e.checkerParam(), e.checkEnum(t, value{x: jen.Id("v")})))
	}
}

// method begins a method with a receiver, which is a type's name or a pointer
// to it.
func method(recv, of, name string) *jen.Statement {
	return raw("func (" + recv + " " + of + ") " + name)
}

// oneLiner gives a function a body on the same line.
func oneLiner(fn *jen.Statement, body jen.Code) *jen.Statement {
	return fn.Add(raw("{"), body, raw("}"))
}

// emptyMethod is a method whose presence tells something.
func emptyMethod(of, name string) *jen.Statement { return raw("func (" + of + ") " + name + "() {}") }

// item is an item of a list with the width of its text.
type item struct {
	code  jen.Code
	width int
}

// literals makes items of strings.
func literals(texts []string) (items []item) {
	for _, text := range texts {
		items = append(items, item{jen.Lit(text), len(text) + len(`""`)})
	}
	return items
}

// wrap tells where lists get a line break.
type wrap struct{ width int }

// breaks reports whether a line starts before an item of that width.
func (w *wrap) breaks(width int) bool {
	const most = 80
	first := w.width == 0
	if w.width += width + len(", "); first || w.width <= most {
		return false
	}
	w.width = width
	return true
}

// list separates items by commas, and by line breaks where lines get long.
func (e *emitter) list(items ...item) *jen.Statement {
	s := jen.Null()
	var w wrap
	for i, it := range items {
		if i > 0 {
			s.Op(",")
		}
		if w.breaks(it.width) {
			s.Line()
		}
		s.Add(it.code)
	}
	return s
}

// nameList is list for identifiers.
func nameList(names []string) *jen.Statement {
	var b strings.Builder
	var w wrap
	for i, name := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		if w.breaks(len(name)) {
			b.WriteByte('\n')
		}
		b.WriteString(name)
	}
	return raw(b.String())
}

// member is a field or constant in a group.
type member struct {
	text  string         // without what takes an import
	code  *jen.Statement // behind the text
	lines []string       // of its comment
	width int            // of its text
}

// members writes a group with comments: behind its members where every comment
// fits there, else above them, where tools look for a deprecation.
func members(g *jen.Group, list []member) {
	const most = 110
	width, behind := 0, true
	for _, m := range list {
		width = max(width, m.width) // gofmt aligns the comments
	}
	for _, m := range list {
		fits := len(m.lines) == 0 || len(m.lines) == 1 && width+len("// ")+len(m.lines[0]) <= most
		behind = behind && fits && !slices.ContainsFunc(m.lines, isDeprecation)
	}
	var plain strings.Builder // what takes no import, which is most of it, in one piece
	for _, m := range list {
		note := ""
		if plain.Len() > 0 {
			plain.WriteByte('\n')
		}
		switch {
		case len(m.lines) == 0:
		case behind:
			note = " // " + m.lines[0]
		default:
			writeComment(&plain, m.lines)
			plain.WriteByte('\n')
		}
		plain.WriteString(m.text)
		if m.code != nil {
			g.Id(plain.String()).Add(m.code).Id(note)
			plain.Reset()
			continue
		}
		plain.WriteString(note)
	}
	if plain.Len() > 0 {
		g.Id(plain.String())
	}
}

// codecMethods writes the exported methods of a type. Some types do without
// some, see writesItself and readsItself.
func (e *emitter) codecMethods(name string, writes, reads, checked bool) {
	e.tall = false
	e.need("ValidationError") // not only while there are limits: callers may name it
	e.need("DecodeError")     // likewise
	if writes {
		e.addText("// MarshalJSON implements json.Marshaler.\n" +
			"func (v " + name + ") MarshalJSON() ([]byte, error) { return " + e.name("marshal") + "(&v) }")
	}
	if reads {
		e.addText("// UnmarshalJSON implements json.Unmarshaler.\n" +
			"func (v *" + name + ") UnmarshalJSON(b []byte) error { return " + e.name("unmarshal") + "(b, v) }")
	}
	if checked {
		e.addText("// Validate returns nil, or a *ValidationError with all that breaks the document's limits.\n" +
			"func (v *" + name + ") Validate() error { return " + e.name("validate") + "(v) }")
	}
}

// The parameters of codec methods.
func (e *emitter) decoderParam() *jen.Statement { return raw("d *" + e.name("decoder")) }
func (e *emitter) encoderParam() *jen.Statement { return raw("e *" + e.name("encoder")) }
func (e *emitter) checkerParam() *jen.Statement { return raw("c *" + e.name("checker")) }

// codecMethod writes a method of a type with a codec: decode, encode or
// validate. A short one follows on what is before it, on a line.
func (e *emitter) codecMethod(name, of string, param *jen.Statement, body ...jen.Code) {
	fn := method("v", "*"+of, name).Params(param)
	if len(body) == 1 && fits(fn, body[0]) {
		if e.tall {
			e.gap()
		}
		e.tall = false
		e.add(oneLiner(fn, body[0]))
		return
	}
	e.codecBlock(name, of, param, body...)
}

// codecBlock writes a method of a type with a codec whose body has lines of its own.
func (e *emitter) codecBlock(name, of string, param *jen.Statement, body ...jen.Code) {
	e.gap()
	e.tall = true
	e.add(method("v", "*"+of, name).Params(param).Block(body...))
}

// fits reports whether gofmt would leave a function with a single statement
// on one line.
func fits(fn *jen.Statement, body jen.Code) bool {
	s, ok := body.(*jen.Statement)
	if !ok {
		return false
	}
	const most = 100
	text, ok := lineWidth(s)
	head, _ := lineWidth(fn)
	return ok && head+len("  {")+text <= most
}

// lineWidth returns about the width that gofmt gives a statement, if it is on one
// line: tokens without the spaces that jennifer puts between them, but with
// those behind commas and keywords, and around operators.
func lineWidth(s *jen.Statement) (int, bool) {
	f := jen.NewFile("p")
	f.NoFormat = true
	f.Add(s)
	var b bytes.Buffer
	if err := f.Render(&b); err != nil {
		return 0, false
	}
	text := strings.TrimSpace(strings.TrimPrefix(b.String(), "package p"))
	n := len(text) - strings.Count(text, " ")
	for _, spaced := range [...]string{",", "return", "func", "func (", ") ", "new("} {
		n += strings.Count(text, spaced)
	}
	for _, operator := range [...]string{"==", "!=", "&&", "||"} {
		n += len("  ") * strings.Count(text, operator)
	}
	return n, !strings.Contains(text, "\n")
}
