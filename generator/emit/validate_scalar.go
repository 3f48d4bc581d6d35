package emit

import (
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/pattern"
)

// constraints gathers the limits of a value: those of its place, and those of
// the aliases that name its type.
func constraints(t ir.Type, own *ir.Constraint) []*ir.Constraint {
	var all []*ir.Constraint
	if own != nil {
		all = append(all, own)
	}
	for {
		a, ok := t.(*ir.Alias)
		if !ok || a.Defined {
			return all
		}
		if a.Constraint != nil {
			all = append(all, a.Constraint)
		}
		t = a.Target
	}
}

// mayBeEmpty reports whether limits have a pattern that an empty text matches.
func mayBeEmpty(limits []*ir.Constraint) bool {
	return slices.ContainsFunc(limits, func(c *ir.Constraint) bool {
		expr, engine := pattern.Translate(c.Pattern)
		if c.Pattern == "" || engine != pattern.RE2 {
			return false
		}
		re, err := regexp.Compile(expr)
		return err == nil && re.MatchString("")
	})
}

// checkScalar checks a scalar value.
func (e *emitter) checkScalar(p *ir.Prim, v value) []jen.Code {
	if chain := e.scalarChain(p, v, false); chain != nil {
		return chain
	}
	var body []jen.Code
	v = e.asWritten(p.Kind, v)
	if set := e.isSet(p, v); set != nil {
		body = append(body, e.call("c", "checker.required", jen.Lit(v.at), set))
	}
	for _, l := range v.limits {
		if l.Const == nil {
			continue
		}
		if lit, ok := basicLit(p.Kind, *l.Const); ok {
			body = append(body, e.call("c", "checker.constant", jen.Lit(v.at), jen.Add(v.x).Op("==").Add(lit)))
		}
	}
	return body
}

// isSet is the condition that a required scalar was not forgotten; nil where
// no value says so. In JSON the nil UUID may be meant: "none" or "the default".
// As a parameter it would name what does not exist.
func (e *emitter) isSet(p *ir.Prim, v value) *jen.Statement {
	switch {
	case !v.must || !e.sends():
	case p.Kind == ir.DateTime, p.Kind == ir.Date:
		return jen.Op("!").Add(v.x).Dot("IsZero").Call()
	case p.Kind == ir.UUID && isParameter(v.at):
		return jen.Add(v.x).Op("!=").Add(e.goType(v.typ)).Values()
	}
	return nil
}

// isParameter reports whether a place is that of a parameter, such as "path/id".
func isParameter(at string) bool {
	in, _, ok := strings.Cut(at, "/")
	return ok && in != ""
}

// asWritten is v with what the encoder fills in where it is zero.
func (e *emitter) asWritten(kind ir.PrimKind, v value) value {
	if v.filled == nil {
		return v
	}
	if only, ok := basicLit(kind, *v.filled); ok {
		v.x = e.use("written").Call(jen.Id("c"), v.x, only)
		v.must, v.nonempty = false, false
	}
	return v
}

// scalarChain checks a string or number by a chain of calls,
// c.string("/name", v.Name).minLength(1).maxLength(32); nil when there is
// nothing to check that way. Optional values are pointers.
func (e *emitter) scalarChain(p *ir.Prim, v value, optional bool) []jen.Code {
	var start, convert string
	switch p.Kind {
	case ir.String:
		start = "string"
	case ir.Int64:
		start = "int64"
	case ir.Int32:
		start, convert = "int64", "int64"
	case ir.Uint64:
		start = "uint64"
	case ir.Float64:
		start = "float64"
	case ir.Float32:
		start, convert = "float64", "float64"
	default:
		return nil
	}
	v = e.asWritten(p.Kind, v)
	x := v.x
	if optional {
		if convert != "" {
			return nil
		}
		start = map[string]string{"string": "optString", "int64": "optInt64", "uint64": "optUint64", "float64": "optFloat64"}[start]
	} else if convert != "" {
		x = jen.Id(convert).Call(x)
	}
	links := e.links(p, v)
	if len(links) == 0 {
		return nil
	}
	chain := e.call("c", "checker."+start, jen.Lit(v.at), x)
	for _, link := range links {
		chain.Add(link)
	}
	return []jen.Code{chain}
}

// links returns the calls of a chain.
func (e *emitter) links(p *ir.Prim, v value) []jen.Code {
	var links []jen.Code
	for _, l := range v.limits {
		switch p.Kind {
		case ir.String:
			links = append(links, e.stringLinks(l)...)
		case ir.Int64, ir.Int32, ir.Uint64:
			links = append(links, e.intLinks(l, p.Kind == ir.Uint64)...)
		default:
			links = append(links, e.floatLinks(l)...)
		}
	}
	if p.Kind == ir.String && v.nonempty && e.sends() {
		links = slices.Insert(links, 0, jen.Code(jen.Dot(e.name("stringCheck.required")).Call()))
	}
	return links
}

// link is a call in a chain.
func (e *emitter) link(method string, args ...jen.Code) *jen.Statement {
	return jen.Dot(e.name(method)).Call(args...)
}

func (e *emitter) stringLinks(l *ir.Constraint) []jen.Code {
	var links []jen.Code
	if l.MinLength != nil {
		links = append(links, e.link("stringCheck.minLength", intLit(clampInt(*l.MinLength))))
	}
	if l.MaxLength != nil {
		links = append(links, e.link("stringCheck.maxLength", intLit(clampInt(*l.MaxLength))))
	}
	if l.Pattern != "" {
		if p := e.pattern(l.Pattern); p.name != "" {
			check := pick(p.engine == pattern.RE2, "stringCheck.pattern", "stringCheck.backtracking")
			links = append(links, e.link(check, jen.Op("&").Id(p.name)))
		}
	}
	if function := formatFunc(l.Format); function != "" {
		links = append(links, e.link("stringCheck.format", jen.Lit(l.Format), e.use(function)))
	}
	if l.Const != nil && l.Const.Kind == ir.LitString {
		links = append(links, e.link("stringCheck.oneOf", jen.Lit("const"), jen.Lit(l.Const.Text)))
	}
	return links
}

// formatFunc is the support function that checks a format; empty for formats
// that are not checked.
func formatFunc(format string) string {
	switch format {
	case "email", "idn-email":
		return "isEmail"
	case "hostname":
		return "isHostname"
	case "ipv4":
		return "isIPv4"
	case "ipv6":
		return "isIPv6"
	case "uri":
		return "isURI"
	case "uri-reference":
		return "isURIReference"
	case "time":
		return "isTime"
	case "duration":
		return "isDuration"
	case "json-pointer":
		return "isJSONPointer"
	case "regex":
		return "isRegex"
	case "date-time":
		return "isDateTime"
	case "date":
		return "isDate"
	case "uuid":
		return "isUUID"
	case "byte":
		return "isBase64"
	}
	return ""
}

// knownFormats are the formats that are checked.
func knownFormats() []string {
	return []string{
		"byte", "date", "date-time", "duration", "email", "hostname", "idn-email", "ipv4", "ipv6", "json-pointer", "regex",
		"time", "uri", "uri-reference", "uuid",
	}
}

// intLinks checks an integer of 64 bits. A limit beyond these is none, or one that
// no value meets.
func (e *emitter) intLinks(l *ir.Constraint, unsigned bool) []jen.Code {
	check, low, high := "intCheck", big.NewInt(math.MinInt64), new(big.Int).SetUint64(math.MaxInt64)
	if unsigned {
		check, low, high = "uintCheck", new(big.Int), new(big.Int).SetUint64(math.MaxUint64)
	}
	var links []jen.Code
	add := func(method string, n *big.Int, ok bool) {
		switch {
		case !ok:
			return
		case n.Cmp(low) < 0 && (method == "max" || method == "below" || method == "is"):
			method, n = "below", low
		case n.Cmp(high) > 0 && (method == "min" || method == "above" || method == "is"):
			method, n = "above", high
		case n.Cmp(low) < 0 || n.Cmp(high) > 0:
			return
		}
		links = append(links, e.link(check+"."+method, jen.Op(n.String())))
	}
	if n, above, ok := intBound(l.Minimum, l.ExclusiveMin, false); ok && (above || n.Cmp(low) != 0) {
		add(pick(above, "above", "min"), n, true)
	}
	if n, below, ok := intBound(l.Maximum, l.ExclusiveMax, true); ok && (below || n.Cmp(high) != 0) {
		add(pick(below, "below", "max"), n, true)
	}
	if r, ok := rational(l.MultipleOf); ok { // whole multiples of 5/2 are those of 5
		add("multipleOf", r.Num(), r.Num().Cmp(big.NewInt(1)) > 0)
	}
	if l.Const != nil {
		n, ok := wholeNumber(ir.Number(l.Const.Text))
		add("is", n, ok)
	}
	return links
}

func (e *emitter) floatLinks(l *ir.Constraint) []jen.Code {
	var links []jen.Code
	add := func(limit ir.Number, method string) {
		if f, err := strconv.ParseFloat(string(limit), 64); err == nil {
			links = append(links, e.link(method, floatLit(f)))
		}
	}
	add(l.Minimum, pick(l.ExclusiveMin, "floatCheck.above", "floatCheck.min"))
	add(l.Maximum, pick(l.ExclusiveMax, "floatCheck.below", "floatCheck.max"))
	if f, err := strconv.ParseFloat(string(l.MultipleOf), 64); err == nil && f > 0 {
		links = append(links, e.link("floatCheck.multipleOf", floatLit(f)))
	}
	if l.Const != nil && l.Const.Kind == ir.LitNumber {
		add(ir.Number(l.Const.Text), "floatCheck.is")
	}
	return links
}

// integer returns a number as an int64 if it is one.
func integer(n ir.Number) (int64, bool) {
	if v, err := strconv.ParseInt(string(n), 10, 64); err == nil {
		return v, true
	}
	if v, ok := wholeNumber(n); ok && v.IsInt64() {
		return v.Int64(), true
	}
	return 0, false
}

// wholeNumber returns a number as an integer if it is one.
func wholeNumber(n ir.Number) (*big.Int, bool) {
	r, ok := rational(n)
	if !ok || !r.IsInt() {
		return nil, false
	}
	return r.Num(), true
}

// rational returns a number of a size and precision in reason.
func rational(n ir.Number) (*big.Rat, bool) {
	if f, err := strconv.ParseFloat(string(n), 64); err != nil || len(n) > 64 || math.Abs(f) > 1e20 {
		return nil, false
	}
	return new(big.Rat).SetString(string(n))
}

// intBound makes a bound of integers of any bound: a fraction is rounded to
// the inside, and what is far beyond 64 bits to what is beyond them.
func intBound(n ir.Number, exclusive, upper bool) (bound *big.Int, excl, ok bool) {
	r, ok := rational(n)
	if f, _ := strconv.ParseFloat(string(n), 64); !ok && math.Abs(f) > 1e20 {
		r, ok = new(big.Rat).SetFloat64(math.Copysign(1e20, f)), true
	}
	switch {
	case !ok:
		return nil, false, false
	case r.IsInt():
		return r.Num(), exclusive, true
	case upper:
		return new(big.Int).Div(r.Num(), r.Denom()), false, true
	}
	below := new(big.Int).Div(r.Num(), r.Denom())
	return below.Add(below, big.NewInt(1)), false, true
}

func clampInt(n uint64) int64 { return int64(min(n, math.MaxInt32)) }

func pick[T any](cond bool, yes, no T) T {
	if cond {
		return yes
	}
	return no
}

// between puts bounds into words; those that are excluded begin with "above " or "below ".
func between(low, high string) string {
	above, below := strings.HasPrefix(low, "above "), strings.HasPrefix(high, "below ")
	if low == high {
		return low
	}
	if low != "" && high != "" && !above && !below {
		return low + " to " + high
	}
	if low != "" && !above {
		low = "at least " + low
	}
	if high != "" && !below {
		high = "at most " + high
	}
	return strings.Trim(low+", "+high, ", ")
}

func count(n *uint64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatUint(*n, 10)
}

func limit(n ir.Number, exclusive bool, word string) string {
	if exclusive && n != "" {
		return word + string(n)
	}
	return string(n)
}
