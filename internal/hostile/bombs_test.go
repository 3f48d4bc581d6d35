package hostile

import (
	"encoding/json"
	"fmt"
	"strings"
)

// bomb is a document made to exhaust the generator.
type bomb struct {
	name string
	// text makes the document; they are not all in memory together.
	text func() string
}

// used is a document whose only operation returns the schema S0.
func used(schemas string) string {
	return `{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{"/a":{"get":{"operationId":"get","responses":{"200":{"description":"d",` +
		`"content":{"application/json":{"schema":{"$ref":"#/components/schemas/S0"}}}}}}}},"components":{"schemas":{` + schemas + `}}}`
}

// chain is n schemas, each made from the reference to the next one.
func chain(n int, format string) string {
	var list []string
	for i := range n {
		ref := fmt.Sprintf(`{"$ref":"#/components/schemas/S%d"}`, i+1)
		list = append(list, fmt.Sprintf(`"S%d":`, i)+strings.ReplaceAll(format, "NEXT", ref))
	}
	return used(strings.Join(append(list, fmt.Sprintf(`"S%d":{"type":"object","properties":{"end":{"type":"string"}}}`, n)), ","))
}

// pairs is n pairs of schemas, each made from references to both of the next
// pair; # is the number of the pair.
func pairs(n int, format string) string {
	var list []string
	for i := range n {
		text := strings.NewReplacer("LEFT", fmt.Sprintf(`{"$ref":"#/components/schemas/S%d"}`, i+1), "RIGHT", fmt.Sprintf(`{"$ref":"#/components/schemas/R%d"}`, i+1)).Replace(strings.ReplaceAll(format, "#", fmt.Sprint(i)))
		list = append(list, fmt.Sprintf(`"S%d":%s,"R%d":%s`, i, text, i, text))
	}
	end := `{"type":"object","properties":{"end":{"type":"string"}}}`
	return used(strings.Join(append(list, fmt.Sprintf(`"S%d":%s,"R%d":%s`, n, end, n, end)), ","))
}

// deep puts a schema into itself n times.
func deep(n int, before, after string) string {
	return used(`"S0":` + strings.Repeat(before, n) + "{}" + strings.Repeat(after, n))
}

// list repeats an element; # in it is its number.
func list(n int, element string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(element, "#", fmt.Sprint(i))
	}
	return strings.Join(parts, ",")
}

func bombs() []bomb {
	const head = `{"openapi":"3.1.0","info":{"title":"T","version":"1"},`
	get := `"get":{"responses":{"200":{"description":"d"}}}`
	product := strings.TrimSuffix(strings.Repeat(`{"oneOf":[`+list(10, `{"type":"object","required":["p#"],"properties":{"p#":{"type":"string"}}}`)+`]},`, 10), ",")
	all := []bomb{
		{"500 levels of allOf", func() string {
			return chain(500, `{"allOf":[NEXT,{"type":"object","properties":{"a":{"type":"string"}}}]}`)
		}},
		{"allOf that doubles", func() string { return chain(60, `{"allOf":[NEXT,NEXT]}`) }},
		{"parts of allOf that double", func() string {
			return chain(40, `{"allOf":[{"allOf":[NEXT],"minProperties":1},{"allOf":[NEXT],"maxProperties":9}]}`)
		}},
		{"parts of allOf that double with what Go types do not say", func() string {
			return chain(40, `{"type":"object","allOf":[{"allOf":[NEXT],"not":{"required":["a"]}},{"allOf":[NEXT],"dependentRequired":{"a":["b"]}}],"properties":{"a":{"type":"string"}}}`)
		}},
		{"two schemas of allOf that double", func() string { return pairs(40, `{"allOf":[LEFT,RIGHT]}`) }},
		{"two schemas of allOf that double, with limits", func() string {
			return pairs(40, `{"type":"object","allOf":[LEFT,RIGHT],"minProperties":#,"properties":{"p#":{"type":"string"}},"propertyNames":{"minLength":#}}`)
		}},
		{"two schemas of allOf and oneOf that double", func() string {
			return pairs(40, `{"allOf":[LEFT,RIGHT],"oneOf":[LEFT,{"type":"object","required":["p#"]}]}`)
		}},
		{"examples of two schemas that double", func() string {
			return pairs(40, `{"allOf":[LEFT,RIGHT],"items":{"allOf":[LEFT,RIGHT]},"example":[[[[{}]]],1,{}]}`)
		}},
		{"two schemas of anyOf that double", func() string { return pairs(40, `{"anyOf":[LEFT,RIGHT]}`) }},
		{"two schemas of oneOf that double, with limits", func() string {
			return pairs(40, `{"oneOf":[LEFT,RIGHT,{"type":"object","required":["p#"],"minProperties":#}]}`)
		}},
		{"two schemas of a not that doubles, with null", func() string {
			return pairs(40, `{"type":["object","null"],"not":{"anyOf":[LEFT,RIGHT,{"multipleOf":#}]}}`)
		}},
		{"conditions that double", func() string {
			return pairs(40, `{"type":"object","if":LEFT,"then":RIGHT,"else":{"dependentSchemas":{"p#":LEFT}}}`)
		}},
		{"two schemas of unevaluatedProperties that double", func() string {
			return pairs(40, `{"allOf":[LEFT,RIGHT],"properties":{"p#":{}},"unevaluatedProperties":false}`)
		}},
		{"two schemas of additionalProperties that double", func() string {
			return pairs(40, `{"allOf":[LEFT,RIGHT],"properties":{"p#":{"type":"string"}},"additionalProperties":{"maxLength":#}}`)
		}},
		{"two schemas with properties that double in allOf", func() string {
			return pairs(40, `{"type":"object","allOf":[{"properties":{"a":LEFT}},{"properties":{"a":RIGHT}}]}`)
		}},
		{"two schemas with items that double in allOf", func() string {
			return pairs(9, `{"type":"array","allOf":[{"items":LEFT},{"items":RIGHT}]}`)
		}},
		{"oneOf that doubles", func() string { return chain(60, `{"oneOf":[NEXT,{"allOf":[NEXT]}]}`) }},
		{"anyOf that doubles in lists", func() string {
			return chain(60, `{"anyOf":[{"type":"array","items":NEXT},{"type":"array","items":NEXT}]}`)
		}},
		{"properties that double", func() string { return chain(60, `{"type":"object","properties":{"a":NEXT,"b":NEXT}}`) }},
		{"anonymous properties that double", func() string {
			return chain(60, `{"type":"object","properties":{"a":{"allOf":[NEXT,{"description":"d"}]},"b":{"allOf":[NEXT,{"description":"e"}]}}}`)
		}},
		{"not that doubles", func() string { return chain(60, `{"not":NEXT,"if":NEXT,"then":NEXT,"else":NEXT}`) }},
		{"a chain of 5,000 references", func() string { return chain(5000, `NEXT`) }},
		{"a chain of 5,000 lists", func() string { return chain(5000, `{"type":"array","items":NEXT}`) }},
		{"a chain of 90 lists and maps", func() string { return chain(45, `{"type":"array","items":{"additionalProperties":NEXT}}`) }},
		{"as many lists and maps as allowed", func() string { return chain(8, `{"type":"array","items":{"additionalProperties":NEXT}}`) }},
		{"a chain of 5,000 maps", func() string { return chain(5000, `{"type":"object","additionalProperties":NEXT}`) }},
		{"products of oneOf in allOf", func() string { return used(`"S0":{"allOf":[` + product + `]}`) }},
		{"oneOf of allOf of oneOf", func() string {
			return used(`"S0":{"oneOf":[{"allOf":[` + product + `]},{"allOf":[{"oneOf":[{"allOf":[` + product + `]}]}]}]}`)
		}},
		{"10,000 levels of items", func() string { return deep(10_000, `{"items":`, `}`) }},
		{"10,000 levels of properties", func() string { return deep(10_000, `{"properties":{"a":`, `}}`) }},
		{"10,000 levels of allOf", func() string { return deep(10_000, `{"allOf":[`, `]}`) }},
		{"200 levels of properties", func() string { return deep(200, `{"type":"object","properties":{"a":`, `}}`) }},
		{"200 levels of allOf", func() string { return deep(200, `{"allOf":[`, `]}`) }},
		{"200 levels of oneOf", func() string { return deep(200, `{"oneOf":[{"type":"string"},`, `]}`) }},
		{"200 levels of not", func() string { return deep(200, `{"not":`, `}`) }},
		{"200 levels of maps", func() string { return deep(200, `{"additionalProperties":`, `}`) }},
		{"20,000 properties", func() string {
			return used(`"S0":{"type":"object","properties":{` + list(20_000, `"p#":{"type":"string"}`) + `}}`)
		}},
		{"20,000 properties of one name", func() string {
			return used(`"S0":{"type":"object","properties":{` + list(20_000, `"a`+"\u00ad"+`#":{"type":"string"}`) + `}}`)
		}},
		{"50,000 values", func() string { return used(`"S0":{"type":"string","enum":[` + list(50_000, `"v#"`) + `]}`) }},
		{"50,000 values of one name", func() string {
			return used(`"S0":{"type":"string","enum":[` + list(50_000, `"-#-`+"\u200b"+`"`) + `]}`)
		}},
		{"2,000 variants", func() string {
			return used(`"S0":{"oneOf":[` + list(2_000, `{"type":"object","properties":{"p#":{"type":"string"}}}`) + `]}`)
		}},
		{"2,000 operations of one name", func() string {
			return head + `"paths":{` + list(2_000, `"/p#":{"get":{"operationId":"same","responses":{"200":{"description":"d"}}}}`) + `}}`
		}},
		{"2,000 services", func() string {
			return head + `"paths":{` + list(2_000, `"/p#":{"get":{"tags":["t#"],"responses":{"200":{"description":"d"}}}}`) + `}}`
		}},
		{"2,000 parameters", func() string {
			return head + `"paths":{"/a":{"parameters":[` + list(2_000, `{"name":"p#","in":"query","schema":{"type":"string"}}`) + `],` + get + `}}}`
		}},
		{"a path with 1,000 variables", func() string {
			return head + `"paths":{"/` + strings.ReplaceAll(list(1_000, "{v#}"), ",", "/") + `":{` + get + `}}}`
		}},
		{"a path of a mebibyte", func() string { return head + `"paths":{"/` + strings.Repeat("a", 1<<20) + `":{` + get + `}}}` }},
		{"braces", func() string {
			return head + `"paths":{"/` + strings.Repeat("{", 1<<20) + `":{` + get + `},"/` + strings.Repeat("{}", 1<<19) + `":{` + get + `}}}`
		}},
		{"1,000 servers", func() string {
			return head + `"servers":[` + list(1_000, `{"url":"https://{v#}.test","variables":{"v#":{"default":"a","enum":["a","b"]}}}`) + `],"paths":{"/a":{` + get + `}}}`
		}},
		{"patterns", func() string {
			return used(`"S0":{"type":"object","properties":{` + list(500, `"p#":{"type":"string","pattern":"^(a{1,1000}){1,1000}#$"}`) + `}}`)
		}},
		{"huge limits", func() string {
			return used(`"S0":{"type":"object","properties":{"a":{"type":"string","maxLength":1e308,"minLength":-1},"b":{"type":"integer","maximum":` +
				strings.Repeat("9", 100_000) + `,"multipleOf":1e-999999999},"c":{"const":1e999999999}}}`)
		}},
		{"100 MB of spaces", func() string { return strings.Repeat(" ", 100_000_000) + used(`"S0":{}`) }},
		{"60 MB of spaces", func() string { return strings.Repeat(" ", 60_000_000) + used(`"S0":{}`) }},
		{"an alias bomb", func() string { return aliasBomb("x-bomb: ") }},
		{"an alias bomb of schemas", func() string { return aliasBomb("components: {schemas: {S0: {properties: ") + "}}}" }},
		{"descriptions of 50 MB", func() string { return used(`"S0":{"description":"` + strings.Repeat("word ", 10_000_000) + `"}`) }},
		{"markup", func() string { return used(`"S0":{"description":"` + strings.Repeat("<a ", 300_000) + `"}`) }},
		{"many errors", func() string { return used(list(20_000, `"S#":{"$ref":"../../x#"}`)) }},
	}
	return append(append(all, bomb{"all circles of two keywords", cycles}), crowds()...)
}

// aliasBomb is YAML in which ten aliases stand for ten aliases, nine times.
func aliasBomb(at string) string {
	var b strings.Builder
	b.WriteString("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\nx-a0: &a0 {" + list(10, "k#: {type: string}") + "}\n")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, "x-a%d: &a%d {%s}\n", i, i, list(10, fmt.Sprintf("k#: {properties: *a%d}", i-1)))
	}
	return b.String() + at + "*a9"
}

// cycles is a document with all circles of one and of two keywords.
func cycles() string {
	keywords := []string{`"allOf":[NEXT]`, `"oneOf":[NEXT]`, `"oneOf":[NEXT,{"type":"string"}]`, `"anyOf":[NEXT,{"type":"null"}]`, `"not":NEXT`, `"items":NEXT`,
		`"additionalProperties":NEXT`, `"properties":{"p":NEXT},"required":["p"]`, `"prefixItems":[NEXT]`, `"patternProperties":{"a":NEXT}`, `"if":NEXT,"then":NEXT`,
		`"$ref":"TARGET"`, `"propertyNames":NEXT`, `"contains":NEXT`, `"dependentSchemas":{"a":NEXT}`}
	schema := func(keyword, target string) string {
		pointer := "#/components/schemas/" + target
		return "{" + strings.NewReplacer("NEXT", `{"$ref":"`+pointer+`"}`, "TARGET", pointer).Replace(keyword) + "}"
	}
	schemas := map[string]json.RawMessage{}
	properties := map[string]json.RawMessage{}
	for i, a := range keywords {
		self := fmt.Sprintf("Self%d", i)
		schemas[self] = json.RawMessage(schema(a, self))
		properties[self] = json.RawMessage(`{"$ref":"#/components/schemas/` + self + `"}`)
		for j, b := range keywords {
			one, two := fmt.Sprintf("One%dx%d", i, j), fmt.Sprintf("Two%dx%d", i, j)
			schemas[one], schemas[two] = json.RawMessage(schema(a, two)), json.RawMessage(schema(b, one))
			properties[one] = json.RawMessage(`{"$ref":"#/components/schemas/` + one + `"}`)
		}
	}
	root, err := json.Marshal(map[string]any{"type": "object", "properties": properties})
	if err != nil {
		panic(err) // it is JSON
	}
	schemas["S0"] = root
	text, err := json.Marshal(schemas)
	if err != nil {
		panic(err) // it is JSON
	}
	return used(string(text[1 : len(text)-1]))
}
