// Package naming turns words of a document into Go identifiers: it knows Go's
// initialisms and keeps the names of a scope apart.
package naming

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName bounds an identifier, so that a hostile document can't make names
// that no tool can handle.
const maxName = 100

// symbolWord spells the characters that carry meaning in names such as "+1"
// or "StartTime>"; every other punctuation only separates words.
func symbolWord(r rune) string {
	switch r {
	case '<':
		return "Lt"
	case '>':
		return "Gt"
	case '+':
		return "Plus"
	case '=':
		return "Eq"
	case '*':
		return "Star"
	case '!':
		return "Not"
	case '%':
		return "Percent"
	case '$':
		return "Dollar"
	case '&':
		return "And"
	case '@':
		return "At"
	case '#':
		return "Hash"
	case '~':
		return "Tilde"
	case '^':
		return "Caret"
	case '?':
		return "Question"
	case '|':
		return "Or"
	case '/':
		return "Slash"
	case '\\':
		return "Backslash"
	case '.':
		return "Dot"
	case ',':
		return "Comma"
	case ':':
		return "Colon"
	case ';':
		return "Semicolon"
	case '-':
		return "Minus"
	case '_':
		return "Underscore"
	case ' ':
		return "Space"
	case '\'', '"', '`':
		return "Quote"
	case '(', ')', '[', ']', '{', '}':
		return "Bracket"
	}
	return fmt.Sprintf("U%04x", r)
}

// Words splits s into words: at everything that is neither letter nor digit,
// and where camel case begins a word ("accountId" is account, Id; "HTTPServer"
// is HTTP, Server). Comparison signs and a leading sign are words of their own,
// as they distinguish names. The words keep their case.
func Words(s string) []string {
	if len(s) > 4*maxName {
		s = strings.ToValidUTF8(s[:4*maxName], "")
	}
	if s == "" {
		return nil
	}
	words := make([]string, 0, 4)
	start := -1 // of the word that has begun, in bytes
	flush := func(end int) {
		if start >= 0 {
			words = append(words, s[start:end])
			start = -1
		}
	}
	runes := []rune(s)
	i := -1
	for at, r := range s {
		i++
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if start >= 0 && startsWord(runes, i) {
				flush(at)
			}
			if start < 0 {
				start = at
			}
		case (r == '<' || r == '>') && i+1 < len(runes) && runes[i+1] == '=':
			flush(at)
			words = append(words, symbolWord(r)+"e")
		case r == '<' || r == '>' || leadingSign(runes, i):
			flush(at)
			words = append(words, symbolWord(r))
		default:
			flush(at)
		}
	}
	flush(len(s))
	if len(words) == 0 {
		for _, r := range runes {
			words = append(words, symbolWord(r))
		}
	}
	return words
}

// leadingSign reports whether the rune at i is a sign in front of the first
// word, as in "-created" or "+1".
func leadingSign(runes []rune, i int) bool {
	return i == 0 && len(runes) > 1 && (runes[0] == '-' || runes[0] == '+' || runes[0] == '!') &&
		(unicode.IsLetter(runes[1]) || unicode.IsDigit(runes[1]))
}

// startsWord reports whether camel case begins a new word at runes[i], which
// follows another letter or digit.
func startsWord(runes []rune, i int) bool {
	prev, r := runes[i-1], runes[i]
	if !unicode.IsUpper(r) {
		return false
	}
	if unicode.IsLower(prev) {
		return true
	}
	if unicode.IsDigit(prev) {
		// "oauth2Token" begins a word, "2FA" and "S3KEY" do not.
		return i+1 < len(runes) && unicode.IsLower(runes[i+1])
	}
	// The last capital of a run belongs to the next word: "HTTPServer". A
	// plural s does not make one: "IDs".
	return i+1 < len(runes) && unicode.IsLower(runes[i+1]) && !pluralEnd(runes, i+1)
}

// pluralEnd reports whether runes[i] is an s that ends a word, as in "IDs".
func pluralEnd(runes []rune, i int) bool {
	return runes[i] == 's' && (i+1 == len(runes) || !unicode.IsLower(runes[i+1]))
}

// capitalize upper-cases the first rune of a word. A rune without case stays.
func capitalize(word string) string {
	r, n := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r)) + word[n:]
}
