package golden

import (
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/output"
)

// checkImports holds a generated package to the modules that it may need:
// that of dates and UUIDs only where its code has some, that of access tokens
// only where its document has a scheme with them, and that of regular
// expressions only where it has one that package regexp cannot match.
func checkImports(t *testing.T, p generator.Package) {
	t.Helper()
	var modules []string
	if slices.ContainsFunc(p.Files, func(f output.File) bool {
		return !isSupport(f) && (strings.Contains(string(f.Content), "types.Date") || strings.Contains(string(f.Content), "types.UUID"))
	}) {
		modules = append(modules, "github.com/oapi-codegen/runtime")
	}
	if slices.ContainsFunc(p.API.Schemes, func(s *ir.SecurityScheme) bool { return s.Kind == ir.OAuth2 }) {
		modules = append(modules, "golang.org/x/oauth2")
	}
	if slices.ContainsFunc(p.Files, func(f output.File) bool {
		return !isSupport(f) && strings.Contains(string(f.Content), "acktracking") || f.Name == "runtime_patterns.go" && strings.Contains(string(f.Content), "backtrackingPattern{")
	}) {
		modules = append(modules, "github.com/dlclark/regexp2")
	}
	for _, f := range p.Files {
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range file.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			host, _, _ := strings.Cut(path, "/")
			if strings.Contains(host, ".") && !slices.ContainsFunc(modules, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") }) {
				t.Errorf("%s imports %s", f.Name, path)
			}
		}
	}
}
