package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// webhooks writes webhooks.go: a function for each request that the API sends.
func (e *emitter) webhooks() {
	for _, w := range e.api.Webhooks {
		about := w.GoName + " parses the request of webhook " + oneLine(w.ID) + ", whose body it reads, up to 32 MiB. Checking a signature is up to the caller."
		t, in := w.Body.Type, jen.Id("r").Op("*").Qual("net/http", "Request")
		e.gap()
		e.add(e.doc(methodLines, about, w.Doc, deprecation(w.Deprecated)))
		if ir.ByPointer(t) {
			e.add(jen.Func().Id(w.GoName).Params(in).Params(jen.Op("*").Add(e.goType(t)), jen.Error()).Block(
				jen.Return(e.use("parseWebhook").Call(jen.Id("r"), jen.New(e.goType(t)))),
			))
			continue
		}
		elem := ir.Elem{Type: t, Nullable: w.Body.Nullable}
		e.add(jen.Func().Id(w.GoName).Params(in).Params(e.elemType(elem), jen.Error()).Block(
			jen.Var().Id("out").Add(e.elemType(elem)),
			jen.List(jen.Id("_"), jen.Err()).Op(":=").Add(e.use("parseWebhook")).Call(jen.Id("r"), jen.Op("&").Id("out")),
			jen.Return(jen.Id("out"), jen.Err()),
		))
	}
}
