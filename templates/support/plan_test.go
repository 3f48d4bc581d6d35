package support

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/oapi-codegen/runtime/types"
)

type (
	token   string
	tokens  []token
	deep    [][]map[string][]*token
	stamp   time.Time
	tag     types.UUID
	mapping map[string]mapping // contains itself
	listing []listing
)

// odd has fields of all sizes and alignments.
type odd struct {
	A    bool              `json:"a"`
	B    *bool             `json:"b,omitzero"`
	C    float32           `json:"c"`
	D    int32             `json:"d"`
	E    bool              `json:"e"`
	F    int64             `json:"f"`
	G    *float32          `json:"g,omitzero"`
	H    token             `json:"h"`
	I    *token            `json:"i,omitzero"`
	J    tokens            `json:"j,omitzero"`
	K    deep              `json:"k,omitzero"`
	L    stamp             `json:"l"`
	M    tag               `json:"m"`
	N    Nullable[token]   `json:"n,omitzero"`
	O    Nullable[[]*odd]  `json:"o,omitzero"`
	P    mapping           `json:"p,omitzero"`
	Q    listing           `json:"q,omitzero"`
	R    struct{}          `json:"r"`
	S    []struct{}        `json:"s,omitzero"`
	T    map[string]*bool  `json:"t,omitzero"`
	U    []Nullable[int64] `json:"u,omitzero"`
	V    **odd             `json:"v,omitzero"`
	W    any               `json:"w,omitzero"`
	X    [][]byte          `json:"x,omitzero"`
	Y    json.RawMessage   `json:"y,omitzero" null:"a"`
	Z    *big.Int          `json:"z,omitzero" null:"a"`
	Text fmt.Stringer      `json:"text,omitzero" null:"a"`
	Last struct {
		Inner struct {
			Flag bool `json:"flag"`
		} `json:"inner"`
	} `json:"last"`
	Rest map[string]int32 `json:"-" api:"extra"`
}

const oddText = `{"a":true,"b":false,"c":1.5,"d":-7,"e":true,"f":9,"g":0.25,"h":"w","i":"x","j":["y","z"],"k":[[{"a":["b",null]},{}],[]],` +
	`"l":"2024-01-02T03:04:05Z","m":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","n":null,"o":[null,{"h":"in"}],"p":{"a":{"b":{}}},"q":[[],[[]]],"r":{},"s":[{},{}],` +
	`"t":{"a":true,"b":null},"u":[1,2],"v":{"h":"far"},"w":[1,"2",{"x":null}],"x":["AAEC",""],"y":{"raw":[1]},"z":123456789012345678901234567890,` +
	`"last":{"inner":{"flag":true}},"more":1,"most":-2}`

// TestPlansOfOddTypes decodes into fields of every size and kind, and encodes
// them: each is where the plan says, and the others are left alone.
func TestPlansOfOddTypes(t *testing.T) {
	var v odd
	if err := unmarshal([]byte(oddText), &v); err != nil {
		t.Fatal(err)
	}
	if v.F != 9 || *v.G != 0.25 || *v.K[0][0]["a"][0] != "b" || v.K[0][0]["a"][1] != nil || time.Time(v.L).Year() != 2024 || (*v.V).H != "far" || string(v.Y) != `{"raw":[1]}` ||
		len(v.S) != 2 || !v.Last.Inner.Flag || v.Rest["most"] != -2 || v.T["b"] != nil || len(v.Q[1]) != 1 {
		t.Errorf("got %+v", v)
	}
	first, err := marshal(&v)
	if err != nil {
		t.Fatal(err)
	}
	var again odd
	if err := unmarshal(first, &again); err != nil {
		t.Fatal(err)
	}
	if second, err := marshal(&again); err != nil || string(first) != string(second) {
		t.Errorf("%v\n%s\n%s", err, first, second)
	}
}

// TestPlansKeepToTheirFields decodes every property of an odd struct by itself:
// nothing else is changed.
func TestPlansKeepToTheirFields(t *testing.T) {
	var properties map[string]json.RawMessage
	if err := json.Unmarshal([]byte(oddText), &properties); err != nil {
		t.Fatal(err)
	}
	for name, value := range properties {
		for _, text := range []string{string(value), "null", "[]", `""`, "{}", "1e400", "true", `[[{"a":[[]]}]]`} {
			var v, zero odd
			_ = unmarshal([]byte(`{"`+name+`":`+text+`}`), &v)
			got, want := reflect.ValueOf(v), reflect.ValueOf(zero)
			for i := range got.NumField() {
				f := got.Type().Field(i)
				if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name || tag == "-" && len(name) == 4 {
					continue
				}
				if !reflect.DeepEqual(got.Field(i).Interface(), want.Field(i).Interface()) {
					t.Errorf("%s: %s has changed the field %s", name, text, f.Name)
				}
			}
		}
	}
}

// TestForeignTypes holds that what encoding/json should do is left to it, even
// where the type looks like one that plans know.
func TestForeignTypes(t *testing.T) {
	var v odd
	if err := unmarshal([]byte(`{"text":"x"}`), &v); err == nil || v.Text != nil {
		t.Errorf("an interface with methods holds what is not of it (%v)", err)
	}
	if out, err := marshal(&odd{Y: json.RawMessage("{")}); err == nil {
		t.Errorf("JSON that is none: %s", out)
	}
	digits := struct {
		N json.Number `json:"n" null:"a"`
	}{"12"}
	if out, err := marshal(&digits); err != nil || string(out) != `{"n":12}` {
		t.Errorf("a number as text: %s, %v", out, err)
	}
	if err := unmarshal([]byte(`{"y":"no base64!"}`), &v); err != nil || string(v.Y) != `"no base64!"` {
		t.Errorf("raw JSON: %s, %v", v.Y, err)
	}
}

// TestLargeStructs has more fields than any document asks for in practice, each
// far from the start.
func TestLargeStructs(t *testing.T) {
	const n = 3000
	var fields []reflect.StructField
	var text []string
	for i := range n {
		f := reflect.StructField{Name: fmt.Sprint("F", i), Type: reflect.TypeFor[int64](), Tag: reflect.StructTag(fmt.Sprintf(`json:"f%d"`, i))}
		switch i % 3 {
		case 1:
			f.Type = reflect.TypeFor[bool]()
			text = append(text, fmt.Sprintf(`"f%d":true`, i))
		case 2:
			f.Type = reflect.TypeFor[struct {
				A [50]struct{ B [8]byte } `json:"-"`
				S string                  `json:"s"`
			}]()
			text = append(text, fmt.Sprintf(`"f%d":{"s":"%d"}`, i, i))
		default:
			text = append(text, fmt.Sprintf(`"f%d":%d`, i, i))
		}
		fields = append(fields, f)
	}
	v := reflect.New(reflect.StructOf(fields))
	want := "{" + strings.Join(text, ",") + "}"
	slices.Reverse(text)
	p := planOf(v.Type().Elem(), "")
	if err := (&decoder{data: []byte("{" + strings.Join(text, ",") + "}")}).run(func(d *decoder) { p.decode(d, v.UnsafePointer()) }); err != nil {
		t.Fatal(err)
	}
	got, err := encodeJSON(func(e *encoder) { e.to = p.encode(e, e.to, v.UnsafePointer()) }, false)
	if err != nil || string(got) != want {
		t.Errorf("%v\n%.200s\n%.200s", err, got, want)
	}
}

// TestPlansAreMadeOnce makes the plans of new types from many goroutines, which
// read, write and check at the same time.
func TestPlansAreMadeOnce(t *testing.T) {
	for round := range 20 {
		inner := reflect.StructOf([]reflect.StructField{{Name: "N", Type: reflect.TypeFor[*branch](), Tag: reflect.StructTag(fmt.Sprintf(`json:"n%d,omitzero"`, round))}})
		typ := reflect.StructOf([]reflect.StructField{
			{Name: "A", Type: reflect.SliceOf(inner), Tag: `json:"a,omitzero"`},
			{Name: "B", Type: reflect.MapOf(reflect.TypeFor[string](), reflect.PointerTo(inner)), Tag: `json:"b,omitzero"`},
		})
		text := strings.ReplaceAll(`{"a":[{"n#":{"text":"t"}},{}],"b":{"k":{"n#":{"text":"u"}}}}`, "#", fmt.Sprint(round))
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				v := reflect.New(typ).Interface()
				if err := unmarshal([]byte(text), v); err != nil {
					t.Error(err)
				}
				if err := validate(v); err != nil {
					t.Error(err)
				}
				if out, err := marshal(v); err != nil || string(out) != text {
					t.Errorf("%s, %v", out, err)
				}
			})
		}
		group.Wait()
	}
}

// TestNilEverywhere writes and checks values whose maps, lists and pointers are
// nil, as callers may leave them.
func TestNilEverywhere(t *testing.T) {
	var v odd
	out, err := marshal(&v)
	if err != nil || !json.Valid(out) {
		t.Errorf("%s, %v", out, err)
	}
	v = odd{K: deep{nil, {nil}}, O: NullableOf([]*odd{nil, {}}), V: new(*odd), T: map[string]*bool{"a": nil}, X: [][]byte{nil}, Q: listing{nil}, P: mapping{"a": nil}}
	if out, err = marshal(&v); err != nil || !json.Valid(out) {
		t.Errorf("%s, %v", out, err)
	}
	if err := validate(&v); err != nil {
		t.Error(err)
	}
	for _, nothing := range []any{(*odd)(nil), (*branch)(nil), (*[]branch)(nil)} {
		if err := validate(nothing); err != nil {
			t.Error(err)
		}
	}
}

// TestDecodedKeepsNoBuffer holds that a value decoded from a copy does not
// change with the bytes that it came from, nor one string with another.
func TestDecodedKeepsNoBuffer(t *testing.T) {
	data := []byte(oddText)
	var v, want odd
	if err := unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	if err := unmarshal([]byte(oddText), &want); err != nil {
		t.Fatal(err)
	}
	clear(data)
	v.X[0] = append(v.X[0], "more"...) // does not write over what follows
	v.Y = append(v.Y, "more"...)
	want.X[0] = append(slices.Clone(want.X[0]), "more"...)
	want.Y = append(slices.Clone(want.Y), "more"...)
	if diff := cmp.Diff(want, v, cmp.Exporter(func(reflect.Type) bool { return true }), cmp.Comparer(func(a, b stamp) bool { return time.Time(a).Equal(time.Time(b)) })); diff != "" {
		t.Error(diff)
	}
}

// TestNamesOfAllLengths compares properties with what encoding/json writes: up to some length, names
// are written by words.
func TestNamesOfAllLengths(t *testing.T) {
	text, number := "text", int64(7)
	for n := 1; n < 50; n++ {
		field := func(letter string, v any) reflect.StructField {
			return reflect.StructField{Name: strings.ToUpper(letter), Type: reflect.TypeOf(v),
				Tag: reflect.StructTag(`json:"` + strings.Repeat(letter, n) + `,omitzero"`)}
		}
		typ := reflect.StructOf([]reflect.StructField{field("a", text), field("b", &text), field("c", &number), field("d", &number)})
		v := reflect.New(typ)
		v.Elem().Field(0).SetString(text)
		v.Elem().Field(1).Set(reflect.ValueOf(&text))
		v.Elem().Field(2).Set(reflect.ValueOf(&number))
		got, err := marshal(v.Interface())
		want, wrong := json.Marshal(v.Interface())
		if err != nil || wrong != nil || string(got) != string(want) {
			t.Errorf("got %s, %v, want %s, %v", got, err, want, wrong)
		}
	}
}

// TestNotes holds where null is welcome: strict decoding has nothing against it, what is
// beside it is as strict as ever, and nil is written as null.
func TestNotes(t *testing.T) {
	type noted struct {
		Bare  []string            `json:"bare,omitzero"`
		List  []string            `json:"list,omitzero" null:"0"`
		Lists [][]string          `json:"lists,omitzero" null:"1"`
		Both  [][]string          `json:"both,omitzero" null:"01"`
		Deep  [][]map[string]bool `json:"deep,omitzero" null:"2"`
		Maybe Nullable[[][]tag]   `json:"maybe,omitzero" null:"2"`
		Large []*big.Int          `json:"large,omitzero" null:"b"`
		Limit []branch            `json:"limit,omitzero" null:"0"`
	}
	const fine = "<nil>"
	for _, tt := range []struct{ text, want string }{
		{`{"list":[]}`, fine},
		{`{"lists":[null,[],["a"]]}`, fine},
		{`{"both":[null]}`, fine},
		{`{"deep":[[null,{}]]}`, fine},
		{`{"maybe":[null]}`, fine},
		{`{"maybe":null}`, fine},
		{`{"large":[12345678901234567890,null]}`, fine},
		{`{"limit":[{"text":"a"}]}`, fine},
		{`{"bare":null}`, "/bare: type array"},
		{`{"list":[null]}`, "/list/0: type string"},
		{`{"lists":[[null]]}`, "/lists/0/0: type string"},
		{`{"lists":null}`, "/lists: type array"},
		{`{"deep":[null]}`, "/deep/0: type array"},
		{`{"limit":[{"text":null}]}`, "/limit/0/text: type string"},
	} {
		var v noted
		err := decodeStrictly(&decoder{data: []byte(tt.text)}, &v, uninspected)
		if got := strings.TrimPrefix(fmt.Sprint(err), "validation failed: "); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.text, got, tt.want)
		}
		if out, err := marshal(&v); tt.want == fine && (err != nil || string(out) != tt.text) {
			t.Errorf("got %s, %v, want %s", out, err, tt.text)
		}
	}
	type required struct {
		List []string         `json:"list" null:"0"`
		Map  map[string]int32 `json:"map" null:"0"`
	}
	if out, err := marshal(new(required)); err != nil || string(out) != `{"list":null,"map":null}` {
		t.Errorf("got %s, %v", out, err)
	}
}

// TestPlansReplace decodes into a value that is in use: nothing of it is left, and what was
// taken from it stays as it is.
func TestPlansReplace(t *testing.T) {
	var v odd
	if err := unmarshal([]byte(`{"q":[[],[]],"t":{"a":true},"j":["a","b"]}`), &v); err != nil {
		t.Fatal(err)
	}
	taken := v.Q
	if err := unmarshal([]byte(`{"q":[[[]]],"t":{"b":false},"j":["c"]}`), &v); err != nil || len(taken[0]) != 0 || len(v.Q) != 1 || len(v.T) != 1 || len(v.J) != 1 {
		t.Errorf("got %v, %v, %v, %v, taken %v", v.Q, v.T, v.J, err, taken)
	}
	if err := unmarshal([]byte(`{"q":null,"t":null,"j":null}`), &v); err != nil || v.Q != nil || v.T != nil || v.J != nil {
		t.Errorf("got %v, %v, %v, %v", v.Q, v.T, v.J, err)
	}
}

// TestNamesAlike decodes properties whose names differ in one place, in both orders: a
// property is not taken for the one that is expected.
func TestNamesAlike(t *testing.T) {
	for n := 1; n < 24; n++ {
		for at := range n {
			one := strings.Repeat("n", n)
			other := one[:at] + "o" + one[at+1:]
			field := func(name, tag string) reflect.StructField {
				return reflect.StructField{Name: name, Type: reflect.TypeFor[int32](), Tag: reflect.StructTag(`json:"` + tag + `"`)}
			}
			v := reflect.New(reflect.StructOf([]reflect.StructField{field("A", one), field("B", other)}))
			for i, text := range []string{`{"%s":1,"%s":2,"x":"` + one + `"}`, `{"%[2]s":2,"%[1]s":1,"x":"` + one + `"}`} {
				text = fmt.Sprintf(text, one, other)
				for range 2 {
					v.Elem().SetZero()
					if err := unmarshal([]byte(text), v.Interface()); err != nil || v.Elem().Field(0).Int() != 1 || v.Elem().Field(1).Int() != 2 {
						t.Errorf("%d, %s: %v, %v", i, text, v.Elem().Interface(), err)
					}
				}
			}
		}
	}
}

// shelf has limits in a field, in its map of other properties and where null is welcome.
type shelf struct {
	One  bush            `json:"one"`
	More []bush          `json:"more,omitzero" null:"0"`
	Last string          `json:"last"`
	Rest map[string]bush `json:"-" api:"extra"`
}

func (v *shelf) Validate() error { return validate(v) }

// TestPartsOfPlans checks what is in all parts of a value, and that parts beside each other
// are not nested.
func TestPartsOfPlans(t *testing.T) {
	bad := bush{All: []bush{{}, {}}}
	v := shelf{One: bad, More: []bush{{}, bad}, Rest: map[string]bush{"b": bad}}
	const want = "validation failed: /one/all: uniqueItems; /more/1/all: uniqueItems; /b/all: uniqueItems"
	if err := v.Validate(); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if err := validate(&shelf{More: make([]bush, 4*maxDepth)}); err != nil {
		t.Error(err)
	}
	text := `{"one":{"text":""},"last":"a","-":{"text":"b"}}`
	v = shelf{}
	if err := unmarshal([]byte(text), &v); err != nil || v.Last != "a" || v.Rest["-"].Text != "b" {
		t.Errorf("got %+v, %v", v, err)
	}
	if out, err := marshal(&v); err != nil || string(out) != text {
		t.Errorf("got %s, %v, want %s", out, err, text)
	}
}
