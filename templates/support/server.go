package support

import (
	"maps"
	"os"
	"slices"
	"strings"
)

// withVariable sets a variable of the server addresses.
func withVariable(name, value string) Option {
	return setting(func(c *core) { c.variables[name] = value })
}

// serverVariable fills in a variable of the address: from its option, else the environment,
// else the default of the document.
func (c *core) serverVariable(name, env, value string) {
	said, given := c.variables[name]
	if v := os.Getenv(env); v != "" && !given {
		said, given = v, true
	}
	if given {
		if value = said; c.said == nil {
			c.said = map[string]string{}
		}
		c.said[name] = said
	}
	c.variables[name] = value
	if !c.overridden {
		c.address = filled(c.address, c.variables)
	}
}

// filled is a template of an address with the values of its variables.
func filled(template string, variables map[string]string) string {
	address := ""
	for {
		text, after, ok := strings.Cut(template, "}")
		if !ok {
			return address + template
		}
		begin := strings.LastIndexByte(text, '{')
		value, known := variables[text[begin+1:]]
		if begin < 0 || !known {
			address += text + "}"
		} else {
			address += text[:begin]
			address += contained(address, value, after)
		}
		template = after
	}
}

// contained is a value as it stands between two parts of an address. Where the address goes on with
// its host, or with the port of that, what would lead to another is escaped; no host has it.
func contained(before, value, after string) string {
	_, host, ok := strings.Cut(before, "://")
	rest, _, _ := strings.Cut(after, "/")
	for strings.HasPrefix(rest, "{") { // which may be empty
		_, rest, _ = strings.Cut(rest, "}")
	}
	switch {
	case before == "/": // a second one would begin a host
		return strings.TrimLeft(value, "/")
	case !ok && !strings.HasSuffix(rest, ":"), strings.Contains(host, "/"): // a whole address, or a path
		return value
	case !ok, rest != "" && rest[0] != ':', strings.Contains(rest, "@"):
		return escaped(value, ":")
	case strings.LastIndexByte(host, ':') > strings.LastIndexByte(host, ']'):
		return strings.ReplaceAll(value, "@", "%40")
	}
	return value
}

// ownVariable is a variable whose default is another for the server of an operation. It holds
// where nothing else is said, or nothing that is listed there.
type ownVariable struct {
	name, value string
	listed      []string
}

// at sends the request to a server of its own, whose address may be relative to that of the client.
func (r *request) at(template string, others ...ownVariable) {
	if r.overridden {
		return
	}
	variables := r.variables
	if len(others) > 0 {
		variables = maps.Clone(variables)
	}
	for _, v := range others {
		if said, ok := r.said[v.name]; !ok || len(v.listed) > 0 && !slices.Contains(v.listed, said) {
			variables[v.name] = v.value
		}
	}
	own, address := *r.core, filled(template, variables)
	if u, err := r.server.Parse(address); err == nil {
		address = u.String()
	}
	r.core, own.address = &own, address
	r.fail(own.locate())
}
