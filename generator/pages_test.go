package generator

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/seed-a7989e22/apigen/generator/config"
)

// TestPageRules holds that the rules for well-known APIs in docs/extensions.md give as many iterators
// as it says.
func TestPageRules(t *testing.T) {
	documents := map[string]string{"Stripe": "stripe.yaml", "GitHub": "github.json", "OpenAI": "openai.yaml", "Twilio": "twilio-api-v2010.yaml"}
	text, err := os.ReadFile("../docs/extensions.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| (\\w+) \\| `(\\{style: .*\\})` \\| (\\d+) \\|$").FindAllStringSubmatch(string(text), -1)
	if len(rows) != len(documents) {
		t.Fatalf("%d rows of APIs, want %d", len(rows), len(documents))
	}
	method := regexp.MustCompile(`(?m)^func \(\w+ \*\w+\) \w+All\(ctx .*\) iter\.Seq2\[`)
	for _, row := range rows {
		t.Run(row[1], func(t *testing.T) {
			document := "../../shared/corpus/" + documents[row[1]]
			if _, err := os.Stat(document); err != nil {
				t.Skip("the corpus of real documents is not here")
			}
			overlay := filepath.Join(t.TempDir(), "pages.yaml")
			rule := "overlay: 1.0.0\ninfo: {title: Pages, version: '1'}\nactions: [{target: $, update: {x-go-pagination: [" + row[2] + "]}}]\n"
			if err := os.WriteFile(overlay, []byte(rule), 0o600); err != nil {
				t.Fatal(err)
			}
			client := config.Client{Spec: document, Package: "p", Overlays: []config.Overlay{{Path: overlay}}}
			result, err := Run(context.Background(), Config{Mode: Memory, Clients: []config.Client{client}})
			if err != nil {
				t.Fatal(err, result.Diagnostics)
			}
			iterators := 0
			for _, f := range result.Packages[0].Files {
				iterators += len(method.FindAll(f.Content, -1))
			}
			if want, _ := strconv.Atoi(row[3]); iterators != want {
				t.Errorf("%d iterators, want %d", iterators, want)
			}
		})
	}
}
