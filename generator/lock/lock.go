// Package lock reads and writes gen.lock, the file beside a generated package
// that tells which name is whose, so that names stay when the document changes:
//
//	generator v0.1.0
//	input openapi.yaml sha256:3a7b…
//	config sha256:90cc…
//	package sha256:51d0…
//
//	/components/schemas/Pet
//		field id ID
//		type Pet
//	/paths/~1pets/get
//		input query:limit Limit
//		method List
//		params ListPetsParams
//		service Pets
//
// The hashes answer whether anything has changed since the package was
// generated. Below them, each line is a name: under the place in the document
// that it belongs to, behind the part and, where a place has several of them,
// the key. Words with blanks are quoted as in Go. Lines are sorted, so that a
// change of names is easy to review.
package lock

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// File is the name of the file in the folder of the package.
const File = "gen.lock"

// Lock is the content of the file.
type Lock struct {
	// Generator is the version that made the package.
	Generator string
	// Inputs are the files of the document, Config what the configuration says
	// about the package.
	Inputs []Input
	Config string
	// Package is a hash over the files of the package and the names.
	Package string
	Names   ir.Names
}

// Input is a file that the document consists of.
type Input struct {
	// Name is the path from the folder of the document, or a URL.
	Name string
	// Sum is the hash of the content; Missing for a file that is not there.
	Sum string
}

// Missing is the sum of a file that is referred to and not there.
const Missing = "missing"

const intro = `# The Go names of what the document has, so that they stay when it changes.
# Written by gen; commit it with the package. Without a line, a name is made anew.
`

// The words that lines of the head begin with.
const (
	wordGenerator = "generator"
	wordInput     = "input"
	wordConfig    = "config"
	wordPackage   = "package"
)

// Bytes returns the file; names is the Text of the names.
func (l *Lock) Bytes(names string) []byte {
	var b strings.Builder
	b.Grow(len(intro) + len(names) + 1<<10)
	b.WriteString(intro)
	line(&b, wordGenerator, l.Generator)
	for _, in := range l.Inputs {
		line(&b, wordInput, in.Name, in.Sum)
	}
	line(&b, wordConfig, l.Config)
	line(&b, wordPackage, l.Package)
	b.WriteByte('\n')
	b.WriteString(names)
	return []byte(b.String())
}

// Text returns the names as the file has them.
func Text(names ir.Names) string {
	type entry struct {
		ir.Origin
		name string
	}
	entries, size := make([]entry, 0, len(names)), 0
	for o, name := range names {
		entries = append(entries, entry{o, name})
		size += len("\t  \n") + len(o.Part) + len(o.Key) + len(name)
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if c := strings.Compare(a.Pointer, b.Pointer); c != 0 {
			return c
		}
		return cmp.Or(strings.Compare(string(a.Part), string(b.Part)), strings.Compare(a.Key, b.Key))
	})
	for i, e := range entries {
		if i == 0 || e.Pointer != entries[i-1].Pointer {
			size += len(e.Pointer) + len("\n")
		}
	}
	var b strings.Builder
	b.Grow(size) // but for quotes
	at := ""
	for _, e := range entries {
		if e.Pointer != at {
			at = e.Pointer
			line(&b, at)
		}
		b.WriteByte('\t')
		if e.Key == "" {
			line(&b, string(e.Part), e.name)
		} else {
			line(&b, string(e.Part), e.Key, e.name)
		}
	}
	return b.String()
}

// line writes words, quoted where they have to be.
func line(b *strings.Builder, words ...string) {
	for i, word := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		if plain(word) {
			b.WriteString(word)
		} else {
			b.WriteString(strconv.Quote(word))
		}
	}
	b.WriteByte('\n')
}

// plain reports whether a word can stand without quotes.
func plain(word string) bool {
	if word == "" || word[0] == '#' || word[0] == '"' {
		return false
	}
	return !strings.ContainsFunc(word, func(r rune) bool {
		return r == ' ' || !unicode.IsPrint(r) || r == unicode.ReplacementChar
	})
}
