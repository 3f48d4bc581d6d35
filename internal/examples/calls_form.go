package examples

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// compareForm compares the form that was sent with the JSON that it was made
// of: texts, numbers and booleans have to be there as they are. Of lists and
// objects there has to be something; there are many ways to write them.
func (o *caller) compareForm() {
	sent, err := url.ParseQuery(string(o.server.body))
	if err != nil {
		o.found("the form is none: %v: %s", err, o.server.body)
		return
	}
	value, _ := parse(o.form)
	object, _ := value.(map[string]any)
	for name, v := range object {
		if !inForm(sent, name, v) {
			o.found("the form has other values of %s: %s: %s", name, o.server.body, o.form)
		}
	}
}

// inForm reports whether a form has a value.
func inForm(sent url.Values, name string, v any) bool {
	switch x := v.(type) {
	case nil:
		return true // left out or empty
	case string:
		return len(sent[name]) == 1 && (sent[name][0] == x || sameInstant(sent[name][0], x))
	case json.Number:
		return len(sent[name]) == 1 && sameNumber(json.Number(sent[name][0]), x)
	case bool:
		return len(sent[name]) == 1 && sent[name][0] == fmt.Sprint(x)
	case []any:
		return !holdsScalar(x) || hasKey(sent, name)
	case map[string]any:
		return !holdsScalar(x) || hasKey(sent, name) || hasAny(sent, x)
	}
	return false
}

// hasKey reports whether a form has a key that is a name or begins with it.
func hasKey(sent url.Values, name string) bool {
	for key := range sent {
		if rest, ok := strings.CutPrefix(key, name); ok && (rest == "" || rest[0] == '[' || rest[0] == '.') {
			return true
		}
	}
	return false
}

// hasAny reports whether a form has one of the properties of an object, which
// may be pairs of their own.
func hasAny(sent url.Values, object map[string]any) bool {
	for name, v := range object {
		if holdsScalar(v) && hasKey(sent, name) {
			return true
		}
	}
	return false
}

// holdsScalar reports whether there is anything in a value that a form can have.
func holdsScalar(v any) bool {
	switch x := v.(type) {
	case nil:
		return false
	case []any:
		for _, item := range x {
			if holdsScalar(item) {
				return true
			}
		}
		return false
	case map[string]any:
		for _, item := range x {
			if holdsScalar(item) {
				return true
			}
		}
		return false
	}
	return true
}
