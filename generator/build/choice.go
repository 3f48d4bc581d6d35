package build

import (
	"fmt"

	"github.com/seed-a7989e22/apigen/generator/diag"
	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/naming"
)

// Rename is a Go name that the configuration chooses.
type Rename struct {
	// Pointer leads to what is renamed, as x-go-name would stand in it.
	Pointer string
	GoName  string
	// Pos is where the choice was written.
	Pos diag.Pos
}

// Retype is a Go type that the configuration chooses for the schemas of a
// format or for a component.
type Retype struct {
	// Format or Schema, the key of a component, is set.
	Format, Schema string
	Type           ir.GoType
	// Pos is where the choice was written.
	Pos diag.Pos
}

// EnumMode says what requests may contain where the document lists values.
type EnumMode int

// The modes.
const (
	// EnumsAsDocumented accepts the values listed, and others only where the
	// document says so.
	EnumsAsDocumented EnumMode = iota
	// EnumsOpen accepts all values.
	EnumsOpen
	// EnumsClosed accepts only the values listed.
	EnumsClosed
)

// open applies the mode to an enum that is open or not by the document.
func (m EnumMode) open(documented bool) bool {
	if m == EnumsAsDocumented {
		return documented
	}
	return m == EnumsOpen
}

// choices are the choices of the configuration about single things of the
// document, and which of them were of use.
type choices struct {
	names           map[string]Rename
	formats, models map[string]Retype
	used            map[diag.Pos]bool
}

func newChoices(opts Options) choices {
	c := choices{names: map[string]Rename{}, formats: map[string]Retype{}, models: map[string]Retype{}, used: map[diag.Pos]bool{}}
	for _, r := range opts.Renames {
		c.names[r.Pointer] = r
	}
	for _, t := range opts.Types {
		if t.Format != "" {
			c.formats[t.Format] = t
		} else {
			c.models[join("/components/schemas", t.Schema)] = t
		}
	}
	return c
}

// rename returns the Go name that the configuration chooses for what stands
// at ptr.
func (c *choices) rename(ptr string) string {
	r, ok := c.names[ptr]
	if ok {
		c.used[r.Pos] = true
	}
	return r.GoName
}

// formatType returns the Go type that the configuration chooses for a format.
func (c *choices) formatType(format string) *ir.GoType {
	t, ok := c.formats[format]
	if !ok {
		return nil
	}
	c.used[t.Pos] = true
	return &t.Type
}

// modelType returns the Go type that the configuration chooses for a
// component.
func (c *choices) modelType(ptr string) *ir.GoType {
	t, ok := c.models[ptr]
	if !ok {
		return nil
	}
	c.used[t.Pos] = true
	return &t.Type
}

// reportChoices reports the choices that nothing in the document has asked
// about.
func (b *builder) reportChoices() {
	for _, r := range b.opts.Renames {
		if b.used[r.Pos] {
			continue
		}
		if key, ok := componentSchema(r.Pointer); ok {
			b.diags.Warnf(r.Pos, "name-unused", "the document has no component schema %.60q%s", key, b.nearest(key))
		} else {
			b.diags.Warnf(r.Pos, "name-unused", "nothing with a Go name stands at #%s", r.Pointer)
		}
	}
	for _, t := range b.opts.Types {
		switch {
		case b.used[t.Pos]:
		case t.Format != "":
			b.diags.Warnf(t.Pos, "type-unused", "no schema of the document has the format %.60q", t.Format)
		default:
			b.diags.Warnf(t.Pos, "type-unused", "the document has no component schema %.60q%s", t.Schema, b.nearest(t.Schema))
		}
	}
}

// nearest names the component that was probably meant.
func (b *builder) nearest(key string) string {
	if b.doc.Components == nil {
		return ""
	}
	best := naming.Nearest(key, ordered(b, "/components/schemas", b.doc.Components.Schemas))
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %.60q?", best)
}
