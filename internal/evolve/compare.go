package evolve

import (
	"go/types"

	"golang.org/x/exp/apidiff"

	"github.com/seed-a7989e22/apigen/generator/compare"
)

// Incompatible returns what a change of the package means to callers that may
// not compile any longer, as apidiff reports it. Apart are structs that cannot
// be compared with == any longer because they have grown, and nothing else;
// README.md tells callers not to.
//
// The sealed interface of a union needs no exception: nobody else implements
// it, because of its unexported methods, and apidiff knows that.
func Incompatible(before, after *types.Package) (list, apart []string) {
	for _, change := range apidiff.Changes(before, after).Changes {
		switch {
		case change.Compatible:
		case compare.OnlyGrown(change.Message, before, after):
			apart = append(apart, change.Message)
		default:
			list = append(list, change.Message)
		}
	}
	return list, apart
}
