package build

import (
	"cmp"
	"mime"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// media is one media type of a body or response.
type media struct {
	name  string
	codec ir.Codec
	mt    *openapi3.MediaType
	ptr   string
	// list is what the items of a list are, as which the document describes a stream.
	list *place
}

// preference is the order in which codecs are preferred where a document
// offers several.
var preference = [...]ir.Codec{
	ir.CodecJSON, ir.CodecForm, ir.CodecMultipart, ir.CodecXML, ir.CodecText, ir.CodecBinary, ir.CodecJSONLines, ir.CodecEventStream,
}

// received is that order in responses, where forms are not parsed.
var received = [...]ir.Codec{
	ir.CodecJSON, ir.CodecXML, ir.CodecText, ir.CodecForm, ir.CodecBinary, ir.CodecMultipart, ir.CodecJSONLines, ir.CodecEventStream,
}

// medias returns the media types of content in an order of their codecs.
func (b *builder) medias(content openapi3.Content, ptr string, order []ir.Codec) []media {
	var all []media
	for _, name := range ordered(b, ptr, content) {
		mt := content[name]
		all = append(all, media{name: name, codec: b.codecOf(name, mt, ptr), mt: mt, ptr: join(ptr, name)})
	}
	var out []media
	for _, codec := range order {
		for _, m := range all {
			if m.codec == codec {
				out = append(out, m)
			}
		}
	}
	b.choose(out, ptr)
	return out
}

// readable is m as a response can be read: a form is text, and so is a string
// in any media type; multipart is what the caller makes of it.
func (b *builder) readable(m media) media {
	as := "text"
	switch m.codec {
	case ir.CodecBinary:
		if s := b.shapeOf(b.follow(m.place())); baseType(m.name) == "*/*" && s.kinds == kindString && stringKind(s) != ir.Binary && stringKind(s) != ir.Bytes {
			m.codec = ir.CodecText
		}
		return m
	case ir.CodecForm:
		m.codec = ir.CodecText
	case ir.CodecMultipart:
		m.codec, as = ir.CodecBinary, "binary data"
	default:
		return m
	}
	b.warnOnce(m.ptr, "response-unparsed", "responses in %.60q are not parsed; the caller gets this one as %s", m.name, as)
	m.mt = &openapi3.MediaType{}
	return m
}

// choose moves the media type in front that a client works with: the one that
// it has worked with before, or else plain JSON, or an error in it (RFC 9457).
// Only another choice than JSON needs to be remembered.
func (b *builder) choose(all []media, ptr string) {
	o := ir.Origin{Pointer: b.origin(ptr), Part: ir.PartMedia}
	kept, plain, problem := -1, -1, -1
	for i, m := range all {
		if m.name == b.opts.Names[o] {
			kept = i
		}
		if plain < 0 && m.codec == ir.CodecJSON && m.name == "application/json" {
			plain = i
		}
		if problem < 0 && m.codec == ir.CodecJSON && m.name == "application/problem+json" {
			problem = i
		}
	}
	if kept < 0 {
		kept = plain
	}
	if kept < 0 {
		kept = problem
	}
	if kept > 0 {
		chosen := all[kept]
		copy(all[1:kept+1], all[:kept])
		all[0] = chosen
	}
	if len(all) > 0 && (kept < 0 || kept != plain) {
		b.api.Names[o] = all[0].name
	}
}

// codecOf returns how a media type is read and written.
func (b *builder) codecOf(name string, mt *openapi3.MediaType, ptr string) ir.Codec {
	base := baseType(name)
	switch {
	case isJSON(base):
		if b.isFile(name, mt, ptr) {
			return ir.CodecBinary // JSON has no binary data: the document means a file
		}
		return ir.CodecJSON
	case base == "application/x-www-form-urlencoded":
		if k := b.contentShape(name, mt, ptr).kinds; k != 0 && k&kindObject == 0 {
			b.warnOnce(join(ptr, name), "form-pairs", "a form must be an object with a property for each pair; it is sent as the caller has written it")
			return ir.CodecText
		}
		return ir.CodecForm
	case strings.HasPrefix(base, "multipart/"):
		if k := b.contentShape(name, mt, ptr).kinds; k&(kindString|kindArray) != 0 && k&kindObject == 0 || k == 0 && mt.ItemSchema != nil {
			b.warnOnce(join(ptr, name), "multipart-parts", "multipart content is written part by part where it is an object with a property for each; this is none, and the caller writes and reads it as bytes")
			return ir.CodecBinary
		}
		return ir.CodecMultipart
	case base == "text/event-stream" && b.itemized(name, mt, ptr):
		return ir.CodecEventStream
	case isJSONLines(base) && b.itemized(name, mt, ptr):
		return ir.CodecJSONLines
	case isXML(base):
		if b.isFile(name, mt, ptr) {
			return ir.CodecBinary
		}
		b.xml = true
		return ir.CodecXML
	case strings.HasPrefix(base, "text/") && !b.isFile(name, mt, ptr):
		return ir.CodecText
	case mt.Schema != nil && (base == "*/*" || base == "application/*"):
		if k := b.allKinds(b.contentShape(name, mt, ptr)); k != 0 && k != kindString {
			return ir.CodecJSON // "anything" with an object or array for a schema
		}
	}
	return ir.CodecBinary
}

// contentShape returns the shape of the content in a media type, which stands
// under its name at ptr.
func (b *builder) contentShape(name string, mt *openapi3.MediaType, ptr string) *shape {
	return b.shapeOf(b.follow(place{mt.Schema, join(ptr, name, "schema")}))
}

func isJSON(base string) bool {
	return base == "application/json" || base == "text/json" || strings.HasSuffix(base, "+json")
}

func isXML(base string) bool {
	return base == "application/xml" || base == "text/xml" || strings.HasSuffix(base, "+xml")
}

// isBinaryType reports whether content in a media type is none that text is
// written in.
func isBinaryType(mediaType string) bool {
	base := baseType(mediaType)
	return base != "" && !strings.HasPrefix(base, "text/") && !isJSON(base) && !isXML(base) && base != "application/x-www-form-urlencoded"
}

// isFile reports whether the content as a whole is binary data.
func (b *builder) isFile(name string, mt *openapi3.MediaType, ptr string) bool {
	s := b.contentShape(name, mt, ptr)
	return s.kinds == kindString && s.format == "binary"
}

func isJSONLines(base string) bool {
	switch base {
	case "application/jsonl", "application/x-jsonl", "application/jsonlines", "application/x-jsonlines", "application/x-ndjson", "application/ndjson",
		"application/json-seq":
		return true
	}
	return strings.HasSuffix(base, "+json-seq")
}

// itemized reports whether a stream is described item by item. One that the
// document calls a string is passed on as it is.
func (b *builder) itemized(name string, mt *openapi3.MediaType, ptr string) bool {
	return mt.ItemSchema != nil || b.contentShape(name, mt, ptr).kinds != kindString
}

// place is that of the schema.
func (m media) place() place { return place{m.mt.Schema, join(m.ptr, "schema")} }

// item is the place of the schema of what is read at a time, which in a stream is an item.
func (m media) item() place {
	if m.list != nil {
		return *m.list
	}
	if m.mt.ItemSchema != nil && (m.codec == ir.CodecEventStream || m.codec == ir.CodecJSONLines) {
		return place{m.mt.ItemSchema, join(m.ptr, "itemSchema")}
	}
	return m.place()
}

// isStructured reports whether a schema describes the content as an object or array.
func (b *builder) isStructured(m media) bool {
	return m.mt.Schema != nil && !strings.HasPrefix(baseType(m.name), "multipart/") && b.shapeOf(b.follow(m.place())).kinds.only(kindObject|kindArray)
}

// mediaUse resolves the type of a media type's content. It changes the codec of
// m where that cannot write and read the type.
func (b *builder) mediaUse(m *media, name string) *use {
	if base := baseType(m.name); m.mt.ItemSchema != nil && m.item().ref != m.mt.ItemSchema && !strings.HasPrefix(base, "multipart/") {
		b.warnOnce(join(m.ptr, "itemSchema"), "item-schema", "%.60q is not read or written item by item: its schema says what it is, itemSchema nothing", base)
	}
	switch m.codec {
	case ir.CodecBinary:
		if b.isStructured(*m) {
			base := baseType(m.name)
			b.warnFirst(base, m.ptr, "media-type-unknown", "how to write or read an object or array as %.60q is not known; here and elsewhere it is passed on as bytes", base)
		}
		return &use{typ: &ir.Prim{Kind: ir.Binary}}
	case ir.CodecEventStream, ir.CodecJSONLines:
		if m.list != nil {
			name = cmp.Or(b.declared[b.follow(m.place()).ptr], name) + "Item"
		}
		if m.codec == ir.CodecEventStream {
			return b.eventUse(m.item(), name)
		}
	}
	if n := b.follow(m.place()); m.codec == ir.CodecText && b.shapeOf(n).kinds&(kindObject|kindArray) != 0 {
		b.warnFirst(m.name, m.ptr, "media-type-unknown", "how objects and lists are written as %.60q is not known; here and elsewhere the caller reads and writes text", m.name)
		return &use{typ: &ir.Prim{Kind: ir.String}, note: b.noteOf(n)}
	}
	u := b.useOf(m.item(), name)
	if m.codec == ir.CodecXML && b.noElement(*m, u.typ, name) {
		m.codec = ir.CodecText
		b.dropUnion(u.typ)
	}
	if m.codec == ir.CodecText && !isScalar(u.typ) {
		b.dropUnion(u.typ)
		return &use{typ: &ir.Prim{Kind: ir.String}, note: u.note}
	}
	return u
}

// isScalar reports whether values of t can be written as plain text.
func isScalar(t ir.Type) bool {
	switch x := t.(type) {
	case *ir.Prim:
		return x.Kind != ir.Binary && x.Kind != ir.Bytes
	case *ir.Enum:
		return true
	case *ir.Alias:
		return isScalar(x.Target)
	}
	return false
}

// codecWord names a codec in Go identifiers.
func codecWord(c ir.Codec) string {
	switch c {
	case ir.CodecJSON:
		return "JSON"
	case ir.CodecForm:
		return "Form"
	case ir.CodecMultipart:
		return "Multipart"
	case ir.CodecXML:
		return "XML"
	case ir.CodecText:
		return "Text"
	case ir.CodecEventStream:
		return "Events"
	case ir.CodecJSONLines:
		return "Lines"
	}
	return "Binary"
}

// siblingWord names content beside the preferred one in Go identifiers: a text by what it is, such
// as CSV or HTML, all else by its codec.
func (b *builder) siblingWord(c ir.Codec, mediaType string) string {
	_, kind, _ := strings.Cut(baseType(mediaType), "/")
	if kind = strings.TrimPrefix(kind, "x-"); c != ir.CodecText || kind == "plain" || kind == "*" || kind == "" {
		return codecWord(c)
	}
	return b.names.Exported(kind)
}

// baseType is a media type without its parameters, in lower case.
func baseType(name string) string {
	if base, _, err := mime.ParseMediaType(name); err == nil {
		return base
	}
	base, _, _ := strings.Cut(name, ";")
	return strings.ToLower(strings.TrimSpace(base))
}
