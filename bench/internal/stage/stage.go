// Package stage has what the bench measures, stage by stage.
package stage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-a7989e22/apigen/bench/internal/report"
	"github.com/seed-a7989e22/apigen/bench/internal/workspace"
)

// Options are common to all stages.
type Options struct {
	Turns int    // of each side; 0 is the default of the stage
	Keep  bool   // use the clients that are there
	Match string // part of the names of the work to do
}

// skips tells whether work is not asked for.
func (o Options) skips(work string) bool { return !strings.Contains(work, o.Match) }

// turns returns how often each side runs where a run takes long.
func (o Options) turns() int { return cmp.Or(o.Turns, 10) }

// Stage measures something. Codecs and calls are one stage with several names,
// as they are one program.
type Stage struct {
	Names []string
	Run   func(ctx context.Context, w *workspace.Workspace, opts Options) ([]report.Row, error)
}

func all() []Stage {
	return []Stage{
		{Names: []string{"decode", "decode small", "encode", "validate", "call"}},
		{Names: []string{"generate"}, Run: generate},
		{Names: []string{"growth"}, Run: growth},
		{Names: []string{"compile"}, Run: compile},
		{Names: []string{"binary"}, Run: binary},
	}
}

// Names lists the names of all stages in their order.
func Names() []string {
	var names []string
	for _, s := range all() {
		names = append(names, s.Names...)
	}
	return names
}

// Select returns the stages with the given names, separated by commas; all
// without a name.
func Select(list string) ([]Stage, error) {
	names := Names()
	if list != "" {
		names = strings.Split(list, ",")
	}
	for _, name := range names {
		if !slices.Contains(Names(), name) {
			return nil, fmt.Errorf("there is no stage %q: there are %s", name, strings.Join(Names(), ", "))
		}
	}
	var selected []Stage
	for _, s := range all() {
		s.Names = slices.DeleteFunc(s.Names, func(n string) bool { return !slices.Contains(names, n) })
		if len(s.Names) == 0 {
			continue
		}
		if s.Run == nil {
			s.Run = codecs(s.Names)
		}
		selected = append(selected, s)
	}
	return selected, nil
}

// Peers names what is measured against, as go.mod and generators.mod pin it.
func Peers() []string {
	return []string{
		"oapi-codegen v2.8.2 with encoding/json, encoding/json/v2, bytedance/sonic v1.15.5 and goccy/go-json v0.12.0",
		"ogen v1.20.3",
		"DataDog/datadog-api-client-go/v2 v2.67.0",
		"cloudflare/cloudflare-go/v6 v6.10.0",
		"getkin/kin-openapi, at the version of this project",
	}
}

// codecs runs the programs codec and codecv2.
func codecs(names []string) func(context.Context, *workspace.Workspace, Options) ([]report.Row, error) {
	return func(ctx context.Context, w *workspace.Workspace, opts Options) ([]report.Row, error) {
		if !opts.Keep {
			if err := w.Generate(ctx, w.CodecClients()); err != nil {
				return nil, err
			}
		}
		turns := strconv.Itoa(cmp.Or(opts.Turns, 25))
		rows, err := program(ctx, w, "./codec", "", "-turns", turns, "-stages", strings.Join(names, ","))
		if err != nil {
			return nil, err
		}
		if !slices.Contains(names, "decode") && !slices.Contains(names, "encode") {
			return rows, nil
		}
		v2, err := program(ctx, w, "./codecv2", "jsonv2", "-turns", turns)
		if err != nil {
			return nil, err
		}
		for _, r := range v2 {
			if slices.Contains(names, r.Stage) {
				rows = append(rows, r)
			}
		}
		return rows, nil
	}
}

// program builds and runs a program of the module that prints rows.
func program(ctx context.Context, w *workspace.Workspace, path, experiment string, args ...string) ([]report.Row, error) {
	bin := w.Bin(strings.TrimPrefix(path, "./"))
	build := w.Go(ctx, "build", "-o", bin, path)
	build.Env = append(os.Environ(), "GOEXPERIMENT="+experiment)
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%.4000s", build, err, out)
	}
	cmd := w.Go(ctx)
	cmd.Path, cmd.Args = bin, append([]string{bin}, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cmd, err)
	}
	var rows []report.Row
	if err := json.Unmarshal(out, &rows); err != nil {
		return nil, fmt.Errorf("%s: %w", cmd, err)
	}
	return rows, nil
}
