// Command bench measures this project and its peers side by side. Run it by
// make bench in the folder above.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"

	"github.com/seed-a7989e22/apigen/bench/internal/report"
	"github.com/seed-a7989e22/apigen/bench/internal/stage"
	"github.com/seed-a7989e22/apigen/bench/internal/workspace"
)

func main() {
	only := flag.String("stages", "", "stages to run, separated by commas (default all)")
	turns := flag.Int("runs", 0, "turns of each side (default 25 for codecs and calls, 10 for all else)")
	shared := flag.String("shared", "../../shared", "the folder that has corpus/ and bench/issues.yaml")
	keep := flag.Bool("keep-clients", false, "use the clients that are there instead of generating them")
	match := flag.String("match", "", "of generate, growth and compile, only the work that contains this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *only, *shared, stage.Options{Turns: *turns, Keep: *keep, Match: *match}); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, only, shared string, opts stage.Options) error {
	w, err := workspace.New(".", shared)
	if err != nil {
		return err
	}
	selected, err := stage.Select(only)
	if err != nil {
		return err
	}
	if !opts.Keep {
		if err := w.BuildGenerators(ctx); err != nil {
			return err
		}
	}
	rows, err := report.Load("results.json")
	if err != nil {
		return err
	}
	// A stage that fails leaves what others have measured.
	for _, s := range selected {
		fmt.Fprintln(os.Stderr, "bench:", strings.Join(s.Names, ", "))
		fresh, err := s.Run(ctx, w, opts)
		if err != nil {
			return fmt.Errorf("%s: %w", s.Names[0], err)
		}
		rows = report.Merge(rows, fresh, stage.Names(), opts.Match != "")
		if err := save(w, rows); err != nil {
			return err
		}
	}
	return report.Table(os.Stdout, rows)
}

// save writes the files that are committed.
func save(w *workspace.Workspace, rows []report.Row) error {
	text, err := report.Markdown(rows, report.Setup{
		Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU(), Peers: stage.Peers(),
	})
	if err != nil {
		return err
	}
	if err := report.Save(w.Path("results.json"), rows); err != nil {
		return err
	}
	if err := os.WriteFile(w.Path("RESULTS.md"), text, 0o644); err != nil {
		return err
	}
	return os.WriteFile(w.Path("plot.svg"), report.Plot(rows), 0o644)
}
