package build

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// noteSums notes for the lock what the items of oneOf, anyOf and allOf say of
// values, where names are below them. So one that has not changed is known
// again, whatever has been added beside it.
func (b *builder) noteSums() {
	named := map[string]bool{}
	for o := range b.api.Names {
		for ptr := o.Pointer; strings.Contains(ptr, "Of/") && !named[ptr]; ptr = ptr[:strings.LastIndexByte(ptr, '/')] {
			named[ptr] = true
		}
	}
	for list, ids := range b.items {
		stable := b.origin(list)
		for i, id := range ids {
			if !named[stable+"/"+id] {
				continue
			}
			if sum := b.sum(index(list, i)); sum != "" {
				b.api.Names[sumOrigin(stable, id)] = sum
			}
		}
	}
}

// sameIDs tells the items of the list at ptr that have not changed as the lock
// does. Several that say the same of values are told as if they were new: so each
// has what it was told by when it was.
func (b *builder) sameIDs(ptr, stable string, ways [][]string, ids []string, used map[string]bool) {
	known := map[string][]string{} // ids by sum
	for _, id := range b.knownItems(stable) {
		if sum := b.opts.Names[sumOrigin(stable, id)]; sum != "" {
			known[sum] = append(known[sum], id)
		}
	}
	if len(known) == 0 {
		return
	}
	items := map[string][]int{}
	for i := range ids {
		sum := b.sum(index(ptr, i))
		items[sum] = append(items[sum], i)
	}
	for sum, same := range items {
		if len(same) == 1 && len(known[sum]) == 1 {
			ids[same[0]] = known[sum][0]
			used[ids[same[0]]] = true
			continue
		}
		tellEquals(same, known[sum], ways, ids, used)
	}
}

// tellEquals tells items that say the same of values by what the lock knows of
// such, as newIDs would: by the first of their ways, or else by number.
func tellEquals(items []int, known []string, ways [][]string, ids []string, used map[string]bool) {
	take := func(item int, is func(id string) bool) {
		if i := slices.IndexFunc(known, func(id string) bool { return !used[id] && is(id) }); i >= 0 && ids[item] == "" {
			ids[item], used[known[i]] = known[i], true
		}
	}
	for _, item := range items {
		for _, way := range ways[item] {
			take(item, func(id string) bool { return id == diag.EscapeToken(way) })
		}
	}
	slices.SortFunc(known, func(x, y string) int { return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)) })
	for _, item := range items {
		take(item, func(id string) bool { return isWay(ways[item][0], id) })
	}
}

// sumOrigin is where the lock has the sum of an item of a list.
func sumOrigin(list, id string) ir.Origin {
	return ir.Origin{Pointer: list + "/" + id, Part: ir.PartSum}
}

// sum returns a hash of what the item at ptr says of values; empty for one that
// needs none, as its name or address tells it.
func (b *builder) sum(ptr string) string {
	sum, ok := b.sums[ptr]
	if !ok {
		sum = b.sumOf(ptr)
		b.sums[ptr] = sum
	}
	return sum
}

// sumOf is sum, worked out.
func (b *builder) sumOf(ptr string) string {
	tokens := strings.Split(ptr, "/")
	if !slices.Contains(combinators(), tokens[len(tokens)-2]) || b.text(ptr, "$ref") != "" {
		return ""
	}
	text, _ := b.src.JSON(ptr)
	var schema any
	if json.Unmarshal([]byte(text), &schema) != nil {
		return ""
	}
	rest, err := json.Marshal(withoutWords(schema, false))
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(rest)
	return hex.EncodeToString(sum[:6])
}

// withoutWords returns a value without the keywords that say nothing about
// values, and with the items of lists, whose order means nothing, as sorted
// texts. In a map of names, all keys are kept.
func withoutWords(value any, names bool) any {
	switch value := value.(type) {
	case map[string]any:
		rest := map[string]any{}
		for key, v := range value {
			if names || !isWords(key) {
				rest[key] = withoutWords(v, !names && (key == "properties" || key == "patternProperties"))
			}
		}
		return rest
	case []any:
		items := make([]string, len(value))
		for i, v := range value {
			text, _ := json.Marshal(withoutWords(v, false)) // what JSON was made from
			items[i] = string(text)
		}
		slices.Sort(items)
		return items
	}
	return value
}

// isWords reports whether a keyword of schemas says nothing about values.
func isWords(keyword string) bool {
	switch keyword {
	case "title", "description", "deprecated", "externalDocs", "example", "examples", "default", "$comment":
		return true
	}
	return strings.HasPrefix(keyword, "x-")
}
