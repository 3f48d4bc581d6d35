package build

import (
	"cmp"
	"fmt"
	"regexp"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// xmlName is what may be the name of an element or attribute here: a subset
// of what XML allows, without a prefix.
var xmlName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

// xmlForm is the XML form of a property. A list that has no element of its own
// could have the name list for one.
type xmlForm struct {
	ir.XML
	list string
}

// xmlForm returns the XML form of a property; nil if its name cannot be had.
func (b *builder) xmlForm(p *property) *xmlForm {
	at := p.places[len(p.places)-1]
	n := b.follow(at)
	said := b.xmlOf(n)
	prefix, namespace := b.namespace(n, said)
	out := &xmlForm{XML: ir.XML{Name: cmp.Or(said.name, p.name), Attribute: said.attribute, Text: said.text, Namespace: namespace, Prefix: prefix}}
	if s := b.shapeOf(n); s.kinds == kindArray {
		if said.wrapped {
			out.Wrapper = out.Name
		} else {
			out.list = out.Name
		}
		if len(s.items) > 0 {
			item := b.follow(s.items[0])
			said := b.xmlOf(item)
			out.Name = cmp.Or(said.name, out.Name)
			out.ofItems(b.namespace(item, said))
		}
	}
	if !xmlName.MatchString(out.Name) || out.Wrapper != "" && !xmlName.MatchString(out.Wrapper) {
		return nil
	}
	return out
}

// ofItems takes what the items of a list say of their namespace, which with a
// prefix is for them alone: so is then that of the list for what is around them.
func (x *xmlForm) ofItems(prefix, namespace string) {
	if prefix == "" && (x.Prefix == "" || x.Wrapper == "") {
		return
	}
	if x.Wrapper != "" {
		x.WrapperSpace = ir.XMLSpace(x.Prefix, x.Namespace)
		x.Namespace = ""
	}
	x.Prefix, x.Namespace = prefix, cmp.Or(namespace, x.Namespace)
}

// xmlWords is what a schema says of XML.
type xmlWords struct {
	name                     string
	namespace, prefix        string
	attribute, wrapped, text bool
}

// xmlOf returns what a schema says of XML, and what is left unsaid there from
// its parts: those that stand in it, and the one it refers to if they are only
// words about that.
func (b *builder) xmlOf(n node) xmlWords {
	var said xmlWords
	b.addXML(&said, n, map[string]bool{})
	return said
}

func (b *builder) addXML(said *xmlWords, n node, seen map[string]bool) {
	if seen[n.ptr] {
		return
	}
	seen[n.ptr] = true
	if x := n.schema.XML; x != nil {
		said.name, said.namespace, said.prefix = cmp.Or(said.name, x.Name), cmp.Or(said.namespace, x.Namespace), cmp.Or(said.prefix, x.Prefix)
		said.attribute, said.wrapped = said.attribute || x.Attribute, said.wrapped || x.Wrapped
		b.addNode(said, n)
	}
	for _, referred := range []bool{false, true} {
		for i, part := range n.schema.AllOf {
			if part.Value != nil && (part.Ref != "") == referred && (!referred || isWrapper(n.schema)) {
				b.addXML(said, b.follow(place{ref: part, ptr: index(join(n.ptr, "allOf"), i)}), seen)
			}
		}
	}
}

// addNode adds what kind of node a schema is in XML, as OpenAPI 3.2 says it. Lists are none if not said otherwise.
func (b *builder) addNode(said *xmlWords, n node) {
	switch kind := n.schema.XML.Extensions["nodeType"]; kind {
	case nil:
	case "attribute":
		said.attribute = true
	case "element":
		said.wrapped = true
	case "text", "cdata":
		said.text = true
	case "none":
		if b.shapeOf(n).kinds != kindArray {
			b.warnOnce(join(n.ptr, "xml"), "xml", "what is in a node without an element of its own cannot be told apart; it has one")
		}
	default:
		b.warnOnce(join(n.ptr, "xml"), "xml", "nodeType %.40q is not one of element, attribute, text, cdata and none; it is ignored", fmt.Sprint(kind))
	}
}

// isWrapper reports whether a schema refers to another one and has nothing but
// words about it beside that.
func isWrapper(s *openapi3.Schema) bool {
	refs, holds := 0, len(s.Properties) > 0 || s.Items != nil
	for _, part := range s.AllOf {
		switch {
		case part.Ref != "":
			refs++
		case part.Value != nil:
			holds = holds || len(part.Value.Properties) > 0 || part.Value.Items != nil
		}
	}
	return refs == 1 && !holds
}

// xmlNamespace is what may be a namespace here: one with characters that have
// a meaning in struct tags cannot.
var xmlNamespace = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+;=%-]+$`)

// namespace returns the namespace of the element of a schema that says so of XML,
// and its prefix. Without one it is the namespace of the elements in it as well.
func (b *builder) namespace(n node, said xmlWords) (prefix, namespace string) {
	if said.namespace != "" && !xmlNamespace.MatchString(said.namespace) {
		b.warnOnce(join(n.ptr, "xml"), "xml-namespace", "the namespace %.80q is not a URI that can be used; it is left out", said.namespace)
		return "", ""
	}
	if said.prefix != "" && (!xmlName.MatchString(said.prefix) || said.prefix == "xmlns") {
		b.warnOnce(join(n.ptr, "xml"), "xml-namespace", "the prefix %.80q is none that can be used; it is left out", said.prefix)
		return "", said.namespace
	}
	return said.prefix, said.namespace
}

// rootInXML returns the names of the root element of a media type's content, and
// of the items if it is a list.
func (b *builder) rootInXML(m media, t ir.Type) (root, item string) {
	n := b.follow(m.place())
	root, other := b.elementName(n), "value"
	switch t := ir.Underlying(t).(type) {
	case *ir.List:
		other, item = "items", "item"
		if s := b.shapeOf(n); len(s.items) > 0 {
			item = cmp.Or(b.elementName(b.follow(s.items[0])), item)
		}
	case *ir.Struct:
		other = t.GoName
	}
	if root == "" {
		b.warnOnce(m.ptr, "xml-root", `the root element has no name; it is called %q (say "xml: {name: ...}" in the schema)`, other)
	}
	return cmp.Or(root, other), item
}

// elementName returns the name of the element of a schema that is not a
// property: after its namespace and a space if it has one, empty if it has none.
func (b *builder) elementName(n node) string {
	key, _ := componentSchema(n.ptr)
	said := b.xmlOf(n)
	name := cmp.Or(said.name, key)
	if !xmlName.MatchString(name) {
		return ""
	}
	if space := ir.XMLSpace(b.namespace(n, said)); space != "" {
		return space + " " + name
	}
	return name
}

// noElement reports whether values of t, which is called name, cannot be read and
// written as an element; they are text for the caller then. So are strings: a
// document that does not name their element means text that is XML already, or
// none.
func (b *builder) noElement(m media, t ir.Type, name string) bool {
	n, x := b.follow(m.place()), ir.Underlying(t)
	if inElement(x) {
		return ir.IsText(x) && b.xmlOf(n) == (xmlWords{})
	}
	if s := b.shapeOf(n); s.kinds == kindArray && len(s.items) > 0 {
		if a, ok := t.(*ir.Alias); ok {
			name = a.GoName
		}
		// The elements of the list are not known yet, but they are called so.
		if inElement(ir.Underlying(b.useOfAll(s.items, name+"Item", join(b.origin(n.ptr), "items")).typ)) {
			return false
		}
	}
	if _, free := x.(*ir.Any); !free {
		b.warnOnce(m.ptr, "xml", "maps, unions and lists of them have no form in XML; the caller reads and writes it as text")
	}
	return true
}

// inElement reports whether encoding/xml has a form for a type that fits.
func inElement(t ir.Type) bool {
	switch t := t.(type) {
	case *ir.Struct, *ir.Enum:
		return true
	case *ir.Prim:
		return t.Kind != ir.Bytes && t.Kind != ir.Binary
	}
	return false
}

// settleXML gives the fields of all structs that are sent or received as XML
// their form there.
func (b *builder) settleXML() {
	seen := map[ir.Type]bool{}
	for op := range b.api.Operations() {
		for x := range op.Exchanges() {
			b.inXML(x.Codec, x.Type, seen)
		}
	}
}

func (b *builder) inXML(codec ir.Codec, t ir.Type, seen map[ir.Type]bool) {
	if codec != ir.CodecXML || t == nil || seen[t] {
		return
	}
	seen[t] = true
	switch t := t.(type) {
	case *ir.Alias:
		b.inXML(codec, t.Target, seen)
	case *ir.List:
		b.inXML(codec, t.Elem.Type, seen)
	case *ir.Struct:
		if t.Additional != nil {
			b.warnOnce(t.Pos.Pointer, "xml", "%s has additional properties, which have no form in XML; they are left out there", t.GoName)
		}
		b.listsApart(t)
		taken := map[string]bool{}
		for _, f := range t.Fields {
			form := b.xmlForms[f]
			if form != nil && (form.Attribute || form.Text) && !isScalar(f.Type) && !formless(f.Type) {
				b.warnOnce(f.Pos.Pointer, "xml", "an object or list has no form as an attribute or as text of XML; the property is an element")
				form.Attribute, form.Text = false, false
			}
			f.XML = ownName(form, f.WireName, taken)
			switch {
			case formless(f.Type):
				b.warnOnce(f.Pos.Pointer, "xml", "maps, unions, free values and lists of them or of lists have no form in XML; the property is left out there")
				f.XML = &ir.XML{}
			default:
				if scalarKind(f.Type) == ir.Bytes { // encoding/xml does not encode them
					f.XML = nil
				}
				if f.XML == nil || f.Nullable && !f.Required {
					b.warnOnce(f.Pos.Pointer, "xml", "the property cannot be written as XML; it is left out there")
					f.XML = &ir.XML{}
				}
			}
			b.inXML(codec, f.Type, seen)
		}
	}
}

// formless reports whether a property of type t has no form in XML.
func formless(t ir.Type) bool {
	switch x := ir.Underlying(t).(type) {
	case *ir.Map, *ir.Union, *ir.Any:
		return true
	case *ir.List:
		return !inElement(ir.Underlying(x.Elem.Type))
	}
	return false
}

// listsApart gives lists whose items are called like those of another list, or
// like another property is, elements of their own: nothing else tells them apart.
func (b *builder) listsApart(t *ir.Struct) {
	named := map[string]int{}
	for _, f := range t.Fields {
		if form := b.xmlForms[f]; form != nil && !formless(f.Type) && (form.list != "" || form.Name == f.WireName && !form.Attribute && !form.Text) {
			named[form.Name]++
		}
	}
	for _, f := range t.Fields {
		form := b.xmlForms[f]
		switch {
		case form == nil || form.list == "" || form.list == form.Name || !xmlName.MatchString(form.list):
		case named[form.Name] > 1:
			b.warnFirst(form.Name, f.Pos.Pointer, "xml-name", "%q is the name of other elements as well; those of this list are wrapped in %q, and so are all such lists", form.Name, form.list)
			form.Wrapper = form.list
		case form.list != f.WireName:
			b.warnFirst("", f.Pos.Pointer, "xml-name-unused", "the items of the list are called %q, and the name %q is not used without \"wrapped: true\"; so it is with all such lists", form.Name, form.list)
		}
	}
}

// ownName is the form x of a property, whose type may name it like another
// property; then it keeps the name of its own, if that can be had.
func ownName(x *xmlForm, name string, taken map[string]bool) *ir.XML {
	if x == nil {
		return nil
	}
	own := x.XML
	place := func() *string {
		if own.Wrapper != "" {
			return &own.Wrapper
		}
		return &own.Name
	}
	key := func() string { return fmt.Sprint(own.Attribute, *place()) }
	if own.Text { // of which there is one
		key = func() string { return "" }
	}
	if taken[key()] && xmlName.MatchString(name) {
		*place() = name
	}
	if taken[key()] {
		return nil
	}
	taken[key()] = true
	return &own
}
