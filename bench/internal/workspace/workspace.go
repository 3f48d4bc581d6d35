// Package workspace knows where things are and makes what the stages need: the
// generators and the clients that they generate.
package workspace

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Workspace is the folder of the bench module and what belongs to it.
type Workspace struct {
	Dir    string // of the module
	Corpus string // of the large documents
	Issues string // the document of the codec stages
}

// New returns the workspace of the bench module in dir.
func New(dir, shared string) (*Workspace, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	shared, err = filepath.Abs(shared)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, "generators.mod")); err != nil {
		return nil, fmt.Errorf("%s is not the folder of the bench module: %w", dir, err)
	}
	return &Workspace{
		Dir:    dir,
		Corpus: filepath.Join(shared, "corpus"),
		Issues: filepath.Join(shared, "bench", "issues.yaml"),
	}, nil
}

// Path returns a path in the module.
func (w *Workspace) Path(elem ...string) string {
	return filepath.Join(append([]string{w.Dir}, elem...)...)
}

// Bin returns the path of a program that the bench has built.
func (w *Workspace) Bin(name string) string { return w.Path(".work", "bin", name) }

// Document returns the path of a document of the corpus.
func (w *Workspace) Document(name string) string { return filepath.Join(w.Corpus, name) }

// Spec returns the path of a document that the project keeps.
func (w *Workspace) Spec(name string) string { return w.Path("..", "specs", name) }

// Temp makes a new folder that the caller removes.
func (w *Workspace) Temp(pattern string) (string, error) {
	if err := os.MkdirAll(w.Path(".work"), 0o755); err != nil {
		return "", err
	}
	return os.MkdirTemp(w.Path(".work"), pattern)
}

// Go returns a go command that runs in the module.
func (w *Workspace) Go(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = w.Dir
	return cmd
}

// run runs a command that only matters when it fails.
func run(cmd *exec.Cmd) error {
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%.4000s", cmd, err, out)
	}
	return nil
}
