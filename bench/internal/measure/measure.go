// Package measure times ways to do the same work against each other.
//
// A shared machine is never twice the same, so no single time means anything:
// the sides run in turns, and what counts is the ratio within a turn. Time is
// that of the processors, which includes garbage collection and leaves out
// what other processes do.
package measure

import (
	"runtime"
	"slices"
	"syscall"
	"time"
)

// Side is one way to do the work.
type Side struct {
	Name string
	Run  func()
}

// Samples is what the turns of a side cost, per run.
type Samples struct {
	Name   string
	Times  []float64 // nanoseconds, one for each turn
	Allocs float64
	Bytes  float64
}

// turn is how long a side runs before the next has its turn. It is long
// against a garbage collection and short against the moods of a machine.
const turn = 40 * time.Millisecond

// Alternate lets the sides run in turns, as many as asked for.
func Alternate(turns int, sides ...Side) map[string]*Samples {
	result := map[string]*Samples{}
	runs := make([]int, len(sides))
	for i, s := range sides {
		runs[i] = calibrate(s.Run)
		result[s.Name] = &Samples{Name: s.Name}
		result[s.Name].Allocs, result[s.Name].Bytes = allocations(s.Run)
	}
	for t := range turns {
		for k := range sides {
			i := (t + k) % len(sides) // nobody is always first
			samples := result[sides[i].Name]
			samples.Times = append(samples.Times, timed(sides[i].Run, runs[i]))
		}
	}
	return result
}

// calibrate warms a side up and says how many runs fill a turn.
func calibrate(run func()) int {
	run()
	runs := 1
	for {
		start := ProcessorTime()
		for range runs {
			run()
		}
		took := ProcessorTime() - start
		if took >= turn/2 {
			return max(1, int(float64(runs)*float64(turn)/float64(took)))
		}
		runs *= 2
	}
}

// timed returns the nanoseconds of a run. Every turn starts with a clean heap,
// so that a side pays for its own garbage only.
func timed(run func(), runs int) float64 {
	runtime.GC()
	start := ProcessorTime()
	for range runs {
		run()
	}
	return float64(ProcessorTime()-start) / float64(runs)
}

// ProcessorTime is what all threads of this process have used so far.
func ProcessorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// allocations counts the allocations of a run and their bytes. Runs enough
// make up for pools that a collection empties.
func allocations(run func()) (count, bytes float64) {
	const runs = 50
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		run()
	}
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / runs, float64(after.TotalAlloc-before.TotalAlloc) / runs
}

// Ratio is a distribution of ratios: its median and its quartiles.
type Ratio struct {
	Median, Low, High float64
	Count             int
}

// Over divides turn by turn: how many times a costs what b costs.
func Over(a, b []float64) Ratio {
	ratios := make([]float64, min(len(a), len(b)))
	for i := range ratios {
		ratios[i] = a[i] / b[i]
	}
	return Summarize(ratios)
}

// Least returns the least of several sides, turn by turn.
func Least(sides ...[]float64) []float64 {
	least := slices.Clone(sides[0])
	for _, s := range sides[1:] {
		for i := range least {
			least[i] = min(least[i], s[i])
		}
	}
	return least
}

// Summarize returns the median and the quartiles.
func Summarize(values []float64) Ratio {
	sorted := slices.Sorted(slices.Values(values))
	if len(sorted) == 0 {
		return Ratio{}
	}
	return Ratio{
		Median: quantile(sorted, 0.5), Low: quantile(sorted, 0.25), High: quantile(sorted, 0.75),
		Count: len(sorted),
	}
}

func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// Exact is a ratio that does not vary.
func Exact(ratio float64) Ratio { return Ratio{Median: ratio, Low: ratio, High: ratio, Count: 1} }
