package support

import (
	"maps"
	"slices"
	"strings"
)

// styling is how a parameter is written: in a style of OpenAPI, which are those
// of RFC 6570 and some more. "header" and "cookie" are what simple and form
// come down to there, and "cookies" is what OpenAPI calls the style cookie.
// A separator is a style too: simple with that in place of commas, for headers
// if it is no escape.
type styling struct {
	name, style string
	explode     bool
	keep        string // reserved characters that stay as they are
}

// styled writes a parameter, which v points to, in a style.
func styled(r *request, name, style string, explode bool, v any) string {
	d := &decoder{data: []byte(jsonText(r, v))}
	value := d.any()
	r.fail(d.end())
	return styling{name, style, explode, reservedIn(reserved[:r.query.keep], explode)}.text(value)
}

// text writes a free-form value; null is nothing, and so is what is empty.
func (s styling) text(value any) string {
	deep := s.style == "deepObject"
	object, isObject := value.(map[string]any)
	list, isList := value.([]any)
	switch {
	case value == nil:
		return ""
	case deep && (isObject || isList):
		return strings.Join(s.deep(nil, s.escape(s.name, ""), value), "&")
	case isObject:
		return s.object(object)
	case isList:
		var items []string
		for _, item := range list {
			items = append(items, s.item(item))
		}
		return s.join(items, false)
	}
	s.explode = s.explode || deep
	return s.join([]string{s.item(value)}, false)
}

// object writes the properties that are not null.
func (s styling) object(all map[string]any) string {
	_, equal := s.delimiters(false)
	if s.explode {
		equal = "="
	}
	var parts []string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if all[key] != nil {
			parts = append(parts, s.escape(key, "")+equal+s.item(all[key]))
		}
	}
	return s.join(parts, s.explode)
}

// deep appends a pair for each scalar in value, under its path in brackets.
func (s styling) deep(pairs []string, path string, value any) []string {
	switch value := value.(type) {
	case nil:
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			pairs = s.deep(pairs, path+"%5B"+s.escape(key, "")+"%5D", value[key])
		}
	case []any:
		for i, item := range value {
			pairs = s.deep(pairs, path+"%5B"+formatInt(int64(i))+"%5D", item)
		}
	default:
		pairs = append(pairs, path+"="+s.item(value))
	}
	return pairs
}

// join puts the parts of a value together, which may be named themselves.
func (s styling) join(parts []string, named bool) string {
	if len(parts) == 0 {
		return ""
	}
	first, separator := s.delimiters(named)
	return first + strings.Join(parts, separator)
}

// delimiters are what stands before the first part of a value, and between two.
func (s styling) delimiters(named bool) (first, separator string) {
	name := s.escape(s.name, "") + "="
	switch style := s.style; {
	case style == "simple", style == "header", style == "cookie":
		return "", ","
	case style == "|", style == " ", style == "\t", strings.HasPrefix(style, "%"):
		return "", style
	case style == "cookies" && named:
		return "", "; "
	case style == "cookies" && s.explode:
		return name, "; " + name
	case style == "label" && s.explode:
		return ".", "."
	case style == "label":
		return ".", ","
	case style == "matrix" && named:
		return ";", ";"
	case style == "matrix" && s.explode:
		return ";" + name, ";" + name
	case style == "matrix":
		return ";" + name, ","
	case named:
		return "", "&"
	case s.explode:
		return name, "&" + name
	case style == "spaceDelimited":
		return name, "%20"
	case style == "pipeDelimited":
		return name, "%7C"
	case style == "tabDelimited":
		return name, "%09"
	}
	return name, ","
}

// item writes a part of a value: JSON if it is an array or object itself.
func (s styling) item(value any) string {
	text, _ := itemText(value, false)
	return s.escape(text, s.keep)
}

// escape escapes text for its place. Headers have no escapes.
func (s styling) escape(text, keep string) string {
	switch s.style {
	case "header", "cookies", "|", " ", "\t":
		return text
	case "cookie":
		keep = inCookies
	}
	return string(appendEscaped(nil, text, keep))
}

// cookies writes a parameter in the style cookie, which v points to: nothing is
// escaped, so that no part of it can have what ends a cookie.
func cookies(r *request, name string, explode bool, v any) string {
	if strings.Contains(jsonText(r, v), ";") {
		r.check.add("cookie/"+name, "not", `a ";", which ends a cookie`)
	}
	return styled(r, name, "cookies", explode, v)
}

// addStyled adds what styled returns.
func (p *pairs) addStyled(text string) {
	if text != "" {
		p.begin()
		p.text = append(p.text, text...)
	}
}
