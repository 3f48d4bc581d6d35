package stage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"github.com/seed-a7989e22/apigen/bench/internal/growing"
	"github.com/seed-a7989e22/apigen/bench/internal/measure"
	"github.com/seed-a7989e22/apigen/bench/internal/report"
	"github.com/seed-a7989e22/apigen/bench/internal/workspace"
	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
)

// growth measures how the cost of generating grows with a document.
func growth(ctx context.Context, w *workspace.Workspace, opts Options) ([]report.Row, error) {
	dir, err := w.Temp("growth-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var rows []report.Row
	for _, s := range growing.Shapes() {
		if opts.skips(s.Name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "bench: growth:", s.Name)
		measured, err := shapeGrowth(ctx, dir, s, opts.turns())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
		rows = append(rows, measured...)
	}
	return rows, nil
}

// factors are the sizes, as multiples of the smallest.
func factors() []int { return []int{1, 2, 4, 8} }

func shapeGrowth(ctx context.Context, dir string, s growing.Shape, turns int) ([]report.Row, error) {
	documents := map[int]string{}
	for _, f := range factors() {
		path := filepath.Join(dir, fmt.Sprintf("growing-%d.json", f))
		text, err := s.Document(s.Most * f / 8)
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return nil, err
		}
		documents[f] = path
	}
	times, bytes := map[int][]float64{}, map[int][]float64{}
	for turn := range turns + 1 {
		for _, f := range factors() {
			t, b, err := inMemory(ctx, documents[f])
			if err != nil {
				return nil, err
			}
			if turn > 0 { // the first warms up
				times[f], bytes[f] = append(times[f], t), append(bytes[f], b)
			}
		}
	}
	var rows []report.Row
	for _, f := range factors()[1:] {
		work := fmt.Sprintf("%d %s", s.Most*f/8, s.Name)
		against := fmt.Sprintf("%d (n → %dn)", s.Most/8, f)
		var bar *report.Bar
		if f == 8 {
			bar = report.AtMost(9)
		}
		rows = append(rows,
			report.Row{Stage: "growth", Work: work, Against: against, Measure: report.Growth,
				Ratio: measure.Over(times[f], times[1]), Bar: bar},
			report.Row{Stage: "growth", Work: work, Against: against, Measure: report.GrowthBytes,
				Ratio: measure.Over(bytes[f], bytes[1]), Bar: bar})
	}
	return rows, nil
}

// inMemory generates without writing files. It returns seconds of processors and
// the bytes allocated.
func inMemory(ctx context.Context, document string) (seconds, bytes float64, err error) {
	var before, after runtime.MemStats
	debug.FreeOSMemory() // each size begins without what the one before has left warm
	runtime.ReadMemStats(&before)
	start := measure.ProcessorTime()
	result, err := generator.Run(ctx, generator.Config{
		Mode:    generator.Memory,
		Clients: []config.Client{{Spec: document, Root: filepath.Dir(document), Out: "client", Package: "client"}},
	})
	took := measure.ProcessorTime() - start
	runtime.ReadMemStats(&after)
	if err != nil {
		for _, d := range result.Diagnostics {
			err = fmt.Errorf("%w\n%s", err, d)
		}
		return 0, 0, err
	}
	return took.Seconds(), float64(after.TotalAlloc - before.TotalAlloc), nil
}
