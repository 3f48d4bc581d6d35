package build

import (
	"fmt"
	"go/token"
	"path"
	"regexp"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
)

// importPath is what an import path of x-go-type-import may look like.
var importPath = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._~/-]*$`)

// predeclared are the types without a package that x-go-type may name.
const predeclared = " any bool byte string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float32 float64 "

// parseGoType reads x-go-type ("decimal.Decimal") and x-go-type-import (a path,
// or an object with path and name). It returns what is wrong with them, if so.
func parseGoType(name string, imp any) (*ir.GoType, string) {
	pkg, ident, qualified := strings.Cut(name, ".")
	if !qualified {
		pkg, ident = "", name
	}
	if !token.IsIdentifier(ident) {
		return nil, fmt.Sprintf("%.60q is not a Go type name", name)
	}
	var from string
	switch x := imp.(type) {
	case string:
		from = x
	case map[string]any:
		from = extString(x, "path")
	}
	switch {
	case from == "" && !qualified:
		if !strings.Contains(predeclared, " "+ident+" ") {
			return nil, fmt.Sprintf("%.60q needs an x-go-type-import", name)
		}
		return &ir.GoType{Name: ident}, ""
	case from == "":
		from = pkg // a package of the standard library, such as "time"
	}
	if !importPath.MatchString(from) || path.Clean(from) != from || !token.IsExported(ident) {
		return nil, fmt.Sprintf("%.60q of %.60q is not an exported type of an importable package", name, from)
	}
	return &ir.GoType{Import: from, Name: ident}, ""
}
