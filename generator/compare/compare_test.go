package compare

import (
	"strings"
	"testing"

	"github.com/oasdiff/oasdiff/checker"
)

func TestEffect(t *testing.T) {
	tests := []struct {
		rule string
		want Effect
	}{
		{"api-removed-without-deprecation", Breaking},
		{"api-removed-with-deprecation", Breaking},
		{"new-required-request-property", Breaking},
		{"request-property-enum-value-removed", Breaking},
		{"response-optional-property-removed", Breaking},
		{"optional-response-header-removed", Breaking},
		{"request-parameter-removed-with-deprecation", Breaking},
		{"response-property-type-changed", Breaking},
		{"response-property-enum-value-added", Additive},
		{"response-body-one-of-added", Additive},
		{"request-property-enum-value-added", Additive},
		{"request-property-max-length-unset", Additive},
		{"endpoint-added", Additive},
		{"new-optional-request-parameter", Additive},
		{"endpoint-deprecated", Documentation},
		{"endpoint-reactivated", Documentation},
		{"api-tag-added", Documentation},
		{"request-parameter-default-value-removed", Documentation},
		{"api-schema-removed", Documentation},
	}
	levels := checker.GetCheckLevels()
	for _, tt := range tests {
		level, ok := levels[tt.rule]
		if !ok {
			t.Errorf("there is no check %s", tt.rule)
		}
		if got := effect(tt.rule, level); got != tt.want {
			t.Errorf("%s is %s, not %s", tt.rule, got, tt.want)
		}
	}
}

func TestCode(t *testing.T) {
	tests := []struct{ in, want string }{
		{"name", "`name`"},
		{"", "` `"},
		{"a`b\n# c\u202e", "`a'b\uFFFD# c\uFFFD`"},
		{strings.Repeat("é", maxValue+1), "`" + strings.Repeat("é", maxValue) + "…`"},
	}
	for _, tt := range tests {
		if got := code(tt.in); got != tt.want {
			t.Errorf("code(%q) = %s, not %s", tt.in, got, tt.want)
		}
	}
}

func TestDescribed(t *testing.T) {
	tests := []struct{ in, want string }{
		{"removed", "removed"},
		{"changed from int64 to *string", "changed from `int64` to `*string`"},
		{"changed from Pet to Pet", "no longer the type of everything that had it"},
		{`value changed from "a" to "b"`, "value changed from `\"a\"` to `\"b\"`"},
		{"no longer implements PetVariant", "no longer implements `PetVariant`"},
	}
	for _, tt := range tests {
		if got := described(tt.in); got != tt.want {
			t.Errorf("%q is described as %s", tt.in, got)
		}
	}
}
