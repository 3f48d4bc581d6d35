package main

import (
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// commands returns all commands of our own.
func commands() []*cobra.Command {
	var list []*cobra.Command
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		list = append(list, cmd)
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(newConsole(io.Discard, io.Discard)))
	return list
}

// TestHelp holds that every command is explained, that help fits a terminal,
// and that each flag says what it does and completes to something.
func TestHelp(t *testing.T) {
	for _, cmd := range commands() {
		name := cmd.CommandPath()
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") || len(cmd.Long) < len(cmd.Short) {
			t.Errorf("%s: short %q, long of %d bytes", name, cmd.Short, len(cmd.Long))
		}
		if cmd.Runnable() && !cmd.HasSubCommands() && cmd.Example == "" {
			t.Errorf("%s has no example", name)
		}
		for line := range strings.Lines(cmd.Long + "\n" + cmd.Example) {
			if line = strings.TrimRight(line, "\n"); len([]rune(line)) > 80 && !strings.Contains(line, `{"severity"`) && !strings.Contains(line, "jq") {
				t.Errorf("%s: a line of %d columns: %s", name, len([]rune(line)), line)
			}
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("%s --%s says nothing", name, f.Name)
			}
			_, function := cmd.GetFlagCompletionFunc(f.Name)
			if f.Value.Type() != "bool" && !function && len(f.Annotations) == 0 {
				t.Errorf("%s --%s completes to nothing", name, f.Name)
			}
		})
	}
}

// TestExamples holds that what the examples call is there.
func TestExamples(t *testing.T) {
	for _, cmd := range commands() {
		for line := range strings.Lines(cmd.Example) {
			line = strings.TrimSpace(line)
			line = strings.TrimPrefix(line, "//go:generate go tool ")
			line = strings.TrimPrefix(line, "go tool ")
			rest, ok := strings.CutPrefix(line, "gen ")
			if !ok {
				continue
			}
			rest, _, _ = strings.Cut(rest, " | ")
			rest, _, _ = strings.Cut(rest, " || ")
			rest, _, _ = strings.Cut(rest, " > ")
			found, args, err := cmd.Root().Find(strings.Fields(rest))
			if err != nil || found == cmd.Root() {
				t.Errorf("%s: there is no %q (%v)", cmd.CommandPath(), line, err)
				continue
			}
			for _, arg := range args {
				flag, ok := strings.CutPrefix(arg, "--")
				if ok && found.Flags().Lookup(flag) == nil && found.InheritedFlags().Lookup(flag) == nil {
					t.Errorf("%s: %s has no flag --%s", cmd.CommandPath(), found.CommandPath(), flag)
				}
			}
		}
	}
}
