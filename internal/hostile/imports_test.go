package hostile

import (
	"strings"
	"testing"

	"github.com/seed-a7989e22/apigen/templates"
)

// allowedImports returns the packages that generated code may import: what the
// support code does, and what the code made from a document needs.
func allowedImports(t testing.TB) map[string]bool {
	t.Helper()
	allowed := map[string]bool{}
	for path := range strings.FieldsSeq(`context encoding/json errors fmt io iter net/http regexp slices strconv strings time
		github.com/oapi-codegen/runtime/types github.com/google/uuid`) {
		allowed[path] = true
	}
	support, err := templates.Parse()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range support.Files {
		for _, d := range f.Decls {
			for _, path := range d.Imports {
				allowed[path] = true
			}
		}
	}
	return allowed
}
