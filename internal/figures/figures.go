// Package figures records what tests have counted, for docs/reliability.md.
package figures

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Record writes a figure under a name to a folder; nothing without a folder.
func Record(t *testing.T, folder, name string, value any) {
	t.Helper()
	if folder == "" {
		return
	}
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".json"), append(data, '\n'), 0o666); err != nil {
		t.Fatal(err)
	}
}
