package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/pattern"
)

// patternVar is a package-level variable that holds a regular expression.
type patternVar struct {
	name, source, expr string
	used               bool
}

// pattern returns the name of the variable for a regular expression of the
// document; empty when Go's engine can't have it. Equal ones share a variable,
// named after the place that comes first.
func (e *emitter) pattern(source, at string) string {
	v := e.patterns[source]
	if v == nil {
		v = &patternVar{source: source}
		if expr, ok := pattern.Translate(source); ok {
			v.expr = expr
			v.name = "pattern" + strconv.Itoa(len(e.patternList)+1)
			e.patternList = append(e.patternList, v)
		}
		e.patterns[source] = v
	}
	if e.depends == nil {
		v.used = true
	}
	return v.name
}

// patternVars declares the regular expressions. They are compiled when they
// are first needed, so that declaring them costs a program nothing.
func (e *emitter) patternVars() {
	var list []jen.Code
	for _, v := range e.patternList {
		if v.used {
			list = append(list, jen.Id(v.name).Op("=").Add(e.use("pattern")).Values(jen.Id("source").Op(":").Lit(v.source), jen.Id("expr").Op(":").Lit(v.expr)))
		}
	}
	if len(list) == 0 {
		return
	}
	e.gap()
	e.add(jen.Comment("// The regular expressions of the document, compiled when they are first used."))
	e.add(jen.Var().Defs(list...))
}
