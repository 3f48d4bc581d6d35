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
			if _, ok := b.src.JSON(at); !ok {
				break
			}
		}
		ways = append(ways, b.waysToTell(at, keyword))
	}
	ids, used := make([]string, len(ways)), map[string]bool{}
	b.sameIDs(ptr, stable, ways, ids, used)
	for _, m := range b.matches(ptr, stable, ways, ids, used) {
		if ids[m.item] == "" && !used[m.id] {
			ids[m.item], used[m.id] = m.id, true
		}
	}
	b.newIDs(stable, ways, ids, used)
	b.items[ptr] = ids
	return ids
}

// newIDs tells the items without an id by the first of their ways that is free
// and not kept for others in the lock, or else by number. used are the ids that
// others have.
func (b *builder) newIDs(stable string, ways [][]string, ids []string, used map[string]bool) {
	for i, all := range ways {
		for _, id := range all {
			if id = diag.EscapeToken(id); ids[i] == "" && !used[id] && !b.isKnown(stable+"/"+id) {
				ids[i], used[id] = id, true
			}
		}
	}
	last := map[string]int{} // number by what is before it
	for i, all := range ways {
		for way := diag.EscapeToken(all[0]); ids[i] == ""; {
			last[way] = max(2, last[way]+1)
			if id := way + "." + itoa(last[way]); !used[id] {
				ids[i], used[id] = id, true
			}
		}
	}
}

// match says that an item of a list may be what the lock knows under id.
type match struct {
	item int
	id   string
	// same says that the item has not changed.
	same bool
	// way is the index of the way to tell the item that the id is; -1 for none.
	way int
	// score is how much of what is known there the item has.
	score int
	// properties is how many it has in all.
	properties int
}

// matches returns what the items without an id of the list at ptr may be in the
// lock, the best matches first. used are the ids that others have.
func (b *builder) matches(ptr, stable string, ways [][]string, ids []string, used map[string]bool) []match {
	known := slices.DeleteFunc(slices.Clone(b.knownItems(stable)), func(id string) bool { return used[id] })
	if len(known) == 0 {
		return nil
	}
	var all []match
	for i := range ways {
		if ids[i] != "" {
			continue
		}
		at := index(ptr, i)
		properties, sum := b.propertiesAt(at, map[string]bool{}), b.sum(at)
		for _, id := range known {
			m := match{item: i, id: id, properties: len(properties)}
			m.same = sum != "" && sum == b.opts.Names[sumOrigin(stable, id)]
			m.way = slices.IndexFunc(ways[i], func(way string) bool { return isWay(way, id) })
			told, from := m.way >= 0, at
			// One that is told in another way now, by a new title for example,
			// has all the properties that it had.
			if !told && !m.same && (len(known) > maxSeveral || !hasAll(properties, b.knownProperties(stable+"/"+id))) {
				continue
			}
			if ref := b.text(at, "$ref"); told && ref != "" {
				from = refPointer(ref) // which may have a type of its own here
			}
			m.score = 2 * b.familiar(from, stable+"/"+id, 0)
			if told {
				m.score++
			}
			all = append(all, m)
		}
	}
	sortMatches(all)
	return all
}

// isWay reports whether an id of the lock is a way to tell an item, or that
// with a number because several are told alike.
func isWay(way, id string) bool {
	number, ok := strings.CutPrefix(id, diag.EscapeToken(way))
	if !ok || number == "" {
		return ok
	}
	n, err := strconv.Atoi(number[1:])
	return err == nil && n > 1 && number == "."+itoa(n)
}

// sortMatches sorts what items may be, the best matches first. What only one
// item is told by can have been no other.
func sortMatches(all []match) {
	items := map[string]int{} // how many can be told by an id
	for _, m := range all {
		if m.way >= 0 {
			items[m.id]++
		}
	}
	last := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(x, y match) int {
		return cmp.Or(
			cmp.Compare(last(!x.same), last(!y.same)),
			cmp.Compare(y.score, x.score),
			cmp.Compare(last(x.way < 0 || items[x.id] > 1), last(y.way < 0 || items[y.id] > 1)),
			cmp.Compare(x.way, y.way),
			cmp.Compare(x.properties, y.properties))
	})
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
