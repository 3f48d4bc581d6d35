package arch

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/seed-a7989e22/apigen/"

const (
	kin      = "github.com/getkin/kin-openapi"
	yaml     = "go.yaml.in/yaml/v3"
	jen      = "github.com/dave/jennifer/jen"
	cobra    = "github.com/spf13/cobra"
	runtime  = "github.com/oapi-codegen/runtime"
	uuid     = "github.com/google/uuid"
	jsonpath = "github.com/theory/jsonpath"
	regexp2  = "github.com/dlclark/regexp2"
	oauth2   = "golang.org/x/oauth2"
	xterm    = "golang.org/x/term"
	xwidth   = "golang.org/x/text/width"
	semver   = "golang.org/x/mod/semver"
)

// What comparing two versions of a client needs.
const (
	oasdiff = "github.com/oasdiff/oasdiff"
	apidiff = "golang.org/x/exp/apidiff"
)

// allowed lists what each package may import beside the standard library:
// packages of this module without the module's path, and others by the prefix
// of theirs. Imports run one way, from the command to plain data; emit never
// sees OpenAPI, and ir nothing but positions.
func allowed() map[string][]string {
	return map[string][]string{
		"cmd/gen":             {"generator", "generator/config", "generator/compare", "generator/diag", "generator/inspect", "generator/output", "generator/plaintext", "internal/gomod", cobra, xterm, xwidth},
		"generator":           {"generator/compare", "generator/revision", "generator/filter", "generator/config", "generator/load", "generator/build", "generator/emit", "generator/output", "generator/lock", "generator/diag", "generator/ir"},
		"generator/config":    {"generator/filter", "generator/naming", "generator/syntax", "generator/plaintext", "generator/diag", yaml},
		"generator/load":      {"generator/filter", "generator/naming", "generator/syntax", "generator/plaintext", "generator/diag", kin, yaml, jsonpath},
		"generator/build":     {"generator/ir", "generator/naming", "generator/pattern", "generator/diag", kin},
		"generator/emit":      {"generator/ir", "generator/pattern", "templates", jen},
		"generator/inspect":   {"generator/ir"},
		"generator/ir":        {"generator/diag"},
		"generator/filter":    {"generator/naming", "generator/diag"},
		"generator/diag":      {},
		"generator/naming":    {},
		"generator/lock":      {"generator/ir", "generator/naming", "generator/output", "generator/plaintext", "generator/diag", semver},
		"generator/pattern":   {regexp2},
		"generator/output":    {"generator/layout", "generator/diag"},
		"generator/layout":    {},
		"generator/compare":   {"generator/ir", "generator/output", "generator/typecheck", "generator/diag", kin, oasdiff, apidiff},
		"generator/revision":  {},
		"generator/syntax":    {yaml},
		"generator/plaintext": {},
		"generator/typecheck": {"generator/output"},
		"templates":           {},
		"templates/support":   {runtime, oauth2, regexp2},
	}
}

// listed is a package as go list describes it.
type listed struct {
	Dir, ImportPath string
	GoFiles         []string
	Imports         []string
}

// packages lists the packages of this module, those of tools excepted.
func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=Dir,ImportPath,GoFiles,Imports", "./...")
	cmd.Dir = "../.."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	var all []listed
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// own returns the path of p inside this module.
func (p listed) own() string { return strings.TrimPrefix(p.ImportPath, module) }

func TestImports(t *testing.T) {
	rules := allowed()
	for _, p := range packages(t) {
		may, ok := rules[p.own()]
		switch {
		case strings.HasPrefix(p.own(), "generated/"):
			may = []string{runtime, uuid}
		case !ok && (strings.HasPrefix(p.own(), "generator/") || strings.HasPrefix(p.own(), "cmd/")):
			t.Errorf("%s: say in this test what the package may import", p.own())
			continue
		case !ok:
			continue
		}
		for _, imported := range p.Imports {
			if !isAllowed(imported, may) {
				t.Errorf("%s must not import %s", p.own(), imported)
			}
		}
	}
}

func isAllowed(imported string, may []string) bool {
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	if own, ok := strings.CutPrefix(imported, module); ok {
		return slices.Contains(may, own)
	}
	return slices.ContainsFunc(may, func(prefix string) bool {
		return imported == prefix || strings.HasPrefix(imported, prefix+"/")
	})
}

// handWritten reports whether the rules for code that people maintain apply.
func (p listed) handWritten() bool {
	return !strings.HasPrefix(p.own(), "generated/")
}

func (p listed) files() []string {
	var files []string
	for _, name := range p.GoFiles {
		files = append(files, path.Join(p.Dir, name))
	}
	return files
}
