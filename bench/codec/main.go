// Command codec measures what generated clients do at run time: decode, encode,
// validate, call. It prints the ratios as JSON; make bench runs it.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/seed-a7989e22/apigen/bench/internal/report"
)

// stage measures something, in so many turns.
type stage struct {
	name string
	run  func(turns int) ([]report.Row, error)
}

func stages() []stage {
	return []stage{
		{"decode", decode},
		{"decode small", decodeSmall},
		{"encode", encode},
		{"validate", validate},
		{"call", call},
	}
}

func main() {
	turns := flag.Int("turns", 25, "turns of each side")
	only := flag.String("stages", "", "stages to run, separated by commas (default all)")
	flag.Parse()
	if err := run(*turns, *only); err != nil {
		fmt.Fprintln(os.Stderr, "codec:", err)
		os.Exit(1)
	}
}

func run(turns int, only string) error {
	var rows []report.Row
	for _, s := range stages() {
		if only != "" && !strings.Contains(","+only+",", ","+s.name+",") {
			continue
		}
		measured, err := s.run(turns)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		rows = append(rows, measured...)
	}
	return json.NewEncoder(os.Stdout).Encode(rows)
}

// must is for work that a check has seen to succeed.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
