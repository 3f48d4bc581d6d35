package emit_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-a7989e22/apigen/generator/emit"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/output"
)

// TestEmittedClient compiles a client made of a representation that has
// something of everything, and runs the test in testdata/emitted with it.
func TestEmittedClient(t *testing.T) {
	dir, err := filepath.Abs("testdata/emitted")
	if err != nil {
		t.Fatal(err)
	}
	overlay := overlayOf(t, dir, testAPI())
	for _, args := range [][]string{{"vet"}, {"test"}} {
		cmd := exec.CommandContext(t.Context(), "go", append(args, "-overlay", overlay, "./testdata/emitted")...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go %s: %v\n%s", args[0], err, out)
		}
	}
}

// TestNothingRunsAtStart makes sure that the descriptors are static data:
// initialising them would link all of them into every program.
func TestNothingRunsAtStart(t *testing.T) {
	dir, err := filepath.Abs("testdata/emitted")
	if err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(t.TempDir(), "emitted.a")
	build := exec.CommandContext(t.Context(), "go", "build", "-overlay", overlayOf(t, dir, testAPI()), "-o", archive, "./testdata/emitted")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	symbols, err := exec.CommandContext(t.Context(), "go", "tool", "nm", "-size", archive).Output()
	if err != nil {
		t.Fatal(err)
	}
	descriptors := 0
	for _, line := range strings.Split(string(symbols), "\n") {
		fields := strings.Fields(line)
		if len(fields) != 4 {
			continue
		}
		size, kind, name := fields[1], fields[2], fields[3]
		if strings.HasSuffix(name, "emitted.init") && size != "1" {
			t.Errorf("the package has an init function of %s bytes", size)
		}
		if strings.Contains(name, "emitted.op") && kind == "D" {
			descriptors++
		}
	}
	if descriptors < 10 {
		t.Errorf("%d descriptors among the data", descriptors)
	}
}

// TestUnusedSupportStaysOut emits a client that needs the least.
func TestUnusedSupportStaysOut(t *testing.T) {
	api := &ir.API{Package: "least", Document: "least.yaml", Title: "Least", Version: "1", Services: []*ir.Service{
		{FieldName: "Things", GoName: "ThingsService", File: "things", Operations: []*ir.Operation{
			operationOf("GetThing", "GET", "/things/{id}", func(op *ir.Operation) {
				op.Inputs = []*ir.Param{param("id", ir.InPath, str, required)}
				op.Result = resultOf(structOf("Thing", field("name", str)))
			}),
		}},
	}}
	api.Types = []ir.Named{api.Services[0].Operations[0].Result.Type.(*ir.Struct)}
	lines := 0
	for _, f := range formatted(t, api) {
		lines += strings.Count(string(f.Content), "\n")
		for _, name := range []string{"paginate", "events", "multipartForm", "styled", "parseWebhook", "doBinary", "xml", "cookie", "withVariable", "headerKey", "formatTime"} {
			if strings.Contains(string(f.Content), name+"(") || strings.Contains(string(f.Content), name+"[") {
				t.Errorf("%s has %s", f.Name, name)
			}
		}
	}
	t.Logf("%d lines", lines)
}

// formatted emits and formats a package.
func formatted(t *testing.T, api *ir.API) []output.File {
	t.Helper()
	format := output.NewFormatter()
	support, err := emit.ReadSupport()
	if err != nil {
		t.Fatal(err)
	}
	if err := support.Emit(api, emit.Options{Version: "v0"}, func(f emit.File) { format.Add(output.Source(f)) }); err != nil {
		t.Fatal(err)
	}
	out, err := format.Files()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// overlayOf makes an overlay for the go command in which the generated files
// are in dir.
func overlayOf(t *testing.T, dir string, api *ir.API) string {
	t.Helper()
	tmp := t.TempDir()
	replace := map[string]string{}
	for _, f := range formatted(t, api) {
		path := filepath.Join(tmp, f.Name)
		if err := os.WriteFile(path, f.Content, 0o600); err != nil {
			t.Fatal(err)
		}
		replace[filepath.Join(dir, f.Name)] = path
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	overlay := filepath.Join(tmp, "overlay.json")
	if err := os.WriteFile(overlay, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return overlay
}
