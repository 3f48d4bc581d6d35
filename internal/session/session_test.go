package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSession plays the session again, without tmux, and holds the README to
// it.
func TestSession(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the generator for another module")
	}
	root := filepath.Join("..", "..")
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, recorded, _, err := split(string(readme))
	if err != nil {
		t.Fatal(err)
	}
	played, err := record(root, openShell)
	if err != nil {
		t.Fatal(err)
	}
	// The number of files changes with the generator and is not worth a new
	// recording.
	files := regexp.MustCompile(`\d+ files added`)
	recorded, played = files.ReplaceAllString(recorded, "N files added"), files.ReplaceAllString(played, "N files added")
	if d := cmp.Diff(recorded, played); d != "" {
		t.Errorf("the README does not show the session; run make session (-README +session):\n%s", d)
	}
}
