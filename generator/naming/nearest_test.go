package naming

import "testing"

func TestNearest(t *testing.T) {
	known := []string{"overlays", "include", "exclude", "Issues", "issue", "book_v2"}
	tests := []struct{ name, want string }{
		{"overlay", "overlays"},
		{"OVERLAYS", "overlays"},
		{"includes", "include"},
		{"Isues", "Issues"},
		{"issues", "Issues"},
		{"bookV2", "book_v2"},
		{"zebra", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := Nearest(tt.name, known); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
