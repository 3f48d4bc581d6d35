package support

import (
	"encoding/json"
	"testing"
)

// texts returns all sequences of up to n pieces.
func texts(pieces []string, n int) []string {
	list := []string{""}
	for from := 0; n > 0; n-- {
		to := len(list)
		for _, text := range list[from:to] {
			for _, piece := range pieces {
				list = append(list, text+piece)
			}
		}
		from = to
	}
	return list
}

// TestNumerals holds that what is skipped as a number is what JSON calls one.
func TestNumerals(t *testing.T) {
	for _, text := range texts([]string{"-", "+", ".", "e", "E", "0", "1", "9"}, 6) {
		for _, data := range []string{text, `{"unknown":` + text + `}`, "[" + text + ",0]"} {
			err := (&decoder{data: []byte(data)}).run(func(d *decoder) { d.raw() })
			if valid := json.Valid([]byte(data)); valid != (err == nil) {
				t.Errorf("%s: %v, but valid: %v", data, err, valid)
			}
		}
	}
}

// TestSkippedValues holds the same for values of all kinds.
func TestSkippedValues(t *testing.T) {
	for _, text := range texts([]string{"{", "}", "[", "]", ",", ":", `"a"`, "1", "null", "true", "fals", " "}, 5) {
		err := (&decoder{data: []byte(text)}).run(func(d *decoder) { d.raw() })
		if valid := json.Valid([]byte(text)); valid != (err == nil) {
			t.Errorf("%s: %v, but valid: %v", text, err, valid)
		}
	}
}

// TestEveryEscape holds that strings are what encoding/json makes of them.
func TestEveryEscape(t *testing.T) {
	for _, text := range texts([]string{`\u0041`, `\uD83d`, `\uDe00`, `\u00`, `\n`, `\/`, `\\`, `\"`, `\x`, `\`, `u`, "é", `"`, "plain, ", "\n"}, 4) {
		var got, want string
		err := (&decoder{data: []byte(`"` + text + `"`)}).run(func(d *decoder) { got = d.string() })
		if wrong := json.Unmarshal([]byte(`"`+text+`"`), &want); (wrong == nil) != (err == nil) || err == nil && got != want {
			t.Errorf("%q: got %q, %v; want %q, %v", text, got, err, want, wrong)
		}
	}
}
