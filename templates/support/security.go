package support

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"
)

// withCredential is the option of a scheme.
func withCredential(s *scheme, k credential) Option {
	return setting(func(c *core) { c.grant(s, k, 3) })
}

// grant adds the credential of a scheme, with that rank unless it is empty.
func (c *core) grant(s *scheme, k credential, rank int) {
	if k.key != "" || k.password != "" || k.token != nil {
		k.rank = rank
	}
	k.scheme, k.bearer = s, "Bearer "+k.key
	c.credentials = append(c.credentials, &k)
}

// credential is that of a scheme, the last one given, or nil.
func (c *core) credential(s *scheme) *credential {
	for i := len(c.credentials) - 1; i >= 0; i-- {
		if k := c.credentials[i]; k.scheme == s {
			return k
		}
	}
	return nil
}

// environment takes credentials from the environment, for schemes whose
// option was not used.
func (c *core) environment(schemes ...*scheme) {
	for _, s := range schemes {
		if c.credential(s) != nil {
			continue
		}
		k := credential{key: os.Getenv(s.env[0])}
		if len(s.env) > 1 {
			k.password = os.Getenv(s.env[1])
		}
		c.grant(s, k, 2)
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
		s.apply(r, r.credential(s))
	}
}

// rank tells how well the client can meet a requirement: not at all when 0.
func (c *core) rank(q requirement) int {
	best, worst := 1, 3
	for _, s := range q {
		n := 0
		if k := c.credential(s); k != nil {
			n = k.rank
		}
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

func headerKey(r *request, k *credential) { r.set(k.name, k.key) }

func queryKey(r *request, k *credential) {
	r.query.add(k.name, k.key)
	r.hide(k.key)
}

func cookieKey(r *request, k *credential) { r.cookie(k.name, k.key) }

func basicAuth(r *request, k *credential) {
	if strings.Contains(k.key, ":") { // where the password begins for the server
		r.fail(errors.New("the user name for basic authentication has a colon"))
	}
	r.set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(k.key+":"+k.password)))
}

func bearerAuth(r *request, k *credential) { r.set("Authorization", k.bearer) }
