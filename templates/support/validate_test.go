package support

import (
	"strings"
	"testing"
)

func TestStringFormats(t *testing.T) {
	for _, tt := range []struct {
		format   string
		check    func(string) bool
		good, no string // separated by spaces
	}{
		{"email", isEmail, "a@b.example a.b+c@d.example", "a a@ @b a@b@c <a@b.example>"},
		{"hostname", isHostname, "a a.example xn--4gbwdl.xn--wgbh1c 1-2.x", "-a a- a..b . a_b é " + strings.Repeat("a", 64)},
		{"ipv4", isIPv4, "1.2.3.4 0.0.0.0", "1.2.3 1.2.3.256 01.2.3.4 ::1 1.2.3.4/5"},
		{"ipv6", isIPv6, ":: ::1 fe80::1 ::ffff:1.2.3.4 1:2:3:4:5:6:7:8", "1.2.3.4 ::1%eth0 1:2 :::"},
		{"uri", isURI, "http://a.example/b?c#d urn:x:y mailto:a@b.example", "a /b //c http://a.example/{b} http://a.example/\\b http://é.example"},
		{"uri-reference", isURIReference, "a /b //c #d http://a.example/", "\\\\a {b} %zz"},
		{"uuid", isUUID, "6ba7b810-9dad-11d1-80b4-00c04fd430c8 6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "6ba7b8109dad11d180b400c04fd430c8 x"},
		{"date", isDate, "2024-02-29", "2023-02-29 2024-2-29 2024-02-29T"},
		{"time", isTime, "01:02:03Z 01:02:03.5+02:00 01:02:03-23:59 23:59:60Z 23:59:60+01:00", "01:02 01:02:03 25:00:00Z 1:02:03Z 01:02:03,5Z 01:02:03+24:00 01:02:03+01:60"},
		{"date-time", isDateTime, "2024-02-29T01:02:03Z 2024-02-29t01:02:03.25z 2024-02-29T23:59:60Z", "2024-02-29 2024-02-30T01:02:03Z 2024-02-29T1:02:03Z 2024-02-29T01:02:03,5Z"},
		{"duration", isDuration, "P1D PT1H P1Y2M3DT4H5M6S P2W", "P PT 1D P1 P1DT P1H PT1D P1D2Y P1WT1H"},
		{"byte", isBase64, "AAEC AA== YQ==", "* A"},
		{"regex", isRegex, `^a+$ (?=a)b (a)\1 \u00e9 \cA`, `( a** [ \1( (?<`},
		{"json-pointer", isJSONPointer, "/a /a~0~1b / ", "a /~ /~2"},
	} {
		for _, s := range strings.Split(tt.good, " ") {
			if !tt.check(s) && s != "" {
				t.Errorf("%s: %q is refused", tt.format, s)
			}
		}
		for _, s := range strings.Split(tt.no, " ") {
			if tt.check(s) {
				t.Errorf("%s: %q is accepted", tt.format, s)
			}
		}
	}
}

func TestMultiples(t *testing.T) {
	for _, tt := range []struct {
		v, of float64
		want  bool
	}{
		{0.3, 0.1, true}, {0.35, 0.1, false}, {1e-8, 1e-8, true}, {1.5e-8, 1e-8, false}, {1e308, 0.5, true}, {1e300, 3, false},
		{9007199254740992, 2, true}, {4.5, 1.5, true}, {0, 0.01, true}, {-0.3, 0.1, true}, {19.99, 0.01, true}, {1, 0, false},
	} {
		if got := isMultiple(tt.v, tt.of); got != tt.want {
			t.Errorf("%v of %v: got %v", tt.v, tt.of, got)
		}
	}
}

func TestLengths(t *testing.T) {
	c := &checker{}
	c.string("/a", "éé").maxLength(2).minLength(2)
	c.string("/b", "éé").maxLength(1)
	c.string("/c", "é").minLength(2)
	c.string("/d", "ééé").minLength(2)
	c.optString("/e", nil).minLength(1).maxLength(0).pattern(nil).required().oneOf("enum").format("x", nil)
	c.optInt64("/f", nil).min(1).max(-1).above(0).below(0).multipleOf(2)
	c.optFloat64("/g", nil).min(1).max(-1).above(0).below(0).multipleOf(2)
	if got := c.err().Error(); got != "validation failed: /b: maxLength 1; /c: minLength 2" {
		t.Errorf("got %s", got)
	}
}

func TestManyViolations(t *testing.T) {
	c := &checker{}
	c.each("/list", 5000, func(i int) { c.listed("", false) })
	err, ok := c.err().(*ValidationError)
	if !ok || len(err.Violations) != maxViolations {
		t.Fatalf("got %v", c.err())
	}
	if text := err.Error(); !strings.HasSuffix(text, "; and 980 more") || strings.Count(text, ";") != 20 {
		t.Errorf("got %s", text)
	}
}

func TestPatternThatDoesNotCompile(t *testing.T) {
	c := &checker{}
	c.string("", "a").pattern(&pattern{source: "(", expr: "("})
	if err := c.err(); err != nil {
		t.Error(err)
	}
}
