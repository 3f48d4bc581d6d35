// Package specs_test holds the documents of this folder to the reference pages
// they were written from: testdata has, for each operation, the page's facts in
// one line each and the page's own examples.
package specs_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
)

// operations lists what each document must describe, no more and no less.
var operations = map[string][]string{
	"datadog.yaml":    {"UpdateCloudflareAccount", "UpdateConfluentAccount"},
	"cloudflare.yaml": {"AccountCreate", "AccountDelete", "AccountList", "AccessKeyUpdate", "StoreSecretEdit"},
}

func TestDocumentsAreValid(t *testing.T) {
	for file := range operations {
		t.Run(file, func(t *testing.T) {
			doc := loadDocument(t, file)
			err := doc.Validate(t.Context(),
				openapi3.EnableExamplesValidation(),
				openapi3.EnableSchemaDefaultsValidation(),
				openapi3.EnableSchemaFormatValidation(),
				openapi3.EnableMultiError(),
			)
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestDocumentsSayWhatThePagesSay(t *testing.T) {
	for file, want := range operations {
		doc := loadDocument(t, file)
		found := findOperations(doc)
		if len(found) != len(want) {
			t.Errorf("%s has %d operations, want %d", file, len(found), len(want))
		}
		for _, id := range want {
			t.Run(id, func(t *testing.T) {
				op, ok := found[id]
				if !ok {
					t.Fatalf("%s does not have the operation", file)
				}
				facts := readFile(t, filepath.Join("testdata", id, "facts.txt"))
				if diff := cmp.Diff(sortedLines(facts), sortedLines(describe(doc, op))); diff != "" {
					t.Errorf("the page (-) and %s (+) differ:\n%s", file, diff)
				}
			})
		}
	}
}

func TestExamplesAreThoseOfThePages(t *testing.T) {
	for file, ids := range operations {
		doc := loadDocument(t, file)
		found := findOperations(doc)
		for _, id := range ids {
			t.Run(id, func(t *testing.T) {
				want := make(map[string]any)
				paths, err := filepath.Glob(filepath.Join("testdata", id, "*.json"))
				if err != nil {
					t.Fatal(err)
				}
				for _, path := range paths {
					name := strings.TrimSuffix(filepath.Base(path), ".json")
					want[name] = decodeJSON(t, []byte(readFile(t, path)))
				}
				got := make(map[string]any)
				for name, value := range examples(found[id].Operation) {
					if name == "response.4XX" {
						continue // the Cloudflare pages show no failed call
					}
					data, err := json.Marshal(value)
					if err != nil {
						t.Fatal(err)
					}
					got[name] = decodeJSON(t, data)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("the page (-) and %s (+) differ:\n%s", file, diff)
				}
			})
		}
	}
}

func loadDocument(t *testing.T, file string) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func decodeJSON(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestSitesAreNamed pairs the hosts of the Datadog sites with their Go names and
// the names that the pages give them.
func TestSitesAreNamed(t *testing.T) {
	site := loadDocument(t, "datadog.yaml").Servers[0].Variables["site"]
	names, _ := site.Extensions["x-enum-varnames"].([]any)
	docs, _ := site.Extensions["x-enum-descriptions"].([]any)
	if len(names) != len(site.Enum) || len(docs) != len(site.Enum) {
		t.Fatalf("%d sites have %d names and %d descriptions", len(site.Enum), len(names), len(docs))
	}
	want := map[string][2]string{
		"AP1":    {"ap1.datadoghq.com", "ap1.datadoghq.com"},
		"AP2":    {"ap2.datadoghq.com", "ap2.datadoghq.com"},
		"EU":     {"datadoghq.eu", "app.datadoghq.eu"},
		"Gov":    {"ddog-gov.com", "app.ddog-gov.com"},
		"US2Gov": {"us2.ddog-gov.com", "us2.ddog-gov.com"},
		"US1":    {"datadoghq.com", "app.datadoghq.com"},
		"US3":    {"us3.datadoghq.com", "us3.datadoghq.com"},
		"US5":    {"us5.datadoghq.com", "us5.datadoghq.com"},
	}
	got := make(map[string][2]string)
	for i, host := range site.Enum {
		name := strings.TrimSuffix(strings.TrimPrefix(docs[i].(string), "The Datadog site "), ".")
		got[names[i].(string)] = [2]string{host, name}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sites (-want +got):\n%s", diff)
	}
	if site.Default != "datadoghq.com" || site.Extensions["x-go-env"] != "DD_SITE" {
		t.Errorf("default = %s from %v, want datadoghq.com from DD_SITE", site.Default, site.Extensions["x-go-env"])
	}
}
