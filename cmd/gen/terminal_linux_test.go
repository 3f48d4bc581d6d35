package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// terminal runs a command with stderr on a terminal of 60 columns and stores
// what the terminal gets: terminal FILE COMMAND [ARG...]
func terminal(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: terminal file command [arg...]")
	}
	screen, side, err := openTerminal()
	if err != nil {
		ts.Fatalf("opening a terminal: %v", err)
	}
	defer screen.Close()
	program := args[1]
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if path := filepath.Join(dir, program); filepath.Base(program) == program && isFile(path) {
			program = path
			break
		}
	}
	cmd := exec.Command(program, args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	for _, key := range []string{"HOME", "PATH", "TMPDIR", "NO_COLOR"} {
		cmd.Env = append(cmd.Env, key+"="+ts.Getenv(key))
	}
	cmd.Env = append(cmd.Env, "TERM=xterm")
	cmd.Stderr = side
	if err := cmd.Start(); err != nil {
		ts.Fatalf("%v", err)
	}
	side.Close()
	var shown bytes.Buffer
	// Reading a terminal that nobody writes to any more ends with EIO.
	if _, err := io.Copy(&shown, screen); err != nil && !errors.Is(err, syscall.EIO) {
		ts.Fatalf("%v", err)
	}
	err = cmd.Wait()
	ts.Logf("%s: %v\n%s", program, err, &shown)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.ReplaceAll(shown.Bytes(), []byte("\r\n"), []byte("\n")), 0o666))
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// openTerminal returns both sides of a new terminal: what it shows, and what
// programs write to.
func openTerminal() (screen, side *os.File, err error) {
	screen, err = os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, nil, err
	}
	fd := int(screen.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		return nil, nil, err
	}
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		return nil, nil, err
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 60}); err != nil {
		return nil, nil, err
	}
	side, err = os.OpenFile("/dev/pts/"+strconv.Itoa(number), os.O_RDWR|unix.O_NOCTTY, 0)
	return screen, side, err
}
