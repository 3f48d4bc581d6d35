package hostile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/internal/figures"
)

// The bounds of a document, however it is made.
const (
	maxTime   = 10 * time.Second // of processors
	maxMemory = 1 << 30
)

// childDocument names the document that this process has to generate from,
// when it is a child of TestBombs.
const childDocument = "HOSTILE_DOCUMENT"

func TestMain(m *testing.M) {
	if spec := os.Getenv(childDocument); spec != "" {
		os.Exit(child(spec))
	}
	os.Exit(m.Run())
}

// child generates in memory; the first word that it prints is the outcome, what
// comes after NUL the bytes of memory that it took at most.
func child(spec string) int {
	defer func() { fmt.Printf("\x00%d", peakMemory()) }()
	debug.SetMaxStack(256 << 20) // what needs more would need a gigabyte
	result, err := generator.Run(context.Background(), generator.Config{
		Clients: []config.Client{{Spec: spec, Root: filepath.Dir(spec), Out: "bomb", Package: "bomb"}}, Mode: generator.Memory,
	})
	switch {
	case errors.Is(err, generator.ErrInvalid) && len(result.Diagnostics) > 0:
		fmt.Printf("refused %.300s", result.Diagnostics[0])
	case err != nil:
		fmt.Printf("failed %.1000s", err)
	default:
		bytes := 0
		for _, f := range result.Packages[0].Files {
			bytes += len(f.Content)
		}
		fmt.Printf("generated %d bytes", bytes)
	}
	return 0
}

// peakMemory returns the most memory that this process has had, as far as the
// system tells.
func peakMemory() int {
	status, _ := os.ReadFile("/proc/self/status")
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes, _, _ := strings.Cut(strings.TrimSpace(peak), " ")
	n, _ := strconv.Atoi(kilobytes)
	return n << 10
}

// TestBombs generates from documents that are made to exhaust the generator:
// each ends in a package or a diagnostic within the bounds.
func TestBombs(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var counted struct {
		Documents int     `json:"documents"`
		Generated int     `json:"generated"`
		Refused   int     `json:"refused"`
		Seconds   float64 `json:"most seconds"` // of processor time
		Megabytes int64   `json:"most megabytes"`
	}
	for _, b := range bombs() {
		t.Run(b.name, func(t *testing.T) {
			spec := filepath.Join(t.TempDir(), "openapi.yaml")
			if err := os.WriteFile(spec, []byte(b.text()), 0o666); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 6*maxTime)
			defer cancel()
			cmd := exec.CommandContext(ctx, self)
			cmd.Env = append(os.Environ(), childDocument+"="+spec)
			out, err := cmd.CombinedOutput()
			outcome, detail, _ := strings.Cut(string(out), " ")
			took := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			detail, peak, _ := strings.Cut(detail, "\x00")
			memory, _ := strconv.ParseInt(peak, 10, 64)
			t.Logf("%.1f s, %d MB, %s: %.200s", took.Seconds(), memory>>20, outcome, detail)
			switch outcome {
			case "generated":
				counted.Generated++
			case "refused":
				counted.Refused++
			default:
				t.Errorf("%v: %.3000s", err, out)
			}
			if took > maxTime || memory > maxMemory {
				t.Errorf("it took %s and %d MB", took, memory>>20)
			}
			counted.Documents++
			counted.Seconds = max(counted.Seconds, float64(took.Milliseconds()/100)/10)
			counted.Megabytes = max(counted.Megabytes, memory>>20)
		})
	}
	figures.Record(t, *figuresDir, "bombs", counted)
}
