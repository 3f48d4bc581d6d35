package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// TestNoMutableState holds that the packages have no state: a package-level
// variable is a sentinel error, a compiled regular expression, a replacer, an
// embedded file system or a table, and nothing ever assigns to it, takes its
// address or changes its elements. There are no init functions.
func TestNoMutableState(t *testing.T) {
	for _, p := range packages(t) {
		own := p.own()
		if !p.handWritten() || own == "e2e" || strings.HasPrefix(own, "proof") {
			continue
		}
		s := &state{fset: token.NewFileSet(), vars: map[string]*ast.ValueSpec{}, caches: own == "templates/support"}
		for _, name := range p.files() {
			file, err := parser.ParseFile(s.fset, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			s.files = append(s.files, file)
		}
		for _, problem := range s.check() {
			t.Error(problem)
		}
	}
}

// TestStateRules shows the rules at work.
func TestStateRules(t *testing.T) {
	tests := []struct {
		src     string
		allowed bool
	}{
		{`var ErrX = errors.New("x")`, true},
		{`var re = regexp.MustCompile("x")`, true},
		{`var table = map[string]int{"a": 1}`, true},
		{`var files embed.FS`, true},
		{`var _ io.Reader = (*T)(nil)`, true},
		{`var x int`, false},
		{`var x = 1`, false},
		{`var x = make(map[string]int)`, false},
		{`var x = &T{}`, false},
		{`var x = compute()`, false},
		{`var mu sync.Mutex`, false},
		{`var Table = []int{1}`, false},
		{`func init() {}`, false},
		{`var t = []int{1}; func f() { t[0] = 2 }`, false},
		{`var t = []int{1}; func f() { t = nil }`, false},
		{`var t = []int{1}; func f() { t := []int{}; t[0] = 2 }`, true},
		{`var t = map[string]int{}; func f() { delete(t, "") }`, false},
		{`var t = []int{1}; func f() { t[0]++ }`, false},
		{`var t = [1]int{1}; func f() *int { return &t[0] }`, false},
		{`var t = []int{1}; func f() { sort.Ints(t) }`, true},
		{`var t = []struct{ a int }{}; func f() { t[0].a = 1 }`, false},
	}
	for _, tt := range tests {
		s := &state{fset: token.NewFileSet(), vars: map[string]*ast.ValueSpec{}}
		file, err := parser.ParseFile(s.fset, "x.go", "package x\n"+tt.src, 0)
		if err != nil {
			t.Fatal(err)
		}
		s.files = []*ast.File{file}
		if problems := s.check(); (len(problems) == 0) != tt.allowed {
			t.Errorf("%s: %q", tt.src, problems)
		}
	}
}

// state looks for mutable state in a package.
type state struct {
	fset     *token.FileSet
	files    []*ast.File
	vars     map[string]*ast.ValueSpec
	caches   bool // sync.Pool and sync.Map are allowed
	problems []string
}

func (s *state) report(n ast.Node, text string) {
	s.problems = append(s.problems, s.fset.Position(n.Pos()).String()+": "+text)
}

func (s *state) check() []string {
	for _, file := range s.files {
		for _, decl := range file.Decls {
			s.declaration(decl)
		}
	}
	for _, file := range s.files {
		ast.Inspect(file, func(n ast.Node) bool {
			s.mutation(file, n)
			return true
		})
	}
	return s.problems
}

func (s *state) declaration(decl ast.Decl) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Recv == nil && decl.Name.Name == "init" {
			s.report(decl, "no init functions")
		}
	case *ast.GenDecl:
		if decl.Tok != token.VAR {
			return
		}
		for _, spec := range decl.Specs {
			s.variable(spec.(*ast.ValueSpec))
		}
	}
}

func (s *state) variable(v *ast.ValueSpec) {
	for i, name := range v.Names {
		if name.Name == "_" {
			continue
		}
		s.vars[name.Name] = v
		if name.IsExported() && !strings.HasPrefix(name.Name, "Err") {
			s.report(name, "an exported variable can be changed by anybody: "+name.Name)
		}
		if !s.constant(v, i) {
			s.report(name, "not a constant, a table or one of the allowed values: "+name.Name)
		}
	}
}

// cache reports whether a variable of a type only saves doing work again.
func (s *state) cache(t ast.Expr) bool {
	return s.caches && (selector(t) == "sync.Pool" || selector(t) == "sync.Map")
}

// constant reports whether the i-th variable of v has a value that is never
// meant to change.
func (s *state) constant(v *ast.ValueSpec, i int) bool {
	if len(v.Values) == 0 {
		return selector(v.Type) == "embed.FS" || s.cache(v.Type)
	}
	if i >= len(v.Values) {
		return false
	}
	switch x := v.Values[i].(type) {
	case *ast.CompositeLit:
		pkg, _, _ := strings.Cut(selector(x.Type), ".")
		return pkg != "sync" && pkg != "atomic" || s.cache(x.Type)
	case *ast.CallExpr:
		return slices.Contains([]string{"errors.New", "fmt.Errorf", "regexp.MustCompile", "strings.NewReplacer"}, selector(x.Fun))
	}
	return false
}

func selector(e ast.Expr) string {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		if pkg, ok := sel.X.(*ast.Ident); ok {
			return pkg.Name + "." + sel.Sel.Name
		}
	}
	return ""
}

// mutation reports n when it changes a package-level variable.
func (s *state) mutation(file *ast.File, n ast.Node) {
	var targets []ast.Expr
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			targets = n.Lhs
		}
	case *ast.IncDecStmt:
		targets = []ast.Expr{n.X}
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			targets = []ast.Expr{n.Key, n.Value}
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			targets = []ast.Expr{n.X}
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && slices.Contains([]string{"delete", "clear", "append", "copy"}, f.Name) {
			targets = n.Args[:1]
		}
	}
	for _, target := range targets {
		if name := s.global(file, target); name != "" {
			s.report(target, "changes the package-level variable "+name)
		}
	}
}

// global returns the package-level variable that e is, or is a part of.
func (s *state) global(file *ast.File, e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.Ident:
			spec, ok := s.vars[x.Name]
			if !ok || x.Obj == nil && !slices.Contains(file.Unresolved, x) || x.Obj != nil && x.Obj.Decl != spec {
				return ""
			}
			return x.Name
		default:
			return ""
		}
	}
}
