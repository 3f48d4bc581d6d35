package support

import (
	"net/url"
	"os"
	"strings"
)

// withVariable sets a variable of the server addresses.
func withVariable(name, value string) Option {
	return setting(func(c *core) { c.variables[name] = value })
}

// serverVariable fills in a variable of the address: from its option, else the environment,
// else the default of the document.
func (c *core) serverVariable(name, env, value string) {
	if v := os.Getenv(env); v != "" {
		value = v
	}
	if v, given := c.variables[name]; given {
		value = v
	}
	c.variables[name] = value
	if !c.overridden {
		c.address = filled(c.address, name, value)
	}
}

// filled is an address with the value of a variable. Before the rest of a host it cannot lead to
// another: what would end the host is escaped, and no host has that.
func filled(address, name, value string) string {
	before, after, _ := strings.Cut(address, "{"+name+"}")
	_, host, ok := strings.Cut(before, "://")
	if ok && !strings.Contains(host, "/") && strings.HasPrefix(after, ".") {
		value = url.QueryEscape(value)
	}
	return strings.ReplaceAll(address, "{"+name+"}", value)
}

// at sends the request to a server of its own, whose address may be relative to that of the client.
func (r *request) at(address string) {
	if r.overridden {
		return
	}
	for name, value := range r.variables {
		address = filled(address, name, value)
	}
	own := *r.core
	if u, err := r.server.Parse(address); err == nil {
		address = u.String()
	}
	r.core, own.address = &own, address
	r.fail(own.locate())
}
