package output

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// Plan is what has to happen to a folder so that it holds the wanted files.
// Making one changes nothing; Commit carries it out.
type Plan struct {
	root, out string
	files     []File
	changes   []change
	// folder is the folder itself; nil when it is not there yet.
	folder fs.FileInfo
}

// change is what happens to one file.
type change struct {
	name string
	kind Change
	// before is the content that a changed or extra file has, after the one
	// that a changed or missing file gets.
	before, after []byte
}

// Dir returns the folder as a path from the working directory.
func (p *Plan) Dir() string { return filepath.Join(p.root, p.out) }

// Stale lists the files that differ from what is wanted, by name.
func (p *Plan) Stale() []Stale {
	var list []Stale
	for _, c := range p.changes {
		list = append(list, Stale{Path: filepath.Join(p.Dir(), c.name), Change: c.kind})
	}
	return list
}

// Prepare compares the folder out, a path inside root, with the formatted
// files that it should hold. No symbolic link is followed out of root. It is
// an error when one of the files is there and not of our making.
func Prepare(root, out string, files []File) (*Plan, error) {
	if err := checkNames(files); err != nil {
		return nil, err
	}
	p := &Plan{root: root, out: out, files: files}
	present, err := p.read(files)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		before, ok := present[f.Name]
		delete(present, f.Name)
		switch {
		case !ok:
			p.changes = append(p.changes, change{name: f.Name, kind: Missing, after: f.Content})
		case !sameText(before, f.Content):
			p.changes = append(p.changes, change{name: f.Name, kind: Changed, before: before, after: f.Content})
		}
	}
	for name, before := range present {
		p.changes = append(p.changes, change{name: name, kind: Extra, before: before})
	}
	slices.SortFunc(p.changes, func(a, b change) int { return cmp.Compare(a.name, b.name) })
	return p, nil
}

// read returns the files of ours that are in the folder. It fails when
// something else has the name of a file that is to be written, or cannot be
// built together with those.
func (p *Plan) read(files []File) (map[string][]byte, error) {
	dir, err := p.open()
	if errors.Is(err, fs.ErrNotExist) {
		return map[string][]byte{}, nil
	}
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	if p.folder, err = dir.Stat("."); err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(dir.FS(), ".")
	if err != nil {
		return nil, err
	}
	wanted, made := map[string]bool{}, ""
	for _, f := range files {
		wanted[strings.ToLower(f.Name)] = true
		made = cmp.Or(made, packageOf(f.Name, f.Content))
	}
	present := map[string][]byte{}
	var problems []error
	for _, e := range entries {
		name := e.Name()
		isWanted := wanted[strings.ToLower(name)]
		switch {
		case e.Type().IsRegular() && (isWanted || strings.HasSuffix(name, ".go")):
			content, err := dir.ReadFile(name)
			if errors.Is(err, fs.ErrNotExist) {
				continue // another run has removed it meanwhile
			}
			if err != nil {
				return nil, fmt.Errorf("%s cannot be read: %w", filepath.Join(p.Dir(), name), diag.Cause(err))
			}
			if Generated(content) || name == lockFile {
				present[name] = content
			} else if isWanted {
				problems = append(problems, fmt.Errorf("%s is in the way: gen has not generated it and does not overwrite it",
					filepath.Join(p.Dir(), name)))
			} else if other := packageOf(name, content); other != "" && other != made {
				problems = append(problems, fmt.Errorf("%s is in the way: it is of package %s, what is generated of package %s; choose another folder",
					filepath.Join(p.Dir(), name), other, made))
			}
		case isWanted:
			problems = append(problems, fmt.Errorf("%s is in the way: it is not a regular file", filepath.Join(p.Dir(), name)))
		}
	}
	return present, errors.Join(problems...)
}

// packageOf returns the name of the package that a file is part of in every
// build, or "".
func packageOf(name string, content []byte) string {
	if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.ContainsRune("_.", rune(name[0])) {
		return ""
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", content, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil {
		return ""
	}
	for _, c := range file.Comments {
		if c.Pos() < file.Package && constraint.IsGoBuild(c.List[0].Text) {
			return ""
		}
	}
	return file.Name.Name
}

// Distinct reports plans for the same folder, to which several paths may lead
// through symbolic links.
func Distinct(plans ...*Plan) error {
	for i, p := range plans {
		for _, other := range plans[:i] {
			if p.folder != nil && other.folder != nil && os.SameFile(p.folder, other.folder) {
				return fmt.Errorf("%s and %s are the same folder; each client needs a folder of its own", other.Dir(), p.Dir())
			}
		}
	}
	return nil
}

// open opens the folder; every access through the result stays in it.
func (p *Plan) open() (*os.Root, error) {
	root, err := os.OpenRoot(p.root)
	if err != nil {
		return nil, p.unusable(err)
	}
	defer root.Close()
	dir, err := root.OpenRoot(p.out)
	if err != nil {
		return nil, p.unusable(err)
	}
	return dir, nil
}

// unusable says of an error that it is about the folder.
func (p *Plan) unusable(err error) error {
	err = diag.Cause(err)
	info, statErr := os.Stat(p.Dir())
	switch {
	case strings.Contains(err.Error(), "escapes from parent"):
		return fmt.Errorf("the folder %s is elsewhere: a symbolic link leads out of %s", p.Dir(), p.root)
	case errors.Is(err, syscall.ENOTDIR), statErr == nil && !info.IsDir():
		return fmt.Errorf("%s is in the way: it is not a folder", p.Dir())
	}
	return fmt.Errorf("the folder %s cannot be used: %w", p.Dir(), err)
}

// sameText compares what is on disk with what is wanted. Line ends do not
// count because version control may have converted them.
func sameText(disk, wanted []byte) bool {
	return bytes.Equal(disk, wanted) || bytes.Equal(bytes.ReplaceAll(disk, []byte("\r\n"), []byte("\n")), wanted)
}
