package load

// quotedNumber makes a number that may be quoted of a choice between a number and a string whose
// format says that it holds one, which is how Elysia describes every integer.
func (n *node) quotedNumber() {
	if n.get("type") != nil {
		return
	}
	for _, pair := range n.eitherWay("anyOf") {
		text, number := pair[0], pair[1]
		kind, _ := number.str("type")
		format := map[string]string{"integer": "int64", "number": "double"}[kind]
		if format == "" || !text.holdsNumber() || number.get("enum") != nil || number.get("const") != nil {
			continue
		}
		list := n.remove("anyOf")
		both := list.at(kindArray)
		both.kids = []member{{val: number.remove("type")}, {val: text.get("type")}}
		n.set("type", both)
		if number.get("format") == nil {
			n.set("format", list.stringAt(format))
		}
		n.addMissing(number.kids)
		return
	}
}

// holdsNumber reports whether a schema says that a value is a string with a number in it.
func (n *node) holdsNumber() bool {
	if kind, _ := n.str("type"); kind != "string" {
		return false
	}
	for _, m := range n.kids {
		if m.key != "type" && m.key != "format" && !isAnnotation(m.key) {
			return false
		}
	}
	format, _ := n.str("format")
	return format == "numeric" || format == "integer"
}
