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
)

// checkImports holds a generated package to the modules that it may need:
// that of access tokens only where its document has a scheme with them.
func checkImports(t *testing.T, p generator.Package) {
	t.Helper()
	modules := []string{"github.com/go-faster/jx", "github.com/oapi-codegen/runtime"}
	if slices.ContainsFunc(p.API.Schemes, func(s *ir.SecurityScheme) bool { return s.Kind == ir.OAuth2 }) {
		modules = append(modules, "golang.org/x/oauth2")
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
