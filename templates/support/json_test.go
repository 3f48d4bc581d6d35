package support

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/oapi-codegen/runtime/types"
)

func TestParseTime(t *testing.T) {
	utc := func(day, hour, nanos int) time.Time { return time.Date(2024, 2, day, hour, 4, 5, nanos, time.UTC) }
	for _, tt := range []struct {
		text string
		want time.Time
		ok   bool
	}{
		{"2024-02-29T03:04:05Z", utc(29, 3, 0), true},
		{"2024-02-29T03:04:05.000000001Z", utc(29, 3, 1), true},
		{"2024-02-29T03:04:05.1234567899Z", utc(29, 3, 123456789), true},
		{"2024-02-29T05:04:05+02:00", utc(29, 3, 0), true},
		{"2024-02-29T05:04:05+0200", utc(29, 3, 0), true},
		{"2024-02-29T03:04:05", utc(29, 3, 0), true},
		{"2024-02-29 03:04:05", utc(29, 3, 0), true},
		{"2024-02-29 03:04:05 UTC", utc(29, 3, 0), true},
		{"2024-02-29t03:04:05z", utc(29, 3, 0), true},
		{"2024-02-29t05:04:05.5+02:00", utc(29, 3, 5e8), true},
		{"2024-02-29", time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), true},
		{"2024-02-01T23:59:60Z", time.Date(2024, 2, 2, 0, 0, 0, 0, time.UTC), true},
		{"2024-02-01t23:59:60.5z", time.Date(2024, 2, 2, 0, 0, 0, 5e8, time.UTC), true},
		{"2024-02-01T15:59:60-08:00", time.Date(2024, 2, 2, 0, 0, 0, 0, time.UTC), true}, // as RFC 3339 has it
		{"2024-02-01 23:59:60", time.Date(2024, 2, 2, 0, 0, 0, 0, time.UTC), true},
		{"2024-02-01T23:59:61+00:00", time.Time{}, false},
		{"", time.Time{}, true},
		{"2023-02-29T03:04:05Z", time.Time{}, false},
		{"2024-13-01T03:04:05Z", time.Time{}, false},
		{"2024-02-01T24:04:05Z", time.Time{}, false},
		{"2024-02-01T03:04:05.Z", time.Time{}, false},
		{"2024-02-01T03:04:0xZ", time.Time{}, false},
		{"tomorrow", time.Time{}, false},
	} {
		got, ok := parseTime(tt.text)
		if ok != tt.ok || ok && !got.Equal(tt.want) {
			t.Errorf("%q: got %v, %v, want %v, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}

func TestAny(t *testing.T) {
	for _, tt := range []struct {
		text string
		want any
	}{
		{"1", int64(1)},
		{"-0", int64(0)},
		{"9223372036854775807", int64(math.MaxInt64)},
		{"9223372036854776000", 9223372036854776000.0},
		{"9223372036854775808", json.Number("9223372036854775808")},
		{"9223372036854775809", json.Number("9223372036854775809")},
		{"1.0", 1.0},
		{"0.1", 0.1},
		{"1e2", 100.0},
		{"0.10000000000000000001", json.Number("0.10000000000000000001")},
		{"1e400", json.Number("1e400")},
		{"-1.50e-7", -1.5e-7},
		{"true", true},
		{"null", nil},
		{`"a"`, "a"},
		{`[]`, []any{}},
		{`{}`, map[string]any{}},
		{`{"a": [1, {"a": 2, "a": 3}]}`, map[string]any{"a": []any{int64(1), map[string]any{"a": int64(3)}}}},
	} {
		var got any
		err := (&decoder{data: []byte(tt.text)}).run(func(d *decoder) { got = d.any() })
		if err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: got %#v, %v, want %#v", tt.text, got, err, tt.want)
		}
		data, err := encodeJSON(func(e *encoder) { e.any(got) }, false)
		if err != nil || !sameValue(t, string(data), tt.text) {
			t.Errorf("%s: encoded %s, %v", tt.text, data, err)
		}
	}
}

func sameValue(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if strings.Contains(b, "e400") {
		return a == b
	}
	if err := errors.Join(json.Unmarshal([]byte(a), &x), json.Unmarshal([]byte(b), &y)); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(x, y)
}

func TestNotJSON(t *testing.T) {
	for _, text := range []string{
		"", " ", "01", "-", "1.", ".5", "+1", "1e", "tru", "nul", "'a'", `"a`, "\"\x01\"", `"\u12"`, `"\x"`, "[1", "[1,]", "[,1]", "[1 2]",
		"{", `{"a"}`, `{"a":}`, `{"a":1,}`, `{a:1}`, `{"a" 1}`, "1 2", "[1]]", "\xff", "NaN", "Infinity", "/**/1", "\ufeff1",
		"\x001", "1\x00", "\v1", "[\f1]", "[1,\x1f2]", `{"a":` + "\x0b1}", "{} \x01",
	} {
		err := (&decoder{data: []byte(text)}).run(func(d *decoder) { d.any() })
		if err == nil {
			t.Errorf("%q was accepted", text)
		}
		if json.Valid([]byte(text)) && utf8.ValidString(text) {
			t.Errorf("%q is valid", text)
		}
	}
}

// TestStrings compares strings of all sorts with encoding/json, both ways.
func TestStrings(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	alphabet := []rune("abc\"\\/\b\f\n\r\t\x00\x1f\u007fé世😀\u2028<>&")
	for range 2000 {
		text := make([]rune, r.IntN(40))
		for i := range text {
			text[i] = alphabet[r.IntN(len(alphabet))]
		}
		want := string(text)
		data, err := encodeJSON(func(e *encoder) { e.quoted(want) }, false)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		if err := json.Unmarshal(data, &got); err != nil || got != want {
			t.Fatalf("%q is encoded as %s, which reads as %q, %v", want, data, got, err)
		}
		data, err = json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if err := (&decoder{data: data}).run(func(d *decoder) { got = d.string() }); err != nil || got != want {
			t.Fatalf("%s reads as %q, %v", data, got, err)
		}
	}
	data, err := encodeJSON(func(e *encoder) { e.quoted("a\xffb\xc3") }, false)
	if err != nil || string(data) != "\"a\ufffdb\ufffd\"" {
		t.Errorf("got %s, %v", data, err)
	}
	for n := range 70 {
		text := `"` + strings.Repeat("a", n) + "\xff" + strings.Repeat("b", 69-n)
		data, err := encodeJSON(func(e *encoder) { e.quoted(text) }, false)
		if want := strings.ReplaceAll(strconv.Quote(text), `\xff`, "\ufffd"); err != nil || string(data) != want {
			t.Fatalf("got %s, %v, want %s", data, err, want)
		}
	}
}

// TestEveryByte has every byte at every position of strings of all lengths that
// are copied in different ways.
func TestEveryByte(t *testing.T) {
	for n := 1; n <= 36; n++ {
		for i := range n {
			for c := range 256 {
				text := []byte(strings.Repeat("a", n))
				text[i] = byte(c)
				data, err := encodeJSON(func(e *encoder) { e.quoted(string(text)) }, false)
				var got string
				if err != nil || json.Unmarshal(data, &got) != nil || got != strings.ToValidUTF8(string(text), "\uFFFD") {
					t.Fatalf("%q is encoded as %s, %v", text, data, err)
				}
			}
		}
	}
}

// TestEscapes has every character behind a backslash.
func TestEscapes(t *testing.T) {
	for c := range 128 {
		text := `"ab\` + string(rune(c)) + `0041cd"`
		var got, want string
		wrong := json.Unmarshal([]byte(text), &want)
		err := (&decoder{data: []byte(text)}).decode(&got)
		if (err == nil) != (wrong == nil) || err == nil && got != want {
			t.Errorf("%q is %q, %v; want %q, %v", text, got, err, want, wrong)
		}
	}
}

func TestIntegers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	numbers := []int64{0, math.MaxInt64, math.MinInt64}
	for p := int64(1); p < 1e18; p *= 10 {
		numbers = append(numbers, p, p-1, -p, 1-p, p*9)
	}
	for range 200_000 {
		numbers = append(numbers, int64(r.Uint64())>>r.IntN(64))
	}
	for _, n := range numbers {
		data, err := encodeJSON(func(e *encoder) { e.to = e.putInteger(e.to, n) }, false)
		if want := strconv.FormatInt(n, 10); err != nil || string(data) != want {
			t.Fatalf("got %s, %v, want %s", data, err, want)
		}
	}
}

// TestTimes compares times with what package time writes.
func TestTimes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	zone := time.FixedZone("", -9000)
	times := []time.Time{{}, time.Unix(0, 0), time.Unix(0, 0).In(zone), time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC),
		time.Date(9999, 12, 31, 23, 59, 59, 0, zone)}
	for _, v := range []time.Time{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(1<<62, 1).In(zone)} {
		_, err := encodeJSON(func(e *encoder) { e.to = e.putTime(e.to, v) }, false)
		_, dateErr := encodeJSON(func(e *encoder) { e.to = e.putDate(e.to, types.Date{Time: v}) }, false)
		if err == nil || dateErr == nil {
			t.Errorf("%v is written: %v, %v", v, err, dateErr)
		}
	}
	for range 20_000 {
		nanos, unit := r.Int64N(1e9), []int64{1, 1000, 1e6, 1e8, 1e9}[r.IntN(5)]
		times = append(times, time.Unix(r.Int64N(3e11)-6e10, nanos/unit*unit).UTC())
	}
	for _, v := range times {
		data, err := encodeJSON(func(e *encoder) { e.to = e.putTime(e.to, v) }, false)
		if want := v.Format(`"` + time.RFC3339Nano + `"`); err != nil || string(data) != want {
			t.Fatalf("got %s, %v, want %s", data, err, want)
		}
	}
}

// TestDays compares all days of the years 0 to 9999 with what package time says of them.
func TestDays(t *testing.T) {
	for n, day := 0, time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() <= 9999; n, day = n+1, day.Add(24*time.Hour) {
		year, month, d := day.Date()
		if got, want := civil(uint64(n)), uint64(year*1e4+int(month)*100+d); got != want {
			t.Fatalf("day %d is %d, want %d", n, got, want)
		}
	}
}

// TestFormatsRead has texts that are read although they do not have their format, which is a violation
// in strict mode.
func TestFormatsRead(t *testing.T) {
	type formats struct {
		Time time.Time  `json:"time,omitzero"`
		Date types.Date `json:"date,omitzero"`
		UUID types.UUID `json:"uuid,omitzero"`
	}
	for text, want := range map[string]string{
		`{"time":"2024-02-29T01:02:03Z"}`:                 "",
		`{"time":"2024-02-29T01:02:03.5+01:00"}`:          "",
		`{"time":"2016-12-31T23:59:60Z"}`:                 "",
		`{"time":"2016-12-31T15:59:60-08:00"}`:            "",
		`{"time":"2024-02-29T01:02:03"}`:                  "/time: format date-time",
		`{"time":"2024-02-29 01:02:03Z"}`:                 "/time: format date-time",
		`{"time":"2024-02-29"}`:                           "/time: format date-time",
		`{"time":""}`:                                     "/time: format date-time",
		`{"date":"2024-02-29"}`:                           "",
		`{"date":"2024-02-29T01:02:03Z"}`:                 "/date: format date",
		`{"date":""}`:                                     "/date: format date",
		`{"uuid":"123E4567-e89b-12d3-a456-426614174000"}`: "",
		`{"uuid":"123e4567e89b12d3a456426614174000"}`:     "/uuid: format uuid",
	} {
		if err := (&decoder{data: []byte(text)}).decode(new(formats)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		got := ""
		if err := decodeStrictly(&decoder{data: []byte(text)}, new(formats), uninspected); err != nil {
			got = strings.TrimPrefix(err.Error(), "validation failed: ")
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// TestBase64 has what servers send for bytes, beside what the format asks for.
func TestBase64(t *testing.T) {
	for text, want := range map[string]string{
		`""`: "", `"YQ=="`: "a", `"YQ"`: "a", `"-_8="`: "\xfb\xff", `"+/8="`: "\xfb\xff", `"YWJj\nZA==\n"`: "abcd", `"YWJj\r\nZA==\r\n"`: "abcd",
	} {
		var got []byte
		if err := (&decoder{data: []byte(text)}).decode(&got); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{`"Y"`, `"Y Q="`, `"YQ=YQ"`, `1`} {
		if err := (&decoder{data: []byte(text)}).decode(new([]byte)); err == nil {
			t.Errorf("%s is read", text)
		}
	}
}

func TestCopiedStrings(t *testing.T) {
	data := []byte(`["abc", "d\n"]`)
	var list []string
	d := &decoder{data: data, copyStrings: true}
	if err := d.run(func(d *decoder) { list = listOf(d, (*decoder).string) }); err != nil {
		t.Fatal(err)
	}
	clear(data)
	if list[0] != "abc" || list[1] != "d\n" {
		t.Errorf("got %q", list)
	}
}

// TestBenchTypes checks that the types of the benchmarks agree with the data.
func TestBenchTypes(t *testing.T) {
	data, v := benchIssues(t)
	again, err := encodeJSON(func(e *encoder) { e.value(&v) }, false)
	if err != nil || !sameValue(t, string(again), string(data)) {
		t.Errorf("issues do not survive a round trip: %v", err)
	}
}

func TestEncoderReuse(t *testing.T) {
	for i := range 3 {
		data, err := encodeJSON(func(e *encoder) { e.quoted(strings.Repeat("x", 3000*i)) }, false)
		if err != nil || len(data) != 3000*i+2 {
			t.Errorf("got %d bytes, %v", len(data), err)
		}
	}
	if _, err := encodeJSON(func(e *encoder) { e.to = e.putNumber(e.to, math.NaN(), 64) }, false); err == nil {
		t.Error("NaN was encoded")
	}
	if data, err := encodeJSON(func(e *encoder) { e.to = e.putNumber(e.to, 1e21, 64) }, false); err != nil || string(data) != "1e+21" {
		t.Errorf("got %s, %v: the error of the last use is still there", data, err)
	}
}

// TestEncodeNumbers holds that numbers are written as encoding/json writes them.
func TestEncodeNumbers(t *testing.T) {
	for _, v := range []float64{0, math.Copysign(0, -1), 1, -1, 30, 12345678, 1e14, -999999999999999, 1e15, 1e15 + 1, 1 << 53, 1 << 60,
		0.5, -30.25, 2e-6, 1e20, 1e21, -1e22, math.MaxFloat64, math.SmallestNonzeroFloat64, math.MaxInt64, math.MinInt64} {
		want64, _ := json.Marshal(v)
		got64, err := encodeJSON(func(e *encoder) { e.to = e.putNumber(e.to, v, 64) }, false)
		if err != nil || string(got64) != string(want64) {
			t.Errorf("got %s, %v, want %s", got64, err, want64)
		}
		small := float32(max(min(v, 1e30), -1e30))
		want32, _ := json.Marshal(small)
		got32, err := encodeJSON(func(e *encoder) { e.to = e.putNumber(e.to, float64(small), 32) }, false)
		if err != nil || string(got32) != string(want32) {
			t.Errorf("float32: got %s, %v, want %s", got32, err, want32)
		}
	}
}

// TestDecimals holds that decimal numbers are written as short as strconv writes them.
func TestDecimals(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 200_000 {
		v := float64(r.Int64N(1<<50)>>r.IntN(50)) / math.Pow10(r.IntN(10)) * float64(1-2*r.IntN(2))
		switch r.IntN(8) {
		case 0:
			v = math.Nextafter(v, 0)
		case 1:
			v = math.Float64frombits(r.Uint64())
		}
		want, err := json.Marshal(v)
		if err != nil {
			continue // it is no number
		}
		got, err := encodeJSON(func(e *encoder) { e.to = e.putNumber(e.to, v, 64) }, false)
		if err != nil || strings.Replace(string(got), "e-0", "e-", 1) != string(want) {
			t.Fatalf("got %s, %v, want %s", got, err, want)
		}
	}
}

// TestDecodeErrors holds that errors say where and what, without quoting a value.
func TestDecodeErrors(t *testing.T) {
	type value struct {
		N     int64    `json:"n"`
		Short int32    `json:"short"`
		Float float64  `json:"float"`
		Half  float32  `json:"half"`
		Flag  bool     `json:"flag"`
		Texts []string `json:"texts"`
	}
	for text, want := range map[string]string{
		`{"n":"secret"}`:            "decode JSON at /n: want number, got string",
		`{"n":[]}`:                  "decode JSON at /n: want number, got array",
		`{"n":x}`:                   "decode JSON at /n: want number at byte 5",
		`{"n":`:                     "decode JSON at /n: want number, got end of input",
		`{"n":1.5}`:                 "decode JSON at /n: number is not an integer that fits int64",
		`{"n":9223372036854775808}`: "decode JSON at /n: number is not an integer that fits int64",
		`{"short":2147483648}`:      "decode JSON at /short: number does not fit int32",
		`{"short":-2147483649}`:     "decode JSON at /short: number does not fit int32",
		`{"float":1e309}`:           "decode JSON at /float: number does not fit float64",
		`{"half":1e39}`:             "decode JSON at /half: number does not fit float32",
		`{"flag":1}`:                "decode JSON at /flag: want boolean, got number",
		`{"flag":tru}`:              "decode JSON at /flag: want true at byte 8",
		`{"texts":["a","b",1],"more":"and more"}`: "decode JSON at /texts/2: want string, got number",
		`{"texts":["a";"bcdefghijkl"]}`:           `decode JSON at /texts: want "," or "]" at byte 13`,
		`{} x`:                                    "decode JSON: want end of JSON at byte 3",
		`1`:                                       "decode JSON: want object, got number",
		`{"n":1e0,"short":-2147483648,"float":-1e308,"half":1e38,"flag":false}`: "<nil>",
	} {
		if err := unmarshal([]byte(text), new(value)); fmt.Sprint(err) != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}

// TestEncodeCycle holds that a value which contains itself is refused at last,
// however often it does, and that its check ends.
func TestEncodeCycle(t *testing.T) {
	one, many := &branch{}, &branch{}
	one.Next = one
	many.All = make([]branch, 3)
	for i := range many.All {
		many.All[i] = branch{Next: many, Other: many, All: many.All}
	}
	for name, v := range map[string]*branch{"once": one, "many times": many} {
		if _, err := marshal(v); err == nil {
			t.Errorf("%s: no error for a cycle", name)
		}
		var e *ValidationError
		if err := v.Validate(); !errors.As(err, &e) || len(e.Violations) != 1 || e.Violations[0].Keyword != "depth" || len(err.Error()) > 1000 {
			t.Errorf("%s: %v", name, err)
		}
	}
	list := []any{nil}
	list[0] = list
	if _, err := encodeJSON(func(e *encoder) { e.any(list) }, false); err == nil {
		t.Error("no error for a cycle of any")
	}
}

// Wherever it is, text that is not UTF-8 is an error that says where.
func TestInvalidUTF8(t *testing.T) {
	type value struct {
		Text string   `json:"text"`
		List []string `json:"list"`
	}
	for _, tt := range []struct{ text, pointer string }{
		{`{"text":"?"}`, "/text"},
		{`{"text":"a longer text, without an escape before ? and after it"}`, "/text"},
		{`{"text":"\n and?"}`, "/text"},
		{`{"text":"?\n"}`, "/text"},
		{`{"list":["a","?"]}`, "/list/1"},
		{`{"other":{"of":["?"]}}`, "/other"},
		{`{"?":1}`, ""},
		{`{"text":"a"} ?`, ""},
	} {
		for _, good := range []string{"é", "\u20ac", "\U0001F600"} {
			if text := strings.ReplaceAll(tt.text, "?", good); json.Valid([]byte(text)) {
				if err := unmarshal([]byte(text), new(value)); err != nil {
					t.Errorf("%s: %v", text, err)
				}
			}
		}
		for _, bad := range []string{"\xff", "\xc3", "\xed\xa0\x80", "\xe2\x82", "é\x80"} {
			text := strings.ReplaceAll(tt.text, "?", bad)
			var wrong *DecodeError
			if err := unmarshal([]byte(text), new(value)); !errors.As(err, &wrong) || wrong.Pointer != tt.pointer {
				t.Errorf("%q: got error %v, want one at %q", text, err, tt.pointer)
			}
		}
	}
}

// TestParseUTC has every byte in each place of a time, and every day of some
// years: what is a time there is the same one for package time.
func TestParseUTC(t *testing.T) {
	check := func(text string) {
		got, ok := parseUTC(text)
		want, err := time.Parse(time.RFC3339Nano, text)
		leap := strings.Contains(text, ":60") || strings.Contains(text, ",") // one knows those, the other these
		if ok != (err == nil) && !leap || ok && err == nil && got != want {
			t.Errorf("%q: got %v, %v, want %v, %v", text, got, ok, want, err)
		}
	}
	for _, text := range []string{"2024-02-29T13:04:05Z", "0000-12-31T23:59:59.987654321Z"} {
		for i := range len(text) {
			for c := range 256 {
				check(text[:i] + string([]byte{byte(c)}) + text[i+1:])
			}
		}
	}
	for _, year := range []string{"0000", "1900", "1999", "2000", "2023", "2024", "9999"} {
		for month := range 100 {
			for day := range 100 {
				check(fmt.Sprintf("%s-%02d-%02dT00:00:00Z", year, month, day))
			}
		}
	}
}
