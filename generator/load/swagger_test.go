package load

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/google/go-cmp/cmp"
)

const swaggerDoc = `
swagger: '2.0'
info: {title: Pets, version: 1.0.0}
host: api.example.com
basePath: /v2
schemes: [https]
securityDefinitions:
  key: {type: apiKey, in: header, name: X-Key}
  basic: {type: basic}
  oauth: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {read: Reads}}
security: [{key: []}]
parameters:
  limit: {name: limit, in: query, type: integer, format: int32, maximum: 100}
  pet: {name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}
responses:
  missing: {description: Not there., schema: {$ref: '#/definitions/Error'}}
definitions:
  Pet:
    type: object
    required: [id, kind]
    discriminator: kind
    properties:
      id: {type: integer, format: int64, readOnly: true}
      kind: {type: string}
      owner: {$ref: '#/definitions/Owner'}
      note: {type: string, x-nullable: true}
  Cat:
    allOf: [{$ref: '#/definitions/Pet'}, {type: object, properties: {lives: {type: integer}}}]
  Owner: {type: object, additionalProperties: {type: string}}
  Error: {type: object, properties: {message: {type: string}}}
paths:
  /pets:
    parameters: [{$ref: '#/parameters/limit'}]
    get:
      operationId: listPets
      produces: [application/json]
      parameters:
      - {name: tags, in: query, type: array, items: {type: string}, collectionFormat: multi}
      - {name: ids, in: query, type: array, items: {type: integer}, collectionFormat: csv}
      responses:
        '200':
          description: All.
          schema: {type: array, items: {$ref: '#/definitions/Pet'}}
          headers: {X-Next: {type: string, description: The next page.}}
          examples: {application/json: [{id: 1, kind: cat}]}
        '404': {$ref: '#/responses/missing'}
    post:
      operationId: addPet
      consumes: [application/json]
      parameters: [{name: pet, in: body, description: The pet., schema: {$ref: '#/definitions/Pet'}}]
      responses: {'201': {description: Added.}}
  /pets/{id}/photo:
    post:
      operationId: addPhoto
      consumes: [multipart/form-data]
      parameters:
      - {name: id, in: path, required: true, type: integer}
      - {name: photo, in: formData, type: file, required: true}
      - {name: caption, in: formData, type: string, description: What it shows.}
      responses: {default: {description: Any.}}
`

// TestSwaggerAgrees compares the conversion with kin-openapi's.
func TestSwaggerAgrees(t *testing.T) {
	doc, diags := loadText(t, Options{}, "doc.yaml", strings.Replace(swaggerDoc, "  pet: {name: pet, in: body, required: true, schema: {$ref: '#/definitions/Pet'}}\n", "", 1))
	if len(diags) > 0 {
		t.Errorf("diagnostics: %s", diags)
	}
	sameAsLoader(t, doc)
	src := &source{name: "doc.yaml", text: swaggerDoc}
	src.parseYAML(Options{}.limits(), nil)
	src.root.get("parameters").remove("pet")
	var doc2 openapi2.T
	if err := json.Unmarshal(appendJSON(nil, src.root), &doc2); err != nil {
		t.Fatal(err)
	}
	doc3, err := openapi2conv.ToV3(&doc2)
	if err != nil {
		t.Fatal(err)
	}
	ours := asAny(t, doc.T)
	// A form with a required field is required, which openapi2conv forgets.
	photo := ours.(map[string]any)["paths"].(map[string]any)["/pets/{id}/photo"].(map[string]any)["post"].(map[string]any)
	delete(photo["requestBody"].(map[string]any), "required")
	if diff := cmp.Diff(normalise(asAny(t, doc3)), normalise(ours)); diff != "" {
		t.Errorf("-openapi2conv +ours:\n%s", diff)
	}
}

// normalise removes what openapi2conv adds for its way back.
func normalise(v any) any {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "x-originalParamName")
		delete(v, "x-formData-name")
		for k := range v {
			v[k] = normalise(v[k])
		}
	case []any:
		for i := range v {
			v[i] = normalise(v[i])
		}
	}
	return v
}

func TestSwagger(t *testing.T) {
	for name, tc := range map[string]struct {
		files []string
		want  map[string]string
		diags []string
	}{
		"positions and order": {
			files: []string{"doc.yaml", swaggerDoc},
			want: map[string]string{
				"/components/requestBodies/pet": `{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}}`,
				"/servers":                      `[{"url":"https://api.example.com/v2"}]`,
			},
		},
		"what documents inherit": {
			files: []string{"doc.yaml", `
swagger: 2.0
info: {title: T, version: '1'}
host: a.b
schemes: [http, https]
consumes: [application/xml]
produces: [application/xml, application/json]
parameters:
  body: {in: body, name: b, schema: {type: object}}
  form: {in: formData, name: f, type: array, items: {type: string}, collectionFormat: multi, required: true}
responses: {R: {description: r, schema: {type: string}}}
paths:
  /a:
    parameters: [{$ref: '#/parameters/body'}]
    get: {responses: {'200': {$ref: '#/responses/R'}}}
    post: {consumes: [text/plain], responses: {'200': {description: f, schema: {type: file}}}}
    put: {produces: [application/json], responses: {'200': {description: f, schema: {type: file}}}, parameters: [{$ref: '#/parameters/body'}]}
  /b:
    post: {parameters: [{$ref: '#/parameters/form'}], responses: {'200': {description: d}}}
  /c: {$ref: c.yaml}
`, "c.yaml", "get: {parameters: [{in: body, name: c, schema: {$ref: 'doc.yaml#/definitions/None'}}], responses: {'200': {description: c, schema: {$ref: '#/x'}}}}\nx: {type: object}\n"},
			want: map[string]string{
				"/servers":                 `[{"url":"https://a.b"},{"url":"http://a.b"}]`,
				"/components/responses/R":  `{"description":"r","content":{"application/xml":{"schema":{"type":"string"}},"application/json":{"schema":{"type":"string"}}}}`,
				"/paths/~1a/get":           `{"responses":{"200":{"$ref":"#/components/responses/R"}},"requestBody":{"$ref":"#/components/requestBodies/body"}}`,
				"/paths/~1a/post":          `{"responses":{"200":{"description":"f","content":{"*/*":{"schema":{"type":"string","format":"binary"}}}}},"requestBody":{"content":{"text/plain":{"schema":{"type":"object"}}}}}`,
				"/paths/~1a/put/responses": `{"200":{"description":"f","content":{"application/json":{"schema":{"type":"string","format":"binary"}}}}}`,
				"/paths/~1b/post":          `{"responses":{"200":{"description":"d"}},"requestBody":{"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"f":{"type":"array","items":{"type":"string"}}},"required":["f"]},"encoding":{"f":{"style":"form","explode":true}}}},"required":true}}`,
				"/paths/~1c/get/responses": `{"200":{"description":"c","content":{"application/xml":{"schema":{"$ref":"#/components/schemas/x"}},"application/json":{"schema":{"$ref":"#/components/schemas/x"}}}}}`,
			},
			diags: []string{
				`c.yaml:1:49: warning: the reference "doc.yaml#/definitions/None" leads nowhere: there is nothing there; it is replaced by what says nothing (dangling-ref)`,
			},
		},
		"schemes": {
			files: []string{"doc.yaml", `
swagger: "2.0"
info: {title: T, version: "1"}
host: a.b
basePath: /v1
schemes: [ws, http, wss]
paths:
  /a:
    get: {schemes: [wss, https], responses: {'200': {description: d}}}
    put: {schemes: [https, http], responses: {'200': {description: d}}}
    post: {schemes: [ws], responses: {'200': {description: d}}}
`},
			want: map[string]string{
				"/servers":        `[{"url":"http://a.b/v1"}]`,
				"/paths/~1a/get":  `{"responses":{"200":{"description":"d"}},"servers":[{"url":"https://a.b/v1"}]}`,
				"/paths/~1a/put":  `{"responses":{"200":{"description":"d"}}}`,
				"/paths/~1a/post": `{"responses":{"200":{"description":"d"}}}`,
			},
		},
		"keywords that do not exist": {
			files: []string{"doc.yaml", `
swagger: "2.0"
info: {title: T, version: "1", x-a: b}
host: a.b
basepath: /v1
parameters:
  body: {in: body, name: b, schema: {$reF: '#/definitions/A'}, requird: true}
  form: {in: formData, name: f, type: string, maxlength: 3}
securityDefinitions: {k: {type: apiKey, in: header, name: k, nam: l}}
definitions: {A: {type: object, example: {}}}
paths:
  /a:
    post:
      prodeces: [application/json]
      schemes: [https]
      parameters: [{$ref: '#/parameters/body'}, {in: query, name: q, type: array, items: {type: string, collectionFormat: csv}, colectionFormat: multi}]
      responses: {'200': {description: d, shema: {}}}
    put: {parameters: [{$ref: '#/parameters/form'}, {in: formData, name: g, type: string, example: a, formt: b}], responses: {'200': {description: d}}}
`},
			diags: []string{
				`doc.yaml:5:1: warning: the document has no keyword "basepath"; it is ignored (unknown-keyword)`,
				`doc.yaml:7:38: warning: a schema has no keyword "$reF"; it is taken as "$ref" (unknown-keyword)`,
				`doc.yaml:7:64: warning: a parameter has no keyword "requird"; it is ignored (unknown-keyword)`,
				`doc.yaml:8:47: warning: a parameter has no keyword "maxlength"; it is ignored (unknown-keyword)`,
				`doc.yaml:9:62: warning: a security scheme has no keyword "nam"; it is ignored (unknown-keyword)`,
				`doc.yaml:14:7: warning: an operation has no keyword "prodeces"; it is ignored (unknown-keyword)`,
				`doc.yaml:16:129: warning: a parameter has no keyword "colectionFormat"; it is ignored (unknown-keyword)`,
				`doc.yaml:17:43: warning: a response has no keyword "shema"; it is ignored (unknown-keyword)`,
				`doc.yaml:18:103: warning: a parameter has no keyword "formt"; it is ignored (unknown-keyword)`,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			doc, diags := loadText(t, Options{}, tc.files...)
			if diff := cmp.Diff(tc.diags, diags); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
			if doc == nil {
				t.Fatal("no document")
			}
			for ptr, want := range tc.want {
				if got := jsonAt(t, doc, ptr); got != want {
					t.Errorf("%s is\n%s, want\n%s", ptr, got, want)
				}
			}
			sameAsLoader(t, doc)
			checkLinks(t, doc.T)
		})
	}
}
