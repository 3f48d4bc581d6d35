// Package gomod knows what gen init has to know about the Go module that it is
// run in.
package gomod

import (
	"errors"
	"fmt"
	"go/build"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// Module is a Go module on disk.
type Module struct {
	// Dir is the folder of go.mod.
	Dir  string
	file *modfile.File
}

// Find returns the module that dir belongs to. The error is fs.ErrNotExist
// when there is none.
func Find(dir string) (*Module, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	for {
		name := filepath.Join(dir, "go.mod")
		data, err := os.ReadFile(name)
		if err == nil {
			file, err := modfile.Parse(name, data, nil)
			if err != nil {
				return nil, err
			}
			return &Module{Dir: dir, file: file}, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil, fs.ErrNotExist
		}
		dir = parent
	}
}

// HasTool reports whether the package at path is a tool of the module.
func (m *Module) HasTool(path string) bool {
	for _, tool := range m.file.Tool {
		if tool.Path == path {
			return true
		}
	}
	return false
}

// PackageName returns the name of the package in dir, a folder of m, and that it
// is there. Where there is none yet, the name is made of the folder's or the
// module's.
func PackageName(dir string, m *Module) (name string, there bool, err error) {
	pkg, err := build.ImportDir(dir, 0)
	var none *build.NoGoError
	switch {
	case err == nil:
		return pkg.Name, true, nil
	case !errors.As(err, &none):
		return "", false, fmt.Errorf("the package here cannot be read: %w", err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", false, err
	}
	base := filepath.Base(abs)
	if abs == m.Dir && m.file.Module != nil {
		path := m.file.Module.Mod.Path
		if prefix, _, ok := module.SplitPathVersion(path); ok {
			path = prefix
		}
		base = path[strings.LastIndexByte(path, '/')+1:]
	}
	return identifier(base), false, nil
}

// identifier makes a package name of the letters and digits in s.
func identifier(s string) string {
	name := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
	if name == "" || name[0] <= '9' || token.IsKeyword(name) {
		return "api" + name
	}
	return name
}
