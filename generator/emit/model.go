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
	define := func(v *ir.EnumValue) *jen.Statement {
		lit, _ := basicLit(t.Base, v.Value)
		return jen.Id(v.GoName).Id(t.GoName).Op("=").Add(lit)
	}
	if len(values) == 1 {
		e.add(e.doc(fieldLines, cmp.Or(values[0].Doc, "The only value of "+t.GoName+".")))
		e.add(jen.Const().Add(define(values[0])))
	} else {
		e.add(jen.Comment("// The values of " + t.GoName + "."))
		e.add(jen.Const().DefsFunc(func(g *jen.Group) {
			var list []member
			for _, v := range values {
				width := len("\t\t\t\t  = ") + len(v.GoName) + len(t.GoName) + len(quoteJSON(v.Value.Text))
				list = append(list, member{define(v), docLines(fieldLines, v.Doc), width})
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
		_, ok := basicLit(t.Base, v.Value)
		return !ok
	})
}

// enumMethods writes Valid and Values. A few values are compared one by one, some more in a loop;
// for many there is a switch, which searches but costs the compiler most.
func (e *emitter) enumMethods(t *ir.Enum, values []*ir.EnumValue) {
	const few, some = 3, 64
	var names []string
	valid := jen.Null()
	for i, v := range values {
		names = append(names, v.GoName)
		if i > 0 {
			valid.Op("||")
		}
		valid.Id("v").Op("==").Id(v.GoName)
	}
	e.add(jen.Comment("// Valid reports whether v is one of the values that the document lists."))
	switch n := len(values); {
	case n == 0:
		valid = jen.False()
	case n > few && n <= some:
		valid = e.use("isOneOf").Call(jen.Id("v"), jen.Id("v").Dot("Values").Call())
	}
	if len(values) <= some {
		e.add(oneLiner(method("v", jen.Id(t.GoName), "Valid").Params().Bool(), jen.Return(valid)))
	} else {
		e.add(method("v", jen.Id(t.GoName), "Valid").Params().Bool().Block(
			jen.Switch(jen.Id("v")).Block(jen.Case(e.list(identifiers(names)...)).Block(jen.Return(jen.True()))),
			jen.Return(jen.False()),
		))
		e.gap()
	}
	e.add(jen.Comment("// Values returns the values that the document lists."))
	e.add(oneLiner(jen.Func().Params(jen.Id(t.GoName)).Id("Values").Params().Index().Id(t.GoName),
		jen.Return(jen.Index().Id(t.GoName).Values(e.list(identifiers(names)...)))))
}

// enumCodec writes what an enum needs as a variant of unions.
func (e *emitter) enumCodec(t *ir.Enum) {
	if !e.facts.variants[t] {
		return
	}
	e.gap()
	if !t.Open {
		e.add(checkMethod(jen.Id(t.GoName), e.checkerParam(), e.checkEnum(t, value{x: jen.Id("v")})))
	}
}

// method begins a method with a receiver.
func method(recv string, t jen.Code, name string) *jen.Statement {
	return jen.Func().Params(jen.Id(recv).Add(t)).Id(name)
}

// oneLiner gives a function a body on the same line.
func oneLiner(fn *jen.Statement, body jen.Code) *jen.Statement {
	return fn.Op("{").Add(body).Op("}")
}

// item is an item of a list with the width of its text.
type item struct {
	code  jen.Code
	width int
}

// identifiers makes items of identifiers, literals of strings.
func identifiers(names []string) (items []item) {
	for _, name := range names {
		items = append(items, item{jen.Id(name), len(name)})
	}
	return items
}

func literals(texts []string) (items []item) {
	for _, text := range texts {
		items = append(items, item{jen.Lit(text), len(text) + len(`""`)})
	}
	return items
}

// list separates items by commas, and by line breaks where lines get long.
func (e *emitter) list(items ...item) *jen.Statement {
	const most = 80
	s := jen.Null()
	width := 0
	for i, it := range items {
		if i > 0 {
			s.Op(",")
		}
		if width += it.width + len(", "); i > 0 && width > most {
			s.Line()
			width = it.width
		}
		s.Add(it.code)
	}
	return s
}

// member is a field or constant in a group.
type member struct {
	code  *jen.Statement
	lines []string // of its comment
	width int      // of its text
}

// members writes a group with comments: behind its members where every comment
// fits there, else above them.
func members(g *jen.Group, list []member) {
	const most = 110
	width, behind := 0, true
	for _, m := range list {
		width = max(width, m.width) // gofmt aligns the comments
	}
	for _, m := range list {
		behind = behind && (len(m.lines) == 0 || len(m.lines) == 1 && width+len("// ")+len(m.lines[0]) <= most)
	}
	for _, m := range list {
		switch {
		case len(m.lines) == 0:
			g.Add(m.code)
		case behind:
			g.Add(m.code.Comment("// " + m.lines[0]))
		default:
			g.Add(comment(m.lines))
			g.Add(m.code)
		}
	}
}

// codecMethods writes the exported methods of a type. Some types do without
// some, see writesItself and readsItself.
func (e *emitter) codecMethods(name string, writes, reads, checked bool) {
	e.tall = false
	e.use("ValidationError") // not only while there are limits: callers may name it
	e.use("DecodeError")     // likewise
	bytes := jen.Index().Byte()
	if writes {
		e.add(jen.Comment("// MarshalJSON implements json.Marshaler."))
		e.add(oneLiner(
			method("v", jen.Id(name), "MarshalJSON").Params().Params(bytes, jen.Error()),
			jen.Return(e.use("marshal").Call(jen.Op("&").Id("v"))),
		))
	}
	if reads {
		e.add(jen.Comment("// UnmarshalJSON implements json.Unmarshaler."))
		e.add(oneLiner(
			method("v", jen.Op("*").Id(name), "UnmarshalJSON").Params(jen.Id("b").Add(bytes)).Error(),
			jen.Return(e.use("unmarshal").Call(jen.Id("b"), jen.Id("v"))),
		))
	}
	if checked {
		e.add(jen.Comment("// Validate returns nil, or a *ValidationError with all that breaks the document's limits."))
		e.add(oneLiner(
			method("v", jen.Op("*").Id(name), "Validate").Params().Error(),
			jen.Return(e.use("validate").Call(jen.Id("v"))),
		))
	}
}

// The parameters of codec methods.
func (e *emitter) decoderParam() *jen.Statement { return jen.Id("d").Op("*").Add(e.use("decoder")) }
func (e *emitter) encoderParam() *jen.Statement { return jen.Id("e").Op("*").Add(e.use("encoder")) }
func (e *emitter) checkerParam() *jen.Statement { return jen.Id("c").Op("*").Add(e.use("checker")) }

// codecMethod writes a method of a type with a codec: decode, encode or
// validate. A short one follows on what is before it, on a line.
func (e *emitter) codecMethod(name, of string, param *jen.Statement, body ...jen.Code) {
	fn := method("v", jen.Op("*").Id(of), name).Params(param)
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
	e.add(method("v", jen.Op("*").Id(of), name).Params(param).Block(body...))
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
// those behind commas and keywords.
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
	return n, !strings.Contains(text, "\n")
}
