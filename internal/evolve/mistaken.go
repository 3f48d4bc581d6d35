package evolve

import (
	"fmt"
	"slices"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// Mistaken returns the alternatives of unions that have the name of another
// one now, which callers would send and get without noticing. Those that differ
// in nothing but words may have changed places: their types are the same.
func Mistaken(before, after *Document, old, changed *ir.API) []string {
	was, is := alternativesOf(before, old), alternativesOf(after, changed)
	names := map[string][]string{} // of alternatives that say the same of values
	for _, a := range was {
		names[a.values] = append(names[a.values], a.name)
	}
	var list []string
	for schema, a := range was {
		if now, ok := is[schema]; ok && !slices.Contains(names[a.values], now.name) {
			list = append(list, fmt.Sprintf("%s is called %s, before %s", schema, now.name, a.name))
		}
	}
	slices.Sort(list)
	return list
}

// alternative is one of a union.
type alternative struct {
	name string
	// values is the name of the union and what the document says of its values.
	values string
}

// alternativesOf returns the alternatives of all unions, by the name of the
// union and what the document says of the alternative. Those that are listed
// twice have no name.
func alternativesOf(doc *Document, api *ir.API) map[string]alternative {
	all := map[string]alternative{}
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
			schema := plain(n)
			key := fmt.Sprintf("%s: %v", u.GoName, schema)
			if _, twice := all[key]; twice {
				name = ""
			}
			all[key] = alternative{name, fmt.Sprintf("%s: %v", u.GoName, bare(schema))}
		}
	}
	return all
}
