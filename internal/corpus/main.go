// Command corpus generates, compiles and vets a client for every OpenAPI
// document in a folder and prints what came of it as a table:
//
//	go run ./internal/corpus [flags] DIR
//
// It runs in the root of this module, into a scratch folder of it. Each
// document is generated in a process of its own, so that time and memory are
// its own, and loaded by kin-openapi alone in another one, for comparison. The
// exit status is 0 only if every document generates, compiles and passes go
// vet with every operation present.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// scratch is the folder of the generated packages. The go command does not
// look into it unless told to.
const scratch = ".corpus"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	keep, verbose, bars bool
	only                string
}

func run(ctx context.Context, args []string, w io.Writer) error {
	var opts options
	flags := flag.NewFlagSet("corpus", flag.ContinueOnError)
	flags.BoolVar(&opts.keep, "keep", false, "keep the generated packages in "+scratch)
	flags.BoolVar(&opts.verbose, "v", false, "print every diagnostic")
	flags.BoolVar(&opts.bars, "bars", false, "fail also for documents over 1 MB that take too much time or memory")
	flags.StringVar(&opts.only, "only", "", "only documents whose name contains this")
	generateOne := flags.String("generate", "", "")
	loadOne := flags.String("load", "", "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case *generateOne != "":
		return childGenerate(ctx, *generateOne, flags.Arg(0), w)
	case *loadOne != "":
		return childLoad(ctx, *loadOne, w)
	case flags.NArg() != 1:
		return errors.New("usage: corpus [flags] DIR")
	}
	return survey(ctx, flags.Arg(0), opts, w)
}

// survey runs all documents of a folder and prints the table.
func survey(ctx context.Context, dir string, opts options, w io.Writer) error {
	paths, err := documents(dir, opts.only)
	if err != nil {
		return err
	}
	if !opts.keep {
		defer os.RemoveAll(scratch)
	}
	if err := os.RemoveAll(scratch); err != nil {
		return err
	}
	table := newTable(w)
	good, emitted, total := 0, 0, 0
	names := map[string]bool{}
	var reports []*report
	for _, path := range paths {
		r := examine(ctx, path, packageName(path, names), opts)
		if err := ctx.Err(); err != nil {
			return err
		}
		table.row(r)
		reports = append(reports, r)
		emitted, total = emitted+r.Emitted, total+r.Operations
		if r.failure == "" {
			good++
		}
	}
	for _, r := range reports {
		r.print(w, opts.verbose)
	}
	fmt.Fprintf(w, "%d of %d documents, %d of %d operations\n", good, len(paths), emitted, total)
	if good < len(paths) {
		return errors.New("not every document holds")
	}
	return nil
}

// documents lists the documents in dir.
func documents(dir, only string) ([]string, error) {
	var paths []string
	for _, pattern := range []string{"*.yaml", "*.yml", "*.json"} {
		list, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		paths = append(paths, list...)
	}
	paths = slices.DeleteFunc(paths, func(p string) bool { return !strings.Contains(filepath.Base(p), only) })
	if len(paths) == 0 {
		return nil, fmt.Errorf("there are no documents in %s", dir)
	}
	slices.Sort(paths)
	return paths, nil
}

// packageName makes a package name of a path that is not among taken yet.
func packageName(path string, taken map[string]bool) string {
	base, _, _ := strings.Cut(filepath.Base(path), ".")
	name := strings.Map(func(c rune) rune {
		if c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
			return unicode.ToLower(c)
		}
		return -1
	}, base)
	if name == "" || unicode.IsDigit(rune(name[0])) {
		name = "doc" + name
	}
	for taken[name] {
		name += "x"
	}
	taken[name] = true
	return name
}
