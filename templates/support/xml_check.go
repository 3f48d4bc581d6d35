package support

import (
	"bytes"
	"encoding/xml"
	"io"
	"reflect"
	"slices"
	"strings"
)

// xmlElement is an element as it came.
type xmlElement struct {
	XMLName    xml.Name
	Attributes []xml.Attr   `xml:",any,attr"`
	Elements   []xmlElement `xml:",any"`
}

// document checks what does not show in a value of type t that was read from XML: what the root
// element is called, unless root is empty, what follows it, and whether required parts are there.
func (c *checker) document(data []byte, root string, t reflect.Type) {
	var e xmlElement
	d := xml.NewDecoder(bytes.NewReader(data))
	err := d.Decode(&e)
	if err == nil && root != "" && !matches(root, e.XMLName) {
		c.add("", "xml", "root element "+root)
	}
	for more := err == nil; more; {
		token, err := d.Token()
		text, isText := token.(xml.CharData)
		_, isElement := token.(xml.StartElement)
		if more = err == nil; err != nil && err != io.EOF || isElement || isText && len(bytes.TrimSpace(text)) > 0 {
			c.add("", "xml", "nothing after the root element")
			more = false
		}
	}
	c.element(&e, t)
}

// matches reports whether a name is that of a tag, which may have a namespace in front.
func matches(tag string, name xml.Name) bool {
	want := xmlStart(tag).Name
	_, space := splitSpace(want.Space)
	return want.Local == name.Local && (space == "" || space == name.Space)
}

// element checks that an element has the required parts of a type.
func (c *checker) element(e *xmlElement, t reflect.Type) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.Kind() == reflect.Slice:
		c.each("", len(e.Elements), func(i int) { c.element(&e.Elements[i], t.Elem()) })
	case t.Kind() == reflect.Struct && c.enter():
		for i := range t.NumField() {
			c.property(e, t.Field(i))
		}
		c.depth--
	}
}

// property checks that an element has a property if it must, and what that consists of. A list
// without an element of its own may have no items, and null is no element.
func (c *checker) property(e *xmlElement, f reflect.StructField) {
	tag, options, _ := strings.Cut(f.Tag.Get("xml"), ",")
	name, absent, _ := strings.Cut(f.Tag.Get("json"), ",")
	if tag == "" || tag == "-" {
		return
	}
	outer, _, wrapped := strings.Cut(tag, ">")
	from, found := len(c.list), absent == "omitzero" || f.Type.Kind() == reflect.Pointer || f.Tag.Get("api") == "writeonly"
	switch isList := f.Type.Kind() == reflect.Slice; {
	case strings.HasPrefix(options, "attr"):
		found = found || slices.ContainsFunc(e.Attributes, func(a xml.Attr) bool { return matches(tag, a.Name) })
	case isList && !wrapped:
		var items xmlElement
		for _, child := range e.Elements {
			if matches(tag, child.XMLName) {
				items.Elements = append(items.Elements, child)
			}
		}
		c.element(&items, f.Type)
		found = true
	default:
		for i := range e.Elements {
			if matches(outer, e.Elements[i].XMLName) {
				c.element(&e.Elements[i], f.Type)
				found = true
			}
		}
	}
	if !found {
		c.add("", "required", "")
	}
	c.within(from, pointerToken(name))
}
