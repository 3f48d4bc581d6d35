package proof_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"testing"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/internal/figures"
	"github.com/seed-a7989e22/apigen/proof/hostile"
)

// TestHostilePetstore generates a client of Petstore and takes it through what
// TestHostile does. The package exists only for the go command, in an overlay.
func TestHostilePetstore(t *testing.T) {
	const spec = "../../shared/corpus/petstore.yaml"
	if _, err := os.Stat(spec); err != nil {
		t.Skip("there is no Petstore document here")
	}
	result, err := generator.Run(t.Context(), generator.Config{
		Clients: []config.Client{{Spec: spec, Out: "petstore", Package: "petstore"}}, Mode: generator.Memory,
	})
	if err != nil {
		t.Fatal(err)
	}
	dir, here := t.TempDir(), workingFolder(t)
	replace := map[string]string{filepath.Join(here, "petstore", "hostile_test.go"): filepath.Join(here, "testdata", "petstore_test.go.txt")}
	for _, f := range result.Packages[0].Files {
		replace[filepath.Join(here, "petstore", f.Name)] = filepath.Join(dir, f.Name)
		writeFile(t, filepath.Join(dir, f.Name), f.Content)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "overlay.json"), overlay)
	binary := filepath.Join(dir, "petstore.test") // built apart: go test would change to the folder, which is not there
	args := []string{"test", "-vet=off", "-c", "-o", binary, "-overlay", filepath.Join(dir, "overlay.json")}
	if raceDetector() {
		args = append(args, "-race")
	}
	if out, err := exec.CommandContext(t.Context(), "go", append(args, "./petstore")...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%.5000s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), binary)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PETSTORE_FIGURES="+filepath.Join(dir, "figures.json"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%.5000s", err, out)
	}
	var got hostile.Figures
	if err := json.Unmarshal(readFile(t, filepath.Join(dir, "figures.json")), &got); err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", got)
	figures.Record(t, *figuresDir, "petstore", got)
}

// raceDetector reports whether this test was built with the race detector.
func raceDetector() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

func workingFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}
