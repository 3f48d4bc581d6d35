package build

import (
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// reportUnchecked reports the keywords of a schema that only validate and that
// generated code does not check: once for each schema, at the first of them.
func (b *builder) reportUnchecked(n node) {
	names := uncheckedKeywords(n.schema)
	if len(names) == 0 {
		return
	}
	verb := "is"
	if len(names) > 1 {
		verb = "are"
	}
	list := `"` + strings.Join(names, `", "`) + `"`
	b.warnOnce(join(n.ptr, names[0]), "unchecked", "%s %s not checked by the generated code", list, verb)
}

// uncheckedKeywords returns the keywords of a schema that have no effect on
// what is generated.
func uncheckedKeywords(s *openapi3.Schema) []string {
	var names []string
	for _, k := range []struct {
		name string
		used bool
	}{
		{"not", s.Not != nil},
		{"if", s.If != nil && (s.Then != nil || s.Else != nil)},
		{"dependentRequired", len(s.DependentRequired) > 0},
		{"dependentSchemas", len(s.DependentSchemas) > 0},
		{"contains", s.Contains != nil},
		{"propertyNames", s.PropertyNames != nil},
		{"unevaluatedItems", s.UnevaluatedItems.Has != nil && !*s.UnevaluatedItems.Has || s.UnevaluatedItems.Schema != nil},
		{"contentSchema", s.ContentSchema != nil},
	} {
		if k.used {
			names = append(names, k.name)
		}
	}
	return names
}

// warnOnce reports something about a place that is looked at several times.
func (b *builder) warnOnce(ptr, code, format string, args ...any) {
	key := code + "\x00" + ptr
	if !b.warned[key] {
		b.warned[key] = true
		b.warnf(ptr, code, format, args...)
	}
}
