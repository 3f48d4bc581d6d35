package support

import "testing"

// TestParseInt: what is an integer is exact in any spelling, what is none is refused.
func TestParseInt(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "-0": 0, "0.0": 0, "0e9": 0, "-0.00": 0, "12": 12, "-12.0": -12, "1e3": 1000, "1.5E+1": 15, "1200e-2": 12,
		"9007199254740993.0": 1<<53 + 1, "9.223372036854775807e18": 1<<63 - 1, "-9223372036854775808": -1 << 63,
	} {
		if n, ok := parseInt(text); !ok || n != want {
			t.Errorf("%s: %d, %v, want %d", text, n, ok, want)
		}
	}
	for _, text := range []string{
		"", "-", ".5", "e3", "1e", "1e5x", "12ab", "1.5", "15e-1", "4503599627370497.3", "9223372036854775808",
		"1e19", "1e400", "1e-400", "1e99999999999999999999", "1e-99999999999999999999", "1e9223372036854775807", "1e-9223372036854775808",
	} {
		if n, ok := parseInt(text); ok {
			t.Errorf("%q: %d", text, n)
		}
	}
}
