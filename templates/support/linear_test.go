//go:build unix

package support

import (
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// sized is a check of a value, for values of every size.
type sized struct {
	name   string
	schema string // "S" is its name; none for what needs no schema
	value  func(n int) string
	check  func(value string) // instead of the schema
}

func listOfN(n int, element string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(element, "#", strconv.Itoa(i))
	}
	return strings.Join(parts, ",")
}

// levels puts text around itself; 800 levels are as deep as JSON may be with
// two levels in each.
func levels(n int, before, inner, after string) string {
	return strings.Repeat(before, n) + inner + strings.Repeat(after, n)
}

// alternatives are anyOf in anyOf, without names for their parts.
func alternatives(depth int, inner string) string {
	if depth == 0 {
		return inner
	}
	part := alternatives(depth-1, inner)
	return `{"anyOf":[` + part + `,` + part + `]}`
}

func sizedChecks() []sized {
	numbers := func(n int) string { return "[" + listOfN(n, "#") + "]" }
	objects := func(n int) string { return "[" + listOfN(n, `{"a":#,"b":[#,{"c":"#"}]}`) + "]" }
	members := func(n int) string { return "{" + listOfN(n, `"n#":#`) + "}" }
	tree := func(n int) string { // 30 levels of lists, all as long
		return levels(30, `{"kind":"a","next":[`+strings.Repeat(`{"kind":"b"},`, n/30), `{"kind":"b"}`, "]}")
	}
	recursive := func(text string) string { return strings.ReplaceAll(text, "SELF", `{"$ref":"S"}`) }
	return []sized{
		{name: "uniqueItems", schema: `{"uniqueItems":true}`, value: objects},
		{name: "uniqueItems at all levels", schema: recursive(`{"uniqueItems":true,"items":SELF,"additionalProperties":SELF}`), value: func(n int) string {
			return levels(300, `{"next":[1,`, `[`+listOfN(n, "#")+`]`, "]}")
		}},
		{name: "contains", schema: `{"contains":{"contains":{"const":7}},"minContains":0,"maxContains":9}`, value: objects},
		{name: "contains at all levels", schema: recursive(`{"contains":SELF,"minContains":0,"properties":{"next":SELF}}`), value: tree},
		{name: "items", schema: `{"prefixItems":[{"const":0}],"items":{"type":"integer","minimum":1,"multipleOf":1}}`, value: numbers},
		{name: "enum of large values", schema: `{"enum":[[` + listOfN(2000, "#") + `,-1]]}`, value: numbers},
		{name: "anyOf of anyOf", schema: `{"items":` + alternatives(4, `{"required":["x"]}`) + `}`, value: objects},
		{name: "oneOf of oneOf", schema: `{"items":` + strings.ReplaceAll(alternatives(4, `{"required":["a"]}`), "anyOf", "oneOf") + `}`, value: objects},
		{name: "anyOf at all levels", schema: recursive(`{"anyOf":[{"properties":{"next":{"items":SELF}},"required":["x"]},{"anyOf":[{"properties":{"next":{"items":SELF}}},SELF]}]}`), value: tree},
		{name: "not and if at all levels", schema: recursive(`{"if":{"not":{"properties":{"next":{"items":SELF}}}},"then":false,"else":{"properties":{"next":{"items":SELF}}}}`), value: tree},
		{name: "dependentSchemas at all levels", schema: recursive(`{"dependentSchemas":{"next":{"properties":{"next":{"items":SELF}}},"kind":{"properties":{"next":{"items":SELF}}}}}`), value: tree},
		{name: "unevaluatedProperties", schema: `{"anyOf":[{"patternProperties":{"^n":true}},{"patternProperties":{"^x":true}}],"unevaluatedProperties":false}`, value: members},
		{name: "unevaluatedProperties at all levels", schema: recursive(`{"allOf":[{"anyOf":[{"properties":{"next":{"items":SELF}}},{"properties":{"kind":true}}]},{"properties":{"next":{"items":SELF}}}],"unevaluatedProperties":SELF}`), value: tree},
		{name: "unevaluatedItems at all levels", schema: recursive(`{"allOf":[{"contains":{"required":["x"]},"minContains":0}],"properties":{"next":SELF},"unevaluatedItems":SELF}`), value: tree},
		{name: "propertyNames", schema: `{"propertyNames":{"pattern":"^n","maxLength":9},"minProperties":1}`, value: members},
		{name: "what is wrong everywhere", schema: `{"items":{"properties":{"a":false,"b":{"items":false}},"required":["z"]}}`, value: objects},
		{name: "what is wrong below long names", schema: recursive(`{"additionalProperties":SELF,"items":false}`), value: func(n int) string {
			return levels(20, `{"`+strings.Repeat("n", n)+`":`, "["+listOfN(2000, "#")+"]", "}")
		}},
		{name: "digits of multipleOf", schema: `{"multipleOf":7}`, value: func(n int) string { return strings.Repeat("7", 20*n) }},
		{name: "digits of limits", schema: `{"minimum":7,"exclusiveMaximum":1e400,"const":3}`, value: func(n int) string { return strings.Repeat("7", 20*n) }},
		{name: "uniqueItems without schema", value: objects, check: func(value string) {
			list := decodeSized[[]any](value)
			unique(&checker{}, "", list)
		}},
		{name: "violations of strict decoding", value: func(n int) string {
			return levels(500, `{"next":`, `{"`+strings.Repeat("n", n)+`":[]}`, "}")
		}, check: func(value string) {
			_ = decodeStrictly(&decoder{data: []byte(value)}, new(branch), uninspected, func(c *checker) { c.check(new(branch)) })
		}},
		{name: "sizes of nested objects", value: func(n int) string {
			return levels(900, `{"next":`, `{"text":"`+strings.Repeat("n", 20*n)+`"}`, "}")
		}, check: func(value string) {
			v := decodeSized[branch](value)
			_ = validate(&v)
		}},
		{name: "regular expressions as values", value: func(n int) string { return strings.Repeat("a{1000}", n/4) }, check: func(value string) { isRegex(value) }},
	}
}

// branch contains branches, and has limits.
type branch struct {
	Next  *branch  `json:"next,omitzero"`
	Other *branch  `json:"other,omitzero"`
	All   []branch `json:"all,omitzero"`
	Text  string   `json:"text"`
}

func (v *branch) Validate() error { return validate(v) }

func (v *branch) validate(c *checker) { c.properties("", countProperties(v)).max(9) }

// bush is a branch whose branches differ.
type bush struct {
	All  []bush `json:"all,omitzero"`
	Text string `json:"text"`
}

func (v *bush) Validate() error { return validate(v) }

func (v *bush) validate(c *checker) { unique(c, "/all", v.All) }

func decodeSized[T any](value string) (v T) {
	if err := unmarshal([]byte(value), &v); err != nil {
		panic(err) // it is part of the test
	}
	return v
}

// processorTime is what this process has used so far: what else the machine
// does is no part of it.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// TestChecksAreLinear takes for a value the time of eight that are an eighth as
// large, garbage collection included; a check that is quadratic would take
// eight times as long.
func TestChecksAreLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a while")
	}
	for _, tt := range sizedChecks() {
		t.Run(tt.name, func(t *testing.T) {
			set := &schemaSet{text: `{"S":` + tt.schema + `}`}
			took := func(times int, value string) time.Duration {
				start := processorTime(t)
				for range times {
					if tt.check != nil {
						tt.check(value)
					} else {
						c := &checker{lenient: true, text: new([]byte(value))}
						c.conform(set, "S", nil)
					}
				}
				return processorTime(t) - start
			}
			const n = 2000
			small, large := tt.value(n), tt.value(8*n)
			a, b := time.Hour, time.Hour
			for range 6 { // others may be busy
				a, b = min(a, took(8, small)), min(b, took(1, large))
				if b < 2*a || b < 5*time.Millisecond {
					return
				}
			}
			if b > 4*a {
				t.Errorf("it takes %s for eight times %d bytes, and %s for %d", a, len(small), b, len(large))
			}
		})
	}
}

// TestUniqueDeepDown holds that the time for lists of different elements in
// lists of different elements, all of them large, is bounded, and that this is
// reported.
func TestUniqueDeepDown(t *testing.T) {
	large := strings.Repeat("n", 1<<20)
	v := decodeSized[bush](levels(450, `{"text":"","all":[{"text":"x"},`, `{"text":"`+large+`"}`, "]}"))
	c := &checker{spent: checkTime * 9 / 10}
	c.check(&v)
	if c.spent > checkTime+10<<20 {
		t.Errorf("it took %s", time.Duration(c.spent))
	}
	if len(c.list) == 0 || !strings.HasSuffix(c.list[0].String(), ": uniqueItems (not decided, it takes too long)") {
		t.Errorf("got %d violations, want those that were not decided", len(c.list))
	}
	small := decodeSized[bush](levels(450, `{"text":"","all":[{"text":"x"},`, `{"text":"n"}`, "]}"))
	if err := small.Validate(); err != nil {
		t.Error(err)
	}
}
