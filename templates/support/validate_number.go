package support

import (
	"math"
	"math/big"
	"strconv"
)

// intCheck checks an integer; without a checker there is nothing to check.
type intCheck struct {
	c  *checker
	at string
	v  int64
}

func (c *checker) int64(at string, v int64) intCheck { return intCheck{c, at, v} }

//go:noinline
func (c *checker) optInt64(at string, v *int64) intCheck {
	if v == nil {
		return intCheck{}
	}
	return intCheck{c, at, *v}
}

//go:noinline
func (n intCheck) min(limit int64) intCheck { return n.test(n.v >= limit, "minimum", limit) }

//go:noinline
func (n intCheck) max(limit int64) intCheck { return n.test(n.v <= limit, "maximum", limit) }

//go:noinline
func (n intCheck) is(only int64) intCheck { return n.test(n.v == only, "const", only) }

//go:noinline
func (n intCheck) above(limit int64) intCheck { return n.test(n.v > limit, "exclusiveMinimum", limit) }

//go:noinline
func (n intCheck) below(limit int64) intCheck { return n.test(n.v < limit, "exclusiveMaximum", limit) }

//go:noinline
func (n intCheck) multipleOf(limit int64) intCheck {
	return n.test(n.v%limit == 0, "multipleOf", limit)
}

func (n intCheck) test(ok bool, keyword string, limit int64) intCheck {
	if !ok && n.c != nil {
		n.c.add(n.at, keyword, strconv.FormatInt(limit, 10))
	}
	return n
}

// uintCheck checks an integer without a sign; without a checker there is nothing to check.
type uintCheck struct {
	c  *checker
	at string
	v  uint64
}

func (c *checker) uint64(at string, v uint64) uintCheck { return uintCheck{c, at, v} }

//go:noinline
func (c *checker) optUint64(at string, v *uint64) uintCheck {
	if v == nil {
		return uintCheck{}
	}
	return uintCheck{c, at, *v}
}

//go:noinline
func (n uintCheck) min(limit uint64) uintCheck { return n.test(n.v >= limit, "minimum", limit) }

//go:noinline
func (n uintCheck) max(limit uint64) uintCheck { return n.test(n.v <= limit, "maximum", limit) }

//go:noinline
func (n uintCheck) is(only uint64) uintCheck { return n.test(n.v == only, "const", only) }

//go:noinline
func (n uintCheck) above(limit uint64) uintCheck {
	return n.test(n.v > limit, "exclusiveMinimum", limit)
}

//go:noinline
func (n uintCheck) below(limit uint64) uintCheck {
	return n.test(n.v < limit, "exclusiveMaximum", limit)
}

//go:noinline
func (n uintCheck) multipleOf(limit uint64) uintCheck {
	return n.test(n.v%limit == 0, "multipleOf", limit)
}

func (n uintCheck) test(ok bool, keyword string, limit uint64) uintCheck {
	if !ok && n.c != nil {
		n.c.add(n.at, keyword, strconv.FormatUint(limit, 10))
	}
	return n
}

// floatCheck checks a number; without a checker there is nothing to check.
type floatCheck struct {
	c  *checker
	at string
	v  float64
}

func (c *checker) float64(at string, v float64) floatCheck { return floatCheck{c, at, v} }

//go:noinline
func (c *checker) optFloat64(at string, v *float64) floatCheck {
	if v == nil {
		return floatCheck{}
	}
	return floatCheck{c, at, *v}
}

//go:noinline
func (n floatCheck) min(limit float64) floatCheck { return n.test(n.v >= limit, "minimum", limit) }

//go:noinline
func (n floatCheck) max(limit float64) floatCheck { return n.test(n.v <= limit, "maximum", limit) }

//go:noinline
func (n floatCheck) is(only float64) floatCheck { return n.test(n.v == only, "const", only) }

//go:noinline
func (n floatCheck) above(limit float64) floatCheck {
	return n.test(n.v > limit, "exclusiveMinimum", limit)
}

//go:noinline
func (n floatCheck) below(limit float64) floatCheck {
	return n.test(n.v < limit, "exclusiveMaximum", limit)
}

//go:noinline
func (n floatCheck) multipleOf(limit float64) floatCheck {
	return n.test(n.c == nil || isMultiple(n.v, limit), "multipleOf", limit)
}

func (n floatCheck) test(ok bool, keyword string, limit float64) floatCheck {
	if !ok && n.c != nil {
		n.c.add(n.at, keyword, strconv.FormatFloat(limit, 'g', -1, 64))
	}
	return n
}

// isMultiple divides the decimal numbers that the floats stand for, so that
// 0.3 is a multiple of 0.1.
func isMultiple(v, of float64) bool {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return false
	}
	if math.Abs(v) < 1<<53 && v == math.Trunc(v) && of == math.Trunc(of) && of != 0 {
		return math.Mod(v, of) == 0
	}
	x, ok1 := new(big.Rat).SetString(strconv.FormatFloat(v, 'g', -1, 64))
	y, ok2 := new(big.Rat).SetString(strconv.FormatFloat(of, 'g', -1, 64))
	return ok1 && ok2 && y.Sign() != 0 && x.Quo(x, y).IsInt()
}
