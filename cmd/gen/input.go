package main

import (
	"github.com/spf13/cobra"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
)

// input holds the flags that say what to generate.
type input struct {
	config       string
	spec         string
	out          string
	pkg          string
	trustGoTypes bool
	// unlocked says that there is no package whose names should stay.
	unlocked bool
	generator.Config
}

// documentEndings are the endings of the names of documents.
func documentEndings() []string { return []string{"yaml", "yml", "json"} }

// files offers files with one of the endings to the completion of a flag.
func files(cmd *cobra.Command, flag string, endings ...string) {
	_ = cmd.MarkFlagFilename(flag, endings...)
}

// documentFlags adds the flags that apply to every document.
func (in *input) documentFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&in.Strict, "strict", false, "turn warnings into errors")
	f.BoolVar(&in.AllowRemote, "allow-remote", false, "fetch documents whose spec is an http or https URL")
	f.BoolVar(&in.AllowRemoteRefs, "allow-remote-refs", false, "follow references to http and https URLs")
}

// clientFlags adds the flags that choose clients: a configuration, or one
// document with an output folder.
func (in *input) clientFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&in.config, "config", "c", config.DefaultFile, "the configuration `file`")
	f.StringVar(&in.spec, "spec", "", "the OpenAPI document, a `file` or, with --allow-remote, a URL, instead of a configuration; needs --out")
	f.StringVar(&in.out, "out", "", "the `folder` of the generated package")
	f.StringVar(&in.pkg, "package", "", "the `name` of the generated package (default: the last element of --out)")
	f.BoolVar(&in.trustGoTypes, "trust-go-types", false, "honour x-go-type of the document, which names Go code")
	in.documentFlags(cmd)
	files(cmd, "config", "yaml", "yml")
	files(cmd, "spec", documentEndings()...)
	_ = cmd.MarkFlagDirname("out")
	complete(cmd, "package")
}

// noDocuments refuses arguments.
func noDocuments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 && isDocument(args[0]) {
		return usagef("unexpected argument %q; --spec names a document", args[0])
	}
	return noArgs(cmd, args)
}

// clients reads what the flags name into in.Clients. Problems of the
// configuration are printed.
func (in *input) clients(c *console, cmd *cobra.Command) error {
	var diags diag.List
	if in.spec == "" {
		for _, name := range []string{"out", "package", "trust-go-types"} {
			if cmd.Flags().Changed(name) {
				return usagef("--%s goes with --spec; with a configuration, it is a key of the client", name)
			}
		}
		in.Clients = config.Load(in.config, &diags).Clients
	} else {
		switch {
		case cmd.Flags().Changed("config"):
			return usagef("--config and --spec exclude each other")
		case in.out == "":
			return usagef("--spec needs --out, the folder of the generated package")
		}
		client := config.Single(in.spec, in.out, in.pkg, &diags)
		client.TrustGoTypes = in.trustGoTypes
		if in.unlocked {
			client.Out = ""
		}
		in.Clients = []config.Client{client}
	}
	if diags.HasErrors() {
		c.report(diags.Sorted())
		return exit(exitInvalid)
	}
	return nil
}
