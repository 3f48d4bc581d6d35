package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// webhooks writes webhooks.go: a function for each request that the API sends.
func (e *emitter) webhooks() {
	for _, w := range e.api.Webhooks {
		if w.Body == nil || w.Body.Codec != ir.CodecJSON {
			continue
		}
		about := w.GoName + " parses the request of webhook " + oneLine(w.ID) + ". Checking its signature, if any, is up to the caller."
		parse, result := "parseWebhookValue", e.elemType(ir.Elem{Type: w.Body.Type, Nullable: w.Body.Nullable})
		read := e.elemReader(ir.Elem{Type: w.Body.Type, Nullable: w.Body.Nullable})
		if byPointer(w.Body.Type) {
			parse, result, read = "parseWebhook", jen.Op("*").Add(e.goType(w.Body.Type)), e.reader(w.Body.Type)
		}
		e.gap()
		e.add(e.doc(methodLines, about, w.Doc))
		e.add(jen.Func().Id(w.GoName).Params(jen.Id("r").Op("*").Qual("net/http", "Request")).Params(result, jen.Error()).Block(
			jen.Return(e.use(parse).Call(jen.Id("r"), read)),
		))
	}
}
