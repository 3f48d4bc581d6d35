package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
)

// childGenerate generates the document at path into dir and writes its
// outcome to w. What follows the generation is not part of the time.
func childGenerate(ctx context.Context, path, dir string, w io.Writer) error {
	client := config.Client{Spec: path, Root: ".", Out: dir, Package: filepath.Base(dir)}
	debug.SetGCPercent(400) // as the command does
	start := time.Now()
	result, err := generator.Run(ctx, generator.Config{Clients: []config.Client{client}})
	o := outcome{Seconds: time.Since(start).Seconds()}
	for _, d := range result.Diagnostics {
		o.Diagnostics = append(o.Diagnostics, d.String())
		if d.Severity == diag.Error {
			o.Errors++
		} else {
			o.Warnings++
		}
	}
	switch {
	case errors.Is(err, generator.ErrInvalid):
		o.Problem = fmt.Sprintf("%d errors", o.Errors)
	case err != nil:
		o.Problem = err.Error()
	default:
		p := result.Packages[0]
		o.Types = len(p.API.Types)
		if o.Emitted, err = emitted(p); err != nil {
			return err
		}
		for _, f := range p.Files {
			o.Lines += bytes.Count(f.Content, []byte("\n"))
		}
	}
	if o.Version, o.Operations, err = count(path); err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(o)
}

// emitted counts the operations whose method is in the generated code.
func emitted(p generator.Package) (int, error) {
	methods := map[string]bool{}
	for _, f := range p.Files {
		file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.SkipObjectResolution)
		if err != nil {
			return 0, err
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !f.Name.IsExported() {
				continue
			}
			if star, ok := f.Recv.List[0].Type.(*ast.StarExpr); ok {
				if recv, ok := star.X.(*ast.Ident); ok {
					methods[recv.Name+"."+f.Name.Name] = true
				}
			}
		}
	}
	n := 0
	var visit func([]*ir.Service)
	visit = func(services []*ir.Service) {
		for _, s := range services {
			for _, op := range s.Operations {
				if op.Of == nil && methods[s.GoName+"."+op.GoName] {
					n++
				}
			}
			visit(s.Children)
		}
	}
	visit(p.API.Services)
	return n, nil
}

// childLoad writes to w how many seconds kin-openapi takes to load path.
func childLoad(ctx context.Context, path string, w io.Writer) error {
	loader := openapi3.NewLoader()
	loader.Context = ctx
	start := time.Now()
	if _, err := loader.LoadFromFile(path); err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(time.Since(start).Seconds())
}
