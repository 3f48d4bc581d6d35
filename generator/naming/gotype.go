package naming

import (
	"fmt"
	"go/token"
	"path"
	"regexp"
	"strings"
)

// importPath is what the import path of a type may look like.
var importPath = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._~/-]*$`)

// predeclared are the types without a package.
const predeclared = " any bool byte string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float32 float64 "

// CheckGoType reports why generated code cannot use the type called name of
// the package imported by from, or of no package if from is empty.
func CheckGoType(from, name string) error {
	switch {
	case !token.IsIdentifier(name):
		return fmt.Errorf("%.60q is not the name of a Go type", name)
	case from == "" && !strings.Contains(predeclared, " "+name+" "):
		return fmt.Errorf("%.60q is not a type that Go has without an import", name)
	case from != "" && (!importPath.MatchString(from) || path.Clean(from) != from || !token.IsExported(name)):
		return fmt.Errorf("%.60q of %.60q is not an exported type of a package that can be imported", name, from)
	}
	return nil
}

// SplitGoType splits a type as "github.com/shopspring/decimal.Decimal" into
// import path and name; the path is empty for a type such as "string".
func SplitGoType(s string) (from, name string) {
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return "", s
	}
	return s[:i], s[i+1:]
}
