package examples

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// changed changes JSON at one place, at random; nil when it stays the same.
func changed(r *rand.Rand, text []byte) []byte {
	v, err := parse(text)
	if err != nil {
		return nil
	}
	at := r.IntN(size(v))
	out, err := json.Marshal(change(r, v, &at))
	if err != nil || bytes.Equal(out, text) {
		return nil
	}
	return out
}

// size counts the values in a value.
func size(v any) int {
	n := 1
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			n += size(x)
		}
	case []any:
		for _, x := range v {
			n += size(x)
		}
	}
	return n
}

// change changes the value that comes after at others.
func change(r *rand.Rand, v any, at *int) any {
	*at--
	if *at < 0 {
		return other(r, v)
	}
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if v[key] = change(r, v[key], at); *at < 0 {
				break
			}
		}
	case []any:
		for i := range v {
			if v[i] = change(r, v[i], at); *at < 0 {
				break
			}
		}
	}
	return v
}

// other is something like v that is not v. It is never null, which is lenient:
// it may be where any part of a schema allows it.
func other(r *rand.Rand, v any) any {
	all := []any{"text", json.Number("5"), true, []any{}, map[string]any{}, json.Number("1.5")}
	switch v := v.(type) {
	case map[string]any:
		if keys := slices.Sorted(maps.Keys(v)); len(keys) > 0 {
			delete(v, keys[r.IntN(len(keys))])
			all = append(all, v, v, v, v, v, v)
		}
	case []any:
		if len(v) > 0 {
			all = append(all, append(slices.Clone(v), v[0]), slices.Repeat(v, 60/len(v)+1))
		}
	case string:
		all = append(all, "", "!", v+"zzz", strings.Repeat("x", 1<<16))
	case json.Number:
		all = append(all, json.Number("-1"), json.Number("0"), json.Number("1000000000"), json.Number("0.123"))
	}
	return all[r.IntN(len(all))]
}
