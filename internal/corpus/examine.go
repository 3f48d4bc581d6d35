package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// report is what came of a document.
type report struct {
	name string
	size int64
	// load is how long kin-openapi alone takes, in seconds; 0 when it refuses
	// the document.
	load float64
	// peak is the greatest memory of the generating process, in bytes.
	peak int64
	// failure is the first thing that went wrong; details are its output.
	failure, details string
	outcome
}

// outcome is what the generating process tells.
type outcome struct {
	// Version is what the document says of itself.
	Version string
	// Operations are those in the document, Emitted those in the code.
	Operations, Emitted int
	Types, Lines        int
	Warnings, Errors    int
	Seconds             float64
	Diagnostics         []string
	// Problem is why there is no code.
	Problem string
}

// The bars for documents over a megabyte.
const (
	large      = 1 << 20
	maxRatio   = 2.5
	maxPeak    = 3 << 29
	firstLines = 25
)

// examine generates, compiles and vets one document.
func examine(ctx context.Context, path, pkg string, opts options) *report {
	r := &report{name: filepath.Base(path)}
	if info, err := os.Stat(path); err == nil {
		r.size = info.Size()
	}
	dir := filepath.Join(scratch, pkg)
	out, peak, err := child(ctx, "-generate", path, dir)
	r.peak = peak
	if err != nil {
		r.fail("crashed", fmt.Sprintf("%v\n%s", err, out))
		return r
	}
	if err := json.Unmarshal(out, &r.outcome); err != nil {
		r.fail("crashed", err.Error())
		return r
	}
	if out, _, err := child(ctx, "-load", path); err == nil {
		if err := json.Unmarshal(out, &r.load); err != nil {
			r.load = 0
		}
	}
	switch {
	case r.Problem != "":
		r.fail("not generated", r.Problem)
		return r
	case r.Emitted != r.Operations:
		r.fail("operations missing", "")
	}
	// That it compiles is the question, not how fast the result is.
	for _, args := range [][]string{{"build", "-gcflags=-N -l"}, {"vet"}} {
		out, err := exec.CommandContext(ctx, "go", append(args, "./"+filepath.ToSlash(dir))...).CombinedOutput()
		if err != nil {
			r.fail("go "+args[0], string(out))
			break
		}
	}
	if opts.bars && r.size > large {
		r.measure()
	}
	return r
}

// measure holds the bars for time and memory.
func (r *report) measure() {
	if ratio := r.ratio(); ratio > maxRatio {
		r.fail("slow", fmt.Sprintf("%.1f times the load, more than %.1f", ratio, maxRatio))
	}
	if r.peak > maxPeak {
		r.fail("memory", fmt.Sprintf("%d MB, more than %d", r.peak>>20, maxPeak>>20))
	}
}

func (r *report) ratio() float64 {
	if r.load == 0 {
		return 0
	}
	return r.Seconds / r.load
}

// fail records the first failure.
func (r *report) fail(failure, details string) {
	if r.failure == "" {
		r.failure, r.details = failure, details
	}
}

// child runs this program with args and returns its output and peak memory.
func child(ctx context.Context, args ...string) (out []byte, peak int64, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, 0, err
	}
	cmd := exec.CommandContext(ctx, self, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	if cmd.ProcessState != nil {
		peak = peakMemory(cmd.ProcessState)
	}
	if err != nil {
		return stderr.Bytes(), peak, err
	}
	return stdout.Bytes(), peak, nil
}

// firstOf returns the first lines of text.
func firstOf(text string, n int) string {
	lines := strings.SplitAfterN(text, "\n", n+1)
	if len(lines) <= n {
		return text
	}
	return strings.Join(lines[:n], "") + "...\n"
}
