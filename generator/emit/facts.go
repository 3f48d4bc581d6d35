package emit

import "github.com/seed-a7989e22/apigen/generator/ir"

// facts is what the emitter needs to know about types before it writes them.
type facts struct{}

func newFacts(api *ir.API) *facts { return &facts{} }
