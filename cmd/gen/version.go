package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/seed-a7989e22/apigen/generator"
)

func newVersion(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long: `Print the version that the first line of generated files names and, on a second
line, how this program was built.`,
		Example: `  gen version`,
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(c.out, "gen %s\n%s\n", generator.Version, built())
			return err
		},
	}
}

// built describes the build: module version, commit and Go version.
func built() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "built without module information"
	}
	text := fmt.Sprintf("built as %s %s", info.Main.Path, info.Main.Version)
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			text += " at " + s.Value
		}
	}
	return text + " with " + info.GoVersion
}
