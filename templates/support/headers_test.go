package support

import (
	"net/http"
	"testing"
)

// TestHeaderValues has values of headers that are well-formed, and that are not.
func TestHeaderValues(t *testing.T) {
	float32s := func(h http.Header) bool { _, ok := headerValue(h, "X", headerFloat[float32]); return ok }
	float64s := func(h http.Header) bool { _, ok := headerValue(h, "X", headerFloat[float64]); return ok }
	int32s := func(h http.Header) bool { _, ok := headerValue(h, "X", headerInt32); return ok }
	times := func(h http.Header) bool { _, ok := headerValue(h, "X", headerTime); return ok }
	for _, tt := range []struct {
		text string
		read func(http.Header) bool
		want bool
	}{
		{"1.5e3", float32s, true}, {"1e39", float32s, false}, {"NaN", float32s, false}, {"", float32s, false},
		{"1e39", float64s, true}, {"1e309", float64s, false}, {"-Inf", float64s, false}, {"-0.0", float64s, true},
		{" 7 ", int32s, true}, {"1e2", int32s, true}, {"2147483648", int32s, false}, {"1.5", int32s, false},
		{"2024-02-29T01:02:03Z", times, true}, {"", times, false}, {"soon", times, false},
	} {
		if got := tt.read(http.Header{"X": {tt.text}}); got != tt.want {
			t.Errorf("%q: %v", tt.text, got)
		}
	}
}
