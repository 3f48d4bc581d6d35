package emit

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// address is the template of the default server's address.
func (e *emitter) address() string {
	if len(e.api.Servers) == 0 {
		return ""
	}
	return e.api.Servers[0].URL
}

// absolute reports whether an address is complete. A variable may stand for
// its beginning.
func absolute(address string) bool {
	return strings.Contains(address, "://") || strings.HasPrefix(address, "{")
}

// serverVariables lists the variables of all servers by name: those of the
// document, then those of operations.
func (e *emitter) serverVariables() []*ir.ServerVariable {
	var all []*ir.ServerVariable
	seen := map[string]bool{}
	add := func(servers []*ir.Server) {
		for _, s := range servers {
			for _, v := range s.Variables {
				if !seen[v.Name] {
					seen[v.Name] = true
					all = append(all, v)
				}
			}
		}
	}
	add(e.api.Servers)
	for op := range e.api.Operations() {
		add(op.Servers)
	}
	return all
}

// variableDefault is the default of a server variable as a string.
func (e *emitter) variableDefault(v *ir.ServerVariable) *jen.Statement {
	if v.Enum != nil {
		if c, ok := e.constant(v.Enum, ir.Literal{Kind: ir.LitString, Text: v.Default}); ok {
			return jen.String().Call(c)
		}
	}
	return jen.Lit(v.Default)
}

// serverOptions declares an option for each server variable.
func (e *emitter) serverOptions() {
	for _, v := range e.serverVariables() {
		about := fmt.Sprintf("%s sets the variable %s of the server address, %q by default", v.OptionName, oneLine(v.Name), oneLine(v.Default))
		if v.Env != "" {
			about += " or what " + v.Env + " in the environment says"
		}
		name := paramName(v.OptionName, nil)
		typ, value := jen.String(), jen.Id(name)
		if v.Enum != nil {
			typ, value = jen.Id(v.Enum.GoName), jen.String().Call(value)
		}
		e.gap()
		e.add(e.doc(typeLines, about+".", v.Doc))
		e.add(oneLiner(jen.Func().Id(v.OptionName).Params(jen.Id(name).Add(typ)).Add(e.use("Option")),
			jen.Return(e.use("withVariable").Call(jen.Lit(v.Name), value))))
	}
}

// servers declares the addresses for WithBaseURL: constants, or functions of
// their variables. The options set those of the default server, and operations
// with servers of their own go to the first of these by themselves.
func (e *emitter) servers() {
	var constants []jen.Code
	var templates []*ir.Server
	var only *ir.Server // the last of the constants
	for i, s := range e.allServers() {
		switch {
		case len(s.Variables) == 0:
			about := s.Doc
			switch open := !absolute(s.URL); {
			case open && about == "":
				about = "An address whose host the document leaves open."
			case open:
				about += "\n\nThe document leaves its host open."
			}
			if about != "" {
				constants = append(constants, e.doc(fieldLines, named(s.GoName, about)))
			}
			constants, only = append(constants, jen.Id(s.GoName).Op("=").Lit(s.URL)), s
		case i > 0:
			templates = append(templates, s)
		}
	}
	switch len(constants) {
	case 0:
	case 1:
		e.gap()
		e.add(e.doc(fieldLines, only.GoName+" is the server of the API, for WithBaseURL."))
		e.add(jen.Const().Add(constants...))
	default:
		e.gap()
		e.add(jen.Comment("// Servers of the API, for WithBaseURL."))
		e.add(jen.Const().Defs(constants...))
	}
	for _, s := range templates {
		e.serverFunc(s)
	}
}

// allServers lists the servers of the document and those of operations that
// are not used by themselves.
func (e *emitter) allServers() []*ir.Server {
	all := slices.Clone(e.api.Servers)
	for op := range e.api.Operations() {
		if op.Of == nil && len(op.Servers) > 1 {
			all = append(all, op.Servers[1:]...)
		}
	}
	return all
}

// ownServer returns the arguments for the server of an operation: the template of its address and
// the variables whose defaults are others there.
func (o *opWriter) ownServer(s *ir.Server) []jen.Code {
	args := []jen.Code{jen.Lit(s.URL)}
	for _, v := range s.Variables {
		if !v.Own {
			continue
		}
		fields := []jen.Code{jen.Id("name").Op(":").Lit(v.Name), jen.Id("value").Op(":").Lit(v.Default)}
		if len(v.Values) > 0 {
			values := make([]jen.Code, len(v.Values))
			for i, value := range v.Values {
				values[i] = jen.Lit(value)
			}
			fields = append(fields, jen.Id("listed").Op(":").Index().String().Values(values...))
		}
		args = append(args, o.use("ownVariable").Values(fields...))
	}
	return args
}

// serverFunc declares a function that fills in the variables of an address.
func (e *emitter) serverFunc(s *ir.Server) {
	names := map[string]string{}
	var params, values []jen.Code
	for _, v := range s.Variables {
		name := paramName(v.OptionName, names)
		names[v.Name] = name
		typ, value := jen.String(), jen.Id(name)
		if v.Enum != nil {
			typ, value = jen.Id(v.Enum.GoName), jen.String().Call(value)
		}
		params, values = append(params, jen.Id(name).Add(typ)), append(values, jen.Lit(v.Name).Op(":").Add(value))
	}
	e.gap()
	about := s.GoName + " returns the address of a server, for WithBaseURL."
	e.add(e.doc(typeLines, about, s.Doc))
	address := e.use("filled").Call(jen.Lit(s.URL), jen.Map(jen.String()).String().Values(values...))
	e.add(jen.Func().Id(s.GoName).Params(params...).String().Block(jen.Return(address)))
}

// paramName makes the name of a parameter of WithSite: site. Names that mean
// something in Go, or are taken, get a suffix.
func paramName(option string, taken map[string]string) string {
	name := strings.TrimPrefix(option, "With")
	_, first := utf8.DecodeRuneInString(name)
	name = strings.ToLower(name[:first]) + name[first:]
	if token.IsKeyword(name) || name == "string" || name == "filled" || name == "withVariable" {
		name += "Value"
	}
	for _, other := range taken {
		if other == name {
			return fmt.Sprintf("%s%d", name, len(taken)+1)
		}
	}
	return name
}
