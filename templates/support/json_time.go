package support

import (
	"encoding/binary"
	"strings"
	"time"
)

// parseTime reads RFC 3339, in lower case too, and what servers send for it: a space for
// the T, no zone (UTC), a zone without colon, only a date. Empty is the zero time.
func parseTime(s string) (time.Time, bool) {
	if s == "" {
		return time.Time{}, true
	}
	if t, ok := parseUTC(s); ok {
		return t, true
	}
	s, leap := withoutLeap(capitals(s))
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04Z07:00",
		"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04:05.999999999Z0700",
		"2006-01-02 15:04:05.999999999 Z07:00", "2006-01-02 15:04:05.999999999 Z0700", "2006-01-02 15:04:05.999999999 UTC",
		time.DateOnly, time.RFC1123, time.RFC1123Z,
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Add(leap), true
		}
	}
	return time.Time{}, false
}

// withoutLeap is a time without its leap second, which package time does not know, and that second.
func withoutLeap(s string) (text string, leap time.Duration) {
	const at, after = len("2006-01-02T15:04"), len("2006-01-02T15:04:60")
	if len(s) < after || s[at:after] != ":60" {
		return s, 0
	}
	return s[:at] + ":59" + s[after:], time.Second
}

// parseUTC reads the common layout 2006-01-02T15:04:05Z with any number of
// decimals.
func parseUTC(s string) (time.Time, bool) {
	const length = len("2006-01-02T15:04:05")
	if len(s) <= length || s[len(s)-1] != 'Z' {
		return time.Time{}, false
	}
	nanos, unit := 0, 100_000_000
	if decimals := s[length : len(s)-1]; decimals != "" {
		if decimals[0] != '.' || len(decimals) == 1 {
			return time.Time{}, false
		}
		for _, c := range []byte(decimals[1:]) {
			if c < '0' || c > '9' {
				return time.Time{}, false
			}
			nanos += int(c-'0') * unit
			unit /= 10
		}
	}
	date, isDate := digits(s[:8], "0000-00-")
	more, isMore := digits(s[8:16], "00T00:00")
	clock, isClock := digits(s[11:length], "00:00:00")
	two := func(word uint64, i int) int { return int(word>>(8*i)&15)*10 + int(word>>(8*i+8)&15) }
	year, month, day := two(date, 0)*100+two(date, 2), two(date, 5), two(more, 0)
	hour, minute, second := two(clock, 0), two(clock, 3), two(clock, 6)
	last := 31 - (month-1)%7%2
	if month == 2 {
		last = 28
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			last = 29
		}
	}
	ok := isDate && isMore && isClock && 1 <= month && month <= 12 && 1 <= day && day <= last &&
		hour <= 23 && minute <= 59 && second <= 60
	return time.Date(year, time.Month(month), day, hour, minute, second, nanos, time.UTC), ok
}

// capitals makes capitals of the letters that RFC 3339 has in lower case too.
func capitals(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "t", "T"), "z", "Z")
}

// isDateTime reports whether a text is as RFC 3339 has it. time.Parse is not as strict: it takes an
// hour of one digit, a comma for the point, and any zone up to 24:60.
func isDateTime(s string) bool {
	if _, ok := parseUTC(s); ok {
		return true
	}
	const minute, second = len("2006-01-02T15"), len("2006-01-02T15:04")
	s, _ = withoutLeap(capitals(s))
	if len(s) <= second || s[minute] != ':' || strings.Contains(s, ",") {
		return false
	}
	_, err := time.Parse(time.RFC3339Nano, s)
	zone := s[len(s)-len("07:00"):]
	return err == nil && (s[len(s)-1] == 'Z' || zone[:2] <= "23" && zone[3] <= '5')
}

// digits are those of a text of eight bytes, a byte each: it has to have digits where the layout
// has zeros, and to be the same elsewhere.
func digits(text, layout string) (word uint64, ok bool) {
	l := binary.LittleEndian.Uint64([]byte(layout))
	word = binary.LittleEndian.Uint64([]byte(text)) ^ l
	others := (l ^ ones*'0' + ones*0x7f) & tops // the bytes that are not zeros in the layout
	most := word + ones*6 + others>>7*9         // above 15 are digits above 9, and others above 0
	return word, (word|most)&(ones*0xf0) == 0
}

// civil returns the date of the given day, where the first of January of the year 0 is day 0, as a
// number of eight digits. Its years begin in March, so that the day that only leap years have is
// their last one, and its numbers are those of Neri and Schneider, "Euclidean affine functions and
// their application to calendar algorithms".
func civil(day uint64) uint64 {
	n := 4*(day+146037) + 3 // since the first of March 400 years before
	century, n := n/146097, n%146097/4
	n = 2939745 * (4*n + 3)
	year := century*100 + n>>32 - 400
	n = 2141*(n&(1<<32-1)/2939745/4) + 197913
	month := n >> 16
	if month > 12 {
		year, month = year+1, month-12
	}
	return year*1e4 + month*100 + n&(1<<16-1)/2141 + 1
}
