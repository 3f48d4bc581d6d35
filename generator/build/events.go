package build

import (
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// streams finds what the streams among the media types of a success response consist of. An event
// stream that the document calls a string has the data of its events: what is sent, and errors, are
// read as a whole. A list describes all items of a stream, as OpenAPI 3.2 has it.
func (b *builder) streams(all []media) []media {
	for i := range all {
		m := &all[i]
		if m.codec == ir.CodecText && baseType(m.name) == "text/event-stream" {
			m.codec = ir.CodecEventStream
		}
		if m.codec == ir.CodecJSON && b.isGRPCStream(m.place()) {
			m.codec = ir.CodecJSONLines
		}
		if m.codec != ir.CodecEventStream && m.codec != ir.CodecJSONLines || m.mt.Schema == nil || m.mt.ItemSchema != nil {
			continue
		}
		if s := b.shapeOf(b.follow(m.place())); s.kinds == kindArray && len(s.items) == 1 && len(s.prefix)+len(s.groups) == 0 {
			m.list = &s.items[0]
		}
	}
	return all
}

// isGRPCStream reports whether a schema is that of a line of a stream, as protoc-gen-openapiv2 puts
// it in the place of the response: grpc-gateway sends one for each message.
func (b *builder) isGRPCStream(p place) bool {
	if p.ref == nil {
		return false
	}
	sch := b.follow(p).schema
	return strings.HasPrefix(sch.Title, "Stream result of ") && len(sch.Properties) == 2 &&
		sch.Properties["result"] != nil && sch.Properties["error"] != nil
}

// eventUse resolves the type of the items of an event stream. A string is the data as it stands,
// whatever its format.
func (b *builder) eventUse(p place, name string) *use {
	if p.ref == nil {
		return &use{typ: &ir.Any{}}
	}
	u := b.useOf(p, name)
	if b.shapeOf(b.follow(p)).kinds == kindString && !ir.IsText(u.typ) {
		return &use{typ: &ir.Prim{Kind: ir.String}, limits: u.limits, note: u.note}
	}
	return u
}

// eventForm tells what the items of an event stream stand for. OpenAPI 3.2 describes events with
// their fields by itemSchema or a list; before that, and where other properties are named, it is the
// data, but for a schema with retry, which only events have: oRPC describes them so, with data in JSON.
func (b *builder) eventForm(m media) ir.EventForm {
	if m.codec != ir.CodecEventStream {
		return ir.EventData
	}
	listed := m.mt.ItemSchema != nil || m.list != nil
	e := eventShape{seen: map[*shape]bool{}}
	switch whole := b.isEvent(m.item(), &e); {
	case !whole || e.data == 0 || !listed && !e.retry:
		return ir.EventData
	case !listed || e.data&kindString == 0:
		return ir.EventWithJSON
	case e.data&^(kindString|kindNull) != 0:
		return ir.EventWithEither
	}
	return ir.EventWithText
}

// eventShape is what the alternatives of a schema say of the fields of events.
type eventShape struct {
	data  kinds
	retry bool
	seen  map[*shape]bool
}

// isEvent reports whether a schema has nothing but the fields of events, in all alternatives, and
// adds what it says of them.
func (b *builder) isEvent(p place, e *eventShape) bool {
	if p.ref == nil {
		return false
	}
	s := b.shapeOf(b.follow(p))
	if e.seen[s] {
		return true
	}
	e.seen[s] = true
	if s.hasValues || s.kinds != 0 && s.kinds&kindObject == 0 {
		return false
	}
	for _, prop := range s.props {
		switch prop.name {
		case "data":
			if k := b.allKinds(b.shapeOfAll(prop.places)); k != 0 {
				e.data |= k
			} else {
				e.data |= kindString
			}
		case "retry":
			e.retry = true
		case "event", "id":
		default:
			return false
		}
	}
	for _, g := range s.groups {
		for _, alternative := range g.places {
			if !b.isEvent(alternative, e) {
				return false
			}
		}
	}
	return len(s.props)+len(s.groups) > 0
}

// streamed sets what a response needs to be read as a stream of events.
func (b *builder) streamed(out *ir.Response, m media) {
	out.Events = b.eventForm(m)
	out.Terminator = terminator(m, out)
}

// terminator is the data that ends an event stream. Many servers end a stream
// of JSON with what is none, whether their documents say so or not.
func terminator(m media, out *ir.Response) string {
	done := extString(m.mt.Extensions, "x-go-sse-terminator")
	text := ir.IsText(out.Type) || out.Events == ir.EventWithText || out.Events == ir.EventWithEither
	if done == "" && m.codec == ir.CodecEventStream && !text {
		done = "[DONE]"
	}
	return done
}
