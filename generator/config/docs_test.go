package config

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestDocs holds docs/configuration.md: it has a section for every key, in the
// order of the table, and its examples are right.
func TestDocs(t *testing.T) {
	data, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	var sections []string
	for _, m := range regexp.MustCompile(`(?m)^### (.+)$`).FindAllStringSubmatch(string(data), -1) {
		sections = append(sections, m[1])
	}
	if got, want := strings.Join(sections, "\n"), strings.Join(names(clientKeys(&Client{})), "\n"); got != want {
		t.Errorf("the sections are\n%s\nbut the keys are\n%s", got, want)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range clientKeys(&Client{}) {
		if !strings.Contains(string(readme), "`"+k.name+"`") {
			t.Errorf("README.md does not have the key %s", k.name)
		}
	}
	examples := regexp.MustCompile("(?ms)^```yaml\n(.*?)^```$").FindAllStringSubmatch(string(data), -1)
	if len(examples) == 0 {
		t.Error("there are no examples")
	}
	compiled := compileSchema(t)
	for _, m := range examples {
		diags, schemaErr := verdicts(t, compiled, m[1])
		if schemaErr != nil || diags.Len() > 0 {
			t.Errorf("%s\nschema: %v\nreader: %v", m[1], schemaErr, diags.Sorted())
		}
	}
}
