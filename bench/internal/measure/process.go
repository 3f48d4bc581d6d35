package measure

import (
	"fmt"
	"os/exec"
	"syscall"
	"time"
)

// Cost is what a command and its children cost.
type Cost struct {
	Wall   float64 // seconds
	CPU    float64 // seconds, of all processes together
	Memory float64 // bytes, of the largest process
}

// Command runs a command and returns its cost.
func Command(cmd *exec.Cmd) (Cost, error) {
	start := time.Now()
	out, err := cmd.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		return Cost{}, fmt.Errorf("%s: %w\n%s", cmd, err, tail(out))
	}
	cost := Cost{Wall: wall.Seconds(), CPU: (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		cost.Memory = float64(usage.Maxrss) * 1024 // the kernel takes the children into account
	}
	return cost, nil
}

// tail keeps messages readable: some generators print whole documents.
func tail(out []byte) []byte {
	const limit = 2000
	if len(out) <= limit {
		return out
	}
	return out[len(out)-limit:]
}
