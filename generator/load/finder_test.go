package load

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestFinder holds a finder to what a look at every member finds, whatever
// happens to the object in between.
func TestFinder(t *testing.T) {
	for _, def := range []objKind{objNone, objGroup, objPaths} {
		n := &node{kind: kindObject, def: def}
		for i := range 40 {
			n.set(fmt.Sprint("Key", i), n.stringAt(fmt.Sprint(i)))
		}
		n.set("key7", n.stringAt("lower"))
		n.set("\u212Aelvin", n.stringAt("K"))
		f := finder{}
		check := func(what string) {
			t.Helper()
			for _, key := range []string{"Key0", "Key7", "key7", "KEY7", "Key39", "key39", "kelvin", "new", "NEW", "nothing", "Key3"} {
				var folded *node
				for _, m := range n.kids {
					if strings.EqualFold(m.key, key) {
						folded = m.val
					}
				}
				if got, want := f.step(n, key), n.step(key); got != want {
					t.Errorf("%s: %s leads to %v, want %v", what, key, got, want)
				}
				if got := f.stepFold(n, key); got != folded {
					t.Errorf("%s: %s leads to %v, want %v in any case", what, key, got, folded)
				}
			}
		}
		check("at first")
		n.remove("Key3")
		n.set("new", n.stringAt("new"))
		check("one for another")
		n.kids[0].val = n.stringAt("other")
		check("another value")
		n.kids = slices.Clip(slices.DeleteFunc(n.kids, func(m member) bool { return m.key == "new" }))
		check("one less")
		if def == objPaths {
			n.kids[0].key = "new"
			check("another key")
		}
		n.clear(kindObject)
		check("nothing")
	}
}
