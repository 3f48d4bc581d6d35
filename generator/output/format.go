package output

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// Format checks the names of files and returns them as gofmt would write
// them, with the imports of the standard library in a group of their own.
func Format(files []File) ([]File, error) {
	if err := checkNames(files); err != nil {
		return nil, err
	}
	out := make([]File, len(files))
	errs := make([]error, len(files))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wg.Go(func() {
			for i := range next {
				var content []byte
				content, errs[i] = formatFile(files[i])
				out[i] = File{Name: files[i].Name, Content: content}
			}
		})
	}
	for i := range files {
		next <- i
	}
	close(next)
	wg.Wait()
	return out, errors.Join(errs...)
}

// formatFile formats one file. That it cannot be is a defect of the
// generator, so the error quotes the line.
func formatFile(f File) ([]byte, error) {
	content, err := format.Source(groupImports(f.Content))
	if err == nil {
		return content, nil
	}
	var list scanner.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return nil, fmt.Errorf("%s: the generated code cannot be formatted: %w", f.Name, err)
	}
	// The positions are those of the regrouped source.
	line := sourceLine(groupImports(f.Content), list[0].Pos.Line)
	return nil, fmt.Errorf("%s:%d: the generated code cannot be formatted: %s\n\t%s", f.Name, list[0].Pos.Line, list[0].Msg, line)
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
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return false
	}
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}
