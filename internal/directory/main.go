// Command directory generates a client from every OpenAPI document below a
// folder, however many there are, and type-checks it in memory:
//
//	go run ./internal/directory DIR
//
// It prints what fails, and one line at the end. It is for large collections
// of documents, where "make corpus" would compile for hours. The status is not
// 0 unless every document with an OpenAPI version yields a package.
//
// With -call, the clients are compiled, in groups, and each operation is called
// with values made at random, as TestCorpus of internal/examples does; that
// takes about a second for a document.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"time"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/inspect"
	"github.com/seed-a7989e22/apigen/internal/gotypes"
)

// patience is how long a document may take.
const patience = 2 * time.Minute

func main() {
	rounds := flag.Int("call", 0, "call each operation this often, in place of type-checking")
	seed := flag.Uint64("seed", 1, "what the values of -call are made of")
	figures := flag.String("figures", "", "the folder to write what -call has counted to")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: directory [-call ROUNDS [-seed N] [-figures FOLDER]] DIR")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *rounds, *seed, *figures); err != nil {
		fmt.Fprintln(os.Stderr, "directory:", err)
		os.Exit(1)
	}
}

// run examines every document below dir.
func run(dir string, rounds int, seed uint64, figures string) error {
	files, err := documents(dir)
	if err != nil {
		return err
	}
	if rounds > 0 {
		return call(files, rounds, seed, figures)
	}
	return check(files)
}

// check generates and type-checks.
func check(files []string) error {
	exports, err := gotypes.List(context.Background(), gotypes.Support)
	if err != nil {
		return err
	}
	fset := token.NewFileSet()
	c := &checker{fset: fset, importer: exports.Importer(fset)}
	failed, operations := 0, 0
	for _, file := range files {
		n, err := c.document(file)
		operations += n
		if err != nil {
			failed++
			fmt.Printf("%s: %v\n", file, err)
		}
	}
	fmt.Printf("%d of %d documents, %d operations\n", len(files)-failed, len(files), operations)
	if failed > 0 {
		return fmt.Errorf("%d documents fail", failed)
	}
	return nil
}

// documents lists the files below dir that say that they are OpenAPI.
func documents(dir string) ([]string, error) {
	version := regexp.MustCompile(`(?:^|[\s{,])["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]\.`)
	var files []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains([]string{".json", ".yaml", ".yml"}, filepath.Ext(path)) {
			return err
		}
		data, err := os.ReadFile(path)
		if version.Match(data) {
			files = append(files, path)
		}
		return err
	})
	return files, err
}

// checker generates and type-checks.
type checker struct {
	fset     *token.FileSet
	importer types.Importer
}

// document examines one document and returns the number of its operations.
func (c *checker) document(file string) (operations int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	client := config.Client{Spec: file, Package: "client"}
	result, err := generator.Run(ctx, generator.Config{Mode: generator.Memory, Clients: []config.Client{client}})
	if errors.Is(err, generator.ErrInvalid) {
		for _, d := range result.Diagnostics {
			if d.Severity == diag.Error {
				return 0, errors.New(d.String())
			}
		}
	}
	if err != nil {
		return 0, err
	}
	pkg := result.Packages[0]
	operations = len(inspect.View(pkg.API).Operations)
	_, err = gotypes.Check(c.fset, "client", pkg.Files, types.Config{Importer: c.importer})
	return operations, err
}
