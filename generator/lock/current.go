package lock

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/output"
	"github.com/seed-a7989e22/apigen/generator/plaintext"
)

// maxSize bounds what is read as a lock.
const maxSize = 64 << 20

// Load reads the lock in the folder dir for a version of the generator; nil when
// there is none. Findings go to diags.
func Load(dir, version string, diags *diag.List) *Lock {
	name := filepath.Join(dir, File)
	data, err := read(name)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR): // what is wrong with dir is told when it is written to
		return nil
	case err != nil:
		diags.Errorf(diag.Pos{File: name}, "lock", "cannot be read: %v", diag.Cause(err))
		return nil
	}
	return Parse(name, data, version, diags)
}

// read reads a regular file; opening a pipe would wait for its other end.
func read(name string) ([]byte, error) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is not a regular file")
	}
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err == nil && len(data) > maxSize {
		err = errors.New("it is larger than 64 MiB")
	}
	return data, err
}

// Hex writes a SHA-256 as the lock has it.
func Hex(sum []byte) string { return "sha256:" + hex.EncodeToString(sum) }

// PackageSum returns the hash over the files of a package and the Text of its
// names. Line ends do not count.
func PackageSum(files []output.File, names string) string {
	files = slices.SortedFunc(slices.Values(files), func(a, b output.File) int { return strings.Compare(a.Name, b.Name) })
	h := sha256.New()
	for _, f := range append(files, output.File{Name: File, Content: []byte(names)}) {
		sum := plaintext.Sum(f.Content)
		io.WriteString(h, f.Name+"\n")
		h.Write(sum[:])
	}
	return Hex(h.Sum(nil))
}

// Source is what a package is made from.
type Source struct {
	// Generator is the version that would make it now.
	Generator string
	// Spec is the path of the document.
	Spec string
	// Config is the hash of what the configuration says about it.
	Config string
}

// Current reports whether the package in dir is known to be what source would
// make of it: by hashes, without doing it. False means that it is not known.
func Current(dir string, source Source) bool {
	data, err := read(filepath.Join(dir, File))
	if err != nil {
		return false
	}
	data = plaintext.UnixLines(data)
	end := bytes.Index(data, []byte("\n\n"))
	if end < 0 {
		return false
	}
	var diags diag.List
	head := Parse(File, data[:end], source.Generator, &diags)
	if diags.HasErrors() || head.Generator != source.Generator || head.Config != source.Config || len(head.Inputs) == 0 {
		return false
	}
	for _, in := range head.Inputs {
		if !in.unchanged(filepath.Dir(source.Spec)) {
			return false
		}
	}
	if !slices.ContainsFunc(head.Inputs, func(in Input) bool { return in.Name == filepath.Base(source.Spec) }) {
		return false
	}
	files, err := generated(dir)
	return err == nil && PackageSum(files, string(data[end+2:])) == head.Package
}

// unchanged reports whether the input is as it was. One that is not a file
// cannot be known without fetching it. Overlays may be above the folder.
func (in Input) unchanged(folder string) bool {
	name := filepath.FromSlash(in.Name)
	if filepath.IsAbs(name) || strings.Contains(in.Name, "://") {
		return false
	}
	name = filepath.Join(folder, name)
	content, err := read(name)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist) && in.Sum == Missing
	}
	sum := plaintext.Sum(content)
	return Hex(sum[:]) == in.Sum
}

// generated returns the files in dir that gen has made, but for the lock.
func generated(dir string) ([]output.File, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []output.File
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || !e.Type().IsRegular() {
			continue
		}
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		if output.Generated(content) {
			files = append(files, output.File{Name: e.Name(), Content: content})
		}
	}
	return files, nil
}
