package hostile

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// body answers with a text as JSON.
func body(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(text))
	}
}

// texts are bodies that are bad as a whole.
func texts(sample string) []attack {
	object, _ := strings.CutPrefix(sample, "{")
	digits := strings.Repeat("9", 100_000)
	var list []attack
	for name, text := range map[string]string{
		"a million lists":           strings.Repeat("[", 1_000_000),
		"a million objects":         strings.Repeat(`{"a":`, 200_000),
		"known names, deep":         nested(sample, 20_000),
		"lists in an unknown name":  `{"unknown":` + strings.Repeat("[", 500_000) + strings.Repeat("]", 500_000) + "," + object,
		"a string without end":      `{"a":"` + strings.Repeat("x", 500_000),
		"a name without end":        `{"` + strings.Repeat("x", 500_000),
		"something after the end":   sample + "{}",
		"two values":                sample + sample,
		"a comma too many":          sample[:len(sample)-1] + ",}",
		"single quotes":             strings.ReplaceAll(sample, `"`, "'"),
		"a comment":                 "/* */" + sample,
		"NaN":                       `{"unknown":NaN,` + object,
		"a number with a sign":      `{"unknown":+1,` + object,
		"a number with a zero":      `{"unknown":01,` + object,
		"a hexadecimal number":      `{"unknown":0x1F,` + object,
		"a number without end":      `{"unknown":1e,` + object,
		"only spaces":               strings.Repeat(" ", 100_000),
		"invalid UTF-8 in a string": `{"unknown":"` + "\xff\xfe" + `",` + object,
		"invalid UTF-8 in a name":   "{\"\xc0\xaf\":1," + object,
		"overlong UTF-8":            "{\"unknown\":\"\xe0\x80\xaf\"," + object,
		"a surrogate in UTF-8":      "{\"unknown\":\"\xed\xa0\x80\"," + object,
		"UTF-16":                    "\xff\xfe{\x00}\x00",
		"a control character":       "{\"unknown\":\"\x00\"," + object,
		"a line break in a string":  "{\"unknown\":\"\n\"," + object,
		"a bad escape":              `{"unknown":"\x41",` + object,
		"an escape cut short":       `{"unknown":"\u12"}`,
		"HTML":                      "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
		"binary":                    "\x7fELF\x02\x01\x01\x00\x00",
	} {
		list = append(list, attack{name: "JSON: " + name, want: fails, sent: []byte(text), answer: body(text)})
	}
	for name, text := range map[string]string{
		"nothing":                    "",
		"null":                       "null",
		"a byte order mark":          "\ufeff" + sample,
		"a huge number":              `{"unknown":` + digits + "," + object,
		"a huge exponent":            `{"unknown":1e` + digits + "," + object,
		"names a thousand times":     "{" + strings.Repeat(object[:len(object)-1]+",", 1000) + object,
		"an unknown name many times": "{" + strings.Repeat(`"unknown":1,`, 50_000) + object,
		"a hundred thousand names":   manyNames(100_000) + object,
		"escaped half surrogates":    `{"unknown":"\ud800\udfff\ud800",` + object,
		"names of methods":           `{"__proto__":{},"constructor":1,"MarshalJSON":2,"":3,` + object,
	} {
		list = append(list, attack{name: "JSON: " + name, answer: body(text)})
	}
	return list
}

// nested puts the first member of the sample around it, over and over.
func nested(sample string, depth int) string {
	start, _, _ := strings.Cut(sample, ":")
	return strings.Repeat(start+":", depth) + sample
}

func manyNames(n int) string {
	var b strings.Builder
	b.WriteByte('{')
	for i := range n {
		b.WriteString(`"n` + strconv.Itoa(i) + `":0,`)
	}
	return b.String()
}

// truncated cuts the sample off at every byte.
func truncated(sample string) []attack {
	var list []attack
	for i := 1; i < len(sample); i++ {
		list = append(list, attack{name: fmt.Sprintf("JSON: cut off at byte %d", i), want: fails, sent: []byte(sample[:i]), answer: body(sample[:i])})
	}
	return list
}

// wrongKinds puts values of all kinds at every place of the sample.
func wrongKinds(sample string) []attack {
	var root any
	dec := json.NewDecoder(strings.NewReader(sample))
	dec.UseNumber()
	if err := dec.Decode(&root); err != nil {
		panic(err) // the sample is part of the test
	}
	values := []string{`null`, `true`, `0`, `-1.5`, `1e400`, `-1e400`, `99999999999999999999999`, `1e-400`, `""`, `"x"`, `"\u0000"`, `"9e9"`, `[]`, `[[]]`, `[null]`, `{}`,
		`{"a":{}}`, `[{"type":[]}]`, `"2024-02-30T25:61:61Z"`, `"` + strings.Repeat("A", 10_000) + `"`, strings.Repeat("[", 900) + strings.Repeat("]", 900),
		`{"` + strings.Repeat("n", 20_000) + `":[[],{"n":[]},"x"]}`, "[" + strings.Repeat(`{"":[]},`, 2_000) + "0]"}
	var list []attack
	eachPlace(root, "", func(pointer string, set func(any)) {
		for _, value := range values {
			set(json.RawMessage(value))
			text, err := json.Marshal(root)
			if err != nil {
				panic(err) // the values are JSON
			}
			list = append(list, attack{name: fmt.Sprintf("JSON: %.20s at %s", value, pointer), answer: body(string(text))})
		}
	})
	return list
}

// eachPlace visits all values below v; set replaces one until the next visit.
func eachPlace(v any, pointer string, visit func(pointer string, set func(any))) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			value := v[key]
			visit(pointer+"/"+key, func(x any) { v[key] = x })
			v[key] = value
			eachPlace(value, pointer+"/"+key, visit)
		}
	case []any:
		for i, value := range v {
			visit(fmt.Sprintf("%s/%d", pointer, i), func(x any) { v[i] = x })
			v[i] = value
			eachPlace(value, fmt.Sprintf("%s/%d", pointer, i), visit)
		}
	}
}
