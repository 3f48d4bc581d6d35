package support

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	rand "math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// RetryPolicy repeats failed attempts: after 429 always, after connection errors, 408, 500, 502, 503 and 504 when
// the method is idempotent or the request has an Idempotency-Key; never when its body cannot be sent again.
type RetryPolicy struct {
	// Max is the number of retries, 2 without WithRetry.
	Max int
	// BaseDelay bounds the random wait before the first retry, and doubles with each more; 0 is
	// half a second. MaxDelay bounds all waits, also those that a server asks for; 0 is a minute.
	BaseDelay, MaxDelay time.Duration
	// OnRetry is called before each wait.
	OnRetry func(ctx context.Context, attempt int, delay time.Duration, err error)
}

// repeatable reports whether to send a request again after a response of that status, 0 for none.
func (r *request) repeatable(req *http.Request, status int) bool {
	gone := req.Body != nil && req.GetBody == nil // the body
	idempotent := strings.Contains(" GET HEAD OPTIONS TRACE QUERY PUT DELETE ", " "+req.Method+" ") || req.Header.Get("Idempotency-Key") != ""
	again := status == 429 || idempotent && (status == 0 || status == 408 || status == 500 || 502 <= status && status <= 504)
	return again && !gone && r.Context.Err() == nil
}

// wait sleeps before the next attempt. It fails when the context ends before, at once if it will.
func (r *request) wait(attempt int, err error) error {
	delay := r.retry.delay(attempt, r.resp)
	if deadline, ok := r.Context.Deadline(); ok && time.Until(deadline) < delay {
		return err
	}
	if r.retry.OnRetry != nil {
		r.retry.OnRetry(r.Context, attempt, delay, err)
	}
	select {
	case <-time.After(delay):
		return nil
	case <-r.Context.Done():
		return fmt.Errorf("%w while waiting after: %w", r.Context.Err(), err)
	}
}

// delay is what the response asks for, or random with a bound that doubles.
func (p RetryPolicy) delay(attempt int, resp *http.Response) time.Duration {
	limit := cmp.Or(max(p.MaxDelay, 0), time.Minute)
	if d := askedDelay(resp); d >= 0 {
		return min(d, limit)
	}
	bound := min(cmp.Or(max(p.BaseDelay, 0), time.Second/2), limit)
	for range min(attempt-1, 30) {
		bound = min(2*bound, limit)
	}
	return rand.N(bound + 1)
}

// askedDelay is the wait that a response asks for by Retry-After, in seconds or as a date, or by
// X-RateLimit-Reset, in seconds or as Unix time; negative if it does not.
func askedDelay(resp *http.Response) time.Duration {
	if resp == nil {
		return -1
	}
	after := resp.Header.Get("Retry-After")
	if t, err := http.ParseTime(after); err == nil {
		return max(time.Until(t), 0)
	}
	if after == "" && resp.StatusCode == http.StatusTooManyRequests {
		after = resp.Header.Get("X-RateLimit-Reset")
	}
	whole, fraction, _ := strings.Cut(after, ".")
	seconds, err := strconv.Atoi(whole)
	if err != nil {
		return -1
	}
	if seconds > 1e9 {
		return time.Until(time.Unix(int64(seconds), 0))
	}
	nanos, _ := strconv.Atoi((fraction + "000000000")[:9])
	return time.Duration(seconds)*time.Second + time.Duration(nanos)
}

// use makes roundTrip of an HTTP client, then server of the address.
func (c *core) use(client *http.Client) (err error) {
	own := *client // a copy: the caller's keeps its redirect policy
	own.CheckRedirect = redirectPolicy(own.CheckRedirect)
	if own.Transport == nil {
		own.Transport = http.DefaultTransport
	}
	if c.tune != nil {
		own.Transport, err = c.tune(own.Transport)
	}
	for i := len(c.middleware) - 1; i >= 0 && err == nil; i-- {
		own.Transport = c.middleware[i](own.Transport)
	}
	if c.roundTrip = own.Do; len(c.middleware) == 0 {
		c.roundTrip = func(req *http.Request) (*http.Response, error) { return directly(&own, req) }
	}
	return cmp.Or(err, c.locate())
}

// directly is Do of an HTTP client without what that prepares for redirects, unless one comes.
func directly(client *http.Client, req *http.Request) (*http.Response, error) {
	if client.Jar != nil || client.Timeout > 0 || req.URL.User != nil {
		return client.Do(req)
	}
	resp, err := client.Transport.RoundTrip(req)
	if err == nil && resp != nil && resp.Body != nil && resp.StatusCode/100 != 3 {
		return resp, nil
	}
	own := *client
	own.Transport = roundTripper(func(*http.Request) (*http.Response, error) {
		own.Transport = client.Transport // for what follows
		return resp, err
	})
	return own.Do(req)
}

type roundTripper func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// readBody reads at most limit bytes of a response, none after a switch of protocols, and closes it.
func readBody(resp *http.Response, limit int64) (data []byte, err error) {
	defer resp.Body.Close()
	data = make([]byte, 0, max(min(cmp.Or(resp.ContentLength+1, 512), limit, 1<<20), 1)) // the length is a claim
	for n := 0; err == nil && resp.StatusCode != http.StatusSwitchingProtocols; {
		n, err = resp.Body.Read(data[len(data):cap(data)])
		switch data = data[:len(data)+n]; {
		case int64(len(data)) > limit:
			return data[:max(limit, 0)], BodyLimitError(limit)
		case err == nil && len(data) == cap(data):
			data = append(data, 0)[:len(data)]
		}
	}
	if err == io.EOF {
		return data, nil
	}
	return data, err
}

// redirectPolicy comes before next, that of the caller's HTTP client. Headers that may be secret stay
// with the host and its encryption. A redirect that would take a body elsewhere, or make a GET of the
// request without saying so (303), is not followed: the caller gets the response as an error.
func redirectPolicy(next func(*http.Request, []*http.Request) error) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		r, _ := via[0].Context().Value((*request)(nil)).(*request)
		if r != nil && r.op.redirects || req.Method != via[0].Method && req.Response.StatusCode != http.StatusSeeOther {
			return http.ErrUseLastResponse
		}
		away := leaves(via[0], req)
		for _, hop := range via {
			away = away || leaves(via[0], hop)
		}
		if away {
			if req.ContentLength != 0 {
				return http.ErrUseLastResponse
			}
			for key := range req.Header {
				if !slices.Contains([]string{"Accept", "Accept-Language", "Range", "User-Agent"}, key) {
					delete(req.Header, key)
				}
			}
		}
		if next != nil {
			return next(req, via)
		}
		if len(via) >= 10 {
			return errors.New("stopped after 10 redirects")
		}
		return nil
	}
}

// leaves reports whether req goes to another host than first, or does without its encryption.
func leaves(first, req *http.Request) bool {
	return !strings.EqualFold(first.URL.Host, req.URL.Host) || first.URL.Scheme == "https" && req.URL.Scheme != "https"
}
