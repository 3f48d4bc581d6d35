package support

import (
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// instance is a JSON value as it came: numbers keep their digits, properties
// their order.
type instance struct {
	kind  string // in the words of JSON Schema: "object", "array", ...
	text  string // of a string, number or boolean
	names []string
	items []*instance    // elements, or the values of properties
	index map[string]int // of the properties, if these are many
}

// instance consumes a value of any kind. Of equal properties the last counts.
func (d *decoder) instance() *instance {
	v := &instance{kind: d.kind()}
	switch v.kind {
	case "object":
		for name := range d.members {
			v.put(name, d.instance())
		}
	case "array":
		v.items = listOf(d, (*decoder).instance)
	case "string":
		v.text = d.text()
	case "number":
		v.text = d.number()
	case "boolean":
		v.text = strconv.FormatBool(d.bool())
	default:
		d.null()
	}
	return v
}

// put sets a property.
func (v *instance) put(name string, item *instance) {
	if i := v.find(name); i >= 0 {
		v.items[i] = item
		return
	}
	v.names, v.items = append(v.names, name), append(v.items, item)
	switch n := len(v.names); {
	case v.index != nil:
		v.index[name] = n - 1
	case n > 16:
		v.index = make(map[string]int, 2*n)
		for i, name := range v.names {
			v.index[name] = i
		}
	}
}

// find returns the index of a property; -1 when it is absent.
func (v *instance) find(name string) int {
	if v.index == nil {
		return slices.Index(v.names, name)
	}
	if i, ok := v.index[name]; ok {
		return i
	}
	return -1
}

// property returns the value of a property; nil when it is absent.
func (v *instance) property(name string) *instance {
	if i := v.find(name); i >= 0 {
		return v.items[i]
	}
	return nil
}

// is reports whether the value is of a type of JSON Schema.
func (v *instance) is(kind string) bool {
	return kind == v.kind || kind == "integer" && v.kind == "number" && isWhole(v.text)
}

// equal reports whether two values are the same in JSON: 1 is 1.0.
func (v *instance) equal(w *instance) bool {
	if v.kind != w.kind || len(v.items) != len(w.items) {
		return false
	}
	switch v.kind {
	case "number":
		return sameNumber(v.text, w.text)
	case "object":
		for i, name := range v.names {
			if other := w.property(name); other == nil || !v.items[i].equal(other) {
				return false
			}
		}
		return true
	}
	return v.text == w.text && slices.EqualFunc(v.items, w.items, (*instance).equal)
}

// identities numbers values so that equal ones have the same number, in a time
// that is linear in their size however they are nested.
type identities struct {
	of     map[*instance]int
	byText map[string]int
}

func (ids *identities) number(v *instance) int {
	if n, ok := ids.of[v]; ok {
		return n
	}
	text := v.kind + " " + v.text
	switch v.kind {
	case "number":
		digits, exp := decimal(v.text)
		text = digits + "e" + strconv.Itoa(exp)
		if digits == "" {
			text = "0e"
		}
	case "array", "object":
		parts := make([]string, len(v.items))
		for i, item := range v.items {
			if parts[i] = strconv.Itoa(ids.number(item)); v.kind == "object" {
				parts[i] = strconv.Quote(v.names[i]) + parts[i]
			}
		}
		if v.kind == "object" {
			slices.Sort(parts)
		}
		text += strings.Join(parts, ",")
	}
	n, ok := ids.byText[text]
	if !ok {
		n = len(ids.byText)
		ids.byText[text] = n
	}
	ids.of[v] = n
	return n
}

// isWhole reports whether a number has no fraction: 1.0 and 1e3 have none.
func isWhole(text string) bool {
	digits, exp := decimal(text)
	return digits == "" || exp >= len(strings.TrimPrefix(digits, "-"))
}

// compareNumbers compares two JSON numbers by their digits, so that nothing is
// rounded.
func compareNumbers(a, b string) int {
	digitsA, expA := decimal(a)
	digitsB, expB := decimal(b)
	signA, signB := sign(digitsA), sign(digitsB)
	switch {
	case signA != signB:
		return signA - signB
	case expA != expB:
		if expA < expB {
			return -signA
		}
		return signA
	}
	return signA * strings.Compare(strings.TrimPrefix(digitsA, "-"), strings.TrimPrefix(digitsB, "-"))
}

// sign is that of significant digits.
func sign(digits string) int {
	switch {
	case digits == "":
		return 0
	case digits[0] == '-':
		return -1
	}
	return 1
}

// isMultipleOf reports whether one JSON number divided by the other is whole,
// exactly, and whatever their exponents without large powers of ten.
func isMultipleOf(v, of string) bool {
	digits, exp := decimal(v)
	digits = strings.TrimPrefix(digits, "-")
	m, expM := whole(of)
	switch shift := int64(exp-len(digits)) - int64(expM); {
	case m.Sign() == 0:
		return false
	case digits == "":
		return true
	case shift < 0: // what digits say has no factor of ten
		return false
	default:
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(shift), m)
		n := remainder(digits, m)
		return n.Mod(n.Mul(n, power), m).Sign() == 0
	}
}

// remainder divides the integer that digits say, in a time that is linear in
// their number.
func remainder(digits string, m *big.Int) *big.Int {
	const most = 18 // digits of an int64
	scale := big.NewInt(1e18)
	n := new(big.Int)
	for len(digits) > 0 {
		first := (len(digits)-1)%most + 1
		part, _ := strconv.ParseInt(digits[:first], 10, 64) // they are digits
		n.Add(n.Mul(n, scale), big.NewInt(part)).Mod(n, m)
		digits = digits[first:]
	}
	return n
}

// whole writes a number as an integer without trailing zeros times a power of
// ten.
func whole(text string) (n *big.Int, exp int) {
	digits, exp := decimal(text)
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		return new(big.Int), 0
	}
	return n, exp - len(strings.TrimPrefix(digits, "-"))
}
