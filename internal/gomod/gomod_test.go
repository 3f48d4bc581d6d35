package gomod

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"none/x":       "",
		"mod/go.mod":   "module example.com/mod\n\ntool (\n\texample.com/a\n\texample.com/b/cmd\n)\n",
		"mod/a/b/x":    "",
		"wrong/go.mod": "module (",
	})
	m, err := Find(filepath.Join(dir, "mod", "a", "b"))
	if err != nil {
		t.Fatal(err)
	}
	if m.Dir != filepath.Join(dir, "mod") || !m.HasTool("example.com/b/cmd") || m.HasTool("example.com/b") {
		t.Errorf("%+v", m)
	}
	if _, err := Find(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a module: %v", err)
	}
	if _, err := Find(filepath.Join(dir, "wrong")); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a go.mod with an error: %v", err)
	}
}

func TestPackageName(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"go.mod":           "module example.com/My-App/v3\n",
		"sub-Folder/x.txt": "",
		"2024/x.txt":       "",
		"type/x.txt":       "",
		"named/a.go":       "package other\n",
		"named/b.go":       "//go:build ignore\n\npackage main\n",
		"tests/a_test.go":  "package tests_test\n",
		"two/a.go":         "package a\n",
		"two/b.go":         "package b\n",
	})
	tests := []struct {
		dir, want string
		there     bool
	}{
		{".", "myapp", false},
		{"sub-Folder", "subfolder", false},
		{"2024", "api2024", false},
		{"type", "apitype", false},
		{"named", "other", true},
		{"two", "", false},
	}
	m, err := Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		got, there, err := PackageName(filepath.Join(dir, tt.dir), m)
		if got != tt.want || there != tt.there || (err == nil) != (tt.want != "") {
			t.Errorf("%s: %q, %v", tt.dir, got, err)
		}
	}
}
