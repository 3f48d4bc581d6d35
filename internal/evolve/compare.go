package evolve

import (
	"go/types"
	"strings"

	"golang.org/x/exp/apidiff"
)

// Incompatible returns what a change of the package means to callers that may
// not compile any longer, as apidiff reports it.
//
// Left out is what callers of a client cannot rely on: that a struct can be
// compared with ==. It cannot be any longer once the document adds a list to
// it, and no struct of a client promises it; Go gives it to every struct that
// happens to hold nothing but comparable fields.
//
// The sealed interface of a union needs no exception: nobody else implements
// it, because of its unexported methods, and apidiff knows that.
func Incompatible(before, after *types.Package) []string {
	var list []string
	for _, change := range apidiff.Changes(before, after).Changes {
		if !change.Compatible && !strings.HasSuffix(change.Message, ": old is comparable, new is not") {
			list = append(list, change.Message)
		}
	}
	return list
}
