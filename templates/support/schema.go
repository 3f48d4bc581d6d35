package support

import (
	"math"
	"regexp"
	"strconv"
	"sync"
)

// schemaSet holds what the document asks of values beyond what their Go types
// and the checks written out for them say: schemas of JSON Schema 2020-12 by
// name, in JSON. A "$ref" is such a name, "nullable" lets null pass, and a
// pattern that Go spells differently is a pair of the document's spelling and
// Go's. The text is read when the first value is checked.
type schemaSet struct {
	text    string
	formats []stringFormat
	// compile makes the patterns that package regexp cannot express; nil where
	// there are none.
	compile func(expr string) matcher

	once    sync.Once
	schemas map[string]*schema
}

// stringFormat is a format and what checks it.
type stringFormat struct {
	name string
	ok   func(string) bool
}

// matcher is a regular expression: whether it matches, and whether there was
// time to find out.
type matcher func(c *checker, text string) (ok, decided bool)

// schema is a JSON Schema; the zero value accepts everything, nil too.
type schema struct {
	never, nullable bool
	ref             string
	types           []string

	values     []*instance // of enum or const
	listed     string      // "enum" or "const", where there are values
	numbers    []limit
	counts     []limit
	unique     bool
	expression matcher
	source     string // of the expression
	format     *stringFormat
	required   []string
	dependent  []dependency

	properties            map[string]*schema
	patterns              []patternSchema
	additional, names     *schema
	prefix                []*schema
	items, contains       *schema
	minContains           int
	maxContains           int // -1 for any number
	allOf, anyOf, oneOf   []*schema
	not, test, then, els  *schema
	unevaluatedProperties *schema
	unevaluatedItems      *schema
}

// limit is a keyword that limits by a number.
type limit struct {
	keyword, text string
	n             int // of a count
}

// dependency is what has to hold where a property is present.
type dependency struct {
	property string
	required []string
	schema   *schema
}

// patternSchema is a schema for the properties whose names match.
type patternSchema struct {
	name   matcher
	source string
	schema *schema
}

// schema returns the schema of a name.
func (s *schemaSet) schema(name string) *schema {
	s.once.Do(func() {
		s.schemas = map[string]*schema{}
		d := &decoder{data: []byte(s.text)}
		for name := range d.members {
			s.schemas[name] = s.read(d)
		}
	})
	return s.schemas[name]
}

// read consumes a schema.
func (s *schemaSet) read(d *decoder) *schema {
	x := &schema{minContains: 1, maxContains: -1}
	if c := d.peek(); c == 't' || c == 'f' {
		x.never = !d.bool()
		return x
	}
	for name := range d.members {
		s.assertion(x, name, d)
	}
	return x
}

// assertion consumes the value of a keyword that speaks of the value itself.
func (s *schemaSet) assertion(x *schema, keyword string, d *decoder) {
	switch keyword {
	case "$ref":
		x.ref = d.string()
	case "nullable":
		x.nullable = d.bool()
	case "type":
		if d.peek() == '"' {
			x.types = []string{d.string()}
		} else {
			x.types = listOf(d, (*decoder).string)
		}
	case "enum":
		x.values, x.listed = listOf(d, (*decoder).instance), keyword
	case "const":
		x.values, x.listed = []*instance{d.instance()}, keyword
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
		x.numbers = append(x.numbers, limit{keyword: keyword, text: d.number()})
	case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties":
		n := d.int64()
		x.counts = append(x.counts, limit{keyword, strconv.FormatInt(n, 10), int(min(n, math.MaxInt32))})
	case "uniqueItems":
		x.unique = d.bool()
	case "pattern":
		x.source, x.expression = s.pattern(d)
	case "format":
		name := d.string()
		for i := range s.formats {
			if s.formats[i].name == name {
				x.format = &s.formats[i]
			}
		}
	case "required":
		x.required = listOf(d, (*decoder).string)
	case "dependentRequired":
		for name := range d.members {
			x.dependent = append(x.dependent, dependency{property: name, required: listOf(d, (*decoder).string)})
		}
	default:
		s.applicator(x, keyword, d)
	}
}

// applicator consumes the value of a keyword that holds schemas.
func (s *schemaSet) applicator(x *schema, keyword string, d *decoder) {
	switch keyword {
	case "properties":
		x.properties = mapOf(d, s.read)
	case "patternProperties":
		for name := range d.members {
			x.patterns = append(x.patterns, patternSchema{s.regexp(name), name, s.read(d)})
		}
	case "additionalProperties":
		x.additional = s.read(d)
	case "propertyNames":
		x.names = s.read(d)
	case "prefixItems":
		x.prefix = listOf(d, s.read)
	case "items":
		x.items = s.read(d)
	case "contains":
		x.contains = s.read(d)
	case "minContains":
		x.minContains = int(min(d.int64(), math.MaxInt32))
	case "maxContains":
		x.maxContains = int(min(d.int64(), math.MaxInt32))
	case "allOf":
		x.allOf = listOf(d, s.read)
	case "anyOf":
		x.anyOf = listOf(d, s.read)
	case "oneOf":
		x.oneOf = listOf(d, s.read)
	case "not":
		x.not = s.read(d)
	case "if":
		x.test = s.read(d)
	case "then":
		x.then = s.read(d)
	case "else":
		x.els = s.read(d)
	case "dependentSchemas":
		for name := range d.members {
			x.dependent = append(x.dependent, dependency{property: name, schema: s.read(d)})
		}
	case "unevaluatedProperties":
		x.unevaluatedProperties = s.read(d)
	case "unevaluatedItems":
		x.unevaluatedItems = s.read(d)
	}
}

// pattern consumes the value of pattern.
func (s *schemaSet) pattern(d *decoder) (source string, expression matcher) {
	if d.peek() == '"' {
		source = d.string()
		return source, s.regexp(source)
	}
	if pair := listOf(d, (*decoder).string); len(pair) == 2 {
		return pair[0], s.regexp(pair[1])
	}
	return "", nil
}

// regexp compiles a regular expression; nil when no engine has it.
func (s *schemaSet) regexp(expr string) matcher {
	if re, err := regexp.Compile(expr); err == nil {
		return func(_ *checker, text string) (ok, decided bool) { return re.MatchString(text), true }
	}
	if s.compile != nil {
		return s.compile(expr)
	}
	return nil
}
