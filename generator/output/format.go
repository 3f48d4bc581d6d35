package output

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/seed-a7989e22/apigen/generator/layout"
)

// Source is a file of Go source that is yet to be written.
type Source struct {
	Name string
	// Write writes the text.
	Write func(io.Writer) error
	// Formatted says that the text is as gofmt would write it.
	Formatted bool
}

// Formatter writes and formats files as they are made, several at a time.
type Formatter struct {
	next  chan Source
	group sync.WaitGroup
	mu    sync.Mutex
	files []File
	errs  []error
}

// NewFormatter returns a Formatter that is ready for files; Files ends it.
func NewFormatter() *Formatter {
	f := &Formatter{next: make(chan Source, runtime.GOMAXPROCS(0))}
	for range runtime.GOMAXPROCS(0) {
		f.group.Go(f.work)
	}
	return f
}

// Add takes a file, whose name is checked and which will be as gofmt would
// write it, with the imports of the standard library in a group of their own.
func (f *Formatter) Add(file Source) { f.next <- file }

func (f *Formatter) work() {
	formatter := layout.Formatter{Head: groupImports}
	var text bytes.Buffer
	for file := range f.next {
		text.Reset()
		err := file.Write(&text)
		content := text.Bytes()
		switch {
		case err != nil:
		case file.Formatted:
			content = bytes.Clone(content)
		default:
			content, err = format(&formatter, file.Name, content)
		}
		f.mu.Lock()
		f.files = append(f.files, File{Name: file.Name, Content: content})
		if err != nil {
			f.errs = append(f.errs, err)
		}
		f.mu.Unlock()
	}
}

// Files waits for what was added and returns it, sorted by name.
func (f *Formatter) Files() ([]File, error) {
	close(f.next)
	f.group.Wait()
	slices.SortFunc(f.files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(f.errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	if err := checkNames(f.files); err != nil {
		return nil, err
	}
	return f.files, errors.Join(f.errs...)
}

// format formats the text of a file. That it cannot be is a defect of the
// generator, so the error quotes the line.
func format(formatter *layout.Formatter, name string, text []byte) ([]byte, error) {
	content, err := formatter.Source(text)
	if err == nil {
		return content, nil
	}
	var list scanner.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return nil, fmt.Errorf("%s: the generated code cannot be formatted: %w", name, err)
	}
	line := sourceLine(groupImports(text), list[0].Pos.Line)
	return nil, fmt.Errorf("%s:%d: the generated code cannot be formatted: %s\n\t%s", name, list[0].Pos.Line, list[0].Msg, line)
}

func sourceLine(src []byte, n int) string {
	lines := bytes.SplitN(src, []byte("\n"), n+1)
	if n < 1 || n > len(lines) {
		return ""
	}
	return strings.TrimSpace(string(lines[n-1]))
}

// groupImports puts the imports of the standard library before the others,
// with an empty line between. It leaves the source alone when there is nothing
// to do, or when the import declaration has comments that could get lost.
func groupImports(src []byte) []byte {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, parser.ImportsOnly|parser.ParseComments)
	if err != nil || len(file.Decls) != 1 {
		return src
	}
	decl, ok := file.Decls[0].(*ast.GenDecl)
	if !ok || !decl.Lparen.IsValid() {
		return src
	}
	for _, c := range file.Comments {
		if decl.Pos() < c.Pos() && c.Pos() < decl.End() {
			return src
		}
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	var std, other bytes.Buffer
	for _, spec := range decl.Specs {
		group := &std
		if !isStandard(spec.(*ast.ImportSpec)) {
			group = &other
		}
		group.WriteByte('\n')
		group.Write(src[offset(spec.Pos()):offset(spec.End())])
	}
	if std.Len() == 0 || other.Len() == 0 {
		return src
	}
	var out bytes.Buffer
	out.Grow(len(src) + len("\n\n"))
	out.Write(src[:offset(decl.Lparen)+1])
	out.Write(std.Bytes())
	out.WriteByte('\n')
	out.Write(other.Bytes())
	out.WriteByte('\n')
	out.Write(src[offset(decl.Rparen):])
	return out.Bytes()
}

// isStandard reports whether spec imports a package of the standard library:
// only their paths have no dot in the first element.
func isStandard(spec *ast.ImportSpec) bool {
	path, _ := strconv.Unquote(spec.Path.Value) // the parser has seen that it is quoted
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}
