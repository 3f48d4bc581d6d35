// Package report keeps what was measured and presents it: a table on the
// terminal, RESULTS.md and a plot.
package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/seed-a7989e22/apigen/bench/internal/measure"
)

// Row is one ratio.
type Row struct {
	Stage   string // decode, encode, ...
	Work    string // on what: "100 issues", "github.json"
	Against string // the other side: "ogen"
	Measure string // what of: Speed, Time, ...
	Ratio   measure.Ratio
	Bar     *Bar   `json:",omitempty"`
	Note    string `json:",omitempty"`
}

// Measures.
const (
	Speed       = "speed"       // how many times as fast this project is
	Time        = "time"        // the part of the other side's time that this project takes
	CPU         = "CPU time"    // the same of all processors together
	Memory      = "memory"      // the same of memory
	Allocations = "allocations" // the same of allocations
	Size        = "size"        // the same of bytes added to a program
	Count       = "count"       // not a ratio: so many
	Growth      = "growth"      // cost of eightfold input over cost of the input
	GrowthBytes = "growth of memory"
)

// Bar is what a ratio has to reach.
type Bar struct {
	AtLeast float64 `json:",omitempty"`
	AtMost  float64 `json:",omitempty"`
}

// AtLeast is a bar to reach or exceed.
func AtLeast(limit float64) *Bar { return &Bar{AtLeast: limit} }

// AtMost is a bar not to exceed.
func AtMost(limit float64) *Bar { return &Bar{AtMost: limit} }

// Pass tells whether a ratio reaches the bar.
func (b *Bar) Pass(ratio float64) bool {
	if b.AtLeast > 0 {
		return ratio >= b.AtLeast
	}
	return ratio <= b.AtMost
}

func (b *Bar) String() string {
	if b.AtLeast > 0 {
		return fmt.Sprintf("≥ %.3g", b.AtLeast)
	}
	return fmt.Sprintf("≤ %.3g", b.AtMost)
}

// Verdict is what the row comes to: pass, FAIL, or nothing without a bar.
func (r Row) Verdict() string {
	switch {
	case r.Bar == nil:
		return ""
	case r.Bar.Pass(r.Ratio.Median):
		return "pass"
	default:
		return "FAIL"
	}
}

func (r Row) spread() string {
	if r.Ratio.Count < 2 {
		return ""
	}
	return fmt.Sprintf("%.3g–%.3g", r.Ratio.Low, r.Ratio.High)
}

// Merge replaces in old the rows of the stages that are in fresh, or only the
// same rows when fresh is a part of its stages, in the order of stages.
func Merge(old, fresh []Row, stages []string, part bool) []Row {
	key := func(r Row) string {
		if part {
			return r.Stage + "\x00" + r.Work + "\x00" + r.Against + "\x00" + r.Measure
		}
		return r.Stage
	}
	measured := map[string]bool{}
	for _, r := range fresh {
		measured[key(r)] = true
	}
	merged := slices.Clone(fresh)
	for _, r := range old {
		if !measured[key(r)] {
			merged = append(merged, r)
		}
	}
	slices.SortStableFunc(merged, func(a, b Row) int {
		return cmp.Compare(slices.Index(stages, a.Stage), slices.Index(stages, b.Stage))
	})
	return merged
}

// Load reads rows from a file; there are none where there is no file.
func Load(path string) ([]Row, error) {
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var rows []Row
	if err := json.Unmarshal(data, &rows); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rows, nil
}

// Save writes rows to a file.
func Save(path string, rows []Row) error {
	data, err := json.MarshalIndent(rows, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o644)
}
