package emit

import (
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// madeFrom says which part of the document became a declaration that the document
// has no words for.
func (e *emitter) madeFrom(d *ir.Decl) string {
	pointer := d.Pos.Pointer
	if words := e.place(pointer); words != "" {
		return d.GoName + " is " + words + "."
	}
	return d.GoName + " is made from #" + pointer + " in the document."
}

// place says in words what a pointer leads to: a part of an operation, or of
// what is a type itself. It is empty where that would take too many.
func (e *emitter) place(pointer string) string {
	tokens := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	for i, token := range tokens {
		tokens[i] = unescape.Replace(token)
	}
	if words, rest := exchanged(tokens); len(rest) == 0 {
		return words
	}
	var words []string
	for at, rest := pointer, tokens; ; {
		step, n := lastStep(rest)
		switch {
		case n == 0:
			return ""
		case step == alternative && len(words) > 0: // one that is part of a whole, or that would be a type
		case step != "" && len(words) == 2:
			return ""
		case step != "":
			words = append(words, step)
		}
		for range n {
			at = at[:strings.LastIndexByte(at, '/')]
		}
		rest = rest[:len(rest)-n]
		whole := e.typeAt[at]
		if body, more := exchanged(rest); whole == "" && len(more) == 0 {
			whole = body
		}
		if whole != "" && len(words) > 0 {
			sort := "the type of "
			if words[0] == alternative {
				sort = ""
			}
			return sort + strings.Join(words, " of ") + " of " + whole
		}
	}
}

// exchanged says what of an operation the first tokens of a pointer lead to. It
// returns the other tokens; all of them where they lead to none.
func exchanged(tokens []string) (words string, rest []string) {
	if len(tokens) < 5 || tokens[0] != "paths" {
		return "", tokens
	}
	of := " of " + strings.ToUpper(oneLine(tokens[2])) + " " + oneLine(tokens[1])
	switch inner := tokens[3:]; {
	case inner[0] == "requestBody" && len(inner) >= 4 && inner[1] == "content" && inner[3] == "schema":
		return "the request body" + of, inner[4:]
	case inner[0] == "responses" && len(inner) >= 5 && inner[2] == "content" && inner[4] == "schema":
		return "the " + oneLine(inner[1]) + " response" + of, inner[5:]
	case inner[0] == "parameters" && len(inner) >= 3 && inner[2] == "schema":
		return "a parameter" + of, inner[3:]
	}
	return "", tokens
}

const alternative = "an alternative"

// lastStep says what of a schema the last tokens of a pointer lead to, and how many
// they are: none where there are no words for it. A part of allOf is the schema itself.
func lastStep(tokens []string) (words string, n int) {
	last := len(tokens) - 1
	if last < 1 {
		return "", 0
	}
	switch name := oneLine(tokens[last]); {
	case tokens[last-1] == "properties" && name != "" && !strings.Contains(name, "`") && len(name) <= 60:
		return "property `" + name + "`", 2
	case tokens[last-1] == "allOf":
		return "", 2
	case tokens[last-1] == "oneOf", tokens[last-1] == "anyOf":
		return alternative, 2
	case tokens[last] == "items":
		return "the items", 1
	case tokens[last] == "additionalProperties":
		return "the values", 1
	}
	return "", 0
}
