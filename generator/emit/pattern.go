package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/pattern"
)

// patternVar is a package-level variable that holds a regular expression.
type patternVar struct {
	name, source, expr string
	engine             pattern.Engine
	used               bool
}

// pattern returns the variable for a regular expression of the document; its
// name is empty when no engine can have it. Equal ones share a variable.
func (e *emitter) pattern(source string) *patternVar {
	v := e.patterns[source]
	if v == nil {
		v = &patternVar{source: source}
		if v.expr, v.engine = pattern.Translate(source); v.engine != pattern.None {
			v.name = "pattern" + strconv.Itoa(len(e.patternList)+1)
			e.patternList = append(e.patternList, v)
		}
		e.patterns[source] = v
	}
	if e.depends == nil {
		v.used = true
	}
	return v
}

// patternVars declares the regular expressions. They are compiled when they
// are first needed, so that declaring them costs a program nothing.
func (e *emitter) patternVars() {
	var list []jen.Code
	for _, v := range e.patternList {
		if v.used {
			fields := []jen.Code{jen.Id("source").Op(":").Lit(v.source)}
			if v.engine == pattern.RE2 {
				fields = append(fields, jen.Id("expr").Op(":").Lit(v.expr))
			}
			list = append(list, jen.Id(v.name).Op("=").Add(e.use(pick(v.engine == pattern.RE2, "pattern", "backtrackingPattern"))).Values(fields...))
		}
	}
	if len(list) == 0 {
		return
	}
	e.gap()
	e.add(jen.Comment("// The regular expressions of the document, compiled when they are first used."))
	e.add(jen.Var().Defs(list...))
}
