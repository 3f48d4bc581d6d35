package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// The exit codes.
const (
	exitDone    = 0
	exitInvalid = 1 // a document or the configuration is wrong, or the run has failed
	exitUsage   = 2
	exitStale   = 3
	exitChanges = 4 // gen diff has found what --fail-on names
)

// exit is an error that has been told already and only sets the exit code.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// usageError is a command line that makes no sense.
type usageError struct{ error }

func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

// execute runs the command line args and returns the exit code.
func execute(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := newConsole(stdout, stderr)
	root := newRoot(c)
	strictHelp(root)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	var code exit
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled):
		c.fail("failed", errors.New("interrupted"), "")
		return exitInvalid
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &usage):
		c.fail("usage", err, fmt.Sprintf("Run '%s --help' for usage.\n", cmd.CommandPath()))
		return exitUsage
	}
	c.fail("failed", err, "")
	return exitInvalid
}

func newRoot(c *console) *cobra.Command {
	root := &cobra.Command{
		Use:   "gen",
		Short: "Generate Go clients from OpenAPI documents",
		Long: `gen makes a Go package from an OpenAPI document: a client with one method for
each operation, typed models, and validation of what is sent.

What to generate is listed in gen.yaml, which gen init writes:

  clients:
    - spec: specs/petstore.yaml
      out: generated/petstore

Exit codes:
  0  done
  1  a document or the configuration is wrong, or the run has failed; nothing
     was written
  2  the command line is wrong
  3  generated code is stale (gen check)
  4  there are changes of the mark that --fail-on names (gen diff)

Environment:
  NO_COLOR  when it is not empty, no colours are used; they are never used
            unless stderr is a terminal`,
		Example: `  # Start: write gen.yaml and generate.go in the folder of a Go module
  gen init petstore.yaml

  # Generate every client of gen.yaml
  gen generate

  # Generate one client without a configuration
  gen generate --spec petstore.yaml --out petstore

  # Fail when committed code is not what would be generated
  gen check

  # What have the changes since the last commit done to callers?
  gen diff HEAD`,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			return c.check()
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return cmd.Help()
		},
	}
	c.flags(root)
	root.SuggestionsMinimumDistance = 2
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(newInit(c), newGenerate(c), newCheck(c), newDiff(c), newInspect(c), newConfig(), newVersion(c), newDiagnostics())
	return root
}

// strictHelp makes the commands that cobra adds refuse what does not exist.
func strictHelp(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Args = func(_ *cobra.Command, args []string) error {
				found, rest, _ := root.Find(args)
				if found == root && len(rest) > 0 {
					return unknownCommand(root, rest[0])
				}
				return noArgs(found, rest)
			}
		case "completion":
			cmd.Args, cmd.RunE = noArgs, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
			for _, shell := range cmd.Commands() {
				shell.Args = noArgs
			}
		}
	}
}

// newDiagnostics is a page of help, not a command.
func newDiagnostics() *cobra.Command {
	return &cobra.Command{
		Use:   "diagnostics",
		Short: "How findings are printed",
		Long: `What gen finds in a document or a configuration goes to stderr, all of it at
once and sorted by place. As text, each finding is one line:

  petstore.yaml:12:7: error: message (code)

Line and column count from 1, columns in characters. After an error follow the
line of the document and a caret below the place, both indented, so that
programs that look for file:line:col are not misled:

     12 |       $ref: "../pets.yaml"
        |       ^

Text ends with a count, in a line that starts with "gen: ". Warnings tell what
was repaired or could only be expressed in a nearest form; --strict turns them
into errors and --quiet leaves them out.

With --diagnostics json, stderr has nothing but findings, each a JSON object on
a line of its own:

  {"severity":"error","code":"ref-outside","message":"...","file":"petstore.yaml","line":12,"column":7,"pointer":"/paths/~1pets/get"}

  severity  error or warning
  code      a short name of the kind of finding; it does not change
  message   what is wrong and what to do, for people; its words may change
  file      the file, with slashes; missing when there is none
  line      missing when unknown, like column
  column
  pointer   the JSON pointer of the place in the document, where there is one

An error that is no finding in a file has the code usage, when the command line
is wrong, or failed. Members are added over time, but never renamed or removed.`,
	}
}

func unknownCommand(cmd *cobra.Command, name string) error {
	if near := cmd.SuggestionsFor(name); len(near) > 0 {
		return usagef("there is no command %q; did you mean %q?", name, near[0])
	}
	return usagef("there is no command %q", name)
}

// noArgs refuses arguments, as most commands take only flags.
func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("unexpected argument %q", args[0])
	}
	return nil
}
