package emit

import (
	"testing"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

func TestMadeFrom(t *testing.T) {
	e := newEmitter(&shared{typeAt: map[string]string{
		"/components/schemas/Pet": "Pet",
		"/paths/~1pets~1{id}/post/requestBody/content/application~1json/schema": "PostPetRequest",
	}})
	for pointer, want := range map[string]string{
		"/components/schemas/X":                                                              "made from #/components/schemas/X in the document",
		"/components/schemas/Pet/properties/tag":                                             "the type of property `tag` of Pet",
		"/components/schemas/Pet/allOf/1/properties/tags/items":                              "the type of the items of property `tags` of Pet",
		"/components/schemas/Pet/oneOf/1/properties/a~1b":                                    "the type of property `a/b` of Pet",
		"/components/schemas/Pet/oneOf/1":                                                    "an alternative of Pet",
		"/components/schemas/Pet/additionalProperties":                                       "the type of the values of Pet",
		"/components/schemas/Pet/properties/a/items/items":                                   "made from #/components/schemas/Pet/properties/a/items/items in the document",
		"/components/schemas/Pet/properties/a`b":                                             "made from #/components/schemas/Pet/properties/a`b in the document",
		"/components/schemas/Pet/not":                                                        "made from #/components/schemas/Pet/not in the document",
		"/paths/~1pets/get/parameters/0/schema":                                              "a parameter of GET /pets",
		"/paths/~1pets/get/responses/200/content/text~1a/schema":                             "the 200 response of GET /pets",
		"/paths/~1pets/get/responses/200/headers/A/schema":                                   "made from #/paths/~1pets/get/responses/200/headers/A/schema in the document",
		"/paths/~1pets~1{id}/put/requestBody/content/a~1b/schema":                            "the request body of PUT /pets/{id}",
		"/paths/~1pets~1{id}/put/requestBody/content/a~1b/schema/items":                      "the type of the items of the request body of PUT /pets/{id}",
		"/paths/~1pets~1{id}/post/requestBody/content/application~1json/schema/properties/a": "the type of property `a` of PostPetRequest",
		"/paths": "made from #/paths in the document",
		"":       "made from # in the document",
	} {
		if got := e.madeFrom(&ir.Decl{GoName: "X", Pos: diag.Pos{Pointer: pointer}}); got != "X is "+want+"." {
			t.Errorf("%s: got %q, want %q", pointer, got, want)
		}
	}
}
