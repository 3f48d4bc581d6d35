package build

import (
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// responses builds what an operation returns and the errors it documents.
func (o *opBuilder) responses() {
	ptr := join(o.ptr, "responses")
	statuses := ordered(o.builder, ptr, o.op.Responses.Map())
	success := slices.ContainsFunc(statuses, func(s string) bool { return strings.HasPrefix(s, "2") })
	o.out.Result.Redirects = !success && slices.ContainsFunc(statuses, func(s string) bool { return strings.HasPrefix(s, "3") && s != "304" })
	for _, status := range statuses {
		ref := o.op.Responses.Value(status)
		at := join(ptr, status)
		stem := o.name + "Response"
		if !strings.HasPrefix(status, "2") || o.successes(statuses) > 1 {
			stem = o.name + statusWord(status) + "Response"
		}
		if ref.Ref != "" {
			at = refPointer(ref.Ref)
			stem = o.names.Exported(diag.LastToken(at))
			if o.has(stem) {
				stem += "Response"
			}
		}
		o.responseHeaders(ref.Value.Headers, join(at, "headers"), o.out.GoName)
		o.links(ref.Value.Links, join(at, "links"))
		if strings.HasPrefix(status, "2") || (status == "default" && !success && !o.out.Result.Redirects) {
			o.success(status, ref.Value, at, stem)
		}
		if !strings.HasPrefix(status, "2") && !strings.HasPrefix(status, "1") {
			o.failure(status, ref.Value, at, stem)
		}
	}
	o.settleResult()
}

// successes counts the documented 2xx statuses.
func (o *opBuilder) successes(statuses []string) int {
	n := 0
	for _, s := range statuses {
		if strings.HasPrefix(s, "2") {
			n++
		}
	}
	return n
}

// received returns the media types of a response. There are none for HEAD, where the document means
// those of GET, and for 204 and 205: none of these ever has a body.
func (o *opBuilder) received(status string, r *openapi3.Response, ptr string) []media {
	if o.method == http.MethodHead || status == "204" || status == "205" {
		return nil
	}
	return o.medias(r.Content, join(ptr, "content"), received[:])
}

// success adds a success response in its preferred media type. Others than
// that can't be had, since the client asks for what it prefers.
func (o *opBuilder) success(status string, r *openapi3.Response, ptr, stem string) {
	out := &ir.Response{Statuses: []string{status}, Doc: description(r)}
	medias := o.streams(o.received(status, r, ptr))
	if len(medias) > 0 {
		m := o.readable(medias[0])
		o.content(out, &m, stem)
		o.others(out, m, medias[1:], stem)
	}
	o.out.Result.Cases = append(o.out.Result.Cases, out)
}

// content sets what a success response holds in a media type.
func (o *opBuilder) content(out *ir.Response, m *media, stem string) {
	u := o.mediaUse(m, stem)
	out.MediaType, out.Codec, out.Type, out.Constraint = m.name, m.codec, u.typ, u.limits
	out.Nullable = u.nullable && !(m.codec == ir.CodecText && ir.IsText(u.typ)) // where null is a word like others
	if m.codec == ir.CodecJSON || m.codec == ir.CodecJSONLines || m.codec == ir.CodecEventStream {
		o.rooted(stem, m.item(), u, &out.Schema)
	}
	if m.codec == ir.CodecXML {
		out.Root = o.elementName(o.follow(m.place()))
	}
	o.streamed(out, *m)
}

// others finds a place for the media types of a success response beside the
// preferred one. What carries other data, such as an event stream or a file,
// gets a method of its own; the same data in another notation is left out. A
// file may be of any of its types, since its caller gets the bytes in any case.
func (o *opBuilder) others(first *ir.Response, m media, rest []media, stem string) {
	for _, other := range rest {
		plain := other.codec == ir.CodecText || other.codec == ir.CodecBinary // the media type says what it is
		notation := other.codec == m.codec || other.codec == ir.CodecXML || other.codec == ir.CodecForm || other.codec == ir.CodecMultipart
		if m.codec == ir.CodecBinary && other.codec == ir.CodecBinary {
			first.Also = append(first.Also, other.name)
			continue
		}
		alike := notation && !plain || baseType(other.name) == baseType(m.name) || o.isListed(other, first)
		if alike && o.sameSchema(other, m) {
			continue // the same data in another notation
		}
		if notation {
			o.warnf(other.ptr, "media-type-unused", "the response is read as %.60q; %.60q is not asked for", m.name, other.name)
			continue
		}
		out := &ir.Response{Statuses: slices.Clone(first.Statuses), Doc: first.Doc}
		o.content(out, &other, stem+o.siblingWord(other.codec, other.name))
		o.addSibling(first.Statuses[0], out)
	}
}

// isListed reports whether other is an object or list as plain text or a page, for which there is no
// notation: ASP.NET and API Platform list that beside JSON, for every operation. It may have had its
// method before.
func (o *opBuilder) isListed(other media, first *ir.Response) bool {
	return (baseType(other.name) == "text/plain" || baseType(other.name) == "text/html") && other.mt.Schema != nil &&
		o.shapeOf(o.follow(other.place())).kinds&(kindObject|kindArray) != 0 &&
		o.opts.Names[o.siblingOrigin(first.Statuses[0], other.name)] == ""
}

// sameSchema reports whether two media types carry the same data.
func (b *builder) sameSchema(one, other media) bool {
	x := b.shapeOf(b.follow(place{one.mt.Schema, join(one.ptr, "schema")}))
	y := b.shapeOf(b.follow(place{other.mt.Schema, join(other.ptr, "schema")}))
	if x == y || one.mt.Schema == nil || other.mt.Schema == nil {
		return true
	}
	return x.kinds == y.kinds && len(x.props) == len(y.props) &&
		!slices.ContainsFunc(x.props, func(p *property) bool { return y.propIndex[p.name] == nil })
}

// failure adds an error response; those with the same type are one case.
func (o *opBuilder) failure(status string, r *openapi3.Response, ptr, stem string) {
	medias := o.received(status, r, ptr)
	if len(medias) > 0 && medias[0].codec == ir.CodecBinary && o.isStructured(medias[0]) {
		medias[0].codec = ir.CodecJSON // application/vnd.goa.error and the like; what is none is a ResponseError
	}
	if len(medias) == 0 || medias[0].codec == ir.CodecBinary || medias[0].codec == ir.CodecMultipart {
		if status != "default" && !(o.out.Result.Redirects && strings.HasPrefix(status, "3")) {
			o.out.Unread = append(o.out.Unread, status)
		}
		return // a ResponseError says all there is to say
	}
	m := o.readable(medias[0])
	for _, other := range medias[1:] {
		structured := other.mt.Schema != nil && (other.codec == ir.CodecJSON || other.codec == ir.CodecXML)
		if structured && !o.sameSchema(other, m) {
			o.warnOnce(other.ptr, "media-type-unused", "the error is read as %.60q; in %.60q it is a ResponseError with its body", m.name, other.name)
		}
	}
	u := o.mediaUse(&m, stem)
	for _, c := range o.out.Errors {
		if c.Type == u.typ && c.Codec == m.codec {
			c.Statuses = append(c.Statuses, status)
			return
		}
	}
	o.out.Errors = append(o.out.Errors, &ir.ErrorCase{
		Statuses: []string{status}, MediaType: m.name, Codec: m.codec, Type: u.typ, Doc: description(r), Constraint: u.limits,
	})
}

func description(r *openapi3.Response) string {
	if r.Description == nil {
		return ""
	}
	return *r.Description
}

// reading is what a success response becomes, and how.
type reading struct {
	typ   ir.Type
	codec ir.Codec
}

// settleResult finds the type that the method returns: the only one there is,
// or a struct with a field for each and for each way to read it.
func (o *opBuilder) settleResult() {
	res := &o.out.Result
	unsaidPart(res)
	o.streamsApart(res)
	mergeAlike(res.Cases)
	fields := map[reading]*ir.Field{}
	for _, c := range res.Cases {
		if c.Type != nil {
			fields[reading{c.Type, c.Codec}] = nil
			res.Type = c.Type
		}
	}
	if len(fields) < 2 {
		return
	}
	envelope := &ir.Struct{Envelope: true, Decl: ir.Decl{
		GoName: o.claim(o.ptr, ir.PartResult, false, o.name+"Result"), Pos: pos(join(o.ptr, "responses")),
		Doc: o.name + "Result has a field for each success response; the one that came is set.",
	}}
	envelope.Origin = join(o.ptr, "responses")
	var scope naming.Scope
	for _, c := range res.Cases {
		if c.Type == nil {
			continue
		}
		as := reading{c.Type, c.Codec}
		f := fields[as]
		if f == nil {
			f = &ir.Field{GoName: o.resultField(&scope, envelope, c.Statuses[0]), Doc: c.Doc, Type: c.Type, Pos: envelope.Pos}
			fields[as] = f
			envelope.Fields = append(envelope.Fields, f)
		}
		c.Field = f
	}
	res.Type = envelope
	o.api.Types = append(o.api.Types, envelope)
}

// unsaidPart drops a 206 without content beside a result: what comes with it is part of that, as
// HTTP has it, and read as any success that is not documented.
func unsaidPart(res *ir.Result) {
	if !slices.ContainsFunc(res.Cases, func(c *ir.Response) bool { return c.Type != nil }) {
		return
	}
	res.Cases = slices.DeleteFunc(res.Cases, func(c *ir.Response) bool {
		return c.Type == nil && slices.Equal(c.Statuses, []string{"206"})
	})
}

// mergeAlike gives cases that are read alike, such as a file and a part of it, the
// very same type.
func mergeAlike(cases []*ir.Response) {
	for i, c := range cases {
		same := func(d *ir.Response) bool {
			plain := c.Constraint == nil && d.Constraint == nil && c.Schema == nil && d.Schema == nil
			return d.Type != nil && plain && c.Codec == d.Codec && sameType(c.Type, d.Type)
		}
		if j := slices.IndexFunc(cases[:i], same); j >= 0 {
			c.Type = cases[j].Type
		}
	}
}

// streamsApart gives streams among other success responses methods of their
// own: an iteration is no field of a result.
func (o *opBuilder) streamsApart(res *ir.Result) {
	isStream := func(c *ir.Response) bool { return c.Codec == ir.CodecEventStream || c.Codec == ir.CodecJSONLines }
	var chief *ir.Response
	for _, c := range res.Cases {
		if c.Type != nil && (chief == nil || isStream(chief) && !isStream(c)) {
			chief = c
		}
	}
	res.Cases = slices.DeleteFunc(res.Cases, func(c *ir.Response) bool {
		switch {
		case !isStream(c):
			return false
		case c.Codec == chief.Codec && sameType(c.Type, chief.Type):
			c.Type = chief.Type // which may be equal and not the same
			return false
		}
		o.addSibling(c.Statuses[0], c)
		return true
	})
}

// resultField names the field of a result for a status.
func (o *opBuilder) resultField(scope *naming.Scope, envelope *ir.Struct, status string) string {
	return o.take(scope, ir.Origin{Pointer: envelope.Origin, Part: ir.PartField, Key: status}, statusWord(status))
}
