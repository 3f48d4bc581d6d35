package support

import (
	"fmt"

	"github.com/oapi-codegen/runtime"
)

// styled formats a parameter in any style of OpenAPI, escaped for its place.
// The value is what write makes of v.
func styled[P any](r *request, name, style string, explode bool, in runtime.ParamLocation, v P, write func(P, *encoder)) string {
	var value any
	d := &decoder{data: []byte(jsonText(r, v, write))}
	r.fail(d.run(func(d *decoder) { decodeAny(&value, d) }))
	return styledValue(r, name, style, explode, in, value)
}

// styledValue formats a free-form value; null is nothing.
func styledValue(r *request, name, style string, explode bool, in runtime.ParamLocation, value any) string {
	deep := style == "deepObject"
	switch all := value.(type) {
	case nil:
		return ""
	case map[string]any:
		value = plainObject(all, deep, in)
	case []any:
		for i, item := range all {
			if !deep {
				all[i], _ = itemText(item)
			}
		}
	default:
		if deep {
			style = "form"
		}
	}
	text, err := runtime.StyleParamWithLocation(style, explode || deep, name, in, value)
	if err != nil {
		r.fail(fmt.Errorf("parameter %s: %w", name, err))
	}
	return text
}

// plainObject prepares an object for a style: it has no nulls, and if it is
// not deep, nested values are JSON, and the keys are escaped.
func plainObject(all map[string]any, deep bool, in runtime.ParamLocation) map[string]any {
	out := map[string]any{}
	for key, item := range all {
		nested, isObject := item.(map[string]any)
		switch {
		case item == nil:
			continue
		case deep && isObject:
			item = plainObject(nested, deep, in)
		case !deep:
			item, _ = itemText(item)
			if in == runtime.ParamLocationQuery || in == runtime.ParamLocationPath {
				key = string(appendEscaped(nil, key, ""))
			}
		}
		out[key] = item
	}
	return out
}

// addStyled adds what styled returns.
func (p *pairs) addStyled(text string) {
	if text != "" {
		p.begin()
		p.text = append(p.text, text...)
	}
}
