package config

import (
	"errors"
	"fmt"
	"go/token"
	"path/filepath"
	"strings"
)

// packageFor makes a package name of the last element of an output folder:
// its letters and digits in lower case.
func packageFor(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	base := filepath.Base(abs)
	name := strings.Map(func(c rune) rune {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			return c
		case 'A' <= c && c <= 'Z':
			return c + 'a' - 'A'
		}
		return -1
	}, base)
	if err := checkPackage(name); err != nil {
		return "", fmt.Errorf("no package name can be made of the folder %q", base)
	}
	return name, nil
}

// checkPackage reports why name cannot be that of a generated package.
func checkPackage(name string) error {
	switch {
	case !isName(name):
		return fmt.Errorf("%q is not a package name: it must be a Go identifier of letters, digits and underscores", name)
	case token.IsKeyword(name):
		return fmt.Errorf("%q is not a package name: it is a Go keyword", name)
	case name == "main":
		return errors.New("a package called main cannot be imported")
	case strings.HasSuffix(name, "_test"):
		return fmt.Errorf("%q is not a package name: the go command keeps the ending _test for tests", name)
	}
	return nil
}

// isName reports whether name is an identifier of ASCII letters, digits and
// underscores with a letter in front.
func isName(name string) bool {
	return isWord(strings.ReplaceAll(name, "_", "")) && !strings.HasPrefix(name, "_")
}
