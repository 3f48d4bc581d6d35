package stage

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/seed-a7989e22/apigen/bench/internal/measure"
	"github.com/seed-a7989e22/apigen/bench/internal/report"
	"github.com/seed-a7989e22/apigen/bench/internal/workspace"
)

// rivalry is a program with one call, by this project's client and by a peer.
type rivalry struct {
	work      string
	against   string
	own, peer string // packages below programs
	clients   []workspace.Client
	time      *report.Bar
	memory    *report.Bar
}

func rivalries(w *workspace.Workspace) []rivalry {
	client := func(generator, document, name string) workspace.Client {
		return workspace.Client{Generator: generator, Document: w.Document(document), Name: name}
	}
	equal, third := report.AtMost(1), report.AtMost(1.0/3)
	var list []rivalry
	list = append(list, rivalry{
		work: "Datadog v1 and v2", against: "Datadog's SDK", own: "datadog/apigen", peer: "datadog/sdk",
		clients: []workspace.Client{
			client(workspace.Apigen, "datadog-v1.yaml", "datadogv1"), client(workspace.Apigen, "datadog-v2.yaml", "datadogv2"),
		},
		time: report.AtMost(1.0 / 6), memory: report.AtMost(1.0 / 5),
	})
	for _, d := range []struct{ name, document string }{
		{"plaid", "plaid.yaml"}, {"datadogv1", "datadog-v1.yaml"},
	} {
		list = append(list, rivalry{
			work: d.document, against: workspace.Oapi, own: d.name + "/apigen", peer: d.name + "/oapi",
			clients: []workspace.Client{client(workspace.Apigen, d.document, d.name), client(workspace.Oapi, d.document, d.name)},
			time:    equal, memory: equal,
		})
	}
	return append(list, rivalry{
		work: "github.json", against: workspace.Ogen, own: "github/apigen", peer: "github/ogen",
		clients: []workspace.Client{
			client(workspace.Apigen, "github.json", "github"), client(workspace.Ogen, "github.json", "github"),
		},
		time: third, memory: third,
	})
}

// compile measures cold builds.
func compile(ctx context.Context, w *workspace.Workspace, opts Options) ([]report.Row, error) {
	var rows []report.Row
	for _, r := range rivalries(w) {
		if opts.skips(r.work + " " + r.against) {
			continue
		}
		fmt.Fprintf(os.Stderr, "bench: compile: %s against %s\n", r.work, r.against)
		if !opts.Keep {
			if err := w.Generate(ctx, r.clients); err != nil {
				return nil, err
			}
		}
		measured, err := r.measure(ctx, w, opts.turns())
		if err != nil {
			return nil, fmt.Errorf("%s against %s: %w", r.work, r.against, err)
		}
		rows = append(rows, measured...)
	}
	return rows, nil
}

func (r rivalry) measure(ctx context.Context, w *workspace.Workspace, turns int) ([]report.Row, error) {
	dir, err := w.Temp("compile-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	cache := filepath.Join(dir, "cache")
	for _, program := range []string{r.own, r.peer} {
		if err := fill(ctx, w, cache, program); err != nil {
			return nil, err
		}
	}
	costs := map[string]map[string][]float64{report.Time: {}, report.CPU: {}, report.Memory: {}}
	for turn := range turns {
		pair := []string{r.own, r.peer}
		if turn%2 == 1 {
			pair[0], pair[1] = pair[1], pair[0]
		}
		for _, program := range pair {
			cost, err := cold(ctx, w, dir, cache, program)
			if err != nil {
				return nil, err
			}
			for m, v := range map[string]float64{report.Time: cost.Wall, report.CPU: cost.CPU, report.Memory: cost.Memory} {
				costs[m][program] = append(costs[m][program], v)
			}
		}
	}
	row := func(m string, bar *report.Bar) report.Row {
		return report.Row{
			Stage: "compile", Work: r.work, Against: r.against, Measure: m,
			Ratio: measure.Over(costs[m][r.own], costs[m][r.peer]), Bar: bar,
		}
	}
	return []report.Row{row(report.Time, r.time), row(report.CPU, nil), row(report.Memory, r.memory)}, nil
}

// measured tells whether a package is what is measured, not a dependency.
func measured(path string) bool {
	return strings.HasPrefix(path, "github.com/seed-a7989e22/apigen/bench/") ||
		strings.HasPrefix(path, "github.com/DataDog/datadog-api-client-go/")
}

// fill builds into a cache what a program needs and is not measured.
func fill(ctx context.Context, w *workspace.Workspace, cache, program string) error {
	out, err := w.Go(ctx, "list", "-deps", "./programs/"+program).Output()
	if err != nil {
		return fmt.Errorf("list the dependencies of %s: %w", program, err)
	}
	args := []string{"build"}
	for path := range strings.FieldsSeq(string(out)) {
		if !measured(path) {
			args = append(args, path)
		}
	}
	_, err = measure.Command(withCache(w.Go(ctx, args...), cache))
	return err
}

func withCache(cmd *exec.Cmd, cache string) *exec.Cmd {
	cmd.Env = append(os.Environ(), "GOCACHE="+cache)
	return cmd
}

// cold builds a program with a copy of the cache. The copy shares files, which
// the go command never changes.
func cold(ctx context.Context, w *workspace.Workspace, dir, cache, program string) (measure.Cost, error) {
	fresh := filepath.Join(dir, "fresh")
	defer os.RemoveAll(fresh)
	if _, err := measure.Command(exec.CommandContext(ctx, "cp", "-al", cache, fresh)); err != nil {
		return measure.Cost{}, err
	}
	return measure.Command(withCache(w.Go(ctx, "build", "-o", filepath.Join(dir, "program"), "./programs/"+program), fresh))
}
