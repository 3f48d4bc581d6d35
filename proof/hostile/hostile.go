// Package hostile is a server that does what no server should, and the rules
// that a client has to keep to nevertheless: a call ends soon, without a panic,
// with the right values or with an error that has the raw body, within bounds;
// nothing is left behind and no credential goes to anybody else. It imports
// nothing but the standard library, so that it can be used with any client.
package hostile

import (
	"context"
	"net/http"
	"time"
)

// The bounds that clients under test are given, and that are checked.
const (
	// Limit is the response limit of the client, in bytes.
	Limit = 1 << 20
	// Timeout is the time that an attempt of the client may take.
	Timeout = 400 * time.Millisecond
	// Secret is the credential of the client.
	Secret = "Credential-that-must-not-leak"
)

// Call is an operation of a client.
type Call struct {
	Name string
	// Sample is a JSON response that the operation understands; empty for one
	// that does not get JSON.
	Sample string
	// Do makes the call to a server. The client has the bounds above, the
	// credential, and does not retry.
	Do func(ctx context.Context, url string, client *http.Client) error
}

// outcome is how a call must end.
type outcome int

const (
	either outcome = iota
	fails
	succeeds
)

// attack is a response made to do harm.
type attack struct {
	name string
	want outcome
	// sent is the body that the error must hold, or nil.
	sent []byte
	// slow is set where the call ends by its timeout.
	slow   bool
	answer http.HandlerFunc
}

// attacks returns what is tried on a call: every way to send bad JSON, and
// every way to be a bad server. elsewhere is the address of another server.
func attacks(call Call, elsewhere string) []attack {
	list := transport(call)
	list = append(list, redirects(elsewhere)...)
	list = append(list, floods()...)
	if call.Sample == "" {
		for i := range list {
			list[i].want = either // what is no JSON to one is content to the other
		}
		return list
	}
	list = append(list, texts(call.Sample)...)
	list = append(list, truncated(call.Sample)...)
	return append(list, wrongKinds(call.Sample)...)
}
