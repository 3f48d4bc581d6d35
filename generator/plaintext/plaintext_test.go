package plaintext

import "testing"

func TestDecode(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"UTF-8", "ä\nb\r\n", "ä\nb\r\n"},
		{"byte order mark", "\uFEFFä", "ä"},
		{"UTF-16, little end first", "\xff\xfe\xe4\x00\n\x00=\xd8\x00\xde", "ä\n😀"},
		{"UTF-16, big end first", "\xfe\xff\x00\xe4\x00\n", "ä\n"},
		{"UTF-16 without a mark", "{\x00}\x00", "{}"},
		{"UTF-16 without a mark, big end first", "\x00{\x00}", "{}"},
		{"half a character of UTF-16", "\xff\xfea\x00b", "a"},
		{"UTF-32", "\xff\xfe\x00\x00a\x00\x00\x00", "\xff\xfe\x00\x00a\x00\x00\x00"},
		{"something else", "\xe4\x00", "\xe4\x00"},
		{"lines of old", "a\rb\r\rc\r", "a\nb\n\nc\n"},
		{"lines of all kinds", "a\r\nb\r\r\nc\n\rd", "a\r\nb\n\r\nc\n\nd"},
		{"lines of old in UTF-16", "\xff\xfea\x00\r\x00", "a\n"},
	}
	for _, tt := range tests {
		in := []byte(tt.in)
		if got := string(Decode(in)); got != tt.want {
			t.Errorf("%s: %q, not %q", tt.name, got, tt.want)
		}
		if string(in) != tt.in {
			t.Errorf("%s: the input has changed", tt.name)
		}
	}
}

func TestInvalid(t *testing.T) {
	tests := []struct {
		in   string
		want int
	}{{"", -1}, {"aä\uFFFD", -1}, {"\xe4", 0}, {"aä\uFFFD\xe4b", 6}, {"ab\xc3", 2}}
	for _, tt := range tests {
		if got := Invalid([]byte(tt.in)); got != tt.want {
			t.Errorf("%q: %d, not %d", tt.in, got, tt.want)
		}
	}
}
