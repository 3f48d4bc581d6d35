package hostile

import (
	"fmt"
	"strings"
)

// crowds are documents with thousands of something that documents have a few
// of, or with names of thousands of characters.
func crowds() []bomb {
	const head = `{"openapi":"3.1.0","info":{"title":"T","version":"1"},`
	const done = `"responses":{"200":{"description":"d"}}`
	get := func(operation string) string { return head + `"paths":{"/a":{"get":{` + operation + `}}}}` }
	long := strings.Repeat("long name ", 500)
	all := []bomb{
		{"5,000 variables of a server", func() string {
			return head + `"servers":[{"url":"https://` + strings.ReplaceAll(list(5_000, "{v#}"), ",", ".") + `","variables":{` + list(5_000, `"v#":{"default":"a"}`) + `}}],"paths":{"/a":{"get":{` + done + `}}}}`
		}},
		{"5,000 servers", func() string {
			return head + `"servers":[` + list(5_000, `{"url":"https://v#.test","description":"Server #"}`) + `],"paths":{"/a":{"get":{` + done + `}}}}`
		}},
		{"5,000 servers of operations", func() string {
			return head + `"paths":{` + list(5_000, `"/a#":{"get":{"servers":[{"url":"https://{v}.t#.test","variables":{"v":{"default":"a"}}}],`+done+`}}`) + `}}`
		}},
		{"5,000 security alternatives", func() string {
			return head + `"components":{"securitySchemes":{` + list(5_000, `"s#":{"type":"apiKey","in":"header","name":"X-#"}`) + `}},"security":[` + list(5_000, `{"s#":[]}`) + `],"paths":{"/a":{"get":{` + done + `}},"/b":{"get":{` + done + `}}}}`
		}},
		{"5,000 schemes in each of 50 operations", func() string {
			return head + `"components":{"securitySchemes":{` + list(5_000, `"s#":{"type":"http","scheme":"bearer"}`) + `}},"paths":{` + list(50, `"/a#":{"get":{"security":[{`+list(5_000, `"s#":[]`)+`}],`+done+`}}`) + `}}`
		}},
		{"5,000 tags of an operation", func() string { return get(`"tags":[` + list(5_000, `"t#"`) + `],` + done) }},
		{"5,000 tags", func() string {
			return head + `"tags":[` + list(5_000, `{"name":"t#","description":"d #","parent":"t0"}`) + `],"paths":{` + list(5_000, `"/a#":{"get":{"tags":["t#"],`+done+`}}`) + `}}`
		}},
		{"5,000 services in a row", func() string {
			return get(`"x-go-service":"` + strings.ReplaceAll(list(5_000, "S#"), ",", ".") + `",` + done)
		}},
		{"5,000 media types", func() string {
			types := list(5_000, `"application/x-#":{"schema":{"type":"object","properties":{"a#":{"type":"string"}}}}`)
			return head + `"paths":{"/a":{"post":{"requestBody":{"content":{` + types + `}},"responses":{"200":{"description":"d","content":{` + types + `}}}}}}}`
		}},
		{"5,000 media types of JSON", func() string {
			types := list(5_000, `"application/x-#+json":{"schema":{"type":"object","properties":{"a#":{"type":"string"}}}}`)
			return head + `"paths":{"/a":{"post":{"requestBody":{"content":{` + types + `}},"responses":{"200":{"description":"d","content":{` + types + `}}}}}}}`
		}},
		{"all statuses", func() string {
			return get(`"responses":{` + list(900, `"#":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{"a#":{"type":"string"}}}}}}`) +
				`,` + list(5_000, `"2#":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{"a#":{"type":"string"}}}}}}`) + `}`)
		}},
		{"5,000 values with long names", func() string {
			return used(`"S0":{"type":"string","enum":[` + list(5_000, `"`+strings.Repeat("long name ", 20)+`#"`) + `]}`)
		}},
		{"5,000 long properties", func() string {
			return used(`"S0":{"type":"object","properties":{` + list(5_000, `"`+strings.Repeat("long name ", 20)+`#":{"type":"object","properties":{"a":{"type":"string","enum":["a","b"]}}}`) + `}}`)
		}},
		{"5,000 headers", func() string {
			return get(`"parameters":[` + list(5_000, `{"name":"X-#","in":"header","schema":{"type":"string"}}`) + `],"responses":{"200":{"description":"d","headers":{` + list(5_000, `"Y-#":{"schema":{"type":"integer"}}`) + `}}}`)
		}},
		{"5,000 cookies", func() string {
			return get(`"parameters":[` + list(5_000, `{"name":"c#","in":"cookie","schema":{"type":"array","items":{"type":"string"}}}`) + `],` + done)
		}},
		{"5,000 deep parameters", func() string {
			return get(`"parameters":[` + list(5_000, `{"name":"d#","in":"query","style":"deepObject","schema":{"type":"object","properties":{"a":{"type":"string"}}}}`) + `],` + done)
		}},
		{"5,000 links", func() string {
			return get(`"operationId":"get","responses":{"200":{"description":"d","links":{` + list(5_000, `"l#":{"operationId":"get","description":"d"}`) + `}}}`)
		}},
		{"5,000 callbacks", func() string {
			return get(`"callbacks":{` + list(5_000, `"c#":{"{$request.query.u}":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"a":{"type":"string"}}}}}},`+done+`}}}`) + `},` + done)
		}},
		{"5,000 webhooks", func() string {
			return head + `"webhooks":{` + list(5_000, `"w#":{"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"a":{"type":"string"}}}}}},`+done+`}}`) + `}}`
		}},
		{"5,000 examples", func() string {
			return get(`"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":"object"},"examples":{` + list(5_000, `"e#":{"value":{"a":#}}`) + `}}}}}`)
		}},
		{"5,000 scopes", func() string {
			return head + `"components":{"securitySchemes":{"o":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"https://a.test","scopes":{` + list(5_000, `"s#":"d"`) + `}}}}}},"security":[{"o":[` + list(5_000, `"s#"`) + `]}],"paths":{` + list(100, `"/a#":{"get":{`+done+`}}`) + `}}`
		}},
		{"5,000 mappings", func() string {
			return used(`"S0":{"oneOf":[` + list(500, `{"$ref":"#/components/schemas/V#"}`) + `],"discriminator":{"propertyName":"t","mapping":{` + list(5_000, `"m#":"#/components/schemas/V1"`) + `}}},` + list(500, `"V#":{"type":"object","properties":{"t":{"type":"string"},"p#":{"type":"string"}}}`))
		}},
		{"5,000 patterns of properties", func() string {
			return used(`"S0":{"type":"object","patternProperties":{` + list(5_000, `"^x#":{"type":"string","minLength":1}`) + `}}`)
		}},
		{"5,000 elements in front", func() string {
			return used(`"S0":{"type":"array","prefixItems":[` + list(5_000, `{"type":"string","minLength":#}`) + `]}`)
		}},
		{"5,000 dependent properties", func() string {
			return used(`"S0":{"type":"object","dependentRequired":{` + list(5_000, `"p#":["q#"]`) + `},"dependentSchemas":{` + list(5_000, `"p#":{"minProperties":#}`) + `}}`)
		}},
		{"5,000 parts of allOf", func() string {
			return used(`"S0":{"allOf":[` + list(5_000, `{"type":"object","properties":{"p#":{"type":"string"}},"minProperties":#}`) + `]}`)
		}},
		{"5,000 parts of not", func() string {
			return used(`"S0":{"type":"object","not":{"anyOf":[` + list(5_000, `{"required":["p#"]}`) + `]}}`)
		}},
		{"5,000 variants of one kind", func() string {
			return used(`"S0":{"anyOf":[` + list(5_000, `{"type":"string","maxLength":#}`) + `]}`)
		}},
		{"5,000 constants", func() string { return used(`"S0":{"oneOf":[` + list(5_000, `{"const":"c#","title":"T #"}`) + `]}`) }},
		{"200 variants that share 20,000 values of a base", func() string {
			return used(`"S0":{"oneOf":[` + list(200, `{"$ref":"#/components/schemas/V#"}`) + `],"discriminator":{"propertyName":"t"}},` +
				`"Base":{"type":"object","properties":{"t":{"enum":["V1",` + list(20_000, `"v#"`) + `]}},"required":["t"]},` +
				list(200, `"V#":{"allOf":[{"$ref":"#/components/schemas/Base"},{"type":"object","properties":{"p#":{"type":"string"}}}]}`))
		}},
		{"5,000 schemas that extend one", func() string {
			return used(`"S0":{"type":"object","discriminator":{"propertyName":"t"},"properties":{"t":{"type":"string"}},"required":["t"]},` +
				list(5_000, `"V#":{"allOf":[{"$ref":"#/components/schemas/S0"},{"type":"object","properties":{"a":{"type":"string"}}}]}`))
		}},
		{"5,000 kinds of errors", func() string {
			return head + `"paths":{` + list(1_000, `"/a#":{"get":{"responses":{"200":{"description":"d"},"400":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{"a#":{"type":"string"}}}}}},"default":{"description":"e","content":{"text/plain":{"schema":{"type":"string"}}}}}}}`) + `}}`
		}},
		{"10,000 operations below a path", func() string {
			return head + `"paths":{` + list(10_000, `"/api/v1/things/{id}/parts/p#":{"get":{`+done+`}}`) + `}}`
		}},
		{"20,000 paths of one name", func() string {
			var paths []string
			for i := range 20_000 {
				paths = append(paths, fmt.Sprintf(`"/a%s%s":{"get":{%s}}`, strings.Repeat("-", i%100), strings.Repeat("_", i/100), done))
			}
			return head + `"paths":{` + strings.Join(paths, ",") + `}}`
		}},
		{"20,000 schemas of one name outside of components", func() string {
			var uses, schemas []string
			for i := range 20_000 {
				uses = append(uses, fmt.Sprintf(`"p%d":{"$ref":"#/x-schemas/%c"}`, i, 0x4e00+i))
				schemas = append(schemas, fmt.Sprintf(`"%c":{"type":"object","properties":{"a":{"type":"string"}}}`, 0x4e00+i))
			}
			return head + `"x-schemas":{` + strings.Join(schemas, ",") +
				`},"components":{"schemas":{"S0":{"type":"object","properties":{` + strings.Join(uses, ",") + `}}}}}`
		}},
		{"20,000 operations with a parameter that an interpreter checks", func() string {
			return head + `"components":{"parameters":{"P":{"name":"p","in":"query","schema":{"type":"string","not":{"const":"x"}}}}},"paths":{` +
				list(20_000, `"/a#":{"get":{"parameters":[{"$ref":"#/components/parameters/P"}],`+done+`}}`) + `}}`
		}},
		{"10,000 operations of one id", func() string {
			return head + `"paths":{` + list(10_000, `"/api/p#":{"get":{"operationId":"same","tags":["same"],`+done+`}}`) + `}}`
		}},
		{"5,000 schemas of a long name", func() string {
			return used(`"S0":{"type":"object","properties":{` + list(5_000, `"p#":{"$ref":"#/components/schemas/`+strings.Repeat("a", 300)+`#"}`) + `}},` + list(5_000, `"`+strings.Repeat("a", 300)+`#":{"type":"object","properties":{"a":{"type":"string"}}}`))
		}},
		{"5,000 properties below a long name", func() string {
			return used(`"S0":{"type":"object","properties":{"` + strings.Repeat("a", 100_000) + `":{"type":"object","properties":{` + list(5_000, `"p#":{"type":"object","properties":{"a":{"type":"string"}}}`) + `}}}}`)
		}},
		{"10,000 properties below a name just short enough", func() string {
			return used(`"S0":{"type":"object","properties":{"` + strings.Repeat("a", 1_300) + `":{"type":"object","properties":{` + list(10_000, `"p#":{"type":"object","properties":{"a":{"type":"string"}}}`) + `}}}}`)
		}},
		{"10,000 properties below a path just short enough", func() string {
			return head + `"paths":{"/` + strings.Repeat("a", 1_300) + `":{"get":{"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":"object","properties":{` +
				list(10_000, `"p#":{"type":"object","properties":{"a":{"type":"string"}}}`) + `}}}}}}}}}}`
		}},
		{"5,000 properties of a parameter with a long name", func() string {
			return get(`"parameters":[{"name":"` + strings.Repeat("a", 100_000) + `","in":"query","style":"deepObject","schema":{"type":"object","properties":{` +
				list(5_000, `"p#":{"type":"object","properties":{"a":{"type":"string"}}}`) + `}}}],` + done)
		}},
		{"5,000 properties of a variant with a long title", func() string {
			long := strings.Repeat("a", 100_000)
			return used(`"S0":{"oneOf":[{"type":"object","title":"` + long + `","properties":{"t":{"const":"` + long + `"},` +
				list(5_000, `"p#":{"type":"object","properties":{"a":{"type":"string"}}}`) + `}},{"type":"string"}]}`)
		}},
		{"variants with 10,000 required properties", func() string {
			return used(`"S0":{"oneOf":[` + list(2, `{"type":"object","required":[`+list(10_000, `"p#"`)+`],"properties":{`+list(10_000, `"p#":{"type":"string","enum":["a"]}`)+`}}`) + `]}`)
		}},
		{"5,000 parts of allOf for all properties", func() string {
			return used(`"S0":{"allOf":[` + list(5_000, `{"type":"object","properties":{"p#":{"type":"string"}},"additionalProperties":{"maxLength":#}}`) + `]}`)
		}},
		{"5,000 titles of one name", func() string {
			return used(`"S0":{"type":"object","properties":{` + list(5_000, `"p#":{"title":"Same","type":"object","properties":{"a":{"type":"string"}}}`) + `}}`)
		}},
		{"5,000 characters of every name", func() string { return everyName(long) }},
		{"5,000 words of every name", func() string { return everyName(strings.Repeat("a_", 2_500)) }},
		{"5,000 signs of every name", func() string { return everyName(strings.Repeat("+", 5_000)) }},
	}
	for _, n := range []int{5_000, 50_000} {
		all = append(all, bomb{fmt.Sprintf("%d variables of a path", n), func() string {
			return head + `"paths":{"/` + strings.ReplaceAll(list(n, "{v#}"), ",", "/") + `":{"get":{` + done + `}}}}`
		}})
		for _, in := range []string{"path", "query"} {
			all = append(all, bomb{fmt.Sprintf("%d parameters in the %s", n/2, in), func() string {
				return head + `"paths":{"/a":{"parameters":[` + list(n/2, `{"name":"p#","in":"`+in+`","required":true,"schema":{"type":"string","enum":["a","b"],"maxLength":5}}`) + `],"get":{` + done + `}}}}`
			}})
		}
	}
	return all
}

// everyName is the document with all places, each with a name that is long and
// its own.
func everyName(long string) string {
	text, err := readPlaces()
	if err != nil {
		panic(err) // it is a file of this package
	}
	return placeholder.ReplaceAllStringFunc(text, func(m string) string {
		parts := placeholder.FindStringSubmatch(m)
		if strings.Contains(parts[1], "$ref") || strings.HasPrefix(parts[1], "mapping") || parts[1] == "method" || parts[1] == "response code" {
			return parts[2]
		}
		return long + parts[1]
	})
}
