package build

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// origin returns the pointer ptr with what tells the items of lists apart in
// the place of their indexes.
func (b *builder) origin(ptr string) string {
	if !mayHaveItems(ptr) && b.src.Home(componentAbove(ptr)) == "" {
		return ptr // as most are
	}
	tokens := strings.Split(ptr, "/")
	first := 1
	var actual, stable strings.Builder
	if len(tokens) > 3 && tokens[1] == "components" {
		component := strings.Join(tokens[:4], "/")
		if home := b.src.Home(component); home != "" {
			// Its name as a component depends on what others there are.
			first = 4
			actual.WriteString(component)
			stable.WriteString(b.origin(home))
		}
	}
	for i := first; i < len(tokens); i++ {
		token := tokens[i]
		name := token
		if n, ok := itemIndex(tokens, i); ok {
			if ids := b.itemIDs(actual.String(), stable.String(), tokens[i-1]); n < len(ids) {
				name = ids[n]
			}
		}
		actual.WriteString("/" + token)
		stable.WriteString("/" + name)
	}
	return stable.String()
}

// mayHaveItems reports whether an itemIndex can be in a pointer.
func mayHaveItems(ptr string) bool {
	return strings.Contains(ptr, "Of/") || strings.Contains(ptr, "/parameters/") || strings.Contains(ptr, "/servers/")
}

// componentAbove returns the pointer of the component that ptr leads into; empty
// when it leads elsewhere.
func componentAbove(ptr string) string {
	if !strings.HasPrefix(ptr, "/components/") {
		return ""
	}
	slashes := 0
	for i := range len(ptr) {
		if ptr[i] == '/' {
			if slashes++; slashes == 4 {
				return ptr[:i]
			}
		}
	}
	return ptr
}

// itemIndex returns tokens[i] as the index of an item of a list whose order
// means nothing to names.
func itemIndex(tokens []string, i int) (int, bool) {
	n := 0
	for _, c := range tokens[i] {
		if c < '0' || c > '9' || n > 1e6 {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	switch tokens[i-1] {
	case "oneOf", "anyOf", "allOf", "parameters", "servers":
		return n, tokens[i] != "" && i >= 2 && tokens[i-2] != "components"
	}
	return 0, false
}

// itemIDs returns what tells the items of the list at ptr apart, whose origin
// is stable. Where an item can be told in several ways, the one that the lock
// knows counts.
func (b *builder) itemIDs(ptr, stable, keyword string) []string {
	if ids, ok := b.items[ptr]; ok {
		return ids
	}
	var ways [][]string
	for i := 0; ; i++ {
		at := index(ptr, i)
		if len(b.src.Keys(at)) == 0 {
			if _, ok := b.src.Raw(at); !ok {
				break
			}
		}
		ways = append(ways, b.waysToTell(at, keyword))
	}
	ids, used := make([]string, len(ways)), map[string]bool{}
	if len(b.knownItems(stable)) > 0 {
		b.knownIDs(ptr, stable, ways, ids, used)
	}
	newIDs(ways, ids, used, func(id string) bool { return b.isKnown(stable + "/" + id) })
	b.items[ptr] = ids
	return ids
}

// knownIDs tells the items of the list at ptr that the lock knows as it does.
func (b *builder) knownIDs(ptr, stable string, ways [][]string, ids []string, used map[string]bool) {
	b.dropNewTitles(stable, ways)
	for _, m := range b.matches(ptr, stable, ways) {
		if ids[m.item] == "" && !used[m.id] {
			ids[m.item], used[m.id] = m.id, true
		}
	}
	b.matchNumbered(stable, ways, ids, used)
	b.matchLimited(stable, ways, ids, used)
}

// newIDs tells the items without an id by the first of their ways that is free,
// or else by number. used are the ids that others have, held those kept for others.
func newIDs(ways [][]string, ids []string, used map[string]bool, held func(id string) bool) {
	for i, all := range ways {
		for _, id := range all {
			if id = diag.EscapeToken(id); ids[i] == "" && !used[id] && !held(id) {
				ids[i], used[id] = id, true
			}
		}
	}
	for i, all := range ways {
		for n := 2; ids[i] == ""; n++ {
			if id := diag.EscapeToken(all[0]) + "." + itoa(n); !used[id] {
				ids[i], used[id] = id, true
			}
		}
	}
}

// dropNewTitles takes from the ways to tell items what the lock does not know, where it has as many
// that are told alike: then none of them is new, and a title that one has got is no reason to take it
// for another one.
func (b *builder) dropNewTitles(stable string, ways [][]string) {
	numbers := b.knownNumbers(stable)
	alike := map[string][]int{} // items by the first way that the lock knows
	for i, all := range ways {
		for _, way := range all {
			if b.isKnown(stable + "/" + diag.EscapeToken(way)) {
				alike[way] = append(alike[way], i)
				break
			}
		}
	}
	for way, items := range alike {
		if len(items) > 1 && len(items) == 1+len(numbers[diag.EscapeToken(way)]) {
			for _, i := range items {
				ways[i] = ways[i][slices.Index(ways[i], way):]
			}
		}
	}
}

// matchNumbered finds what the lock knows by number only, because others of
// the list are told in the same ways. Of several that it may be, the one that
// can be told in the fewest ways comes first: it is the least likely to be new.
func (b *builder) matchNumbered(stable string, ways [][]string, ids []string, used map[string]bool) {
	var items []int
	for i := range ways {
		if ids[i] == "" {
			items = append(items, i)
		}
	}
	slices.SortStableFunc(items, func(x, y int) int { return cmp.Compare(len(ways[x]), len(ways[y])) })
	numbers := b.knownNumbers(stable)
	for _, i := range items {
		for _, way := range ways[i] {
			for _, n := range numbers[diag.EscapeToken(way)] {
				if id := diag.EscapeToken(way) + "." + itoa(n); ids[i] == "" && n <= len(ways) && !used[id] {
					ids[i], used[id] = id, true
				}
			}
		}
	}
}

// matchLimited finds what the lock knows by limits that have changed since.
func (b *builder) matchLimited(stable string, ways [][]string, ids []string, used map[string]bool) {
	for i, all := range ways {
		for _, id := range b.knownItems(stable) {
			if ids[i] != "" {
				break
			}
			colon := strings.LastIndexByte(id, ':')
			if !used[id] && colon > 0 && isLimit(id[colon+1:]) && slices.Contains(all, diag.UnescapeToken(id[:colon])) {
				ids[i], used[id] = id, true
			}
		}
	}
}

// knownNumbers returns the numbers that the lock has for items of a list, by
// what is before the number.
func (b *builder) knownNumbers(list string) map[string][]int {
	numbers := map[string][]int{}
	for _, id := range b.knownItems(list) {
		dot := strings.LastIndexByte(id, '.')
		way, number := id[:max(dot, 0)], id[dot+1:]
		if n, err := strconv.Atoi(number); err == nil && n >= 2 && itoa(n) == number {
			numbers[way] = append(numbers[way], n)
		}
	}
	for _, list := range numbers {
		slices.Sort(list)
	}
	return numbers
}

// match says that an item of a list may be what the lock knows under id; it
// has so much of what is known there, is told by the way with the index, and
// has so many properties in all.
type match struct {
	item                   int
	id                     string
	score, way, properties int
}

// matches returns what the items of the list at ptr may be in the lock, the
// best matches first.
func (b *builder) matches(ptr, stable string, ways [][]string) []match {
	var all []match
	for i, ids := range ways {
		at := index(ptr, i)
		properties := b.propertiesAt(at, map[string]bool{})
		for _, id := range b.knownItems(stable) {
			m := match{item: i, id: id, properties: len(properties)}
			// One that is told in another way now, by a new title for example,
			// has all the properties that it had.
			m.way = slices.IndexFunc(ids, func(way string) bool { return diag.EscapeToken(way) == id })
			told, from := m.way >= 0, at
			if ref := b.text(at, "$ref"); told && ref != "" {
				from = refPointer(ref) // which may have a type of its own here
			}
			m.score = b.familiar(from, stable+"/"+id, 0)
			if told || hasAll(properties, b.knownProperties(stable+"/"+id)) {
				m.score *= 2
				if told {
					m.score++
				}
				all = append(all, m)
			}
		}
	}
	b.sortMatches(all, ptr, stable, ways)
	return all
}

// sortMatches sorts what items may be, the best matches first. What only one item
// is told by can have been no other, and in a list that has not changed each
// is what it would be without the lock.
func (b *builder) sortMatches(all []match, ptr, stable string, ways [][]string) {
	items := map[string]int{} // how many can be told by an id
	for _, m := range all {
		if m.way >= 0 {
			items[m.id]++
		}
	}
	fresh := make([]string, len(ways))
	newIDs(ways, fresh, map[string]bool{}, func(string) bool { return false })
	unchanged := b.unchanged(ptr, stable, fresh)
	rank := func(m match) int {
		switch {
		case m.way >= 0 && items[m.id] == 1:
			return 0
		case unchanged && fresh[m.item] == m.id:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(x, y match) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(rank(x), rank(y)), cmp.Compare(x.way, y.way), cmp.Compare(x.properties, y.properties))
	})
}

// unchanged reports whether a list whose items are told by ids has those that the
// lock knows, and no others but references and null, which have no names there.
func (b *builder) unchanged(ptr, stable string, ids []string) bool {
	known := 0
	for i, id := range ids {
		at := index(ptr, i)
		if b.isKnown(stable + "/" + id) {
			known++
		} else if b.text(at, "$ref") == "" && b.text(at, "type") != "null" {
			return false
		}
	}
	return known == len(b.knownItems(stable))
}

// knownItems returns what the items of a list are told by in the lock.
func (b *builder) knownItems(list string) []string {
	if b.knownIn == nil {
		b.knownIn = map[string][]string{}
		for _, ptr := range slices.Sorted(maps.Keys(b.known)) {
			i := strings.LastIndexByte(ptr, '/')
			b.knownIn[ptr[:i]] = append(b.knownIn[ptr[:i]], ptr[i+1:])
		}
	}
	return b.knownIn[list]
}

// knownProperties returns the properties that have fields at ptr in the lock. The
// fields of a part of an allOf are those of the whole: there, properties with
// types of their own count.
func (b *builder) knownProperties(ptr string) map[string]bool {
	if fields := b.known[ptr]; len(fields) > 0 {
		return fields
	}
	properties := map[string]bool{}
	for _, name := range b.knownItems(join(ptr, "properties")) {
		properties[diag.UnescapeToken(name)] = true
	}
	return properties
}

func (b *builder) isKnown(ptr string) bool {
	_, ok := b.known[ptr]
	return ok
}

// knownPointers returns the pointers of the lock and all above them, each with
// the properties that have fields there, or the values that have constants.
func knownPointers(names ir.Names) map[string]map[string]bool {
	known := map[string]map[string]bool{}
	for o := range names {
		for ptr := o.Pointer; ptr != ""; ptr = ptr[:max(0, strings.LastIndexByte(ptr, '/'))] {
			if _, ok := known[ptr]; ok {
				break
			}
			known[ptr] = nil
		}
		if o.Part == ir.PartField || o.Part == ir.PartValue {
			if known[o.Pointer] == nil {
				known[o.Pointer] = map[string]bool{}
			}
			known[o.Pointer][o.Key] = true
		}
	}
	return known
}
