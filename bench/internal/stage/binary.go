package stage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/seed-a7989e22/apigen/bench/internal/measure"
	"github.com/seed-a7989e22/apigen/bench/internal/report"
	"github.com/seed-a7989e22/apigen/bench/internal/workspace"
)

// binary compares what a program with one call adds to one with net/http alone.
func binary(ctx context.Context, w *workspace.Workspace, opts Options) ([]report.Row, error) {
	cases := []struct {
		work, own string
		peers     [][2]string // name and program
	}{
		{"UpdateCloudflareAccount, specs/datadog.yaml", "account/apigen", [][2]string{
			{"Datadog's SDK", "account/sdk"}, {workspace.Ogen, "account/ogen"}, {workspace.Oapi, "account/oapi"},
		}},
		{"ZeroTrust.Access.Keys.Update, specs/cloudflare.yaml", "keys/apigen", [][2]string{
			{"Cloudflare's SDK", "keys/sdk"}, {workspace.Ogen, "keys/ogen"}, {workspace.Oapi, "keys/oapi"},
		}},
		{"UpdateCloudflareAccount, Datadog v1 and v2 whole", "datadog/apigen", [][2]string{{"Datadog's SDK", "datadog/sdk"}}},
	}
	if !opts.Keep {
		clients := w.CodecClients()
		for _, r := range rivalries(w)[:1] {
			clients = append(clients, r.clients...)
		}
		if err := w.Generate(ctx, clients); err != nil {
			return nil, err
		}
	}
	empty, err := stripped(ctx, w, "empty")
	if err != nil {
		return nil, err
	}
	var rows []report.Row
	for _, c := range cases {
		own, err := stripped(ctx, w, c.own)
		if err != nil {
			return nil, err
		}
		for _, p := range c.peers {
			peer, err := stripped(ctx, w, p[1])
			if err != nil {
				return nil, err
			}
			rows = append(rows, report.Row{
				Stage: "binary", Work: c.work, Against: p[0], Measure: report.Size,
				Ratio: measure.Exact((own - empty) / (peer - empty)), Bar: report.AtMost(1.0 / 3),
			})
		}
	}
	return rows, nil
}

// stripped returns the size of a program without symbols.
func stripped(ctx context.Context, w *workspace.Workspace, program string) (float64, error) {
	dir, err := w.Temp("binary-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "program")
	cmd := w.Go(ctx, "build", "-trimpath", "-ldflags=-s -w", "-o", out, "./programs/"+program)
	if _, err := measure.Command(cmd); err != nil {
		return 0, fmt.Errorf("%s: %w", program, err)
	}
	info, err := os.Stat(out)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()), nil
}
