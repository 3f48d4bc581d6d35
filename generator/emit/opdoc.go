package emit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// about returns the paragraphs of a method's comment: what the operation does
// in the document's words, its method and path, and its errors.
func (o *opWriter) about() []string {
	op := o.op
	summary, doc := strings.TrimSpace(op.Summary), strings.TrimSpace(op.Doc)
	if first, rest, ok := strings.Cut(summary, "\n\n"); ok {
		summary, doc = first, strings.TrimSpace(rest+"\n\n"+doc)
	}
	if summary == "" {
		summary, doc = firstSentence(doc)
	}
	if first, rest := firstSentence(doc); gist(first) == gist(summary) || gist(doc) == gist(summary) {
		summary, doc = first, rest // the same, with better grammar as a rule
	}
	route := op.Method + " " + oneLine(op.Path)
	paragraphs := []string{op.GoName + " calls " + route + ".", doc}
	if summary = oneLine(summary); !strings.HasSuffix(summary, "..") {
		summary = strings.TrimSuffix(summary, ".")
	}
	if summary != "" {
		paragraphs = []string{lead(op.GoName, summary), doc}
	}
	paragraphs = append(paragraphs, slices.DeleteFunc(slices.Clone(op.Remarks), func(remark string) bool { return strings.Contains(doc, remark) })...)
	if summary != "" {
		paragraphs = append(paragraphs, route)
	}
	if op.Of != nil {
		wanted, also := o.accepted()
		paragraphs = append(paragraphs, "It is "+op.Of.GoName+" with the response as "+oneLine(strings.Join(append(wanted, also...), ", "))+".")
	}
	if len(op.Switches) > 0 {
		paragraphs = append(paragraphs, "The request says stream: true, whatever params says.")
	}
	if op.Result.Redirects {
		paragraphs = append(paragraphs, "The result is a redirect, which is not followed: header Location says where it leads.")
	}
	if o.nilForNull() {
		paragraphs = append(paragraphs, "The result is nil if the API answers null.")
	}
	if empty := o.emptyDoc(); empty != "" {
		paragraphs = append(paragraphs, empty)
	}
	if errors := o.errorsDoc(); errors != "" {
		paragraphs = append(paragraphs, errors)
	}
	for _, link := range op.Links {
		paragraphs = append(paragraphs, linkDoc(link))
	}
	return append(paragraphs, deprecation(op.Deprecated))
}

// gist is a sentence without articles and full stop, with the verb that it begins with conjugated.
func gist(sentence string) string {
	words := strings.Fields(strings.ToLower(strings.TrimRight(oneLine(sentence), ".")))
	if len(words) > 0 {
		words[0] = cmp.Or(conjugated(words[0]), words[0])
	}
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "a" || w == "an" || w == "the" }), " ")
}

// errorsDoc lists the documented errors by type, at the end those that any other status is as well.
func (o *opWriter) errorsDoc() string {
	var parts []string
	for _, c := range o.op.Errors {
		if o.errorDecoder(c) == nil {
			continue
		}
		statuses := slices.Clone(c.Statuses)
		for i, s := range statuses {
			if s == "default" {
				statuses[i] = "any other status"
			}
		}
		parts = append(parts, "*Error["+o.typeText(c.Type)+"] for "+enumerate(statuses))
	}
	if unread := o.unread(); len(unread) > 0 {
		parts = append(parts, "*ResponseError for "+enumerate(unread))
	}
	if parts == nil {
		return ""
	}
	return "Errors: " + strings.Join(parts, "; ") + "."
}

// unread lists the statuses of documented errors that are nothing but a ResponseError: neither a
// range nor the default has a type for them.
func (o *opWriter) unread() []string {
	return slices.DeleteFunc(slices.Clone(o.op.Unread), func(status string) bool {
		return slices.ContainsFunc(o.op.Errors, func(c *ir.ErrorCase) bool {
			return slices.Contains(c.Statuses, "default") || slices.Contains(c.Statuses, status[:1]+"XX")
		})
	})
}

// linkDoc says in words where a link leads.
func linkDoc(l *ir.Link) string {
	text := "Link " + oneLine(l.Name) + " leads to " + oneLine(l.Target)
	for i, input := range l.Inputs {
		joint := " with "
		if i > 0 {
			joint = ", "
		}
		text += joint + oneLine(input[0]) + " = " + oneLine(input[1])
	}
	if l.Doc != "" {
		text += ": " + oneLine(l.Doc)
	}
	return strings.TrimSuffix(text, ".") + "."
}

// lead makes the first sentence of a comment of a summary, given without a
// full stop: "Update an account" becomes "UpdateAccount updates an account."
func lead(name, summary string) string {
	adverb, said := "", summary
	if first, rest, _ := strings.Cut(summary, " "); strings.HasSuffix(first, "ly") && thirdPerson(first) == "" {
		adverb, said = strings.ToLower(first)+" ", rest
	}
	verb, rest, _ := strings.Cut(said, " ")
	second, _, _ := strings.Cut(rest, " ")
	third := thirdPerson(verb)
	start := name + " " + adverb + third + " "
	switch {
	case third == "", second == "of": // a noun
	case strings.EqualFold(third, verb):
		return stopped(start + rest)
	case second == "or" || second == "and":
		other, object, _ := strings.Cut(strings.TrimPrefix(rest, second+" "), " ")
		if also := conjugated(strings.ToLower(other)); also != "" {
			return stopped(strings.TrimSpace(start + second + " " + also + " " + object))
		}
	case !strings.HasSuffix(verb, ",") && strings.IndexAny(second, "&+/") != 0:
		return stopped(strings.TrimSpace(start + continued(rest)))
	}
	return stopped(name + ": " + summary)
}

// stopped is a sentence with the full stop that it lacks.
func stopped(sentence string) string {
	sentence = strings.TrimRight(sentence, " ,:;") // what is left of a longer text
	if strings.ContainsAny(sentence[len(sentence)-1:], ".!?") {
		return sentence
	}
	return sentence + "."
}

// continued conjugates the verbs that follow the first: in "a result and purge
// all of it", an article or the like shows that they are verbs.
func continued(rest string) string {
	words := strings.Split(rest, " ")
	for i := 1; i < len(words)-1; i++ {
		joined := words[i-1] == "and" || words[i-1] == "or"
		if third := conjugated(words[i]); joined && third != "" && strings.Contains(" a all an any each every it its the their them ", " "+words[i+1]+" ") {
			words[i] = third
		}
	}
	return strings.Join(words, " ")
}

// thirdPerson conjugates the verb that begins a summary; empty when the word
// is not one that usually does.
func thirdPerson(word string) string {
	verb := strings.ToLower(word)
	if word == "" || word[1:] != verb[1:] {
		return ""
	}
	return conjugated(verb)
}

// conjugated is thirdPerson of a word in small letters.
func conjugated(verb string) string {
	for ending, base := range map[string]string{"s": "", "es": "", "ies": "y"} {
		if stem, ok := strings.CutSuffix(verb, ending); ok && isVerb(stem+base) {
			return verb
		}
	}
	switch {
	case !isVerb(verb):
		return ""
	case strings.HasSuffix(verb, "s"), strings.HasSuffix(verb, "x"), strings.HasSuffix(verb, "z"), strings.HasSuffix(verb, "ch"), strings.HasSuffix(verb, "sh"):
		return verb + "es"
	case strings.HasSuffix(verb, "y") && !strings.ContainsRune("aeiou", rune(verb[len(verb)-2])):
		return verb[:len(verb)-1] + "ies"
	}
	return verb + "s"
}

// isVerb knows the verbs that summaries of operations begin with.
func isVerb(word string) bool {
	const verbs = " accept acknowledge activate add aggregate allow analyze append apply approve archive assign associate attach authenticate " +
		"authorize begin bind block build bulk calculate cancel capture change check classify clean clear clone close compact compare " +
		"complete compute configure confirm connect convert copy count create deactivate decline delete demote deny deploy deregister " +
		"describe detach detect disable disassociate disconnect discover dismiss display download duplicate edit enable end estimate " +
		"evaluate exchange execute expire export extract fetch fill filter find follow force fork forward generate get give grant " +
		"hide ignore import increment initialize initiate insert install invite invoke issue join leave link list load lock log look " +
		"lookup make mark merge migrate modify move mute obtain open overwrite patch pause perform pin ping place post prepare " +
		"preview process promote provide provision publish pull purge push put query reactivate read reboot rebuild receive reconcile " +
		"record redeem redeliver refresh refund regenerate register reject release reload remove rename render renew reopen reorder " +
		"replace replay report represent request rerequest rerun resend reset resolve respond restart restore resume retrieve retry " +
		"return reverse revoke rotate run save scan schedule search select send set share show sign simulate specify star start stop " +
		"store stream submit subscribe summarize suspend switch sync synchronize tag take terminate test toggle track transcribe " +
		"transfer transition translate trigger unarchive unassign unassociate unblock undelete unfollow uninstall unlink unlock " +
		"unmark unmute unpin unpublish unregister unrevoke unset unstar unsubscribe unsuspend update upgrade upload upsert validate " +
		"verify view void write "
	return strings.Contains(verbs, " "+word+" ")
}

// firstSentence splits text after its first sentence or paragraph.
func firstSentence(text string) (first, rest string) {
	end := len(text)
	if i := strings.Index(text, "\n\n"); i >= 0 {
		end = i
	}
	if i := strings.Index(text[:end], ". "); i >= 0 {
		end = i + 1
	}
	return text[:end], strings.TrimSpace(text[end:])
}
