package issuesdata

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

func TestList(t *testing.T) {
	list, err := List(100)
	if err != nil {
		t.Fatal(err)
	}
	again, err := List(100)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(list, again) {
		t.Error("the same number of issues gives other bytes")
	}
	if kb := len(list) / 1000; kb < 260 || kb > 300 {
		t.Errorf("100 issues are %d kB, want about 280 kB", kb)
	}
	escaped := bytes.Count(list, []byte{'\\'})
	if escaped == 0 || !utf8.Valid(list) || utf8.RuneCount(list) == len(list) {
		t.Error("the data has no escapes or no text beyond ASCII")
	}
	t.Logf("%d bytes, %d backslashes, %d runes", len(list), escaped, utf8.RuneCount(list))
}
