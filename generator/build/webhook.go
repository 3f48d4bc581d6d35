package build

import (
	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// webhooks builds the webhooks of the document.
func (b *builder) webhooks() {
	for _, name := range ordered(b, "/webhooks", b.doc.Webhooks) {
		b.webhookItem(name, b.doc.Webhooks[name], join("/webhooks", name), b.names.Exported(name))
	}
}

// callbacks builds the callbacks of an operation; they are webhooks that the
// operation asks for.
func (o *opBuilder) callbacks() {
	ptr := join(o.ptr, "callbacks")
	for _, name := range ordered(o.builder, ptr, o.op.Callbacks) {
		ref := o.op.Callbacks[name]
		at, goName := join(ptr, name), o.name+o.names.Exported(name)
		if ref.Ref != "" {
			at = refPointer(ref.Ref)
			if o.called[at] {
				continue
			}
			o.called[at] = true
			goName = o.names.Exported(diag.LastToken(at))
		}
		for _, url := range ordered(o.builder, at, ref.Value.Map()) {
			o.webhookItem(name, ref.Value.Value(url), join(at, url), goName)
		}
	}
}

// webhookItem builds a webhook for each operation of a path item.
func (b *builder) webhookItem(id string, item *openapi3.PathItem, ptr, goName string) {
	methods := b.methods(item, ptr)
	for _, m := range methods {
		name := goName
		if len(methods) > 1 {
			name += b.names.Exported(m.name)
		}
		if m.op.RequestBody == nil {
			continue // nothing to parse
		}
		hook := &ir.Webhook{
			GoName: b.claim(m.ptr, ir.PartFunction, false, "Parse"+name), ID: id, Method: m.name, Pos: pos(m.ptr), Doc: m.op.Description,
			Deprecated: deprecation(m.op.Deprecated, m.op.Extensions),
		}
		if hook.Doc == "" {
			hook.Doc = m.op.Summary
		}
		hook.Doc = withReading(hook.Doc, m.op.ExternalDocs)
		at, stem := join(m.ptr, "requestBody"), name+"Payload"
		if ref := m.op.RequestBody.Ref; ref != "" {
			at, stem = refPointer(ref), b.names.Exported(diag.LastToken(refPointer(ref)))
		}
		var scope naming.Scope
		bodies := b.bodiesOf(m.op.RequestBody.Value, at, m.ptr, stem, &scope)
		if len(bodies) == 0 {
			continue
		}
		hook.Body = bodies[0]
		if hook.Body.Codec != ir.CodecJSON {
			b.warnf(hook.Body.Pos.Pointer, "webhook-media-type", "a webhook can be parsed from JSON only; none is generated for %s", hook.Body.MediaType)
			continue
		}
		b.api.Webhooks = append(b.api.Webhooks, hook)
		b.webhookHeaders(item.Parameters, join(ptr, "parameters"), hook.GoName)
		b.webhookHeaders(m.op.Parameters, join(m.ptr, "parameters"), hook.GoName)
		b.webhookAnswers(m, name, hook)
	}
}

// webhookHeaders collects the headers among the parameters of a webhook.
func (b *builder) webhookHeaders(params openapi3.Parameters, ptr, hook string) {
	for i, ref := range params {
		at := index(ptr, i)
		if ref.Ref != "" {
			at = refPointer(ref.Ref)
		}
		if ref.Value.In != openapi3.ParameterInHeader {
			b.warnOnce(at, "webhook-parameter", "parameter %.60q of a webhook is not parsed; read it from the request", ref.Value.Name)
			continue
		}
		b.header(ref.Value.Name, ref.Value, at, hook)
	}
}

// webhookAnswers gives types to what the receiver of a webhook is to answer.
func (b *builder) webhookAnswers(m methodOp, name string, hook *ir.Webhook) {
	ptr := join(m.ptr, "responses")
	for _, status := range ordered(b, ptr, m.op.Responses.Map()) {
		ref := m.op.Responses.Value(status)
		at, stem := join(ptr, status), name+statusWord(status)+"Response"
		if ref.Ref != "" {
			at = refPointer(ref.Ref)
			stem = b.names.Exported(diag.LastToken(at))
		}
		for _, media := range b.medias(ref.Value.Content, join(at, "content"), preference[:]) {
			hook.Answers = append(hook.Answers, b.mediaUse(&media, stem).typ)
		}
	}
}
