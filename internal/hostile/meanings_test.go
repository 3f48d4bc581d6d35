package hostile

import "strings"

// meanings lists, for the places whose text decides what is generated and not
// only how it is called, harmless texts of every kind: the document with a
// payload there must give what one of these gives.
func meanings() map[string][]string {
	return map[string][]string{
		"":                            {"", strings.Repeat("long", 2000)}, // anywhere
		"server URL":                  {"https://a.test", "https://{a}.test", "https://{a}.{b}.test"},
		"server path":                 {"{a}", "{a}{b}"},
		"server variable name":        {"other"},
		"path":                        {"{a}/b", "{a}{b}", "a b", "a?b", "a#b"},
		"path parameter name":         {"a b", "a}", "a}{b", "a}/{b"},
		"method":                      {"x-none"},
		"operationId":                 {},
		"parameter style":             {"form"},
		"parameter media type":        {"x/y"},
		"parameter pattern":           {"(", "(?=a)"},
		"pattern":                     {"(", "(?=a)"},
		"property names pattern":      {"(", "(?=a)"},
		"format":                      {"none"},
		"HTTP scheme":                 {"bearer"},
		"page parameter":              {"a b", " "},
		"pages items":                 {"a.b", "a b"},
		"x-go-pagination total-pages": {"none"},
		"x-go-result":                 {"none"},
		"x-go-service":                {"no name"},
		"request media type":          {"x/y", "text/plain"},
		"response media type":         {"x/y", "text/plain", "no type"},
		"encoding content type":       {"x/y", "application/json"},
		"response code":               {"x"},
		"response component":          {"a/b"},
		"schema component":            {"a/b"},
		"variant component":           {"a/b"},
		"parameter component":         {"a/b"},
		"request body component":      {"a/b"},
		"header component":            {"a/b"},
		"path item component":         {"a/b"},
		"definition":                  {"a/b"},
		"tag parent":                  {"none"},
		"x-go-type":                   {"no type"},
		"x-go-type-import":            {"no path", "other/netip"},
		"x-go-type-import path":       {"no path", "other/netip"},
		"discriminator name":          {},
	}
}
