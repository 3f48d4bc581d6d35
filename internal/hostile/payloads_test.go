package hostile

import "strings"

// payload is text made to become something else than text.
type payload struct{ name, text string }

// payloads are tried at every place of a document. The word Pwned stands in
// them for what would have been smuggled in.
func payloads() []payload {
	return []payload{
		{"quote", `"; panic("Pwned"); var pwned = "`},
		{"backtick", "`; panic(`Pwned`); var pwned = `"},
		{"single quote", `'; panic('P'); var pwned = '`},
		{"backslash", `Pwned\`},
		{"escapes", `\"\x41\u0022\n\Pwned`},
		{"CR", "Pwned\rfunc init() { panic(1) }"},
		{"LF", "Pwned\nfunc init() { panic(1) }\n"},
		{"CRLF", "Pwned\r\n\r\nfunc init() { panic(1) }\r\n"},
		{"end of comment", "*/ func init() { panic(1) } /* Pwned"},
		{"go:generate", "\n//go:generate touch /tmp/pwned\n"},
		{"go:embed", "//go:embed /etc/passwd\nvar pwned string"},
		{"go:linkname", "\n\n//go:linkname pwned os.runtime_args\n"},
		{"go:build", "\n\n//go:build ignore\n\n// +build ignore\n"},
		{"old build constraint", "+build ignore"},
		{"line directive", "\n/*line x.go:1*/ /*line :1*/"},
		{"line comment", "//line /etc/passwd:1\n//line x.go:1:1"},
		{"export", "//export Pwned\nfunc Pwned() {}"},
		{"cgo", "#cgo LDFLAGS: -Wl,pwned\n*/\nimport \"C\"\n/*"},
		{"init", "func init(){}"},
		{"header", "DO NOT EDIT.\n\npackage pwned\n\nimport _ \"os/exec\"\n"},
		{"template", "{{.}}{{template \"pwned\"}}{{printf \"%s\" .}}"},
		{"format verb", "%s%d%!v(PANIC=Pwned)%n%[99999999]d%*d"},
		{"NUL", "Pwned\x00"},
		{"escape sequence", "\x1b[2J\x1b]0;Pwned\a\u009b31m"},
		{"bidi", "\u202e\u2066Pwned\u2069\u202c // \u2067"},
		{"zero width", "Pw\u200bn\u200ded\ufeff\u2060\u00ad"},
		{"line separators", "Pwned\u2028func init() {}\u2029\u0085\v\f"},
		{"not a character", "Pwned\ufffd\ufffe\U0010ffff\ue000"},
		{"outside path", "../../../../tmp/pwned"},
		{"Windows path", `..\..\C:\pwned`},
		{"slash", "a/b"},
		{"dots", ".."},
		{"device", "con"},
		{"test file", "pwned_test"},
		{"target", "pwned_windows"},
		{"keyword", "func"},
		{"predeclared", "nil"},
		{"blank", "_"},
		{"empty", ""},
		{"spaces", " \t "},
		{"number", "1e999"},
		{"CRLF header", "x\r\nAuthorization: Bearer Pwned"},
		{"URL", "http://127.0.0.1:1/pwned?a=b#c"},
		{"credentials in a URL", "https://user:Pwned@[::1]:99999/%zz"},
		{"markup", "</code></pre><script>Pwned()</script><!--<![CDATA[ ```go\n"},
		{"link definition", "[Pwned]: https://pwned.test\n\n# Heading\n\n    code"},
		{"regular expression", "(a*)*b(?=Pwned)(((((((((("},
		{"repetition", "((a{1000}){1000}){1000}"},
		{"names in code", "v.Pwned(), c, d, e, o, obj, r, s, ctx"},
		{"placeholder", "{Pwned}{}{{}}{a/b}"},
		{"unclosed", "{{{{{[[[((("},
		{"other script", "Ёлка 日本 Ǆ ß İ 𝒳"},
		{"5,000 characters", strings.Repeat("Pwned", 1000)},
		{"5,000 quotes", strings.Repeat("\"", 5000)},
	}
}

// mebibyte is tried at every place by itself.
func mebibyte() payload {
	return payload{"1 MiB", strings.Repeat("Pwned \"`\\ */ ", 1<<20/13)}
}
