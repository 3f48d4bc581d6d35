package build

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// servers builds a list of servers; prefix begins the names of their constants.
func (b *builder) servers(list openapi3.Servers, ptr, prefix string) []*ir.Server {
	var out []*ir.Server
	several := twins(list)
	for i, s := range list {
		at := index(ptr, i)
		srv := &ir.Server{URL: s.URL, Doc: s.Description, Pos: pos(at)}
		name, ordered := b.serverName(s, prefix, at)
		wanted := []string{name}
		scheme, address, _ := strings.Cut(s.URL, "://")
		if several[address] {
			wanted = append(wanted, name+b.names.Exported(scheme))
		}
		if _, path, _ := strings.Cut(address, "/"); len(naming.Words(path)) > 0 {
			wanted = append(wanted, name+b.names.Exported(path))
		}
		srv.GoName = b.takeFor(&b.scope, ir.Origin{Pointer: b.origin(at), Part: ir.PartServer}, ordered, wanted...)
		varsPtr := join(at, "variables")
		for _, used := range ir.VariablesIn(s.URL) {
			v := s.Variables[used]
			if v == nil {
				b.warnf(join(at, "url"), "server-variable", "the server URL has {%.60s}, which no variable describes; it is empty by default", used)
				v = &openapi3.ServerVariable{}
			}
			srv.Variables = append(srv.Variables, b.serverVariable(used, v, join(varsPtr, used)))
		}
		out = append(out, srv)
	}
	return out
}

// serverName returns the wanted name of a server's constant and whether the
// document gives it with x-go-name.
func (b *builder) serverName(s *openapi3.Server, prefix, ptr string) (name string, given bool) {
	if name := b.goName(s.Extensions, ptr); name != "" {
		return name, true
	}
	words := slices.DeleteFunc(naming.Words(s.Description), func(word string) bool { return strings.EqualFold(word, "server") })
	if len(words) == 0 || len(words) > 4 {
		address := ""
		for _, part := range ir.SplitTemplate(s.URL) {
			address += part.Text
		}
		_, host, _ := strings.Cut(address, "://")
		host, _, _ = strings.Cut(host, "/")
		if words = naming.Words(host); len(words) == 0 {
			words = naming.Words(address) // a path
		}
		if !strings.ContainsFunc(address, unicode.IsLetter) {
			return prefix, false
		}
	}
	return prefix + b.names.Join(words), false
}

// twins returns the addresses that servers of a list have with several schemes.
func twins(list openapi3.Servers) map[string]bool {
	first, several := map[string]string{}, map[string]bool{}
	for _, s := range list {
		if scheme, address, ok := strings.Cut(s.URL, "://"); ok {
			first[address] = cmp.Or(first[address], scheme)
			several[address] = several[address] || first[address] != scheme
		}
	}
	return several
}

// serverVariable builds a variable. Variables of the same name share one
// option and, where their values are listed, one type.
func (b *builder) serverVariable(name string, v *openapi3.ServerVariable, ptr string) *ir.ServerVariable {
	out := &ir.ServerVariable{Name: name, Default: v.Default, Env: extString(v.Extensions, "x-go-env"), Doc: v.Description}
	known := b.variables[name]
	if known == nil {
		want := b.goName(v.Extensions, ptr)
		ordered := want != ""
		if !ordered {
			want = b.names.Exported(name)
		}
		origin := join("/servers", "variables", name) // that of all servers
		known = &ir.ServerVariable{OptionName: b.claimAt(ptr, ir.Origin{Pointer: origin, Part: ir.PartOption}, ordered, "With"+want, "With"+want+"Model"), Default: v.Default}
		b.variables[name] = known
		if b.listsValues(name, v, origin) {
			n := node{schema: &openapi3.Schema{}, ptr: ptr}
			known.Enum = b.declareEnum(n, b.variableValues(v, ptr), ir.String, true, label{name: want, origin: origin}, note{doc: v.Description})
		}
	} else if known.Enum != nil {
		for _, val := range b.variableValues(v, ptr) {
			if !hasValue(known.Enum, val.lit) {
				known.Enum.Values = append(known.Enum.Values, &ir.EnumValue{
					GoName: b.constant(known.Enum, val, spelling{}), Value: val.lit, Doc: val.doc, Pos: pos(val.ptr),
				})
			}
		}
	}
	if known.Default != v.Default {
		out.Own, out.Values = true, v.Enum
	}
	out.OptionName, out.Enum = known.OptionName, known.Enum
	return out
}

// listsValues reports whether a variable is of a type of its own: when one of
// the servers that use it lists its values, unless the option has taken any text before.
func (b *builder) listsValues(name string, v *openapi3.ServerVariable, origin string) bool {
	if _, known := b.opts.Names[ir.Origin{Pointer: origin, Part: ir.PartOption}]; known {
		_, listed := b.opts.Names[ir.Origin{Pointer: origin, Part: ir.PartType}]
		return listed
	}
	return len(v.Enum) > 0 || slices.ContainsFunc(b.doc.Servers, func(s *openapi3.Server) bool {
		return s != nil && s.Variables[name] != nil && len(s.Variables[name].Enum) > 0 && slices.Contains(ir.VariablesIn(s.URL), name)
	})
}

// variableValues returns the listed values of a server variable.
func (b *builder) variableValues(v *openapi3.ServerVariable, ptr string) []value {
	names := extStrings(v.Extensions, "x-enum-varnames")
	docs := extStrings(v.Extensions, "x-enum-descriptions")
	var out []value
	for i, text := range v.Enum {
		val := value{lit: ir.Literal{Kind: ir.LitString, Text: text}, kind: kindString, ptr: index(join(ptr, "enum"), i)}
		if len(names) == len(v.Enum) {
			val.name = names[i]
		}
		if i < len(docs) {
			val.doc = docs[i]
		}
		out = append(out, val)
	}
	return unique(out)
}

func hasValue(e *ir.Enum, lit ir.Literal) bool {
	for _, v := range e.Values {
		if v.Value == lit {
			return true
		}
	}
	return false
}
