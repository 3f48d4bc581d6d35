package main

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/inspect"
	"github.com/seed-a7989e22/apigen/generator/output"
)

func newGenerate(c *console) *cobra.Command {
	var in input
	cmd := &cobra.Command{
		Use:   "generate [--config gen.yaml | --spec FILE --out DIR [--package NAME]]",
		Short: "Generate clients",
		Long: `Generate every client of the configuration, or the one that --spec and --out
name. Paths in a configuration resolve against its folder.

What gen finds in a document is printed as file:line:col: error|warning:
message (code), all of it at once. With an error nothing is written, for no
client. Otherwise all files are replaced at once, and files that are no longer
generated are removed: only those whose first line says that gen made them.
A file that gen did not make is never overwritten.`,
		Example: `  # Every client of gen.yaml
  gen generate

  # The clients of another configuration; warnings are errors
  gen generate --config api/gen.yaml --strict

  # One client without a configuration
  gen generate --spec petstore.yaml --out internal/petstore --package petstore

  # From a Go file, by go generate, at the version that go.mod says
  //go:generate go tool gen generate`,
		Args: noDocuments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			result, err := runMode(c, cmd, &in, generator.Write)
			if err != nil {
				return err
			}
			for _, pkg := range result.Packages {
				if len(pkg.Stale) == 0 {
					c.done("%s: up to date", slash(pkg.Client.Dir()))
					continue
				}
				c.done("%s: %s", slash(pkg.Client.Dir()), summary(pkg.Stale))
			}
			return nil
		},
	}
	in.clientFlags(cmd)
	return cmd
}

func newCheck(c *console) *cobra.Command {
	var in input
	cmd := &cobra.Command{
		Use:   "check [--config gen.yaml | --spec FILE --out DIR [--package NAME]]",
		Short: "Check that generated code is current",
		Long: `Generate in memory, compare with the files on disk and list those that are
changed, missing or extra. Nothing is written. Exit code 3 says that there is
a difference, so the command suits a build server.

Where the hashes in gen.lock tell that document, configuration, generator and
files are those of the last run, that is the answer, at once. --full and
--strict generate nevertheless.`,
		Example: `  # Is everything that gen.yaml lists current?
  gen check

  # What a build server runs
  go tool gen check || { echo "run go generate and commit"; exit 1; }`,
		Args: noDocuments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			result, err := runMode(c, cmd, &in, generator.Check)
			if err != nil {
				return err
			}
			stale := 0
			for _, pkg := range result.Packages {
				for _, f := range pkg.Stale {
					fmt.Fprintf(c.out, "%s: %s\n", slash(f.Path), f.Change)
					stale++
				}
			}
			if stale > 0 {
				c.note("%s stale; run gen generate", count(stale, "file"))
				return exit(exitStale)
			}
			return nil
		},
	}
	in.clientFlags(cmd)
	cmd.Flags().BoolVar(&in.Full, "full", false, "generate even where hashes tell that nothing has changed")
	return cmd
}

func newInspect(c *console) *cobra.Command {
	var in input
	cmd := &cobra.Command{
		Use:   "inspect --spec FILE",
		Short: "Print what a document becomes in Go, as JSON",
		Long: `Print the operations and types of a document as JSON, with the Go names and Go
types that the generated package has. Nothing is written.

For each operation: id, method, path, service (the path of fields from the
client), goMethod, goParams, goResult, its params, its requests by media type
and its responses by status, each with goType. For each type: kind (struct,
enum, union, alias), goName, the pointer of its schema in the document, and
its fields, values or variants. Fields are added to this shape over time, but
never renamed or removed.`,
		Example: `  # Which Go method calls which path?
  gen inspect --spec petstore.yaml | jq -r '.operations[] | "\(.method) \(.path) \(.service).\(.goMethod)"'`,
		Args: noDocuments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if in.spec == "" {
				return usagef("--spec is needed")
			}
			if in.out == "" {
				in.out, in.unlocked = ".", true
			}
			if in.pkg == "" {
				in.pkg = "client"
			}
			result, err := runMode(c, cmd, &in, generator.Inspect)
			if err != nil {
				return err
			}
			data, err := inspect.JSON(result.Packages[0].API)
			if err != nil {
				return err
			}
			_, err = c.out.Write(data)
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&in.spec, "spec", "", "the OpenAPI document, a `file` or, with --allow-remote, a URL")
	f.StringVar(&in.out, "out", "", "the `folder` of a generated package, whose gen.lock has names that stay")
	f.StringVar(&in.pkg, "package", "", "the `name` of the package to show")
	f.BoolVar(&in.trustGoTypes, "trust-go-types", false, "honour x-go-type of the document, which names Go code")
	in.documentFlags(cmd)
	files(cmd, "spec", documentEndings()...)
	_ = cmd.MarkFlagDirname("out")
	complete(cmd, "package")
	return cmd
}

// runMode runs the generator on what the flags name and prints what it found.
func runMode(c *console, cmd *cobra.Command, in *input, mode generator.Mode) (generator.Result, error) {
	if err := in.clients(c, cmd); err != nil {
		return generator.Result{}, err
	}
	in.Mode = mode
	shown := c.startProgress()
	if shown != nil {
		in.Progress = shown.update
	}
	result, err := generator.Run(cmd.Context(), in.Config)
	shown.stop()
	c.report(result.Diagnostics)
	if errors.Is(err, generator.ErrInvalid) {
		if mode == generator.Write {
			c.note("nothing was written")
		}
		return result, exit(exitInvalid)
	}
	return result, err
}

// summary tells what happened to the files of a folder.
func summary(stale []output.Stale) string {
	n := map[output.Change]int{}
	for _, f := range stale {
		n[f.Change]++
	}
	text := ""
	for _, part := range []struct {
		change output.Change
		verb   string
	}{{output.Missing, "added"}, {output.Changed, "changed"}, {output.Extra, "removed"}} {
		if n[part.change] > 0 {
			if text != "" {
				text += ", "
			}
			text += count(n[part.change], "file") + " " + part.verb
		}
	}
	return text
}

// slash makes the output the same on every system.
func slash(path string) string { return filepath.ToSlash(path) }
