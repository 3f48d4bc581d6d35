package build

import (
	"cmp"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/pattern"
)

// restOfSizes keeps the limits that no code checks.
func (r *remainders) restOfSizes(s *ir.Schema, n node, c claim, k kinds) {
	own := r.says(n).sizes
	if len(own) == 0 {
		return
	}
	limits := r.limits(c)
	if st, ok := ir.Underlying(c.typ).(*ir.Struct); ok && st.Constraint != nil {
		limits = append(limits, st.Constraint)
	}
	checked := r.checksLimits(c)
	for _, keyword := range own {
		if k&limitedKinds(keyword.Name) == 0 {
			continue
		}
		if r.metByAll(c, keyword) {
			continue
		}
		if checked && slices.ContainsFunc(limits, func(l *ir.Constraint) bool {
			return covers(l, keyword) || r.mistaken(c, contradicts(l, keyword))
		}) {
			continue
		}
		s.Keywords = append(s.Keywords, keyword)
	}
}

// checksLimits reports whether code is generated that checks the limits of
// values of a type.
func (r *remainders) checksLimits(c claim) bool {
	switch t := ir.Underlying(c.typ).(type) {
	case *ir.Prim:
		switch t.Kind {
		case ir.String, ir.Int64, ir.Int32, ir.Uint64, ir.Float64, ir.Float32:
			return true
		}
		return false
	case *ir.Enum:
		return false
	}
	return true
}

// metByAll reports whether all values of a closed enum meet a limit.
func (r *remainders) metByAll(c claim, k ir.Keyword) bool {
	e, ok := ir.Underlying(c.typ).(*ir.Enum)
	return ok && !e.Open && !slices.ContainsFunc(e.Values, func(v *ir.EnumValue) bool { return !r.meets(v.Value.Text, k) })
}

// meets reports whether a scalar meets a limit.
func (r *remainders) meets(text string, k ir.Keyword) bool {
	length := uint64(utf8.RuneCountInString(text))
	n := ir.Number(text)
	switch k.Name {
	case "minLength":
		return atLeast(&length, k.JSON)
	case "maxLength":
		return atMost(&length, k.JSON)
	case "minimum":
		return order(n, k.JSON) >= 0
	case "maximum":
		return order(n, k.JSON) <= 0
	case "exclusiveMinimum":
		return order(n, k.JSON) > 0
	case "exclusiveMaximum":
		return order(n, k.JSON) < 0
	case "pattern":
		expr, engine := pattern.Translate(unquote(k.JSON))
		re, err := regexp.Compile(expr)
		return engine == pattern.RE2 && err == nil && re.MatchString(text)
	}
	return false
}

// limitedKinds returns the kinds that a limit is for.
func limitedKinds(keyword string) kinds {
	switch keyword {
	case "minLength", "maxLength", "pattern":
		return kindString
	case "minItems", "maxItems", "uniqueItems":
		return kindArray
	case "minProperties", "maxProperties":
		return kindObject
	}
	return kindInt | kindNumber
}

// covers reports whether a constraint asks for as much as a keyword.
func covers(l *ir.Constraint, k ir.Keyword) bool {
	switch k.Name {
	case "minLength":
		return atLeast(l.MinLength, k.JSON)
	case "maxLength":
		return atMost(l.MaxLength, k.JSON)
	case "minItems":
		return atLeast(l.MinItems, k.JSON)
	case "maxItems":
		return atMost(l.MaxItems, k.JSON)
	case "minProperties":
		return atLeast(l.MinProperties, k.JSON)
	case "maxProperties":
		return atMost(l.MaxProperties, k.JSON)
	case "uniqueItems":
		return l.UniqueItems
	case "pattern":
		return quote(l.Pattern) == k.JSON
	case "minimum", "exclusiveMinimum":
		return within(l.Minimum, l.ExclusiveMin, k, 1)
	case "maximum", "exclusiveMaximum":
		return within(l.Maximum, l.ExclusiveMax, k, -1)
	case "multipleOf":
		return string(l.MultipleOf) == k.JSON
	}
	return false
}

// contradicts reports whether no value can meet both a constraint and a keyword.
func contradicts(l *ir.Constraint, k ir.Keyword) bool {
	switch k.Name {
	case "minLength":
		return l.MaxLength != nil && order(ir.Number(texted(*l.MaxLength)), k.JSON) < 0
	case "maxLength":
		return l.MinLength != nil && order(ir.Number(texted(*l.MinLength)), k.JSON) > 0
	case "minimum":
		return l.Maximum != "" && order(l.Maximum, k.JSON) < 0
	case "maximum":
		return l.Minimum != "" && order(l.Minimum, k.JSON) > 0
	}
	return false
}

func atLeast(have *uint64, want string) bool {
	return have != nil && order(ir.Number(texted(*have)), want) >= 0
}

func atMost(have *uint64, want string) bool {
	return have != nil && order(ir.Number(texted(min(*have, 1<<31-1))), want) <= 0
}

func texted(n uint64) string { return new(big.Int).SetUint64(n).String() }

// within reports whether a bound is as tight as that of a keyword.
func within(have ir.Number, exclusive bool, k ir.Keyword, sign int) bool {
	if have == "" {
		return false
	}
	cmp := order(have, k.JSON) * sign
	return cmp > 0 || cmp == 0 && (exclusive || k.Name == "minimum" || k.Name == "maximum")
}

// order compares two numbers that the document wrote.
func order(a ir.Number, b string) int {
	if x, err := strconv.ParseInt(string(a), 10, 64); err == nil {
		if y, err := strconv.ParseInt(b, 10, 64); err == nil {
			return cmp.Compare(x, y)
		}
	}
	x, okX := new(big.Rat).SetString(string(a))
	y, okY := new(big.Rat).SetString(b)
	if !okX || !okY {
		return 0
	}
	return x.Cmp(y)
}
