// Package pattern turns the regular expressions of documents, which are those
// of ECMA-262, into those of Go.
package pattern

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/dlclark/regexp2"
)

// Engine is what can match a regular expression.
type Engine int

// The engines.
const (
	// None has the expression.
	None Engine = iota
	// RE2 is package regexp: its time is linear in the size of the text.
	RE2
	// Backtracking is github.com/dlclark/regexp2 with its option ECMAScript.
	Backtracking
)

// Translate writes an ECMA-262 regular expression for the engine that can match
// it: for package regexp in its own syntax, or else, such as with lookahead, as
// it is.
func Translate(source string) (string, Engine) {
	if expr, ok := toRE2(source); ok {
		return expr, RE2
	}
	if _, err := regexp2.Compile(source, regexp2.ECMAScript); err == nil {
		return source, Backtracking
	}
	return "", None
}

// resource is the regular expression of a resource name as grpc-gateway writes
// it, whose segments are names, "[^/]+" and ".+". It is one of the whole text,
// without saying so. rooted is how others begin that are of a relative path.
var (
	resource = regexp.MustCompile(`^([\w.~-]+|\[\^\\?/\]\+)(\\?/([\w.~-]+|\[\^\\?/\]\+|\.\+))+$`)
	rooted   = regexp.MustCompile(`^\^([\w~-]+|\[\^\\?/\]\+)\\?/[^/?*+{|][^|]*\$$`)
)

// Path returns the regular expression of a text that is several segments of a
// path, such as users/[^/]+, so that it is of the whole text. Not every text
// with a slash is that: one in an ARN or in a URL does not separate segments.
func Path(source string) (whole string, ok bool) {
	_, engine := Translate(source)
	switch {
	case engine == None:
		return "", false
	case resource.MatchString(source):
		return "^" + source + "$", true
	}
	return source, rooted.MatchString(source) && !strings.HasSuffix(source, `\$`)
}

// posix begins with a class that has a name. ECMA-262 has none, and takes it for
// the letters of the name, which nobody means.
var posix = regexp.MustCompile(`^\[:(alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit):\]`)

// toRE2 writes a regular expression in the syntax of package regexp; false when
// that has no equal.
func toRE2(source string) (string, bool) {
	var b strings.Builder
	inClass := false
	for i := 0; i < len(source); i++ {
		c := source[i]
		switch {
		case c == '\\' && i+1 < len(source):
			text, n := translateEscape(source[i:], inClass)
			b.WriteString(text)
			i += n - 1
		case c == '[' && inClass && posix.MatchString(source[i:]):
			class := posix.FindString(source[i:])
			b.WriteString(class)
			i += len(class) - 1
		case c == '[' && inClass:
			b.WriteString(`\[`)
		case c == '[':
			inClass = true
			switch rest := source[i:]; {
			case strings.HasPrefix(rest, "[^]"): // any character at all
				b.WriteString(`(?s:.)`)
				i, inClass = i+2, false
			case strings.HasPrefix(rest, "[]"): // no character at all
				b.WriteString(`[^\x00-\x{10FFFF}]`)
				i, inClass = i+1, false
			default:
				b.WriteByte(c)
			}
		case c == ']' && inClass:
			inClass = false
			b.WriteByte(c)
		case c == '.' && !inClass:
			b.WriteString(`[^\n\r\x{2028}\x{2029}]`)
		default:
			b.WriteByte(c)
		}
	}
	if _, err := regexp.Compile(b.String()); err != nil {
		return "", false
	}
	return b.String(), true
}

// spaces is what \s means in ECMA-262, for use in a character class.
const spaces = `\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`

// translateEscape translates the escape at the start of s and returns its
// length.
func translateEscape(s string, inClass bool) (string, int) {
	switch c := s[1]; {
	case c == 's' && inClass:
		return spaces, 2
	case c == 's':
		return "[" + spaces + "]", 2
	case c == 'S' && !inClass:
		return "[^" + spaces + "]", 2
	case c == 'u' && len(s) >= 6 && isHex(s[2:6]):
		return `\x{` + s[2:6] + `}`, 6
	case c == 'u' && strings.HasPrefix(s[2:], "{"):
		return `\x` + s[2:3], 3
	case c == 'c' && len(s) > 2 && isLetter(s[2]):
		return `\x{` + strconv.FormatInt(int64(s[2]&31), 16) + `}`, 3
	case c == 'p' || c == 'P':
		return translateProperty(s)
	case c == '0' && (len(s) == 2 || s[2] < '0' || s[2] > '9'):
		return `\x00`, 2
	case c == 'b' && inClass:
		return `\x08`, 2
	case strings.IndexByte("wWdDbBtnrfvSx", c) >= 0 || c >= '1' && c <= '9':
		return s[:2], 2 // alike, or a back reference that Go refuses
	case c == 'A' && !inClass: // not in ECMA-262, where nobody means the letter by it, nor by the next
		return `\A`, 2
	case (c == 'z' || c == 'Z') && !inClass:
		return `\z`, 2
	case isLetter(c):
		return s[1:2], 2 // an escape without need
	case c < 0x80:
		return `\` + s[1:2], 2
	}
	return "", 1 // the backslash alone; what follows is not ASCII
}

// translateProperty knows the long spellings of \p{...}.
func translateProperty(s string) (string, int) {
	end := strings.IndexByte(s, '}')
	if end < 0 {
		return s[:2], 2
	}
	name := strings.TrimPrefix(s[2:end], "{")
	for _, prefix := range []string{"Script=", "sc=", "Script_Extensions=", "scx=", "General_Category=", "gc="} {
		name = strings.TrimPrefix(name, prefix)
	}
	if short, ok := map[string]string{
		"Letter": "L", "Lowercase_Letter": "Ll", "Uppercase_Letter": "Lu", "Titlecase_Letter": "Lt", "Mark": "M",
		"Number": "N", "Decimal_Number": "Nd", "Punctuation": "P", "Symbol": "S", "Separator": "Z", "Space_Separator": "Zs",
		"Other": "C", "Control": "Cc", "digit": "Nd", "Lowercase": "Ll", "Uppercase": "Lu", "Alphabetic": "L",
	}[name]; ok {
		name = short
	}
	return s[:2] + "{" + name + "}", end + 1
}

func isHex(s string) bool {
	_, err := strconv.ParseUint(s, 16, 32)
	return err == nil
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
