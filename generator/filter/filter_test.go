package filter

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

func TestGlob(t *testing.T) {
	tests := []struct {
		dialect       dialect
		pattern       string
		match, refuse []string
	}{
		{names, "Issues", []string{"Issues"}, []string{"issues", "Issue", "My Issues", ""}},
		{names, "Cloud*", []string{"Cloud", "Cloudflare Integration", "Cloud/a"}, []string{"My Cloud"}},
		{names, "a.b", []string{"a.b"}, []string{"axb"}},
		{names, "*", []string{"", "x", "a\nb"}, nil},
		{pathNames, "/users/{id}", []string{"/users/{id}"}, []string{"/users/id", "/users/1"}},
		{pathNames, "/users/*", []string{"/users/{id}", "/users/"}, []string{"/users", "/users/{id}/keys"}},
		{pathNames, "/v2/**", []string{"/v2", "/v2/", "/v2/a/b"}, []string{"/v20", "/v1/v2/a"}},
		{pathNames, "/**/keys", []string{"/a/keys", "/a/b/keys"}, []string{"/keys", "/a/keys/b"}},
		{pathNames, "**", []string{"/", "/a/b"}, nil},
		{caselessName, "get", []string{"get", "GET"}, []string{"gets"}},
	}
	for _, tt := range tests {
		re := tt.dialect.compile(tt.pattern)
		for _, s := range tt.match {
			if !re.MatchString(s) {
				t.Errorf("%q does not match %q", tt.pattern, s)
			}
		}
		for _, s := range tt.refuse {
			if re.MatchString(s) {
				t.Errorf("%q matches %q", tt.pattern, s)
			}
		}
	}
}

// patterns makes patterns of texts; line is where they stand.
func patterns(line int, texts ...string) []Pattern {
	var out []Pattern
	for _, text := range texts {
		out = append(out, Pattern{Text: text, Pos: diag.Pos{File: "gen.yaml", Line: line, Col: 1}})
	}
	return out
}

func TestChooser(t *testing.T) {
	operations := []Operation{
		{Path: "/issues", Method: "GET", ID: "listIssues", Tags: []string{"Issues"}},
		{Path: "/issues", Method: "POST", ID: "createIssue", Tags: []string{"Issues", "Admin"}},
		{Path: "/users/{id}", Method: "GET", Tags: []string{"Users"}},
		{Path: "/internal/stats", Method: "GET", ID: "stats"},
		{Webhook: "opened", Method: "POST", Tags: []string{"Issues"}},
	}
	tests := []struct {
		name   string
		filter Filter
		kept   []int
		diags  []string
	}{
		{"nothing", Filter{}, []int{0, 1, 2, 3, 4}, nil},
		{"a tag", Filter{Include: []Rule{{Tags: patterns(1, "Issues")}}}, []int{0, 1, 4}, nil},
		{"any rule", Filter{Include: []Rule{{Tags: patterns(1, "Admin")}, {Paths: patterns(2, "/users/**")}}}, []int{1, 2}, nil},
		{"all keys of a rule", Filter{Include: []Rule{{Tags: patterns(1, "Issues"), Methods: patterns(2, "get", "head")}}}, []int{0},
			[]string{`gen.yaml:2:1: warning: no operation of the document has the method "head" (filter-unused)`}},
		{"exclude wins", Filter{
			Include: []Rule{{Paths: patterns(1, "**")}},
			Exclude: []Rule{{Paths: patterns(2, "/internal/**")}, {OperationIDs: patterns(3, "create*")}},
		}, []int{0, 2}, nil},
		{"webhooks by name", Filter{Exclude: []Rule{{Webhooks: patterns(1, "open*")}}}, []int{0, 1, 2, 3}, nil},
		{"webhooks have no path", Filter{Include: []Rule{{Tags: patterns(1, "Issues"), Paths: patterns(1, "**")}}}, []int{0, 1}, nil},
		{"of no use", Filter{
			Include: []Rule{{Tags: patterns(1, "Isues"), Webhooks: patterns(2, "closed")}},
			Exclude: []Rule{{Paths: patterns(3, "/v3/*"), OperationIDs: patterns(4, "x")},
				{Tags: patterns(5, "Admin"), Methods: patterns(5, "GET"), Pos: diag.Pos{File: "gen.yaml", Line: 5, Col: 5}}},
			Schemas: patterns(6, "Page*"),
		}, nil, []string{
			`gen.yaml:1:1: warning: no operation of the document has a tag like "Isues"; did you mean "Issues"? (filter-unused)`,
			`gen.yaml:2:1: warning: no operation of the document is of a webhook like "closed" (filter-unused)`,
			`gen.yaml:3:1: warning: no operation of the document has a path like "/v3/*" (filter-unused)`,
			`gen.yaml:4:1: warning: no operation of the document has an operationId like "x" (filter-unused)`,
			`gen.yaml:5:5: warning: no operation of the document matches all keys of this rule at once (filter-unused)`,
			`gen.yaml:6:1: warning: the document has no component schema like "Page*" (filter-unused)`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := tt.filter.Chooser()
			var kept []int
			for i, op := range operations {
				if c.Keep(op) {
					kept = append(kept, i)
				}
			}
			if c.KeepSchema("Pet") {
				t.Error("Pet is kept")
			}
			if d := cmp.Diff(tt.kept, kept); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
			var diags diag.List
			c.Unused(&diags)
			var got []string
			for _, d := range diags.Sorted() {
				got = append(got, d.String())
			}
			if d := cmp.Diff(tt.diags, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}
