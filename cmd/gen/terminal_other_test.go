//go:build !linux

package main

import "github.com/rogpeppe/go-internal/testscript"

// terminal ends a script where the test knows no terminals.
func terminal(ts *testscript.TestScript, neg bool, args []string) {
	ts.Fatalf("terminals are tested on Linux only; guard the script with [!linux] skip")
}
