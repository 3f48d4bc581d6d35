package support

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"
)

// withCredential is the option of a scheme.
func withCredential(s *scheme, k credential) Option {
	if k.key != "" || k.password != "" || k.token != nil {
		k.rank = 3
	}
	k.bearer = "Bearer " + k.key
	return setting(func(c *core) { c.credentials[s] = k })
}

// environment takes credentials from the environment, for schemes whose
// option was not used.
func (c *core) environment(schemes ...*scheme) {
	for _, s := range schemes {
		if _, given := c.credentials[s]; given {
			continue
		}
		k := credential{key: os.Getenv(s.env[0])}
		if len(s.env) > 1 {
			k.password = os.Getenv(s.env[1])
		}
		if k.key != "" || k.password != "" {
			k.rank = 2
		}
		k.bearer = "Bearer " + k.key
		c.credentials[s] = k
	}
}

// authorize adds the credentials of an alternative that the client can meet:
// rather one set by options than one from the environment, else the first.
func authorize(r *request) {
	if len(r.op.security) == 0 || r.anonymous {
		return
	}
	var best requirement
	rank := 0
	for _, q := range r.op.security {
		if n := r.rank(q); n > rank {
			best, rank = q, n
		}
	}
	if rank == 0 {
		r.fail(missing(r.op.security))
	}
	for _, s := range best {
		s.apply(r, s, r.credentials[s])
	}
}

// rank tells how well the client can meet a requirement: not at all when 0.
func (c *core) rank(q requirement) int {
	best, worst := 1, 3
	for _, s := range q {
		n := c.credentials[s].rank
		best, worst = max(best, n), min(worst, n)
	}
	return min(best, best*worst)
}

// missing lists what would be usable credentials.
func missing(security []requirement) error {
	text, next := "", ""
	for _, q := range security {
		for _, s := range q {
			text += next + s.option
			if next = " and "; len(s.env) > 0 {
				text += " (or " + strings.Join(s.env, ", ") + ")"
			}
		}
		next = "; or "
	}
	return fmt.Errorf("%w: use %s", ErrNoCredentials, text)
}

func headerKey(r *request, s *scheme, k credential) { r.set(s.name, k.key) }

func queryKey(r *request, s *scheme, k credential) {
	r.query.add(s.name, k.key)
	r.hide(k.key)
}

func cookieKey(r *request, s *scheme, k credential) { r.cookie(s.name, k.key) }

func basicAuth(r *request, _ *scheme, k credential) {
	r.set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(k.key+":"+k.password)))
}

func bearerAuth(r *request, _ *scheme, k credential) { r.set("Authorization", k.bearer) }
