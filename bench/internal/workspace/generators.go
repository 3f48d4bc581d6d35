package workspace

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// The generators.
const (
	Apigen = "apigen"
	Ogen   = "ogen"
	Oapi   = "oapi-codegen"
)

// BuildGenerators builds this project's generator and those of the peers, at
// the versions of generators.mod.
func (w *Workspace) BuildGenerators(ctx context.Context) error {
	own := exec.CommandContext(ctx, "go", "build", "-o", w.Bin(Apigen), "./cmd/gen")
	own.Dir = w.Path("..")
	if err := run(own); err != nil {
		return err
	}
	for name, path := range map[string]string{
		Ogen: "github.com/ogen-go/ogen/cmd/ogen",
		Oapi: "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen",
	} {
		if err := run(w.Go(ctx, "build", "-modfile=generators.mod", "-o", w.Bin(name), path)); err != nil {
			return err
		}
	}
	return nil
}

// ogenConfig makes ogen generate a client, without a server and OpenTelemetry,
// and go on where it meets what it does not support.
const ogenConfig = `parser:
  infer_types: true
generator:
  ignore_not_implemented: ["all"]
  convenient_errors: off
  features:
    disable_all: true
    enable: [paths/client, client/request/validation]
`

// Command returns the command that generates the package name from a document
// into the folder out, which is empty.
func (w *Workspace) Command(ctx context.Context, generator, document, name, out string) (*exec.Cmd, error) {
	var args []string
	switch generator {
	case Apigen:
		args = []string{"generate", "--spec", document, "--out", out, "--package", name}
	case Ogen:
		config := out + ".ogen.yml"
		if err := os.WriteFile(config, []byte(ogenConfig), 0o644); err != nil {
			return nil, err
		}
		args = []string{"--config", config, "--target", out, "--package", name, document}
	case Oapi:
		config := out + ".oapi-codegen.yml"
		text := fmt.Sprintf("package: %s\ngenerate: {models: true, client: true}\n"+
			"compatibility: {always-prefix-enum-values: true}\n"+
			"output-options: {resolve-type-name-collisions: true}\noutput: %s\n", name, filepath.Join(out, name+".go"))
		if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
			return nil, err
		}
		args = []string{"-config", config, document}
	default:
		return nil, fmt.Errorf("unknown generator %q", generator)
	}
	cmd := exec.CommandContext(ctx, w.Bin(generator), args...)
	cmd.Dir = w.Dir
	return cmd, nil
}

// Client is a client that a stage needs: the package Name in clients/GENERATOR.
type Client struct {
	Generator, Document, Name string
}

// CodecClients are what the programs codec and codecv2 import.
func (w *Workspace) CodecClients() []Client {
	var clients []Client
	for _, g := range []string{Apigen, Ogen, Oapi} {
		clients = append(clients,
			Client{g, w.Issues, "issues"},
			Client{g, w.Spec("datadog.yaml"), "datadog"},
			Client{g, w.Spec("cloudflare.yaml"), "cloudflare"})
	}
	return clients
}

// Generate makes clients. They are made anew every time: they are what is
// measured.
func (w *Workspace) Generate(ctx context.Context, clients []Client) error {
	for _, c := range clients {
		out := w.Path("clients", c.Generator, c.Name)
		if err := os.RemoveAll(out); err != nil {
			return err
		}
		if err := os.MkdirAll(out, 0o755); err != nil {
			return err
		}
		cmd, err := w.Command(ctx, c.Generator, c.Document, c.Name, out)
		if err != nil {
			return err
		}
		if err := run(cmd); err != nil {
			return err
		}
		if err := w.hook(c, out); err != nil {
			return err
		}
	}
	return nil
}

// hooks has a file for the clients of this project whose codecs are measured
// without a call. It is text, as it compiles only among generated code.
//
//go:embed hooks
var hooks embed.FS

func (w *Workspace) hook(c Client, out string) error {
	if c.Generator != Apigen {
		return nil
	}
	text, err := hooks.ReadFile("hooks/" + c.Name + ".go.txt")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "bench_hook.go"), text, 0o644)
}
