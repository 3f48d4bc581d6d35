package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/internal/gomod"
)

// directive is the line that makes go generate run this program.
const directive = "//go:generate go tool gen generate"

func newInit(c *console) *cobra.Command {
	var out, pkg string
	cmd := &cobra.Command{
		Use:   "init DOCUMENT",
		Short: "Write gen.yaml and generate.go",
		Long: `Prepare the current folder, which must be in a Go module, for generating a
client of an OpenAPI document. Three files are written:

  gen.yaml         what to generate, from where and to where
  gen.schema.json  tells editors what can stand in gen.yaml
  generate.go      the //go:generate line that runs gen

None is overwritten: when one of them is there, nothing is written. The command
to run next is printed.`,
		Example: `  # Generate the package petstore, in a folder of that name
  gen init petstore.yaml

  # Generate it elsewhere, with another name
  gen init api/openapi.yaml --out internal/shop --package shop`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usagef("name the OpenAPI document")
			case len(args) > 1:
				return usagef("unexpected argument %q", args[1])
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return documentEndings(), cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return initialise(c, args[0], out, pkg)
		},
	}
	f := cmd.Flags()
	f.StringVar(&out, "out", "", "the `folder` of the generated package (default: the name of the document)")
	f.StringVar(&pkg, "package", "", "the `name` of the generated package (default: the last element of --out)")
	_ = cmd.MarkFlagDirname("out")
	complete(cmd, "package")
	return cmd
}

// initialise writes the files of gen init in the current folder.
func initialise(c *console, spec, out, pkg string) error {
	if strings.Contains(spec, "://") {
		return usagef("%s: download the document first and name the file", spec)
	}
	if info, err := os.Stat(spec); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s", spec)
	} else if err != nil {
		return err
	} else if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a file", spec)
	}
	mod, err := gomod.Find(".")
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("there is no go.mod here or above; run go mod init first")
	} else if err != nil {
		return err
	}
	if out == "" {
		out = folderFor(spec)
	}
	if info, err := os.Stat(out); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is there and no folder; name another one with --out", out)
	}
	name, there, err := gomod.PackageName(".", mod)
	if err != nil {
		return err
	}
	if filepath.Clean(out) == "." { // generate.go is part of the package
		if pkg = cmp.Or(pkg, name); pkg != name && there {
			return fmt.Errorf("the package here is %s, so --package cannot be %s; choose another folder with --out", name, pkg)
		}
		name = pkg
	}
	var diags diag.List
	config.Single(spec, out, pkg, &diags)
	yaml := configuration(spec, out, pkg)
	if !diags.HasErrors() {
		config.Parse(config.DefaultFile, []byte(yaml), &diags)
	}
	if diags.HasErrors() {
		return errors.New(diags.Sorted()[0].Message)
	}
	schema, err := config.Schema()
	if err != nil {
		return err
	}
	written, err := writeNew([]newFile{
		{config.DefaultFile, []byte(yaml)},
		{config.SchemaFile, schema},
		{"generate.go", []byte("package " + name + "\n\n" + directive + "\n")},
	})
	if err != nil {
		return err
	}
	for _, name := range written {
		c.done("wrote %s", name)
	}
	next := "go generate ./... && go mod tidy"
	if !mod.HasTool(generator.Tool) {
		next = "go get -tool " + generator.Tool + " && " + next
	}
	c.done("next: %s", next)
	return nil
}

// folderFor names the output folder after the document, unless its name says
// only that it is a document.
func folderFor(spec string) string {
	base := filepath.Base(spec)
	base = strings.ToLower(strings.TrimSuffix(base, filepath.Ext(base)))
	name := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, base)
	switch name {
	case "", "api", "openapi", "openapi3", "swagger", "spec", "main", "index", "internal", "vendor", "testdata":
		return "client"
	}
	if token.IsKeyword(name) {
		return "client"
	}
	if name[0] <= '9' {
		return "api" + name
	}
	return name
}

// configuration returns the text of gen.yaml.
func configuration(spec, out, pkg string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# yaml-language-server: $schema=%s\n", config.SchemaFile)
	b.WriteString("# The clients that gen generate makes.\nclients:\n")
	fmt.Fprintf(&b, "  - spec: %s\n", scalar(slash(spec)))
	fmt.Fprintf(&b, "    out: %s\n", scalar(slash(out)))
	if pkg != "" {
		fmt.Fprintf(&b, "    package: %s\n", scalar(pkg))
	}
	return b.String()
}

// scalar writes s as a string of YAML, in quotes unless it is plainly a path.
func scalar(s string) string {
	plain := s != "" && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z' || strings.HasPrefix(s, "./") || strings.HasPrefix(s, "../"))
	for _, r := range s {
		plain = plain && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("./_-", r))
	}
	switch strings.ToLower(s) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		plain = false
	}
	if plain {
		return s
	}
	return strconv.Quote(s)
}

// newFile is a file to be written in the current folder.
type newFile struct {
	name    string
	content []byte
}

// writeNew writes files that are not there yet, all or none.
func writeNew(files []newFile) (written []string, err error) {
	var there []string
	for _, f := range files {
		if _, err := os.Lstat(f.name); err == nil {
			there = append(there, f.name)
		}
	}
	switch len(there) {
	case 0:
	case 1:
		return nil, fmt.Errorf("%s is there already; nothing was written", there[0])
	default:
		return nil, fmt.Errorf("%s are there already; nothing was written", strings.Join(there, ", "))
	}
	defer func() {
		if err != nil {
			for _, name := range written {
				err = errors.Join(err, os.Remove(name))
			}
		}
	}()
	for _, file := range files {
		f, err := os.OpenFile(file.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return written, err
		}
		written = append(written, file.name)
		_, err = f.Write(file.content)
		if err := errors.Join(err, f.Close()); err != nil {
			return written, err
		}
	}
	return written, nil
}
