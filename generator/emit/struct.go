package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// extraField is the field of properties without a field of their own.
const extraField = "AdditionalProperties"

// structType declares a struct.
func (e *emitter) structType(t *ir.Struct) {
	e.add(e.declDoc(typeLines, t.GoName, t.Doc, t.Deprecated))
	e.add(jen.Type().Id(t.GoName).StructFunc(func(g *jen.Group) {
		for _, f := range t.Fields {
			e.field(g, f)
		}
		if t.Additional != nil {
			g.Comment("// " + extraField + " are the properties without a field.")
			g.Id(extraField).Map(jen.String()).Add(e.elemType(*t.Additional))
		}
	}))
}

// field writes a field with its documentation.
func (e *emitter) field(g *jen.Group, f *ir.Field) {
	g.Add(e.fieldDoc(f))
	g.Id(f.GoName).Add(e.fieldType(f))
}

// fieldDoc documents a field: the words of the document, and in one line what
// else a caller has to know.
func (e *emitter) fieldDoc(f *ir.Field) *jen.Statement {
	text := strings.TrimSpace(f.Doc)
	facts := strings.Join(fieldFacts(f), " ")
	if short := oneLine(text); len(short)+len(facts) < 3*docWidth && !strings.Contains(text, "\n\n") {
		// A short description and the facts share a paragraph.
		if short != "" && !strings.ContainsAny(short[len(short)-1:], ".!?:;,)") && facts != "" {
			short += "."
		}
		return e.doc(fieldLines, strings.TrimSpace(short+" "+facts), deprecation(f.Deprecated))
	}
	return e.doc(fieldLines, text, facts, deprecation(f.Deprecated))
}

// fieldFacts are sentences about the limits of a field.
func fieldFacts(f *ir.Field) []string {
	var facts []string
	say := func(label, value string) {
		if value = oneLine(value); value != "" && len(value) <= 60 {
			facts = append(facts, label+": "+value+".")
		}
	}
	if f.ReadOnly {
		facts = append(facts, "Read-only.")
	}
	if f.Const != nil {
		say("Always", literalDoc(*f.Const))
	} else if f.Default != nil {
		say("Default", literalDoc(*f.Default))
	}
	for _, c := range constraints(f.Type, f.Constraint) {
		say("Length", between(count(c.MinLength), count(c.MaxLength)))
		say("Pattern", c.Pattern)
		say("Range", between(limit(c.Minimum, c.ExclusiveMin, "above "), limit(c.Maximum, c.ExclusiveMax, "below ")))
		say("Multiple of", string(c.MultipleOf))
		say("Items", between(count(c.MinItems), count(c.MaxItems)))
		say("Properties", between(count(c.MinProperties), count(c.MaxProperties)))
		if c.Format != "" {
			say("Format", c.Format)
		}
	}
	return facts
}

// literalDoc is a literal in prose: a scalar as it is written.
func literalDoc(lit ir.Literal) string {
	if lit.Kind == ir.LitString && strings.TrimSpace(lit.Text) == "" {
		return quoteJSON(lit.Text)
	}
	return lit.Text
}
