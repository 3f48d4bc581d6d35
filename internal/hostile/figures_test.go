package hostile

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

// figures is the folder that the figures of docs/reliability.md are written
// to. With it, everything is tried; without, a part of it that has every
// payload and every place.
var figures = flag.String("figures", "", "try everything and write the figures to this `folder`")

// record writes figures under a name.
func record(t *testing.T, name string, value any) {
	t.Helper()
	if *figures == "" {
		return
	}
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*figures, name+".json"), append(data, '\n'), 0o666); err != nil {
		t.Fatal(err)
	}
}
