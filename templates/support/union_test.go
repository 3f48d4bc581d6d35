package support

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestUnionOrder holds which variants are tried for a value, and in which order. To
// find out reads nothing, and takes nothing from what strict decoding has noted.
func TestUnionOrder(t *testing.T) {
	kinds := []shape{{kinds: strs}, {kinds: ints}, {kinds: floats}, {kinds: bools}, {kinds: arrays}, {kinds: objects}}
	texts := []shape{{kinds: strs, values: &scalars{strings: []string{"a"}}}, {kinds: strs, values: &scalars{strings: []string{"b"}}}, {kinds: strs | objects}}
	others := []shape{{kinds: anyKind, values: &scalars{others: []string{"1", "true"}}}, {kinds: anyKind, values: &scalars{others: []string{"2.5"}}}}
	lacking := []shape{{kinds: strs}, {kinds: objects, required: []string{"a"}, known: []string{"a"}}}
	listed := func(grows bool, required ...string) []shape {
		return []shape{
			{kinds: objects, known: []string{"a", "k"}},
			{kinds: objects, known: []string{"k", "z"}, required: required, consts: []constant{{name: "k", values: scalars{strings: []string{"x"}, grows: grows}}}},
		}
	}
	for _, tt := range []struct {
		name, text string
		shapes     []shape
		want       []int
	}{
		{"text", `"1"`, kinds, []int{0}},
		{"integer", `1`, kinds, []int{1, 2}},
		{"integer with a point", `1.0`, kinds, []int{1, 2}},
		{"integer with an exponent", `1e2`, kinds, []int{1, 2}},
		{"fraction", `1.5`, kinds, []int{2}},
		{"boolean", `true`, kinds, []int{3}},
		{"list", `[{}]`, kinds, []int{4}},
		{"object", `{}`, kinds, []int{5}},
		{"null", `null`, kinds, nil},
		{"listed text", `"b"`, texts, []int{1, 2}},
		{"listed text, escaped", `"\u0062"`, texts, []int{1, 2}},
		{"text that begins like an object", `"{"`, texts, []int{2}},
		{"listed number", `2.50`, others, []int{1}},
		{"listed boolean", `true`, others, []int{0}},
		{"number as text", `"1"`, others, []int{}},
		{"the only one, whatever it lacks", `{}`, lacking, []int{1}},
		{"a constant before all else", `{"k":"x","a":1}`, listed(false), []int{1, 0}},
		{"another constant", `{"k":"y"}`, listed(false), []int{0}},
		{"the last of equal constants", `{"k":"x","k":"y"}`, listed(false), []int{0}},
		{"a value not listed yet", `{"k":"y","z":1}`, listed(true), []int{1, 0}},
		{"a value not listed yet, and another property", `{"k":"y","b":1}`, listed(true), []int{0}},
		{"null", `{"k":null,"a":1}`, listed(false), []int{0, 1}},
		{"null where a value is required", `{"k":null,"z":1}`, listed(false, "k"), []int{0}},
		{"a value not listed yet, and one missing", `{"k":"y"}`, listed(true, "z"), []int{0}},
	} {
		d := &decoder{data: []byte(tt.text), strict: &violations{list: []Violation{{}}}}
		if u := d.union(tt.shapes); !slices.Equal(u.order, tt.want) || d.err != nil || d.pos != 0 || len(d.strict.list) != 1 {
			t.Errorf("%s: %v (%v, at %d), want %v", tt.name, u.order, d.err, d.pos, tt.want)
		}
	}
}

// TestUnionRivals holds which variants what a value holds decides among: those that match as well
// as the best, and others that lack nothing and have a place for all.
func TestUnionRivals(t *testing.T) {
	marked := shape{kinds: objects, known: []string{"a", "k"}, required: []string{"a"}, consts: []constant{{name: "k", values: scalars{strings: []string{"x"}}}}}
	named, free := shape{kinds: objects, known: []string{"k", "n"}, required: []string{"n"}}, shape{kinds: objects}
	open := shape{kinds: objects, known: []string{"k"}, open: true}
	for _, tt := range []struct {
		text   string
		shapes []shape
		want   []int
		tied   int
	}{
		{`"a"`, []shape{{kinds: strs}, {kinds: strs}, {kinds: ints}}, []int{0, 1}, 2},
		{`[1]`, []shape{{kinds: strs}, {kinds: arrays}, {kinds: arrays}}, []int{1, 2}, 2},
		{`1`, []shape{{kinds: strs}, {kinds: ints}}, nil, 0},
		{`{"k":"x","n":1}`, []shape{marked, named}, []int{0, 1}, 1},
		{`{"k":"x"}`, []shape{marked, named}, nil, 0},
		{`{"k":"x","a":1,"z":1}`, []shape{marked, named}, nil, 0},
		{`{"k":"x","z":1}`, []shape{marked, free}, []int{0, 1}, 1},
		{`{"k":"x","z":1}`, []shape{free, marked, open}, []int{1, 2, 0}, 1},
	} {
		d := &decoder{data: []byte(tt.text)}
		if u := d.union(tt.shapes); !slices.Equal(u.rivals, tt.want) || u.tied != tt.tied {
			t.Errorf("%s: %v, %d tied, want %v, %d", tt.text, u.rivals, u.tied, tt.want, tt.tied)
		}
	}
}

func TestDiscriminator(t *testing.T) {
	for text, want := range map[string]string{
		`{"k":"a"}`: "a", `{"x":{"k":"b"},"k":"\u0061"}`: "a", `{"k":1}`: "1", `{"x":"a"}`: "", `{"k":`: "", `"k"`: "", `[]`: "", `null`: "",
	} {
		d := &decoder{data: []byte(text), strict: &violations{list: []Violation{{}}}}
		if got := d.discriminator("k"); got != want || d.pos != 0 || len(d.strict.list) != 1 || (d.err != nil) != (text == `{"k":`) {
			t.Errorf("%s: %q (%v, at %d), want %q", text, got, d.err, d.pos, want)
		}
	}
}

// choice is a union as they are generated.
type choice struct{ Value any }

var shapesOfChoice = []shape{{kinds: arrays, known: []string{"id"}}, {kinds: arrays, known: []string{"text"}}, {kinds: objects}}

func (v *choice) decode(d *decoder) {
	for u := d.union(shapesOfChoice); u.next(v.Value); {
		switch u.variant {
		case 0:
			v.Value = decodeValue[[]struct {
				ID choice `json:"id"`
			}](d)
		case 1:
			v.Value = decodeValue[[]branch](d)
		case 2:
			v.Value = decodeVariant(d, new(struct {
				In map[string]choice `json:"in"`
			}))
		default:
			v.Value = d.unknown()
		}
	}
}

func (v *choice) encode(e *encoder)   { e.variant(v.Value) }
func (v *choice) validate(c *checker) { c.present("oneOf", v.Value) }
func (v *choice) Validate() error     { return validate(v) }

// TestUnionErrors holds that what is no JSON is reported where it is.
func TestUnionErrors(t *testing.T) {
	for text, want := range map[string]string{`[{"id":;}]`: "/0/id", `[{},{"id":[{"a":;}]}]`: "/1/id/0/a", `{"in":{"a":;}}`: "/in/a"} {
		var e *DecodeError
		if err := unmarshal([]byte(text), new(choice)); !errors.As(err, &e) || e.Pointer != want {
			t.Errorf("%s: %v, want it at %s", text, err, want)
		}
	}
}

// TestUnionsAreBounded holds that no text is read again without end.
func TestUnionsAreBounded(t *testing.T) {
	text := []byte(`[[[{"a":"` + strings.Repeat("a", 1000) + `"}]]]`)
	for name, read := range map[string]func(d *decoder) bool{
		"discriminator": func(d *decoder) bool { return d.discriminator("k") == "" && d.err == nil },
		"union": func(d *decoder) bool {
			u := d.union([]shape{{kinds: objects}, {kinds: objects}})
			return u.next(nil) && u.variant == 0
		},
	} {
		d, turns := &decoder{data: text, pos: 3}, 0
		for turns < 1000 && read(d) {
			turns++
		}
		if turns < 64 || turns == 1000 {
			t.Errorf("%s: read %d times", name, turns)
		}
	}
}

// TestUnionsOfUnions holds that a union which contains itself is refused at last,
// and that unions beside each other are not nested.
func TestUnionsOfUnions(t *testing.T) {
	one := new(choice)
	one.Value = one
	var e *ValidationError
	if err := one.Validate(); !errors.As(err, &e) || len(e.Violations) != 1 || e.Violations[0].Keyword != "depth" {
		t.Error(err)
	}
	many := make([]choice, 4*maxDepth)
	for i := range many {
		many[i].Value = &thing{ID: 1}
	}
	if err := validate(&many); err != nil {
		t.Error(err)
	}
}

func TestUnknown(t *testing.T) {
	for text, want := range map[string]string{`null`: "", `[1, "a"]`: `[1, "a"]`} {
		d := &decoder{data: []byte(text), strict: &violations{}}
		if got := d.unknown(); string(got) != want || d.pos != len(text) || len(d.strict.list) != 1 {
			t.Errorf("%s: %s, %v", text, got, d.strict.list)
		}
	}
}
