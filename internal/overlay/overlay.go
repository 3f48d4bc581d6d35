// Package overlay lets the go command see generated files in a folder that
// does not have them, beside tests that it has.
package overlay

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/seed-a7989e22/apigen/generator/output"
)

// Write writes the files to the folder tmp. It returns the name of a file for
// the flag -overlay of the go command that makes it see them in the folder dir.
func Write(tmp, dir string, files []output.File) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	replace := map[string]string{}
	for _, f := range files {
		path := filepath.Join(tmp, f.Name)
		if err := os.WriteFile(path, f.Content, 0o600); err != nil {
			return "", err
		}
		replace[filepath.Join(dir, f.Name)] = path
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	name := filepath.Join(tmp, "overlay.json")
	return name, os.WriteFile(name, text, 0o600)
}
