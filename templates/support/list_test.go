package support

import (
	"strings"
	"testing"
)

type cell struct{ n int64 }

func (c *cell) decode(d *decoder) { c.n = d.int64() }
func (c *cell) encode(*encoder)   {}

type row struct{ cells []cell }

func (r *row) decode(d *decoder) { r.cells = decodeList[cell](d) }
func (r *row) encode(*encoder)   {}

// Many inner lists that each look like the start of a long one must not cost
// the square of the text.
func TestListGuessesAreBounded(t *testing.T) {
	text := "[" + strings.TrimSuffix(strings.Repeat("["+strings.TrimSuffix(strings.Repeat("1,", 40), ",")+"],", 10_000), ",") + "]"
	d := &decoder{data: []byte(text)}
	var rows []row
	if err := d.run(func(d *decoder) { rows = decodeList[row](d) }); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 10_000 || len(rows[9_999].cells) != 40 {
		t.Fatalf("decoded %d rows", len(rows))
	}
	if most := 4*len(text) + 64; d.guessed > most {
		t.Errorf("guessed %d bytes for a text of %d", d.guessed, len(text))
	}
}
