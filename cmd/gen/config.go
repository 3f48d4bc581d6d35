package main

import (
	"github.com/spf13/cobra"

	"github.com/seed-a7989e22/apigen/generator/config"
)

// newConfig groups the commands about gen.yaml itself.
func newConfig() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Help with gen.yaml",
		Long:  `What gen.yaml may say, for editors.`,
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newConfigSchema())
	return cmd
}

func newConfigSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON schema of gen.yaml",
		Long: `Print the JSON schema of gen.yaml, with which editors complete and explain its
keys and underline what is wrong. An editor that speaks to yaml-language-server
finds a copy that the first line of gen.yaml names:

  # yaml-language-server: $schema=` + config.SchemaFile,
		Example: `  # Beside gen.yaml, after each update of gen
  gen config schema > ` + config.SchemaFile,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			data, err := config.Schema()
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(data)
			return err
		},
	}
}
