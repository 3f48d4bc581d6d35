// Package revision reads files as they were at a revision of a git
// repository. It only asks git for objects: nothing is checked out, and neither
// hooks nor filters run.
package revision

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// maxSize bounds a file.
const maxSize = 64 << 20

// Revision is a commit in the repository that a folder belongs to.
type Revision struct {
	// dir is where git runs.
	dir    string
	commit string
}

// Find returns the commit that name stands for, as git understands it: a hash,
// a branch, a tag, HEAD~1. The repository is that of folder dir, or the one that
// the environment names, as in hooks: git has to run in the working directory
// then, from which GIT_DIR leads to it and which is the top of its files.
func Find(ctx context.Context, dir, name string) (*Revision, error) {
	if name == "" || strings.HasPrefix(name, "-") || strings.ContainsAny(name, "\x00\n") {
		return nil, fmt.Errorf("%q is not a git revision", name)
	}
	if os.Getenv("GIT_DIR") != "" {
		dir = "."
	}
	r := &Revision{dir: dir}
	commit, err := r.git(ctx, "rev-parse", "--verify", "--quiet", name+"^{commit}")
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
		// That is what --quiet leaves of the message.
		return nil, fmt.Errorf("there is no git revision %q; name a commit, a branch or a tag that has been fetched", name)
	}
	if err != nil {
		return nil, fmt.Errorf("the git revision %q cannot be found: %w", name, err)
	}
	r.commit = strings.TrimSpace(string(commit))
	if strings.Trim(r.commit, "0123456789abcdef") != "" {
		return nil, fmt.Errorf("%q is not one git revision", name)
	}
	return r, nil
}

// Read returns the content of a file, named from the working directory. It
// need not exist any more. The error is fs.ErrNotExist when it was not there.
func (r *Revision) Read(ctx context.Context, file string) ([]byte, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	base, err := filepath.Abs(r.dir)
	if err != nil {
		return nil, err
	}
	path, err := filepath.Rel(base, abs)
	if err != nil {
		return nil, err
	}
	entry, err := r.git(ctx, "ls-tree", "-z", r.commit, "--", filepath.ToSlash(path))
	if err != nil {
		return nil, err
	}
	// The form is: mode type object TAB path NUL.
	head, _, _ := bytes.Cut(entry, []byte("\t"))
	fields := strings.Fields(string(head))
	switch {
	case len(fields) == 0:
		return nil, &fs.PathError{Op: "read", Path: file, Err: fs.ErrNotExist}
	case path == ".", // of which ls-tree lists the files
		len(fields) != 3 || fields[1] != "blob" || fields[0] == "120000":
		return nil, &fs.PathError{Op: "read", Path: file, Err: errors.New("it was not a regular file")}
	}
	return r.git(ctx, "cat-file", "blob", fields[2])
}

// git runs a command of git and returns what it prints.
func (r *Revision) git(ctx context.Context, args ...string) ([]byte, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := exec.CommandContext(ctx, "git", append([]string{"--literal-pathspecs", "-C", r.dir}, args...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(stdout, maxSize+1))
	if len(data) > maxSize {
		cancel()
		err = fmt.Errorf("the file is larger than %d bytes", maxSize)
	}
	if waitErr := cmd.Wait(); err == nil && waitErr != nil {
		line, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		err = errors.New(strings.TrimPrefix(line, "fatal: "))
		if line == "" {
			err = waitErr
		}
	}
	return data, err
}
