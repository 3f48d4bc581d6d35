package same

import "testing"

func TestJSON(t *testing.T) {
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"order", `{"a":1,"b":2}`, `{"b":2,"a":1}`, true},
		{"null and absent", `{"a":null}`, `{}`, true},
		{"null in a list", `[null]`, `[]`, false},
		{"numbers", `[1.50, 10]`, `[1.5, 1e1]`, true},
		{"large numbers", `[9007199254740993]`, `[9007199254740992]`, false},
		{"times", `"2024-01-01T00:00:00.50Z"`, `"2024-01-01T01:00:00.5+01:00"`, true},
		{"escapes", `"\u00e9\/"`, `"é/"`, true},
		{"strings", `"a"`, `"b"`, false},
		{"kinds", `"1"`, `1`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := JSON([]byte(tt.a), []byte(tt.b)); (err == nil) != tt.same {
				t.Errorf("JSON(%s, %s): %v", tt.a, tt.b, err)
			}
		})
	}
}
