// Package config reads gen.yaml, the file that says which clients to generate
// from which documents:
//
//	clients:
//	  - spec: specs/petstore.yaml      # the OpenAPI document
//	    out: generated/petstore        # the folder of the generated package
//	    package: petstore              # default: the last element of out
//	    trust-go-types: false          # honour x-go-type, which names code
//	    unknown-properties: keep       # default: drop what the document does not describe
//	    infer-types: true              # a schema with properties and no type is an object
//	    check-formats: true            # email, uri, ipv4, ...
//	    initialisms: [SKU, VAT]        # words written in capitals, beside Go's own
//
// Paths are written with slashes and resolve against the folder of the file.
// The output folder must stay inside that folder. Every problem is reported
// with its line and column, not only the first.
package config

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/filter"
)

// DefaultFile is the configuration that is read when none is named.
const DefaultFile = "gen.yaml"

// maxSize bounds what is read as configuration.
const maxSize = 1 << 20

// Config is a checked configuration: its clients can be generated as they are.
type Config struct {
	// Clients are in the order of the file.
	Clients []Client
}

// Client is one package to generate. Paths are usable from the working
// directory.
type Client struct {
	// Spec is the path of the document, or its URL.
	Spec string
	// Root is a folder that nothing is written outside of, and Out is the
	// output folder relative to it.
	Root, Out string
	// Package is the name of the generated package.
	Package string
	// TrustGoTypes honours x-go-type and x-go-type-import of the document.
	TrustGoTypes bool
	// KeepUnknown keeps properties that the document does not describe.
	KeepUnknown bool
	// Overlays change the document, in order.
	Overlays []Overlay
	// Filter says which operations and schemas to leave out.
	Filter filter.Filter
	// ExactTypes takes schemas without a type for what JSON Schema says: any
	// value. Otherwise a type is inferred from the other keywords.
	ExactTypes bool
	// IgnoreFormats does not check formats that have no Go type.
	IgnoreFormats bool
	// Initialisms are written in capitals in names, beside Go's own.
	Initialisms []string
	// Names are Go names, Types Go types for single things of the document.
	Names []Name
	Types []Type
	// Enums says whether requests may contain values that are not listed.
	Enums Enums
	// Pos is where the configuration names the document; it is zero when the
	// client was named on the command line.
	Pos diag.Pos
}

// Overlay is an overlay by its path, usable from the working directory.
type Overlay struct {
	Path string
	// Pos is the entry in the configuration.
	Pos diag.Pos
}

// Name is a Go name for what stands at a JSON pointer of the document.
type Name struct {
	Pointer, GoName string
	// Pos is the entry in the configuration.
	Pos diag.Pos
}

// Type is a Go type for the schemas of a format or for a component schema, of
// which one is set.
type Type struct {
	Format, Schema string
	// Import is the path of the package, empty for a type such as string.
	Import, GoName string
	// Pos is the entry in the configuration.
	Pos diag.Pos
}

// Enums says what requests may contain where the document lists values.
type Enums int

// The ways to treat values that are not listed.
const (
	// EnumsAsDocumented accepts them where the document says so.
	EnumsAsDocumented Enums = iota
	// EnumsOpen accepts them everywhere.
	EnumsOpen
	// EnumsClosed accepts them nowhere.
	EnumsClosed
)

// Dir returns the output folder as a path from the working directory.
func (c Client) Dir() string { return filepath.Join(c.Root, c.Out) }

// Load reads and checks the configuration in file. Findings go to diags; the
// result is usable only when there is no error among them.
func Load(file string, diags *diag.List) *Config {
	data, err := read(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		diags.Errorf(diag.Pos{File: file}, "config-missing",
			"there is no such file; name the configuration with --config, or write one with gen init")
		return &Config{}
	case err != nil:
		diags.Errorf(diag.Pos{File: file}, "config-read", "cannot be read: %v", diag.Cause(err))
		return &Config{}
	}
	return Parse(file, data, diags)
}

// read returns the content of file, of which no more than maxSize is kept in
// memory.
func read(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxSize {
		return nil, errors.New("a configuration is at most 1 MiB")
	}
	return data, nil
}

// Single returns the client that a command line names. Unlike in a file, out
// may be anywhere: the person at the keyboard has said so. An empty pkg is
// made from out.
func Single(spec, out, pkg string, diags *diag.List) Client {
	c := Client{Spec: spec, Root: out, Out: ".", Package: pkg}
	if pkg == "" {
		name, err := packageFor(out)
		if err != nil {
			diags.Errorf(diag.Pos{}, "config-package", "--out %s: %v; name the package with --package", out, err)
		}
		c.Package = name
	} else if err := checkPackage(pkg); err != nil {
		diags.Errorf(diag.Pos{}, "config-package", "--package %s: %v", pkg, err)
	}
	return c
}
