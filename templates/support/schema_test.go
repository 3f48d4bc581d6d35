package support

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// conformed returns what is wrong with a value by the schema called "S".
func conformed(set *schemaSet, value string) []string {
	c := &checker{text: new([]byte(value)), lenient: true}
	c.conform(set, "S", nil)
	var found []string
	for _, v := range c.list {
		found = append(found, v.String())
	}
	return found
}

func TestSchema(t *testing.T) {
	formats := []stringFormat{{"email", isEmail}}
	many := `{"p18":1`
	for i := range 20 {
		many += fmt.Sprintf(`,"p%d":%d`, i, 2-i/19)
	}
	many += `,"p3":2}`
	tests := []struct {
		name, text, value string
		want              []string
	}{
		{"type", `{"S":{"type":"integer"}}`, `1.0`, nil},
		{"types", `{"S":{"type":["integer","null"]}}`, `1.5`, []string{"type"}},
		{"nullable", `{"S":{"nullable":true,"type":"string","minLength":1}}`, `null`, nil},
		{"const by JSON equality", `{"S":{"const":{"a":[1,{"b":2.0}]}}}`, `{"a":[1.0,{"b":2}]}`, nil},
		{"enum", `{"S":{"enum":["a",[1],null]}}`, `[2]`, []string{"enum"}},
		{"every violation", `{"S":{"properties":{"a":{"minLength":2},"b":{"maximum":3}},"required":["c"]}}`, `{"a":"x","b":4}`,
			[]string{"/c: required", "/a: minLength 2", "/b: maximum 3"}},
		{"code points", `{"S":{"maxLength":2}}`, `"💩é"`, nil},
		{"counts beyond int32", `{"S":{"minLength":4294967296,"maxItems":4294967297,"maxProperties":4294967296}}`, `"a"`, []string{"minLength 4294967296"}},
		{"contains beyond int32", `{"S":{"contains":true,"maxContains":4294967296,"maxItems":4294967296}}`, `[1]`, nil},
		{"large numbers", `{"S":{"maximum":9007199254740992}}`, `9007199254740993`, []string{"maximum 9007199254740992"}},
		{"small decimals", `{"S":{"multipleOf":1e-8}}`, `12391239123.00000001`, nil},
		{"huge exponents", `{"S":{"multipleOf":7}}`, `7e999999999`, nil},
		{"pattern", `{"S":{"pattern":["^\\s$","^[ \\t]$"]}}`, `"x"`, []string{`pattern ^\s$`}},
		{"format", `{"S":{"format":"email"}}`, `"x"`, []string{"format email"}},
		{"unique", `{"S":{"uniqueItems":true}}`, `[{"a":1,"b":2},{"b":2.0,"a":1}]`, []string{"uniqueItems"}},
		{"unique, of other kinds", `{"S":{"uniqueItems":true}}`, `[1,"1",true,[1],{"1":1},null]`, nil},
		{"elements", `{"S":{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}}`, `[1,"a"]`, []string{"/0: type", "/1: type"}},
		{"contains", `{"S":{"contains":{"const":1},"minContains":2,"maxContains":3}}`, `[1,2]`, []string{"minContains 2"}},
		{"additionalProperties", `{"S":{"properties":{"a":true},"patternProperties":{"^x":true},"additionalProperties":false}}`, `{"a":1,"x1":1,"b/c":1}`,
			[]string{"/b~1c: additionalProperties"}},
		{"propertyNames", `{"S":{"propertyNames":{"maxLength":1}}}`, `{"ab":1}`, []string{"/ab: propertyNames"}},
		{"not", `{"S":{"not":{"required":["a"]}}}`, `{"a":1}`, []string{"not"}},
		{"oneOf, two", `{"S":{"oneOf":[{"type":"integer"},{"minimum":2}]}}`, `3`, []string{"oneOf"}},
		{"anyOf, none", `{"S":{"anyOf":[{"type":"integer"},{"minimum":2}]}}`, `1.5`, []string{"anyOf"}},
		{"if", `{"S":{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}}`, `{"a":1}`, []string{"/b: required"}},
		{"else", `{"S":{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}}`, `{}`, []string{"/c: required"}},
		{"dependentRequired", `{"S":{"dependentRequired":{"a":["b"]}}}`, `{"a":1}`, []string{"/b: dependentRequired a"}},
		{"dependentSchemas", `{"S":{"dependentSchemas":{"a":{"maxProperties":1}}}}`, `{"a":1,"b":2}`, []string{"maxProperties 1"}},
		{"unevaluatedProperties", `{"S":{"anyOf":[{"properties":{"a":true}},{"properties":{"b":true},"required":["b"]}],"unevaluatedProperties":false}}`,
			`{"a":1,"c":2}`, []string{"/c: unevaluatedProperties"}},
		{"unevaluatedItems", `{"S":{"prefixItems":[true],"contains":{"const":1},"unevaluatedItems":false}}`, `["x",1,2]`, []string{"/2: unevaluatedItems"}},
		{"references", `{"S":{"properties":{"next":{"$ref":"S"}},"not":{"required":["bad"]}}}`, `{"next":{"next":{"bad":1}}}`, []string{"/next/next: not"}},
		{"a reference to itself", `{"S":{"allOf":[{"$ref":"S"}],"minimum":1}}`, `0`, []string{"minimum 1"}},
		{"the last of equal properties", `{"S":{"properties":{"a":{"const":2}},"maxProperties":1}}`, `{"a":1,"a":2}`, nil},
		{"many properties", `{"S":{"required":["p3","p19","q"],"maxProperties":20,"properties":{"p3":{"const":2},"p18":{"const":2},"p19":{"const":2}}}}`, many,
			[]string{"/q: required", "/p19: const"}},
		{"null as an alternative", `{"S":{"anyOf":[{"nullable":true,"type":"string"}]}}`, `null`, nil},
		{"a pattern of no engine", `{"S":{"pattern":"(?=a)","patternProperties":{"(?=a)":false}}}`, `{"b":"b"}`, nil},
		{"unique, in another order", `{"S":{"uniqueItems":true}}`, `[[1,2],[2,1]]`, nil},
		{"unique, zero", `{"S":{"uniqueItems":true}}`, `[0,0.00e5]`, []string{"uniqueItems"}},
		{"not, numbers", `{"S":{"not":{"minimum":5,"maximum":9}}}`, `3`, nil},
		{"not, properties", `{"S":{"not":{"properties":{"a":{"const":1}},"patternProperties":{"^a":true}}}}`, `{"a":2}`, nil},
		{"not, elements", `{"S":{"not":{"prefixItems":[{"const":1},true]}}}`, `[2,2]`, nil},
		{"not, allOf", `{"S":{"not":{"allOf":[{"const":1},true]}}}`, `2`, nil},
		{"not, dependentSchemas", `{"S":{"not":{"dependentSchemas":{"a":false,"b":true}}}}`, `{"a":1,"b":1}`, nil},
		{"not, unevaluatedProperties", `{"S":{"not":{"unevaluatedProperties":{"const":1}}}}`, `{"a":2,"b":1}`, nil},
		{"not, unevaluatedItems", `{"S":{"not":{"unevaluatedItems":{"const":1}}}}`, `[2,1]`, nil},
		{"unevaluated, of another kind", `{"S":{"unevaluatedItems":false}}`, `{"a":1}`, nil},
		{"unevaluated, of both kinds", `{"S":{"unevaluatedProperties":false,"unevaluatedItems":false}}`, `[1]`, []string{"/0: unevaluatedItems"}},
		{"then without if", `{"S":{"then":false}}`, `1`, nil},
		{"tried, then asked", `{"S":{"anyOf":[{"$ref":"A"},true],"if":true,"then":{"$ref":"A"}},"A":{"minimum":2}}`, `1`, []string{"minimum 2"}},
		{"asked, then tried", `{"S":{"allOf":[{"$ref":"A"}],"not":{"$ref":"A"}},"A":{"properties":{"a":{"minimum":2}}}}`, `{"a":3}`, []string{"not"}},
		{"a trial of itself", `{"S":{"anyOf":[{"$ref":"A"}]},"A":{"allOf":[{"$ref":"A"}],"minimum":1}}`, `1`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, conformed(&schemaSet{text: tt.text, formats: formats}, tt.value)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestSchemaSaysItOnce holds that what is known to be wrong is not reported again.
func TestSchemaSaysItOnce(t *testing.T) {
	set := &schemaSet{text: `{"S":{"anyOf":[false],"oneOf":[false],"maxProperties":1,"properties":{"a":{"minLength":2},"b":{"minLength":2,"anyOf":[false]}}}}`}
	c := &checker{text: new([]byte(`{"a":"x","b":"x"}`)), lenient: true}
	c.add("", "oneOf", "")
	c.add("/a", "minLength", "2")
	c.add("/b", "maxLength", "1")
	c.conform(set, "S", nil)
	if got, want := fmt.Sprint(c.list[3:]), "[maxProperties 1 /b: minLength 2 /b: anyOf]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestSchemaOfNothing holds that what cannot be written is left to sending it, and that an
// empty response is no value.
func TestSchemaOfNothing(t *testing.T) {
	set := &schemaSet{text: `{"S":{"type":"string"}}`}
	c := &checker{}
	if c.conform(set, "S", new(math.NaN())); len(c.list) > 0 {
		t.Errorf("NaN: %v", c.list)
	}
	if found := conformed(set, ""); len(found) > 0 {
		t.Errorf("nothing: %v", found)
	}
}

// chapter has a schema, which covers what is in it.
type chapter struct {
	Text string    `json:"text"`
	In   []chapter `json:"in"`
}

var chapters = schemaSet{text: `{"S":{"properties":{"text":{"maxLength":1},"in":{"items":{"$ref":"S"}}}}}`}

func (v *chapter) validate(c *checker) { c.conform(&chapters, "S", v) }

func (v *chapter) Validate() error { return validate(v) }

// TestSchemaOfParts holds that values beside each other are all checked, and once.
func TestSchemaOfParts(t *testing.T) {
	const want = "validation failed: /0/text: maxLength 1; /0/in/0/text: maxLength 1; /1/text: maxLength 1"
	if err := validate(&[]chapter{{"long", []chapter{{"long", nil}}}, {"long", nil}}); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestSchemaUndecided holds that a value does not count as one that fits when there was
// no time to find out, even if the pattern is in a not.
func TestSchemaUndecided(t *testing.T) {
	set := &schemaSet{text: `{"S":{"not":{"pattern":"(?=a)"}}}`, compile: func(string) matcher {
		return func(*checker, string) (ok, decided bool) { return false, false }
	}}
	if got, want := fmt.Sprint(conformed(set, `"b"`)), "[pattern (?=a)"+undecided+"]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSchemaNumbers(t *testing.T) {
	for _, tt := range []struct {
		v, of string
		want  bool
	}{
		{"0.3", "0.1", true}, {"0.35", "0.1", false}, {"1e-8", "1e-8", true}, {"0", "3", true}, {"-9", "3", true}, {"-9", "-3", true},
		{"1e308", "0.5", true}, {"4.5", "1.5", true}, {"0.0075", "0.0001", true}, {"0.00751", "0.0001", false},
		{"9007199254740993", "2", false}, {"1e1000000000", "3", false}, {"3e-1000000000", "1e-1000000001", true}, {"1", "0", false}, {"0e-5", "1", true},
	} {
		if got := isMultipleOf(tt.v, tt.of); got != tt.want {
			t.Errorf("%s is a multiple of %s: %v", tt.v, tt.of, got)
		}
	}
	ordered := []string{"-1e400", "-10", "-2.5", "-2", "-0.1", "0", "1e-400", "0.1", "0.11", "1", "9007199254740992", "9007199254740993", "1e400"}
	for i, a := range ordered {
		for j, b := range ordered {
			if got := compareNumbers(a, b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("compare %s and %s: %d", a, b, got)
			}
		}
	}
	if got := compareNumbers("0", "0.0e5"); got != 0 {
		t.Errorf("compare zeros: %d", got)
	}
	for text, want := range map[string]bool{"0": true, "0.00": true, "-0": true, "1.0": true, "1e2": true, "120e-1": true, "1.5": false, "1e-1": false} {
		if isWhole(text) != want {
			t.Errorf("%s is whole: %v", text, !want)
		}
	}
}

// TestSchemaIsLinear holds that each named schema is asked about a value at
// most once for a verdict and once for a report, however often alternatives lead
// there: this value has 2^200 ways through the schema.
func TestSchemaIsLinear(t *testing.T) {
	const depth = 200
	set := &schemaSet{text: `{"S":{"oneOf":[{"$ref":"A"},{"$ref":"B"}]},
		"A":{"properties":{"next":{"$ref":"S"},"kind":{"const":"a"}},"required":["kind"]},
		"B":{"properties":{"next":{"$ref":"S"},"kind":{"const":"b"}},"required":["kind"]}}`}
	value := strings.Repeat(`{"kind":"a","next":`, depth) + `{"kind":"b"}` + strings.Repeat("}", depth)
	in := &inspection{checker: &checker{}, set: set, verdicts: map[question]*verdict{}}
	s := set.schema("S")
	v := (&decoder{data: []byte(value)}).instance()
	if found := (&violations{}); !in.check(s, v, found, nil) {
		t.Error(found.list)
	}
	if most := 3 * (depth + 1); len(in.verdicts) > most {
		t.Errorf("%d verdicts, want at most %d", len(in.verdicts), most)
	}
	bad := strings.Replace(value, `"kind":"b"`, `"kind":"c"`, 1)
	if got := conformed(set, bad); fmt.Sprint(got) != "[oneOf]" {
		t.Error(got)
	}
}

// TestSchemaOfNestedLists holds that equality of nested lists is found out once
// for each element: the numbers of elements stand for them further out.
func TestSchemaOfNestedLists(t *testing.T) {
	const depth = 300
	set := &schemaSet{text: `{"S":{"uniqueItems":true,"items":{"$ref":"S"}}}`}
	value := strings.Repeat("[1,", depth) + "2" + strings.Repeat("]", depth)
	in := &inspection{checker: &checker{}, set: set, verdicts: map[question]*verdict{}}
	if !in.check(set.schema("S"), (&decoder{data: []byte(value)}).instance(), nil, nil) {
		t.Error("not unique")
	}
	size := 0
	for text := range in.ids.byText {
		size += len(text)
	}
	if most := 32 * depth; size > most {
		t.Errorf("identities take %d bytes for %d of JSON", size, len(value))
	}
}
