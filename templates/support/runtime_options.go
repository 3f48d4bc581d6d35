package support

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"time"
)

// Option configures a Client.
type Option interface{ applyClient(*core) }

// RequestOption configures one call.
type RequestOption interface{ applyRequest(*core) }

// CallOption holds for all calls of a Client, or for one.
type CallOption interface {
	Option
	RequestOption
}

// setting is what options are made of: they differ in where they may be used.
type setting func(*core)

func (f setting) applyClient(c *core) { f(c) }

func (f setting) applyRequest(c *core) { f(c) }

// WithHTTPClient sets the HTTP client that sends the requests. Its redirect policy comes after one
// that keeps credentials and bodies on their host.
func WithHTTPClient(client *http.Client) Option {
	return setting(func(c *core) { c.connect = func() error { return c.use(cmp.Or(client, http.DefaultClient)) } })
}

// WithMiddleware wraps the transport of the HTTP client, the first outermost: it sees every attempt
// of a call, and where redirects lead, maybe to other hosts. See OperationFromContext.
func WithMiddleware(middleware ...func(http.RoundTripper) http.RoundTripper) Option {
	return setting(func(c *core) { c.middleware = append(c.middleware, middleware...) })
}

// WithBaseURL sends requests to this address, in place of any server of the document.
func WithBaseURL(address string) CallOption {
	return setting(func(c *core) { c.address, c.overridden = address, true })
}

// WithUserAgent replaces the User-Agent header.
func WithUserAgent(agent string) CallOption { return setting(func(c *core) { c.userAgent = agent }) }

// WithLogger logs every attempt at debug level, without headers, bodies and secrets, such as to a *slog.Logger.
func WithLogger(logger interface {
	DebugContext(ctx context.Context, text string, args ...any)
}) CallOption {
	return setting(func(c *core) {
		c.log = nil
		if v := reflect.ValueOf(logger); v.IsValid() && (v.Kind() != reflect.Pointer || !v.IsNil()) {
			c.log = logger.DebugContext
		}
	})
}

// WithHeader sets a header, in place of any other value.
func WithHeader(key, value string) CallOption {
	return setting(func(c *core) {
		c.headers = append(slices.Clip(c.headers), [2]string{http.CanonicalHeaderKey(key), value})
	})
}

// WithRetry replaces the retry policy; the zero RetryPolicy is no retries.
func WithRetry(policy RetryPolicy) CallOption { return setting(func(c *core) { c.retry = policy }) }

// WithTimeout bounds each attempt, except of calls that return a stream; the context bounds them all.
func WithTimeout(d time.Duration) CallOption { return setting(func(c *core) { c.timeout = d }) }

// WithHeaderTimeout bounds the wait for the header of each response.
func WithHeaderTimeout(d time.Duration) Option {
	return setting(func(c *core) {
		c.tune = func(transport http.RoundTripper) (http.RoundTripper, error) {
			t, ok := transport.(*http.Transport)
			if !ok {
				return nil, errors.New("WithHeaderTimeout needs an HTTP client with an *http.Transport")
			}
			t = t.Clone()
			t.ResponseHeaderTimeout = d
			return t, nil
		}
	})
}

// WithResponseLimit bounds the size of responses after decompression, 64 MiB by default; files are the caller's to read. See BodyLimitError.
func WithResponseLimit(bytes int64) CallOption { return setting(func(c *core) { c.limit = bytes }) }

// WithStrictResponses makes a *ValidationError of every response that the document does not allow.
func WithStrictResponses() CallOption { return setting(func(c *core) { c.strict = true }) }

// WithoutCredentials sends no credentials and asks for none: for HTTP clients and middleware that
// add their own.
func WithoutCredentials() CallOption { return setting(func(c *core) { c.anonymous = true }) }

// WithResponse stores status and headers of the response, also of an error.
func WithResponse(resp *Response) RequestOption {
	return setting(func(c *core) { c.outputs = append(slices.Clip(c.outputs), resp) })
}
