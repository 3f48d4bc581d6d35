// Package generator makes Go clients from OpenAPI documents: it runs the
// stages load, build, emit and output, in this order.
package generator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/seed-a7989e22/apigen/generator/build"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/emit"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/load"
	"github.com/seed-a7989e22/apigen/generator/lock"
	"github.com/seed-a7989e22/apigen/generator/output"
)

// Version is the version of the generator, which the first line of every
// generated file names. It is a constant, not what the build information says,
// so that the same source generates the same bytes however it was built.
const Version = "v0.1.0"

// Tool is the path by which a module names the command.
const Tool = lock.Tool

// ErrInvalid says that a document or configuration has errors; they are among
// the diagnostics of the result.
var ErrInvalid = errors.New("the input has errors")

// Mode tells what is done with the generated files.
type Mode int

// The modes.
const (
	// Write brings the files to disk, those of all clients or none.
	Write Mode = iota
	// Check compares the files with those on disk.
	Check
	// Memory leaves it at returning the files.
	Memory
	// Inspect stops before the code is written: the result has no files.
	Inspect
)

// Config is what to generate and how.
type Config struct {
	Clients []config.Client
	Mode    Mode
	// Strict turns warnings into errors.
	Strict bool
	// AllowRemote fetches documents from http and https URLs.
	AllowRemote bool
	// AllowRemoteRefs follows references to http and https URLs.
	AllowRemoteRefs bool
	// Full makes Check generate also where hashes tell that nothing has changed.
	Full bool
	// Progress, unless nil, is told at the start of each stage.
	Progress func(Progress)
}

// Result is what a run has found and made.
type Result struct {
	// Diagnostics are sorted by position, those of one document together.
	Diagnostics []diag.Diagnostic
	// Packages are in the order of the configuration; empty when there are errors.
	Packages []Package
}

// Package is a generated package.
type Package struct {
	Client config.Client
	// API is what the package consists of.
	API *ir.API
	// Files are formatted.
	Files []output.File
	// Lock is the content of the lock file: what the next run has to know.
	Lock []byte
	// Stale are the files on disk that differ (Check) or differed (Write).
	Stale []output.Stale
	// Current says that the files on disk are up to date by their hashes: the
	// package was not generated then.
	Current bool
}

// Run generates every client of cfg. Nothing is written unless all succeed.
func Run(ctx context.Context, cfg Config) (Result, error) {
	g, err := New()
	if err != nil {
		return Result{}, err
	}
	return g.Run(ctx, cfg)
}

// Generator has what all runs share, for programs with more than one.
type Generator struct{ support *emit.Support }

// New returns a Generator, which may be used concurrently.
func New() (*Generator, error) {
	support, err := emit.ReadSupport()
	if err != nil {
		return nil, err
	}
	return &Generator{support}, nil
}

// Run is the function Run without its preparations.
func (g *Generator) Run(ctx context.Context, cfg Config) (Result, error) {
	var result Result
	invalid := false
	for _, client := range cfg.Clients {
		if cfg.current(client) {
			result.Packages = append(result.Packages, Package{Client: client, Current: true})
			continue
		}
		var diags diag.List
		pkg, err := g.generate(ctx, client, namesOf(client, &diags), cfg, &diags)
		result.Diagnostics = append(result.Diagnostics, diags.Sorted()...)
		switch {
		case errors.Is(err, ErrInvalid):
			invalid = true
		case err != nil:
			return result, fmt.Errorf("%s: %w", Shown(client.Spec), err)
		}
		result.Packages = append(result.Packages, pkg)
	}
	if invalid {
		result.Packages = nil
		return result, ErrInvalid
	}
	if err := ctx.Err(); err != nil {
		return result, err
	}
	if cfg.Mode == Write || cfg.Mode == Check {
		return result, reconcile(&result, cfg.Mode)
	}
	return result, nil
}

// current reports whether hashes tell that the package of a client is what
// would be generated. Warnings that matter are not told by hashes.
func (cfg Config) current(client config.Client) bool {
	if cfg.Mode != Check || cfg.Full || cfg.Strict {
		return false
	}
	sum, err := client.Sum()
	return err == nil && lock.Current(client.Dir(), lock.Source{Generator: Version, Spec: client.Spec, Config: sum})
}

// namesOf returns the names that the lock file of a client keeps, if it has
// one.
func namesOf(client config.Client, diags *diag.List) ir.Names {
	if client.Out != "" {
		if l := lock.Load(client.Dir(), Version, diags); l != nil {
			return l.Names
		}
	}
	return nil
}

// generate makes the package of one client in memory. Its declarations keep
// names as far as they are still there.
func (g *Generator) generate(ctx context.Context, client config.Client, names ir.Names, cfg Config, diags *diag.List) (Package, error) {
	pkg, doc, err := g.understand(ctx, client, names, cfg, diags)
	if err != nil || cfg.Mode == Inspect {
		return pkg, err
	}
	inputs := doc.Inputs // the rest of the document is not needed any longer, and large
	return pkg, g.write(&pkg, inputs, cfg)
}

// understand reads the document of a client and makes what its package consists of.
func (g *Generator) understand(ctx context.Context, client config.Client, names ir.Names, cfg Config, diags *diag.List) (Package, *load.Document, error) {
	pkg := Package{Client: client}
	cfg.tell(client, "reading", nil)
	doc, err := load.Load(ctx, source(client, cfg), diags)
	switch {
	case ctx.Err() != nil:
		return pkg, nil, ctx.Err()
	case err != nil:
		unreadable(client, err, diags)
		return pkg, nil, ErrInvalid
	case doc == nil:
		return pkg, nil, ErrInvalid
	}
	cfg.tell(client, "choosing names and types", nil)
	opts := choices(client)
	opts.Document, opts.Names = doc.Name, names
	opts.Reserved, opts.Files = g.support.Names(), g.support.Files()
	pkg.API = build.Build(doc.T, doc, opts, diags)
	diags.Resolve(doc.Locate)
	if cfg.Strict {
		diags.Strict()
	}
	if diags.HasErrors() {
		return pkg, nil, ErrInvalid
	}
	return pkg, doc, nil
}

// write makes the files of a package, whose document consists of the inputs.
func (g *Generator) write(pkg *Package, inputs []load.Input, cfg Config) error {
	cfg.tell(pkg.Client, "writing code", pkg.API)
	written := make(chan string, 1)
	go func() { written <- lock.Text(pkg.API.Names) }()
	format := output.NewFormatter()
	err := g.support.Emit(pkg.API, emit.Options{Version: Version}, func(f emit.File) { format.Add(output.Source(f)) })
	files, formatErr := format.Files()
	pkg.Files = files
	text := <-written
	l, lockErr := lockOf(pkg, inputs, text)
	pkg.Lock = l.Bytes(text)
	return cmp.Or(err, formatErr, lockErr)
}

// lockOf tells what the next run has to know about a package, whose names it
// gets as text.
func lockOf(pkg *Package, inputs []load.Input, names string) (*lock.Lock, error) {
	sum, err := pkg.Client.Sum()
	l := &lock.Lock{
		Generator: Version, Config: sum, Names: pkg.API.Names,
		Package: lock.PackageSum(pkg.Files, names),
	}
	for _, in := range inputs {
		sum := lock.Missing
		if in.Sum != nil {
			sum = lock.Hex(in.Sum)
		}
		l.Inputs = append(l.Inputs, lock.Input{Name: in.Name, Sum: sum})
	}
	return l, err
}

// Shown is the path or URL of a document as it may be shown: without user,
// password and query.
func Shown(spec string) string { return load.PublicURL(spec) }

// unreadable reports a document that cannot be read, at the place that names
// it: the configuration, where there is one.
func unreadable(client config.Client, err error, diags *diag.List) {
	err = diag.Cause(err)
	name := Shown(client.Spec)
	if client.Pos.File == "" {
		diags.Errorf(diag.Pos{File: name}, "unreadable", "the document cannot be read: %v", err)
		return
	}
	diags.Errorf(client.Pos, "unreadable", "the document %s cannot be read: %v", name, err)
}

// reconcile compares all packages with what is on disk and, in mode Write,
// makes the difference disappear.
func reconcile(result *Result, mode Mode) error {
	var plans []*output.Plan
	for i := range result.Packages {
		pkg := &result.Packages[i]
		if pkg.Current {
			continue
		}
		files := append(slices.Clone(pkg.Files), output.File{Name: lock.File, Content: pkg.Lock})
		plan, err := output.Prepare(pkg.Client.Root, pkg.Client.Out, files)
		if err != nil {
			return err
		}
		pkg.Stale = plan.Stale()
		plans = append(plans, plan)
	}
	if err := output.Distinct(plans...); err != nil || mode == Check {
		return err
	}
	return output.Commit(plans...)
}
