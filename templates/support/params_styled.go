package support

import (
	"encoding/json"
	"fmt"

	"github.com/oapi-codegen/runtime"
)

// styled formats a parameter in any style of OpenAPI, escaped for its place.
// The value is what write makes of v.
func styled[T any](r *request, name, style string, explode bool, in runtime.ParamLocation, v *T, write func(*T, *encoder)) string {
	data, err := encodeJSON(func(e *encoder) { write(v, e) }, true)
	var value any
	if err == nil {
		err = (&decoder{data: data}).run(func(d *decoder) { decodeAny(&value, d) })
	}
	switch all := value.(type) {
	case nil:
		return ""
	case map[string]any:
		value = plainObject(all, style != "deepObject", in)
	case []any:
		for i, item := range all {
			all[i] = plainItem(item)
		}
	}
	text := ""
	if err == nil {
		text, err = runtime.StyleParamWithLocation(style, explode || style == "deepObject", name, in, value)
	}
	if err != nil {
		r.fail(fmt.Errorf("parameter %s: %w", name, err))
	}
	return text
}

// plainObject prepares an object for a style: without nulls; if it is to be
// flat, nested values are JSON, and keys are escaped.
func plainObject(all map[string]any, flat bool, in runtime.ParamLocation) map[string]any {
	out := map[string]any{}
	for key, item := range all {
		if item == nil {
			continue
		}
		if flat {
			item = plainItem(item)
			if in == runtime.ParamLocationQuery || in == runtime.ParamLocationPath {
				key = string(appendEscaped(nil, key, ""))
			}
		} else if nested, ok := item.(map[string]any); ok {
			item = plainObject(nested, false, in)
		}
		out[key] = item
	}
	return out
}

// plainItem is a value as it is, or JSON if it is not a scalar.
func plainItem(item any) any {
	switch item.(type) {
	case nil:
		return ""
	case map[string]any, []any:
		data, _ := json.Marshal(item)
		return string(data)
	}
	return item
}

// addStyled adds what styled returns.
func (p *pairs) addStyled(text string) {
	if text != "" {
		p.begin()
		p.text = append(p.text, text...)
	}
}
