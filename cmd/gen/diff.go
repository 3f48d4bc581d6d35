package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/compare"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
)

// difference holds the flags of gen diff.
type difference struct {
	input
	format string
	failOn string
}

const aboutDiff = `Compare two versions of a document, and the packages generated from them in
memory, and print what has changed by operation and type: in the document, by
the checks of oasdiff and some for what these leave out (default servers, styles
of parameters, encodings, XML, additional properties and "not" in requests), and
in Go, by those of apidiff. Nothing is written.

OLD and NEW are documents. With a git revision, such as HEAD~1, a tag or a
branch, the documents of all clients of gen.yaml are compared with what they
were at the revision, or just DOCUMENT, which may be one that gen.yaml does not
list. The clients are generated with the settings that gen.yaml has now, and
with the names of gen.lock, then and now. A document that has moved is found by
what gen.yaml named for the same folder. Documents that are URLs have no
revisions: a warning tells that they are not compared, and the others are.

Each change has one of three marks. Together they suggest the next version of a
module with the generated package.

  breaking       calling code no longer compiles, or requests and responses are
                 not what they were; the next version is a major one
  additive       there is more than before; a minor version
  documentation  comments and deprecations; a patch

What generated clients are made for does not count as breaking: values of enums
and variants of unions that responses may have in future, and structs that can
no longer be compared with == because they have grown ("old is comparable, new
is not").

JSON has an object for each document in the list clients: document, before,
step (major, minor, patch or none), the numbers of changes breaking, additive
and documentation, and groups. A group has a kind (general, operation or type),
operations and their methods in Go, or type and the pointer of its schema, and
changes, each with effect (the mark), in (document or go), the rule of oasdiff,
if it is one, and text. Members are added over time, but never renamed or
removed.`

func newDiff(c *console) *cobra.Command {
	var d difference
	cmd := &cobra.Command{
		Use:   "diff OLD NEW | diff REVISION [DOCUMENT]",
		Short: "Tell what a changed document does to callers",
		Long:  aboutDiff,
		Example: `  # What have the changes since the last commit done?
  gen diff HEAD

  # Two documents
  gen diff petstore-v1.yaml petstore-v2.yaml

  # The comment on a pull request; exit code 4 when something breaks
  gen diff origin/main --format markdown --fail-on breaking

  # For programs
  gen diff v1.2.0 petstore.yaml --format json`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usagef("name two documents or a git revision")
			case len(args) > 2:
				return usagef("unexpected argument %q", args[2])
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) > 1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return documentEndings(), cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(cmd *cobra.Command, args []string) error { return d.run(c, cmd, args) },
	}
	f := cmd.Flags()
	f.StringVarP(&d.config, "config", "c", config.DefaultFile, "the configuration `file`")
	f.StringVar(&d.format, "format", "text", "the `form` of the output: text, markdown or json")
	f.StringVar(&d.failOn, "fail-on", "", "exit with code 4 when there are changes of this `mark` or a graver one")
	f.BoolVar(&d.AllowRemote, "allow-remote", false, "fetch documents that are named by http and https URLs")
	f.BoolVar(&d.AllowRemoteRefs, "allow-remote-refs", false, "follow references to http and https URLs")
	files(cmd, "config", "yaml", "yml")
	complete(cmd, "format", "text", "markdown", "json")
	complete(cmd, "fail-on", "breaking", "additive", "documentation")
	return cmd
}

// run compares what the arguments name and prints the results.
func (d *difference) run(c *console, cmd *cobra.Command, args []string) error {
	threshold := slices.Index(compare.Effects(), compare.Effect(d.failOn))
	switch {
	case !slices.Contains([]string{"text", "markdown", "json"}, d.format):
		return usagef("--format is text, markdown or json, not %q", d.format)
	case d.failOn != "" && threshold < 0:
		return usagef("--fail-on is breaking, additive or documentation, not %q", d.failOn)
	}
	g, err := generator.New()
	if err != nil {
		return err
	}
	shown := c.startProgress()
	if shown != nil {
		d.Progress = shown.update
	}
	results, diags, err := d.compare(g, cmd, args)
	shown.stop()
	c.report(diags)
	switch {
	case errors.Is(err, generator.ErrInvalid):
		return exit(exitInvalid)
	case err != nil:
		return err
	}
	if err := d.print(c, results); err != nil {
		return err
	}
	for i, effect := range compare.Effects() {
		for _, r := range results {
			if i <= threshold && r.Count(effect) > 0 {
				return exit(exitChanges)
			}
		}
	}
	return nil
}

// onlyErrors leaves out the warnings about documents, which gen generate tells.
func onlyErrors(diags []diag.Diagnostic) []diag.Diagnostic {
	return slices.DeleteFunc(diags, func(found diag.Diagnostic) bool { return found.Severity != diag.Error })
}

// compare compares two documents, or documents with a revision of theirs.
func (d *difference) compare(g *generator.Generator, cmd *cobra.Command, args []string) ([]compare.Result, []diag.Diagnostic, error) {
	if len(args) == 2 && !isDocument(args[1]) {
		return nil, nil, usagef("%s is no document; name two documents, or a git revision and then a document", args[1])
	}
	if len(args) == 2 && isDocument(args[0]) {
		if cmd.Flags().Changed("config") {
			return nil, nil, usagef("--config goes with a git revision")
		}
		report, diags, err := g.Diff(cmd.Context(), d.Config, unconfigured(args[0]), unconfigured(args[1]))
		return []compare.Result{{Document: generator.Shown(args[1]), Before: generator.Shown(args[0]), Report: report}}, onlyErrors(diags), err
	}
	if len(args) == 1 && isDocument(args[0]) && strings.Contains(args[0], ".") {
		return nil, nil, usagef("%s is a document; name the one to compare it with, or a git revision", args[0])
	}
	var found diag.List
	clients, err := d.chosen(cmd, args[1:], &found)
	if err != nil {
		return nil, nil, err
	}
	if found.HasErrors() {
		return nil, found.Sorted(), generator.ErrInvalid
	}
	return d.since(g, cmd, args[0], clients)
}

// since compares the documents of clients with a revision of theirs. One on the
// network does not keep the others from being compared.
func (d *difference) since(g *generator.Generator, cmd *cobra.Command, rev string, clients []config.Client) ([]compare.Result, []diag.Diagnostic, error) {
	var results []compare.Result
	var all []diag.Diagnostic
	var invalid, remote error
	for _, client := range clients {
		report, diags, err := g.DiffRevision(cmd.Context(), d.Config, rev, client)
		all = append(all, onlyErrors(diags)...)
		switch {
		case errors.Is(err, generator.ErrRemote):
			remote = err
			all = append(all, diag.Diagnostic{Pos: client.Pos, Code: "not-compared",
				Message: generator.Shown(client.Spec) + " is on the network, where it has no git revisions; it is not compared"})
			continue
		case errors.Is(err, generator.ErrInvalid):
			invalid = err
		case err != nil:
			return nil, all, err
		}
		results = append(results, compare.Result{Document: slash(client.Spec), Before: rev, Report: report})
	}
	if len(results) == 0 && remote != nil {
		return nil, nil, remote
	}
	return results, all, invalid
}

// chosen returns the clients of the configuration or, when a document is named,
// those that are made from it. A document of none is taken as it is.
func (d *difference) chosen(cmd *cobra.Command, documents []string, diags *diag.List) ([]config.Client, error) {
	if len(documents) == 0 {
		return config.Load(d.config, diags).Clients, nil
	}
	var clients []config.Client
	named := cmd.Flags().Changed("config")
	if _, err := os.Stat(d.config); err == nil || named {
		for _, client := range config.Load(d.config, diags).Clients {
			if samePath(client.Spec, documents[0]) {
				clients = append(clients, client)
			}
		}
	}
	switch {
	case len(clients) > 0 || diags.HasErrors():
		return clients, nil
	case named:
		return nil, usagef("%s has no client with the document %s", d.config, documents[0])
	}
	return []config.Client{unconfigured(documents[0])}, nil
}

// unconfigured is the client of a document without a configuration.
func unconfigured(spec string) config.Client { return config.Client{Spec: spec, Package: "client"} }

// samePath tells whether two paths from the working directory are the same.
func samePath(a, b string) bool {
	first, err := filepath.Abs(a)
	second, otherErr := filepath.Abs(b)
	return err == nil && otherErr == nil && first == second
}

// isDocument tells a document from a git revision. It need not be there.
func isDocument(name string) bool {
	info, err := os.Stat(name)
	return strings.Contains(name, "://") || err == nil && !info.IsDir() ||
		slices.Contains(documentEndings(), strings.TrimPrefix(filepath.Ext(name), "."))
}

// print writes the results in the form that was asked for.
func (d *difference) print(c *console, results []compare.Result) error {
	var text string
	switch d.format {
	case "json":
		enc := json.NewEncoder(c.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(struct {
			Clients []compare.Result `json:"clients"`
		}{results})
	case "markdown":
		text = compare.Markdown(results)
	default:
		text = compare.Text(results)
	}
	_, err := c.out.Write([]byte(text))
	return err
}
