package emit

import (
	"strings"
	"unicode"
)

// named makes a doc comment of a description begin with the name, as Go's do:
// "A label." becomes "Label is a label.".
func named(name, text string) string {
	text = strings.TrimLeft(untagged(strings.TrimSpace(text)), "# ")
	switch {
	case spells(text, name):
		return ""
	case isBlock(text):
		return name + ":\n\n" + text
	case text == "" || strings.HasPrefix(text, name+" "):
		return text
	}
	if url, ok := strings.CutPrefix(text, "See http"); ok && !strings.ContainsFunc(url, unicode.IsSpace) {
		return name + " is described at http" + url
	}
	for _, article := range []string{"A ", "An ", "The "} {
		if verb := joint(text); verb != "" && strings.HasPrefix(text, article) && !isClause(text) {
			return name + verb + strings.ToLower(article) + text[len(article):]
		}
	}
	if predicate := predicate(text); predicate != "" {
		return name + " " + predicate
	}
	return name + ": " + text
}

// isBlock reports whether a text begins with a list, code or a table.
func isBlock(text string) bool {
	lines := strings.SplitN(text, "\n", 3)
	marker, _ := listItem(lines[0])
	return marker != "" || strings.HasPrefix(text, "|") || strings.HasPrefix(text, "```") || isTable(lines)
}

// isClause reports whether the first sentence of a text says something about
// its subject, "The order is paid.", so that it cannot be said of a name.
func isClause(text string) bool {
	const (
		verbs = " is are was were will must can cannot may should has have contains returns allows exposes provides " +
			"represents indicates specifies defines describes determines "
		relatives = " that which who whose when where while if whether how what why as "
	)
	sentence, _ := firstSentence(text)
	for _, word := range strings.Fields(sentence) {
		word = " " + word + " "
		switch {
		case strings.Contains(verbs, word):
			return true
		case strings.Contains(relatives, word), strings.HasSuffix(word, ", "), strings.HasPrefix(word, " ("):
			return false
		}
	}
	return false
}

// joint is what connects a name with a text that begins with an article: " is ",
// or " are " for several things, "The settings of a link". It is empty where
// what looks like several things may be a verb: "The job sends mails to".
func joint(text string) string {
	const after = " of for that to which who in on at by with from as when where while if whether used being containing " +
		"identifying describing holding including representing returned "
	const verbs = " will are can may must have were should "
	noun, next, at, words := "", "", 0, strings.Fields(text)
	for i, word := range words {
		next = strings.Trim(word, "(.,;:)")
		if at = i; i > 0 && strings.Contains(after, " "+next+" ") || word[0] == '(' {
			break
		}
		if noun = next; noun != word {
			next = ""
			break
		}
	}
	plural := strings.HasPrefix(text, "The ") && strings.HasSuffix(noun, "s") && noun == strings.ToLower(noun)
	for _, ending := range []string{"'s", "ss", "us", "is", "ias", "series"} {
		plural = plural && !strings.HasSuffix(noun, ending)
	}
	switch {
	case !plural:
		return " is "
	case at <= 4 && (next == "of" || next == "for"), next == "that" && (at == 2 || strings.Contains(verbs, " "+words[min(at+1, len(words)-1)]+" ")):
		return " are "
	}
	return ""
}

// spells reports whether a text says no more than a name: "Pet owner." for
// PetOwner.
func spells(text, name string) bool {
	return len(text) < 2*len(name) && strings.EqualFold(strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), ""), name)
}

// predicate is a text that says what its subject does or what becomes of it, to follow a name:
// "Defines the order", "Emitted when it ends". It is empty for any other text.
func predicate(text string) string {
	const (
		verbs = " Allows Configures Constrains Contains Controls Defines Denotes Describes Determines Encapsulates Identifies Includes " +
			"Indicates Occurs Provides Represents Specifies Stores Summarizes "
		participles = " Emitted Fired Raised Returned Sent Triggered Used "
		joints      = " after as by for from if in on only to whenever when with "
	)
	first, rest, _ := strings.Cut(text, " ")
	second, _, _ := strings.Cut(rest, " ")
	switch predicate := strings.ToLower(first) + " " + rest; {
	case second == "" || strings.ContainsAny(second[:1], "&+/|"):
		return ""
	case strings.Contains(verbs, " "+first+" ") && second != "and" && second != "or":
		return predicate
	case strings.Contains(participles, " "+first+" ") && strings.Contains(joints, " "+second+" "):
		return "is " + predicate
	}
	return ""
}
