package support

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// encoderAt writes to the n-th byte of a buffer.
func encoderAt(buf []byte, n int) *encoder {
	e := newEncoder(buf)
	e.start(n)
	return e
}

// TestEndOfBuffer writes every kind of value where the buffer is about to end.
func TestEndOfBuffer(t *testing.T) {
	for n := range 1100 {
		values := []any{strings.Repeat("a", n), true, false, nil, int64(math.MinInt64), 12345678, 0.000001, math.MaxFloat64,
			[]any{}, map[string]any{"key": []any{"b"}}, strings.Repeat("\x01", n), strings.Repeat("é", n/2)}
		for i := range values {
			e := encoderAt(make([]byte, 1024), 0)
			e.any(values[0])
			e.any(values[i])
			e.to = e.putTime(e.to, time.Unix(0, 0).UTC())
			e.null()
			got := "[" + string(e.result()) + "]"
			want, _ := json.Marshal([]any{values[0], values[i], time.Unix(0, 0).UTC(), nil})
			if got != string(want) || len(e.buf)-e.size(e.to) < slack {
				t.Fatalf("%d bytes and %q: got %s and %d bytes of room, want %s", n, values[i], got, len(e.buf)-e.size(e.to), want)
			}
		}
	}
}

// TestFullBuffer writes every kind of value where the buffer is emptied for being full.
func TestFullBuffer(t *testing.T) {
	type value struct {
		Text  Nullable[string]  `json:"text,omitzero"`
		Word  *string           `json:"word,omitzero"`
		Count *int64            `json:"count,omitzero"`
		When  *time.Time        `json:"when,omitzero"`
		Extra map[string]any    `json:"extra,omitzero"`
		Null  Nullable[int64]   `json:"null,omitzero"`
		List  []string          `json:"list,omitzero"`
		Half  Nullable[float64] `json:"half,omitzero"`
	}
	tail := []string{strings.Repeat("a", 500), "b"}
	number, when := int64(1), time.Unix(1e9, 0).UTC()
	long, escapes := strings.Repeat("\x01é", 200), strings.Repeat("\x01", 60)
	for _, v := range []any{
		&[]value{{Text: Null[string](), Word: &long}, {Null: Null[int64](), Count: &number, When: &when}, {Extra: map[string]any{"key": "b", "n": nil}}, {List: []string{}}},
		&[]string{"a", "é\n", "\xff"}, &[]bool{true, false}, &[]int64{math.MinInt64, 99, 100, 12345678}, &[]float64{0.5, math.MaxFloat64}, &[][]byte{{1, 2}, nil}, &long, &escapes, &tail,
	} {
		rest, err := marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		emptied := 0
		for n := 1 << 16; n <= 1<<16+600-slack; n++ {
			e := encoderAt(bytes.Repeat([]byte{','}, 1<<16+600), n)
			e.value(v)
			emptied += e.full.Len()
			if got := e.result(); !bytes.Equal(got[n:], rest) || len(bytes.Trim(got[:n], ",")) > 0 {
				t.Fatalf("%T after %d bytes: got %s, want %s", v, n, got[n:], rest)
			}
		}
		if emptied == 0 {
			t.Errorf("%T: the buffer was never emptied", v)
		}
	}
}

// TestLongValues writes values that the buffer has no room for.
func TestLongValues(t *testing.T) {
	for n := range 4000 {
		digits, data := strings.Repeat("1", n+1), bytes.Repeat([]byte{'x'}, n)
		e := encoderAt(make([]byte, 1024), 0)
		e.raw(digits)
		e.to = e.putBytes(e.to, data)
		want, _ := json.Marshal([]any{json.RawMessage(digits), data})
		if got := "[" + string(e.result()) + "]"; got != string(want) || len(e.buf)-e.size(e.to) < slack {
			t.Fatalf("%d bytes: got %s and %d bytes of room", n, got, len(e.buf)-e.size(e.to))
		}
	}
}

// TestLongTexts writes texts that need escapes, longer than the pieces in which they are written.
func TestLongTexts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	parts := []string{"\r\n", "\t", `"`, `\`, "\x00", "\x1f", "\x7f", "é", "€", "🚀", "\xe2\x82", "\x80", "\xff", " a word", "some more of them, as they are most often", "x"}
	for range 20000 {
		var b strings.Builder
		first, few := random.IntN(len(parts)), 1+random.IntN(len(parts))
		for size := random.IntN(64) + random.IntN(2)*1000; b.Len() < size; {
			b.WriteString(parts[(first+random.IntN(few))%len(parts)])
		}
		text := b.String()
		data, err := marshal(&text)
		var got string
		if err = cmp.Or(err, json.Unmarshal(data, &got)); err != nil || got != string([]rune(text)) {
			t.Fatalf("%q: %v, got %q", text, err, data)
		}
	}
}
