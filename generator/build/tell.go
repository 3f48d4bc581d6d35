package build

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// maxItemID bounds what tells an item. It is part of the origins of all names
// below it.
const maxItemID = 200

// maxTold bounds how deep an item is looked into to tell it from others.
const maxTold = 4

// itemID shortens what tells an item if it is longer than usual.
func itemID(text string) string {
	if len(text) <= maxItemID {
		return text
	}
	sum := sha256.Sum256([]byte(text))
	return strings.ToValidUTF8(text[:maxItemID-2*8], "") + hex.EncodeToString(sum[:8])
}

// waysToTell returns what can tell the item at ptr from others of its list,
// the best first. They are made of what stays when the item grows.
func (b *builder) waysToTell(ptr, keyword string) []string {
	var ways []string
	switch {
	case b.text(ptr, "$ref") != "":
		ways = b.waysToTellSchema(ptr, 0)
	case keyword == "parameters":
		ways = []string{b.text(ptr, "in") + ":" + b.text(ptr, "name")}
	case keyword == "servers":
		ways = []string{b.text(ptr, "url")}
	default:
		if title := b.text(ptr, "title"); title != "" {
			ways = append(ways, title)
		}
		ways = append(ways, b.waysToTellSchema(ptr, 0)...)
	}
	for i, way := range ways {
		ways[i] = itemID(way)
	}
	return ways
}

// text returns the scalar below ptr; empty when there is none.
func (b *builder) text(ptr string, tokens ...string) string {
	text, _ := b.src.Raw(join(ptr, tokens...))
	return text
}

// waysToTellSchema is waysToTell for a schema, without regard to its title.
func (b *builder) waysToTellSchema(ptr string, depth int) []string {
	if ref := b.text(ptr, "$ref"); ref != "" {
		return []string{diag.LastToken(refPointer(ref))}
	}
	properties := b.src.Keys(join(ptr, "properties"))
	types := slices.DeleteFunc(b.texts(join(ptr, "type")), func(name string) bool { return name == "null" })
	kind := cmp.Or(b.text(ptr, "type"), strings.Join(types, "|"))
	if kind == "" {
		kind = "schema"
		if len(properties) > 0 {
			kind = "object"
		}
	}
	if format := b.text(ptr, "format"); format != "" {
		kind += ":" + format
	}
	required := b.texts(join(ptr, "required"))
	slices.Sort(required)
	if len(required) > 0 {
		kind = itemID(kind + ":" + strings.Join(required, ","))
	}
	words := b.marks(ptr, properties, required)
	words = append(words, b.valuesAt(ptr)...)
	if pattern := b.text(ptr, "pattern"); pattern != "" {
		words = append(words, pattern)
	}
	if depth < maxTold {
		words = append(words, b.wordsOfParts(ptr, depth+1)...)
	}
	for _, name := range required {
		if typ := b.text(ptr, "properties", name, "type"); typ != "" {
			words = append(words, name+"="+typ)
		}
	}
	var ways []string
	add := func(words []string) {
		for _, word := range words {
			ways = append(ways, kind+":"+word)
		}
	}
	add(words)
	ways = append(ways, kind)
	add(properties)
	return ways
}

// texts returns the scalars of the list at ptr.
func (b *builder) texts(ptr string) []string {
	var list []string
	for i := 0; ; i++ {
		text, ok := b.src.Raw(index(ptr, i))
		if !ok {
			return list
		}
		list = append(list, text)
	}
}

// objectsAt returns the pointers of the objects in the list at ptr, up to the
// first item that is empty or none.
func (b *builder) objectsAt(ptr string) []string {
	var list []string
	for at := index(ptr, 0); len(b.src.Keys(at)) > 0; at = index(ptr, len(list)) {
		list = append(list, at)
	}
	return list
}

// valuesAt returns the values that the schema at ptr lists.
func (b *builder) valuesAt(ptr string) []string {
	if value, ok := b.src.Raw(join(ptr, "const")); ok {
		return []string{value}
	}
	return b.texts(join(ptr, "enum"))
}

// marks returns the values of properties which mark an object: those of
// required ones, and single ones of others.
func (b *builder) marks(ptr string, properties, required []string) []string {
	var marks []string
	for _, name := range required {
		marks = append(marks, b.valuesAt(join(ptr, "properties", name))...)
	}
	for _, name := range slices.Sorted(slices.Values(properties)) {
		if values := b.valuesAt(join(ptr, "properties", name)); len(values) == 1 && !slices.Contains(required, name) {
			marks = append(marks, values[0])
		}
	}
	return marks
}

// wordsOfParts returns what tells the parts of the schema at ptr: its items,
// the values of a map, and what it puts together.
func (b *builder) wordsOfParts(ptr string, depth int) []string {
	var words []string
	for _, part := range []string{"items", "additionalProperties"} {
		if at := join(ptr, part); len(b.src.Keys(at)) > 0 {
			words = append(words, b.waysToTellSchema(at, depth)...)
		}
	}
	for _, keyword := range combinators() {
		for _, at := range b.objectsAt(join(ptr, keyword)) {
			words = append(words, b.waysToTellSchema(at, depth)...)
		}
	}
	return words
}

func combinators() []string { return []string{"allOf", "oneOf", "anyOf"} }

// familiar counts what the lock has below the origin stable of what is below
// ptr.
func (b *builder) familiar(ptr, stable string, depth int) int {
	if b.text(ptr, "$ref") != "" || !b.isKnown(stable) || depth > maxTold {
		return 0
	}
	count := 0
	fields := b.known[stable]
	for name := range b.propertiesAt(ptr, map[string]bool{}) {
		if fields[name] {
			count++
		}
	}
	for _, value := range b.valuesAt(ptr) {
		if fields[value] {
			count++
		}
	}
	below := func(tokens ...string) {
		if at := join(stable, tokens...); b.isKnown(at) {
			count += 1 + b.familiar(join(ptr, tokens...), at, depth+1)
		}
	}
	for _, name := range b.src.Keys(join(ptr, "properties")) {
		below("properties", name)
	}
	for _, part := range []string{"items", "additionalProperties"} {
		if len(b.src.Keys(join(ptr, part))) > 0 {
			below(part)
		}
	}
	for _, keyword := range combinators() {
		for _, at := range b.objectsAt(join(ptr, keyword)) {
			for _, way := range b.waysToTell(at, keyword) {
				if b.isKnown(join(stable, keyword, way)) {
					count++
				}
			}
		}
	}
	return count
}

// hasAll reports whether all names of which there are some are among have.
func hasAll(have, names map[string]bool) bool {
	for name := range names {
		if !have[name] {
			return false
		}
	}
	return len(names) > 0
}

// propertiesAt returns the names of the properties that the schema at ptr has,
// by itself and by the parts of its allOf. It notes in seen where it was.
func (b *builder) propertiesAt(ptr string, seen map[string]bool) map[string]bool {
	names := map[string]bool{}
	for _, name := range b.src.Keys(join(ptr, "properties")) {
		names[name] = true
	}
	for _, part := range b.objectsAt(join(ptr, "allOf")) {
		if ref := b.text(part, "$ref"); ref != "" {
			part = refPointer(ref)
		}
		if seen[part] {
			continue
		}
		seen[part] = true
		for name := range b.propertiesAt(part, seen) {
			names[name] = true
		}
	}
	return names
}
