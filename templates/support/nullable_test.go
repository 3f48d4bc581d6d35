package support

import (
	"encoding/json"
	"testing"
)

func TestNullable(t *testing.T) {
	for _, tt := range []struct {
		property                   Nullable[string]
		text                       string
		isNull, isAbsent, hasValue bool
	}{
		{Nullable[string]{}, `null`, false, true, false},
		{Null[string](), `null`, true, false, false},
		{NullableOf(""), `""`, false, false, true},
	} {
		_, ok := tt.property.Get()
		if n := tt.property; n.IsNull() != tt.isNull || n.IsAbsent() != tt.isAbsent || ok != tt.hasValue {
			t.Errorf("%s: null %v, absent %v, value %v", tt.text, n.IsNull(), n.IsAbsent(), ok)
		}
		if out, err := json.Marshal(tt.property); err != nil || string(out) != tt.text {
			t.Errorf("got %s, %v, want %s", out, err, tt.text)
		}
		var n Nullable[string]
		if err := json.Unmarshal([]byte(tt.text), &n); err != nil || n.IsNull() == tt.hasValue || n.IsAbsent() {
			t.Errorf("%s: %v", tt.text, err)
		}
	}
	if err := json.Unmarshal([]byte(`1`), new(Nullable[string])); err == nil {
		t.Error("a number is a string")
	}
}
