package load

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// everything has an object of every kind and every form of keyword.
const everything = `
openapi: 3.1.0
info: {title: T, version: '1', contact: {name: n}, license: {name: l}}
servers: [{url: 'https://{h}', variables: {h: {default: a, enum: [a, b]}}}]
security: [{key: []}]
tags: [{name: t, externalDocs: {url: u}}]
paths:
  /a/{id}:
    summary: s
    servers: [{url: /}]
    parameters: [{$ref: '#/components/parameters/P'}]
    get:
      tags: [t]
      operationId: get
      deprecated: true
      security: []
      parameters: [{name: q, in: query, style: form, explode: true, schema: {$ref: '#/components/schemas/A'}, examples: {e: {$ref: '#/components/examples/E'}}},
        {name: c, in: query, content: {application/json: {schema: {type: string}}}}]
      responses:
        '200': {description: d, headers: {X: {$ref: '#/components/headers/H'}}, content: {application/json: {schema: {$ref: '#/components/schemas/B'}, example: 1}}, links: {l: {$ref: '#/components/links/L'}}}
        4XX: {$ref: '#/components/responses/R'}
        default: {description: e}
      callbacks: {c: {'{$url}': {post: {responses: {'200': {description: d}}}}}, d: {$ref: '#/components/callbacks/C'}}
    post: {requestBody: {$ref: '#/components/requestBodies/Q'}, responses: {'200': {description: d}}}
  /b: {$ref: '#/paths/~1a~1{id}'}
webhooks: {w: {post: {responses: {'200': {description: d}}}}}
components:
  parameters: {P: {name: id, in: path, required: true, schema: {type: integer}}}
  headers: {H: {schema: {type: string}}}
  examples: {E: {value: {a: 1}}}
  links: {L: {operationId: get, parameters: {id: 1}}}
  responses: {R: {description: r, content: {application/json: {schema: {$ref: '#/components/schemas/A/properties/b'}}}}}
  requestBodies: {Q: {required: true, content: {multipart/form-data: {schema: {type: object}, encoding: {f: {contentType: a/b, headers: {X: {$ref: '#/components/headers/H'}}}}}}}}
  callbacks: {C: {x: {get: {responses: {'200': {description: d}}}}}}
  securitySchemes: {key: {type: apiKey, in: header, name: k}, o: {type: oauth2, flows: {implicit: {authorizationUrl: u, scopes: {s: d}}}}, k2: {$ref: '#/components/securitySchemes/key'}}
  schemas:
    A: {type: object, required: [b], properties: {b: {type: object, properties: {c: {$ref: '#/components/schemas/A'}}}}, additionalProperties: {type: string}, minProperties: 1, discriminator: {propertyName: b, mapping: {x: B}}}
    B: {allOf: [{$ref: '#/components/schemas/A'}], oneOf: [{type: 'null'}, {const: 1}], anyOf: [{if: {}, then: {}, else: false}], not: {enum: [1, null]}, $defs: {d: {$anchor: an}}}
    C: {type: [array, 'null'], items: {$ref: '#an'}, prefixItems: [{}], contains: {}, minItems: 1, uniqueItems: true, unevaluatedItems: false}
    D: {$ref: '#/components/schemas/C', description: d, patternProperties: {x: {maxLength: 3, pattern: p, format: f}}, dependentRequired: {a: [b]}, xml: {name: x, attribute: true}}
    E: {maximum: 1, exclusiveMinimum: 2, multipleOf: 0.5, default: 1, examples: [1], readOnly: true, $id: 'http://i/d', dependentSchemas: {a: true}, propertyNames: {}, contentSchema: {}}
    F: {$ref: '#/components/schemas/F2'}
    F2: {$ref: '#/components/schemas/E'}
`

// TestMutations spoils good documents at random places and checks that the
// result is loaded to what kin-openapi can load, or refused, but never worse.
func TestMutations(t *testing.T) {
	const iterations = 80
	for _, base := range []string{everything, swaggerDoc, strings.Replace(everything, "3.1.0", "3.0.3", 1)} {
		for seed := range uint64(iterations) {
			m := mutator{rand: rand.New(rand.NewPCG(seed, 1))}
			src := &source{name: "doc", text: base}
			src.parseYAML(Options{}.limits(), &diag.List{})
			for range 1 + m.rand.IntN(4) {
				m.mutate(src.root)
			}
			text := string(appendJSON(nil, src.root))
			if t.Run(fmt.Sprint(seed), func(t *testing.T) {
				doc, _ := loadText(t, Options{}, "doc", text)
				if doc != nil {
					sameAsLoader(t, doc)
					checkLinks(t, doc.T)
					checkRefs(t, doc.T)
				}
			}); t.Failed() {
				t.Fatalf("seed %d:\n%s", seed, text)
			}
		}
	}
}

// checkRefs checks that all references point to components.
func checkRefs(t *testing.T, doc *openapi3.T) {
	t.Helper()
	for name, ref := range doc.Components.Schemas {
		if ref.Ref != "" && !strings.HasPrefix(ref.Ref, "#/components/schemas/") {
			t.Errorf("the component %q refers to %q", name, ref.Ref)
		}
	}
}

// mutator spoils a tree.
type mutator struct{ rand *rand.Rand }

// pick returns a random node with its pointer; parents are less likely.
func (m *mutator) pick(root *node) (n *node, ptr string) {
	type place struct {
		n   *node
		ptr string
	}
	var all []place
	var walk func(n *node, ptr string)
	walk = func(n *node, ptr string) {
		all = append(all, place{n, ptr})
		for i, kid := range n.kids {
			key := kid.key
			if n.kind == kindArray {
				key = fmt.Sprint(i)
			}
			walk(kid.val, ptr+"/"+diag.EscapeToken(key))
		}
	}
	walk(root, "")
	p := all[1+m.rand.IntN(len(all)-1)]
	return p.n, p.ptr
}

func (m *mutator) mutate(root *node) {
	n, _ := m.pick(root)
	other, ptr := m.pick(root)
	budget := 1000
	copied, ok := other.copyTree(&budget, nil)
	if !ok {
		return
	}
	ref := n.at(kindObject)
	ref.kids = []member{{"$ref", n.stringAt("#" + ptr)}}
	texts := []string{"", "true", "#/x", "any", "A", "x.yaml", "10", "object"}
	switch m.rand.IntN(9) {
	case 0:
		*n = *n.at(kindNull)
	case 1:
		*n = *n.stringAt(texts[m.rand.IntN(len(texts))])
	case 2:
		*n = *n.at(kindNumber)
		n.text = []string{"0", "-1", "1.5", "1e400"}[m.rand.IntN(4)]
	case 3:
		*n = *n.at([]kind{kindArray, kindObject}[m.rand.IntN(2)])
	case 4:
		*n = *copied
	case 5:
		*n = *ref
	case 6:
		if n.kind == kindObject {
			n.set("$ref", n.stringAt("#"+ptr))
		}
	case 7:
		list := n.at(kindArray)
		inner := *n
		list.kids = []member{{val: &inner}}
		*n = *list
	case 8:
		if n.kind == kindObject && len(n.kids) > 0 {
			n.kids[m.rand.IntN(len(n.kids))].key = []string{"$ref", "x-a", "required", "schema", "type", "items"}[m.rand.IntN(6)]
		}
	}
	n.text = strings.ToValidUTF8(n.text, "")
	if n.kind == kindBool && n.text == "" {
		n.text = "true"
	}
}
