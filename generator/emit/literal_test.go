package emit

import (
	"testing"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

func TestCanonical(t *testing.T) {
	for _, tt := range []struct {
		lit  ir.Literal
		want string
	}{
		{text("a\"\\\n\x01é\u2028<"), `"a\"\\\n\u0001é` + "\u2028<\""},
		{text(`\b`), `"\\b"`},
		{number("1.0"), "1"},
		{number("-0"), "0"},
		{number("1e2"), "100"},
		{number("1e21"), "1e+21"},
		{number("0.0000001"), "1e-07"},
		{number("12345678901234567890"), "12345678901234567000"},
		{ir.Literal{Kind: ir.LitBool, Text: "true"}, "true"},
		{ir.Literal{Kind: ir.LitNull, Text: "null"}, "null"},
		{ir.Literal{Kind: ir.LitJSON, Text: `{ "b": [1.0, {}], "a" : null }`}, `{"a":null,"b":[1,{}]}`},
		{ir.Literal{Kind: ir.LitJSON, Text: `{`}, `{`},
	} {
		if got := canonical(tt.lit); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.lit.Text, got, tt.want)
		}
	}
}

func TestIntBound(t *testing.T) {
	for _, tt := range []struct {
		n                ir.Number
		exclusive, upper bool
		want             string
		excl, ok         bool
	}{
		{"5", false, false, "5", false, true},
		{"5", true, false, "5", true, true},
		{"5.0", false, true, "5", false, true},
		{"0.5", false, false, "1", false, true},
		{"0.5", true, true, "0", false, true},
		{"-0.5", false, false, "0", false, true},
		{"1e3", false, true, "1000", false, true},
		{"9223372036854775807", false, true, "9223372036854775807", false, true},
		{"9223372036854775808", false, true, "9223372036854775808", false, true},
		{"1e400", false, true, "100000000000000000000", false, true},
		{"-1e1000000000", false, false, "-100000000000000000000", false, true},
		{"", false, false, "<nil>", false, false},
		{"x", false, false, "<nil>", false, false},
	} {
		got, excl, ok := intBound(tt.n, tt.exclusive, tt.upper)
		if got.String() != tt.want || excl != tt.excl || ok != tt.ok {
			t.Errorf("%q: got %s, %v, %v", tt.n, got, excl, ok)
		}
	}
}
