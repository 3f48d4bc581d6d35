package support

import "time"

// parseTime reads RFC 3339 and what servers send for it: a space for the T,
// no zone (UTC), a zone without colon, only a date. Empty is the zero time.
func parseTime(s string) (time.Time, bool) {
	if s == "" {
		return time.Time{}, true
	}
	if t, ok := parseUTC(s); ok {
		return t, true
	}
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04Z07:00",
		"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04:05.999999999Z0700",
		"2006-01-02 15:04:05.999999999 Z07:00", "2006-01-02 15:04:05.999999999 Z0700", "2006-01-02 15:04:05.999999999 UTC",
		time.DateOnly, time.RFC1123, time.RFC1123Z,
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// parseUTC reads the common layout 2006-01-02T15:04:05Z with any number of
// decimals.
func parseUTC(s string) (time.Time, bool) {
	const layout = "0000-00-00T00:00:00"
	if len(s) <= len(layout) || s[len(s)-1] != 'Z' {
		return time.Time{}, false
	}
	for i := range len(layout) {
		if c := s[i]; layout[i] == '0' && (c < '0' || c > '9') || layout[i] != '0' && layout[i] != c {
			return time.Time{}, false
		}
	}
	nanos, unit := 0, 100_000_000
	if decimals := s[len(layout) : len(s)-1]; decimals != "" {
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
	two := func(i int) int { return int(s[i]-'0')*10 + int(s[i+1]-'0') }
	month, day, hour, minute, second := two(5), two(8), two(11), two(14), two(17)
	if month < 1 || month > 12 || hour > 23 || minute > 59 || second > 60 {
		return time.Time{}, false
	}
	t := time.Date(two(0)*100+two(2), time.Month(month), day, hour, minute, second, nanos, time.UTC)
	return t, t.Day() == day || second == 60
}
