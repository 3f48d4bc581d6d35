package emit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/pattern"
)

// schemasName is the variable that holds the schemas to interpret.
const schemasName = "schemas"

// conform is a call that checks what ptr points to against a schema.
func (e *emitter) conform(s *ir.NamedSchema, ptr *jen.Statement) jen.Code {
	return e.call("c", "checker.conform", jen.Op("&").Id(schemasName), jen.Lit(s.Name), ptr)
}

// checkInput checks an input of an operation in the field x; it has a schema of
// its own if its type does not.
func (o *opWriter) checkInput(f *ir.Field, s *ir.NamedSchema, x *jen.Statement, at string) []jen.Code {
	body := o.check(f, x, at)
	if o.holdsChecked(f.Type) {
		ptr := jen.Op("&").Add(x)
		if at == "" {
			body = append(body, o.emitter.call("c", "checker.check", ptr))
		} else {
			body = append(body, o.emitter.call("c", "checker.in", jen.Lit(at), ptr))
		}
	}
	if s == nil {
		return body
	}
	covered := func(_, ptr *jen.Statement) jen.Code {
		if f.Form() != ir.FormPointer { // the schema sees what is sent
			ptr = o.noted(ptr, ir.Elem{Type: f.Type, Nullable: f.Nullable && f.Required})
		}
		return o.emitter.call("c", "checker.covered", jen.Lit(at), jen.Op("&").Id(schemasName), jen.Lit(s.Name),
			ptr, jen.Func().Params().Block(body...))
	}
	return o.present(f, x, covered)
}

// schemaVar declares the schemas to interpret as JSON text, one a line. It is
// data that the compiler need not look at, and it is parsed when it is first
// needed.
func (e *emitter) schemaVar() {
	if len(e.api.Schemas) == 0 {
		return
	}
	w := &schemaWriter{formats: map[string]bool{}}
	for i, s := range e.api.Schemas {
		w.text.WriteString(pick(i == 0, "{\n", ",\n"))
		w.line = w.text.Len()
		w.quote(s.Name)
		w.text.WriteString(": ")
		w.schema(s.Schema)
	}
	w.text.WriteString("\n}")
	fields := []jen.Code{jen.Id("text").Op(":").Add(rawLit(w.text.String()))}
	if formats := e.schemaFormats(w.formats); formats != nil {
		fields = append(fields, jen.Id("formats").Op(":").Index().Add(e.use("stringFormat")).Values(formats...))
	}
	if w.backtracks {
		fields = append(fields, jen.Id("compile").Op(":").Add(e.use("compileBacktracking")))
	}
	e.add(jen.Comment("// schemas are the limits of the document beyond those that Go types and code express."))
	e.add(jen.Var().Id(schemasName).Op("=").Add(e.use("schemaSet")).Add(tall(fields)))
}

// schemaFormats lists the functions that check formats.
func (e *emitter) schemaFormats(used map[string]bool) []jen.Code {
	var list []jen.Code
	for _, name := range knownFormats() {
		if used[name] {
			list = append(list, jen.Values(jen.Lit(name), e.use(formatFunc(name))))
		}
	}
	return list
}

// rawLit is a string in backquotes if it has nothing but printable ASCII, so
// that there is nothing in it to escape.
func rawLit(text string) *jen.Statement {
	if strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && (r < ' ' || r > '~' || r == '`') }) {
		return jen.Lit(text)
	}
	return jen.Op("`" + text + "`")
}

// schemaWriter writes schemas as JSON of printable ASCII without backquotes.
type schemaWriter struct {
	text       strings.Builder
	line       int // where the current line begins
	formats    map[string]bool
	backtracks bool // a pattern is beyond package regexp
}

// schema writes a schema.
func (w *schemaWriter) schema(s *ir.Schema) {
	switch {
	case s == nil:
		w.text.WriteString("true")
		return
	case s.Never:
		w.text.WriteString("false")
		return
	}
	w.text.WriteByte('{')
	first := true
	for _, k := range s.Keywords {
		if k.Name == "format" && !w.format(k.JSON) {
			continue
		}
		if !first {
			w.comma()
		}
		first = false
		w.keyword(k)
	}
	w.text.WriteByte('}')
}

// comma separates what is in a list, on a new line where lines get long.
func (w *schemaWriter) comma() {
	const most = 110
	w.text.WriteByte(',')
	if w.text.Len()-w.line < most {
		w.text.WriteByte(' ')
		return
	}
	w.text.WriteString("\n\t")
	w.line = w.text.Len()
}

// format reports whether a format, in JSON, is one that can be checked.
func (w *schemaWriter) format(text string) bool {
	name := strings.Trim(text, `"`)
	if !slices.Contains(knownFormats(), name) {
		return false
	}
	w.formats[name] = true
	return true
}

func (w *schemaWriter) keyword(k ir.Keyword) {
	w.quote(k.Name)
	w.text.WriteString(": ")
	switch {
	case k.Ref != nil:
		w.quote(k.Ref.Name)
	case k.Name == "pattern":
		w.pattern(k.JSON)
	case k.JSON != "":
		w.ascii(k.JSON)
	case k.Schema != nil:
		w.schema(k.Schema)
	case k.Members != nil:
		w.members(k)
	default:
		w.text.WriteByte('[')
		for i, s := range k.Schemas {
			if i > 0 {
				w.comma()
			}
			w.schema(s)
		}
		w.text.WriteByte(']')
	}
}

// members writes schemas by name; by Go's spelling of a pattern.
func (w *schemaWriter) members(k ir.Keyword) {
	w.text.WriteByte('{')
	for i, m := range k.Members {
		if i > 0 {
			w.comma()
		}
		name := m.Name
		if k.Name == "patternProperties" {
			name = w.expression(name)
		}
		w.quote(name)
		w.text.WriteString(": ")
		w.schema(m.Schema)
	}
	w.text.WriteByte('}')
}

// pattern writes a pattern, which is in JSON, with Go's spelling of it where that is another.
func (w *schemaWriter) pattern(text string) {
	var source string
	if json.Unmarshal([]byte(text), &source) != nil {
		return // can't be: it is a string
	}
	expr := w.expression(source)
	if expr == source {
		w.quote(source)
		return
	}
	w.text.WriteByte('[')
	w.quote(source)
	w.text.WriteByte(',')
	w.quote(expr)
	w.text.WriteByte(']')
}

// expression returns the spelling of a pattern that the engine understands.
func (w *schemaWriter) expression(source string) string {
	expr, engine := pattern.Translate(source)
	w.backtracks = w.backtracks || engine == pattern.Backtracking
	return expr
}

func (w *schemaWriter) quote(s string) { w.ascii(quoteJSON(s)) }

// ascii writes JSON with escapes for what is not plain ASCII; outside of
// strings there is nothing else.
func (w *schemaWriter) ascii(text string) {
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf && r >= ' ' && r != '`' && r != 0x7f:
			w.text.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&w.text, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&w.text, `\u%04x`, r)
		}
	}
}
