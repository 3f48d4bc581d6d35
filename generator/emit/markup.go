package emit

import (
	"html"
	"regexp"
	"strings"
)

// HTML as descriptions have it. An attribute has a value, so that words in
// angle brackets, <id of a pet>, are no tag.
var (
	anchor      = regexp.MustCompile(`(?is)<a\s(?:[^>]*?\s)?href\s*=\s*["']?([^\s"'>]*)[^>]*>(.*?)</a>`)
	htmlTag     = regexp.MustCompile(`<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))*)\s*/?>`)
	tableRow    = regexp.MustCompile(`(?is)<tr\b[^>]*>.*?</tr>`)
	htmlComment = regexp.MustCompile(`(?s)<!--.*?-->`)
	codeBlock   = regexp.MustCompile(`(?i)(<pre[^>]*>\s*)<code[^>]*>|</code>(\s*</pre>)`)
	itemGap     = regexp.MustCompile(`\s*\n- \s*`)
	entity      = regexp.MustCompile(`&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z]+[0-9]*);`)
)

// stripTags removes the tags of HTML; links become those of markdown, and
// entities what they stand for.
func stripTags(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return text
	}
	text = anchor.ReplaceAllStringFunc(htmlComment.ReplaceAllString(text, ""), func(link string) string {
		parts := anchor.FindStringSubmatch(link)
		if strings.TrimSpace(parts[2]) == "" || !strings.HasPrefix(parts[1], "http") {
			return parts[2]
		}
		return "[" + parts[2] + "](" + parts[1] + ")"
	})
	text = codeBlock.ReplaceAllString(text, "$1$2")
	text = tableRow.ReplaceAllStringFunc(text, func(row string) string {
		return "\n" + strings.Join(strings.Fields(replaceTags(row, inCell)), " ") + "\n"
	})
	text = itemGap.ReplaceAllString(replaceTags(text, element), "\n- ")
	return entity.ReplaceAllStringFunc(text, html.UnescapeString)
}

// replaceTags puts in the place of tags what stands for them. Anything else in
// angle brackets is left alone: it may be a placeholder, as may an element that
// is one only in some dialects, or a single capital, where nothing ends it.
func replaceTags(text string, standsFor func(name string) (begin, end string, ok bool)) string {
	ends := map[string]bool{} // whether the text has the end of a doubtful element: it is looked for once
	return htmlTag.ReplaceAllStringFunc(text, func(found string) string {
		parts := htmlTag.FindStringSubmatch(found)
		name := strings.ToLower(parts[2])
		begin, end, ok := standsFor(name)
		doubtful := strings.Contains(" a html head body section note important caution warning function fullname q tt ", " "+name+" ") || len(name) == 1 && name != parts[2]
		if ok && doubtful && parts[3] == "" {
			if _, known := ends[parts[2]]; !known {
				ends[parts[2]] = strings.Contains(text, "</"+parts[2]+">")
			}
			ok = ends[parts[2]]
		}
		switch {
		case !ok:
			return found
		case parts[1] == "":
			return begin
		}
		return end
	})
}

// element returns what stands for the tags that begin and end an element of
// HTML. It reports false for what descriptions do not use.
func element(name string) (begin, end string, ok bool) {
	switch name {
	case "b", "i", "em", "strong", "span", "sup", "sub", "u", "a", "thead", "tbody", "font", "small", "img", "function", "tt", "q", "center",
		"html", "head", "body":
		return "", "", true
	case "code":
		return "`", "`", true
	case "br", "tr", "div", "dd":
		return "\n", "\n", true
	case "p", "blockquote", "hr", "dl", "dt", "section", "note", "important", "caution", "warning", "fullname":
		return "\n\n", "\n\n", true
	case "ul", "ol", "table":
		return "\n", "\n\n", true
	case "li":
		return "\n- ", "\n", true
	case "pre":
		return "\n```\n", "\n```\n", true
	case "th", "td":
		return "| ", " ", true
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return "\n# ", "\n", true
	}
	return "", "", false
}

// inCell is element within a row of a table, which is one line.
func inCell(name string) (begin, end string, ok bool) {
	begin, end, ok = element(name)
	if strings.Contains(begin+end, "\n") {
		return " ", " ", ok
	}
	return begin, end, ok
}

// untagged takes the tags from the beginning of a text that are no more than
// layout.
func untagged(text string) string {
	for {
		at := htmlTag.FindStringSubmatchIndex(text)
		if at == nil || at[0] != 0 {
			return text
		}
		begin, _, ok := element(strings.ToLower(text[at[4]:at[5]]))
		if !ok || strings.TrimSpace(begin) != "" || text[at[4]:at[5]] == "a" {
			return text
		}
		text = strings.TrimSpace(text[at[1]:])
	}
}

// Markdown that comments do not have: bold type and images.
var (
	bold   = regexp.MustCompile(`(^|[\s("'])\*{2,3}([\pL\pN_"'` + "`" + `\[(](?:[^*\n]|\n[^*\n])*)\*{2,3}`)
	strong = regexp.MustCompile(`(^|[\s(])__([\pL\pN][^_\n]* [^_\n]*)__`)
	image  = regexp.MustCompile(strings.ReplaceAll(`\[\s*IMAGE\s*\](?:\([^)\n]*\)|\[[^\]\n]*\])|IMAGE`, "IMAGE", `!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])`))
)

// unstyled takes bold type and images out of a text, and the signs by which words
// with underscores escape being taken for such.
func unstyled(text string) string {
	if strings.Contains(text, "![") {
		text = image.ReplaceAllString(text, "")
	}
	if strings.Contains(text, "**") {
		text = bold.ReplaceAllString(text, "$1$2")
	}
	if strings.Contains(text, "__") {
		text = strong.ReplaceAllString(text, "$1$2")
	}
	if strings.Contains(text, `\_`) {
		text = unescaped(text)
	}
	return text
}

// unescaped writes \_ as _, but in code.
func unescaped(text string) string {
	out, code := make([]byte, 0, len(text)), false
	for i := range len(text) {
		switch {
		case text[i] == '`':
			code = !code
		case code || text[i] != '\\' || i > 0 && text[i-1] == '\\':
		case strings.HasPrefix(text[i+1:], "_"):
			continue
		}
		out = append(out, text[i])
	}
	return string(out)
}
