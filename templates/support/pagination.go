package support

import (
	"cmp"
	"errors"
	"iter"
	"net/http"
	"net/url"
	"strings"
)

// paginate iterates over the items of a list. fetch gets a page and changes
// the inputs so that they ask for the next; it reports whether there may be
// one.
func paginate[P, T any](params P, fetch func(*P) ([]T, bool, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for p, more := params, true; more; {
			var items []T
			var err error
			if items, more, err = fetch(&p); err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// trail is how an iterator finds that the pages repeat, however many they are:
// it keeps the place of one of them, each time for twice as many (R. P. Brent).
type trail struct {
	kept        any
	since, most int // how many pages ago that was, and is at most
	repeats     bool
}

// step notes the place of the next page.
func (t *trail) step(place any) {
	t.repeats = place == t.kept
	if t.since++; t.since > t.most {
		t.kept, t.since, t.most = place, 0, 2*t.most+1
	}
}

// paginateBy is paginate for pages that say which is the next. When those
// repeat, the iteration ends with an error.
func paginateBy[P, T any](params P, fetch func(*P, *trail) ([]T, bool, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var seen trail
		paginate(params, func(p *P) ([]T, bool, error) {
			if seen.repeats {
				return nil, false, errors.New("the pages repeat: the server leads back to an earlier one")
			}
			return fetch(p, &seen)
		})(yield)
	}
}

// number is what pages and offsets are counted in.
type number interface {
	~int64 | ~int32 | ~uint64 | ~float64 | ~float32
}

// advance adds step to the input that selects the page, which is first when
// absent, and returns the sum.
func advance[T number](input **T, first, step T) T {
	if *input != nil {
		first = **input
	}
	return advanceValue(orOwn(input, first), step)
}

// advanceValue is advance for an input that is always there.
func advanceValue[T number](input *T, step T) T {
	*input += step
	return *input
}

// advanceNullable is advance for an input that may be null, which is as absent.
func advanceNullable[T number](input *Nullable[T], first, step T) T {
	at, ok := input.Get()
	if !ok {
		at = first
	}
	*input = NullableOf(at + step)
	return at + step
}

// follow makes the input select the page at a cursor. It reports whether there
// is one: not when the cursor is empty or that of the last page.
func follow[T comparable](input **T, cursor T, seen *trail) bool {
	if *input != nil && **input == cursor {
		return false
	}
	var none T
	return followValue(orOwn(input, none), cursor, seen)
}

// followValue is follow for an input that is always there.
func followValue[T comparable](input *T, cursor T, seen *trail) bool {
	var none T
	more := cursor != none && cursor != *input
	seen.step(cursor)
	*input = cursor
	return more
}

// followNullable is follow for an input that may be null, which is as absent.
func followNullable[T comparable](input *Nullable[T], cursor T, seen *trail) bool {
	at, _ := input.Get()
	*input = NullableOf(cursor)
	return followValue(&at, cursor, seen)
}

// orOwn makes input point to a variable of its own, so that those of the
// caller stay as they are.
func orOwn[T any](input **T, v T) *T {
	*input = &v
	return &v
}

// own makes p point to a copy of what it points to, or to a new value.
func own[T any](p **T) *T {
	v := new(T)
	if *p != nil {
		*v = **p
	}
	*p = v
	return v
}

// followAddress is followValue for the address of a page, which may be relative to that of the one
// before.
func followAddress(input *string, address string, seen *trail) bool {
	if base, err := url.Parse(*input); err == nil && address != "" {
		if u, err := base.Parse(address); err == nil {
			address = u.String()
		}
	}
	return followValue(input, address, seen)
}

// continueAt sends the request to the address of the next page, which has to
// be on the same server. Where there is none, next gets the address of this one.
func (r *request) continueAt(next *string) {
	if next == nil {
		return
	}
	base, path := *r.server, cmp.Or(r.url.RawPath, r.server.RawPath+r.op.Path)
	base.User, base.Path, base.RawPath = nil, path, ""
	if plain, err := url.PathUnescape(path); err == nil {
		base.Path, base.RawPath = plain, path
	}
	if *next == "" {
		*next = base.String()
		return
	}
	u, err := base.Parse(*next)
	if err != nil || hostOf(u) != hostOf(&base) { // its scheme, which a proxy may hide, stays as it is
		r.fail(errors.New("the next page is not on the same server"))
		return
	}
	r.url.RawPath, r.query.text = cmp.Or(u.EscapedPath(), "/"), []byte(strings.ReplaceAll(u.RawQuery, " ", "%20"))
	own, authorize := *r.core, r.authorize
	own.authorize = func(r *request) { r.query.replace(func() { authorize(r) }) }
	r.core = &own
}

// hostOf is the host of an address, without the port that its scheme has anyway.
func hostOf(u *url.URL) string {
	port := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	return strings.ToLower(strings.TrimSuffix(u.Host, port))
}

// replace adds what write adds, in place of pairs of the same names: the address
// of a page may have the credentials that the one before was asked for with.
func (p *pairs) replace(write func()) {
	before := string(p.text)
	p.text = nil
	write()
	added, _ := url.ParseQuery(string(p.text)) // written by this client
	var all []string
	for pair := range strings.SplitSeq(before, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if name, err := url.QueryUnescape(name); err != nil || !added.Has(name) {
			all = append(all, pair)
		}
	}
	p.text = []byte(strings.Trim(strings.Join(append(all, string(p.text)), "&"), "&"))
}

// nextLink returns the target of the link to the next page (RFC 8288).
func nextLink(header http.Header) string {
	for rest := strings.Join(header.Values("Link"), ","); ; {
		_, after, ok := strings.Cut(rest, "<")
		target, after, closed := strings.Cut(after, ">")
		if !ok || !closed {
			return ""
		}
		var param string
		for after, rest = cutUnquoted(after, ','); after != ""; {
			param, after = cutUnquoted(after, ';')
			name, value, _ := strings.Cut(param, "=")
			if strings.EqualFold(strings.TrimSpace(name), "rel") {
				after = "" // a second one does not count
				for _, rel := range strings.Fields(strings.Trim(strings.TrimSpace(value), `"`)) {
					if strings.EqualFold(rel, "next") {
						return target
					}
				}
			}
		}
	}
}

// cutUnquoted is strings.Cut at the first separator that is not in a string.
func cutUnquoted(text string, separator byte) (before, after string) {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == separator && !quoted:
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}
