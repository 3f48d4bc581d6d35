// Package same checks that JSON texts mean the same.
package same

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"time"

	"github.com/google/go-cmp/cmp"
)

// JSON returns an error with the differences between two JSON texts. A
// property that is null and one that is absent are the same, as are numbers
// with the same value and times at the same instant: clients have different
// types for them.
func JSON(want, got []byte) error {
	w, err := canonical(want)
	if err != nil {
		return err
	}
	g, err := canonical(got)
	if err != nil {
		return err
	}
	if diff := cmp.Diff(w, g); diff != "" {
		return fmt.Errorf("not the same values (-want +got):\n%.2000s", diff)
	}
	return nil
}

// number is a number in its shortest spelling, which no string equals.
type number string

func canonical(text []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	return simplify(v), nil
}

func simplify(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if value == nil {
				delete(v, key)
				continue
			}
			v[key] = simplify(value)
		}
		return v
	case []any:
		for i := range v {
			v[i] = simplify(v[i])
		}
		return v
	case json.Number:
		if r, ok := new(big.Rat).SetString(v.String()); ok {
			return number(r.RatString())
		}
		return v
	case string:
		if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return t.UTC().Format(time.RFC3339Nano)
		}
		return v
	default:
		return v
	}
}
