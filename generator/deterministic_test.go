package generator

import (
	"bytes"
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-a7989e22/apigen/generator/config"
)

// TestDeterministic generates documents several times: the bytes must not
// depend on the order of maps or on anything else but the document.
func TestDeterministic(t *testing.T) {
	files, err := filepath.Glob("../specs/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no documents in specs", err)
	}
	const corpus = "../../shared/corpus/"
	for _, name := range []string{"adyen-checkout-v71.yaml", "box.json", "discord.json", "github.json", "train-travel.yaml", "xero-accounting.yaml"} {
		found, _ := filepath.Glob(corpus + name)
		files = append(files, found...)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			first := digest(t, file)
			for range 2 {
				if digest(t, file) != first {
					t.Fatal("another run gives other bytes")
				}
			}
		})
	}
}

// TestLineEnds holds that a document with the line ends of another system, which
// version control may give it, makes the same package and the same lock.
func TestLineEnds(t *testing.T) {
	files, err := filepath.Glob("../specs/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no documents in specs", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), filepath.Base(file))
		if err := os.WriteFile(name, bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")), 0o666); err != nil {
			t.Fatal(err)
		}
		if digest(t, name) != digest(t, file) {
			t.Errorf("%s: other line ends give other bytes", file)
		}
	}
}

// digest generates a document in memory and returns a hash of all files, the
// lock included, and of the diagnostics.
func digest(t *testing.T, file string) (sum [sha256.Size]byte) {
	t.Helper()
	result, err := Run(context.Background(), Config{Mode: Memory, Clients: []config.Client{{Spec: file, Package: "p"}}})
	if err != nil {
		t.Fatal(err, result.Diagnostics)
	}
	h := sha256.New()
	for _, d := range result.Diagnostics {
		d.Pos.File = filepath.Base(d.Pos.File)
		h.Write([]byte(d.String()))
	}
	h.Write(result.Packages[0].Lock)
	for _, f := range result.Packages[0].Files {
		h.Write([]byte(f.Name))
		h.Write(f.Content)
	}
	copy(sum[:], h.Sum(nil))
	return sum
}
