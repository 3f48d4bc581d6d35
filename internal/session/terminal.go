package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// terminal is a shell in tmux, which commands are typed into.
type terminal struct {
	socket string
	typed  int
}

// prompt is what the shell of a terminal shows when it waits, with the exit
// code of the command before.
var prompt = regexp.MustCompile(`(?m)^\[(\d+)\] \$ `)

// openTerminal starts a shell in dir.
func openTerminal(dir string, env []string) (*terminal, error) {
	t := &terminal{socket: filepath.Join(dir, ".tmux")}
	rc := filepath.Join(dir, ".shrc") // what interactive shells read; they do not inherit the prompt
	if err := os.WriteFile(rc, []byte("PS1='[$?] $ '\n"), 0o666); err != nil {
		return nil, err
	}
	cmd := exec.Command("tmux", "-S", t.socket, "-f", "/dev/null",
		"start-server", ";", "set-option", "-g", "history-limit", "100000", ";",
		"new-session", "-d", "-x", "200", "-y", "50", "-c", dir, "sh")
	cmd.Dir, cmd.Env = dir, append(env, "ENV="+rc, "TERM=xterm-256color")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("tmux: %w\n%s", err, out)
	}
	if _, err := t.wait(); err != nil {
		return nil, errors.Join(err, t.close())
	}
	return t, nil
}

func (t *terminal) close() error { return exec.Command("tmux", "-S", t.socket, "kill-server").Run() }

// run types a command and returns what the terminal shows below it.
func (t *terminal) run(command string) (string, error) {
	for _, keys := range [][]string{{"-l", command}, {"Enter"}} {
		if out, err := exec.Command("tmux", append([]string{"-S", t.socket, "send-keys"}, keys...)...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("tmux: %w\n%s", err, out)
		}
	}
	t.typed++
	screen, err := t.wait()
	if err != nil {
		return "", fmt.Errorf("%s: %w", command, err)
	}
	prompts := prompt.FindAllStringSubmatchIndex(screen, -1)
	last := prompts[t.typed]
	_, out, _ := strings.Cut(screen[prompts[t.typed-1][1]:last[0]], "\n")
	if code := screen[last[2]:last[3]]; code != "0" {
		return "", fmt.Errorf("%s: exit status %s\n%s", command, code, out)
	}
	return out, nil
}

// wait returns all that the terminal has shown, once the shell waits for the
// next command.
func (t *terminal) wait() (string, error) {
	for start := time.Now(); time.Since(start) < 3*time.Minute; time.Sleep(50 * time.Millisecond) {
		out, err := exec.Command("tmux", "-S", t.socket, "capture-pane", "-p", "-J", "-S", "-").CombinedOutput()
		if err != nil {
			return "", fmt.Errorf("tmux: %w\n%s", err, out)
		}
		var screen strings.Builder
		for line := range strings.Lines(string(out)) {
			screen.WriteString(strings.TrimRight(line, " \n") + "\n")
		}
		// The blank behind the prompt is lost where nothing is typed.
		text := strings.ReplaceAll(screen.String(), "] $\n", "] $ \n")
		if found := prompt.FindAllString(text, -1); len(found) == t.typed+1 {
			return text, nil
		}
	}
	return "", errors.New("the shell does not come back")
}
