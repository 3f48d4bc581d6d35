package config

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"slices"

	"github.com/seed-a7989e22/apigen/generator/diag"
)

// Sum returns a hash of what shapes the package: everything that the
// configuration says, but for where files are and where it says so.
func (c Client) Sum() (string, error) {
	c.Overlays = slices.Clone(c.Overlays)
	for i, o := range c.Overlays {
		c.Overlays[i].Path = filepath.Base(o.Path)
		if rel, err := filepath.Rel(c.Root, o.Path); err == nil {
			c.Overlays[i].Path = filepath.ToSlash(rel)
		}
	}
	c.Spec, c.Root, c.Out, c.Pos = filepath.Base(c.Spec), "", "", diag.Pos{}
	text, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		return "", err
	}
	if text, err = json.Marshal(withoutPos(plain)); err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}

// withoutPos removes the positions in v.
func withoutPos(v any) any {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			withoutPos(item)
		}
	case map[string]any:
		delete(v, "Pos")
		for _, item := range v {
			withoutPos(item)
		}
	}
	return v
}
