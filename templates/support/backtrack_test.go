package support

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// hopeless is a pattern for which backtracking takes a time that is exponential
// in the size of a text such as slow.
const hopeless = `^((?=a)a+)+$`

var slow = strings.Repeat("a", 40) + "!"

func TestBacktracking(t *testing.T) {
	match := compileBacktracking(`^(?=.*\d)(?!x)\S+$`)
	for text, want := range map[string]bool{"a1": true, "x1": false, "ab": false} {
		if ok, decided := match(&checker{}, text); ok != want || !decided {
			t.Errorf("%s: %v, %v", text, ok, decided)
		}
	}
	if ok, decided := compileBacktracking(hopeless)(&checker{}, slow); ok || decided {
		t.Errorf("a hopeless match: %v, %v", ok, decided)
	}
	if compileBacktracking(`(`) != nil {
		t.Error("a broken expression is compiled")
	}
}

// TestBacktrackingOfManyTexts holds that the time for one text is not given to
// every text of a value, and that what was not looked at is reported, wherever
// in a schema the pattern is.
func TestBacktrackingOfManyTexts(t *testing.T) {
	const texts = 100_000 // each would take 100 ms
	list := slices.Repeat([]string{slow}, texts)
	names := make([]string, texts)
	for i := range names {
		names[i] = fmt.Sprintf("%q:1", slow+fmt.Sprint(i))
	}
	elements := `["` + strings.Join(list, `","`) + `"]`
	schema := func(schema, value string) func(*checker) {
		schema = strings.ReplaceAll(schema, "HOPELESS", hopeless)
		return func(c *checker) {
			c.text = new([]byte(value))
			c.conform(&schemaSet{text: `{"S":` + schema + `}`, compile: compileBacktracking}, "S", nil)
		}
	}
	p := &backtrackingPattern{source: hopeless}
	for name, check := range map[string]func(*checker){
		"strings": func(c *checker) {
			c.each("", len(list), func(i int) { c.string("", list[i]).backtracking(p) })
		},
		"items":             schema(`{"items":{"pattern":"HOPELESS"}}`, elements),
		"not":               schema(`{"items":{"not":{"pattern":"HOPELESS"}}}`, elements),
		"anyOf":             schema(`{"items":{"anyOf":[{"pattern":"HOPELESS"},true]}}`, elements),
		"contains":          schema(`{"contains":{"pattern":"HOPELESS"},"minContains":0}`, elements),
		"patternProperties": schema(`{"patternProperties":{"HOPELESS":false}}`, "{"+strings.Join(names, ",")+"}"),
		"propertyNames":     schema(`{"propertyNames":{"pattern":"HOPELESS"}}`, "{"+strings.Join(names, ",")+"}"),
		"a schema per element": func(c *checker) {
			set := &schemaSet{text: `{"S":{"not":{"pattern":"` + hopeless + `"}}}`, compile: compileBacktracking}
			c.each("", len(list), func(i int) {
				c.conform(set, "S", &list[i])
				c.conforming = false
			})
		},
	} {
		c := &checker{lenient: true, spent: checkTime * 9 / 10}
		start := time.Now()
		check(c)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: it took %s", name, took)
		}
		if !slices.ContainsFunc(c.list, func(v Violation) bool { return v.Keyword == "pattern" && v.Limit == hopeless+undecided }) {
			t.Errorf("%s: %d violations, none says that the pattern was not decided", name, len(c.list))
		}
	}
}

// TestBacktrackingOfManyShortTexts holds that texts which take no long time
// are all decided.
func TestBacktrackingOfManyShortTexts(t *testing.T) {
	p := &backtrackingPattern{source: `^(?!x)[a-z]{1,20}$`}
	c := &checker{}
	c.each("", 20_000, func(int) { c.string("", "word").backtracking(p) })
	if c.list != nil {
		t.Error(c.list[0])
	}
}
