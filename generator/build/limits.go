package build

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/seed-a7989e22/apigen/generator/ir"
	"github.com/seed-a7989e22/apigen/generator/pattern"
)

// collectLimits merges the limits of n into c; the tighter one of two wins.
func (b *builder) collectLimits(c *ir.Constraint, n node) {
	sch := n.schema
	c.MinLength = tighter(c.MinLength, nonZero(sch.MinLength), false)
	c.MaxLength = tighter(c.MaxLength, sch.MaxLength, true)
	c.MinItems = tighter(c.MinItems, nonZero(sch.MinItems), false)
	c.MaxItems = tighter(c.MaxItems, sch.MaxItems, true)
	c.MinProperties = tighter(c.MinProperties, nonZero(sch.MinProps), false)
	c.MaxProperties = tighter(c.MaxProperties, sch.MaxProps, true)
	c.UniqueItems = c.UniqueItems || sch.UniqueItems
	if sch.Pattern != "" && !b.checkable(sch.Pattern) {
		b.warnOnce(join(n.ptr, "pattern"), "unchecked", "the pattern is not checked by the generated code: no regular expression engine for Go accepts it")
	}
	if c.Pattern == "" {
		c.Pattern = sch.Pattern // another one is left to the schema
	}
	if sch.Min != nil {
		c.Minimum, c.ExclusiveMin = bound(c.Minimum, c.ExclusiveMin, b.number(*sch.Min, join(n.ptr, "minimum")), false, 1)
	}
	if v := sch.ExclusiveMin.Value; v != nil {
		c.Minimum, c.ExclusiveMin = bound(c.Minimum, c.ExclusiveMin, b.number(*v, join(n.ptr, "exclusiveMinimum")), true, 1)
	}
	if sch.Max != nil {
		c.Maximum, c.ExclusiveMax = bound(c.Maximum, c.ExclusiveMax, b.number(*sch.Max, join(n.ptr, "maximum")), false, -1)
	}
	if v := sch.ExclusiveMax.Value; v != nil {
		c.Maximum, c.ExclusiveMax = bound(c.Maximum, c.ExclusiveMax, b.number(*v, join(n.ptr, "exclusiveMaximum")), true, -1)
	}
	if low, high := rangeOf(sch.Format); low != "" && typeKinds(sch)&kindInt != 0 && !b.opts.IgnoreFormats {
		c.Minimum, c.ExclusiveMin = bound(c.Minimum, c.ExclusiveMin, low, false, 1)
		c.Maximum, c.ExclusiveMax = bound(c.Maximum, c.ExclusiveMax, high, false, -1)
	}
	if sch.MultipleOf != nil && c.MultipleOf == "" && *sch.MultipleOf > 0 {
		c.MultipleOf = b.number(*sch.MultipleOf, join(n.ptr, "multipleOf"))
	}
}

// rangeOf returns the bounds of a format whose integers have a larger Go type.
func rangeOf(format string) (low, high ir.Number) {
	switch format {
	case "int8":
		return "-128", "127"
	case "uint8":
		return "0", "255"
	case "int16":
		return "-32768", "32767"
	case "uint16":
		return "0", "65535"
	case "uint32":
		return "0", "4294967295"
	}
	return "", ""
}

// nonZero makes kin-openapi's zero, which means absent, a nil.
func nonZero(n uint64) *uint64 {
	if n == 0 {
		return nil
	}
	return new(n)
}

// tighter returns the tighter of two limits, nil being none.
func tighter(a, b *uint64, upper bool) *uint64 {
	if a == nil || (b != nil && (*b < *a) == upper) {
		return b
	}
	return a
}

// bound returns the tighter of two bounds; sign is 1 for lower bounds, -1 for
// upper ones.
func bound(a ir.Number, aExcl bool, b ir.Number, bExcl bool, sign int) (ir.Number, bool) {
	if a == "" {
		return b, bExcl
	}
	x, okA := new(big.Rat).SetString(string(a))
	y, okB := new(big.Rat).SetString(string(b))
	if !okA || !okB {
		return a, aExcl
	}
	switch cmp := y.Cmp(x) * sign; {
	case cmp > 0:
		return b, bExcl
	case cmp == 0:
		return a, aExcl || bExcl
	}
	return a, aExcl
}

// checkable reports whether Go can match a pattern. A document has few
// patterns, which it repeats.
func (b *builder) checkable(source string) bool {
	ok, known := b.patterns[source]
	if !known {
		_, engine := pattern.Translate(source)
		ok = engine != pattern.None
		b.patterns[source] = ok
	}
	return ok
}

// contradiction returns the two limits that no value meets together, as a document calls them;
// empty when there are none.
func contradiction(c *ir.Constraint) string {
	above := func(low, high *uint64) bool { return low != nil && high != nil && *low > *high }
	switch {
	case above(c.MinLength, c.MaxLength):
		return "minLength and maxLength"
	case above(c.MinItems, c.MaxItems):
		return "minItems and maxItems"
	case above(c.MinProperties, c.MaxProperties):
		return "minProperties and maxProperties"
	case c.Minimum == "" || c.Maximum == "":
		return ""
	}
	low, okLow := new(big.Rat).SetString(string(c.Minimum))
	high, okHigh := new(big.Rat).SetString(string(c.Maximum))
	if okLow && okHigh && (low.Cmp(high) > 0 || low.Cmp(high) == 0 && (c.ExclusiveMin || c.ExclusiveMax)) {
		return "minimum and maximum"
	}
	return ""
}

// number returns the number at ptr with the digits of the source where it is
// written as JSON writes numbers, or else the decoded value.
func (b *builder) number(decoded float64, ptr string) ir.Number {
	if raw, ok := b.src.Raw(ptr); ok && isNumber(raw) && len(raw) < 40 && !strings.ContainsAny(raw, "eE") {
		return ir.Number(raw)
	}
	return ir.Number(strconv.FormatFloat(decoded, 'g', -1, 64))
}

// limitsFor returns the limits of c that apply to values of the given kinds,
// or nil when none do.
func limitsFor(c ir.Constraint, k kinds) *ir.Constraint {
	var out ir.Constraint
	if k&kindString != 0 {
		out.MinLength, out.MaxLength, out.Pattern, out.Format = c.MinLength, c.MaxLength, c.Pattern, c.Format
	}
	if k&(kindInt|kindNumber) != 0 {
		out.Minimum, out.ExclusiveMin = c.Minimum, c.ExclusiveMin
		out.Maximum, out.ExclusiveMax = c.Maximum, c.ExclusiveMax
		out.MultipleOf = c.MultipleOf
	}
	if k&kindArray != 0 {
		out.MinItems, out.MaxItems, out.UniqueItems = c.MinItems, c.MaxItems, c.UniqueItems
	}
	if k&kindObject != 0 {
		out.MinProperties, out.MaxProperties = c.MinProperties, c.MaxProperties
	}
	out.Const = c.Const
	if isZero(&out) {
		return nil
	}
	return &out
}

func isZero(c *ir.Constraint) bool {
	return c.MinLength == nil && c.MaxLength == nil && c.Pattern == "" && c.Format == "" &&
		c.Minimum == "" && c.Maximum == "" && c.MultipleOf == "" &&
		c.MinItems == nil && c.MaxItems == nil && !c.UniqueItems &&
		c.MinProperties == nil && c.MaxProperties == nil && c.Const == nil
}
