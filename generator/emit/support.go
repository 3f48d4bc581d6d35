package emit

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/templates"
)

// supportFiles copies the part of the support package that the generated
// code reaches.
//
// Reachability: what the emitted code uses, and what that refers to. A
// method comes with its type when it is exported (it may satisfy an interface
// of somebody else) or when its name is called or demanded through an
// interface; otherwise only where it is used.
func supportFiles(s *shared) []File {
	kinds := s.kindList()
	taken := s.support.reach(s.taken)
	var names []string
	decls := map[string][]*templates.Decl{}
	for _, f := range s.support.pkg.Files {
		name := supportName(f.Name)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		for _, d := range f.Decls {
			switch {
			case taken[d]:
				decls[name] = append(decls[name], d)
			case d.Names[0] == kindsName && kinds != nil:
				decls[name] = append(decls[name], kinds)
			}
		}
	}
	var files []File
	for _, name := range names {
		if len(decls[name]) == 0 {
			continue
		}
		text := supportFile(decls[name], s.info)
		files = append(files, File{Name: name, Formatted: true, Write: func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}})
	}
	return files
}

// supportName keeps the files of the support package apart from those of
// services: errors.go and runtime.go as they are, the others as runtime_x.go.
// Those that share the first word, such as json_read.go, become one.
func supportName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSuffix(name, ".go"), "_")
	if first == "errors" || first == "runtime" {
		return first + ".go"
	}
	return "runtime_" + first + ".go"
}

func supportFile(decls []*templates.Decl, info packageInfo) string {
	imports := map[string]string{}
	var body strings.Builder
	for _, d := range decls {
		body.WriteString("\n" + d.Text + "\n")
		maps.Copy(imports, d.Imports)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\npackage %s\n", info.header, info.name)
	b.WriteString(importDecl(imports))
	b.WriteString(body.String())
	return b.String()
}

// importDecl imports packages, given as paths by name, the way gofmt and
// package output write it: those of the standard library come first.
func importDecl(imports map[string]string) string {
	var std, other []string
	for local, path := range imports {
		spec := strconv.Quote(path)
		if path[strings.LastIndex(path, "/")+1:] != local {
			spec = local + " " + spec
		}
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			other = append(other, spec)
		} else {
			std = append(std, spec)
		}
	}
	byPath := func(x, y string) int {
		return strings.Compare(x[strings.Index(x, `"`):], y[strings.Index(y, `"`):])
	}
	slices.SortFunc(std, byPath)
	slices.SortFunc(other, byPath)
	switch all := append(slices.Clone(std), other...); {
	case len(all) == 0:
		return ""
	case len(all) == 1:
		return "\nimport " + all[0] + "\n"
	case len(std) > 0 && len(other) > 0:
		std = append(std, "")
	}
	text := "\nimport (\n"
	for _, spec := range append(std, other...) {
		text += strings.TrimRight("\t"+spec, "\t") + "\n"
	}
	return text + ")\n"
}

// supportIndex finds declarations of the support package by name.
type supportIndex struct {
	pkg     *templates.Package
	decls   map[string]*templates.Decl   // "name" or "type.method"
	methods map[string][]*templates.Decl // methods by receiver
	kinds   []kind                       // all of them
}

func newSupportIndex(pkg *templates.Package) (*supportIndex, error) {
	x := &supportIndex{pkg: pkg, decls: map[string]*templates.Decl{}, methods: map[string][]*templates.Decl{}}
	for _, f := range pkg.Files {
		for _, d := range f.Decls {
			for _, name := range d.Names {
				x.decls[name] = d
			}
			if d.Receiver != "" {
				x.methods[d.Receiver] = append(x.methods[d.Receiver], d)
			}
		}
	}
	var err error
	x.kinds, err = readKinds(x.decls[kindsName].Text)
	delete(x.decls, kindsName) // every package has its own
	delete(x.decls, kindType)
	return x, err
}

// reach returns the declarations that the used names need.
func (x *supportIndex) reach(used map[string]bool) map[*templates.Decl]bool {
	w := walk{index: x, taken: map[*templates.Decl]bool{}, dynamic: map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(used)) {
		w.take(name)
	}
	return w.taken
}

// walk is one run of reach.
type walk struct {
	index   *supportIndex
	taken   map[*templates.Decl]bool
	types   []string        // types taken so far
	dynamic map[string]bool // method names called through interfaces
}

func (w *walk) take(name string) {
	d := w.index.decls[name]
	if d == nil || w.taken[d] {
		return
	}
	w.taken[d] = true
	for _, use := range d.Uses {
		w.take(use)
	}
	for _, method := range d.Dynamic {
		if w.dynamic[method] {
			continue
		}
		w.dynamic[method] = true
		for _, t := range w.types {
			w.take(t + "." + method)
		}
	}
	for _, n := range d.Names {
		methods := w.index.methods[n]
		if d.Receiver != "" || len(methods) == 0 {
			continue
		}
		w.types = append(w.types, n)
		for _, m := range methods {
			method := m.Names[0][len(n)+1:]
			if isExported(method) || w.dynamic[method] {
				w.take(m.Names[0])
			}
		}
	}
}

func isExported(name string) bool { return name[0] >= 'A' && name[0] <= 'Z' }

// use marks a declaration of the support package as needed and returns its
// identifier: "decodeList" for a function or type, "checker.string" for a
// method, whose identifier is what follows the dot.
func (e *emitter) use(name string) *jen.Statement { return jen.Id(e.name(name)) }

// need is use for what is not written here.
func (e *emitter) need(name string) {
	if e.support.decls[name] == nil {
		e.fail(fmt.Errorf("support package has no %s", name))
	}
	e.used[name] = true
}

// name is use for places that want a string, such as jen.Statement.Dot.
func (e *emitter) name(name string) string {
	e.need(name)
	_, method, ok := strings.Cut(name, ".")
	if ok {
		return method
	}
	return name
}

// call is on.method(args): call("c", "checker.string", args...).
func (e *emitter) call(on, method string, args ...jen.Code) *jen.Statement {
	return selector(on, e.name(method)).Call(args...)
}

// raw is Go text that consists of fixed text, of checked identifiers and of
// literals. It stands for what there is so much of that one token instead of
// many is felt.
func raw(text string) *jen.Statement { return jen.Id(text) }

// selector is x.name.
func selector(x, name string) *jen.Statement { return raw(x + "." + name) }
