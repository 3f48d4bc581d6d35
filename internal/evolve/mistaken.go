package evolve

import (
	"fmt"
	"slices"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// Mistaken returns the alternatives of unions that have the name of another
// one now, which callers would send and get without noticing.
func Mistaken(before, after *Document, old, changed *ir.API) []string {
	var list []string
	was, is := alternativesOf(before, old), alternativesOf(after, changed)
	for schema, name := range was {
		if now := is[schema]; name != "" && now != "" && now != name {
			list = append(list, fmt.Sprintf("%s is called %s, before %s", schema, now, name))
		}
	}
	slices.Sort(list)
	return list
}

// alternativesOf returns the names of the alternatives of all unions, by the
// name of the union and what the document says of values of the alternative.
// Those that are listed twice have none.
func alternativesOf(doc *Document, api *ir.API) map[string]string {
	all := map[string]string{}
	for _, t := range api.Types {
		u, ok := t.(*ir.Union)
		if !ok {
			continue
		}
		for _, v := range u.Variants {
			n := doc.at(v.Pos.Pointer)
			if n == nil {
				continue
			}
			name := v.WrapperName
			if named, ok := v.Type.(ir.Named); ok && name == "" {
				name = named.Declaration().GoName
			}
			key := fmt.Sprintf("%s: %v", u.GoName, bare(plain(n)))
			if _, twice := all[key]; twice {
				name = ""
			}
			all[key] = name
		}
	}
	return all
}
