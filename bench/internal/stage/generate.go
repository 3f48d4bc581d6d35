package stage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/seed-a7989e22/apigen/bench/internal/measure"
	"github.com/seed-a7989e22/apigen/bench/internal/report"
	"github.com/seed-a7989e22/apigen/bench/internal/workspace"
	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
)

// generate measures the generator against kin-openapi's loader in this process,
// and against the peers' generators as commands.
func generate(ctx context.Context, w *workspace.Workspace, opts Options) ([]report.Row, error) {
	documents := []struct {
		name  string
		peers []string // those that finish, whether or not their code compiles
	}{
		{"datadog-v2.yaml", nil},
		{"stripe.yaml", []string{workspace.Oapi}},
		{"plaid.yaml", []string{workspace.Oapi}},
		{"github.json", []string{workspace.Oapi, workspace.Ogen}},
		{"cloudflare.json", nil},
	}
	// Nothing is removed before all is measured: ext4 passes over the inodes that
	// were freed in the last minutes one by one, for each new file.
	dir, err := w.Temp("generate-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var rows []report.Row
	for _, d := range documents {
		if opts.skips(d.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "bench: generate:", d.name)
		ratio, err := overLoad(ctx, dir, w.Document(d.name), opts.turns())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.name, err)
		}
		rows = append(rows, report.Row{
			Stage: "generate", Work: d.name, Against: "kin-openapi loading it", Measure: report.Time,
			Ratio: ratio, Bar: report.AtMost(2),
		})
		for _, peer := range d.peers {
			ratio, err := overPeer(ctx, w, dir, peer, w.Document(d.name), opts.turns())
			if err != nil {
				return nil, fmt.Errorf("%s: %w", d.name, err)
			}
			rows = append(rows, report.Row{
				Stage: "generate", Work: d.name, Against: peer, Measure: report.Speed,
				Ratio: ratio, Bar: report.AtLeast(2),
			})
		}
	}
	return rows, nil
}

// overLoad is the processor time of a generation over what kin-openapi takes to
// load the same document.
func overLoad(ctx context.Context, dir, document string, turns int) (measure.Ratio, error) {
	var own, load []float64
	for range turns {
		t, err := inProcess(ctx, dir, document)
		if err != nil {
			return measure.Ratio{}, err
		}
		own = append(own, t.Seconds())
		runtime.GC()
		start := measure.ProcessorTime()
		if _, err := openapi3.NewLoader().LoadFromFile(document); err != nil {
			return measure.Ratio{}, err
		}
		load = append(load, (measure.ProcessorTime() - start).Seconds())
	}
	return measure.Over(own, load), nil
}

// inProcess generates into a new folder in dir.
func inProcess(ctx context.Context, dir, document string) (time.Duration, error) {
	dir, err := os.MkdirTemp(dir, "")
	if err != nil {
		return 0, err
	}
	runtime.GC()
	start := measure.ProcessorTime()
	result, err := generator.Run(ctx, generator.Config{Clients: []config.Client{
		{Spec: document, Root: filepath.Join(dir, "client"), Out: ".", Package: "client"},
	}})
	took := measure.ProcessorTime() - start
	if err == nil && len(result.Packages) == 0 {
		err = generator.ErrInvalid
	}
	return took, err
}

// overPeer is the processor time that a peer's command takes over that of this
// project's.
func overPeer(ctx context.Context, w *workspace.Workspace, dir, peer, document string, turns int) (measure.Ratio, error) {
	times := map[string][]float64{}
	for range turns {
		for _, g := range []string{workspace.Apigen, peer} {
			cost, err := command(ctx, w, dir, g, document)
			if err != nil {
				return measure.Ratio{}, err
			}
			times[g] = append(times[g], cost.CPU)
		}
	}
	return measure.Over(times[peer], times[workspace.Apigen]), nil
}

// command runs a generator into a new folder in dir.
func command(ctx context.Context, w *workspace.Workspace, dir, generator, document string) (measure.Cost, error) {
	dir, err := os.MkdirTemp(dir, "")
	if err != nil {
		return measure.Cost{}, err
	}
	out := filepath.Join(dir, "client")
	if err := os.Mkdir(out, 0o755); err != nil {
		return measure.Cost{}, err
	}
	cmd, err := w.Command(ctx, generator, document, "client", out)
	if err != nil {
		return measure.Cost{}, err
	}
	return measure.Command(cmd)
}
