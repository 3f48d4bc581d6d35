// Command session plays the first five minutes of somebody new to this
// project, in a module outside the repository, and records in the README what
// the terminal shows. Commands and files are in testdata/session.txtar; they
// are typed into tmux, or given to a shell one by one where that is not there.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/tools/txtar"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "session:", err)
		os.Exit(1)
	}
}

// run records the session in the README of the repository at root.
func run(root string) error {
	var open opener = func(dir string, env []string) (player, error) { return openTerminal(dir, env) }
	if _, err := exec.LookPath("tmux"); err != nil {
		fmt.Fprintln(os.Stderr, "session: tmux is not there; the commands are run without a terminal")
		open = openShell
	}
	text, err := record(root, open)
	if err != nil {
		return err
	}
	name := filepath.Join(root, "README.md")
	readme, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, _, after, err := split(string(readme))
	if err != nil {
		return err
	}
	return os.WriteFile(name, []byte(before+text+after), 0o666)
}

// The lines around the session in the README.
const (
	opening = "<!-- make session: -->\n```console\n"
	closing = "```\n<!-- end of the session -->\n"
)

// split returns what the README has before, in and after the session.
func split(readme string) (before, session, after string, err error) {
	before, rest, ok1 := strings.Cut(readme, opening)
	session, after, ok2 := strings.Cut(rest, closing)
	if !ok1 || !ok2 {
		return "", "", "", errors.New("README.md has no place for the session")
	}
	return before + opening, session, closing + after, nil
}

// player runs commands one after the other and returns what each of them shows.
type player interface {
	run(command string) (string, error)
	close() error
}

// opener makes a player in a folder.
type opener func(dir string, env []string) (player, error)

// record plays the session and returns what a terminal shows.
func record(root string, open opener) (shown string, err error) {
	root, err = filepath.Abs(root)
	if err != nil {
		return "", err
	}
	archive, err := txtar.ParseFile(filepath.Join(root, "internal", "session", "testdata", "session.txtar"))
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "session-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	server := httptest.NewServer(http.HandlerFunc(serve))
	defer server.Close()
	env, err := environment(server.URL)
	if err != nil {
		return "", err
	}
	for _, f := range archive.Files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o666); err != nil {
			return "", err
		}
	}
	p, err := open(dir, env)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	for line := range strings.Lines(string(archive.Comment)) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "$ ")
		if !ok {
			continue
		}
		out, err := p.run(command)
		if err != nil {
			return "", err
		}
		shown += "$ " + command + "\n" + withoutModules(out)
		if strings.HasPrefix(command, "go mod init ") {
			// Until a version is published, the module uses this repository.
			edit := exec.Command("go", "mod", "edit", "-replace=github.com/seed-a7989e22/apigen="+root)
			edit.Dir, edit.Env = dir, env
			if out, err := edit.CombinedOutput(); err != nil {
				return "", fmt.Errorf("go mod edit: %w\n%s", err, out)
			}
		}
	}
	return shown, nil
}

// shell runs each command in a shell of its own.
type shell struct {
	dir string
	env []string
}

func openShell(dir string, env []string) (player, error) { return &shell{dir, env}, nil }

func (s *shell) close() error { return nil }

func (s *shell) run(command string) (string, error) {
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir, cmd.Env = s.dir, s.env
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", command, err, out)
	}
	var b strings.Builder
	for line := range strings.Lines(string(out)) {
		b.WriteString(expandTabs(line))
	}
	return b.String(), nil
}

// expandTabs writes the tabs of a line as the blanks that terminals show.
func expandTabs(line string) string {
	var b strings.Builder
	col := 0
	for _, r := range line {
		if r != '\t' {
			b.WriteRune(r)
			col++
			continue
		}
		width := 8 - col%8
		b.WriteString(strings.Repeat(" ", width))
		col += width
	}
	return b.String()
}

// environment returns the environment of the commands. Modules come from the
// cache that this repository is built from; those that only go mod tidy asks
// for, the tests of what is imported, may have to be fetched.
func environment(server string) ([]string, error) {
	out, err := exec.Command("go", "env", "GOMODCACHE", "GOPROXY").Output()
	if err != nil {
		return nil, err
	}
	cache, proxies, _ := strings.Cut(string(bytes.TrimSpace(out)), "\n")
	proxy := "GOPROXY=file://" + filepath.ToSlash(strings.TrimSpace(cache)) + "/cache/download," + proxies
	return append(os.Environ(), proxy, "GOSUMDB=off", "GONOSUMDB=*", "GOFLAGS=-modcacherw",
		"GOWORK=off", "SHELF_URL="+server), nil
}

// withoutModules leaves out what the go command tells about the modules that it
// looks for and adds, which differs from day to day.
func withoutModules(out string) string {
	var b strings.Builder
	told := false
	for line := range strings.Lines(out) {
		told = strings.HasPrefix(line, "go: ") || told && strings.HasPrefix(line, "        ")
		if !told {
			b.WriteString(line)
		}
	}
	return b.String()
}

// serve is the server that the session calls.
func serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if r.Method != http.MethodGet || r.URL.Path != "/books/7" {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"detail":"there is no such book"}`)
		return
	}
	_, _ = io.WriteString(w, `{"id":7,"title":"Moby-Dick","state":"lent"}`)
}
