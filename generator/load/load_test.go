package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// loadText loads files written to a folder of their own; the first is the main
// document. Diagnostics come back as text, with file names relative to it.
func loadText(t testing.TB, opts Options, files ...string) (*Document, []string) {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, files[i])
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	opts.Path = filepath.Join(dir, files[0])
	var diags diag.List
	doc, err := Load(t.Context(), opts, &diags)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range diags.Sorted() {
		out = append(out, strings.TrimPrefix(d.String(), dir+string(filepath.Separator)))
	}
	return doc, out
}

// jsonAt returns the repaired tree at a pointer as JSON.
func jsonAt(t testing.TB, doc *Document, ptr string) string {
	t.Helper()
	n, ok := doc.find(ptr)
	if !ok {
		return "nothing"
	}
	return string(appendJSON(nil, n))
}

// wrap makes a document of a component schema called A, which starts at line 6.
func wrap(version, schema string) string {
	return "openapi: " + version + "\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A:\n" +
		indent(schema, "      ")
}

func indent(s, by string) string {
	return by + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n"+by) + "\n"
}

// wrapOperation makes a document of an operation, which starts at line 5.
func wrapOperation(operation string) string {
	return "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /p:\n    get:\n" + indent(operation, "      ")
}

func TestRepair(t *testing.T) {
	schema := func(version, in, want string, diags ...string) repairCase {
		return repairCase{doc: wrap(version, in), at: "/components/schemas/A", want: want, diags: diags}
	}
	operation := func(in, at, want string, diags ...string) repairCase {
		return repairCase{doc: wrapOperation(in), at: "/paths/~1p/get" + at, want: want, diags: diags}
	}
	const ok = "responses: {'200': {description: d}}\n"
	runRepair(t, map[string]repairCase{
		"number as title": schema("3.0.3", "title: 1.0", `{"title":"1.0"}`,
			`doc.yaml:7:7: warning: "title" must be a string; the number 1.0 is taken as one (wrong-kind)`),
		"null description": schema("3.0.3", "description:", `{}`,
			`doc.yaml:7:7: warning: "description" must be a string, not null; it is ignored (wrong-kind)`),
		"boolean as text": schema("3.0.3", `nullable: "true"`, `{"nullable":true}`,
			`doc.yaml:7:7: warning: "nullable" must be a boolean; the string "true" is taken as true (wrong-kind)`),
		"number as text": schema("3.0.3", `maxLength: "10"`, `{"maxLength":10}`,
			`doc.yaml:7:7: warning: "maxLength" must be a whole number; the string "10" is taken as one (wrong-kind)`),
		"count with a fraction of zero": schema("3.0.3", `maxLength: 20.0`, `{"maxLength":20}`),
		"count with an exponent":        schema("3.0.3", `maxLength: 1e3`, `{"maxLength":1000}`),
		"huge count":                    schema("3.0.3", `maxLength: 1e30`, `{"maxLength":18446744073709551615}`),
		"negative count": schema("3.0.3", `minLength: -1`, `{}`,
			`doc.yaml:7:7: warning: "minLength" must be a whole number from 0, not the number -1; it is ignored (wrong-kind)`),
		"count that is no number": schema("3.0.3", `maxLength: abc`, `{}`,
			`doc.yaml:7:7: warning: "maxLength" must be a whole number from 0, not the string "abc"; it is ignored (wrong-kind)`),
		"maximum beyond float64": schema("3.0.3", `maximum: 1e400`, `{"maximum":1.7976931348623157e308}`),
		"lone string in required": schema("3.0.3", `required: id`, `{"required":["id"]}`,
			`doc.yaml:7:7: warning: "required" must be a list of strings; the string "id" is taken as its only element (wrong-kind)`),
		"required on a property": schema("3.0.3", "properties:\n  a: {type: string, required: true}\n  b: {required: false}",
			`{"properties":{"a":{"type":"string"},"b":{}},"required":["a"]}`,
			`doc.yaml:8:27: warning: "required" of a property belongs into its object; "a" is added to the list there (repaired)`,
			`doc.yaml:9:13: warning: "required" of a property belongs into its object; false is ignored (repaired)`),
		"property called required and $ref": schema("3.0.3", "properties:\n  required: {type: boolean}\n  $ref: {type: string}",
			`{"properties":{"required":{"type":"boolean"},"$ref":{"type":"string"}}}`),
		"type any": schema("3.0.3", `type: any`, `{}`,
			`doc.yaml:7:7: warning: there is no type "any"; any value is taken (unknown-type)`),
		"type file": schema("3.0.3", `type: file`, `{"type":"string","format":"binary"}`,
			`doc.yaml:7:7: warning: there is no type "file"; it is taken as "string" (unknown-type)`),
		"type date keeps its format": schema("3.0.3", "type: date\nformat: x", `{"type":"string","format":"x"}`,
			`doc.yaml:7:7: warning: there is no type "date"; it is taken as "string" (unknown-type)`),
		"type int": schema("3.0.3", `type: Int64`, `{"type":"integer","format":"int64"}`,
			`doc.yaml:7:7: warning: there is no type "Int64"; it is taken as "integer" (unknown-type)`),
		"types in one string": schema("3.1.0", `type: string|null`, `{"type":["string","null"]}`,
			`doc.yaml:7:7: warning: "type" must be one type or a list; "string|null" is taken as a list (repaired)`),
		"null in types": schema("3.1.0", `type: [string, null, string]`, `{"type":["string","null"]}`),
		"null as type": schema("3.1.0", `type: null`, `{"type":"null"}`,
			`doc.yaml:7:7: warning: "type" must be a string; null is taken as "null" (repaired)`),
		"exclusive bound of 3.0":  schema("3.0.3", "minimum: 5\nexclusiveMinimum: true", `{"exclusiveMinimum":5}`),
		"exclusive bound is off":  schema("3.0.3", "maximum: 5\nexclusiveMaximum: false", `{"maximum":5}`),
		"exclusive bound of 3.1":  schema("3.0.3", "exclusiveMaximum: 5", `{"exclusiveMaximum":5}`),
		"boolean schemas in 3.0":  schema("3.0.3", "properties: {a: true}\nadditionalProperties: false", `{"properties":{"a":true},"additionalProperties":false}`),
		"examples as an object":   schema("3.1.0", "examples: {a: {value: 1}, b: 2}", `{"examples":[1,2]}`, `doc.yaml:7:7: warning: "examples" must be a list in a schema, not an object; its values are taken (wrong-kind)`),
		"example is left alone":   schema("3.0.3", "example: {$ref: nowhere, required: true}", `{"example":{"$ref":"nowhere","required":true}}`),
		"property that is null":   schema("3.0.3", "properties: {a: }", `{"properties":{"a":{}}}`, `doc.yaml:7:20: warning: "a" must be a schema, not null; it is taken as an empty one (wrong-kind)`),
		"property that is a list": schema("3.0.3", "properties: {a: []}", `{"properties":{"a":{}}}`, `doc.yaml:7:20: warning: "a" must be a schema, not a list; it is ignored (wrong-kind)`),
		"property that is a type": schema("3.0.3", "properties: {a: string}", `{"properties":{"a":{"type":"string"}}}`, `doc.yaml:7:20: warning: "a" must be a schema; "string" is taken as its type (wrong-kind)`),
		"properties as a list": schema("3.0.3", "properties:\n- a: {}\n- b: {}", `{"properties":{"a":{},"b":{}}}`,
			`doc.yaml:7:7: warning: "properties" must be an object, not a list; the elements are merged into one (wrong-kind)`),
		"allOf without a list": schema("3.0.3", "allOf: {type: object}", `{"allOf":[{"type":"object"}]}`,
			`doc.yaml:7:7: warning: "allOf" must be a list, not an object; it is taken as one (wrong-kind)`),
		"items as a list": schema("3.1.0", "items: [{type: string}, {type: integer}]", `{"prefixItems":[{"type":"string"},{"type":"integer"}]}`,
			`doc.yaml:7:7: warning: "items" must be a schema, not a list; it is taken as "prefixItems" (repaired)`),
		"keyword in the wrong case": schema("3.0.3", "Type: string", `{"type":"string"}`,
			`doc.yaml:7:7: warning: a schema has no keyword "Type"; it is taken as "type" (unknown-keyword)`),
		"discriminator as a string": schema("3.0.3", "discriminator: kind", `{"discriminator":{"propertyName":"kind"}}`,
			`doc.yaml:7:7: warning: "discriminator" must be a discriminator; "kind" is taken as its propertyName (wrong-kind)`),
		"enum alone":           schema("3.0.3", "enum: a", `{"enum":["a"]}`, `doc.yaml:7:7: warning: "enum" must be a list; the string "a" is taken as its only element (wrong-kind)`),
		"YAML 1.1 words":       schema("3.0.3", "enum: [yes, no, on, off, y, 2020-01-01, 1_000, ~, True]", `{"enum":["yes","no","on","off","y","2020-01-01","1_000",null,true]}`),
		"YAML numbers":         schema("3.0.3", "enum: [007, 0x1F, 0o17, +1, .5, 1., -0, 1e3, .inf, '1']", `{"enum":[7,31,15,1,0.5,1,-0,1e3,".inf","1"]}`),
		"merge keys":           schema("3.0.3", "properties:\n  a: &a {type: string, title: a}\n  b: {<<: *a, title: b}\n  c: {<<: [*a, {format: f}]}", `{"properties":{"a":{"type":"string","title":"a"},"b":{"title":"b","type":"string"},"c":{"type":"string","title":"a","format":"f"}}}`),
		"duplicate keys":       schema("3.0.3", "title: a\ntype: string\ntitle: b", `{"title":"b","type":"string"}`, `doc.yaml:9:7: warning: the key "title" was given before at 7:7; this one wins (duplicate-key)`),
		"status in lower case": operation("responses: {4xx: {description: d}, 'Default': {description: d}, 200: {description: d}}", "/responses", `{"4XX":{"description":"d"},"default":{"description":"d"},"200":{"description":"d"}}`, `doc.yaml:6:19: warning: the status code "4xx" is taken as "4XX" (repaired)`, `doc.yaml:6:42: warning: the status code "Default" is taken as "default" (repaired)`),
		"bad status":           operation("responses: {ok: {description: d}}", "/responses", `{}`, `doc.yaml:6:19: warning: "ok" is neither a status code such as 404 or 4XX nor "default"; it is ignored (repaired)`),
		"no description":       operation("responses: {'200': {}}", "/responses", `{"200":{"description":""}}`, `doc.yaml:6:19: warning: the response has no "description"; it is taken to be empty (repaired)`),
		"null response":        operation("responses: {'200': }", "/responses", `{"200":{"description":""}}`, `doc.yaml:6:19: warning: "200" must be a response, not null; it is taken as an empty one (wrong-kind)`, `doc.yaml:6:19: warning: the response has no "description"; it is taken to be empty (repaired)`),
		"text as a response":   operation("responses: {'200': OK}", "/responses", `{"200":{"description":"OK"}}`, `doc.yaml:6:19: warning: "200" must be a response; "OK" is taken as its description (wrong-kind)`),
		"no responses":         operation("summary: s", "/responses", `{}`, `doc.yaml:5:5: warning: the operation has no "responses"; any response is taken (repaired)`),
		"path parameter":       operation(ok+"parameters: [{name: a, in: Path, schema: {}}]", "/parameters/0", `{"name":"a","in":"path","schema":{},"required":true}`, `doc.yaml:7:20: warning: the path parameter "a" must be required; it is taken so (repaired)`, `doc.yaml:7:30: warning: "in" is taken as "path" (repaired)`),
		"loose schema":         operation(ok+"parameters: [{name: a, in: query, type: string, maxLength: 3}]", "/parameters/0/schema", `{"type":"string","maxLength":3}`, `doc.yaml:7:41: warning: "type" belongs into the schema of the parameter; it is moved there (repaired)`),
		"schema and content":   operation(ok+"parameters: [{name: a, in: query, schema: {}, content: {a/b: {}}}]", "/parameters/0", `{"name":"a","in":"query","schema":{}}`, `doc.yaml:7:53: warning: a parameter has either "schema" or "content"; "content" is ignored (repaired)`),
		"parameters as object": operation(ok+"parameters: {a: {in: query}}", "/parameters", `[{"in":"query","name":"a"}]`, `doc.yaml:7:7: warning: "parameters" must be a list, not an object; it is taken as one (wrong-kind)`),
		"security as object":   operation(ok+"security: {key: }", "/security", `[{"key":[]}]`, `doc.yaml:7:7: warning: "security" must be a list, not an object; it is taken as one (wrong-kind)`),
		"security as names":    operation(ok+"security: [key]", "/security", `[{"key":[]}]`, `doc.yaml:7:18: warning: a security requirement must be an object; "key" is taken as the name of a scheme (wrong-kind)`),
		"tag objects":          operation(ok+"tags: [{name: a}, 1]", "/tags", `["a","1"]`, `doc.yaml:7:25: warning: an element of tags must be a string; the number 1 is taken as one (wrong-kind)`),
		"servers as text":      operation(ok+"servers: http://a", "/servers", `[{"url":"http://a"}]`, `doc.yaml:7:7: warning: "servers" must be a list, not the string "http://a"; it is taken as one (wrong-kind)`, `doc.yaml:7:7: warning: an element of servers must be a server; "http://a" is taken as its url (wrong-kind)`),
	})
}

type repairCase struct {
	doc, at, want string
	diags         []string
}

func runRepair(t *testing.T, cases map[string]repairCase) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			doc, diags := loadText(t, Options{}, "doc.yaml", tc.doc)
			if diff := cmp.Diff(tc.diags, diags); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
			if doc == nil {
				t.Fatal("no document")
			}
			if got := jsonAt(t, doc, tc.at); got != tc.want {
				t.Errorf("%s is\n%s, want\n%s", tc.at, got, tc.want)
			}
			sameAsLoader(t, doc)
			checkLinks(t, doc.T)
		})
	}
}
