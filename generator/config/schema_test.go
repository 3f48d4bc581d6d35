package config

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// compileSchema returns the JSON schema of a configuration, ready to use.
func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(SchemaFile, doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile(SchemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// verdicts tells what the JSON schema and the reader say of a configuration.
func verdicts(t *testing.T, s *jsonschema.Schema, doc string) (diags diag.List, schemaErr error) {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(doc), &v); err != nil {
		t.Fatalf("%v\n%s", err, doc)
	}
	Parse("gen.yaml", []byte(doc), &diags)
	return diags, s.Validate(v)
}

// TestSchemaAgrees puts values of every kind at the place of every key, and of
// every item and value below it: what the JSON schema refuses, the reader
// refuses too, and the kinds that the reader refuses, the schema refuses too.
func TestSchemaAgrees(t *testing.T) {
	compiled := compileSchema(t)
	samples := []string{"null", "true", "17", "1.5", `""`, `" "`, `word`, `"a word"`, `drop`, "[]", "[word]", "[1]", "[[]]", "[{}]", "{}", "{word: word}", "{word: 1}"}
	var walk func(s schema, write func(string) string)
	check := func(doc string) {
		diags, schemaErr := verdicts(t, compiled, doc)
		if schemaErr != nil && !diags.HasErrors() {
			t.Errorf("the schema refuses what the reader takes: %s\n%v", doc, schemaErr)
		}
		for _, d := range diags.Sorted() {
			if schemaErr == nil && (d.Code == "config-type" || d.Code == "config-key") {
				t.Errorf("the schema takes %s\nbut: %s", doc, d)
			}
		}
	}
	walk = func(s schema, write func(string) string) {
		for _, sample := range samples {
			check(write(sample))
		}
		if s.Items != nil {
			walk(*s.Items, func(v string) string { return write("[" + v + "]") })
		}
		if s.Values != nil {
			walk(*s.Values, func(v string) string { return write("{word: " + v + "}") })
		}
		for _, p := range s.Properties {
			walk(p.schema, func(v string) string {
				return write(fmt.Sprintf("{%s%s: %s}", others(s, p.name), p.name, v))
			})
		}
	}
	walk(objectSchema(rootKeys(&Config{})), func(v string) string { return v })
}

// others writes the required keys of s except one.
func others(s schema, but string) string {
	var out strings.Builder
	for _, name := range s.Required {
		if name != but {
			fmt.Fprintf(&out, "%s: word, ", name)
		}
	}
	return out.String()
}

// TestSchemaDescribes holds that editors have something to show for each key.
func TestSchemaDescribes(t *testing.T) {
	var walk func(at string, s schema)
	walk = func(at string, s schema) {
		if s.Items != nil {
			walk(at, *s.Items)
		}
		if s.Values != nil {
			walk(at, *s.Values)
		}
		for _, p := range s.Properties {
			if !strings.HasSuffix(p.schema.Description, ".") {
				t.Errorf("%s.%s has no doc that is a sentence: %q", at, p.name, p.schema.Description)
			}
			walk(at+"."+p.name, p.schema)
		}
	}
	walk("", objectSchema(rootKeys(&Config{})))
}
