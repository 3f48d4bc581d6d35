package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes this test binary serve as the program gen in scripts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gen": func() { os.Exit(run()) }})
}

// TestScripts runs testdata/*.txtar: command lines with exit codes, output
// and files. With UPDATE_SCRIPTS=1, compared output is stored instead.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"names":    names,
			"terminal": terminal,
			"cmpesc":   cmpesc,
			"workflow": workflow,
			"replace":  replace,
		},
	})
}

// exits runs a command and holds its exit code: exits CODE COMMAND [ARG...]
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command [arg...]")
	}
	got := "0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = string(rune('0' + exit.ExitCode()))
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, not %s", got, args[0])
	}
}

// names holds the names of the files in a folder: names DIR [NAME...]
func names(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: names dir [name...]")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	if err != nil && len(args) > 1 {
		ts.Fatalf("%v", err)
	}
	wanted := map[string]bool{}
	for _, name := range args[1:] {
		wanted[name] = true
	}
	for _, e := range entries {
		if !wanted[e.Name()] {
			ts.Fatalf("%s is there", filepath.Join(args[0], e.Name()))
		}
		delete(wanted, e.Name())
	}
	for name := range wanted {
		ts.Fatalf("%s is missing", filepath.Join(args[0], name))
	}
}

// cmpesc compares two files, with escape characters written as ESC: cmpesc FILE WANT
func cmpesc(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cmpesc file want")
	}
	got := strings.ReplaceAll(ts.ReadFile(args[0]), "\x1b", "ESC")
	if want := ts.ReadFile(args[1]); got != want {
		ts.Fatalf("%s is\n%s\nnot\n%s", args[0], got, want)
	}
}

// replace replaces a text that a file has once: replace OLD NEW FILE
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace old new file")
	}
	text := ts.ReadFile(args[2])
	if n := strings.Count(text, args[0]); n != 1 {
		ts.Fatalf("%s has %q %d times", args[2], args[0], n)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.Replace(text, args[0], args[1], 1)), 0o666))
}
