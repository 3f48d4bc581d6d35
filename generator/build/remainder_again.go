package build

import (
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// answerKey is a schema and a claim that it is held against.
type answerKey struct {
	restKey
	limits           [2]*ir.Constraint
	nullable, chosen bool
}

// answerKeyOf is not ok for claims that have too many limits to compare.
func answerKeyOf(n node, c claim) (key answerKey, ok bool) {
	key = answerKey{restKey: restKey{n.ptr, c.typ}, nullable: c.nullable, chosen: c.chosen}
	return key, copy(key.limits[:], c.limits) == len(c.limits)
}

// maxRepeated bounds the number of keywords that are written in more than one
// place.
const maxRepeated = 40

// again returns an answer for another place. A large one gets a name, so that
// the code does not double where schemas are made from two of the next ones,
// and these again.
func (r *remainders) again(n node, s *ir.Schema) *ir.Schema {
	if s == nil || s.Never || weight(s, maxRepeated) < maxRepeated {
		return s
	}
	own := *s // s becomes a reference to it, wherever it is already
	*s = *reference(r.declare(diag.LastToken(n.ptr), &ir.NamedSchema{Schema: &own}))
	return s
}

// weight counts the keywords of a schema up to a limit.
func weight(s *ir.Schema, limit int) int {
	if s == nil {
		return 0
	}
	n := 0
	for _, k := range s.Keywords {
		n++
		n += weight(k.Schema, limit-n)
		for i := 0; i < len(k.Schemas) && n < limit; i++ {
			n += weight(k.Schemas[i], limit-n)
		}
		for i := 0; i < len(k.Members) && n < limit; i++ {
			n += 1 + weight(k.Members[i].Schema, limit-n)
		}
		if n >= limit {
			break
		}
	}
	return n
}
