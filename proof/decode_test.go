package proof_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generated/cloudflare"
	"github.com/seed-a7989e22/apigen/generated/datadog"
	"github.com/seed-a7989e22/apigen/generated/shapes"
)

// FuzzDecode decodes arbitrary JSON into generated types. What is accepted is
// JSON, can be encoded, and decodes from that to the same value, which does
// not depend on the buffer it came from.
func FuzzDecode(f *testing.F) {
	for _, text := range jsonSeeds() {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if json.Valid(data) && !uniform(data, 1<<20, func(name string, again bool) bool { return !again || name != "species" }) {
			return // the first discriminator chooses the variant, the last is encoded
		}
		decodeTwice[shapes.Everything](t, data)
		decodeTwice[shapes.ListShapesResponse](t, data)
		decodeTwice[shapes.Value](t, data)
		decodeTwice[shapes.Pet](t, data)
		decodeTwice[shapes.Open](t, data)
		decodeTwice[shapes.EverythingUnion](t, data)
		decodeTwice[shapes.EverythingNested](t, data)
		decodeTwice[datadog.CloudflareAccountResponse](t, data)
		decodeTwice[cloudflare.AccountListResponse](t, data)
		samePlain(t, data)
	})
}

// jsonSeeds returns JSON texts to start from.
func jsonSeeds() []string {
	everything := `{"id":"1","kind":"round","at":"2024-01-02T03:04:05.678Z","day":"2024-02-29","uuid":"6ba7b810-9dad-11d1-80b4-00c04fd430c8",` +
		`"data":"AAEC/w==","size":5,"maybe":null,"level":2,"always":"yes!","anything":{"a":[1,2.5,1e400,12345678901234567890,"x",null,true]},` +
		`"anythings":[1,"2",{}],"free":{"a":1},"plain":{"text":"t"},"parent":{"id":"0","kind":"square","at":"2024-01-02 03:04:05"},` +
		`"children":[{"id":"2"},{"id":"2"}],"pet":{"species":"dog","friends":[{"species":"cat","lives":9},{"species":"eel"}]},"pets":[null],` +
		`"value":[1,"x",true,{"a":[]},null,1.5],"union":{"code":1},"nested":{"species":"cat"},"pair":["a",1],"open":{"known":"k","more":7,"text":"x","no":[]},` +
		`"merged":{"code":5,"more":"aaa"},"secret":"s","nullables":[1,null],"times":{"a":"2024-01-02T03:04:05+01:00"},"unknown":[1]}`
	plain := `{"text":"\u00e9\ud83d\ude00\n","whole":-9223372036854775808,"small":2147483647,"number":1.5e-7,"single":0.1,"flag":true,"words":["a",""],` +
		`"counts":{"a":1,"b":-2},"lists":[[1,2.5],[]],"inner":{"text":"x","inner":{"flag":false}},"inners":[{},{"whole":1}],"named":{"k":{"number":0}}}`
	return []string{
		everything, plain, `{"items":[` + everything + `],"next":"n"}`, `{"items":[` + plain + `]}`, strings.ReplaceAll(everything, ",", " ,\n\t"),
		"null", "true", "0", `""`, "[]", "{}", "[[[]]]", `[1,2,3]`, `{"a&b":"<"}`, `{"a":{"b":{"c":[{"d":1}]}}}`, `-0`, `1e5`, `0.1`, `9223372036854775808`,
		`{"species":"cat"}`, `{"species":"dog","species":"cat","lives":1,"friends":[]}`, `{"text":"a","text":"b"}`, `{"te\u0078t":"escaped"}`,
		`{"id":1}`, `{"at":""}`, `{"at":"0000-00-00"}`, `{"data":"!"}`, `{"uuid":"x"}`, `{"whole":1.0}`, `{"whole":1e2}`, `{"single":1e39}`,
		`{"success":true,"result":[{"id":"a","name":"b"}],"result_info":{"page":1}}`, `{"data":{"id":"a","type":"cloudflare-accounts","attributes":{"name":"n"}}}`,
		`"` + "\xff" + `"`, `"\ud800"`, "\ufeff{}", `{"a":1,}`, `[1 2]`, "{\"a\":\x00}", strings.Repeat("[", 2000), strings.Repeat(`{"inner":`, 1100) + "{}" + strings.Repeat("}", 1100),
	}
}

// generated is what every type of a generated package has.
type generated[T any] interface {
	*T
	json.Unmarshaler
}

// decodeTwice decodes data into a T, encodes that and decodes it again.
func decodeTwice[T any, P generated[T]](t *testing.T, data []byte) {
	t.Helper()
	first, buffer := new(T), bytes.Clone(data)
	if err := P(first).UnmarshalJSON(buffer); err != nil {
		return
	}
	if !json.Valid(data) {
		t.Fatalf("%T accepts what is not JSON: %q", first, data)
	}
	clear(buffer)
	if v, ok := any(first).(interface{ Validate() error }); ok {
		_ = v.Validate() // whatever it says
	}
	encoded, err := json.Marshal(first)
	if err != nil {
		t.Fatalf("%T cannot be encoded: %v\n%s", first, err, data)
	}
	second := new(T)
	if err := P(second).UnmarshalJSON(encoded); err != nil {
		t.Fatalf("%T does not accept its own encoding: %v\n%s\n%s", first, err, data, encoded)
	}
	if diff := cmp.Diff(first, second, cmp.FilterValues(areNumbers, cmp.Comparer(sameNumber)), cmp.Comparer(sameText), cmp.Exporter(func(reflect.Type) bool { return true }), cmp.Comparer(filledIn[cloudflare.AccountListResponse]), cmp.Comparer(filledIn[datadog.CloudflareAccountResponse])); diff != "" {
		t.Fatalf("%T decodes to something else again (-first +second):\n%s\n%s\n%s", first, diff, data, encoded)
	}
	again, err := json.Marshal(second)
	if err != nil || !bytes.Equal(encoded, again) {
		t.Fatalf("%T encodes to something else again: %v\n%s\n%s", first, err, encoded, again)
	}
}

// sameText compares what was kept as it came: encoding/json takes white space
// out, and escapes what means something in HTML.
func sameText(a, b json.RawMessage) bool {
	var x, y bytes.Buffer
	if json.Compact(&x, a) != nil || json.Compact(&y, b) != nil {
		return bytes.Equal(a, b)
	}
	var htmlX, htmlY bytes.Buffer
	json.HTMLEscape(&htmlX, x.Bytes())
	json.HTMLEscape(&htmlY, y.Bytes())
	return bytes.Equal(htmlX.Bytes(), htmlY.Bytes())
}

// filledIn compares what has required lists and constants, which the encoder
// fills in, by what is encoded.
func filledIn[T any](a, b T) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// areNumbers and sameNumber compare free-form numbers, which have the Go type
// that fits how they are written: 1e3 is a float64, 1000 an int64.
func areNumbers(a, b any) bool {
	isNumber := func(v any) bool {
		switch v.(type) {
		case int64, float64, json.Number:
			return true
		}
		return false
	}
	return isNumber(a) && isNumber(b)
}

func sameNumber(a, b any) bool {
	x, _ := strconv.ParseFloat(fmt.Sprint(a), 64)
	y, _ := strconv.ParseFloat(fmt.Sprint(b), 64)
	return x == y
}

// plain is shapes.Plain for encoding/json/v2.
type plain struct {
	Text   *string          `json:"text"`
	Whole  *int64           `json:"whole"`
	Small  *int32           `json:"small"`
	Number *float64         `json:"number"`
	Single *float32         `json:"single"`
	Flag   *bool            `json:"flag"`
	Words  []string         `json:"words"`
	Counts map[string]int64 `json:"counts"`
	Lists  [][]float64      `json:"lists"`
	Inner  *plain           `json:"inner"`
	Inners []plain          `json:"inners"`
	Named  map[string]plain `json:"named"`
}

// convert makes a plain of what the generated code has decoded.
func convert(v *shapes.Plain) *plain {
	if v == nil {
		return nil
	}
	p := &plain{Text: v.Text, Whole: v.Whole, Small: v.Small, Number: v.Number, Single: v.Single, Flag: v.Flag,
		Words: v.Words, Counts: v.Counts, Lists: v.Lists, Inner: convert(v.Inner)}
	if v.Inners != nil {
		p.Inners = make([]plain, len(v.Inners))
		for i := range v.Inners {
			p.Inners[i] = *convert(&v.Inners[i])
		}
	}
	if v.Named != nil {
		p.Named = map[string]plain{}
		for key, value := range v.Named {
			p.Named[key] = *convert(&value)
		}
	}
	return p
}

// samePlain compares the generated decoder with encoding/json/v2: what that
// accepts, both do, to the same value, unless it nests deeper than the
// generated code goes.
func samePlain(t *testing.T, data []byte) {
	t.Helper()
	want := &plain{}
	if jsonv2.Unmarshal(data, want) != nil || !uniform(data, 900, func(string, bool) bool { return true }) {
		return
	}
	got := &shapes.Plain{}
	if err := got.UnmarshalJSON(data); err != nil {
		t.Fatalf("encoding/json/v2 accepts it, the generated code does not: %v\n%s", err, data)
	}
	if converted := convert(got); !reflect.DeepEqual(want, converted) {
		t.Fatalf("not what encoding/json/v2 decodes (-want +got):\n%s\n%s", cmp.Diff(want, converted), data)
	}
}

// uniform reports whether data nests less than depth and all its names are
// good; again says that the object had the name before.
func uniform(data []byte, depth int, good func(name string, again bool) bool) bool {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	return uniformValue(dec, depth, good)
}

func uniformValue(dec *json.Decoder, depth int, good func(string, bool) bool) bool {
	token, err := dec.Token()
	if err != nil || depth == 0 {
		return false
	}
	delim, ok := token.(json.Delim)
	if !ok {
		return true
	}
	for names := map[string]bool{}; dec.More(); {
		if delim == '{' {
			name, err := dec.Token()
			if err != nil || !good(name.(string), names[name.(string)]) {
				return false
			}
			names[name.(string)] = true
		}
		if !uniformValue(dec, depth-1, good) {
			return false
		}
	}
	_, err = dec.Token() // the end
	return err == nil
}
