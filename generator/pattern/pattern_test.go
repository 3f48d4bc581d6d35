package pattern

import (
	"regexp"
	"testing"
)

func TestPath(t *testing.T) {
	for source, want := range map[string]string{
		`users/[^/]+`:                       `^users/[^/]+$`,
		`projects/[^/]+/locations/v1.2/.+`:  `^projects/[^/]+/locations/v1.2/.+$`,
		`[^\/]+\/[^/]+`:                     `^[^\/]+\/[^/]+$`,
		`^users/[^/]+$`:                     `^users/[^/]+$`,
		`^projects\/[a-z]{3}\/my-keys_2$`:   `^projects\/[a-z]{3}\/my-keys_2$`,
		`^[^/]+/(keys)$`:                    `^[^/]+/(keys)$`,
		``:                                  "",
		`.+`:                                "",
		`.+/x`:                              "",
		`users`:                             "",
		`[^/]+`:                             "",
		`^[/a-z]+$`:                         "",
		`^[a-z/]+/x$`:                       "",
		`/[a-z]+`:                           "",
		`users/`:                            "",
		`users/?`:                           "",
		`^users/?[a-z]+$`:                   "",
		`^users/[a-z]+`:                     "",
		`^users/[a-z]+\$`:                   "",
		`users/[a-z]+`:                      "",
		`a|users/[^/]+`:                     "",
		`^users/[^/]+|a$`:                   "",
		`^users/(?!a$`:                      "",
		`^users+/[^/]+$`:                    "",
		`^https?://.+$`:                     "",
		`^file://.+$`:                       "",
		`^file//.+$`:                        "",
		`^arn:aws:iam::\d{12}:role/[\w/]+$`: "",
		`^(?!.*/).+$`:                       "",
		`^\d{2}/\d{2}$`:                     "",
	} {
		if got, ok := Path(source); ok != (want != "") || ok && got != want {
			t.Errorf("Path(%q) = %q, %v", source, got, ok)
		}
	}
}

func TestTranslate(t *testing.T) {
	for _, tt := range []struct {
		source      string
		yes, no     []string
		unsupported bool
	}{
		{source: `^[a-z]+$`, yes: []string{"abc"}, no: []string{"", "abc\n", "A"}},
		{source: `^\s+$`, yes: []string{" \t\u00a0\u2028\ufeff"}, no: []string{"a"}},
		{source: `^[\s.]+$`, yes: []string{" .\u3000"}, no: []string{"a"}},
		{source: `^\S+$`, yes: []string{"a"}, no: []string{"a b", "\u00a0"}},
		{source: `^.$`, yes: []string{"a", "é"}, no: []string{"\n", "\r", "\u2028"}},
		{source: `^[^]$`, yes: []string{"\n", "a"}, no: []string{""}},
		{source: `^[]$`, no: []string{"", "a"}},
		{source: `^\u00e9\/\-\_\@$`, yes: []string{"é/-_@"}},
		{source: `^\u{1F600}$`, yes: []string{"😀"}},
		{source: `^\cJ\0$`, yes: []string{"\n\x00"}},
		{source: `^[[:alpha:]_]+$`, yes: []string{"x_"}, no: []string{"1", ":]"}},
		{source: `^[[:is:]`, yes: []string{"[", "s"}, no: []string{"x"}},
		{source: `^[[a]+$`, yes: []string{"[a"}, no: []string{"b"}},
		{source: `^[\b]$`, yes: []string{"\b"}},
		{source: `^\p{Letter}\p{Script=Greek}\p{Lu}$`, yes: []string{"aαB"}, no: []string{"1αB"}},
		{source: `^(?<year>\d{4})$`, yes: []string{"2024"}, no: []string{"٢٠٢٤"}},
		{source: `^\w+\.\d\D\W$`, yes: []string{"a_1.1a-"}},
		{source: `^\é$`, yes: []string{"é"}},
		{source: `^(?!x)`, unsupported: true},
		{source: `^(a)\1$`, unsupported: true},
		{source: `(?<=a)b`, unsupported: true},
		{source: `(`, unsupported: true},
		{source: `a\`, unsupported: true},
		{source: `x{2000}`, unsupported: true},
	} {
		expr, engine := Translate(tt.source)
		ok := engine == RE2
		if ok == tt.unsupported {
			t.Errorf("%s: got %q, %v", tt.source, expr, ok)
		}
		if !ok {
			continue
		}
		re := regexp.MustCompile(expr)
		for _, s := range tt.yes {
			if !re.MatchString(s) {
				t.Errorf("%s (%s) does not match %q", tt.source, expr, s)
			}
		}
		for _, s := range tt.no {
			if re.MatchString(s) {
				t.Errorf("%s (%s) matches %q", tt.source, expr, s)
			}
		}
	}
}
