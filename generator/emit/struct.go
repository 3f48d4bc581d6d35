package emit

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// extraField is the field of properties without a field of their own.
const extraField = "AdditionalProperties"

// structType declares a struct.
func (e *emitter) structType(t *ir.Struct) {
	e.add(e.declDoc(typeLines, &t.Decl))
	e.add(jen.Type().Id(t.GoName).StructFunc(func(g *jen.Group) {
		names, types, tags := 0, 0, 0
		for _, f := range t.Fields {
			names, types = max(names, len(f.GoName)), max(types, fieldWidth(f))
			tags = max(tags, len(f.WireName)+len(" `json:\",omitzero\"`"))
		}
		width := len("\t\t\t\t  ") + names + types
		var list []member
		for _, f := range t.Fields {
			text, code := e.member(t, f)
			list = append(list, member{text, code, fieldDoc(f), width + tags})
		}
		if t.Additional != nil {
			code := e.elemType(*t.Additional).Id(tagText(e.extraTag(t)))
			list = append(list, member{extraField + " map[string]", code, []string{"Properties without a field."}, width + tags})
		}
		members(g, list)
	}))
}

// fieldTag tells plans, and package encoding/xml, how a property is written.
func (e *emitter) fieldTag(t *ir.Struct, f *ir.Field) string {
	if t.Envelope {
		return ""
	}
	tags := e.jsonTag(f)
	if f.XML != nil {
		tags = append(tags, tag{"xml", xmlTag(f)})
		if spaces := prefixTag(f.XML); spaces != "" {
			tags = append(tags, tag{"prefix", spaces})
		}
	}
	return tagText(tags)
}

// tag is a key of the tag of a field with its value.
type tag struct{ key, value string }

// tagText writes a tag.
func tagText(tags []tag) string {
	slices.SortFunc(tags, func(a, b tag) int { return strings.Compare(a.key, b.key) })
	text := make([]byte, 0, 64)
	for i, t := range tags {
		if i > 0 {
			text = append(text, ' ')
		}
		text = append(append(text, t.key...), ':')
		text = strconv.AppendQuote(text, t.value)
	}
	if s := string(text); !strconv.CanBackquote(s) {
		return strconv.Quote(s)
	}
	return "`" + string(text) + "`"
}

// extraTag is the tag of the map of other properties.
func (e *emitter) extraTag(t *ir.Struct) []tag {
	tags := []tag{{"json", "-"}, {"api", "extra"}}
	if notes := e.notes(ir.Elem{Type: &ir.Map{Elem: *t.Additional}}); notes != "" {
		tags = append(tags, tag{"null", notes})
	}
	if slices.ContainsFunc(t.Fields, func(f *ir.Field) bool { return f.XML != nil }) {
		tags = append(tags, tag{"xml", "-"}) // which has no maps
	}
	return tags
}

// xmlTag tells package encoding/xml how a property is written. It would call the
// methods of an attribute that is nil.
func xmlTag(f *ir.Field) string {
	x := f.XML
	value := x.Name
	switch {
	case x.Attribute && f.Form() == ir.FormPointer:
		value += ",attr,omitempty"
	case x.Attribute:
		value += ",attr"
	case x.Wrapper != "":
		value = x.Wrapper + ">" + value
	}
	if x.Namespace != "" && (x.Wrapper == "" || prefixTag(x) == "") { // else the wrapper would have to be in it as well
		value = x.Namespace + " " + value
	}
	switch {
	case x.Name == "":
		value = "-"
	case x.Text:
		value = ",chardata"
	}
	return value
}

// prefixTag has the namespaces of a property as they are written, where they have
// a prefix: that of the wrapper, if there is one, before that of the element.
func prefixTag(x *ir.XML) string {
	switch space := ir.XMLSpace(x.Prefix, x.Namespace); {
	case x.Name == "" || x.Prefix == "" && x.WrapperSpace == "":
		return ""
	case x.Wrapper != "":
		return x.WrapperSpace + ">" + space
	default:
		return space
	}
}

// fieldWidth is about the width of the type of a field in Go.
func fieldWidth(f *ir.Field) int {
	switch f.Form() {
	case ir.FormPointer:
		return typeWidth(f.Type) + 1
	case ir.FormNullable:
		return typeWidth(f.Type) + len("Nullable[]")
	}
	return typeWidth(f.Type)
}

func typeWidth(t ir.Type) int {
	switch t := t.(type) {
	case ir.Named:
		return len(t.Declaration().GoName)
	case *ir.List:
		return len("[]") + typeWidth(t.Elem.Type)
	case *ir.Map:
		return len("map[string]") + typeWidth(t.Elem.Type)
	}
	return len("time.Time")
}

// fieldDoc documents a field: the words of the document, and in one line what
// else a caller has to know.
func fieldDoc(f *ir.Field) []string {
	text := strings.TrimSpace(f.Doc)
	if spells(text, f.GoName) { // a title that is made of the name
		text = ""
	}
	if t, ok := f.Type.(ir.Named); ok {
		switch d := t.Declaration(); {
		case spells(text, d.GoName):
			text = ""
		case text == strings.TrimSpace(d.Doc): // the type says the rest
			text, _, _ = strings.Cut(text, "\n\n")
		}
	}
	if !tidy(text) {
		text = strings.TrimSpace(sanitise(text))
	}
	facts, warning := strings.Join(fieldFacts(f), " "), formatText(deprecation(f.Deprecated))
	if short := strings.Join(strings.Fields(text), " "); len(short)+len(facts) < 3*docWidth && isParagraph(text) {
		// A short description and the facts share a paragraph.
		if facts != "" {
			short = ended(short)
		}
		return docBlocks(fieldLines, layOut(strings.TrimSpace(short+" "+facts)), warning)
	}
	return docBlocks(fieldLines, layOut(text), layOut(facts), warning)
}

// isParagraph reports whether a text is one paragraph of words, whose lines
// mean nothing: no list, code or table.
func isParagraph(text string) bool {
	if !strings.Contains(text, "\n") {
		return true
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.TrimSpace(line)
		marker, _ := listItem(line)
		if i > 0 && (isTable(lines[i-1:]) || line == "" || marker != "" || line[0] == '|' || line[0] == '>' || strings.HasPrefix(line, "```") || strings.HasPrefix(line, "# ")) {
			return false
		}
	}
	return true
}

// ended is a text with a full stop, unless its last sentence has ended.
func ended(text string) string {
	if last := strings.TrimRight(text, ")"); last == "" || strings.ContainsAny(last[len(last)-1:], ".!?:;,") {
		return text
	}
	return text + "."
}

// fieldFacts are sentences about the limits of a field.
func fieldFacts(f *ir.Field) []string {
	var facts []string
	say := func(label, value string) {
		if value = plainLine(value); value != "" && len(value) <= 150 {
			facts = append(facts, label+": "+strings.TrimSuffix(value, ".")+".")
		}
	}
	words := strings.ReplaceAll(strings.ToLower(f.Doc), "-", " ")
	if f.ReadOnly && !strings.Contains(words, "read only") {
		facts = append(facts, "Read-only.")
	}
	if f.WriteOnly && !strings.Contains(words, "write only") {
		facts = append(facts, "Write-only.")
	}
	if f.Const != nil {
		if only := literalDoc(*f.Const); !strings.Contains(f.Doc, only) { // often the words say it
			say("Always", only)
		}
	} else if f.Default != nil && !saysDefault(f.Doc, f.Default.Text) {
		say("Default", literalDoc(*f.Default))
	}
	for _, c := range constraints(f.Type, f.Constraint) {
		if f.Const == nil && c.Const != nil {
			say("Always", literalDoc(*c.Const))
		}
		say("Length", between(count(c.MinLength), count(c.MaxLength)))
		say("Pattern", c.Pattern)
		say("Range", between(limit(c.Minimum, c.ExclusiveMin, "above "), limit(c.Maximum, c.ExclusiveMax, "below ")))
		say("Multiple of", string(c.MultipleOf))
		say("Items", itemsDoc(c))
		say("Properties", between(count(c.MinProperties), count(c.MaxProperties)))
		if c.Format != "" {
			say("Format", c.Format)
		}
	}
	if format := numberFormat(f.Type); !saysFormat(words, format) {
		say("Format", format)
	}
	return facts
}

// itemsDoc says how many items a list has, and whether they differ.
func itemsDoc(c *ir.Constraint) string {
	number := between(count(c.MinItems), count(c.MaxItems))
	switch {
	case !c.UniqueItems:
		return number
	case number == "":
		return "unique"
	}
	return number + ", unique"
}

// numberFormat returns what numbers of a type mean, such as unix-time, where the
// document has a word for it and Go has none.
func numberFormat(t ir.Type) string {
	p, ok := ir.Underlying(t).(*ir.Prim)
	if !ok || p.Quoted {
		return ""
	}
	switch p.Kind {
	case ir.Int64, ir.Int32, ir.Uint64, ir.Float64, ir.Float32:
	default:
		return ""
	}
	for _, size := range []string{"int", "uint", "float", "double"} {
		if strings.HasPrefix(p.Format, size) {
			return ""
		}
	}
	return p.Format
}

// saysFormat reports whether words in small letters tell of a format: "since the Unix
// epoch, the time of".
func saysFormat(words, format string) bool {
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(format, "unixtime", "unix-time"), func(r rune) bool { return r == '-' || r == '_' }) {
		if !strings.Contains(words, strings.ToLower(part)) {
			return false
		}
	}
	return true
}

// saysDefault reports whether a text names a default value: "Defaults to `20`",
// "the default value is 20", "(default: 20)".
func saysDefault(text, value string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("`'\"*,;:=()[]", r) })
	for i, word := range words {
		if word = strings.ToLower(word); word != "default" && word != "defaults" {
			continue
		}
		for i++; i < len(words) && strings.Contains(" is to value of the ", " "+words[i]+" "); i++ {
		}
		if i < len(words) && strings.EqualFold(strings.TrimRight(words[i], "."), value) {
			return true
		}
	}
	return false
}

// literalDoc is a literal in prose: a scalar as it is written, but for text that would not be seen
// between the signs of a sentence.
func literalDoc(lit ir.Literal) string {
	visible := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	if lit.Kind == ir.LitString && (plainLine(lit.Text) != lit.Text || !strings.ContainsFunc(lit.Text, visible)) {
		return quoteJSON(lit.Text)
	}
	return lit.Text
}

// member declares a field of t. The envelope of several success responses holds
// a stream for the caller to close.
func (e *emitter) member(t *ir.Struct, f *ir.Field) (text string, code *jen.Statement) {
	if t.Envelope && ir.IsBinary(f.Type) {
		return f.GoName, jen.Qual("io", "ReadCloser")
	}
	tag := e.fieldTag(t, f)
	if text, ok := e.plainField(f); ok {
		return f.GoName + " " + text + " " + tag, nil
	}
	return f.GoName, e.fieldType(f).Id(tag)
}
