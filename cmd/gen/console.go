package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// The values of --diagnostics.
const (
	textDiagnostics = "text"
	jsonDiagnostics = "json"
)

// console is how a command speaks to the person or the program that runs it:
// results go to out, everything about them to err.
type console struct {
	out, err io.Writer
	// width is the number of columns of the terminal that err is; 0 when it is
	// none.
	width int
	// colours says whether the terminal may be sent colours.
	colours bool
	// diagnostics and quiet are flags.
	diagnostics string
	quiet       bool
}

// newConsole looks at what stderr is and what the environment asks for.
func newConsole(stdout, stderr io.Writer) *console {
	c := &console{out: stdout, err: stderr, diagnostics: textDiagnostics}
	if f, ok := stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		c.width = 80
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			c.width = width
		}
		c.colours = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return c
}

// flags adds the flags that every command has.
func (c *console) flags(cmd *cobra.Command) {
	f := cmd.PersistentFlags()
	f.StringVar(&c.diagnostics, "diagnostics", textDiagnostics, "the `form` of diagnostics: text or json")
	f.BoolVarP(&c.quiet, "quiet", "q", false, "print only results and errors")
	complete(cmd, "diagnostics", textDiagnostics, jsonDiagnostics)
}

// check refuses values of flags that do not exist.
func (c *console) check() error {
	if c.diagnostics != textDiagnostics && c.diagnostics != jsonDiagnostics {
		wrong := c.diagnostics
		c.diagnostics = textDiagnostics
		return usagef("--diagnostics is text or json, not %q", wrong)
	}
	return nil
}

func (c *console) json() bool { return c.diagnostics == jsonDiagnostics }

// note tells a person what the diagnostics come to or what to do next.
func (c *console) note(format string, args ...any) {
	if !c.quiet && !c.json() {
		fmt.Fprintf(c.err, "gen: "+format+"\n", args...)
	}
}

// done tells a person what has been written.
func (c *console) done(format string, args ...any) {
	if !c.quiet {
		fmt.Fprintf(c.out, format+"\n", args...)
	}
}

// fail prints an error that is no finding in a document. In text, advice
// follows on a line of its own.
func (c *console) fail(code string, err error, advice string) {
	if c.json() {
		c.encode(finding{Severity: "error", Code: code, Message: err.Error()})
		return
	}
	fmt.Fprintf(c.err, "gen: %s\n%s", harmlessLines(err.Error()), advice)
}

// encode prints v as one line of JSON.
func (c *console) encode(v any) {
	enc := json.NewEncoder(c.err)
	enc.SetEscapeHTML(false)
	// There is nobody left to tell when stderr cannot be written.
	_ = enc.Encode(v)
}

// The colours, as parameters of the terminal's escape sequence.
const (
	bold   = "1"
	red    = "1;31"
	yellow = "1;33"
	green  = "1;32"
)

// paint returns text in a colour where colours are wanted.
func (c *console) paint(colour, text string) string {
	if !c.colours || text == "" {
		return text
	}
	return "\x1b[" + colour + "m" + text + "\x1b[0m"
}

// complete offers values to the completion of a flag.
func complete(cmd *cobra.Command, flag string, values ...string) {
	// The only possible error is a flag that does not exist, which a test of
	// all commands finds.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
