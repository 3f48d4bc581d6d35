package hostile

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/seed-a7989e22/apigen/generator"
	"github.com/seed-a7989e22/apigen/generator/config"
	"github.com/seed-a7989e22/apigen/internal/figures"
)

// secret is in every file, and behind every address, that nothing may be read
// from.
const secret = "PwnedSecret"

// groups are documents in which a reference stands for a whole section.
var groups = []string{
	`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{"$ref":"<<paths|#/x-paths>>"},"x-paths":{}}`,
	`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"components":{"$ref":"<<components|#/x-components>>"},"x-components":{}}`,
	`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"$ref":"<<schemas|#/x-schemas>>"}},"x-schemas":{}}`,
	`{"openapi":"3.1.0","info":{"$ref":"<<info|#/x-info>>","title":"T","version":"1"},"paths":{},"x-info":{}}`,
	`{"openapi":"3.1.0","$ref":"<<document|#/x-document>>","info":{"title":"T","version":"1"},"paths":{},"x-document":{}}`,
	`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"responses":{"$ref":"<<responses|#/x-responses>>"}}}},"x-responses":{}}`,
	`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"parameters":{"$ref":"<<parameters|#/x-list>>"},"responses":{}}}},"x-list":[]}`,
	`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"$ref":"<<operation|#/x-operation>>"}}},"x-operation":{"responses":{}}}`,
	`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"S":{"properties":{"$ref":"<<properties|#/x-schemas>>"}}}},"x-schemas":{}}`,
	`{"swagger":"2.0","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"parameters":[{"$ref":"<<parameter of Swagger|#/parameters/P>>"},{"in":"body","name":"b","schema":{"$ref":"<<body of Swagger|#/definitions/S>>"}}],` +
		`"responses":{"200":{"description":"d","schema":{"$ref":"<<schema of Swagger|#/definitions/S>>"}},"400":{"$ref":"<<response of Swagger|#/responses/R>>"}}}}},` +
		`"parameters":{"P":{"name":"p","in":"query","type":"string"}},"responses":{"R":{"description":"d"}},"definitions":{"S":{"type":"object","properties":{"a":{"$ref":"<<property of Swagger|#/definitions/T>>"}}},"T":{"type":"string"}}}`,
}

// canary is a server that nobody may ask, and files that nobody may read.
type canary struct {
	net.Listener
	seen atomic.Int64
	// folder is that of the document, in which links lead outside.
	folder string
	// texts must not come up in what is generated or reported.
	texts []string
}

func newCanary(t *testing.T) *canary {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &canary{Listener: listener, folder: t.TempDir(), texts: []string{secret}}
	server := &http.Server{Handler: http.HandlerFunc(c.serve)}
	go func() { _ = server.Serve(c) }()
	t.Cleanup(func() { server.Close() })
	if name, err := os.ReadFile("/etc/hostname"); err == nil && len(strings.TrimSpace(string(name))) > 6 {
		c.texts = append(c.texts, strings.TrimSpace(string(name)))
	}
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret.yaml"), []byte("title: "+secret+"\ndescription: "+secret+"\nget: {description: "+secret+"}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{
		"link.yaml": filepath.Join(outside, "secret.yaml"), "folder": outside, "hostname.yaml": "/etc/hostname",
		"relative.yaml": "../" + filepath.Base(outside) + "/secret.yaml", "self.yaml": "self.yaml", "zero.yaml": "/dev/zero",
	} {
		if err := os.Symlink(target, filepath.Join(c.folder, name)); err != nil {
			t.Skip(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(c.folder, "pipe.yaml"), 0o666); err != nil {
		t.Skip(err)
	}
	return c
}

// Accept counts who comes, whatever he speaks.
func (c *canary) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.seen.Add(1)
	}
	return conn, err
}

// serve answers /to/ADDRESS with a redirect, and all else with the secret.
func (c *canary) serve(w http.ResponseWriter, r *http.Request) {
	c.seen.Add(1)
	if to, ok := strings.CutPrefix(r.URL.Path, "/to/"); ok {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
		return
	}
	fmt.Fprintf(w, "title: %s\ndescription: %[1]s\n", secret)
}

// targets are references that must not be followed.
func (c *canary) targets() []string {
	at := c.Addr().String()
	up := strings.Repeat("../", 12)
	return []string{
		"/etc/hostname", "file:///etc/hostname", "FILE:///etc/hostname", "file:/etc/hostname", "file://localhost/etc/hostname", "file://" + at + "/x.yaml",
		up + "etc/hostname", strings.ReplaceAll(up, "/", "%2f") + "etc%2fhostname", strings.ReplaceAll(up, "..", "%2e%2e") + "etc/hostname", `..\..\..\etc\hostname`,
		"./folder/../" + up + "etc/hostname", "link.yaml", "folder/secret.yaml", "hostname.yaml", "relative.yaml", "self.yaml", "zero.yaml", "pipe.yaml", "folder",
		"http://" + at + "/x.yaml", "HTTP://" + at + "/x.yaml#/a", "https://" + at + "/x.yaml", "http://user:password@" + at + "/x.yaml", "//" + at + "/x.yaml",
		"http:" + at + "/x.yaml", "http:///" + at + "/x.yaml", " http://" + at + "/x.yaml", "ftp://" + at + "/x.yaml", "jar:http://" + at + "/x.jar!/x", "git+ssh://" + at + "/x",
		`\\` + at + `\x.yaml`, "/proc/self/environ", "/dev/stdin", "file:///dev/zero", "~/.netrc", "$HOME/.netrc",
		"http://" + at + "/to/file:///etc/hostname", "http://localhost:" + at[strings.LastIndexByte(at, ':')+1:] + "/x.yaml",
	}
}

// TestReferences puts references that lead elsewhere at every place of a
// document that could be one: nobody is asked and nothing read.
func TestReferences(t *testing.T) {
	c := newCanary(t)
	g, err := generator.New()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("testdata/references.json")
	if err != nil {
		t.Fatal(err)
	}
	var counted struct {
		Places  int   `json:"places"`
		Targets int   `json:"targets"`
		Pairs   int   `json:"pairs"`
		Refused int   `json:"refused"` // with a diagnostic
		Ignored int   `json:"ignored"` // not a reference, or not one that matters
		Broken  int   `json:"broken"`
		Seen    int64 `json:"requests"` // that the server got
	}
	targets := c.targets()
	counted.Targets = len(targets)
	for i, text := range append([]string{string(data)}, groups...) {
		tmpl := parseTemplate(t, text)
		if len(tmpl.places) == 0 {
			t.Fatalf("no places in %s", text)
		}
		counted.Places += len(tmpl.places)
		for j, at := range tmpl.places {
			for k, target := range targets {
				if *figuresDir == "" && (i+j+k)%4 != 0 {
					continue
				}
				counted.Pairs++
				before := c.seen.Load()
				o, err := c.try(t, g, tmpl.fill(at.name, target))
				problem := ""
				switch {
				case err != nil:
					problem = err.Error()
				case c.seen.Load() != before:
					problem = "the server was asked"
				case c.leak(o) != "":
					problem = "it was read: " + c.leak(o)
				case o.rejected:
					counted.Refused++
				default:
					counted.Ignored++
					if strings.HasPrefix(at.harmless, "#/") && !o.mentionsReference() && !slices.Contains(values, at.name) {
						problem = "nobody says that it is not followed"
					}
				}
				if problem != "" {
					counted.Broken++
					t.Errorf("%s as %s: %s\n%s", target, at.name, problem, strings.Join(o.reports, "\n"))
				}
			}
		}
	}
	counted.Seen = c.seen.Load()
	t.Logf("%+v", counted)
	figures.Record(t, *figuresDir, "references", counted)
}

// values are the places that hold no reference, whatever they look like.
var values = []string{"default", "enum", "const", "example of a schema", "extension"}

// try generates from a document in the canary's folder. It must not take long.
func (c *canary) try(t *testing.T, g *generator.Generator, document string) (outcome, error) {
	start := time.Now()
	o, err := generate(t, g, c.folder, document, true)
	if took := time.Since(start); err == nil && took > 10*time.Second {
		err = fmt.Errorf("it took %s", took)
	}
	return o, err
}

// leak returns what an outcome has of what nobody may read.
func (c *canary) leak(o outcome) string {
	all := slices.Clone(o.reports)
	for _, f := range o.files {
		all = append(all, string(f.Content))
	}
	for _, text := range all {
		for _, hidden := range c.texts {
			if i := strings.Index(text, hidden); i >= 0 {
				return text[max(0, i-100):min(len(text), i+100)]
			}
		}
	}
	return ""
}

// mentionsReference reports whether a diagnostic speaks of a reference or link.
func (o outcome) mentionsReference() bool {
	return slices.ContainsFunc(o.reports, func(report string) bool {
		return strings.Contains(report, "the reference ") || strings.HasSuffix(report, "(dangling-link)") || strings.HasSuffix(report, "(mapping-target)")
	})
}

// TestCanary holds that what TestReferences looks out for can be seen: with
// permission the server is asked, and what it says comes up. Even then a
// redirect leads to no file.
func TestCanary(t *testing.T) {
	c := newCanary(t)
	spec := filepath.Join(c.folder, "openapi.json")
	for target, read := range map[string]bool{
		"http://" + c.Addr().String() + "/x.yaml":                        true,
		"http://" + c.Addr().String() + "/to//x.yaml":                    true,
		"http://" + c.Addr().String() + "/to/file:///etc/hostname":       false,
		"http://" + c.Addr().String() + "/to/file://localhost/etc/hosts": false,
	} {
		document := `{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"S":{"$ref":"` + target + `"}}}}`
		if err := os.WriteFile(spec, []byte(document), 0o666); err != nil {
			t.Fatal(err)
		}
		before := c.seen.Load()
		result, err := generator.Run(t.Context(), generator.Config{Mode: generator.Memory, AllowRemoteRefs: true, Clients: []config.Client{
			{Spec: spec, Root: c.folder, Out: "out", Package: "out"},
		}})
		o := outcomeOf(result)
		if c.seen.Load() == before || (c.leak(o) != "") != read || (err == nil) != read {
			t.Errorf("%s: %d requests, %v, read: %q", target, c.seen.Load()-before, err, c.leak(o))
		}
	}
}

// TestReferencesOfOverlays holds that what an overlay extends is not looked
// for, and that what it brings in is followed no more than the document's own.
func TestReferencesOfOverlays(t *testing.T) {
	c := newCanary(t)
	spec := filepath.Join(c.folder, "openapi.json")
	if err := os.WriteFile(spec, []byte(`{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"components":{"schemas":{"S":{"type":"object"}}}}`), 0o666); err != nil {
		t.Fatal(err)
	}
	overlay := filepath.Join(c.folder, "overlay.yaml")
	for _, target := range c.targets() {
		for place, text := range map[string]string{
			"extends": `{"overlay":"1.0.0","info":{"title":"T","version":"1"},"extends":%q,"actions":[]}`,
			"$ref":    `{"overlay":"1.0.0","info":{"title":"T","version":"1"},"actions":[{"target":"$.components.schemas.S","update":{"properties":{"a":{"$ref":%q}}}}]}`,
		} {
			if err := os.WriteFile(overlay, fmt.Appendf(nil, text, target), 0o666); err != nil {
				t.Fatal(err)
			}
			result, err := generator.Run(t.Context(), generator.Config{Mode: generator.Memory, Clients: []config.Client{
				{Spec: spec, Root: c.folder, Out: "out", Package: "out", Overlays: []config.Overlay{{Path: overlay}}},
			}})
			if err != nil && !errors.Is(err, generator.ErrInvalid) || c.seen.Load() > 0 {
				t.Fatalf("%s as %s: %v, %d requests", target, place, err, c.seen.Load())
			}
			if leak := c.leak(outcomeOf(result)); leak != "" {
				t.Errorf("%s as %s was read: %s", target, place, leak)
			}
		}
	}
}
