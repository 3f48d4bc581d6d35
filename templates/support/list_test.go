package support

import (
	"reflect"
	"strings"
	"testing"
)

// Many inner lists that each look like the start of a long one must not cost
// the square of the text.
func TestListGuessesAreBounded(t *testing.T) {
	text := "[" + strings.TrimSuffix(strings.Repeat("["+strings.TrimSuffix(strings.Repeat("1,", 40), ",")+"],", 10_000), ",") + "]"
	d := &decoder{data: []byte(text)}
	var rows [][]int64
	if err := d.decode(&rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 10_000 || len(rows[9_999]) != 40 {
		t.Fatalf("decoded %d rows", len(rows))
	}
	if most := 4*len(text) + 64; d.guessed > most {
		t.Errorf("guessed %d bytes for a text of %d", d.guessed, len(text))
	}
}

// Short lists share an allocation: what a caller appends to one must not be
// seen in the next, nor in an optional string after it.
func TestListsDoNotOverlap(t *testing.T) {
	var v struct {
		First  []string `json:"first"`
		Second []string `json:"second"`
		Third  *string  `json:"third"`
	}
	if err := unmarshal([]byte(`{"first":["a"],"second":["b"],"third":"c"}`), &v); err != nil {
		t.Fatal(err)
	}
	v.First = append(v.First, "x")
	v.Second = append(v.Second, "y")
	if v.Second[0] != "b" || *v.Third != "c" {
		t.Errorf("appending changed others: %q, %q", v.Second, *v.Third)
	}
}

// The strings of a value that is like the last one share one allocation; of
// others there may be any number.
func TestStringsShareAnAllocation(t *testing.T) {
	type value struct {
		Name  *string  `json:"name"`
		First []string `json:"first"`
		More  []string `json:"more"`
	}
	texts := []string{`{"name":"a","first":["b","c","d"],"more":["e","f"]}`, `{}`, `{"first":["b"]}`,
		`{"name":"a","more":["` + strings.Repeat(`b","`, 200) + `"]}`, `{"name":"a","first":["b"],"more":["c"]}`}
	for _, text := range texts {
		data := []byte(text)
		decode := func() (v value) {
			if err := (&decoder{data: data}).decode(&v); err != nil {
				t.Fatal(err)
			}
			return v
		}
		first := decode()
		if again := decode(); !reflect.DeepEqual(first, again) {
			t.Errorf("%.60s: got %v, then %v", text, first, again)
		}
		const fixed = 2 // the decoder and the value
		if n := testing.AllocsPerRun(10, func() { decode() }); n > fixed+1 && len(data) < 100 {
			t.Errorf("%.60s: %v allocations", text, n)
		}
	}
}

// TestStringsCutOff decodes lists of strings that end too early, wherever that is.
func TestStringsCutOff(t *testing.T) {
	for _, text := range []string{`["a","b","c"]`, "[\n        \"a\",\n        \"b\"\n]", `["a", "b" ]`} {
		for n := range text {
			if err := unmarshal([]byte(text[:n]), new([]string)); err == nil {
				t.Errorf("%q is a list", text[:n])
			}
		}
		if err := unmarshal([]byte(text), new([]string)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
