package examples

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// element is an element of XML.
type element struct {
	name  xml.Name
	attrs map[string]string
	inner []*element
	text  string
}

// xmlWords is what a schema says of XML, and what is said where it refers to.
func xmlWords(ref *openapi3.SchemaRef, depth int) openapi3.XML {
	var said openapi3.XML
	if ref == nil || ref.Value == nil || depth > tooDeep {
		return said
	}
	if ref.Value.XML != nil {
		said = *ref.Value.XML
	}
	parts := slices.Clone(ref.Value.AllOf)
	slices.SortStableFunc(parts, func(p, q *openapi3.SchemaRef) int { return cmp.Compare(min(len(p.Ref), 1), min(len(q.Ref), 1)) })
	for _, part := range parts {
		if part.Ref != "" && !onlyWords(ref.Value) {
			continue
		}
		more := xmlWords(part, depth+1)
		said.Name, said.Namespace = cmp.Or(said.Name, more.Name), cmp.Or(said.Namespace, more.Namespace)
		said.Attribute, said.Wrapped = said.Attribute || more.Attribute, said.Wrapped || more.Wrapped
	}
	return said
}

// described returns the properties of a schema and its parts, and its items.
func described(ref *openapi3.SchemaRef, depth int) (openapi3.Schemas, *openapi3.SchemaRef) {
	all := openapi3.Schemas{}
	if ref == nil || ref.Value == nil || depth > tooDeep {
		return all, nil
	}
	items := ref.Value.Items
	for _, part := range ref.Value.AllOf {
		properties, more := described(part, depth+1)
		for name, property := range properties {
			all[name] = property
		}
		items = cmp.Or(items, more)
	}
	for name, property := range ref.Value.Properties {
		all[name] = property
	}
	return all, items
}

// undocumented is the name of a root element that the document does not give.
const undocumented = "undocumented"

// nameOf is the name of an element that is no property.
func nameOf(ref *openapi3.SchemaRef, other string) xml.Name {
	words := xmlWords(ref, 0)
	if ref != nil && ref.Ref != "" {
		other = path.Base(ref.Ref)
	}
	return xml.Name{Space: words.Namespace, Local: cmp.Or(words.Name, other)}
}

// rootElement is a value of type t as the XML of a schema.
func rootElement(ref *openapi3.SchemaRef, v any, t ir.Type) *element {
	root := &element{name: nameOf(ref, undocumented), attrs: map[string]string{}}
	if list, is := ir.Underlying(t).(*ir.List); is {
		_, items := described(ref, 0)
		root.items(items, v, list, nameOf(items, "item"))
		return root
	}
	root.fill(ref, v, t)
	return root
}

// fill gives an element what is in a value of type t.
func (e *element) fill(ref *openapi3.SchemaRef, v any, t ir.Type) {
	object, is := v.(map[string]any)
	st, both := ir.Underlying(t).(*ir.Struct)
	if !is || !both {
		if v != nil {
			e.text = fmt.Sprint(v)
		}
		return
	}
	properties, _ := described(ref, 0)
	taken, lists := map[string]bool{}, map[string]int{}
	for _, f := range st.Fields {
		if words := xmlWords(properties[f.WireName], 0); hasXML(f) && !words.Wrapped {
			lists[cmp.Or(itemName(properties[f.WireName], f), cmp.Or(words.Name, f.WireName))]++
		}
	}
	for _, f := range st.Fields {
		property := properties[f.WireName]
		if property == nil || !hasXML(f) {
			continue
		}
		words := xmlWords(property, 0)
		name, item := cmp.Or(words.Name, f.WireName), itemName(property, f)
		wrapped := words.Wrapped || lists[item] > 1 && item != name
		own := &name
		if item != "" && !wrapped {
			own = &item
		}
		if taken[fmt.Sprint(f.XML.Attribute, *own)] {
			*own = f.WireName // as two cannot have one name
		}
		taken[fmt.Sprint(f.XML.Attribute, *own)] = true
		e.property(f, property, name, item, wrapped, object[f.WireName])
	}
}

// hasXML reports whether a property is not left out of XML.
func hasXML(f *ir.Field) bool { return f.XML != nil && f.XML.Name != "" }

// itemName is what the items of a property are called; empty if it is no list.
func itemName(ref *openapi3.SchemaRef, f *ir.Field) string {
	if _, is := ir.Underlying(f.Type).(*ir.List); !is {
		return ""
	}
	_, items := described(ref, 0)
	return cmp.Or(xmlWords(items, 0).Name, xmlWords(ref, 0).Name, f.WireName)
}

// property adds a property, whose value is nil where it is absent.
func (e *element) property(f *ir.Field, ref *openapi3.SchemaRef, name, item string, wrapped bool, v any) {
	words := xmlWords(ref, 0)
	list, is := ir.Underlying(f.Type).(*ir.List)
	switch {
	case v == nil:
	case is:
		_, items := described(ref, 0)
		in := e
		if wrapped {
			in = &element{name: xml.Name{Space: words.Namespace, Local: name}}
			e.inner = append(e.inner, in)
		}
		in.items(items, v, list, xml.Name{Local: item})
	case f.XML.Attribute:
		e.attrs[name] = fmt.Sprint(v)
	default:
		in := &element{name: xml.Name{Space: words.Namespace, Local: name}, attrs: map[string]string{}}
		in.fill(ref, v, f.Type)
		e.inner = append(e.inner, in)
	}
}

// items adds the items of a list.
func (e *element) items(ref *openapi3.SchemaRef, v any, t *ir.List, name xml.Name) {
	list, _ := v.([]any)
	for _, item := range list {
		in := &element{name: name, attrs: map[string]string{}}
		in.fill(ref, item, t.Elem.Type)
		e.inner = append(e.inner, in)
	}
}

// write writes the XML of an element.
func (e *element) write(enc *xml.Encoder) error {
	start := xml.StartElement{Name: e.name}
	for name, value := range e.attrs {
		start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: name}, Value: value})
	}
	err := errors.Join(enc.EncodeToken(start), enc.EncodeToken(xml.CharData(e.text)))
	for _, in := range e.inner {
		err = errors.Join(err, in.write(enc))
	}
	return errors.Join(err, enc.EncodeToken(start.End()))
}

// xmlText is an element as text.
func xmlText(e *element) ([]byte, error) {
	var b bytes.Buffer
	enc := xml.NewEncoder(&b)
	err := errors.Join(e.write(enc), enc.Flush())
	return b.Bytes(), err
}

// readElement reads XML.
func readElement(text []byte) (*element, error) {
	dec, top := xml.NewDecoder(bytes.NewReader(text)), &element{}
	open := []*element{top}
	for {
		token, err := dec.Token()
		last := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			in := &element{name: token.Name, attrs: map[string]string{}}
			for _, a := range token.Attr {
				if a.Name.Local != "xmlns" && a.Name.Space != "xmlns" {
					in.attrs[a.Name.Local] = a.Value
				}
			}
			last.inner, open = append(last.inner, in), append(open, in)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.text += string(token)
		}
		if errors.Is(err, io.EOF) && len(top.inner) == 1 {
			return top.inner[0], nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// differs returns the first difference of another element, or "".
func (e *element) differs(other *element) string {
	at := "/" + e.name.Local
	if e.name.Local != other.name.Local && e.name.Local != undocumented || e.name.Space != "" && e.name.Space != other.name.Space || len(e.inner) != len(other.inner) {
		return fmt.Sprintf("%s with %d elements, not %v with %d", at, len(e.inner), other.name, len(other.inner))
	}
	for name, value := range e.attrs {
		if !sameText(value, other.attrs[name]) {
			return fmt.Sprintf("%s@%s: want %.60q, got %.60q", at, name, value, other.attrs[name])
		}
	}
	if len(e.attrs) != len(other.attrs) {
		return fmt.Sprintf("%s: want %d attributes, got %d", at, len(e.attrs), len(other.attrs))
	}
	if len(e.inner) == 0 && !sameText(e.text, other.text) {
		return fmt.Sprintf("%s: want %.60q, got %.60q", at, e.text, other.text)
	}
	for i, in := range e.inner {
		if d := in.differs(other.inner[i]); d != "" {
			return at + d
		}
	}
	return ""
}

// compareXML compares the XML that was sent with what it has to be.
func (o *caller) compareXML() {
	sent, err := readElement(o.server.body)
	if err != nil {
		o.found("the XML is none: %v: %s", err, o.server.body)
	} else if d := o.root.differs(sent); d != "" {
		o.found("the XML is sent otherwise: %s: %s", d, o.server.body)
	}
}

func sameText(a, b string) bool {
	return a == b || sameInstant(a, b) || sameNumber(json.Number(a), json.Number(b)) || isUUID.MatchString(a) && strings.EqualFold(a, b)
}

// inXML is what XML can have of a value of type t: no properties that are left
// out there, no nulls, and no lists without items.
func inXML(v any, t ir.Type) any {
	switch x := v.(type) {
	case map[string]any:
		kept := map[string]any{}
		if st, is := ir.Underlying(t).(*ir.Struct); is {
			for _, f := range st.Fields {
				if value := inXML(x[f.WireName], f.Type); value != nil && hasXML(f) {
					kept[f.WireName] = value
				}
			}
		}
		return kept
	case []any:
		list, is := ir.Underlying(t).(*ir.List)
		if !is || len(x) == 0 {
			return nil
		}
		all := make([]any, len(x))
		for i, item := range x {
			all[i] = inXML(item, list.Elem.Type)
		}
		return all
	case string:
		return strings.Map(func(r rune) rune {
			if r < ' ' && !strings.ContainsRune("\t\n\r", r) {
				return '\uFFFD' // which encoding/xml writes in place of what XML cannot have
			}
			return r
		}, x)
	}
	return v
}
