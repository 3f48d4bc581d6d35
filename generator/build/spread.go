package build

import (
	"regexp"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// fullFile is how many operations a file holds before they are told apart by their paths. Callers
// do not notice when a service grows past that: its files are of one package.
const fullFile = 50

// few is how many operations are too few for a file of their own.
const few = 2

// version is a segment of a path that says nothing about what is below it.
var version = regexp.MustCompile(`^v?\d[\d.]*$`)

// spreader gives the operations of large services files of their own.
type spreader struct {
	files *naming.Scope
}

// located is an operation and what is left of its path: words for the names of files.
type located struct {
	op    *ir.Operation
	about []string
}

// service spreads the operations of a service and of those below it.
func (s spreader) service(svc *ir.Service) {
	var list []located
	own := fileStem(svc.FieldName)
	for op := range svc.All() {
		list = append(list, located{op, slices.DeleteFunc(about(op.Path), func(word string) bool { return sameWord(word, own) })})
	}
	s.spread(own, list)
}

// spread gives groups of operations a file, whose name begins with stem, by the next word of their
// paths. Those without one, and the few with words that hardly any others have, stay where they are.
func (s spreader) spread(stem string, list []located) {
	if len(list) <= fullFile {
		return
	}
	groups := map[string][]located{}
	var order []string
	for _, l := range list {
		if len(l.about) == 0 {
			continue
		}
		word := l.about[0]
		if groups[word] == nil {
			order = append(order, word)
		}
		groups[word] = append(groups[word], located{l.op, l.about[1:]})
	}
	for _, word := range order {
		group := groups[word]
		if len(group) == len(list) { // what all have in common tells nothing apart
			s.spread(stem, group)
			return
		}
		if len(group) <= few {
			continue
		}
		name := fileStem(stem + word)
		file := s.files.Claim(name, name+"operations")
		for _, l := range group {
			l.op.File = file
		}
		s.spread(name, group)
	}
}

// about returns the words of a path, as file names have them.
func about(path string) []string {
	var words []string
	for segment := range strings.SplitSeq(path, "/") {
		if word := fileStem(segment); word != "" && !strings.Contains(segment, "{") && !version.MatchString(segment) {
			words = append(words, word)
		}
	}
	return words
}
