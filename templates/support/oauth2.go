package support

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// withTokenSource is the option of a scheme with access tokens of the caller.
// The source, which does not know the context of a call, is asked by one call
// at a time; a call that ends before the answer leaves it behind.
func withTokenSource(s *scheme, source oauth2.TokenSource) Option {
	if source == nil {
		return withCredential(s, credential{})
	}
	type answer struct {
		token *oauth2.Token
		err   error
	}
	turn := make(chan struct{}, 1)
	return withTokens(s, func(ctx context.Context, _ *request) (*oauth2.Token, error) {
		select {
		case turn <- struct{}{}:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		answers := make(chan answer, 1)
		go func() {
			defer func() { <-turn }()
			token, err := source.Token()
			answers <- answer{token, err}
		}()
		select {
		case a := <-answers:
			return a.token, a.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	})
}

// withClientCredentials is the option of a scheme with access tokens that the
// client gets for itself. What config does not say is as in the document. A
// token serves all calls until it expires or the server of a call does not
// take it (401); then one call gets the next, and the others wait for it as
// long as their contexts last.
func withClientCredentials(s *scheme, config clientcredentials.Config, tokenURL string, scopes ...string) Option {
	if config.TokenURL == "" {
		config.TokenURL = tokenURL
	}
	if config.Scopes == nil {
		config.Scopes = scopes
	}
	last := make(chan *oauth2.Token, 1)
	last <- nil
	return withTokens(s, func(ctx context.Context, r *request) (token *oauth2.Token, err error) {
		select {
		case token = <-last:
			defer func() { last <- token }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if token.Valid() {
			r.watch(last, token)
			return token, nil
		}
		u, err := r.server.Parse(config.TokenURL) // it may be relative
		if err != nil {
			return nil, err
		}
		own := config // the next call may be to another server
		own.TokenURL = u.String()
		client := &http.Client{Transport: roundTripper(r.getToken), CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // roundTrip has followed as far as it may
		}}
		return own.Token(context.WithValue(ctx, oauth2.HTTPClient, client))
	})
}

// getToken sends the request for a token.
func (r *request) getToken(req *http.Request) (*http.Response, error) {
	resp, err := r.roundTrip(req)
	if err == nil && resp.StatusCode == http.StatusSwitchingProtocols { // there is no end to it
		resp.Body.Close()
		return nil, errors.New("the token server switches protocols")
	}
	return resp, err
}

// watch sends the request with a token from last, which is not the last one any
// longer if the server does not take it.
func (r *request) watch(last chan *oauth2.Token, token *oauth2.Token) {
	own := *r.core
	send := own.roundTrip
	own.roundTrip = func(req *http.Request) (*http.Response, error) {
		resp, err := send(req)
		if err == nil && resp.StatusCode == http.StatusUnauthorized {
			select {
			case now := <-last:
				if now == token {
					now = nil
				}
				last <- now
			case <-req.Context().Done():
			}
		}
		return resp, err
	}
	r.core = &own
}

// withTokens is the option of a scheme whose tokens get returns.
func withTokens(s *scheme, get func(context.Context, *request) (*oauth2.Token, error)) Option {
	return withCredential(s, credential{token: func(r *request) (string, error) {
		ctx := r.Context
		if r.timeout > 0 {
			limited, cancel := context.WithTimeout(ctx, r.timeout)
			defer cancel()
			ctx = limited
		}
		token, err := get(ctx, r)
		if err != nil {
			return "", err
		}
		if token == nil || token.AccessToken == "" {
			return "", errors.New("the token is empty")
		}
		return token.Type() + " " + token.AccessToken, nil
	}})
}

// tokenAuth sends an access token: one of the source, or that of the
// environment.
func tokenAuth(r *request, k *credential) {
	if k.token == nil {
		bearerAuth(r, k)
		return
	}
	header, err := k.token(r)
	if err != nil {
		r.fail(fmt.Errorf("no access token by %s: %w", k.option, briefly(err)))
		return
	}
	r.set("Authorization", header)
}

// briefly is an error without what the token server says at length.
func briefly(err error) error {
	if refused := (*oauth2.RetrieveError)(nil); errors.As(err, &refused) {
		return tokenError{refused}
	}
	if text := err.Error(); len(text) > maxText {
		return errors.New(shortened(text))
	}
	return err
}

// tokenError is the answer of a token server that is no token. Its text does
// not repeat the answer, which may be the secret that the server was sent.
type tokenError struct{ *oauth2.RetrieveError }

// Error tells the status, and the code of the error if RFC 6749 has it.
func (e tokenError) Error() string {
	text := "the token server refuses"
	if e.Response != nil {
		text += fmt.Sprintf(" with status %d", e.Response.StatusCode)
	}
	switch e.ErrorCode {
	case "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope":
		text += ": " + e.ErrorCode
	}
	return text
}

// Unwrap returns the error of the library, which has all of the answer.
func (e tokenError) Unwrap() error { return e.RetrieveError }
