package support

import (
	"encoding/base64"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp/syntax"
	"strings"
	"time"

	"github.com/dlclark/regexp2"
	"github.com/oapi-codegen/runtime/types"
)

func isEmail(s string) bool {
	addr, err := mail.ParseAddress(s)
	return err == nil && addr.Address == s && addr.Name == ""
}

func isHostname(s string) bool {
	if len(s) > 253 {
		return false
	}
	for _, label := range strings.Split(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, c := range []byte(label) {
			if c != '-' && (c < '0' || c > '9') && (c|' ' < 'a' || c|' ' > 'z') {
				return false
			}
		}
	}
	return true
}

func isIPv4(s string) bool {
	addr, err := netip.ParseAddr(s)
	return err == nil && addr.Is4()
}

func isIPv6(s string) bool {
	addr, err := netip.ParseAddr(s)
	return err == nil && addr.Is6() && addr.Zone() == ""
}

func isURI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.IsAbs() && isURIText(s)
}

func isURIReference(s string) bool {
	_, err := url.Parse(s)
	return err == nil && isURIText(s)
}

// isURIText reports whether s has only characters that RFC 3986 allows.
func isURIText(s string) bool {
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			return false
		}
	}
	return true
}

func isUUID(s string) bool {
	var id types.UUID
	return len(s) == 36 && id.UnmarshalText([]byte(s)) == nil
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func isTime(s string) bool { return isDateTime("2000-01-01T" + s) }

func isDuration(s string) bool {
	date, clock, hasClock := strings.Cut(strings.TrimPrefix(s, "P"), "T")
	if !strings.HasPrefix(s, "P") || date == "" && clock == "" || hasClock && clock == "" {
		return false
	}
	if weeks, ok := strings.CutSuffix(date, "W"); ok && !hasClock {
		return inUnits(weeks+"W", "W")
	}
	return inUnits(date, "YMD") && inUnits(clock, "HMS")
}

// inUnits reports whether s is a sequence of numbers followed by units in
// their order.
func inUnits(s, units string) bool {
	for s != "" {
		n := len(s) - len(strings.TrimLeft(s, "0123456789"))
		if n == 0 || n == len(s) {
			return false
		}
		i := strings.IndexByte(units, s[n])
		if i < 0 {
			return false
		}
		s, units = s[n+1:], units[i+1:]
	}
	return true
}

func isBase64(s string) bool {
	_, err := base64.StdEncoding.DecodeString(s)
	return err == nil
}

// isRegex also takes what Go's regular expressions have no equal of, such as
// lookahead, but no more of it than a person would write. Nothing is compiled,
// for which a{1000} would be a thousand times its size.
func isRegex(s string) bool {
	if _, err := syntax.Parse(s, syntax.Perl); err == nil {
		return true
	}
	if len(s) > 10_000 {
		return false
	}
	_, err := regexp2.Compile(s, regexp2.ECMAScript)
	return err == nil
}

func isJSONPointer(s string) bool {
	if s != "" && s[0] != '/' {
		return false
	}
	for i := range len(s) {
		if s[i] == '~' && (i+1 == len(s) || s[i+1] != '0' && s[i+1] != '1') {
			return false
		}
	}
	return true
}
