package support

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// xmlBody sends v as XML. The root element is called root, which may begin with
// a namespace, as in xmlStart.
func xmlBody(r *request, mediaType, root string, v any) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	w := xmlEncoder{Encoder: xml.NewEncoder(&b), spaces: []string{"xml=http://www.w3.org/XML/1998/namespace"}}
	w.element(xmlStart(root), reflect.ValueOf(v))
	r.fail(cmp.Or(w.err, w.Flush()))
	r.content(mediaType, b.Bytes())
}

// xmlEncoder writes values by the tags that encoding/xml reads them by. As in
// JSON, what is read-only or absent is left out, and constants are filled in.
type xmlEncoder struct {
	*xml.Encoder
	err    error    // the first one
	spaces []string // with a prefix, that are declared here
}

func (w *xmlEncoder) token(t xml.Token) {
	if w.err == nil {
		w.err = w.EncodeToken(t)
	}
}

// begin writes the start of an element, with the declarations that it needs, and
// returns what ends it.
func (w *xmlEncoder) begin(start xml.StartElement) (end func()) {
	known := len(w.spaces)
	start.Name = w.prefixed(&start, start.Name)
	for i := range start.Attr {
		name := w.prefixed(&start, start.Attr[i].Name)
		start.Attr[i].Name = name
	}
	w.token(start)
	return func() {
		w.token(start.End())
		w.spaces = w.spaces[:known]
	}
}

// prefixed is a name with the prefix that its namespace has in the document, in
// place of that. Without a namespace the prefix is one that is declared here.
func (w *xmlEncoder) prefixed(start *xml.StartElement, name xml.Name) xml.Name {
	prefix, space := splitSpace(name.Space)
	if prefix == "" {
		return name // the whole is a URI
	}
	name.Space = ""
	known := ""
	for _, declared := range w.spaces {
		if uri, same := strings.CutPrefix(declared, prefix+"="); same {
			known = uri
		}
	}
	if known == "" && space == "" {
		return name
	}
	if space != "" && space != known {
		start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "xmlns:" + prefix}, Value: space})
		w.spaces = append(w.spaces, prefix+"="+space)
	}
	name.Local = prefix + ":" + name.Local
	return name
}

// element writes v as an element, unless it is nil.
func (w *xmlEncoder) element(start xml.StartElement, v reflect.Value) {
	if list, ok := v.Interface().(interface {
		items() (string, reflect.Value)
	}); ok {
		item, items := list.items()
		w.list(start, xmlStart(item), items)
		return
	}
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	if text, ok := w.text(v); ok {
		end := w.begin(start)
		w.token(xml.CharData(text))
		end()
		return
	}
	if _, own := pointerTo(v).(xml.Marshaler); own || v.Kind() != reflect.Struct {
		known := len(w.spaces)
		start.Name = w.prefixed(&start, start.Name)
		if w.err == nil {
			w.err = w.EncodeElement(pointerTo(v), start)
		}
		w.spaces = w.spaces[:known]
		return
	}
	fields := xmlFields(v)
	for _, f := range fields {
		if f.attribute {
			text, _ := w.text(f.value)
			start.Attr = append(start.Attr, xml.Attr{Name: f.start.Name, Value: text})
		}
	}
	end := w.begin(start)
	for _, f := range fields {
		switch {
		case f.attribute:
		case f.content:
			text, _ := w.text(f.value)
			w.token(xml.CharData(text))
		case f.wrapper.Local != "":
			w.list(xml.StartElement{Name: f.wrapper}, f.start, f.value)
		case f.value.Kind() == reflect.Slice:
			if _, ok := w.text(f.value); ok {
				w.element(f.start, f.value)
			} else {
				w.items(f.start, f.value)
			}
		default:
			w.element(f.start, f.value)
		}
	}
	end()
}

// list writes a list as an element.
func (w *xmlEncoder) list(start, item xml.StartElement, v reflect.Value) {
	end := w.begin(start)
	w.items(item, v)
	end()
}

func (w *xmlEncoder) items(start xml.StartElement, v reflect.Value) {
	for i := range v.Len() {
		w.element(start, v.Index(i))
	}
}

// text is a value as text; ok is false where it has another form in XML.
func (w *xmlEncoder) text(v reflect.Value) (text string, ok bool) {
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if m, ok := pointerTo(v).(interface{ MarshalText() ([]byte, error) }); ok {
		text, err := m.MarshalText()
		w.err = cmp.Or(w.err, err, checkXML(string(text)))
		return string(text), true
	}
	switch v.Kind() {
	case reflect.String:
		w.err = cmp.Or(w.err, checkXML(v.String()))
		return v.String(), true
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), true
	case reflect.Int, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), true
	case reflect.Uint32, reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10), true
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits()), true
	}
	return "", false
}

// pointerTo is a pointer to v, which has all methods, where there can be one.
func pointerTo(v reflect.Value) any {
	if v.CanAddr() {
		return v.Addr().Interface()
	}
	return v.Interface()
}

// checkXML reports a character that XML cannot have.
func checkXML(text string) error {
	for _, c := range text {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c&^1 == 0xfffe {
			return fmt.Errorf("XML cannot have the character %q", c)
		}
	}
	if !utf8.ValidString(text) {
		return errors.New("text for XML is not UTF-8")
	}
	return nil
}

// xmlField is a property of an object.
type xmlField struct {
	start     xml.StartElement
	wrapper   xml.Name
	attribute bool
	content   bool // the text of the element around it
	value     reflect.Value
}

// xmlFields are the properties that are written.
func xmlFields(v reflect.Value) (fields []xmlField) {
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag
		name, options, _ := strings.Cut(tag.Get("xml"), ",")
		f := xmlField{value: v.Field(i), attribute: strings.HasPrefix(options, "attr"), content: options == "chardata"}
		_, absent, _ := strings.Cut(tag.Get("json"), ",")
		switch {
		case name == "" && !f.content || name == "-" || tag.Get("api") == "readonly":
			continue
		case f.value.Kind() == reflect.Pointer && f.value.IsNil(), absent == "omitzero" && f.value.IsZero():
			continue
		case f.value.IsZero() && tag.Get("const") != "":
			f.value = reflect.ValueOf(tag.Get("const"))
		}
		f.start = xmlStart(name)
		if wrapper, item, ok := strings.Cut(f.start.Name.Local, ">"); ok {
			f.wrapper, f.start.Name.Local = xml.Name{Space: f.start.Name.Space, Local: wrapper}, item
		}
		if spaces := tag.Get("prefix"); spaces != "" {
			wrapper, item, ok := strings.Cut(spaces, ">")
			if f.start.Name.Space = wrapper; ok {
				f.wrapper.Space, f.start.Name.Space = wrapper, item
			}
		}
		fields = append(fields, f)
	}
	return fields
}

// splitSpace splits "p=http://example.com" into prefix and namespace; without a prefix it is all
// namespace.
func splitSpace(space string) (prefix, namespace string) {
	if prefix, namespace, ok := strings.Cut(space, "="); ok && !strings.Contains(prefix, ":") {
		return prefix, namespace
	}
	return "", space
}

// xmlStart begins an element with a name that may have a namespace in front, and
// that may have its prefix and an equals sign: "p=http://example.com name".
func xmlStart(name string) (start xml.StartElement) {
	space, local, ok := strings.Cut(name, " ")
	if !ok {
		space, local = "", name
	}
	start.Name = xml.Name{Space: space, Local: local}
	return start
}

// xmlList is a list as what an element holds. Its items are called item when
// they are written; they are read whatever they are called.
type xmlList[T any] struct {
	item string
	list *[]T
}

func (l *xmlList[T]) items() (string, reflect.Value) { return l.item, reflect.ValueOf(l.list).Elem() }

// UnmarshalXML implements xml.Unmarshaler.
func (l *xmlList[T]) UnmarshalXML(d *xml.Decoder, _ xml.StartElement) error {
	*l.list = []T{}
	for {
		token, err := d.Token()
		switch token := token.(type) {
		case xml.StartElement:
			var item T
			if err := d.DecodeElement(&item, &token); err != nil {
				return err
			}
			*l.list = append(*l.list, item)
		case xml.EndElement, nil:
			return err
		}
	}
}

// parseXML decodes XML; errors do not quote it.
func parseXML(data []byte, v any) error {
	err := xml.Unmarshal(data, v)
	if syntax := (*xml.SyntaxError)(nil); errors.As(err, &syntax) {
		return fmt.Errorf("XML syntax error on line %d", syntax.Line)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("the XML does not fit %T", v)
	}
	return err
}

// readXML decodes the XML of a response into v.
func readXML(header http.Header, body []byte, v any) (err error) {
	if t := header.Get("Content-Type"); t != "" && !strings.Contains(strings.ToLower(t), "xml") {
		err = fmt.Errorf("the response is %.100q", t)
	} else {
		err = parseXML(body, v)
	}
	if err != nil {
		return &DecodeError{Body: body, Err: err}
	}
	return nil
}

// xml decodes the XML of a success response into v. Without content v stays as it is. In strict mode
// the root element has to be called root, unless that is empty.
func (r *request) xml(root string, v any, check ...func(*checker)) error {
	if len(r.data) == 0 {
		return r.missing()
	}
	if err := readXML(r.resp.Header, r.data, v); err != nil {
		return fmt.Errorf("%s: %w", r.op.ID, err)
	}
	if list, ok := v.(interface {
		items() (string, reflect.Value)
	}); ok {
		_, items := list.items()
		v = items.Addr().Interface()
	}
	return r.hold(append(check, func(c *checker) {
		c.document(r.data, root, reflect.TypeOf(v).Elem())
		r.inspect(c, v)
	})...)
}

// doXML sends the request and decodes the XML of a success response into v.
func doXML[P any](r *request, root string, v P, check ...func(*checker)) (out P, err error) {
	if err = r.do(); err == nil {
		if err = r.xml(root, v, check...); err == nil {
			out = v
		}
	}
	return out, err
}

// errorXML is errorJSON for XML.
func errorXML[T any](e *ResponseError) error {
	typed := &Error[T]{ResponseError: e}
	if e.Err = readXML(e.Header, e.Body, &typed.Body); e.Err != nil {
		return nil
	}
	return typed
}
