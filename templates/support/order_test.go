package support

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ordered has names that begin alike, and one that is not ASCII.
type ordered struct {
	A    string  `json:"a,omitzero"`
	AB   int64   `json:"ab,omitzero"`
	ABC  *string `json:"abc,omitzero"`
	Wide string  `json:"größe,omitzero"`
	Bits *string `json:"a_name_of_many_bits,omitzero"`
	Byte string  `json:"a_name_of_many_bytes,omitzero"`
}

// TestOrders decodes objects whose properties come in all orders, some twice, some not at all, some
// unknown, with and without white space, in several goroutines that share what is known of the type.
func TestOrders(t *testing.T) {
	properties := []string{
		`"a":"x"`, `"a": "y"`, `"ab":7`, `"ab" : 8`, `"abc":"z"`, `"\u0061bc":"w"`, `"größe":"1"`,
		`"gr\u00f6\u00dfe":"2"`, `"a_name_of_many_bits":"3"`, `"a_name_of_many_bytes": "4"`, `"a_name_of_many_b":5`, `"abcd":{"a":"no"}`, `"":[1,{"ab":9}]`,
	}
	var all sync.WaitGroup
	for g := range 4 {
		all.Add(1)
		go func() {
			defer all.Done()
			r := rand.New(rand.NewPCG(1, uint64(g)))
			for range 2000 {
				list := make([]string, r.IntN(8))
				for i := range list {
					list[i] = properties[r.IntN(len(properties))]
				}
				space := strings.Repeat(" ", r.IntN(12))
				text := fmt.Sprintf("{\n%s%s%s}", space, strings.Join(list, ",\n"+space), space)
				var got, want ordered
				if err := json.Unmarshal([]byte(text), &want); err != nil {
					t.Errorf("%s: %v", text, err)
				}
				if err := (&decoder{data: []byte(text)}).decode(&got); err != nil {
					t.Errorf("%s: %v", text, err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: %s", text, diff)
				}
			}
		}()
	}
	all.Wait()
}

// TestOrdersAreSyntax has what looks like the property that is expected, where none may be.
func TestOrdersAreSyntax(t *testing.T) {
	for _, text := range []string{
		`{"a":,"ab":7}`, `{"a":"x""ab":7}`, `{"a":"x",,"ab":7}`, `{,"a":"x"}`, `{"a":"x","ab":}`, `{"a":"x","ab"7}`, `{"a":"x","ab":7`,
		`{"a":"x","ab":7,}`, `{"abcd":,"ab":7}`, `{"a":"x",`, `{"a":"x","ab`, `{"a":"x","ab":`,
	} {
		for _, before := range []string{`{"a":"x","ab":7}`, `{"abcd":1,"a":"x","ab":7}`} {
			var v ordered
			if err := (&decoder{data: []byte(before)}).decode(&v); err != nil {
				t.Fatal(err)
			}
			if err := (&decoder{data: []byte(text)}).decode(&v); err == nil {
				t.Errorf("%s is accepted", text)
			}
		}
	}
}
