// Command reliability writes docs/reliability.md from the figures that tests
// have left in a folder, so that nobody writes figures by hand:
//
//	reliability record FIGURES LOG...   notes what go test -fuzz has printed
//	reliability page FIGURES PAGE       writes the page
package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"text/template"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "reliability:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) >= 3 && args[0] == "record":
		return record(args[1], args[2:])
	case len(args) == 3 && args[0] == "page":
		return page(args[1], args[2])
	}
	return errors.New("usage: reliability record FIGURES LOG... | reliability page FIGURES PAGE")
}

// fuzzed is one run of a fuzz target.
type fuzzed struct {
	Package    string  `json:"package"`
	Executions int     `json:"executions"`
	Seconds    float64 `json:"seconds"`
}

var (
	executions = regexp.MustCompile(`execs: (\d+) `)
	verdict    = regexp.MustCompile(`(?m)^ok\s+(\S+)\s+([\d.]+)s`)
)

// record writes the figures of runs that have found nothing.
func record(folder string, logs []string) error {
	var list []fuzzed
	for _, name := range logs {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		ok := verdict.FindStringSubmatch(string(text))
		all := executions.FindAllStringSubmatch(string(text), -1)
		if ok == nil || len(all) == 0 {
			return fmt.Errorf("%s is not the output of a run of go test -fuzz without findings", name)
		}
		n, err := strconv.Atoi(all[len(all)-1][1])
		if err != nil {
			return err
		}
		seconds, err := strconv.ParseFloat(ok[2], 64)
		if err != nil {
			return err
		}
		list = append(list, fuzzed{ok[1], n, seconds})
	}
	data, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "fuzz.json"), append(data, '\n'), 0o666)
}

//go:embed reliability.md.tmpl
var templates embed.FS

// page writes the page from all figures of the folder; those of which there
// are none are said to be missing.
func page(folder, name string) error {
	figures := map[string]any{}
	for _, key := range []string{"poison", "references", "damaged", "bombs", "fuzz", "suite", "hostile", "petstore", "corpus", "collection"} {
		data, err := os.ReadFile(filepath.Join(folder, key+".json"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		var value any
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.UseNumber()
		if err := dec.Decode(&value); err != nil {
			return fmt.Errorf("%s.json: %w", key, err)
		}
		if object, ok := value.(map[string]any); ok && object[key] != nil {
			value = object[key]
		}
		figures[key] = value
	}
	const main = "reliability.md.tmpl"
	tmpl, err := template.New(main).Funcs(template.FuncMap{"base": base, "count": count, "minutes": minutes}).ParseFS(templates, main)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := tmpl.Execute(&b, figures); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o666)
}

// base is a package's path without the module.
func base(path string) string {
	_, rest, _ := strings.Cut(path, "/apigen/")
	return rest
}

// count writes a number with commas.
func count(n json.Number) string {
	text := n.String()
	for i := len(text) - 3; i > 0 && !strings.Contains(text, "."); i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func minutes(seconds json.Number) (string, error) {
	s, err := seconds.Float64()
	return strconv.Itoa(int(s+30) / 60), err
}
