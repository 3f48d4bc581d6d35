package support

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	rand "math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// RetryPolicy repeats failed attempts: after 429 always, after connection
// errors, 408, 500, 502, 503 and 504 when the method is idempotent or the
// request has an Idempotency-Key; never when its body cannot be sent again.
type RetryPolicy struct {
	// Max is the number of retries, 2 without WithRetry.
	Max int
	// BaseDelay bounds the random wait before the first retry, and doubles
	// with each more; 0 is half a second. MaxDelay bounds all waits, also
	// those that a server asks for; 0 is a minute.
	BaseDelay, MaxDelay time.Duration
	// OnRetry is called before each wait.
	OnRetry func(ctx context.Context, attempt int, delay time.Duration, err error)
}

// repeatable reports whether the request may be sent again after a response
// with that status, or without one (0).
func (r *request) repeatable(req *http.Request, status int) bool {
	if r.ctx.Err() != nil || r.once {
		return false
	}
	switch status {
	case 429:
		return true
	case 0, 408, 500, 502, 503, 504:
		idempotent := []string{"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"}
		return slices.Contains(idempotent, req.Method) || req.Header.Get("Idempotency-Key") != ""
	}
	return false
}

// wait sleeps before the next attempt. It returns an error when the context
// ends before that, at once when it is sure to.
func (r *request) wait(attempt int, err error) error {
	delay := r.retry.delay(attempt, r.resp)
	if deadline, ok := r.ctx.Deadline(); ok && time.Until(deadline) < delay {
		return err
	}
	if r.retry.OnRetry != nil {
		r.retry.OnRetry(r.ctx, attempt, delay, err)
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-r.ctx.Done():
		return fmt.Errorf("%w while waiting after: %w", r.ctx.Err(), err)
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

// askedDelay is the wait that a response asks for by Retry-After, in seconds
// or as a date, or by X-RateLimit-Reset, in seconds or as Unix time; -1 if it
// does not.
func askedDelay(resp *http.Response) time.Duration {
	if resp == nil {
		return -1
	}
	after := resp.Header.Get("Retry-After")
	if t, err := http.ParseTime(after); err == nil {
		return max(time.Until(t), 0)
	}
	seconds, err := strconv.ParseFloat(after, 64)
	if after == "" && resp.StatusCode == http.StatusTooManyRequests {
		if seconds, err = strconv.ParseFloat(resp.Header.Get("X-RateLimit-Reset"), 64); seconds > 1e9 {
			seconds -= float64(time.Now().Unix())
		}
	}
	if err != nil || !(seconds >= 0) { // NaN is not
		return -1
	}
	return time.Duration(min(seconds, 1e6) * float64(time.Second))
}

// redirectPolicy follows redirects, but leaves behind all headers that may be
// secret when they leave the host or its encryption. It does not follow those
// that would take the body there, or turn the request into a GET without
// saying so (303): the caller gets the response as an error. next is the
// policy of the caller's HTTP client.
func redirectPolicy(next func(*http.Request, []*http.Request) error) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		if req.Method != via[0].Method && req.Response.StatusCode != http.StatusSeeOther {
			return http.ErrUseLastResponse
		}
		if leaves(via[0], req) || slices.ContainsFunc(via, func(hop *http.Request) bool { return leaves(via[0], hop) }) {
			if req.Body != nil && req.Body != http.NoBody {
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

// leaves reports whether req goes to another host than first, or does without
// its encryption.
func leaves(first, req *http.Request) bool {
	return !strings.EqualFold(first.URL.Host, req.URL.Host) || first.URL.Scheme == "https" && req.URL.Scheme != "https"
}
