package compare

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/oasdiff/oasdiff/checker"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/output"
	"github.com/seed-a7989e22/apigen/generator/typecheck"
)

func TestEffect(t *testing.T) {
	tests := []struct {
		rule string
		want Effect
	}{
		{"api-removed-without-deprecation", Breaking},
		{"api-removed-with-deprecation", Breaking},
		{"new-required-request-property", Breaking},
		{"request-property-enum-value-removed", Breaking},
		{"response-optional-property-removed", Breaking},
		{"optional-response-header-removed", Breaking},
		{"request-parameter-removed-with-deprecation", Breaking},
		{"response-property-type-changed", Breaking},
		{"request-body-discriminator-mapping-deleted", Breaking},
		{"response-property-discriminator-property-name-changed", Breaking},
		{"request-body-discriminator-mapping-added", Additive},
		{"response-property-enum-value-added", Additive},
		{"response-body-one-of-added", Additive},
		{"request-property-enum-value-added", Additive},
		{"request-property-max-length-unset", Additive},
		{"endpoint-added", Additive},
		{"new-optional-request-parameter", Additive},
		{"endpoint-deprecated", Documentation},
		{"endpoint-reactivated", Documentation},
		{"api-tag-added", Documentation},
		{"request-parameter-default-value-removed", Documentation},
		{"api-schema-removed", Documentation},
	}
	levels := checker.GetCheckLevels()
	for _, tt := range tests {
		level, ok := levels[tt.rule]
		if !ok {
			t.Errorf("there is no check %s", tt.rule)
		}
		if got := effect(tt.rule, level); got != tt.want {
			t.Errorf("%s is %s, not %s", tt.rule, got, tt.want)
		}
	}
}

func TestCode(t *testing.T) {
	tests := []struct{ in, want string }{
		{"name", "`name`"},
		{"", "` `"},
		{"a`b\n# c\u202e", "`a'b\uFFFD# c\uFFFD`"},
		{strings.Repeat("é", maxValue+1), "`" + strings.Repeat("é", maxValue) + "…`"},
	}
	for _, tt := range tests {
		if got := code(tt.in); got != tt.want {
			t.Errorf("code(%q) = %s, not %s", tt.in, got, tt.want)
		}
	}
}

func TestDescribed(t *testing.T) {
	tests := []struct{ in, want string }{
		{"removed", "removed"},
		{"changed from int64 to *string", "changed from `int64` to `*string`"},
		{"changed from Pet to Pet", "no longer the type of everything that had it"},
		{`value changed from "a" to "b"`, "value changed from `\"a\"` to `\"b\"`"},
		{"no longer implements PetVariant", "no longer implements `PetVariant`"},
	}
	for _, tt := range tests {
		if got := described(tt.in); got != tt.want {
			t.Errorf("%q is described as %s", tt.in, got)
		}
	}
}

func TestChangedParts(t *testing.T) {
	part := func(ref string) []byte { return []byte(`{"$ref":"` + ref + `"}`) }
	old := map[string][]byte{
		"#/paths/a":                  part("#/components/schemas/A"),
		"#/paths/b":                  part("#/components/schemas/B"),
		"#/components/schemas/A":     part("#/components/schemas/C~1%7Bx%7D/properties/y"),
		"#/components/schemas/B":     []byte("{}"),
		"#/components/schemas/C/{x}": []byte("{}"),
	}
	tests := []struct {
		name, pointer, to, want string
	}{
		{"nothing", "#/components/schemas/B", "{}", ""},
		{"a path", "#/paths/b", "{}", "#/paths/b"},
		{"what others refer to", "#/components/schemas/C/{x}", "[]", "#/components/schemas/A #/components/schemas/C/{x} #/paths/a"},
		{"something new", "#/paths/c", "{}", "#/paths/c"},
	}
	for _, tt := range tests {
		after := maps.Clone(old)
		after[tt.pointer] = []byte(tt.to)
		got := strings.Join(slices.Sorted(maps.Keys(changedParts(old, after))), " ")
		if got != tt.want {
			t.Errorf("%s: %s, not %s", tt.name, got, tt.want)
		}
	}
	old["#/paths/b"] = part("#/paths/~1a/get")
	if changedParts(old, old) != nil {
		t.Error("a reference to a path is not followed, but counts as known")
	}
}

func TestVariants(t *testing.T) {
	file := func(src string) []output.File {
		return []output.File{{Name: "x.go", Content: []byte("package x\n" + src)}}
	}
	const both = `type PetVariant interface{ isPet() }
type Cat struct{}
type Dog string
type Cow struct{}
func (*Cow) isPet() {}
func (*Cow) IsFed() {}
`
	c := &comparison{subjects: subjectsOf(), groups: map[string]*Group{}}
	err := c.variants(file(both+"func (*Cat) isPet() {}\nfunc (Dog) isPet() {}\n"), file(both+"func (Dog) isPet() {}\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Change{{Effect: Breaking, Subject: InGo, Text: "`*Cat`: no longer implements `PetVariant`"}}
	if got := c.report(); len(got.Groups) != 1 || !slices.Equal(got.Groups[0].Changes, want) {
		t.Errorf("%+v", got)
	}
}

// TestPairedByName compares packages in which one type has become two: what is
// said about them does not depend on chance.
func TestPairedByName(t *testing.T) {
	side := func(src string) Side {
		api := &ir.API{Package: "x"}
		return Side{API: api, Files: []output.File{{Name: "x.go", Content: []byte("package x\n" + src)}}}
	}
	const old = `type Box struct { One, Two, Three Item }
type Item struct { Name string }
`
	const new = `type Box struct { One Item; Two ItemOther; Three Item }
type Item struct { Name, More string }
type ItemOther struct { Name string }
`
	want := []Change{
		{Effect: Breaking, Subject: InGo, Text: "`Box.Two`: changed from `Item` to `ItemOther`"},
		{Effect: Additive, Subject: InGo, Text: "`Item.More`: added"},
		{Effect: Additive, Subject: InGo, Text: "`ItemOther`: added"},
	}
	for range 20 {
		checker := typecheck.New()
		c := &comparison{subjects: subjectsOf(), groups: map[string]*Group{}}
		if err := c.packages(checker, side(old), side(new)); err != nil {
			t.Fatal(err)
		}
		if got := c.report(); len(got.Groups) != 1 || !slices.Equal(got.Groups[0].Changes, want) {
			t.Fatalf("%+v", got)
		}
	}
}

// TestComparable holds what counts of structs that == no longer compares.
func TestComparable(t *testing.T) {
	const old = "type Box struct { Item Item }\ntype Item struct { Name string }\n"
	tests := []struct {
		new  string
		want []Change
	}{
		{"type Box struct { Item Item }\ntype Item struct { Name string; Words []string }\n", []Change{
			{Effect: Additive, Subject: InGo, Text: "`Box`: old is comparable, new is not"},
			{Effect: Additive, Subject: InGo, Text: "`Item.Words`: added"},
			{Effect: Additive, Subject: InGo, Text: "`Item`: old is comparable, new is not"},
		}},
		{"type Box struct { Item Item }\ntype Item struct { Name []string }\n", []Change{
			{Effect: Breaking, Subject: InGo, Text: "`Item.Name`: changed from `string` to `[]string`"},
			{Effect: Breaking, Subject: InGo, Text: "`Item`: old is comparable, new is not"},
			{Effect: Additive, Subject: InGo, Text: "`Box`: old is comparable, new is not"},
		}},
	}
	for _, tt := range tests {
		side := func(src string) Side {
			return Side{API: &ir.API{Package: "x"}, Files: []output.File{{Name: "x.go", Content: []byte("package x\n" + src)}}}
		}
		c := &comparison{subjects: subjectsOf(), groups: map[string]*Group{}}
		if err := c.packages(typecheck.New(), side(old), side(tt.new)); err != nil {
			t.Fatal(err)
		}
		if got := c.report(); len(got.Groups) != 1 || !slices.Equal(got.Groups[0].Changes, tt.want) {
			t.Errorf("%+v", got)
		}
	}
}
