//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peakMemory returns the greatest resident size of an ended process in bytes.
func peakMemory(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	peak := int64(usage.Maxrss)
	if runtime.GOOS != "darwin" && runtime.GOOS != "ios" {
		peak *= 1024 // the others count kilobytes
	}
	return peak
}
