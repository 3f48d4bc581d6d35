package build

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// variantOrigin returns the origin of an alternative: its place in the list,
// or below the union where it has none, or where the list is that of another
// schema, which has wrappers of its own.
func (b *builder) variantOrigin(un *ir.Union, v variant, i int) string {
	at := b.origin(v.at.ptr)
	if _, component := componentSchema(at); component || at == un.Origin {
		return join(un.Origin, b.variantWord(v, i))
	}
	if strings.HasPrefix(at, un.Origin+"/") {
		return at
	}
	tokens := strings.Split(at, "/")
	if last := tokens[max(1, len(tokens)-2):]; slices.Contains(combinators(), last[0]) {
		return un.Origin + "/" + strings.Join(last, "/")
	}
	word := b.variantWord(v, i) // a property that alternatives describe
	if v.shape.format != "" {
		word += ":" + v.shape.format
	}
	return join(un.Origin, word)
}

// variantWords returns what distinguishes the alternatives of a union in Go.
// Those that are alike at first sight are looked at again.
func (b *builder) variantWords(variants []variant) []string {
	words := make([]string, len(variants))
	count, holders := map[string]int{}, map[string]int{}
	for i, v := range variants {
		words[i] = b.variantWord(v, i)
		if count[words[i]]++; words[i] == "Object" {
			for _, p := range v.shape.props {
				holders[p.name]++
			}
		}
	}
	for i, v := range variants {
		if count[words[i]] > 1 {
			words[i] = b.closerWord(v, words[i], holders)
		}
	}
	return words
}

// variantWord returns what distinguishes an alternative in Go: the name of
// its component, its title, the constant that marks it, or its kind.
func (b *builder) variantWord(v variant, i int) string {
	if name, ok := componentSchema(v.ptr); ok {
		return b.names.Exported(name)
	}
	if title := naming.Words(v.shape.schema.Title); len(title) > 0 && len(title) < 6 && v.at.ref != nil {
		return b.names.Join(title)
	}
	for _, p := range v.shape.props {
		if values := b.closedValues(p); len(values) == 1 && values[0].lit.Kind == ir.LitString && values[0].lit.Text != "" {
			return b.names.Exported(values[0].lit.Text)
		}
	}
	switch v.shape.kinds {
	case kindObject:
		if len(v.shape.props) == 0 {
			return "Map"
		}
		return "Object"
	case kindArray:
		return "List"
	case kindString:
		return "String"
	case kindInt:
		return "Int"
	case kindNumber:
		return "Float"
	case kindBool:
		return "Bool"
	}
	return "Option" + strconv.Itoa(i+1)
}

// closerWord returns what distinguishes an alternative from others with the same
// word: an object without a title a property that none of them has, a list its
// items, a string its only value. holders says how many of the objects have a
// property.
func (b *builder) closerWord(v variant, word string, holders map[string]int) string {
	s := v.shape
	if _, component := componentSchema(v.ptr); component {
		return word
	}
	switch {
	case word == "Object":
		own := func(p *property) bool { return holders[p.name] == 1 }
		i := slices.IndexFunc(s.props, func(p *property) bool { return own(p) && s.requires[p.name] })
		if i < 0 {
			i = slices.IndexFunc(s.props, own)
		}
		if i >= 0 {
			return b.names.Exported(s.props[i].name)
		}
	case s.kinds == kindArray && len(s.items) == 1:
		n := b.follow(s.items[0])
		item := variant{at: s.items[0], ptr: n.ptr, shape: b.shapeOf(n)}
		if _, component := componentSchema(n.ptr); component || bits.OnesCount(uint(item.shape.kinds)) == 1 {
			return b.variantWord(item, 0) + "List"
		}
	case s.kinds == kindString && s.hasValues && len(s.values) == 1 && s.values[0].lit.Text != "":
		return b.names.Exported(s.values[0].lit.Text)
	}
	return word
}
