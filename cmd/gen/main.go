// Command gen generates Go clients from OpenAPI documents.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
)

// gcPercent trades memory for time: a run is short, and what it allocates is
// mostly needed to the end. GOGC in the environment overrides it.
const gcPercent = 400

func main() {
	os.Exit(run())
}

func run() int {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	return execute(ctx, os.Args[1:], os.Stdout, os.Stderr)
}
